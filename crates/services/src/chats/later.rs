//! Messages for later (CHT-7): written now, sent at a moment by whoever wrote them, changed or taken back until then. What was
//! only for silence takes itself back when the client writes.

use super::outgoing::{self, Voice};
use crate::{ApiError, App, Cx, ErrorCode, Result, Work};
use domain::access::Permission;
use domain::ids::{ChatId, LaterId};
use domain::views::{LaterMessageView, LaterState, SaveLater, SendMessage};
use futures::FutureExt;
use serde::Deserialize;
use serde_json::json;
use std::sync::Arc;
use store::jobs::Cause;
use store::later::{self as rows, DueRow, LaterRow};
use store::sight::Thing;

/// No further ahead than a year.
const FURTHEST_MS: i64 = 366 * 24 * 60 * 60 * 1000;

/// Those of a chat that wait, and those that could not be sent.
pub async fn list(cx: &Cx, chat: ChatId) -> Result<Vec<LaterMessageView>> {
    cx.allow(Permission::ChatsRead)?;
    store::chats::one(cx.db(), cx.sight(), chat).await?.ok_or(ErrorCode::NotFound)?;
    Ok(rows::of_chat(cx.db(), cx.organisation, chat).await?)
}

/// Plans a message.
pub async fn plan(cx: &Cx, chat: ChatId, input: &SaveLater) -> Result<LaterId> {
    cx.allow(Permission::ChatsWrite)?;
    let author = cx.person()?;
    check(cx, input).await?;
    let mut work = cx.work().await?;
    cx.sees(&mut work, Thing::Chat(chat)).await?;
    store::chats::for_change(&mut work.tx, cx.organisation, chat).await?.ok_or(ErrorCode::NotFound)?;
    let id: LaterId = work.id();
    rows::insert(&mut work.tx, cx.organisation, id, chat, author, input, cx.now).await?;
    let args = json!({"send_at": input.send_at, "unless_answered": input.unless_answered});
    work.journal("message_planned", "chat", chat, args).await?;
    work.hint("chats", chat);
    work.commit().await?;
    Ok(id)
}

/// Changes one that has not gone out; the revision is the one it was read at.
pub async fn change(cx: &Cx, id: LaterId, input: &SaveLater) -> Result<()> {
    cx.allow(Permission::ChatsWrite)?;
    check(cx, input).await?;
    let mut work = cx.work().await?;
    let row = own(cx, &mut work, id).await?;
    let rev = input.rev.unwrap_or(row.rev);
    if !rows::change(&mut work.tx, cx.organisation, id, rev, input, cx.now).await? {
        return Err(ErrorCode::Stale.into());
    }
    work.hint("chats", row.chat_id);
    work.commit().await
}

/// Takes one back.
pub async fn cancel(cx: &Cx, id: LaterId) -> Result<()> {
    cx.allow(Permission::ChatsWrite)?;
    let mut work = cx.work().await?;
    let row = own(cx, &mut work, id).await?;
    if !rows::end(&mut work.tx, cx.organisation, id, LaterState::Cancelled, "taken_back", cx.now).await? {
        return Err(ErrorCode::Stale.into());
    }
    work.journal("message_unplanned", "chat", row.chat_id, json!({"send_at": row.send_at})).await?;
    work.hint("chats", row.chat_id);
    work.commit().await
}

async fn own(cx: &Cx, work: &mut Work, id: LaterId) -> Result<LaterRow> {
    let row = rows::one(&mut work.tx, cx.organisation, id).await?.ok_or(ErrorCode::NotFound)?;
    cx.sees(work, Thing::Chat(row.chat_id)).await?;
    Ok(row)
}

async fn check(cx: &Cx, input: &SaveLater) -> Result<()> {
    if !(cx.now + 1..=cx.now + FURTHEST_MS).contains(&input.send_at) {
        let (min, max) = (cx.now + 1, cx.now + FURTHEST_MS);
        return Err(ApiError::new(ErrorCode::OutOfRange).arg("min", min).arg("max", max).field("send_at").into());
    }
    outgoing::draft(cx, &input.message).await.map(|_| ())
}

/// The client wrote.
pub(super) async fn answered(work: &mut Work, chat: ChatId) -> Result<()> {
    let count = rows::answered(&mut work.tx, work.organisation, chat, work.now).await?;
    if count > 0 {
        super::note_in(work, chat, "later_cancelled", json!({"count": count})).await?;
    }
    Ok(())
}

/// Sends what is due; answers how much there was. Each is a transaction of its own, which is its lease.
pub async fn send_due(app: &Arc<App>) -> Result<usize> {
    let mut count = 0;
    while rows::any_due(&app.db, app.clock.now()).await? {
        let now = app.clock.now();
        let mut tx = app.db.begin().await?;
        // Taken by another node meanwhile.
        let Some(due) = rows::due(&mut tx, now).await? else { break };
        let author = due.author_id.to_string();
        let chain = app.ids.next::<domain::ids::JobId>(now).to_string();
        let cause = Cause { kind: "user", id: Some(author.clone()), chain, depth: 0 };
        let mut work = Work::on(tx, app, due.organisation_id, ("user", Some(author)), cause, now);
        work.part("later").await?;
        let sent = std::panic::AssertUnwindSafe(send(&mut work, &due)).catch_unwind().await;
        match sent.unwrap_or_else(|_| Err(anyhow::anyhow!("panic while sending").into())) {
            Ok(()) => {
                work.keep("later").await?;
                let (id, state) = (due.id, LaterState::Sent);
                rows::end(&mut work.tx, due.organisation_id, id, state, "", now).await?;
            }
            // The database itself is in trouble: everything waits.
            Err(error) if error.ends_unit() => return Err(error),
            // One that cannot be sent keeps nobody else waiting.
            Err(error) => {
                work.undo("later").await?;
                let error = error.into_api();
                fail(&mut work, &due, error.code).await?;
            }
        }
        work.hint("chats", due.chat_id);
        work.commit().await?;
        count += 1;
    }
    Ok(count)
}

async fn fail(work: &mut Work, due: &DueRow, code: ErrorCode) -> Result<()> {
    rows::end(&mut work.tx, due.organisation_id, due.id, LaterState::Failed, code.as_str(), work.now).await?;
    let args = json!({"code": code});
    work.journal_at("error", "message_plan_failed", "chat", due.chat_id, args).await
}

async fn send(work: &mut Work, due: &DueRow) -> Result<()> {
    let sees = crate::accounts::acting(&work.app, due.author_id, due.organisation_id).await?;
    sees.allow(Permission::ChatsWrite)?;
    sees.sees(work, Thing::Chat(due.chat_id)).await?;
    let body = SendMessage::deserialize(&due.body.0).map_err(anyhow::Error::from)?;
    let draft = outgoing::draft(&sees, &body).await?;
    let chat =
        store::chats::for_change(&mut work.tx, due.organisation_id, due.chat_id).await?.ok_or(ErrorCode::NotFound)?;
    outgoing::write(work, &chat, draft, Voice::Member(due.author_id), None, None).await.map(|_| ())
}
