//! The outbox worker: leases jobs that are due, passes the gates, lets them run side by side.

use super::ends::{End, Ends};
use super::pace::Pace;
use super::reach::Reach;
use super::{kinds, run, traced};
use crate::connections::Connected;
use crate::{App, Error, Result};
use connectors::{Acted, Fail, Rejection};
use domain::chats::{window_open, window_until};
use domain::fair::Turns;
use domain::ids::{ChatId, ConnectionId, OrganisationId};
use domain::queue::LEASE_MS;
use domain::views::{ConnectionState, Outgoing, StopScope};
use futures::FutureExt;
use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use store::claims::{Lease, LeasedJob};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio_util::task::TaskTracker;

/// Calls under way at a time.
pub(super) const CALLS: usize = 64;
/// Of those, through one connection: one that hangs leaves room for the others.
const EACH: usize = 16;
/// Jobs leased at a time: those of calls under way, and those whose end is being written meanwhile.
const LEASED: usize = 2 * CALLS;
/// When whoever found a connection busy comes again.
const BUSY_MS: i64 = 50;
/// The same for notices to members: whose push services hang, may wait longer.
const NOTICES_BUSY_MS: i64 = 500;

/// How long after the lease a call may begin: sooner than others think this node gone.
const CALLED_WITHIN: std::time::Duration = std::time::Duration::from_secs(8);

/// A call's place among all, and on the line of its connection.
pub(super) type Places = (OwnedSemaphorePermit, Option<OwnedSemaphorePermit>);

/// What a claim brought: how many were asked for, came, and found their connection full.
#[derive(Default)]
struct Brought {
    asked: usize,
    came: usize,
    busy: usize,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The worker's memory: the pace of each connection, and running calls.
#[derive(Debug)]
pub struct Outbox {
    pub(super) app: Arc<App>,
    calls: Arc<Semaphore>,
    leases: Arc<Semaphore>,
    /// Notices to members under way, so that push services that hang leave room for what goes to clients.
    notices: Arc<Semaphore>,
    lines: Mutex<HashMap<ConnectionId, (OrganisationId, Arc<Semaphore>)>>,
    turns: Mutex<Turns>,
    reach: Mutex<Reach>,
    pace: Pace,
    ends: Ends,
    tracker: TaskTracker,
}

impl Outbox {
    /// For one node.
    pub fn new(app: Arc<App>) -> Arc<Self> {
        Arc::new(Self {
            app,
            calls: Arc::new(Semaphore::new(CALLS)),
            leases: Arc::new(Semaphore::new(LEASED)),
            notices: Arc::new(Semaphore::new(EACH)),
            lines: Mutex::default(),
            turns: Mutex::default(),
            reach: Mutex::default(),
            pace: Pace::default(),
            ends: Ends::default(),
            tracker: TaskTracker::new(),
        })
    }

    /// Leases what is due and starts it; answers how many. Tests call this until it answers 0 and [`Outbox::settle`] after it.
    pub async fn lease_due(self: &Arc<Self>) -> Result<usize> {
        let app = &self.app;
        let now = app.clock.now();
        let free = self.free();
        if free == 0 || store::jobs::next_due(&app.db).await?.is_none_or(|at| at > now) {
            return Ok(0);
        }
        let mut tx = app.db.begin().await?;
        let full = self.full();
        let full = |of| full.get(&of).map_or(&[][..], Vec::as_slice);
        let waiting = store::claims::waiting(&mut tx, now).await?;
        let lease = Lease { now, until: now + LEASE_MS, node: &app.config.node, boot: &app.config.boot };
        let (mut claimed, mut brought) = (Vec::new(), HashMap::<OrganisationId, Brought>::new());
        let shares = lock(&self.turns).shares(&waiting, free);
        for (organisation, share) in shares {
            let (asked, full) = (lock(&self.reach).of(organisation, share), full(organisation));
            let came = store::claims::claim(&mut tx, organisation, lease, full, asked as i64).await?;
            brought.insert(organisation, Brought { asked, came: came.len(), busy: 0 });
            claimed.extend(came);
        }
        let stops = if claimed.is_empty() { Vec::new() } else { store::stops::active(&mut tx).await? };
        let (count, nodes, mut jobs, mut caught) = (claimed.len(), app.nodes.count(), Vec::new(), HashSet::new());
        for job in claimed {
            let connection = match job.connection_id {
                Some(id) => app.connections.by_id(app, job.organisation_id, id).await?,
                None => None,
            };
            let through = connection.as_ref().map(|connection| (connection.id, connection.connector.spec().id));
            let mut ours = stops.iter().filter(|(of, ..)| *of == job.organisation_id && kinds::is_send(&job.kind));
            let rule = match ours.clone().any(|(_, scope, _)| *scope == StopScope::Rule) {
                true => store::stops::rule_of(&mut tx, job.organisation_id, job.id).await?,
                false => None,
            };
            if ours.any(|(_, scope, target)| scope.covers(target, Outgoing { through, rule })) {
                store::stops::catch(&mut tx, job.organisation_id, job.id, job.calls).await?;
                caught.insert(job.organisation_id);
                continue;
            }
            let line = match &connection {
                Some(connection) => Some(self.line(connection)),
                None if job.kind == kinds::PUSH => Some(self.notices.clone().try_acquire_owned().ok()),
                None => None,
            };
            if let Some(None) = line {
                brought.entry(job.organisation_id).or_default().busy += 1;
                let at = now + if connection.is_some() { BUSY_MS } else { NOTICES_BUSY_MS };
                store::jobs::postpone(&mut tx, job.organisation_id, job.id, job.calls, at).await?;
                continue;
            }
            // Who must wait is given back before anybody sees it as under way: a crash then leaves no doubt about it.
            match connection.as_ref().and_then(|connection| self.pace.turn(connection, &job, nodes, now)) {
                Some(at) => drop(store::jobs::postpone(&mut tx, job.organisation_id, job.id, job.calls, at).await?),
                None => jobs.push((job, connection, line.flatten())),
            }
        }
        // Who looks at what is held sees it grow.
        for organisation in &caught {
            store::live::insert(&mut tx, *organisation, &[("stops", String::new())], now).await?;
        }
        tx.commit().await?;
        if !caught.is_empty() {
            app.live.wake();
        }
        for (organisation, Brought { asked, came, busy }) in brought {
            lock(&self.reach).learn(organisation, asked, came, busy);
        }
        for (job, connection, line) in jobs {
            let (Ok(lease), Ok(call)) =
                (self.leases.clone().acquire_owned().await, self.calls.clone().acquire_owned().await)
            else {
                break;
            };
            let this = self.clone();
            self.tracker.spawn(async move {
                let _lease = lease;
                let id = job.id;
                match std::panic::AssertUnwindSafe(this.work(job, connection, (call, line))).catch_unwind().await {
                    Ok(Ok(())) => {}
                    // The lease runs out and the job is taken up again; a send becomes «unknown».
                    Ok(Err(error)) => tracing::error!(job.id = %id, %error, "The end of a job could not be written"),
                    Err(_) => tracing::error!(job.id = %id, "A job panicked"),
                }
                this.app.wake_jobs.notify_one();
            });
        }
        Ok(count)
    }

    /// Connections through which no more calls may be made now, by organisation.
    fn full(&self) -> HashMap<OrganisationId, Vec<ConnectionId>> {
        let mut lines = lock(&self.lines);
        lines.retain(|_, (_, line)| line.available_permits() < EACH);
        let mut full: HashMap<_, Vec<_>> = HashMap::new();
        for (id, (organisation, _)) in lines.iter().filter(|(_, (_, line))| line.available_permits() == 0) {
            full.entry(*organisation).or_default().push(*id);
        }
        full
    }
    /// A place on the line of a connection, if there is one.
    fn line(&self, connection: &Connected) -> Option<OwnedSemaphorePermit> {
        let mut lines = lock(&self.lines);
        let new = || (connection.organisation, Arc::new(Semaphore::new(EACH)));
        let (_, line) = lines.entry(connection.id).or_insert_with(new);
        line.clone().try_acquire_owned().ok()
    }

    /// How many jobs may be leased now: never more than can be called at once.
    fn free(&self) -> usize {
        self.calls.available_permits().min(self.leases.available_permits())
    }

    /// Waits until everything started has ended.
    pub async fn settle(&self) {
        self.tracker.close();
        self.tracker.wait().await;
        self.tracker.reopen();
    }

    /// Makes the call of a job and writes its end; the next call may begin while that is written.
    async fn work(&self, job: LeasedJob, connection: Option<Arc<Connected>>, call: Places) -> Result<()> {
        match self.app.traces.begin(&*self.app.clock) {
            None => self.attempt(job, connection, call).await,
            Some(begun) => traced::attempt(self, begun, job, connection, call).await,
        }
    }

    pub(super) async fn attempt(&self, job: LeasedJob, connection: Option<Arc<Connected>>, call: Places) -> Result<()> {
        let started = self.app.clock.now();
        if matches!(job.kind.as_str(), kinds::MAIL | kinds::CHECK_DOMAIN) {
            let result = run::without_connection(&self.app, &job).await;
            self.called(call);
            return self.end(job, None, started, true, result, None).await;
        }
        if job.kind == kinds::CALL {
            // Nobody is asked; what follows is written with its end.
            self.called(call);
            return self.end(job, None, started, false, Ok(Acted::default()), None).await;
        }
        if job.kind == kinds::PUSH {
            let result = crate::push::send(&self.app, &job).await?;
            self.called(call);
            return self.end(job, None, started, true, result, None).await;
        }
        let Some(connection) = connection else {
            let fail = Fail::Rejected {
                reason: Rejection::BadRequest,
                code: "no_connection".into(),
                detail: "the connection is gone".into(),
            };
            return self.end(job, None, started, false, Err(fail), None).await;
        };
        // A database that is silent for longer may have given the job to another node meanwhile: nobody is called any more.
        let gates = tokio::time::timeout(CALLED_WITHIN, self.gates(&connection, &job)).await;
        if let Some(fail) = gates.map_err(|_| anyhow::anyhow!("the database is silent, so nobody was called"))?? {
            return self.end(job, Some(connection), started, false, Err(fail), None).await;
        }
        let result = run::on_connection(&self.app, &connection, &job).await?;
        self.called(call);
        let rests = self.pace.learn(&connection, &job, &result, self.app.clock.now());
        self.end(job, Some(connection), started, true, result, rests).await
    }

    fn called(&self, call: Places) {
        drop(call);
        self.app.wake_jobs.notify_one();
    }

    /// Writes the end of an attempt. The call cannot be taken back, so a database in trouble is waited for as long as the
    /// job is ours; only then it is taken up again, a send as «unknown».
    async fn end(
        &self,
        job: LeasedJob,
        connection: Option<Arc<Connected>>,
        started_at: i64,
        called: bool,
        result: Result<Acted, Fail>,
        rests_until: Option<i64>,
    ) -> Result<()> {
        let ended_at = self.app.clock.now();
        traced::ended(&result);
        let end = Arc::new(End { job, connection, started_at, ended_at, called, result, rests_until });
        loop {
            match self.ends.write(&self.app, end.clone()).await {
                Err(Error::Store(store::Error::Unavailable(why))) if self.app.clock.now() < started_at + LEASE_MS => {
                    tracing::warn!(job.id = %end.job.id, error = %why, "The end of a job cannot be written yet; trying again");
                    tokio::time::sleep(std::time::Duration::from_millis(500)).await;
                }
                done => return done,
            }
        }
    }

    /// What may stop a call before it is made.
    async fn gates(&self, connection: &Connected, job: &LeasedJob) -> Result<Option<Fail>> {
        if matches!(connection.state, ConnectionState::Off | ConnectionState::Reauth) && !kinds::is_probe(&job.kind) {
            let code = format!("connection_{}", connection.state);
            return Ok(Some(Fail::Reauth { code, detail: "the connection is paused".into() }));
        }
        if job.kind == kinds::SEND_MESSAGE
            && job.payload.pointer("/input/content/is").and_then(serde_json::Value::as_str) != Some("template")
        {
            let chat =
                job.payload.get("chat_id").and_then(serde_json::Value::as_str).and_then(|id| id.parse::<ChatId>().ok());
            if let Some(id) = chat {
                if let Some(chat) =
                    store::chats::one(&self.app.db, store::sight::Sight::all(job.organisation_id), id).await?
                {
                    if !window_open(window_until(chat.channel, chat.last_inbound_at), self.app.clock.now()) {
                        let detail = "the channel's window closed before the message could go out".to_owned();
                        return Ok(Some(Fail::Rejected {
                            reason: Rejection::WindowClosed,
                            code: "window_closed".into(),
                            detail,
                        }));
                    }
                }
            }
        }
        Ok(None)
    }

    /// The worker loop.
    pub(super) async fn run(self: Arc<Self>, stop: tokio_util::sync::CancellationToken) {
        loop {
            let pause = match self.lease_due().await {
                Ok(0) => 500,
                Ok(_) => 0,
                Err(error) => {
                    tracing::error!(%error, "Jobs could not be leased; trying again");
                    1_000
                }
            };
            let until_due = match store::jobs::next_due(&self.app.db).await {
                // Due, but behind a call that is under way: its end rings.
                Ok(Some(at)) if self.free() > 0 && at <= self.app.clock.now() => 20,
                Ok(Some(at)) if self.free() > 0 => (at - self.app.clock.now()).clamp(5, 500),
                _ => 500,
            };
            if pause > 0 {
                tokio::select! {
                    () = stop.cancelled() => break,
                    () = self.app.wake_jobs.notified() => {}
                    () = tokio::time::sleep(std::time::Duration::from_millis(pause.min(until_due) as u64)) => {}
                }
            }
            if stop.is_cancelled() {
                break;
            }
        }
        self.settle().await;
    }
}
