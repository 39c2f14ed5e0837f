//! The event worker: applies stored events, each with all its consequences, several in one transaction.
//! Applying calls nobody outside, so the transaction is the lease: a crash rolls back and the events are due again.

use crate::traces::{Begun, Kind, Span, SpanId, TraceId};
use crate::{App, Error, Result, Work, chats, reviews, rules};
use domain::channel::ChannelEvent;
use domain::ids::EventId;
use domain::queue::{EventState, event_again_at};
use futures::FutureExt;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, PoisonError};
use std::time::{Duration, Instant};
use store::events::DueEvent;
use store::jobs::Cause;

/// Events per transaction, and as long as webhooks wait for their answer.
const BATCH: usize = 64;
const SMALL: usize = 4;
/// How long a transaction goes on while webhooks wait for their answer: they share the writer with us.
const QUICK: Duration = Duration::from_millis(1);
/// Rest while webhooks wait, in times the length of the transaction before: a burst gets most of the writer.
const REST: u32 = 6;

/// Applies what is due; answers how many events were looked at. `Err`: nothing of the batch was written.
pub async fn apply_due(app: &Arc<App>) -> Result<usize> {
    if !store::events::any_due(&app.db, app.clock.now()).await? {
        return Ok(0);
    }
    app.haste.write(|careful| batch(app, careful)).await
}

async fn batch(app: &Arc<App>, careful: bool) -> Result<usize> {
    let now = app.clock.now();
    let mut tx = app.db.begin().await?;
    let begun = Instant::now();
    let limit = if app.ingest.unanswered() > 0 { SMALL } else { BATCH };
    let waiting = store::events::waiting(&mut tx).await?;
    let shares = app.turns.lock().unwrap_or_else(PoisonError::into_inner).shares(&waiting, limit);
    let mut due = Vec::new();
    for (organisation, share) in shares {
        due.extend(store::events::due(&mut tx, organisation, now, share as i64).await?);
    }
    let Some(first) = due.first() else { return Ok(0) };
    let nobody = Cause { kind: "system", id: None, chain: String::new(), depth: 0 };
    let mut work = Work::on(tx, app, first.organisation_id, ("customer", None), nobody, now).with_care(careful);
    let (mut seen, mut count, mut applied) = (BTreeSet::new(), 0, BTreeMap::<_, Vec<EventId>>::new());
    for event in &due {
        let id = event.id.to_string();
        let cause = Cause { kind: "event", id: Some(id.clone()), chain: id, depth: 0 };
        work.turn_to(event.organisation_id, ("customer", None), cause).await?;
        if one(&mut work, event).await? {
            applied.entry(event.organisation_id).or_default().push(event.id);
        }
        if let Some(connection) = event.connection_id {
            if seen.insert((event.organisation_id, connection)) {
                store::connections::saw_event(&mut work.tx, event.organisation_id, connection, now).await?;
                work.hint("connections", connection);
            }
        }
        work.hint("events", "");
        count += 1;
        if begun.elapsed() > QUICK && app.ingest.unanswered() > 0 {
            break;
        }
    }
    for (organisation, ids) in &applied {
        store::events::done(&mut work.tx, *organisation, ids, now).await?;
    }
    work.commit().await?;
    app.metrics.events_applied_total.add(applied.values().map(|ids| ids.len() as u64).sum());
    Ok(count)
}

/// Applies one event as a part of its own, so that a bad one spoils nothing. `true` when that is still to be noted.
async fn one(work: &mut Work, event: &DueEvent) -> Result<bool> {
    let begun = work.app.traces.begin(&*work.app.clock);
    work.part("event").await?;
    let result = std::panic::AssertUnwindSafe(apply(work, event))
        .catch_unwind()
        .await
        .unwrap_or_else(|_| Err(anyhow::anyhow!("panic while applying").into()));
    let (organisation, id, now) = (event.organisation_id, event.id, work.now);
    if let Some(begun) = begun {
        trace(work, event, begun, result.as_ref().err());
    }
    match result {
        Ok(None) => work.keep("event").await.map(|()| true),
        Ok(Some(note)) => {
            work.keep("event").await?;
            let state = EventState::Ignored;
            store::events::finish(&mut work.tx, organisation, id, state, Some(&note), event.attempts, now, now).await?;
            let app = work.app.clone();
            work.after_commit(move || app.metrics.events_applied_total.add(1));
            Ok(false)
        }
        // The database itself is in trouble: the whole batch is tried again later, no event loses a try.
        Err(error) if error.ends_unit() => Err(error),
        Err(error) => {
            work.undo("event").await?;
            let tries = event.attempts + 1;
            let why = domain::text::preview(&error.to_string(), 300);
            if let Some(run_at) = event_again_at(tries, now) {
                tracing::warn!(event.id = %id, event.attempts = tries, error = %why, "An event could not be applied and is tried again");
                store::events::finish(&mut work.tx, organisation, id, EventState::New, Some(&why), tries, run_at, now)
                    .await?;
            } else {
                tracing::error!(event.id = %id, event.kind = %event.kind, error = %why, "An event was given up");
                store::events::finish(&mut work.tx, organisation, id, EventState::Failed, Some(&why), tries, now, now)
                    .await?;
                work.app.metrics.events_failed_total.add(1);
                let args = serde_json::json!({"kind": event.kind, "why": why});
                work.journal_at("error", "event_failed", "event", id, args).await?;
            }
            Ok(false)
        }
    }
}

/// Tells of an event that is applied, or could not be, once that is durable.
fn trace(work: &mut Work, event: &DueEvent, begun: Begun, error: Option<&Error>) {
    let id = event.id.to_string();
    // What follows from the event stands below the try that held.
    let about = match error {
        None => SpanId::about("event", &id),
        Some(_) => SpanId::about("event", format_args!("{id}:{}", event.attempts)),
    };
    let span = Span::over(begun, Kind::Consumer, "apply event", TraceId::of_chain(&id), about)
        .under(SpanId::about("stored", &id))
        .with("messaging.system", "pult")
        .with("messaging.operation.name", "apply")
        .with("messaging.operation.type", "process")
        .with("messaging.destination.name", "events")
        .with("messaging.message.id", id)
        .with("pult.event.kind", event.kind.clone())
        .with("pult.event.attempt", event.attempts + 1)
        .with("pult.organisation.id", event.organisation_id.to_string());
    let span = match error {
        None => span,
        Some(Error::Api(error)) => span.failed(error.code.as_str(), None),
        Some(_) => span.failed("internal", None),
    };
    let app = work.app.clone();
    work.after_commit(move || app.traces.record(span));
}

/// `Ok(Some(why))`: understood, without consequences.
async fn apply(work: &mut Work, event: &DueEvent) -> Result<Option<String>> {
    let Some(connection) = event.connection_id else { return Ok(Some("no_connection".into())) };
    let app = work.app.clone();
    let Some(connection) = app.connections.by_id(&app, event.organisation_id, connection).await? else {
        return Ok(Some("no_connection".into()));
    };
    let data: serde_json::Value = serde_json::from_str(&event.data).map_err(anyhow::Error::from)?;
    let account = ["/metadata/phone_number_id", "/app_id"].iter().find_map(|path| data.pointer(path)?.as_str());
    if account.is_some_and(|account| !account.is_empty() && account != connection.account) {
        return Ok(Some("other_account".into()));
    }
    let meaning = connection.connector.normalise(&event.kind, &data).map_err(anyhow::Error::from)?;
    if meaning.has_endless_id() {
        return Ok(Some("id_too_long".into()));
    }
    match meaning {
        ChannelEvent::Happened { trigger, about, at_ms, fields, lookup, .. } => {
            rules::told(work, &connection, rules::Told { trigger, about, at_ms, fields }, lookup).await
        }
        ChannelEvent::Review { external_id, reference, at_ms, content, lookup } => {
            let told = reviews::Told { external_id, reference, at_ms, content };
            reviews::told(work, &connection, told, lookup).await?;
            Ok(None)
        }
        ChannelEvent::Ignored { why } => Ok(Some(why)),
        meaning => match connection.connector.spec().channel {
            Some(channel) => chats::inbound::apply(work, &connection, channel, meaning).await,
            None => Ok(Some("no_channel".into())),
        },
    }
}

/// Events, and runs of rules whose time has come.
async fn round(app: &Arc<App>) -> Result<usize> {
    Ok(apply_due(app).await? + rules::run_due(app).await?)
}

/// The worker loop.
pub(super) async fn run(app: Arc<App>, stop: tokio_util::sync::CancellationToken) {
    let mut failures = 0u32;
    loop {
        let begun = Instant::now();
        match round(&app).await {
            Ok(0) => {
                failures = 0;
                tokio::select! {
                    () = stop.cancelled() => return,
                    () = app.wake_events.notified() => {}
                    () = tokio::time::sleep(Duration::from_millis(500)) => {}
                }
            }
            Ok(_) => {
                failures = 0;
                if app.ingest.unanswered() > 0 {
                    tokio::time::sleep(begun.elapsed() * REST).await;
                }
            }
            Err(error) => {
                failures = (failures + 1).min(6);
                tracing::error!(%error, "Events could not be applied; they stay stored and are tried again");
                tokio::select! {
                    () = stop.cancelled() => return,
                    () = tokio::time::sleep(Duration::from_millis(100 << failures)) => {}
                }
            }
        }
        if stop.is_cancelled() {
            return;
        }
    }
}
