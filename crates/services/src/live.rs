//! The live stream: one task per node reads new hints from the database and hands them to every open page.

use crate::{App, Result};
use domain::views::Hint;
use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{Notify, broadcast};

pub use store::live::HintRow;
use store::sight::Sight;

/// How far a reader looks back: on PostgreSQL an earlier id may become visible after a later one. Hints are harmless twice.
const OVERLAP: i64 = 200;
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

/// Reads hints until `stop`. Started once per node.
pub async fn run(app: Arc<App>, stop: tokio_util::sync::CancellationToken) {
    let mut seen: HashSet<i64> = HashSet::new();
    let mut last = store::live::bounds(&app.db).await.map_or(0, |b| b.1);
    // SQLite has one writer: what is visible is complete.
    let overlap = if app.db.engine() == store::Engine::Postgres { OVERLAP } else { 0 };
    loop {
        tokio::select! {
            () = stop.cancelled() => return,
            () = app.live.wake.notified() => {}
            () = tokio::time::sleep(POLL) => {}
        }
        match store::live::since(&app.db, last - overlap, 2_000).await {
            Ok(rows) => {
                for row in rows {
                    if row.id > last - overlap && seen.insert(row.id) {
                        last = last.max(row.id);
                        // An error only means that nobody listens.
                        let _ = app.live.sender.send(Arc::new(row));
                    }
                }
                seen.retain(|id| *id > last - 2 * overlap);
            }
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
    let rows = store::live::since_for(&app.db, sight.organisation, after - OVERLAP, 1_001).await?;
    if rows.len() > 1_000 {
        return Ok(None);
    }
    Ok(Some(rows.into_iter().map(|row| hint(&row, sight)).collect()))
}

/// The hint as it goes to the browser. Whoever does not see everything is told that something changed, not what: ids of what
/// others work on stay with them.
pub fn hint(row: &HintRow, sight: Sight) -> Hint {
    let open = sight.viewer.is_none_or(|viewer| row.topic == "me" && row.object_id == viewer.to_string());
    let id = if open { row.object_id.clone() } else { String::new() };
    Hint { topic: row.topic.clone(), id, rev: row.id }
}
