//! Group commit: webhooks hand their events over and wait; one task writes whatever has gathered in one transaction and
//! answers each after the commit. Durable for everybody at the price of one flush.

use crate::{App, Error, ErrorCode, Result};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use store::events::NewEvent;
use tokio::sync::{mpsc, oneshot};

/// Calls that may wait at a time; more are refused at once, so that the provider repeats them later.
const WAITING: usize = 4_096;
/// Events in one transaction at most.
const BATCH: usize = 1_024;
/// Rounds of gathering before a transaction; each lets whatever is ready run once.
const GATHER: usize = 3;

struct Request {
    events: Vec<NewEvent>,
    answer: oneshot::Sender<Result<usize, String>>,
}

/// The door to the writer task.
pub struct Ingest {
    sender: mpsc::Sender<Request>,
    receiver: Mutex<Option<mpsc::Receiver<Request>>>,
    unanswered: AtomicUsize,
}

impl std::fmt::Debug for Ingest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Ingest({} free)", self.sender.capacity())
    }
}

impl Ingest {
    /// Not yet running: calls wait until [`run`] starts, and the doors answer 503 before that.
    pub fn new() -> Self {
        let (sender, receiver) = mpsc::channel(WAITING);
        Self { sender, receiver: Mutex::new(Some(receiver)), unanswered: AtomicUsize::new(0) }
    }
    /// Calls without an answer yet. Who else writes should be quick while there are any.
    pub fn unanswered(&self) -> usize {
        self.unanswered.load(Ordering::Relaxed)
    }
    /// Stores events; answers how many were new. `Err`: none of them is acknowledged.
    pub async fn store(&self, events: Vec<NewEvent>) -> Result<usize> {
        let (answer, wait) = oneshot::channel();
        let _counted = Counted::new(&self.unanswered);
        self.sender.try_send(Request { events, answer }).map_err(|_| Error::from(ErrorCode::StorageUnavailable))?;
        match wait.await {
            Ok(Ok(stored)) => Ok(stored),
            Ok(Err(why)) => Err(store::Error::Unavailable(why).into()),
            Err(_) => Err(ErrorCode::StorageUnavailable.into()),
        }
    }
}

/// Counts for as long as it lives: a caller that hangs up is no longer waited for.
struct Counted<'a>(&'a AtomicUsize);

impl<'a> Counted<'a> {
    fn new(count: &'a AtomicUsize) -> Self {
        count.fetch_add(1, Ordering::Relaxed);
        Self(count)
    }
}

impl Drop for Counted<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

impl Default for Ingest {
    fn default() -> Self {
        Self::new()
    }
}

/// The writer task. Ends when `stop` is called and everything handed over is written.
pub async fn run(app: Arc<App>, stop: tokio_util::sync::CancellationToken) {
    let taken = app.ingest.receiver.lock().unwrap_or_else(std::sync::PoisonError::into_inner).take();
    let Some(mut receiver) = taken else { return };
    loop {
        let first = tokio::select! {
            biased;
            request = receiver.recv() => request,
            () = stop.cancelled() => { receiver.close(); receiver.recv().await }
        };
        let Some(first) = first else { return };
        let mut count = first.events.len();
        let mut batch = vec![first];
        // Who is about to hand over gets the chance to come along: a flush costs the same for one and for many.
        for _ in 0..GATHER {
            while count < BATCH {
                let Ok(request) = receiver.try_recv() else { break };
                count += request.events.len();
                batch.push(request);
            }
            tokio::task::yield_now().await;
        }
        commit(&app, batch).await;
    }
}

async fn commit(app: &App, batch: Vec<Request>) {
    let (mut events, mut sizes, mut answers) = (Vec::new(), Vec::new(), Vec::new());
    for request in batch {
        sizes.push(request.events.len());
        events.extend(request.events);
        answers.push(request.answer);
    }
    match write(app, &events).await {
        Ok(fresh) => {
            let mut at = 0;
            for (size, answer) in sizes.into_iter().zip(answers) {
                let stored = events[at..at + size].iter().filter(|e| fresh.contains(&e.id)).count();
                at += size;
                let _ = answer.send(Ok(stored));
            }
            app.wake_events.notify_one();
        }
        Err(error) => {
            let why = error.to_string();
            for answer in answers {
                let _ = answer.send(Err(why.clone()));
            }
        }
    }
}

async fn write(app: &App, events: &[NewEvent]) -> store::Result<std::collections::HashSet<domain::ids::EventId>> {
    let mut tx = app.db.begin().await?;
    let fresh = store::events::insert(&mut tx, events).await?;
    tx.commit().await?;
    Ok(fresh)
}
