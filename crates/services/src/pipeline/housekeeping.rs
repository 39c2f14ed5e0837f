//! What happens by the clock alone: void leases, old hints, old sessions, idempotency keys, journal lines whose time is over.

use crate::chats::reports;
use crate::{App, Result, Work, retention, reviews};
use domain::delivery::Delivery;
use domain::ids::MessageId;
use domain::queue::JobState;
use futures::FutureExt;
use std::sync::Arc;
use std::time::Duration;
use store::jobs::Cause;

/// Live hints are kept this long; a page that slept longer loads everything again.
const HINTS_MS: i64 = 60 * 60 * 1000;
/// Idempotency keys are kept this long.
const KEYS_MS: i64 = 24 * 60 * 60 * 1000;
/// How often the database is kept up.
const UPKEEP: Duration = Duration::from_secs(1);

/// Takes back void leases; a send that may have gone out becomes «unknown» and is shown for a decision.
pub async fn release_leases(app: &Arc<App>) -> Result<usize> {
    let now = app.clock.now();
    let mut tx = app.db.begin().await?;
    let (again, unknown) = store::jobs::release_void(&mut tx, now, &app.config.boot, app.nodes.silent_since()).await?;
    let count = again.len() + unknown.len();
    let Some(first) = again.first().or(unknown.first()) else { return Ok(0) };
    let nobody = Cause { kind: "system", id: None, chain: String::new(), depth: 0 };
    let mut work = Work::on(tx, app, first.organisation_id, ("system", None), nobody, now);
    for job in &unknown {
        let cause = Cause { kind: "job", id: Some(job.id.to_string()), chain: job.chain.clone(), depth: job.depth + 1 };
        work.turn_to(job.organisation_id, ("system", None), cause).await?;
        let message = job.payload.get("message_id").and_then(serde_json::Value::as_str);
        let unclear = match message.and_then(|id| id.parse::<MessageId>().ok()) {
            Some(message) => {
                let why = "Pult was stopped during the call";
                reports::ended(&mut work, message, Delivery::Unknown, "interrupted", why).await?
            }
            None => {
                let why = "Pult was stopped during the call";
                reviews::ended(&mut work, &job.payload, JobState::Unknown, "interrupted", why).await?;
                true
            }
        };
        if unclear {
            let args = serde_json::json!({"kind": job.kind, "code": "interrupted"});
            work.journal_at("error", "job_unknown", "job", job.id, args).await?;
        }
        work.hint("jobs", job.id);
    }
    work.expect_jobs();
    work.commit().await?;
    Ok(count)
}

async fn prune(app: &Arc<App>) -> Result<()> {
    let now = app.clock.now();
    let mut tx = app.db.begin().await?;
    store::live::prune(&mut tx, now - HINTS_MS).await?;
    store::rest::prune(&mut tx, now - KEYS_MS).await?;
    let occasions = retention::Keep::before(now, app.config.keep.occasions);
    store::runs::prune(&mut tx, occasions).await?;
    store::rule_guard::prune_beats(&mut tx, now / 60_000 - 60).await?;
    store::occasions::prune(&mut tx, occasions).await?;
    store::replays::prune(&mut tx, occasions).await?;
    tx.commit().await?;
    crate::seals::prune(app).await?;
    retention::prune(app).await?;
    crate::accounts::sweep(app).await
}

/// Seals with the current key what an old one has sealed, and says so.
async fn reseal(app: &Arc<App>) {
    match crate::resealing::reseal(app).await {
        Ok(resealed) if resealed == Default::default() => {}
        Ok(resealed) => {
            let (sealed_anew, key_unknown) = (resealed.done, resealed.lost);
            tracing::info!(sealed_anew, key_unknown, "Secrets were sealed with the new key");
        }
        Err(error) => tracing::warn!(%error, "Secrets could not be sealed with the new key; it goes on later"),
    }
}

/// The loop that keeps SQLite's log short.
pub(super) async fn upkeep(app: Arc<App>, stop: tokio_util::sync::CancellationToken) {
    loop {
        if let Err(error) = app.db.upkeep().await {
            // A full disk or a lock: the writer notices by itself, and says so.
            tracing::debug!(%error, "The database could not be kept up");
        }
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(UPKEEP) => {}
        }
    }
}

/// Between two looks at what has a time of its own, and at what only has to be tidied up.
const SOON: Duration = Duration::from_secs(5);
const NOW_AND_THEN: Duration = Duration::from_secs(60);
/// Of the rounds of tidying, each so many is a thorough one.
const THOROUGH: u32 = 5;

/// Does it, or says what could not be done; the next round tries again.
async fn tried<T>(what: &str, duty: impl Future<Output = Result<T>>) {
    match std::panic::AssertUnwindSafe(duty).catch_unwind().await {
        Ok(Ok(_)) => {}
        Ok(Err(error)) => tracing::warn!(%error, "{what}; it is tried again"),
        Err(_) => tracing::error!("{what}: panic; it is tried again"),
    }
}

/// Waits for the next round; `false` when it is over.
async fn next(pause: Duration, stop: &tokio_util::sync::CancellationToken) -> bool {
    tokio::select! {
        () = stop.cancelled() => false,
        () = tokio::time::sleep(pause) => true,
    }
}

/// The loop of void leases: nothing else may delay it.
pub(super) async fn leases(app: Arc<App>, stop: tokio_util::sync::CancellationToken) {
    while next(SOON, &stop).await {
        tried("Void leases could not be taken back", release_leases(&app)).await;
    }
}

/// The loop of what has a time of its own: rules, chats set aside, messages for later, looking through services.
pub(super) async fn by_clock(app: Arc<App>, stop: tokio_util::sync::CancellationToken) {
    tried("Replays of the start before could not be ended", crate::rules::replay::interrupt(&app)).await;
    loop {
        tried("Rules that start by the clock could not be looked at", crate::rules::run_by_clock(&app)).await;
        tried("Chats set aside and planned messages could not be looked at", crate::chats::run_by_clock(&app)).await;
        tried("Services could not be looked through for lost webhooks", super::sweeps::start_due(&app)).await;
        if !next(SOON, &stop).await {
            return;
        }
    }
}

/// The loop of what may take long and waits for nobody.
pub(super) async fn tidying(app: Arc<App>, stop: tokio_util::sync::CancellationToken) {
    let mut round = 0u32;
    loop {
        tried("Connections could not be watched for silence", crate::connections::watch(&app)).await;
        if round.is_multiple_of(THOROUGH) {
            tried("Quiet chats could not be closed", crate::chats::tidy(&app)).await;
            if app.vault.has_old() {
                reseal(&app).await;
            }
            tried("Old rows could not be removed", prune(&app)).await;
            tried("Nodes of the past could not be forgotten", crate::nodes::forget(&app)).await;
        }
        round = round.wrapping_add(1);
        if !next(NOW_AND_THEN, &stop).await {
            return;
        }
    }
}
