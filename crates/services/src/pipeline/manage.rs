//! Jobs and events as people handle them: lists, cards, retry, cancel.

use crate::{Cx, Result, Work, validate};
use domain::ErrorCode;
use domain::access::Permission;
use domain::ids::{EventId, JobId, MessageId};
use domain::queue::JobState;
use domain::views::*;
use store::jobs::JobFilter;
use store::journal::LineFilter;

/// Events of the inbox, newest first.
pub async fn events(cx: &Cx, f: JournalFilter) -> Result<Page<EventView>> {
    cx.allow(Permission::JournalRead)?;
    let limit = validate::limit(f.limit);
    let state = f.state.as_deref().map(str::parse).transpose().map_err(|_| bad("state"))?;
    let before = validate::id_cursor(f.cursor.as_deref())?;
    let rows =
        store::events::list(cx.db(), cx.organisation, before, state, f.kind.as_deref(), f.connection_id, limit + 1)
            .await?;
    Ok(Page::cut(rows, limit as usize, |e| e.id.to_string()))
}

/// An event with its payload and what it caused.
pub async fn event(cx: &Cx, id: EventId) -> Result<EventCard> {
    cx.allow(Permission::JournalRead)?;
    let (event, payload) = store::events::one(cx.db(), cx.organisation, id).await?.ok_or(ErrorCode::NotFound)?;
    let (headers, data) = payload.unwrap_or_else(|| ("{}".into(), "null".into()));
    let cause = id.to_string();
    let journal =
        store::journal::list(cx.db(), cx.organisation, &LineFilter { cause: Some(&cause), ..Default::default() }, 50)
            .await?;
    let jobs =
        store::jobs::list(cx.db(), cx.organisation, &JobFilter { cause: Some(&cause), ..Default::default() }, 50)
            .await?;
    let json = |text: &str| serde_json::from_str(text).unwrap_or(serde_json::Value::Null);
    Ok(EventCard { headers: json(&headers), data: json(&data), event, journal, jobs })
}

/// Does an event of the past once more, as a new event with the same payload (CON-5). What is kept under a key of its own,
/// such as a message or an invitation, does not come twice; rules start anew.
pub async fn replay_event(cx: &Cx, id: EventId) -> Result<EventView> {
    cx.allow(Permission::JobsManage)?;
    let (event, payload) = store::events::one(cx.db(), cx.organisation, id).await?.ok_or(ErrorCode::NotFound)?;
    let (headers, data) = payload.ok_or(ErrorCode::PayloadGone)?;
    let mut work = cx.work().await?;
    let again: EventId = work.id();
    let row = store::events::NewEvent {
        organisation: cx.organisation,
        id: again,
        connection: event.connection_id,
        kind: event.kind.clone(),
        dedupe_key: format!("{}#{again}", event.dedupe_key),
        order_key: store::events::order_key(&mut work.tx, cx.organisation, id).await?,
        headers,
        data,
        received_at: cx.now,
    };
    store::events::insert(&mut work.tx, &[row]).await?;
    store::events::replays(&mut work.tx, cx.organisation, again, id).await?;
    work.journal("event_replayed", "event", again, serde_json::json!({"kind": event.kind, "of": id})).await?;
    work.hint("events", again);
    work.commit().await?;
    cx.app.wake_events.notify_one();
    let (event, ..) = store::events::one(cx.db(), cx.organisation, again).await?.ok_or(ErrorCode::NotFound)?;
    Ok(event)
}

/// Jobs of the outbox, newest first.
pub async fn jobs(cx: &Cx, f: JournalFilter) -> Result<Page<JobView>> {
    cx.allow(Permission::JournalRead)?;
    let limit = validate::limit(f.limit);
    let filter = JobFilter {
        before: validate::id_cursor(f.cursor.as_deref())?,
        state: f.state.as_deref().map(str::parse).transpose().map_err(|_| bad("state"))?,
        kind: f.kind.as_deref(),
        connection: f.connection_id,
        object: f.object_kind.as_deref().zip(f.object_id.as_deref()),
        cause: None,
    };
    let rows = store::jobs::list(cx.db(), cx.organisation, &filter, limit + 1).await?;
    Ok(Page::cut(rows, limit as usize, |j| j.id.to_string()))
}

/// A job with its attempts.
pub async fn job(cx: &Cx, id: JobId) -> Result<JobCard> {
    cx.allow(Permission::JournalRead)?;
    card(cx, id).await
}

/// The same after acting on it, for those who may act.
pub async fn acted_on(cx: &Cx, id: JobId) -> Result<JobCard> {
    cx.allow(Permission::JobsManage)?;
    card(cx, id).await
}

async fn card(cx: &Cx, id: JobId) -> Result<JobCard> {
    let job = store::jobs::one(cx.db(), cx.organisation, id).await?.ok_or(ErrorCode::NotFound)?;
    let mut payload = store::jobs::payload(cx.db(), cx.organisation, id).await?.unwrap_or_default();
    if job.kind == super::kinds::MAIL {
        // Mails carry sign-in links.
        payload = serde_json::json!({"to": payload.get("to"), "subject": payload.get("subject")});
    }
    Ok(JobCard { payload, attempts: store::jobs::attempts(cx.db(), cx.organisation, id).await?, job })
}

/// Puts a stopped job back into the queue.
pub async fn retry(cx: &Cx, id: JobId) -> Result<()> {
    cx.allow(Permission::JobsManage)?;
    requeue(cx, id, None).await
}

/// The same for callers that have checked a right of their own (a seller repeats a message, not any job). With `from`, only
/// while it stands as whoever decided saw it: of two decisions at once one acts.
pub(crate) async fn requeue(cx: &Cx, id: JobId, from: Option<JobState>) -> Result<()> {
    let mut work = cx.work().await?;
    if !requeue_in(&mut work, id, from).await? {
        return Err(ErrorCode::JobState.into());
    }
    work.commit().await
}

/// The same inside a unit of work; `false`: it is not stopped, or not as it was seen.
pub(crate) async fn requeue_in(work: &mut Work, id: JobId, from: Option<JobState>) -> Result<bool> {
    let job = store::jobs::one(&work.app.db, work.organisation, id).await?.ok_or(ErrorCode::NotFound)?;
    if !store::jobs::retry(&mut work.tx, work.organisation, id, from, work.now).await? {
        return Ok(false);
    }
    if let (super::kinds::SEND_MESSAGE, Ok(message)) = (job.kind.as_str(), job.object_id.parse::<MessageId>()) {
        crate::chats::reports::requeued(work, message).await?;
    }
    if job.kind == super::kinds::INVITE {
        crate::reviews::requeued(work, id).await?;
    }
    work.journal("job_retried", "job", id, serde_json::json!({"kind": job.kind})).await?;
    work.expect_jobs();
    Ok(true)
}

/// Retries every dead job (at most 500 a call); answers how many.
pub async fn retry_dead(cx: &Cx) -> Result<u32> {
    cx.allow(Permission::JobsManage)?;
    let filter = JobFilter { state: Some(JobState::Dead), ..Default::default() };
    let dead = store::jobs::list(cx.db(), cx.organisation, &filter, 500).await?;
    let mut done = 0;
    for job in dead {
        match retry(cx, job.id).await {
            Ok(()) => done += 1,
            Err(error) if error.is(ErrorCode::JobState) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(done)
}

/// Takes a job out of the queue.
pub async fn cancel(cx: &Cx, id: JobId) -> Result<()> {
    cx.allow(Permission::JobsManage)?;
    discard(cx, id, None).await
}

/// The same for callers that have checked a right of their own; `from` as in [`requeue`].
pub(crate) async fn discard(cx: &Cx, id: JobId, from: Option<JobState>) -> Result<()> {
    store::jobs::one(cx.db(), cx.organisation, id).await?.ok_or(ErrorCode::NotFound)?;
    let mut work = cx.work().await?;
    cancel_in(&mut work, id, from).await?;
    work.commit().await
}

/// The same inside a unit of work, with what it means for a message or an invitation.
pub(crate) async fn cancel_in(work: &mut Work, id: JobId, from: Option<JobState>) -> Result<()> {
    let Some((kind, object)) = store::jobs::cancel(&mut work.tx, work.organisation, id, from, work.now).await? else {
        return Err(ErrorCode::JobState.into());
    };
    if let (super::kinds::SEND_MESSAGE, Ok(message)) = (kind.as_str(), object.parse::<MessageId>()) {
        crate::chats::reports::ended(work, message, domain::delivery::Delivery::Failed, "cancelled", "").await?;
    }
    if kind == super::kinds::INVITE {
        crate::reviews::cancelled(work, id).await?;
    }
    work.journal("job_cancelled", "job", id, serde_json::json!({"kind": kind})).await?;
    work.hint("jobs", id);
    Ok(())
}

fn bad(field: &str) -> domain::ApiError {
    domain::ApiError::new(ErrorCode::NotAllowed).field(field)
}
