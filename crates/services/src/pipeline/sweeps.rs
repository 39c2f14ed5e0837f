//! Looking through services for what no webhook told: a page is a job, what it brings goes into the inbox under the keys
//! the webhooks would have had, so that nothing comes twice.

use super::kinds;
use crate::connections::Connected;
use crate::{App, Result, Work};
use domain::queue::MAX_ATTEMPTS;
use serde_json::{Value as Json, json};
use std::sync::Arc;
use store::events::NewEvent;
use store::jobs::{Cause, NewJob};

/// A pass looks back this far at most, however long nobody looked.
const MOST_BACK_MS: i64 = 7 * 24 * 60 * 60 * 1000;

/// Starts the passes that are due. Two nodes may both try: a pass has one key.
pub async fn start_due(app: &Arc<App>) -> Result<()> {
    let now = app.clock.now();
    for row in store::connections::sweepable(&app.db).await? {
        let Some(connector) = connectors::find(&row.provider) else { continue };
        let Some(sweep) = &connector.spec().sweep else { continue };
        let every = sweep.minutes * 60_000;
        let last = row.swept_at.unwrap_or(row.created_at);
        // After a start at once: webhooks came while nobody was there. A clock that was set back must not end the passes.
        let due = now - last >= every || last < app.started_at || last > now;
        if !due {
            continue;
        }
        let since = last.clamp(now - MOST_BACK_MS, now);
        let nobody = Cause { kind: "system", id: None, chain: String::new(), depth: 0 };
        let mut work = Work::begin(app, row.organisation_id, ("system", None), nobody, now).await?;
        let payload = json!({"action": sweep.action, "input": connector.sweep(since), "begun": now});
        let mut job = page(&work, row.id, payload);
        // One pass from here at a time; should it be given up, the next slot tries again.
        job.idempotency_key = Some(format!("sweep:{}:{last}:{}", row.id, now.div_euclid(every)));
        work.job(job).await?;
        work.commit().await?;
    }
    Ok(())
}

fn page(work: &Work, connection: domain::ids::ConnectionId, payload: Json) -> NewJob {
    let mut job = kinds::connection_job(work, kinds::SWEEP, connection, payload);
    job.order_key = format!("sweep:{connection}");
    job.max_attempts = MAX_ATTEMPTS / 2;
    job
}

/// A page came: its events are stored, and the next one is asked for.
pub(super) async fn brought(work: &mut Work, connection: &Connected, payload: &Json, answer: &Json) -> Result<()> {
    let input = payload.get("input").cloned().unwrap_or_default();
    let swept = connection.connector.swept(&connection.settings, &input, answer);
    let events: Vec<NewEvent> = swept
        .events
        .into_iter()
        .map(|event| NewEvent {
            organisation: work.organisation,
            id: work.id(),
            connection: Some(connection.id),
            kind: event.kind,
            dedupe_key: event.dedupe_key,
            order_key: event.order_key,
            headers: "{}".into(),
            data: event.data.to_string(),
            received_at: work.now,
        })
        .collect();
    let fresh = store::events::insert(&mut work.tx, &events).await?;
    if !fresh.is_empty() {
        let args = json!({"service": connection.connector.spec().name, "count": fresh.len()});
        work.journal("events_found", "connection", connection.id, args).await?;
        work.hint("events", "");
        work.app.wake_events.notify_one();
    }
    match swept.next {
        Some(next) => {
            let payload = json!({"action": payload.get("action"), "input": next, "begun": payload.get("begun")});
            // Pages follow each other without end only where a service says so without end; the chain is not deepened by them.
            let mut job = page(work, connection.id, payload);
            job.cause.depth = 0;
            work.job(job).await?;
        }
        None => {
            let begun = payload.get("begun").and_then(Json::as_i64).unwrap_or(work.now);
            store::connections::swept(&mut work.tx, work.organisation, connection.id, begun).await?;
        }
    }
    Ok(())
}
