//! Proving the journal whole. A worker seals committed lines some seconds later, so that no change waits for the end of a
//! chain; whoever asks walks the chain and compares. Several nodes may try: the database takes one seal per place and line.

use crate::{App, Cx, Result};
use domain::access::Permission;
use domain::ids::OrganisationId;
use domain::seal::{FaultKind, JournalCheck, Seal, SealedLine, Walk};
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// Lines of the journal are kept this long: three years, the time in which claims are brought.
pub const KEPT_MS: i64 = 3 * 366 * 24 * 60 * 60 * 1000;
/// A line without a seal for longer than this is a fault.
const SOON_MS: i64 = 10 * 60 * 1000;
/// A walk of the page is believed this long.
const FRESH_MS: i64 = 10 * 60 * 1000;
/// Lines sealed in one transaction; other writers get in between two.
const BATCH: i64 = 300;
/// Seals looked at in one go.
const PIECE: i64 = 1_000;
const REST: Duration = Duration::from_secs(3);
const BREATH: Duration = Duration::from_millis(50);

/// Walks that were made for the page, by organisation.
pub type Walked = Mutex<HashMap<OrganisationId, JournalCheck>>;

/// Seals the next lines; answers how many. What another node seals at this moment is left to it.
pub async fn seal_some(app: &App) -> Result<usize> {
    let mut tx = app.db.begin().await?;
    let lines = store::seals::pending(&mut tx, BATCH).await?;
    for lines in lines.chunk_by(|a, b| a.organisation_id == b.organisation_id) {
        let organisation = lines[0].organisation_id;
        let last = store::seals::last(&mut tx, organisation).await?;
        let after = last.as_ref().map_or(0, |seal| seal.position);
        match store::seals::add(&mut tx, organisation, after, &seals(lines, last), app.clock.now()).await {
            Err(store::Error::Unique(_)) => return Ok(0),
            done => done?,
        }
    }
    tx.commit().await?;
    Ok(lines.len())
}

fn seals(lines: &[SealedLine], last: Option<Seal>) -> Vec<Seal> {
    let mut seals: Vec<Seal> = Vec::with_capacity(lines.len());
    for line in lines {
        seals.push(Seal::of(line, seals.last().or(last.as_ref())));
    }
    seals
}

/// The worker. Told to stop, it seals what is there.
pub(crate) async fn run(app: Arc<App>, stop: CancellationToken) {
    loop {
        let stopping = stop.is_cancelled();
        let sealed = seal_some(&app).await.unwrap_or_else(|error| {
            tracing::warn!(%error, "The journal could not be sealed");
            0
        });
        let more = sealed as i64 == BATCH;
        if stopping && !more {
            return;
        }
        tokio::select! {
            () = stop.cancelled(), if !stopping => {}
            () = tokio::time::sleep(if more { BREATH } else { REST }) => {}
        }
    }
}

/// Deletes lines whose time is over; their seals stay, so that the chain goes on holding.
pub async fn prune(app: &App) -> Result<()> {
    for organisation in store::organisations::all(&app.db).await? {
        let mut tx = app.db.begin().await?;
        store::seals::prune(&mut tx, organisation, app.clock.now() - KEPT_MS).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// Walks the whole chain of an organisation. `noted` is an end of the chain somebody wrote down: position and hash.
pub async fn verify(app: &App, organisation: OrganisationId, noted: Option<(i64, &str)>) -> Result<JournalCheck> {
    let now = app.clock.now();
    let (db, mut walk, mut at) = (&app.db, Walk::new(now - KEPT_MS, now), 0);
    loop {
        let seals = store::seals::chain(db, organisation, at, PIECE).await?;
        let Some(last) = seals.last() else { break };
        let lines = store::seals::lines(db, organisation, at, last.position).await?;
        let lines: HashMap<_, _> = lines.iter().map(|line| (line.id, line)).collect();
        for seal in &seals {
            walk.step(seal, lines.get(&seal.journal_id).copied());
        }
        at = last.position;
    }
    for (line, place) in store::seals::stray(db, organisation, now - SOON_MS).await? {
        let kind = if place.is_some() { FaultKind::Inserted } else { FaultKind::Unsealed };
        walk.fault(kind, place, Some(line));
    }
    if let Some((position, hash)) = noted {
        match store::seals::hash(db, organisation, position).await? {
            None => walk.fault(FaultKind::Lost, Some(position), None),
            Some(found) if found != hash => walk.fault(FaultKind::Rewritten, Some(position), None),
            Some(_) => {}
        }
    }
    Ok(walk.end())
}

/// Whether the journal is whole, for the page; walked anew every few minutes at most.
pub async fn state(cx: &Cx) -> Result<JournalCheck> {
    cx.allow(Permission::SettingsManage)?;
    let walked = || cx.app.walked.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(check) = walked().get(&cx.organisation).filter(|check| (cx.now - check.checked_at).abs() < FRESH_MS) {
        return Ok(check.clone());
    }
    let check = verify(&cx.app, cx.organisation, None).await?;
    if check.found > 0 {
        tracing::error!(organisation = %cx.organisation, faults = check.found, "The journal is not as it was written");
    }
    walked().insert(cx.organisation, check.clone());
    Ok(check)
}

/// The organisations to verify: all of them, or one that is there.
pub async fn organisations(app: &App, only: Option<OrganisationId>) -> Result<Vec<OrganisationId>> {
    let all = store::organisations::all(&app.db).await?;
    match only {
        None => Ok(all),
        Some(one) if all.contains(&one) => Ok(vec![one]),
        Some(_) => Err(domain::ErrorCode::NotFound.into()),
    }
}
