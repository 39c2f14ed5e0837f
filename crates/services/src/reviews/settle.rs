//! How an invitation ends: by its job, or by what a person decides about one whose end is unknown.

use crate::pipeline;
use crate::{Cx, ErrorCode, Result, Work};
use domain::access::Permission;
use domain::ids::{InvitationId, JobId};
use domain::queue::JobState;
use domain::views::{InvitationState, InvitationView};
use serde_json::{Value as Json, json};

/// The job of an invitation came to an end or to a stop; `code` and `detail` say why it is not sent.
pub async fn ended(work: &mut Work, payload: &Json, state: JobState, code: &str, detail: &str) -> Result<()> {
    let Some(id) = id_in(payload) else { return Ok(()) };
    let state = match state {
        JobState::Done => InvitationState::Sent,
        JobState::Dead => InvitationState::Failed,
        JobState::Unknown => InvitationState::Unknown,
        JobState::Cancelled => InvitationState::Cancelled,
        JobState::Ready | JobState::Running | JobState::Held => InvitationState::Pending,
    };
    store::reviews::set_state(&mut work.tx, work.organisation, id, state, code, detail, work.now).await?;
    let line = match state {
        InvitationState::Sent => Some(("info", "invitation_sent")),
        InvitationState::Failed => Some(("error", "invitation_failed")),
        _ => None,
    };
    if let Some((level, line)) = line {
        let input = payload.get("input").cloned().unwrap_or_default();
        let args = json!({"email": input.get("email"), "reference": input.get("reference"), "code": code});
        work.journal_at(level, line, "invitation", id, args).await?;
    }
    work.hint("reviews", id);
    Ok(())
}

/// The job is on its way again.
pub async fn requeued(work: &mut Work, job: JobId) -> Result<()> {
    set(work, job, InvitationState::Pending).await
}

/// The job was taken out of the queue.
pub async fn cancelled(work: &mut Work, job: JobId) -> Result<()> {
    set(work, job, InvitationState::Cancelled).await
}

async fn set(work: &mut Work, job: JobId, state: InvitationState) -> Result<()> {
    if let Some(id) = store::reviews::of_job(&mut work.tx, work.organisation, job).await? {
        store::reviews::set_state(&mut work.tx, work.organisation, id, state, "", "", work.now).await?;
        work.hint("reviews", id);
    }
    Ok(())
}

fn id_in(payload: &Json) -> Option<InvitationId> {
    payload.get("invitation_id")?.as_str()?.parse().ok()
}

/// Sends an invitation that failed once more.
pub async fn retry(cx: &Cx, id: InvitationId) -> Result<InvitationView> {
    cx.allow(Permission::ReviewsWrite)?;
    let invitation = load(cx, id).await?;
    // One that may have arrived is not repeated by the way: somebody has to say that it did not.
    let from = match invitation.state {
        InvitationState::Failed => JobState::Dead,
        InvitationState::Cancelled => JobState::Cancelled,
        _ => return Err(ErrorCode::JobState.into()),
    };
    pipeline::requeue(cx, invitation.job_id, Some(from)).await?;
    load(cx, id).await
}

/// Leaves an invitation that failed as it is: nobody has to look at it any more.
pub async fn withdraw(cx: &Cx, id: InvitationId) -> Result<InvitationView> {
    cx.allow(Permission::ReviewsWrite)?;
    let invitation = load(cx, id).await?;
    if invitation.state != InvitationState::Failed {
        return Err(ErrorCode::JobState.into());
    }
    pipeline::discard(cx, invitation.job_id, Some(JobState::Dead)).await?;
    load(cx, id).await
}

/// Decides about an invitation that may or may not have arrived.
pub async fn decide(cx: &Cx, id: InvitationId, arrived: bool) -> Result<InvitationView> {
    cx.allow(Permission::ReviewsWrite)?;
    let invitation = load(cx, id).await?;
    if invitation.state != InvitationState::Unknown {
        return Err(ErrorCode::JobState.into());
    }
    if !arrived {
        pipeline::requeue(cx, invitation.job_id, Some(JobState::Unknown)).await?;
        return load(cx, id).await;
    }
    let mut work = cx.work().await?;
    let unknown = Some(JobState::Unknown);
    if store::jobs::cancel(&mut work.tx, cx.organisation, invitation.job_id, unknown, cx.now).await?.is_none() {
        return Err(ErrorCode::JobState.into());
    }
    store::reviews::set_state(&mut work.tx, cx.organisation, id, InvitationState::Sent, "", "", cx.now).await?;
    let args = json!({"email": invitation.email, "reference": invitation.reference});
    work.journal("invitation_decided", "invitation", id, args).await?;
    work.hint("reviews", id);
    work.hint("jobs", invitation.job_id);
    work.commit().await?;
    load(cx, id).await
}

async fn load(cx: &Cx, id: InvitationId) -> Result<InvitationView> {
    Ok(store::reviews::invitation(cx.db(), cx.sight(), id).await?.ok_or(ErrorCode::NotFound)?)
}
