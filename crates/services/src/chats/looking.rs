//! Who else looks at a chat or writes an answer (CHT-8); the client is shown that somebody writes (CHT-3). The browser says so
//! every few seconds; silence is leaving.

use crate::pipeline::{self, kinds};
use crate::{Cx, ErrorCode, Result, Work};
use domain::access::{Permission, Role};
use domain::chats::{window_open, window_until};
use domain::ids::ChatId;
use domain::views::{StopScope, ViewerView};
use serde_json::json;
use store::chats::ChatRow;
use store::desk as rows;
use store::sight::Thing;

/// Who has not said anything for so long has left.
const GONE_MS: i64 = 40_000;
/// Who has not typed for so long does not write any more.
const STILL_MS: i64 = 12_000;
/// So long a client sees that somebody writes; it is told again after that.
const SHOWN_MS: i64 = 20_000;
/// How long silent viewers are kept.
pub(crate) const KEPT_MS: i64 = 60 * 60 * 1000;

/// Says that one looks at a chat; answers who else does. Quality control looks without leaving traces.
pub async fn looking(cx: &Cx, chat: ChatId, typing: bool) -> Result<Vec<ViewerView>> {
    cx.allow(Permission::ChatsRead)?;
    let user = cx.person()?;
    if cx.role() != Role::Quality {
        let mut work = cx.work().await?;
        cx.sees(&mut work, Thing::Chat(chat)).await?;
        let row = store::chats::row(&mut work.tx, cx.organisation, chat).await?.ok_or(ErrorCode::NotFound)?;
        let typed = if typing { cx.now } else { 0 };
        let before = rows::looking(&mut work.tx, cx.organisation, chat, user, (cx.now, typed)).await?;
        let was_here = before.is_some_and(|(seen, _)| seen >= cx.now - GONE_MS);
        let typed_before = before.is_some_and(|(_, typed)| typed >= cx.now - STILL_MS);
        if typing {
            tell_client(cx, &mut work, &row).await?;
        }
        // Others are told what they can see: coming, beginning and ending to write.
        if !was_here || typed_before != typing {
            work.hint("viewers", chat);
        }
        work.commit().await?;
    }
    let since = (cx.now - GONE_MS, cx.now - STILL_MS);
    Ok(rows::viewers(cx.db(), cx.organisation, chat, since, Some(user)).await?)
}

/// Shows a client who waits that somebody writes, where the channel can and they could be answered now. It is worth nothing
/// late: tried once, left out where sending is stopped, and no trouble to anybody if it fails (`pipeline/run.rs`).
async fn tell_client(cx: &Cx, work: &mut Work, chat: &ChatRow) -> Result<()> {
    if chat.waiting_since.is_none() || !window_open(window_until(chat.channel, chat.last_inbound_at), work.now) {
        return Ok(());
    }
    let connected = cx.app.connections.by_id(&cx.app, cx.organisation, chat.connection_id).await?;
    let Some(connected) = connected.filter(|it| it.connector.spec().tells_typing()) else { return Ok(()) };
    let (provider, connection) = (connected.connector.spec().id, chat.connection_id.to_string());
    let stops = store::stops::list(cx.db(), cx.organisation).await?;
    let stopped = stops.iter().any(|stop| match stop.scope {
        StopScope::All => true,
        StopScope::Channel => stop.target == provider,
        StopScope::Connection => stop.target == connection,
        StopScope::Rule => false,
    });
    let last = store::messages::last_inbound(&mut work.tx, work.organisation, chat.id).await?;
    let Some(message) = last.filter(|_| !stopped) else { return Ok(()) };
    let input = json!({"message_id": message, "typing": true});
    let payload = json!({"action": "mark_read", "input": input, "until": work.now + SHOWN_MS});
    let mut job = pipeline::connection_job(work, kinds::MARK_READ, chat.connection_id, payload);
    job.order_key = format!("typing:{}", chat.id);
    job.idempotency_key = Some(format!("typing:{message}:{}", work.now / SHOWN_MS));
    job.max_attempts = 1;
    (job.object_kind, job.object_id) = ("chat", chat.id.to_string());
    work.job(job).await.map(|_| ())
}

/// Says that one looks elsewhere now.
pub async fn left(cx: &Cx, chat: ChatId) -> Result<()> {
    cx.allow(Permission::ChatsRead)?;
    let user = cx.person()?;
    let mut work = cx.work().await?;
    cx.sees(&mut work, Thing::Chat(chat)).await?;
    store::chats::row(&mut work.tx, cx.organisation, chat).await?.ok_or(ErrorCode::NotFound)?;
    if rows::left(&mut work.tx, cx.organisation, chat, user).await? {
        work.hint("viewers", chat);
        work.commit().await?;
    }
    Ok(())
}
