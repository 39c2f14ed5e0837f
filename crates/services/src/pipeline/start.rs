//! Starting and stopping the workers of a node.

use super::{Outbox, events, housekeeping, ingest};
use crate::{App, Result, chats, live, nodes};
use std::sync::Arc;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

/// The running workers.
#[derive(Debug)]
pub struct Running {
    stop: CancellationToken,
    tracker: TaskTracker,
    /// The signs of life, given to the very end.
    beats: (CancellationToken, JoinHandle<()>),
}

/// Takes up unfinished work of an earlier start and starts the workers.
pub async fn start(app: &Arc<App>) -> Result<Running> {
    let member = nodes::join(app).await?;
    housekeeping::release_leases(app).await?;
    let over = CancellationToken::new();
    let beats = (over.clone(), tokio::spawn(member.run(over)));
    let running = Running { stop: CancellationToken::new(), tracker: TaskTracker::new(), beats };
    let stop = || running.stop.clone();
    running.tracker.spawn(ingest::run(app.clone(), stop()));
    running.tracker.spawn(events::run(app.clone(), stop()));
    running.tracker.spawn(Outbox::new(app.clone()).run(stop()));
    running.tracker.spawn(housekeeping::leases(app.clone(), stop()));
    running.tracker.spawn(housekeeping::by_clock(app.clone(), stop()));
    running.tracker.spawn(housekeeping::tidying(app.clone(), stop()));
    running.tracker.spawn(housekeeping::upkeep(app.clone(), stop()));
    running.tracker.spawn(chats::run_routing(app.clone(), stop()));
    running.tracker.spawn(crate::seals::run(app.clone(), stop()));
    running.tracker.spawn(crate::search::run(app.clone(), stop()));
    running.tracker.spawn(crate::contacts::duplicates::run(app.clone(), stop()));
    running.tracker.spawn(live::run(app.clone(), stop()));
    running.tracker.close();
    Ok(running)
}

impl Running {
    /// Lets everything under way end, at most `limit`; what does not end is taken up at the next start.
    pub async fn stop(self, limit: std::time::Duration) {
        self.stop.cancel();
        if tokio::time::timeout(limit, self.tracker.wait()).await.is_err() {
            tracing::warn!("Some work did not end in time; it is taken up at the next start");
        }
        let (over, beats) = self.beats;
        over.cancel();
        let _ = beats.await;
    }
}
