//! Changing an order: status by the machine, assignee, lines. One wins, the other is told.

use super::create::{check_assignee, deadline, search_text};
use super::{items, list, notice};
use crate::changes;
use crate::rules::{self, Occasion};
use crate::{ApiError, Cx, ErrorCode, Result, Work, accounts, chats, validate};
use domain::access::Permission;
use domain::ids::{OrderId, UserId};
use domain::orders::{OrderStatus, transition};
use domain::views::{ChangeOrder, OrderCard};
use serde_json::{Value as Json, json};
use store::orders::{NewStep, OrderRow};
use store::sight::Thing;

/// Changes what is given; refused as stale when it was made on an older revision.
pub async fn change(cx: &Cx, id: OrderId, input: &ChangeOrder) -> Result<OrderCard> {
    cx.allow(Permission::OrdersWrite)?;
    let mut work = cx.work().await?;
    if change_in(cx, &mut work, id, input).await? {
        work.commit().await?;
    }
    list::card(cx, id).await
}

/// The same inside a unit of work; `false`: it was so already.
pub(crate) async fn change_in(cx: &Cx, work: &mut Work, id: OrderId, input: &ChangeOrder) -> Result<bool> {
    let settings = accounts::organisation::organisation_settings(&cx.app, cx.organisation).await?;
    cx.sees(work, Thing::Order(id)).await?;
    let before = store::orders::lock(&mut work.tx, cx.organisation, id).await?.ok_or(ErrorCode::NotFound)?;
    if input.rev.is_some_and(|rev| rev != before.rev) {
        return Err(ErrorCode::Stale.into());
    }
    let mut row = before.clone();
    if let Some(title) = &input.title {
        row.title = validate::optional("title", title, 200)?;
        row.search_text = search_text(row.number, &row.title);
    }
    if let Some(text) = &input.assignee_id {
        row.assignee_id = assignee(text)?;
        if row.assignee_id != before.assignee_id {
            check_assignee(work, row.assignee_id).await?;
        }
    }
    let mut other_items = false;
    let (mut old_items, mut new_items) = (Json::Null, Json::Null);
    if let Some(lines) = &input.items {
        let had = store::orders::items_in(&mut work.tx, cx.organisation, id).await?;
        let kept = store::orders::products_in(&mut work.tx, cx.organisation, id).await?;
        let (lines, total) = items::work_out(work, lines, &row.currency, &kept).await?;
        // The form sends all lines whatever was changed.
        other_items = !items::are_alike(&had, &lines);
        if other_items {
            (old_items, new_items) = (items::listed(&had), items::listed(&lines));
            store::orders::replace_items(&mut work.tx, cx.organisation, id, &lines).await?;
            row.total_minor = total;
        }
    }
    if let Some(to) = input.status.filter(|to| *to != before.status) {
        let deadline_at = deadline(&settings, to, cx.now);
        step(cx, work, &mut row, to, deadline_at, input.reason.as_deref().unwrap_or_default()).await?;
    }
    if row == before && !other_items {
        return Ok(false);
    }
    store::orders::update(&mut work.tx, cx.organisation, &row, cx.now).await?;
    let old = facts(work, &before, old_items).await?;
    let changes = changes::between(&old, &facts(work, &row, new_items).await?);
    let args = json!({
        "number": row.number, "from": before.status, "to": row.status, "currency": row.currency,
        "assignee": row.assignee_id, "reason": input.reason, "changes": changes,
    });
    let code = if row.status != before.status {
        "order_status"
    } else if row.assignee_id != before.assignee_id {
        "order_assigned"
    } else {
        "order_changed"
    };
    work.journal(code, "order", id, args).await?;
    if row.status != before.status {
        if let Some(chat) = row.chat_id {
            let meta = json!({"order_id": id, "number": row.number, "from": before.status, "to": row.status});
            chats::note_in(work, chat, "order_status", meta).await?;
        }
        notice::tell(work, &row, &settings.order_notice).await?;
    }
    work.hint("orders", id);
    work.hint("contacts", row.contact_id);
    if row.deadline_at != before.deadline_at {
        rules::date_changed(work, rules::Dated::Order(id)).await?;
    }
    if row.status != before.status {
        let occasion = Occasion::order("order.status_changed", &row).with("order.from_status", json!(before.status));
        rules::happened(work, occasion).await?;
    }
    if row.assignee_id != before.assignee_id {
        rules::happened(work, Occasion::order("order.assigned", &row)).await?;
    }
    let parts = [("title", row.title != before.title), ("items", other_items)];
    let parts: Vec<&str> = parts.iter().filter(|one| one.1).map(|one| one.0).collect();
    if !parts.is_empty() {
        let occasion = Occasion::order("order.changed", &row);
        let occasion = occasion.with("order.changed", parts).with("order.total_before", before.total_minor);
        rules::happened(work, occasion).await?;
    }
    Ok(true)
}

/// What the journal compares: people by their names, as they are called today.
async fn facts(work: &mut Work, row: &OrderRow, items: Json) -> Result<Json> {
    let assignee = match row.assignee_id {
        None => None,
        Some(user) => store::organisations::member(&mut work.tx, work.organisation, user).await?.map(|it| it.name),
    };
    Ok(json!({
        "title": row.title, "status": row.status, "deadline_at": row.deadline_at, "assignee": assignee,
        "total_minor": row.total_minor, "items": items,
    }))
}

async fn step(
    cx: &Cx,
    work: &mut Work,
    row: &mut OrderRow,
    to: OrderStatus,
    deadline_at: Option<i64>,
    reason: &str,
) -> Result<()> {
    let from = row.status;
    let refused = || ApiError::new(ErrorCode::TransitionNotAllowed).arg("from", from).arg("to", to).field("status");
    let step = transition(cx.role(), from, to).ok_or_else(refused)?;
    let reason = validate::optional("reason", reason, 1_000)?;
    if step.reason_required && reason.is_empty() {
        return Err(ApiError::new(ErrorCode::ReasonRequired).field("reason").into());
    }
    row.status = to;
    row.status_since = cx.now;
    row.deadline_at = deadline_at;
    let step =
        NewStep { order: row.id, rev: row.rev + 1, from: Some(from), to, reason: &reason, actor: cx.actor_columns() };
    Ok(store::orders::insert_step(&mut work.tx, cx.organisation, &step, cx.now).await?)
}

fn assignee(text: &str) -> Result<Option<UserId>> {
    match text.trim() {
        "" => Ok(None),
        id => id.parse().map(Some).map_err(|_| ApiError::new(ErrorCode::NotAllowed).field("assignee_id").into()),
    }
}
