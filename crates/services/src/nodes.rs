//! The nodes of an installation. Each gives a sign of life every few seconds, by the clock of the database, and reads those of
//! the others: whose work is taken over, how many share what a provider allows, what the page of health shows.
//!
//! A lease belongs to a start (`Config::boot`), never to a name, so two nodes of one name harm nobody. On PostgreSQL the name is
//! held by a session of its own: whoever starts again after a crash gets its name at once and with it what the start before
//! left; whoever comes second gets a name with a number, and says so.

use crate::{App, Result};
use domain::queue::GONE_MS;
use domain::views::NodeView;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;
use store::nodes::{Line, NewNode, NodeRow};
use tokio_util::sync::CancellationToken;

/// Between signs of life. On SQLite every one is a flush, and there is nobody to tell.
const BEAT: Duration = Duration::from_secs(2);
const BEAT_ALONE: Duration = Duration::from_secs(5);
/// How long a sign of life may take.
const PATIENCE: Duration = Duration::from_secs(5);
/// How long taking leave may hold up the end of the program.
const FAREWELL: Duration = Duration::from_secs(1);
/// How long a node that has disappeared is shown.
const SHOWN_MS: i64 = 24 * 60 * 60 * 1000;
/// Most nodes of one name.
const NAMESAKES: usize = 99;

/// What this node knows of all, itself among them.
#[derive(Debug, Default)]
pub struct Nodes(RwLock<Known>);

#[derive(Debug, Default)]
struct Known {
    /// What it is called, once it is known to the others.
    name: Option<String>,
    rows: Vec<NodeRow>,
    /// The time of the database at the last sign of life, and at the first of those that came without a gap.
    now: i64,
    steady_since: i64,
}

impl Known {
    fn lives(&self, row: &NodeRow) -> bool {
        row.seen_at > self.now - GONE_MS
    }
}

impl Nodes {
    fn known(&self) -> std::sync::RwLockReadGuard<'_, Known> {
        self.0.read().unwrap_or_else(PoisonError::into_inner)
    }
    /// How many are at work; at least one.
    pub fn count(&self) -> usize {
        let known = self.known();
        known.rows.iter().filter(|row| known.lives(row)).count().max(1)
    }
    /// Whoever was silent since then is gone. While this node itself could not speak it judges nobody: the database may have
    /// been away from all of them.
    pub fn silent_since(&self) -> i64 {
        let known = self.known();
        if known.now - known.steady_since >= GONE_MS { known.now - GONE_MS } else { 0 }
    }
    /// All of them, for the page.
    pub fn list(&self, boot: &str) -> Vec<NodeView> {
        let known = self.known();
        let view = |row: &NodeRow| NodeView {
            name: row.name.clone(),
            address: row.address.clone(),
            version: row.version.clone(),
            started_at: row.started_at,
            seen_at: row.seen_at,
            lives: known.lives(row),
            this: row.boot == boot,
        };
        known.rows.iter().map(view).collect()
    }
    /// What this node is called.
    pub fn name(&self) -> Option<String> {
        self.known().name.clone()
    }
    fn learn(&self, name: &str, now: i64, rows: Vec<NodeRow>) {
        let mut known = self.0.write().unwrap_or_else(PoisonError::into_inner);
        let steady = (0..GONE_MS / 2).contains(&(now - known.now));
        let next = Known {
            name: Some(name.to_owned()),
            steady_since: if steady { known.steady_since } else { now },
            rows,
            now,
        };
        for row in known.rows.iter().filter(|row| known.lives(row)) {
            if next.rows.iter().any(|other| other.boot == row.boot && !next.lives(other)) {
                tracing::warn!(node = %row.name, "A node has disappeared; its work under way is taken over");
            }
        }
        *known = next;
    }
}

/// This node among the others, for as long as it runs.
#[derive(Debug)]
pub struct Member {
    app: Arc<App>,
    name: String,
    line: Option<Line>,
}

/// Makes this node known; refused while the database does not answer.
pub async fn join(app: &Arc<App>) -> Result<Member> {
    let mut member = Member { app: app.clone(), name: app.config.node.clone(), line: None };
    member.beat().await?;
    if member.name != app.config.node {
        let (wanted, name) = (&app.config.node, &member.name);
        tracing::warn!(%wanted, %name, "Another node has this name; give each node one of its own in PULT_NODE");
    }
    Ok(member)
}

impl Member {
    /// A sign of life. What broke on the way is made anew the next time.
    pub async fn beat(&mut self) -> Result<()> {
        let said = tokio::time::timeout(PATIENCE, self.say()).await;
        let said = said.unwrap_or_else(|_| Err(store::Error::Unavailable("no answer in time".into()).into()));
        if said.is_err() {
            self.line = None;
        }
        said
    }

    async fn say(&mut self) -> Result<()> {
        let mut line = match self.line.take() {
            Some(line) => line,
            None => {
                let mut line = Line::open(&self.app.db).await?;
                self.name = named(&mut line, &self.app.config.boot, &self.name, &self.app.config.node).await?;
                line
            }
        };
        let (boot, address) = (&self.app.config.boot, &self.app.config.address);
        let node = NewNode { boot, name: &self.name, address, version: env!("CARGO_PKG_VERSION") };
        let now = line.beat(node).await?;
        self.app.nodes.learn(&self.name, now, line.all().await?);
        self.app.attempts.share(self.app.nodes.count());
        self.line = Some(line);
        Ok(())
    }

    /// Speaks until `stop`, then takes leave.
    pub(crate) async fn run(mut self, stop: CancellationToken) {
        let pause = if self.app.db.engine() == store::Engine::Postgres { BEAT } else { BEAT_ALONE };
        let mut heard = true;
        loop {
            tokio::select! {
                () = stop.cancelled() => break,
                () = tokio::time::sleep(pause) => {}
            }
            let said = tokio::select! {
                () = stop.cancelled() => break,
                said = self.beat() => said,
            };
            if let (Err(error), true) = (&said, heard) {
                tracing::warn!(%error, "This node cannot give a sign of life; without one the others take over its work");
            }
            heard = said.is_ok();
        }
        if let Some(mut line) = self.line {
            let left = tokio::time::timeout(FAREWELL, line.leave(&self.app.config.boot)).await;
            if !matches!(left, Ok(Ok(()))) {
                tracing::warn!("This node could not take leave; it is shown as gone for a while");
            }
        }
    }
}

/// The name this node gets: the one it wants, else that one with a number. One it has had is kept while nobody else took it.
async fn named(line: &mut Line, boot: &str, had: &str, wanted: &str) -> Result<String> {
    if line.all().await?.iter().any(|row| row.boot == boot && row.name == had) {
        // The session that broke may hold it yet: then nobody else does.
        line.hold(had).await?;
        return Ok(had.to_owned());
    }
    for number in 1..=NAMESAKES {
        let name = if number == 1 { wanted.to_owned() } else { format!("{wanted}-{number}") };
        if line.hold(&name).await? {
            line.succeed(&name, boot).await?;
            return Ok(name);
        }
    }
    Err(anyhow::anyhow!("more than {NAMESAKES} nodes are called {wanted}; give each one of its own in PULT_NODE")
        .into())
}

/// Forgets nodes that disappeared long ago.
pub(crate) async fn forget(app: &App) -> Result<()> {
    let before = app.nodes.known().now - SHOWN_MS;
    let mut tx = app.db.begin().await?;
    store::nodes::forget(&mut tx, before).await?;
    Ok(tx.commit().await?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(boot: &str, seen_at: i64) -> NodeRow {
        let text = || boot.to_owned();
        NodeRow { boot: text(), name: text(), address: text(), version: text(), started_at: 0, seen_at }
    }

    #[test]
    fn who_could_not_speak_itself_judges_nobody() {
        let nodes = Nodes::default();
        let hear = |now, other| nodes.learn("a", now, vec![row("a", now), row("b", other)]);
        assert_eq!((nodes.count(), nodes.silent_since()), (1, 0), "before the first sign of life");
        for now in (100_000..=116_000).step_by(2_000) {
            hear(now, now);
        }
        assert_eq!((nodes.count(), nodes.silent_since()), (2, 101_000));
        // The database was away for a minute, from everybody.
        hear(176_000, 116_000);
        assert_eq!(nodes.silent_since(), 0, "the other one has had no chance to speak either");
        for now in (178_000..=190_000).step_by(2_000) {
            hear(now, 116_000);
        }
        assert_eq!(nodes.silent_since(), 0);
        hear(192_000, 116_000);
        assert_eq!((nodes.count(), nodes.silent_since()), (1, 177_000));
        // A clock of the database that goes back is a gap as well.
        hear(10_000, 9_000);
        assert_eq!(nodes.silent_since(), 0);
    }
}
