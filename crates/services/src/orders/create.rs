//! Making an order: by hand, from a chat, or through a key.

use super::{items, list};
use crate::rules::{self, Occasion};
use crate::{Actor, ApiError, Cx, ErrorCode, Result, Work, accounts, chats, contacts, validate};
use domain::access::Permission;
use domain::ids::{CommentId, OrderId, UserId};
use domain::orders::{OrderSource, OrderStatus, default_deadline_minutes};
use domain::text::fold;
use domain::views::{NewOrder, OrderCard, OrganisationSettings};
use serde_json::json;
use store::orders::{NewStep, OrderRow};
use store::sight::Thing;

/// Makes an order; it needs a contact or a chat, which has one, and a title or a line.
pub async fn create(cx: &Cx, input: &NewOrder) -> Result<OrderCard> {
    cx.allow(Permission::OrdersWrite)?;
    let mut work = cx.work().await?;
    let id = create_in(cx, &mut work, input).await?;
    work.commit().await?;
    list::card(cx, id).await
}

/// The same inside a unit of work.
pub(crate) async fn create_in(cx: &Cx, work: &mut Work, input: &NewOrder) -> Result<OrderId> {
    let currency = accounts::organisation::currency(cx).await?;
    let settings = accounts::organisation::organisation_settings(&cx.app, cx.organisation).await?;
    let chat = match input.chat_id {
        None => None,
        Some(id) => {
            cx.sees(work, Thing::Chat(id)).await?;
            let row = store::chats::row(&mut work.tx, cx.organisation, id).await?;
            Some(row.ok_or_else(|| ApiError::new(ErrorCode::NotFound).field("chat_id"))?)
        }
    };
    let contact = input.contact_id.or(chat.as_ref().map(|c| c.contact_id));
    let contact = contact.ok_or_else(|| ApiError::new(ErrorCode::Required).field("contact_id"))?;
    // A shop may go on naming a card that went into another one.
    let contact = contacts::merging::current(work, contact).await?;
    if chat.as_ref().is_some_and(|c| c.contact_id != contact) {
        // Otherwise the notice about this order would go to somebody else.
        return Err(ApiError::new(ErrorCode::NotAllowed).field("chat_id").into());
    }
    if chat.is_none() {
        cx.sees(work, Thing::Contact(contact)).await?;
    }
    if store::contacts::row(&mut work.tx, cx.organisation, contact).await?.is_none() {
        return Err(ApiError::new(ErrorCode::NotFound).field("contact_id").into());
    }
    check_assignee(work, input.assignee_id).await?;
    let (lines, total) = items::work_out(work, &input.items, &currency, &[]).await?;
    let title = validate::optional("title", input.title.as_deref().unwrap_or_default(), 200)?;
    if title.is_empty() && lines.is_empty() {
        return Err(ApiError::new(ErrorCode::Required).field("items").into());
    }
    let title = if title.is_empty() { lines.first().map(|l| l.name.clone()).unwrap_or_default() } else { title };
    let id: OrderId = work.id();
    let number = store::orders::next_number(&mut work.tx, cx.organisation).await?;
    let status = OrderStatus::New;
    let row = OrderRow {
        id,
        number,
        search_text: search_text(number, &title),
        title,
        status,
        status_since: cx.now,
        deadline_at: deadline(&settings, status, cx.now),
        contact_id: contact,
        chat_id: chat.as_ref().map(|c| c.id),
        channel: chat.as_ref().map(|c| c.channel),
        source: match (&cx.actor, &chat) {
            (Actor::Key { .. }, _) => OrderSource::Api,
            (Actor::System, _) => OrderSource::Rule,
            (_, Some(_)) => OrderSource::Chat,
            _ => OrderSource::Manual,
        },
        assignee_id: input.assignee_id,
        total_minor: total,
        currency,
        rev: 1,
    };
    let (_, actor) = cx.actor_columns();
    store::orders::insert(&mut work.tx, cx.organisation, &row, actor.as_deref(), cx.now).await?;
    store::orders::replace_items(&mut work.tx, cx.organisation, id, &lines).await?;
    let step = NewStep { order: id, rev: 1, from: None, to: status, reason: "", actor: cx.actor_columns() };
    store::orders::insert_step(&mut work.tx, cx.organisation, &step, cx.now).await?;
    if let Some(text) = input.comment.as_deref().filter(|text| !text.trim().is_empty()) {
        let text = validate::required("comment", text, 5_000)?;
        let comment: CommentId = work.id();
        store::orders::insert_comment(&mut work.tx, cx.organisation, id, comment, cx.user(), &text, cx.now).await?;
    }
    let args = json!({"number": number, "title": row.title, "total_minor": total, "currency": row.currency});
    work.journal("order_created", "order", id, args).await?;
    if let Some(chat) = &chat {
        let meta = json!({"order_id": id, "number": number, "total_minor": total, "currency": row.currency});
        chats::note_in(work, chat.id, "order_created", meta).await?;
    }
    work.hint("orders", id);
    work.hint("contacts", contact);
    rules::happened(work, Occasion::order("order.created", &row)).await?;
    Ok(id)
}

/// What an order of its own is found by; the contact is searched beside it.
pub(super) fn search_text(number: i64, title: &str) -> String {
    fold(&format!("{number} {title}"))
}

/// When an order that enters a status now becomes overdue.
pub(super) fn deadline(settings: &OrganisationSettings, status: OrderStatus, now: i64) -> Option<i64> {
    let minutes = match settings.deadlines.get(status.as_str()) {
        _ if status.is_final() => None,
        Some(0) => None,
        Some(minutes) => Some(*minutes),
        None => default_deadline_minutes(status),
    };
    minutes.map(|minutes| now + minutes * 60_000)
}

/// Work goes to active members who may change orders.
pub(super) async fn check_assignee(work: &mut Work, user: Option<UserId>) -> Result<()> {
    let Some(user) = user else { return Ok(()) };
    let member = store::chats::member(&mut work.tx, work.organisation, user).await?;
    if member.is_some_and(|(role, _)| role.allows(Permission::OrdersWrite)) {
        return Ok(());
    }
    Err(ApiError::new(ErrorCode::NotAllowed).field("assignee_id").into())
}
