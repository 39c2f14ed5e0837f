//! Calls of a simulated world: how they begin, what the provider does with them, and how their end is written.

use super::database::Cause;
use super::mistakes::Mistake;
use super::node::{Loop, Node};
use super::plan::{Bad, Kind, TROUBLE_MS};
use super::world::{Doom, Happening, Ms, World};
use domain::ids::JobId;
use domain::queue::Bucket;

/// How long a call waits for its answer.
const TIMEOUT: Ms = 30_000;
/// How long a node believes what it read of a connection (`services/src/connections/cache.rs`).
const FRESH_MS: Ms = 3_000;
/// Calls one recipient gets without a pause, and their distance afterwards, milliseconds.
const RECIPIENT: (f64, f64) = (45.0, 6_000.0);

/// A lease in a worker's hand.
#[derive(Clone, Debug)]
pub struct Leased {
    pub job: JobId,
    pub token: i64,
    pub kind: Kind,
    pub connection: usize,
    pub order: (usize, u32),
    pub attempts: i32,
    /// When it was given, in true time; tells leases apart for the auditor.
    pub at: Ms,
}

/// What a provider answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Said {
    Good,
    Failed {
        wish: Option<Ms>,
    },
    Limited {
        wait: Ms,
    },
    SignedOut,
    Refused,
    /// The call broke off; whatever it was for may have happened.
    Nothing,
    /// Nobody was asked: a gate of our own held it back.
    Gated,
}

/// A call under way, or over.
#[derive(Clone, Debug)]
pub struct Call {
    pub leased: Leased,
    pub node: usize,
    pub boot: u32,
    pub said: Said,
    pub over: bool,
}

/// An end to write.
#[derive(Clone, Debug)]
pub struct End {
    pub leased: Leased,
    pub said: Said,
    /// By the node's clock, when the call began.
    pub began: Ms,
}

impl Node {
    /// As `services/src/pipeline/pace.rs`: when it is this job's turn, if not now.
    pub fn turn(&mut self, leased: &Leased, now: Ms, rate: (f64, f64), mistake: Option<Mistake>) -> Option<Ms> {
        self.latest = self.latest.max(now);
        let seen = if mistake == Some(Mistake::ClockBackStalls) { self.latest } else { now };
        let twice = if mistake == Some(Mistake::RateDoubled) { 2.0 } else { 1.0 };
        let line = self.lines.entry(leased.connection);
        let line = line.or_insert_with(|| domain::pace::Line::new(rate.0 * twice, rate.1, seen));
        if let Some(at) = line.turn(leased.job, seen) {
            return Some(at);
        }
        if leased.kind == Kind::Call {
            return None;
        }
        let recipient = self.recipients.entry(leased.order);
        let bucket = recipient.or_insert_with(|| Bucket::new(1_000.0 / RECIPIENT.1, RECIPIENT.0, seen));
        bucket.take(seen).err().map(|wait| now + wait)
    }
}

impl World {
    /// Makes the call of a leased job, if the connection is as it should.
    pub fn begin(&mut self, node: usize, boot: u32, leased: Leased) {
        if !self.lives(node, boot) {
            return;
        }
        let clock = self.nodes[node].clock(self.now);
        let account = leased.connection;
        let fresh = self.nodes[node].believed.get(&account).is_some_and(|(_, at)| (clock - at).abs() < FRESH_MS);
        if !fresh {
            self.nodes[node].believed.insert(account, (self.db.paused[account], clock));
        }
        if self.nodes[node].believed.get(&account).is_some_and(|(paused, _)| *paused) {
            return self.end(node, End { leased, said: Said::Gated, began: clock });
        }
        self.audit.call_begins(self.now, &self.plan, &self.db, node, boot, &leased, &self.calls);
        let (said, lands, answers) = self.provider(&leased);
        let number = self.calls.len();
        let place = self.nodes[node].places.entry(account).or_default();
        *place += 1;
        self.nodes[node].calls += 1;
        self.calls.push(Call { leased, node, boot, said, over: false });
        self.nodes[node].began.insert(number, clock);
        if let Some(lands) = lands {
            self.after(lands, Happening::Lands(number));
        }
        self.after(answers, Happening::CallAnswers(number));
        if let Some((Doom::DuringCall, away)) = self.nodes[node].doom {
            self.nodes[node].doom = None;
            let when = lands.map_or(answers, |lands| lands + 1);
            self.after(when.min(answers), Happening::Crash(node, away));
        }
    }

    /// What it answers, when it does what it was asked to, and when it answers.
    fn provider(&mut self, leased: &Leased) -> (Said, Option<Ms>, Ms) {
        if self.plan.noisy {
            let took = self.random.within(100, 300);
            return (Said::Good, Some(took / 2), took);
        }
        let took = if self.random.percent(6) { self.random.within(5_000, 25_000) } else { self.random.within(5, 300) };
        let hopeless = match self.db.jobs[&leased.job].cause {
            Cause::Step(told, step) => (self.plan.hopeless, step) == (Some(told), 0),
            Cause::Slot(_) => false,
        };
        if hopeless {
            return (Said::Failed { wish: None }, None, took);
        }
        if self.bad(leased.connection) == Some(Bad::SignedOut) {
            self.signed_out.insert(leased.connection);
        }
        if self.signed_out.contains(&leased.connection) {
            return (Said::SignedOut, None, took);
        }
        let calm = self.now > TROUBLE_MS;
        let wish = self.random.percent(30).then(|| self.random.within(1_000, 90_000));
        match self.bad(leased.connection) {
            Some(Bad::Away) => (Said::Failed { wish }, None, took.min(3_000)),
            Some(Bad::Silent) => (Said::Nothing, self.random.percent(50).then_some(took), TIMEOUT),
            Some(Bad::Limits) => (Said::Limited { wait: self.random.within(1_000, 20_000) }, None, took),
            _ if !calm && self.random.percent(4) => (Said::Failed { wish }, None, took),
            _ if !calm && self.random.percent(2) => (Said::Refused, None, took),
            _ if !calm && self.random.percent(2) => (Said::Nothing, self.random.percent(50).then_some(took), TIMEOUT),
            _ => (Said::Good, Some(took / 2), took),
        }
    }

    /// The provider has done what it was asked to.
    pub fn lands(&mut self, call: usize) {
        let leased = self.calls[call].leased.clone();
        self.audit.landed(self.now, &leased);
        if leased.kind == Kind::Send && self.random.percent(60) {
            self.report(leased.job);
        }
    }

    /// The answer comes, if anybody is there to hear it.
    pub fn call_answers(&mut self, number: usize) {
        self.calls[number].over = true;
        let Call { leased, node, boot, said, .. } = self.calls[number].clone();
        if !self.lives(node, boot) {
            return;
        }
        let clock = self.nodes[node].clock(self.now);
        let learns = !self.is(Mistake::LimitNotLearnt);
        let this = &mut self.nodes[node];
        this.calls -= 1;
        *this.places.entry(leased.connection).or_insert(1) -= 1;
        let began = this.began.remove(&number).unwrap_or(clock);
        if let Some(line) = this.lines.get_mut(&leased.connection) {
            match said {
                Said::Failed { .. } | Said::Nothing => {
                    line.broke_off(clock);
                }
                Said::Limited { wait } if learns => {
                    line.answered();
                    line.close(clock, wait);
                }
                _ => line.answered(),
            }
        }
        if let Said::Limited { wait } = said {
            self.audit.limited(self.now, node, boot, leased.connection, wait);
        }
        self.end(node, End { leased, said, began });
        self.wake(node, boot, Loop::Lease);
    }

    /// Hands an end over to be written.
    fn end(&mut self, node: usize, end: End) {
        self.nodes[node].ends.push(end);
        let boot = self.nodes[node].boot;
        self.wake(node, boot, Loop::Ends);
    }
}
