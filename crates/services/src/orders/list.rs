//! Lists, the board and one order.

use crate::{ApiError, Cx, Error, ErrorCode, Result, contacts, validate};
use domain::access::Permission;
use domain::ids::OrderId;
use domain::orders::{OrderStatus, next_statuses};
use domain::views::{BoardLane, OrderCard, OrderFilter, OrderView, Page};
use store::orders::{OrderQuery, OrderSort};
use store::sight::Sight;

/// Orders in one lane of the board; the rest is in the table.
const LANE: i64 = 50;

/// A page of orders.
pub async fn list(cx: &Cx, filter: &OrderFilter) -> Result<Page<OrderView>> {
    cx.allow(Permission::OrdersRead)?;
    let limit = validate::limit(filter.limit);
    let query = query(cx, filter)?;
    let rows = store::orders::list(cx.db(), cx.sight(), &query, limit + 1).await?;
    Ok(Page::cut(rows, limit as usize, |row| format!("{}.{}", query.sort.key(row), row.id)))
}

/// Lanes by status with count, sum and the newest orders; the same filters as the list.
pub async fn board(cx: &Cx, filter: &OrderFilter) -> Result<Vec<BoardLane>> {
    cx.allow(Permission::OrdersRead)?;
    let query = OrderQuery { after: None, ..query(cx, filter)? };
    let sums = store::orders::lanes(cx.db(), cx.sight(), &query).await?;
    let mut lanes = Vec::new();
    for status in OrderStatus::ALL.iter().copied().filter(|s| filter.status.is_none_or(|wanted| wanted == *s)) {
        let (count, total_minor) = sums.iter().find(|s| s.0 == status).map_or((0, 0), |s| (s.1, s.2));
        let own = OrderQuery { status: Some(status), ..query.clone() };
        let orders = if count == 0 { Vec::new() } else { store::orders::list(cx.db(), cx.sight(), &own, LANE).await? };
        lanes.push(BoardLane { status, count, total_minor, orders });
    }
    Ok(lanes)
}

/// One order with everything in its panel.
pub async fn get(cx: &Cx, id: OrderId) -> Result<OrderCard> {
    cx.allow(Permission::OrdersRead)?;
    card_for(cx, cx.sight(), id).await
}

/// The card, for operations that have checked their permission; also for who has just given it away.
pub(super) async fn card(cx: &Cx, id: OrderId) -> Result<OrderCard> {
    card_for(cx, Sight::all(cx.organisation), id).await
}

async fn card_for(cx: &Cx, sight: Sight, id: OrderId) -> Result<OrderCard> {
    let (db, organisation) = (cx.db(), cx.organisation);
    let order = store::orders::one(db, sight, id).await?.ok_or(ErrorCode::NotFound)?;
    let may_move = cx.allow(Permission::OrdersWrite).is_ok();
    Ok(OrderCard {
        items: store::orders::items(db, organisation, id).await?,
        steps: store::orders::steps(db, organisation, id).await?,
        comments: store::orders::comments(db, organisation, id).await?,
        files: store::orders::files(db, organisation, id).await?,
        next_statuses: if may_move { next_statuses(cx.role(), order.status) } else { Vec::new() },
        order,
    })
}

fn query(cx: &Cx, filter: &OrderFilter) -> Result<OrderQuery> {
    let word = filter.sort.as_deref().filter(|s| !s.is_empty()).unwrap_or("-created_at");
    let (ascending, name) = word.strip_prefix('-').map_or((true, word), |name| (false, name));
    let sort = OrderSort::ALL.into_iter().find(|s| s.as_str() == name);
    let sort = sort.ok_or_else(|| Error::Api(ApiError::new(ErrorCode::NotAllowed).field("sort")))?;
    let after = filter.cursor.as_deref().filter(|c| !c.is_empty()).map(cursor).transpose()?;
    Ok(OrderQuery {
        like: contacts::patterns(filter.q.as_deref().map(|q| q.trim().trim_start_matches(['№', '#']))),
        status: filter.status,
        open: filter.open,
        overdue_at: filter.overdue.unwrap_or(false).then_some(cx.now),
        assignee: filter.assignee_id,
        contact: filter.contact_id,
        sort,
        ascending,
        after,
    })
}

fn cursor(text: &str) -> Result<(i64, OrderId)> {
    let parts = text.split_once('.').and_then(|(key, id)| Some((key.parse().ok()?, id.parse().ok()?)));
    parts.ok_or_else(|| ApiError::new(ErrorCode::NotAllowed).field("cursor").into())
}
