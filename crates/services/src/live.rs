//! The live stream: one task per node reads new hints from the database and hands them to every open page.

use crate::{App, Result};
use domain::views::Hint;
use std::collections::{HashSet, VecDeque};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::sync::{Notify, broadcast};

pub use store::live::HintRow;
use store::sight::Sight;

/// How long an id may stay invisible: on PostgreSQL hints become visible when their transaction commits, also behind later ones.
/// Looked back by time, not by number: a hundred hints a second leave the same ten seconds to everybody. Hints are harmless twice.
const LATE: Duration = Duration::from_secs(10);
/// Most ids that are waited for; beyond that the oldest are given up.
const MOST_LATE: usize = 2_048;
/// Different hints told to a reader that comes back; beyond that it loads everything again. So many rows are looked through.
const MOST_MISSED: usize = 1_000;
const MOST_ROWS: i64 = 10_000;
/// How often other nodes' hints are looked for.
const POLL: Duration = Duration::from_millis(250);

/// Hands hints to subscribers.
#[derive(Debug)]
pub struct Live {
    sender: broadcast::Sender<Arc<HintRow>>,
    wake: Notify,
}

impl Live {
    /// Without readers yet.
    pub fn new() -> Self {
        Self { sender: broadcast::channel(4096).0, wake: Notify::new() }
    }
    /// Something was committed here: look at once.
    pub fn wake(&self) {
        self.wake.notify_one();
    }
    /// Subscribes to the hints of all organisations; the reader filters.
    pub fn subscribe(&self) -> broadcast::Receiver<Arc<HintRow>> {
        self.sender.subscribe()
    }
}

impl Default for Live {
    fn default() -> Self {
        Self::new()
    }
}

/// Where a reader is: behind which id, and which ids before it have not been seen yet.
#[derive(Debug)]
struct Place {
    last: i64,
    late: VecDeque<(i64, Instant)>,
    /// SQLite has one writer: what is visible is complete.
    gaps: bool,
}

impl Place {
    /// Reads on; answers the hints that are new, those that come late first.
    async fn read(&mut self, db: &store::Db) -> store::Result<Vec<HintRow>> {
        self.late.retain(|(_, since)| since.elapsed() < LATE);
        let ids: Vec<i64> = self.late.iter().map(|(id, _)| *id).collect();
        let mut rows = store::live::among(db, &ids).await?;
        let fresh = store::live::since(db, self.last, 2_000).await?;
        self.late.retain(|(id, _)| rows.iter().all(|row| row.id != *id));
        for row in &fresh {
            if self.gaps {
                let from = (self.last + 1).max(row.id - MOST_LATE as i64);
                let now = Instant::now();
                self.late.extend((from..row.id).map(|id| (id, now)));
            }
            self.last = self.last.max(row.id);
        }
        let over = self.late.len().saturating_sub(MOST_LATE);
        self.late.drain(..over);
        rows.extend(fresh);
        Ok(rows)
    }
}

/// Reads hints until `stop`. Started once per node.
pub async fn run(app: Arc<App>, stop: tokio_util::sync::CancellationToken) {
    let last = store::live::bounds(&app.db).await.map_or(0, |b| b.1);
    let gaps = app.db.engine() == store::Engine::Postgres;
    // Nobody listens yet: what is read once more is told to nobody.
    let mut place = Place { last: if gaps { last - MOST_LATE as i64 } else { last }, late: VecDeque::new(), gaps };
    loop {
        tokio::select! {
            () = stop.cancelled() => return,
            () = app.live.wake.notified() => {}
            () = tokio::time::sleep(POLL) => {}
        }
        match place.read(&app.db).await {
            // An error only means that nobody listens.
            Ok(rows) => rows.into_iter().for_each(|row| drop(app.live.sender.send(Arc::new(row)))),
            Err(error) => tracing::warn!(%error, "The live stream cannot read its hints"),
        }
    }
}

/// Hints a reader missed, or `None` when they are no longer all there and it must load everything again.
pub async fn replay(app: &App, sight: Sight, after: i64) -> Result<Option<Vec<Hint>>> {
    let (oldest, newest) = store::live::bounds(&app.db).await?;
    if after > newest || (oldest > 0 && after + 1 < oldest) {
        return Ok(None);
    }
    let from = match app.db.engine() {
        store::Engine::Sqlite => after,
        store::Engine::Postgres => store::live::further_back(&app.db, after, LATE.as_millis() as i64).await?,
    };
    let rows = store::live::since_for(&app.db, sight.organisation, from.min(after), MOST_ROWS).await?;
    let looked_through = (rows.len() as i64) < MOST_ROWS;
    // Of several hints about one thing the newest is enough.
    let mut told = HashSet::new();
    let mut missed: Vec<Hint> = rows.iter().rev().map(|row| hint(row, sight)).collect();
    missed.retain(|hint| told.insert((hint.topic.clone(), hint.id.clone())));
    missed.reverse();
    Ok((looked_through && missed.len() <= MOST_MISSED).then_some(missed))
}

/// The hint as it goes to the browser. Whoever does not see everything is told that something changed, not what: ids of what
/// others work on stay with them.
pub fn hint(row: &HintRow, sight: Sight) -> Hint {
    let open = sight.viewer.is_none_or(|viewer| row.topic == "me" && row.object_id == viewer.to_string());
    let id = if open { row.object_id.clone() } else { String::new() };
    Hint { topic: row.topic.clone(), id, rev: row.id }
}
