//! What follows an attempt: the job's next state, the attempt's record, and the consequences for message, file or
//! connection, in one transaction. Fenced: a worker that lost its lease writes nothing.

use super::ends::End;
use super::kinds;
use crate::connections::{Connected, keep_memory, pause_for_reauth, resume};
use crate::{Result, Work, chats::reports, files, look, push, reviews, rules};
use connectors::{Acted, Fail, LimitScope, Rejection};
use domain::delivery::Delivery;
use domain::ids::{FileId, MessageId};
use domain::queue::{JobState, Next, Outcome, after};
use domain::views::{AttemptView, ConnectionState, TemplateView};
use serde_json::{Value as Json, json};
use store::claims::LeasedJob;

/// When a job comes again that a gate held back for what is no longer so.
const AGAIN_MS: i64 = 100;

/// Sorts a classified failure into what the queue understands.
pub fn classify(fail: &Fail) -> Outcome {
    match fail {
        Fail::Transient { after_ms, .. } => Outcome::Retry { after_ms: *after_ms, counts: true },
        Fail::Limited { after_ms, scope, .. } => {
            let wait = after_ms.unwrap_or(match scope {
                LimitScope::Connection => 2_000,
                LimitScope::Recipient => 6_000,
            });
            Outcome::Retry { after_ms: Some(wait), counts: false }
        }
        Fail::Reauth { .. } => Outcome::Hold,
        Fail::Rejected { .. } => Outcome::Fail,
        Fail::Unknown { .. } => Outcome::Unknown,
    }
}

/// Writes the end of an attempt; the job's new state, or `None` when the lease was lost and nothing was written.
pub async fn write(work: &mut Work, end: &End) -> Result<Option<JobState>> {
    let (job, result, now) = (&end.job, &end.result, work.now);
    let mut outcome = result.as_ref().map_or_else(classify, |_| Outcome::Done);
    if outcome == Outcome::Hold && kinds::is_probe(&job.kind) {
        outcome = Outcome::Fail;
    }
    let connection = end.connection.as_deref();
    if let (Outcome::Hold, false, Some(connection)) = (&outcome, end.called, connection) {
        // What this node believed may be old: held now, nobody would let it go.
        if !store::connections::still_paused(&mut work.tx, work.organisation, connection.id).await? {
            work.app.connections.forget(connection.id);
            outcome = Outcome::Retry { after_ms: Some(AGAIN_MS), counts: false };
        }
    }
    let attempts = i32::try_from(job.attempts).unwrap_or(i32::MAX);
    let next =
        after(&outcome, attempts, i32::try_from(job.max_attempts).unwrap_or(i32::MAX), now, crate::clock::jitter());
    let (code, detail) = result.as_ref().err().map_or((None, None), |f| (Some(f.parts().0), Some(f.parts().1)));
    if !store::jobs::finish(&mut work.tx, job.organisation_id, job.id, job.calls, &next, code, detail, now).await? {
        return Ok(None);
    }
    // What somebody's own program answered is worth reading also when it was good, and why a notice was not needed.
    let said = result.as_ref().ok().filter(|_| matches!(job.kind.as_str(), kinds::CALL_WEBHOOK | kinds::PUSH));
    let said = said.and_then(|acted| acted.json.get("said")?.as_str());
    let attempt = AttemptView {
        number: job.calls,
        started_at: end.started_at,
        took_ms: (end.ended_at - end.started_at).max(0),
        outcome: word(&next, &outcome).into(),
        code: code.unwrap_or_default().into(),
        detail: detail.or(said).unwrap_or_default().into(),
    };
    store::jobs::insert_attempt(&mut work.tx, job.organisation_id, job.id, &attempt).await?;
    match (result, next.state) {
        (Ok(acted), _) => done(work, job, connection, acted).await?,
        (Err(fail), state) => failed(work, end, fail, state).await?,
    }
    if let (Some(connection), Some(until)) = (connection, end.rests_until) {
        if store::connections::rests(&mut work.tx, work.organisation, connection.id, until).await? {
            let args = json!({"name": connection.name, "code": code, "detail": detail});
            work.journal_at("warning", "connection_rests", "connection", connection.id, args).await?;
        }
        work.hint("connections", connection.id);
    }
    work.hint("jobs", job.id);
    Ok(Some(next.state))
}

fn word(next: &Next, outcome: &Outcome) -> &'static str {
    match (next.state, outcome) {
        (JobState::Ready, Outcome::Retry { counts: false, .. }) => "limited",
        (JobState::Ready, _) => "retry",
        (state, _) => state.as_str(),
    }
}

fn id_in<T: std::str::FromStr>(payload: &Json, name: &str) -> Option<T> {
    payload.get(name)?.as_str()?.parse().ok()
}

async fn done(work: &mut Work, job: &LeasedJob, connection: Option<&Connected>, acted: &Acted) -> Result<()> {
    match job.kind.as_str() {
        kinds::CALL => return push::call_devices(work, job).await,
        kinds::PUSH => return push::sent(work, job, acted).await,
        kinds::CHECK_DOMAIN => return look::domain::found(work, &job.payload).await,
        _ => {}
    }
    let Some(connection) = connection else { return Ok(()) };
    let (organisation, now) = (work.organisation, work.now);
    match job.kind.as_str() {
        kinds::SEND_MESSAGE => {
            if let (Some(message), Some(external)) =
                (id_in::<MessageId>(&job.payload, "message_id"), acted.json.get("external_id").and_then(Json::as_str))
            {
                reports::accepted(work, connection.id, message, external).await?;
            }
        }
        kinds::DOWNLOAD_MEDIA => {
            if let (Some(file), Some(bytes)) = (id_in::<FileId>(&job.payload, "file_id"), &acted.file) {
                files::complete(work, file, &bytes.name, &bytes.mime, &bytes.bytes).await?;
                hint_file(work, file).await?;
            }
        }
        kinds::CHECK_CONNECTION => {
            store::connections::set_facts(&mut work.tx, organisation, connection.id, &acted.json, now).await?;
            if connection.state == ConnectionState::Reauth {
                resume(work, connection.id).await?;
            }
            work.app.connections.forget(connection.id);
        }
        kinds::SYNC_TEMPLATES => {
            let list: Vec<Json> = acted.json.get("items").and_then(Json::as_array).cloned().unwrap_or_default();
            let text = |t: &Json, name: &str| t.get(name).and_then(Json::as_str).unwrap_or_default().to_owned();
            let list: Vec<TemplateView> = list
                .iter()
                .map(|t| TemplateView {
                    connection_id: connection.id,
                    name: text(t, "name"),
                    language: text(t, "language"),
                    status: text(t, "status"),
                    category: text(t, "category"),
                    body: text(t, "body"),
                    params: t.get("params").and_then(Json::as_i64).unwrap_or(0),
                })
                .collect();
            store::connections::replace_templates(&mut work.tx, organisation, connection.id, &list, now).await?;
        }
        kinds::LOOK_UP => looked_up(work, connection, job, Some(&acted.json)).await?,
        kinds::SWEEP => super::sweeps::brought(work, connection, &job.payload, &acted.json).await?,
        kinds::INVITE => reviews::ended(work, &job.payload, JobState::Done, "", "").await?,
        kinds::ANSWER_REVIEW => work.hint("reviews", &job.object_id),
        _ => {}
    }
    keep_memory(work, connection).await?;
    if work.memo.called.insert(connection.id) {
        store::connections::call_ok(&mut work.tx, organisation, connection.id, now).await?;
    }
    if kinds::is_probe(&job.kind) {
        work.hint("connections", connection.id);
    }
    Ok(())
}

async fn failed(work: &mut Work, end: &End, fail: &Fail, state: JobState) -> Result<()> {
    let (job, connection) = (&end.job, end.connection.as_deref());
    let (code, detail) = fail.parts();
    if let Some(connection) = connection {
        // A subscription or a template list may be refused while sending works; only sends and the check decide.
        let decides = !kinds::is_probe(&job.kind) || job.kind == kinds::CHECK_CONNECTION;
        // Our own gate says what is so already: a connection somebody switched off must not ask for a sign-in.
        if matches!(fail, Fail::Reauth { .. }) && decides && end.called {
            pause_for_reauth(work, connection.id, connection.connector.spec().id, code, detail).await?;
        } else if kinds::is_probe(&job.kind) {
            store::connections::call_failed(&mut work.tx, work.organisation, connection.id, detail, work.now).await?;
            work.hint("connections", connection.id);
        }
    }
    let mut over = matches!(state, JobState::Dead | JobState::Unknown);
    if job.kind == kinds::SEND_MESSAGE {
        if let Some(message) = id_in::<MessageId>(&job.payload, "message_id") {
            match state {
                JobState::Dead => {
                    over = reports::ended(work, message, Delivery::Failed, code, detail).await?;
                    if matches!(fail, Fail::Rejected { reason: Rejection::WindowClosed, .. }) {
                        over &= !reports::too_late(work, message).await?;
                    }
                }
                JobState::Unknown => over = reports::ended(work, message, Delivery::Unknown, code, detail).await?,
                _ => {
                    if let Some(row) = store::messages::by_id(&mut work.tx, work.organisation, message).await? {
                        work.hint("chats", row.chat_id);
                    }
                }
            }
        }
    }
    match (job.kind.as_str(), connection) {
        (kinds::INVITE, _) => reviews::ended(work, &job.payload, state, code, detail).await?,
        (kinds::ANSWER_REVIEW, _) => work.hint("reviews", &job.object_id),
        (kinds::PUSH, _) => push::refused(work, job, code).await?,
        (kinds::CHECK_DOMAIN, _) => look::domain::missed(work, &job.payload, code, state).await?,
        (kinds::LOOK_UP, Some(connection)) if state == JobState::Dead => {
            // What does not exist is an answer too; any other refusal says nothing about a review.
            let gone = matches!(fail, Fail::Rejected { reason: Rejection::NotFound, .. });
            if job.payload.get("told").is_some() || gone {
                looked_up(work, connection, job, None).await?;
            }
        }
        _ => {}
    }
    if job.kind == kinds::DOWNLOAD_MEDIA && state == JobState::Dead {
        if let Some(file) = id_in::<FileId>(&job.payload, "file_id") {
            files::fail(work, file).await?;
            hint_file(work, file).await?;
        }
    }
    if over {
        let line = if state == JobState::Dead { "job_dead" } else { "job_unknown" };
        let args = json!({"kind": job.kind, "code": code, "detail": detail, "object_kind": job.object_kind, "object_id": job.object_id});
        work.journal_at("error", line, "job", job.id, args).await?;
    }
    Ok(())
}

/// What was asked for to complete or to prove an event.
async fn looked_up(work: &mut Work, connection: &Connected, job: &LeasedJob, answer: Option<&Json>) -> Result<()> {
    rules::completed(work, connection, &job.payload, answer).await?;
    reviews::completed(work, connection, &job.payload, answer).await
}

async fn hint_file(work: &mut Work, file: FileId) -> Result<()> {
    for chat in store::messages::chats_of_file(&mut work.tx, work.organisation, file).await? {
        work.hint("chats", chat);
    }
    Ok(())
}
