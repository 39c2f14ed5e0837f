//! Assigning, closing, reopening; «Отвечать не нужно»; having looked.

use crate::changes;
use crate::pipeline::{self, kinds};
use crate::push::{self, Call};
use crate::rules::{self, Occasion};
use crate::{Cx, Result, Work};
use domain::access::{Permission, Role};
use domain::chats::{ChatStatus, MessageKind, Sender};
use domain::ids::{ChatId, UserId};
use domain::routing::{Decision, RoutingReason};
use domain::views::{ChatChange, ChatView};
use domain::{ApiError, ErrorCode};
use serde_json::json;
use store::chats::ChatRow;
use store::messages::NewMessage;
use store::sight::{Sight, Thing};

/// Changes a chat; what happened is a line in the thread and in the journal.
pub async fn change(cx: &Cx, id: ChatId, change: ChatChange) -> Result<()> {
    cx.allow(if change == ChatChange::Seen { Permission::ChatsRead } else { Permission::ChatsWrite })?;
    apply(cx, id, vec![change]).await
}

/// Several changes as one: all of them happen, or none. Answers the chat as it is then.
pub async fn change_all(cx: &Cx, id: ChatId, changes: Vec<ChatChange>) -> Result<ChatView> {
    cx.allow(Permission::ChatsWrite)?;
    apply(cx, id, changes).await?;
    // As it is for whoever changed it, even if they have just given it away.
    Ok(store::chats::one(cx.db(), Sight::all(cx.organisation), id).await?.ok_or(ErrorCode::NotFound)?)
}

async fn apply(cx: &Cx, id: ChatId, changes: Vec<ChatChange>) -> Result<()> {
    let mut work = cx.work().await?;
    let chat = store::chats::for_change(&mut work.tx, cx.organisation, id).await?.ok_or(ErrorCode::NotFound)?;
    cx.sees(&mut work, Thing::Chat(id)).await?;
    let mut changed = false;
    for change in changes {
        changed |= one(cx, &mut work, &chat, change).await?;
    }
    if !changed {
        return Ok(());
    }
    work.hint("chats", id);
    work.commit().await
}

/// `false`: it was so already.
async fn one(cx: &Cx, work: &mut Work, chat: &ChatRow, change: ChatChange) -> Result<bool> {
    let id = chat.id;
    match change {
        ChatChange::Assign { user_id } => return assign(work, chat, user_id).await,
        ChatChange::Status { status } => {
            return set_status(work, chat, status).await;
        }
        ChatChange::Snooze { until } => return snooze(work, chat, until).await,
        ChatChange::NoAnswerNeeded => {
            store::chats::answered(&mut work.tx, cx.organisation, id).await?;
            note(work, chat, "no_answer_needed", json!({})).await?;
        }
        ChatChange::Seen => {
            let mut named = false;
            if let Some(user) = cx.user() {
                named = store::desk::mentions_seen(&mut work.tx, cx.organisation, user, id, cx.now).await?;
                if named {
                    work.hint("me", user);
                }
            }
            // Quality control looks without leaving traces.
            if cx.role() == Role::Quality || !store::chats::seen(&mut work.tx, cx.organisation, id).await? {
                return Ok(named);
            }
            if let Some(external_id) = store::messages::last_inbound(&mut work.tx, cx.organisation, id).await? {
                let payload = json!({"action": "mark_read", "input": {"message_id": external_id}});
                let mut job = pipeline::connection_job(work, kinds::MARK_READ, chat.connection_id, payload);
                job.order_key = format!("read:{id}");
                job.idempotency_key = Some(format!("read:{external_id}"));
                job.max_attempts = 3;
                (job.object_kind, job.object_id) = ("chat", id.to_string());
                work.job(job).await?;
            }
        }
    }
    Ok(true)
}

/// `false`: it was so already.
async fn set_status(work: &mut Work, chat: &ChatRow, status: ChatStatus) -> Result<bool> {
    if chat.status == status {
        return Ok(false);
    }
    let closed_at = (status == ChatStatus::Closed).then_some(work.now);
    store::chats::set_status(&mut work.tx, work.organisation, chat.id, status, closed_at).await?;
    let changes = [changes::one("status", chat.status.as_str(), status.as_str())];
    note(work, chat, "chat_status", json!({"from": chat.status, "to": status, "changes": changes})).await?;
    status_changed(work, chat).await?;
    Ok(true)
}

/// Furthest a chat can be set aside.
const FURTHEST_MS: i64 = 366 * 24 * 60 * 60 * 1000;

/// Sets it aside until a moment, or takes it back; `false`: it was so already.
async fn snooze(work: &mut Work, chat: &ChatRow, until: Option<i64>) -> Result<bool> {
    if chat.snoozed_until == until {
        return Ok(false);
    }
    let (min, max) = (work.now + 1, work.now + FURTHEST_MS);
    if until.is_some_and(|until| !(min..=max).contains(&until)) {
        return Err(ApiError::new(ErrorCode::OutOfRange).arg("min", min).arg("max", max).field("until").into());
    }
    if until.is_some() && chat.status == ChatStatus::Closed {
        return Err(ApiError::new(ErrorCode::NotAllowed).field("until").into());
    }
    store::desk::snooze(&mut work.tx, work.organisation, chat.id, until).await?;
    let code = if until.is_some() { "chat_snoozed" } else { "chat_unsnoozed" };
    note(work, chat, code, json!({"until": until})).await?;
    Ok(true)
}

/// Lets rules act on another status than the one in `before`.
pub(super) async fn status_changed(work: &mut Work, before: &ChatRow) -> Result<()> {
    let occasion = Occasion::chat("chat.status_changed", before.id, before.contact_id);
    rules::happened(work, occasion.with("chat.from_status", json!(before.status))).await
}

/// Sets the status inside a unit of work.
pub(crate) async fn set_status_in(work: &mut Work, id: ChatId, status: ChatStatus) -> Result<()> {
    let chat = store::chats::for_change(&mut work.tx, work.organisation, id).await?.ok_or(ErrorCode::NotFound)?;
    set_status(work, &chat, status).await.map(|_| ())
}

/// Gives the chat to somebody, or to nobody, inside a unit of work.
pub(crate) async fn assign_in(work: &mut Work, id: ChatId, user: Option<UserId>) -> Result<()> {
    let chat = store::chats::for_change(&mut work.tx, work.organisation, id).await?.ok_or(ErrorCode::NotFound)?;
    assign(work, &chat, user).await.map(|_| ())
}

async fn assign(work: &mut Work, chat: &ChatRow, user: Option<UserId>) -> Result<bool> {
    if chat.assignee_id == user {
        return Ok(false);
    }
    let mut name = None;
    if let Some(user) = user {
        let member = store::chats::member(&mut work.tx, work.organisation, user).await?;
        let Some((_, known)) = member.filter(|(role, _)| role.allows(Permission::ChatsWrite)) else {
            return Err(ApiError::new(ErrorCode::NotAllowed).field("user_id").into());
        };
        name = Some(known);
    }
    store::chats::assign(&mut work.tx, work.organisation, chat.id, user).await?;
    let before = match chat.assignee_id {
        None => None,
        Some(user) => store::organisations::member(&mut work.tx, work.organisation, user).await?.map(|it| it.name),
    };
    let mut meta = json!({"user_id": user, "name": &name, "changes": [changes::one("assignee", before, name)]});
    // What a rule did has its reasons in the run.
    if work.cause.kind != "run" {
        meta["decision"] = json!(Decision::plain(RoutingReason::Hand, user));
    }
    note(work, chat, "chat_assigned", meta).await?;
    if let Some(user) = user.filter(|user| work.actor().1 != Some(user.to_string())) {
        push::call(work, Call::Assigned(chat.id, user)).await?;
    }
    assigned(work, chat).await?;
    Ok(true)
}

/// The chat of a member who was switched off went to somebody else, or to nobody; the journal has it with the rest of their work.
pub(crate) async fn handed_over(work: &mut Work, id: ChatId, to: Option<(UserId, &str)>) -> Result<()> {
    let chat = store::chats::row(&mut work.tx, work.organisation, id).await?.ok_or(ErrorCode::NotFound)?;
    let (user, name) = to.unzip();
    let decision = Decision::plain(RoutingReason::HandedOver, user);
    in_thread(work, &chat, "chat_assigned", json!({"user_id": user, "name": name, "decision": decision})).await?;
    assigned(work, &chat).await
}

/// Lets rules act on a chat being given to somebody, or taken.
pub(super) async fn assigned(work: &mut Work, chat: &ChatRow) -> Result<()> {
    rules::happened(work, Occasion::chat("chat.assigned", chat.id, chat.contact_id)).await
}

/// A line in the thread and in the journal.
pub(super) async fn note(work: &mut Work, chat: &ChatRow, code: &str, meta: serde_json::Value) -> Result<()> {
    in_thread(work, chat, code, meta.clone()).await?;
    work.journal(code, "chat", chat.id, meta).await
}

async fn in_thread(work: &mut Work, chat: &ChatRow, code: &str, mut meta: serde_json::Value) -> Result<()> {
    if let ("run", Some(run)) = (work.cause.kind, &work.cause.id) {
        meta["run_id"] = json!(run);
    }
    let author = match work.actor() {
        ("user", Some(id)) => id.parse().ok(),
        _ => None,
    };
    let message = NewMessage {
        id: work.id(),
        chat: chat.id,
        sender: Sender::System,
        author,
        kind: MessageKind::Notice,
        text: code.to_owned(),
        meta,
        file: None,
        connection: None,
        external_id: None,
        reply_to: None,
        delivery: None,
        job: None,
        at: work.now,
    };
    store::messages::insert(&mut work.tx, work.organisation, &message).await?;
    work.hint("chats", chat.id);
    Ok(())
}

/// A line in the thread about an order; the journal has the order's own.
pub async fn note_in(work: &mut Work, id: ChatId, code: &str, meta: serde_json::Value) -> Result<()> {
    let chat = store::chats::row(&mut work.tx, work.organisation, id).await?.ok_or(ErrorCode::NotFound)?;
    in_thread(work, &chat, code, meta).await
}
