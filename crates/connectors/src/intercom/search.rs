//! Looking for things: conversations closed lately (webhooks get lost) and contacts whose id is no longer theirs.

use super::{calls, hooks, setting};
use crate::http::{Repeat, bad_request};
use crate::json::{Look, filled};
use crate::{Cx, Fail, InboundEvent, Swept};
use serde_json::{Value as Json, json};

/// Intercom allows 150; items hold whole first messages, so a third of that keeps answers small.
const PAGE: u32 = 50;

/// Fresh rows appear late in searches; the sweep looks back this much further, seconds.
const OVERLAP: i64 = 10 * 60;

/// One page of conversations closed since `since` (Unix seconds): `{"items": [event…], "next": cursor or null, "total"}`.
/// An item has the parts of [`InboundEvent`](crate::InboundEvent) and the very key its webhook had, so that storing it
/// changes nothing when the webhook was not lost.
pub async fn closed_since(cx: &Cx<'_>, input: &Json) -> Result<Json, Fail> {
    let since = input.int("since").ok_or_else(|| bad_request("input", "since is missing"))?;
    let from = since.saturating_sub(OVERLAP).max(0);
    let mut pagination = json!({"per_page": PAGE});
    if let Some(cursor) = filled(&input.word("cursor")) {
        pagination["starting_after"] = cursor.into();
    }
    let query = all_of(&[("statistics.last_close_at", ">", &from.to_string()), ("state", "=", "closed")]);
    let body = json!({"query": query, "pagination": pagination});
    let page = calls::post(cx, &["conversations", "search"], &body, Repeat::Harmless).await?;
    let account = setting(cx.settings, "app_id");
    let items: Vec<Json> = page
        .list("conversations")
        .iter()
        .filter_map(|item| hooks::swept(account, item.clone()))
        .map(|event| {
            json!({
                "kind": event.kind, "dedupe_key": event.dedupe_key, "order_key": event.order_key,
                "account": event.account, "data": event.data,
            })
        })
        .collect();
    let next = filled(&page.at("pages").at("next").word("starting_after"));
    Ok(json!({"items": items, "next": next, "total": page.int("total_count")}))
}

/// The events of one page, and what to ask for next.
pub fn swept(input: &Json, page: &Json) -> Swept {
    let event = |item: &Json| InboundEvent {
        kind: item.word("kind"),
        dedupe_key: item.word("dedupe_key"),
        order_key: item.word("order_key"),
        account: item.word("account"),
        data: item.at("data").clone(),
    };
    let next = filled(&page.word("next")).map(|cursor| json!({"since": input.at("since"), "cursor": cursor}));
    Swept { events: page.list("items").iter().map(event).collect(), next }
}

/// The contact by our own id, else by e-mail; `None` when nobody is found or nothing is known to look for. Users and leads
/// may share an e-mail: a user comes first, then whoever was there last.
pub async fn contact(cx: &Cx<'_>, input: &Json) -> Result<Option<Json>, Fail> {
    for field in ["external_id", "email"] {
        let Some(value) = filled(&input.word(field)) else { continue };
        let body = json!({"query": all_of(&[(field, "=", &value)]), "pagination": {"per_page": PAGE}});
        let page = calls::post(cx, &["contacts", "search"], &body, Repeat::Harmless).await?;
        let best = page.list("data").iter().max_by_key(|c| (c.text("role") == "user", c.int("updated_at")));
        if let Some(contact) = best {
            return Ok(Some(contact.clone()));
        }
    }
    Ok(None)
}

fn all_of(filters: &[(&str, &str, &str)]) -> Json {
    let value: Vec<Json> = filters
        .iter()
        .map(|(field, operator, value)| json!({"field": field, "operator": operator, "value": value}))
        .collect();
    json!({"operator": "AND", "value": value})
}
