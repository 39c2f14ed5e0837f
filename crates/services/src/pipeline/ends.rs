//! Group commit of the ends of attempts: whoever has one to write and finds the writer free takes along all that wait. Many
//! calls end while one flush is under way; each is told after the commit its own end was in.

use super::outcome;
use crate::connections::Connected;
use crate::{App, Error, Result, Work};
use connectors::{Acted, Fail};
use domain::queue::JobState;
use futures::FutureExt;
use std::sync::{Arc, Mutex, PoisonError};
use store::claims::LeasedJob;
use store::jobs::Cause;
use tokio::sync::oneshot::{self, error::TryRecvError};

/// Ends in one transaction at most.
const MOST: usize = 64;

/// How an attempt ended.
#[derive(Debug)]
pub struct End {
    pub job: LeasedJob,
    pub connection: Option<Arc<Connected>>,
    pub started_at: i64,
    pub ended_at: i64,
    /// Whether the provider was asked; else a gate of our own held it back.
    pub called: bool,
    pub result: Result<Acted, Fail>,
    /// With this attempt the service is left alone until then.
    pub rests_until: Option<i64>,
}

#[derive(Debug)]
struct Waiting {
    end: Arc<End>,
    told: oneshot::Sender<Result<()>>,
}

/// Ends that wait to be written.
#[derive(Debug, Default)]
pub struct Ends {
    waiting: Mutex<Vec<Waiting>>,
    turn: tokio::sync::Mutex<()>,
}

impl Ends {
    /// Writes an end with all its consequences, or nothing of it.
    pub async fn write(&self, app: &Arc<App>, end: Arc<End>) -> Result<()> {
        let (told, mut answer) = oneshot::channel();
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner).push(Waiting { end, told });
        loop {
            let _turn = self.turn.lock().await;
            match answer.try_recv() {
                Ok(answer) => return answer,
                Err(TryRecvError::Closed) => return Err(anyhow::anyhow!("whoever took it along broke off").into()),
                Err(TryRecvError::Empty) => {}
            }
            let batch: Vec<Waiting> = {
                let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
                let count = waiting.len().min(MOST);
                waiting.drain(..count).collect()
            };
            together(app, batch).await;
        }
    }
}

async fn together(app: &Arc<App>, mut batch: Vec<Waiting>) {
    // Rows that several ends touch are taken in the same order by all nodes.
    batch.sort_by_key(|one| {
        (one.end.job.organisation_id, one.end.connection.as_ref().map(|connection| connection.id), one.end.job.id)
    });
    match app.haste.write(|careful| write(app, &batch, careful)).await {
        Ok(written) => {
            for (one, written) in batch.into_iter().zip(written) {
                let _ = one.told.send(written.map(|state| count(app, state)));
            }
        }
        Err(error) => {
            for one in batch {
                let why = error.to_string();
                let _ = one.told.send(Err(match error {
                    Error::Store(store::Error::Unavailable(_)) => store::Error::Unavailable(why).into(),
                    _ => anyhow::anyhow!(why).into(),
                }));
            }
        }
    }
}

/// Writes all of them in one transaction; one that cannot be written spoils none of the others.
async fn write(app: &Arc<App>, batch: &[Waiting], careful: bool) -> Result<Vec<Result<Option<JobState>>>> {
    let Some(first) = batch.first() else { return Ok(Vec::new()) };
    let tx = app.db.begin().await?;
    let nobody = Cause { kind: "system", id: None, chain: String::new(), depth: 0 };
    let now = app.clock.now();
    let mut work = Work::on(tx, app, first.end.job.organisation_id, ("system", None), nobody, now).with_care(careful);
    let mut written = Vec::new();
    for Waiting { end, .. } in batch {
        let job = &end.job;
        let cause = Cause { kind: "job", id: Some(job.id.to_string()), chain: job.chain.clone(), depth: job.depth + 1 };
        work.turn_to(job.organisation_id, ("system", None), cause).await?;
        work.part("attempt").await?;
        let result = std::panic::AssertUnwindSafe(outcome::write(&mut work, end)).catch_unwind().await;
        match result.unwrap_or_else(|_| Err(anyhow::anyhow!("panic while writing the end of an attempt").into())) {
            Ok(state) => {
                work.keep("attempt").await?;
                written.push(Ok(state));
            }
            // The database itself is in trouble: none of them is written.
            Err(error) if error.ends_unit() => return Err(error),
            Err(error) => {
                work.undo("attempt").await?;
                written.push(Err(error));
            }
        }
    }
    work.commit().await?;
    Ok(written)
}

/// Counts a job's new state; `None` when its lease was lost and nothing was written.
fn count(app: &App, state: Option<JobState>) {
    match state {
        Some(JobState::Done) => app.metrics.jobs_done_total.add(1),
        Some(JobState::Dead | JobState::Unknown) => app.metrics.jobs_dead_total.add(1),
        Some(_) => app.metrics.jobs_retried_total.add(1),
        None => {}
    }
}
