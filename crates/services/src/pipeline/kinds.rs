//! Kinds of jobs. Renaming one breaks stored rows.

use crate::Work;
use domain::ids::ConnectionId;
use domain::queue::MAX_ATTEMPTS;
use store::jobs::NewJob;

/// Sends a message. This, [`INVITE`], [`ANSWER_REVIEW`] and [`CALL_SERVICE`] must never be repeated blindly (see `store::jobs::release_void`).
pub const SEND_MESSAGE: &str = "send_message";
/// Invites to a review.
pub const INVITE: &str = "invite";
/// Answers a review in public.
pub const ANSWER_REVIEW: &str = "answer_review";
/// Sends an event to somebody's own program; the receiver knows a repeat by its id.
pub const CALL_WEBHOOK: &str = "call_webhook";
/// Makes a call a service offers to rules. Some are no repeats of themselves, so none is repeated blindly.
pub const CALL_SERVICE: &str = "call_service";
/// Asks for what an event left out, or for its proof.
pub const LOOK_UP: &str = "look_up";
/// Looks through a service for what no webhook told.
pub const SWEEP: &str = "sweep";
/// Fetches a file a customer sent.
pub const DOWNLOAD_MEDIA: &str = "download_media";
/// Tells the provider that the chat was read.
pub const MARK_READ: &str = "mark_read";
/// Asks the provider whether the sign-in is good.
pub const CHECK_CONNECTION: &str = "check_connection";
/// Binds the webhook where the provider allows it.
pub const SUBSCRIBE: &str = "subscribe";
/// Fetches approved templates.
pub const SYNC_TEMPLATES: &str = "sync_templates";
/// Sends a mail.
pub const MAIL: &str = "mail";
/// Looks whether an organisation's own address leads here.
pub const CHECK_DOMAIN: &str = "check_domain";

/// Something calls members to a chat: becomes one [`PUSH`] for each of their devices.
pub const CALL: &str = "call";
/// Sends a notice to the browser of a member. No stop holds it: it reaches no client. Sent twice it is shown once.
pub const PUSH: &str = "push";

/// Whether it reaches people or services outside: what a stop holds.
pub fn is_send(kind: &str) -> bool {
    store::jobs::SENDS.contains(&kind)
}

/// Kinds that ask about the connection itself and therefore run while it is paused.
pub fn is_probe(kind: &str) -> bool {
    matches!(kind, CHECK_CONNECTION | SUBSCRIBE | SYNC_TEMPLATES)
}

/// A job on a connection, caused by this work, due now, in an order of its own.
pub fn connection_job(work: &Work, kind: &'static str, connection: ConnectionId, payload: serde_json::Value) -> NewJob {
    let id = work.id();
    NewJob {
        id,
        kind,
        connection: Some(connection),
        order_key: format!("job:{id}"),
        run_at: work.now,
        max_attempts: MAX_ATTEMPTS,
        idempotency_key: None,
        payload,
        object_kind: "connection",
        object_id: connection.to_string(),
        cause: work.cause.clone(),
    }
}
