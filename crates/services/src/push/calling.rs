//! What calls members becomes jobs: one with the change that calls, and only where anybody has a device; when it is due, one
//! for each device that is called then. So a message costs the same however many devices there are, and a chat that was
//! given to somebody at once calls only them.

use crate::pipeline::kinds;
use crate::work::MAX_DEPTH;
use crate::{Result, Work, memo, zone};
use domain::access::Permission;
use domain::ids::*;
use domain::queue::MAX_ATTEMPTS;
use domain::views::NotificationChoices;
use serde_json::{Value as Json, json};
use store::claims::LeasedJob;
use store::jobs::{Cause, NewJob};
use store::push::{self as rows, Called};

/// Whoever is called by a message is decided a moment later: the chat may be given to somebody until then, and whoever has
/// it before their eyes may have answered.
const LATER_MS: i64 = 1_500;
/// Of a chat that was given away so soon after its client wrote, the message itself tells its new member.
pub(crate) const FRESH_MS: i64 = 5_000;
/// A page tells each minute that it is looked at; one that has not for longer is not.
pub(super) const LOOKING_MS: i64 = 90_000;

/// What calls somebody.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Call {
    /// A client wrote: whose chat it is, or everybody, if it is nobody's.
    Message(ChatId, MessageId),
    /// A note names colleagues.
    Mention(ChatId, MessageId),
    /// A chat was given to this member.
    Assigned(ChatId, UserId),
}

/// Calls whoever is to be called, if anybody can be.
pub(crate) async fn call(work: &mut Work, call: Call) -> Result<()> {
    if !memo::anybody_to_call(work).await? {
        return Ok(());
    }
    let (chat, later, payload) = match call {
        Call::Message(chat, message) => {
            (chat, LATER_MS, json!({"what": "message", "chat_id": chat, "message_id": message}))
        }
        Call::Mention(chat, message) => (chat, 0, json!({"what": "mention", "chat_id": chat, "message_id": message})),
        Call::Assigned(chat, user) => (chat, 0, json!({"what": "assigned", "chat_id": chat, "user_id": user})),
    };
    let id = work.id();
    let job = NewJob {
        id,
        kind: kinds::CALL,
        connection: None,
        order_key: format!("job:{id}"),
        run_at: work.now + later,
        max_attempts: MAX_ATTEMPTS,
        idempotency_key: None,
        payload,
        object_kind: "chat",
        object_id: chat.to_string(),
        cause: cause(work),
    };
    work.job(job).await.map(drop)
}

/// A notice starts nothing, so the deepest chain of causes may end with one.
fn cause(work: &Work) -> Cause {
    Cause { depth: work.cause.depth.min(MAX_DEPTH), ..work.cause.clone() }
}

/// A notice to one device, in a line of its own.
pub(super) fn notice(work: &Work, device: PushDeviceId, mut payload: Json, about: (&'static str, String)) -> NewJob {
    payload["device_id"] = json!(device);
    NewJob {
        id: work.id(),
        kind: kinds::PUSH,
        connection: None,
        order_key: format!("push:{device}"),
        run_at: work.now,
        max_attempts: MAX_ATTEMPTS,
        idempotency_key: None,
        payload,
        object_kind: about.0,
        object_id: about.1,
        cause: cause(work),
    }
}

/// What a job of either kind is about.
pub(super) fn about(payload: &Json) -> Option<rows::Call<'_>> {
    let text = |name: &str| payload.get(name).and_then(Json::as_str).unwrap_or_default();
    Some(rows::Call {
        what: text("what"),
        chat: text("chat_id").parse().ok()?,
        message: text("message_id").parse().ok(),
        user: text("user_id").parse().ok(),
        device: text("device_id").parse().ok(),
        looked_since: 0,
    })
}

/// The time for a call has come: a notice for each device that is called now.
pub(crate) async fn call_devices(work: &mut Work, job: &LeasedJob) -> Result<()> {
    let Some(call) = about(&job.payload) else { return Ok(()) };
    let call = rows::Call { looked_since: work.now - LOOKING_MS, ..call };
    let called = rows::called(&mut work.tx, work.organisation, call).await?;
    if called.is_empty() {
        return Ok(());
    }
    let (zone, now) = (memo::organisation(work).await?.zone.clone(), work.now);
    for device in called.iter().filter(|device| may_be_told(device, &zone, now)) {
        let job = notice(work, device.id, job.payload.clone(), ("chat", call.chat.to_string()));
        work.job(job).await?;
    }
    Ok(())
}

/// Whether somebody may know of it, and wants to now.
pub(super) fn may_be_told(device: &Called, zone: &str, now: i64) -> bool {
    let choices: NotificationChoices = serde_json::from_value(device.notifications.clone()).unwrap_or_default();
    let local = now.div_euclid(60_000) + i64::from(zone::offset_minutes(zone, now));
    device.role.allows(Permission::ChatsRead) && !choices.is_quiet(local.rem_euclid(24 * 60) as u16)
}
