//! Reading the journal, and finding what its lines are about.

use crate::{Cx, Result, accounts, chats, connections, contacts, orders, products, rules, validate};
use domain::access::Permission;
use domain::text::fold;
use domain::views::*;
use store::journal::LineFilter;

/// Lines, newest first.
pub async fn list(cx: &Cx, f: JournalFilter) -> Result<Page<JournalView>> {
    cx.allow(Permission::JournalRead)?;
    let limit = validate::limit(f.limit);
    let filter = LineFilter {
        before: validate::id_cursor(f.cursor.as_deref())?,
        level: f.level.as_deref(),
        object_kind: f.object_kind.as_deref(),
        object_id: f.object_id.as_deref(),
        cause: None,
        actor: f.actor_id,
        rule: f.rule_id,
    };
    let rows = store::journal::list(cx.db(), cx.organisation, &filter, limit + 1).await?;
    Ok(Page::cut(rows, limit as usize, |line| line.id.to_string()))
}

/// As many as fit under an input.
const FOUND: u32 = 20;

/// Things of a kind that lines can be about, found by name or number; `""` finds the newest, of few kinds all.
pub async fn objects(cx: &Cx, kind: &str, q: &str) -> Result<Vec<JournalObject>> {
    cx.allow(Permission::JournalRead)?;
    let (text, limit) = (Some(q.to_owned()), Some(FOUND));
    let filter = ListFilter { q: text.clone(), limit, ..ListFilter::default() };
    Ok(match kind {
        "contact" => contacts::list(cx, &filter).await?.items.into_iter().map(client).collect(),
        "order" => {
            let filter = OrderFilter { q: text, limit, ..OrderFilter::default() };
            let title = |it: &OrderView| format!("№ {} {}", it.number, it.title).trim().to_owned();
            let orders = orders::list(cx, &filter).await?.items;
            orders.iter().map(|it| object(it.id, title(it))).collect()
        }
        "chat" => {
            let filter = ChatFilter { q: text, limit, ..ChatFilter::default() };
            chats::list(cx, filter).await?.items.into_iter().map(|it| object(it.id, it.contact_name)).collect()
        }
        "product" => products::list(cx, &filter).await?.items.into_iter().map(|it| object(it.id, it.name)).collect(),
        "member" => {
            let members = accounts::members::list(cx).await?;
            named(members.into_iter().map(|it| object(it.user_id, it.name)), q)
        }
        "connection" => named(connections::list(cx).await?.into_iter().map(|it| object(it.id, it.name)), q),
        "rule" => named(rules::list(cx).await?.items.into_iter().map(|it| object(it.id, it.name)), q),
        _ => Vec::new(),
    })
}

fn object(id: impl ToString, name: String) -> JournalObject {
    JournalObject { id: id.to_string(), name }
}

/// A client by name, else by phone or mail.
fn client(it: ContactView) -> JournalObject {
    let name = Some(it.name).filter(|name| !name.is_empty()).or(it.phone).or(it.email);
    object(it.id, name.unwrap_or_default())
}

fn named(all: impl Iterator<Item = JournalObject>, q: &str) -> Vec<JournalObject> {
    let q = fold(q);
    all.filter(|it| fold(&it.name).contains(&q)).collect()
}
