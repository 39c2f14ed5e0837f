//! The auditor of a simulated world: sees everything in true time, knows nothing of how the queue decides, and says what must
//! never be. Its tables are written here once more on purpose.

use super::calls::{Call, End, Leased, Said};
use super::database::{Cause, Database, JobRow, steps};
use super::node::EACH;
use super::plan::{Account, Kind, Plan};
use super::world::Ms;
use domain::ids::{EventId, JobId};
use domain::queue::{EventState, JobState};
use std::collections::{HashMap, HashSet};

/// Milliseconds before the next attempt after so many failures, without jitter.
const DELAYS: [Ms; 11] =
    [5_000, 10_000, 20_000, 60_000, 300_000, 900_000, 3_600_000, 14_400_000, 14_400_000, 14_400_000, 14_400_000];
const MOST_FAILURES: usize = 12;
/// A lease of a living owner holds this long.
const LEASE: Ms = 90_000;
/// Among others who have far more to do, a call is made within this time.
const FAIR: Ms = 4_000;
/// A job that waited for nothing comes again after this time.
const SOON: Ms = 100;
/// Found faults after which nothing more is looked for.
const ENOUGH: usize = 3;

/// What was seen so far.
#[derive(Debug, Default)]
pub struct Audit {
    pub found: Vec<String>,
    /// When each job did something outside.
    pub effects: HashMap<JobId, Vec<Ms>>,
    failures: HashMap<JobId, usize>,
    /// Crashes and steps of a clock, by node.
    crashes: Vec<(Ms, usize)>,
    steps: Vec<(Ms, usize)>,
    /// Who has the lease of a job, and since when.
    leases: HashMap<JobId, (usize, Ms)>,
    /// Leases whose owner was not told of them.
    unclear: HashSet<Ms>,
    /// Until when a connection is closed for a start of a node, and since when.
    closed: HashMap<(usize, u32, usize), (Ms, Ms)>,
    /// What may still be called at once: tokens and when they were counted.
    tokens: HashMap<(usize, u32, usize), (f64, Ms)>,
}

impl Audit {
    fn wrong(&mut self, now: Ms, what: String) {
        self.found.push(format!("at {:.3} s: {what}", now as f64 / 1_000.0));
    }
    /// Whether enough was found.
    pub fn enough(&self) -> bool {
        self.found.len() >= ENOUGH
    }
    pub fn crashed(&mut self, now: Ms, node: usize) {
        self.crashes.push((now, node));
    }
    pub fn clock_stepped(&mut self, now: Ms, node: usize) {
        self.steps.push((now, node));
        self.tokens.retain(|(of, _, _), _| *of != node);
        self.closed.retain(|(of, _, _), _| *of != node);
    }
    pub fn lease_unclear(&mut self, now: Ms) {
        self.unclear.insert(now);
    }

    /// An event is applied: nothing earlier of its order waits.
    pub fn applied(&mut self, id: EventId, db: &Database) {
        let row = &db.events[&id];
        let earlier =
            db.events.range(..id).find(|(_, other)| other.order == row.order && other.state == EventState::New);
        if let Some((other, _)) = earlier {
            self.found.push(format!("event {id} was applied before {other} of the same chat"));
        }
    }

    /// A job must wait for its turn: not longer than those before it and the provider's wishes take.
    pub fn postponed(&mut self, now: Ms, wait: Ms, account: &Account, connection: usize, db: &Database) {
        let line = db.jobs.values().filter(|row| row.connection == connection).count() as f64;
        let most = (line + 2.0) * 1_000.0 / account.per_second + 50_000.0;
        // A promise made before the clock went back may stand a little longer; recipients wait six seconds each.
        if wait as f64 > most + 6_000.0 * line.min(10.0) {
            self.wrong(now, format!("a job of connection {connection} is told to wait for {wait} ms"));
        }
    }

    /// A lease is given: the rate of the connection and the provider's wish hold.
    pub fn leased(
        &mut self,
        now: Ms,
        account: &Account,
        node: usize,
        boot: u32,
        leased: &Leased,
        begins_later: Option<Ms>,
    ) {
        self.leases.insert(leased.job, (node, now));
        let of = (node, boot, leased.connection);
        if begins_later.is_some() {
            return;
        }
        if self.closed.get(&of).is_some_and(|(from, until)| (*from + 1..*until - 1).contains(&now)) {
            self.wrong(now, format!("connection {} was asked although its provider wanted a pause", leased.connection));
        }
        let most = account.burst + 1.0;
        let (tokens, at) = self.tokens.get(&of).copied().unwrap_or((most, now));
        let tokens = (tokens + (now - at) as f64 / 1_000.0 * account.per_second * 1.01).min(most) - 1.0;
        if tokens < -0.5 {
            self.wrong(
                now,
                format!("connection {} is called faster than {} a second", leased.connection, account.per_second),
            );
        }
        self.tokens.insert(of, (tokens, now));
    }

    /// A call begins.
    #[allow(clippy::too_many_arguments)]
    pub fn call_begins(
        &mut self,
        now: Ms,
        plan: &Plan,
        db: &Database,
        node: usize,
        boot: u32,
        leased: &Leased,
        calls: &[Call],
    ) {
        let row = &db.jobs[&leased.job];
        if db.stopped[row.organisation].is_some_and(|since| since < leased.at) {
            self.wrong(now, format!("job {} was called under a stop", leased.job));
        }
        let holds = |state| matches!(state, JobState::Ready | JobState::Running);
        let earlier = db.jobs.range(..leased.job).find(|(_, other)| {
            other.order == row.order && holds(other.state) && other.changed < leased.at && other.leased < leased.at
        });
        if let Some((other, _)) = earlier {
            self.wrong(now, format!("job {} was called before {other} of the same chat", leased.job));
        }
        let under_way = |call: &&Call| !call.over && (call.node, call.boot) == (node, boot);
        let mine = calls.iter().filter(under_way).filter(|call| call.leased.connection == leased.connection).count();
        if mine >= EACH {
            self.wrong(now, format!("connection {} takes the places of the others", leased.connection));
        }
        let told = match row.cause {
            Cause::Step(told, _) if plan.noisy => &plan.told[told],
            _ => return,
        };
        let first = steps(&told.nature).len() == 1;
        if told.key < 10_000
            && first
            && plan.accounts[told.connection].organisation != 0
            && now - told.at - 1_000 > FAIR
        {
            self.wrong(
                now,
                format!("job {} of a quiet organisation waited for {} ms", leased.job, now - told.at - 1_000),
            );
        }
    }

    /// The provider did what it was asked to.
    pub fn landed(&mut self, now: Ms, leased: &Leased) {
        let effects = self.effects.entry(leased.job).or_default();
        effects.push(now);
        if leased.kind == Kind::Send && effects.len() > 1 {
            let times = effects.clone();
            self.wrong(now, format!("job {} reached a person more than once: {times:?}", leased.job));
        }
    }

    /// A provider asks for a pause.
    pub fn limited(&mut self, now: Ms, node: usize, boot: u32, connection: usize, wait: Ms) {
        let closed = self.closed.entry((node, boot, connection)).or_insert((now, now));
        *closed = (now, closed.1.max(now + wait));
    }

    /// An end is about to be written: only whoever has the lease may.
    pub fn lease_held(&mut self, now: Ms, row: &JobRow, end: &End) {
        if row.state != JobState::Running || row.leased != end.leased.at {
            let job = end.leased.job;
            self.wrong(
                now,
                format!("the end of job {job} was written by whoever lost its lease ({})", row.state.as_str()),
            );
        }
    }

    /// An end was written.
    pub fn ended(&mut self, now: Ms, end: &End, row: &JobRow, clock: Ms, paused: bool) {
        let (job, kind) = (end.leased.job, end.leased.kind);
        let silent = end.said == Said::Nothing && kind == Kind::Call;
        let counts = silent || matches!(end.said, Said::Failed { .. });
        let failures = self.failures.entry(job).or_default();
        *failures += usize::from(counts);
        let failures = *failures;
        let wish = match end.said {
            Said::Failed { wish } => wish.unwrap_or(0),
            Said::Limited { wait } => wait,
            Said::Gated => SOON,
            _ => 0,
        };
        let (state, wait) = match end.said {
            Said::Good => (JobState::Done, None),
            Said::SignedOut => (JobState::Held, None),
            Said::Gated if paused => (JobState::Held, None),
            Said::Refused => (JobState::Dead, None),
            Said::Nothing if kind == Kind::Send => (JobState::Unknown, None),
            Said::Limited { .. } | Said::Gated => (JobState::Ready, Some((wish, wish))),
            _ if failures >= MOST_FAILURES => (JobState::Dead, None),
            _ => {
                let delay = DELAYS[failures - 1];
                let longest = if failures > 3 { delay + delay / 5 } else { delay };
                (JobState::Ready, Some((delay.max(wish), longest.max(wish))))
            }
        };
        let (is, waits) = (row.state, row.run_at - clock);
        if is != state {
            self.wrong(now, format!("job {job} is {} after {:?} and {failures} failures", is.as_str(), end.said));
        } else if let Some((least, most)) = wait.filter(|(least, most)| !(*least..=*most).contains(&waits)) {
            self.wrong(now, format!("job {job} waits for {waits} ms after {failures} failures, not {least} to {most}"));
        }
    }

    /// A connection is paused: only its provider may have refused it.
    pub fn paused(&mut self, now: Ms, end: &End) {
        if end.said != Said::SignedOut {
            self.wrong(now, format!("connection {} was paused without its provider", end.leased.connection));
        }
    }

    /// A lease is taken back: its owner was restarted or had it long enough, and no call that was not made is in doubt.
    pub fn taken_back(&mut self, now: Ms, plan: &Plan, job: JobId, row: &JobRow, calls: &[Call]) {
        let Some((node, at)) = self.leases.get(&job).copied() else { return };
        let crash = self.crashes.iter().find(|(when, of)| *of == node && *when >= at).map(|(when, _)| *when);
        let call = calls.iter().find(|call| call.leased.job == job && call.leased.at == row.leased);
        // Nodes whose clocks differ take each other's leases for older than they are: the fence is for that.
        if !self.steps.is_empty() || self.unclear.contains(&at) {
            return;
        }
        match crash {
            None if now - at < LEASE - 10 => {
                self.wrong(now, format!("the lease of job {job} was taken from its owner after {} ms", now - at));
            }
            None if call.is_some_and(|call| call.over) && calm(plan, now - LEASE / 2, now) => {
                self.wrong(now, format!("the end of job {job} was known and never written"));
            }
            Some(when) if call.is_none() && when - at > 10_000 => {
                self.wrong(now, format!("job {job} was not called for {} ms and is in doubt after a crash", when - at));
            }
            _ => {}
        }
    }

    /// After leases were taken back none of an earlier start is left.
    pub fn nothing_left(&mut self, now: Ms, db: &Database, node: &str, boot: &str) {
        let old = |row: &JobRow| row.lease.as_ref().is_some_and(|lease| lease.node == node && lease.boot != boot);
        if let Some((id, _)) = db.jobs.iter().find(|(_, row)| row.state == JobState::Running && old(row)) {
            self.wrong(now, format!("job {id} still waits for a process that is gone"));
        }
    }
}

/// Whether the database was well all that time.
fn calm(plan: &Plan, from: Ms, to: Ms) -> bool {
    !plan.trouble.iter().any(|(begins, ends, _)| *begins < to && *ends > from)
}
