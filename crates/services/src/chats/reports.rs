//! What became of a message we sent: answers of calls and delivery reports, in any order, also before each other.

use super::otherwise;
use crate::{Result, Work};
use domain::channel::ProviderError;
use domain::delivery::Delivery;
use domain::ids::{ConnectionId, JobId, MessageId};
use store::messages::{MessageRow, Report};

/// A report arrived. It is kept even when its message is not known yet.
pub async fn report(
    work: &mut Work,
    connection: ConnectionId,
    external_id: &str,
    reference: Option<&str>,
    delivery: Delivery,
    at: i64,
    error: Option<&ProviderError>,
) -> Result<()> {
    let report = Report {
        delivery,
        reference: reference.map(Into::into),
        at,
        code: error.map(|e| e.code.clone()),
        detail: error.map(|e| e.detail.clone()),
    };
    store::messages::insert_report(&mut work.tx, work.organisation, connection, external_id, &report).await?;
    let mut row = store::messages::by_external(&mut work.tx, work.organisation, connection, external_id).await?;
    if row.is_none() {
        // The answer of the call never reached us, but the report carries the job it belongs to.
        if let Some(job) = reference.and_then(|r| r.strip_prefix("job:")).and_then(|id| id.parse::<JobId>().ok()) {
            row = store::messages::by_job(&mut work.tx, work.organisation, job).await?;
        }
    }
    let Some(row) = row else { return Ok(()) };
    if let Some(job) = row.job_id {
        if store::jobs::resolve_unknown(&mut work.tx, work.organisation, job, work.now).await? {
            work.journal("unknown_resolved", "job", job, serde_json::json!({"delivery": delivery})).await?;
            work.hint("jobs", job);
        }
    }
    let failed = settle(work, connection, &row, Some(external_id)).await?;
    if failed && error.is_some_and(|error| error.window_closed) {
        otherwise::send(work, &row).await?;
    }
    Ok(())
}

/// The call was answered with the provider's id: reports that came before are applied now.
pub async fn accepted(work: &mut Work, connection: ConnectionId, message: MessageId, external_id: &str) -> Result<()> {
    let accepted = Report { delivery: Delivery::Accepted, reference: None, at: work.now, code: None, detail: None };
    store::messages::insert_report(&mut work.tx, work.organisation, connection, external_id, &accepted).await?;
    let Some(row) = store::messages::by_id(&mut work.tx, work.organisation, message).await? else { return Ok(()) };
    settle(work, connection, &row, Some(external_id)).await.map(drop)
}

/// The call ended without an id: failed for good, or unclear. `false`: a report has already said what became of it.
pub async fn ended(work: &mut Work, message: MessageId, delivery: Delivery, code: &str, detail: &str) -> Result<bool> {
    let Some(row) = store::messages::by_id(&mut work.tx, work.organisation, message).await? else { return Ok(true) };
    let merged = row.delivery.unwrap_or(Delivery::Queued).merge(delivery);
    if merged == delivery {
        store::messages::set_delivery(&mut work.tx, work.organisation, row.id, None, merged, Some(code), Some(detail))
            .await?;
    }
    work.hint("chats", row.chat_id);
    if delivery == Delivery::Unknown && merged != delivery {
        // A report came before the call broke off: it went out, and nothing is left to decide.
        if let Some(job) = row.job_id {
            store::jobs::resolve_unknown(&mut work.tx, work.organisation, job, work.now).await?;
            work.journal("unknown_resolved", "job", job, serde_json::json!({"delivery": merged})).await?;
            work.hint("jobs", job);
        }
        return Ok(false);
    }
    Ok(true)
}

/// The call was refused because the time for free texts is over. `true`: a template goes instead.
pub async fn too_late(work: &mut Work, message: MessageId) -> Result<bool> {
    match store::messages::by_id(&mut work.tx, work.organisation, message).await? {
        Some(row) => otherwise::send(work, &row).await,
        None => Ok(false),
    }
}

/// A stopped message is tried again.
pub async fn requeued(work: &mut Work, message: MessageId) -> Result<()> {
    let Some(row) = store::messages::by_id(&mut work.tx, work.organisation, message).await? else { return Ok(()) };
    store::messages::set_delivery(&mut work.tx, work.organisation, row.id, None, Delivery::Queued, None, None).await?;
    work.hint("chats", row.chat_id);
    Ok(())
}

/// Answers whether the message has failed by this.
async fn settle(
    work: &mut Work,
    connection: ConnectionId,
    row: &MessageRow,
    external_id: Option<&str>,
) -> Result<bool> {
    let Some(external_id) = external_id.or(row.external_id.as_deref()) else { return Ok(false) };
    let reports = store::messages::reports(&mut work.tx, work.organisation, connection, external_id).await?;
    let state = reports.iter().fold(row.delivery.unwrap_or(Delivery::Queued), |state, r| state.merge(r.delivery));
    let why = (state == Delivery::Failed).then(|| reports.iter().find(|r| r.delivery == Delivery::Failed)).flatten();
    let (code, detail) = why.map_or((None, None), |r| (r.code.as_deref(), r.detail.as_deref()));
    if row.delivery != Some(state) || row.external_id.is_none() {
        store::messages::set_delivery(&mut work.tx, work.organisation, row.id, Some(external_id), state, code, detail)
            .await?;
        work.hint("chats", row.chat_id);
        if state == Delivery::Failed {
            let args = serde_json::json!({"code": code, "detail": detail, "chat_id": row.chat_id});
            work.journal_at("warning", "message_failed", "message", row.id, args).await?;
            return Ok(true);
        }
    }
    Ok(false)
}
