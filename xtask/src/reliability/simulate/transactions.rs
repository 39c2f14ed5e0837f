//! What the transactions of the workers do, each at one instant.

use super::calls::Leased;
use super::database::{Cause, EventRow, JobRow, Lease, number, steps};
use super::mistakes::Mistake;
use super::node::{Answer, CALLS, EACH, Loop, Task};
use super::plan::{Kind, Nature, TROUBLE_MS};
use super::world::{EPOCH, Ms, Post, World};
use domain::ids::{EventId, Id, JobId};
use domain::queue::{EventState, JobState, LEASE_MS, event_again_at, lease_void};

/// Events in one transaction (`services/src/pipeline/events.rs`).
const BATCH: usize = 64;
/// When whoever found a connection busy comes again (`services/src/pipeline/outbox.rs`).
const BUSY_MS: Ms = 50;
/// Distance of work by the clock.
const SLOT_MS: Ms = 60_000;

impl World {
    /// Does it, all or nothing.
    pub fn commit(&mut self, node: usize, task: Task) -> Answer {
        match task {
            Task::Ingest(posts) => self.ingest(node, posts),
            Task::Apply => self.apply(node),
            Task::Applied(events) => {
                self.applied(node, &events);
                Answer::Applied(Vec::new())
            }
            Task::Lease => self.lease(node),
            Task::Ends(ends) => {
                let now = self.nodes[node].clock(self.now);
                ends.iter().for_each(|end| self.write_end(now, end));
                Answer::Done(Loop::Ends)
            }
            Task::House => self.house(node),
        }
    }

    fn ingest(&mut self, node: usize, posts: Vec<Post>) -> Answer {
        let clock = self.nodes[node].clock(self.now);
        let lost = usize::from(self.is(Mistake::TailOfBatchLost) && posts.len() > 2);
        for post in &posts[..posts.len() - lost] {
            let id: EventId = self.nodes[node].id(clock);
            let (row, key) = match *post {
                Post::Told(n) => {
                    let told = &self.plan.told[n];
                    let row = EventRow {
                        told: Some(n),
                        report: None,
                        organisation: self.plan.accounts[told.connection].organisation,
                        connection: told.connection,
                        order: (told.connection, told.customer),
                        state: EventState::New,
                        tries: 0,
                        run_at: clock,
                    };
                    (row, u64::from(told.key))
                }
                Post::Report(job) => {
                    let about = &self.db.jobs[&job];
                    let row = EventRow {
                        told: None,
                        report: Some(job),
                        organisation: about.organisation,
                        connection: about.connection,
                        order: about.order,
                        state: EventState::New,
                        tries: 0,
                        run_at: clock,
                    };
                    (row, job.uuid().as_u64_pair().1 ^ job.uuid().as_u64_pair().0)
                }
            };
            self.db.store(id, row, key, self.mistake);
        }
        Answer::Stored(posts)
    }

    fn apply(&mut self, node: usize) -> Answer {
        let clock = self.nodes[node].clock(self.now);
        let waiting = self.db.events_wait();
        let shares = self.nodes[node].event_turns.shares(&waiting, BATCH);
        let mut due = Vec::new();
        for (id, share) in shares {
            due.extend(self.db.due(number(id, self.plan.organisations), clock, share, self.mistake));
        }
        if due.is_empty() {
            return Answer::Idle(Loop::Apply);
        }
        if self.is(Mistake::PoisonSpoilsBatch) && due.iter().any(|id| self.poison(*id)) {
            return Answer::Failed(Task::Apply);
        }
        let mut second = Vec::new();
        for id in due {
            if self.poison(id) {
                self.one_bad(id, clock);
                continue;
            }
            match self.mistake {
                Some(Mistake::DoneBeforeJobs) => self.note_done(id),
                Some(Mistake::JobsBeforeDone) => self.consequences(node, id, clock),
                _ => {
                    self.consequences(node, id, clock);
                    self.note_done(id);
                    continue;
                }
            }
            second.push(id);
        }
        Answer::Applied(second)
    }

    /// The second transaction of those who make two of one.
    fn applied(&mut self, node: usize, events: &[EventId]) {
        let clock = self.nodes[node].clock(self.now);
        for id in events {
            if self.is(Mistake::DoneBeforeJobs) {
                self.consequences(node, *id, clock);
            } else {
                self.note_done(*id);
            }
        }
    }

    /// A crash before the commit: nothing is left, unless that is the mistake.
    pub fn torn(&mut self, node: usize, task: &Task) {
        if !self.is(Mistake::TornBatch) {
            return;
        }
        let clock = self.nodes[node].clock(self.now);
        match task {
            Task::Apply => {
                let due = (0..self.plan.organisations).flat_map(|n| self.db.due(n, clock, BATCH, None));
                let due: Vec<EventId> = due.filter(|id| !self.poison(*id)).collect();
                due.into_iter().for_each(|id| self.consequences(node, id, clock));
            }
            Task::Lease => {
                let first = self.db.claimable(None, clock, &[], None).into_iter().next();
                if let Some(row) = first.and_then(|id| self.db.jobs.get_mut(&id)) {
                    row.state = JobState::Running;
                }
            }
            _ => {}
        }
    }

    fn poison(&self, id: EventId) -> bool {
        self.db.events[&id].told.is_some_and(|n| matches!(self.plan.told[n].nature, Nature::Poison))
    }

    fn one_bad(&mut self, id: EventId, clock: Ms) {
        let early = i64::from(self.is(Mistake::EventGivenUpEarly));
        let forever = self.is(Mistake::PoisonForever);
        let Some(row) = self.db.events.get_mut(&id) else { return };
        row.tries += 1;
        let tries = if forever { 1 } else { row.tries + early };
        match event_again_at(tries, clock) {
            Some(at) => row.run_at = at,
            None => row.state = EventState::Failed,
        }
    }

    /// Trouble of the database costs everybody due a try.
    pub fn count_tries(&mut self) {
        for row in self.db.events.values_mut().filter(|row| row.state == EventState::New) {
            row.tries += 1;
            if event_again_at(row.tries, 0).is_none() {
                row.state = EventState::Failed;
            }
        }
    }

    fn note_done(&mut self, id: EventId) {
        if let Some(row) = self.db.events.get_mut(&id) {
            row.state = EventState::Done;
        }
    }

    fn consequences(&mut self, node: usize, id: EventId, clock: Ms) {
        let event = self.db.events[&id].clone();
        self.audit.applied(id, &self.db);
        if let Some(job) = event.report {
            if !self.is(Mistake::ReportForgotten) {
                self.db.settle(job, self.now);
            }
            return;
        }
        let Some(told) = event.told else { return };
        let kinds = steps(&self.plan.told[told].nature).to_vec();
        for (step, kind) in kinds.into_iter().enumerate() {
            let row = self.row(Cause::Step(told, step), kind, event.connection, event.order, clock);
            let id: JobId = self.nodes[node].id(clock);
            self.db.write(id, row, self.mistake);
        }
    }

    fn row(&self, cause: Cause, kind: Kind, connection: usize, order: (usize, u32), run_at: Ms) -> JobRow {
        let organisation = self.plan.accounts[connection].organisation;
        JobRow {
            cause,
            kind,
            organisation,
            connection,
            order,
            state: JobState::Ready,
            run_at,
            attempts: 0,
            calls: 0,
            lease: None,
            stopped: false,
            reported: false,
            changed: self.now,
            leased: 0,
        }
    }

    fn lease(&mut self, node: usize) -> Answer {
        let clock = self.nodes[node].clock(self.now);
        let free = CALLS.saturating_sub(self.nodes[node].calls);
        let each = if self.is(Mistake::NoRoomForOthers) { CALLS } else { EACH };
        let places = self.nodes[node].places.clone();
        let spared: Vec<usize> =
            places.iter().filter(|(_, taken)| **taken >= each).map(|(connection, _)| *connection).collect();
        let waiting = self.db.jobs_wait(clock);
        let mut claimed = Vec::new();
        if self.is(Mistake::Unfair) {
            claimed = self.db.claimable(None, clock, &spared, None);
            claimed.truncate(free);
        } else {
            for (id, share) in self.nodes[node].job_turns.shares(&waiting, free) {
                let of = Some(number(id, self.plan.organisations));
                claimed.extend(self.db.claimable(of, clock, &spared, self.mistake).into_iter().take(share));
            }
        }
        let (mut leased, count) = (Vec::new(), claimed.len());
        let mut places = places;
        for id in claimed {
            let mut row = self.db.jobs[&id].clone();
            let taken = places.entry(row.connection).or_default();
            if self.db.stopped[row.organisation].is_some() && !self.is(Mistake::StopForgotten) {
                (row.state, row.stopped, row.changed) = (JobState::Held, true, self.now);
            } else if *taken >= each {
                row.run_at = clock + BUSY_MS;
            } else {
                *taken += 1;
                leased.extend(self.lease_one(node, id, &mut row, clock));
            }
            self.db.jobs.insert(id, row);
        }
        if count == 0 { Answer::Idle(Loop::Lease) } else { Answer::Leased(leased) }
    }

    fn lease_one(&mut self, node: usize, id: JobId, row: &mut JobRow, clock: Ms) -> Option<(Leased, Option<Ms>)> {
        let account = &self.plan.accounts[row.connection];
        let rate = (account.per_second, account.burst);
        let token = if self.is(Mistake::FenceNotAdvanced) { row.calls } else { row.calls + 1 };
        let (kind, connection, order, attempts) = (row.kind, row.connection, row.order, row.attempts);
        let leased = Leased { job: id, token, kind, connection, order, attempts, at: self.now };
        let turn = self.nodes[node].turn(&leased, clock, rate, self.mistake);
        if let Some(at) = turn {
            self.audit.postponed(self.now, at - clock, account, connection, &self.db);
            if !self.is(Mistake::PaceAfterLease) {
                row.run_at = if self.is(Mistake::PostponedForever) { EPOCH * 2 } else { at };
                return None;
            }
        }
        let this = &self.nodes[node];
        self.audit.leased(self.now, account, node, this.boot, &leased, turn);
        let long = if self.is(Mistake::LeaseTooShort) { 10_000 } else { LEASE_MS };
        row.lease = Some(Lease { until: clock + long, node: this.name.clone(), boot: this.boot.to_string() });
        (row.state, row.calls, row.leased, row.changed) = (JobState::Running, token, self.now, self.now);
        if self.is(Mistake::DoneAtLease) {
            row.state = JobState::Done;
        }
        Some((leased, turn))
    }

    fn house(&mut self, node: usize) -> Answer {
        let clock = self.nodes[node].clock(self.now);
        let (name, boot) = (self.nodes[node].name.clone(), self.nodes[node].boot.to_string());
        let void = |lease: &Lease| match self.mistake {
            Some(Mistake::LeasesNeverVoid) => false,
            Some(Mistake::OldBootKept) => clock >= lease.until,
            Some(Mistake::AnyBootVoid) => clock >= lease.until || lease.boot != boot || lease.node != name,
            _ => {
                let own = lease.node == name && lease.boot == boot;
                // Whoever starts anew under its name succeeds the start before; until then it is only silent for a while.
                let alive =
                    self.nodes.iter().any(|node| node.name == lease.node && node.boot.to_string() == lease.boot);
                lease_void(clock, lease.until, own, alive)
            }
        };
        let running = self.db.jobs.iter().filter(|(_, row)| row.state == JobState::Running);
        let taken: Vec<JobId> =
            running.filter(|(_, row)| row.lease.as_ref().is_some_and(void)).map(|(id, _)| *id).collect();
        for id in taken {
            let Some(mut row) = self.db.jobs.get(&id).cloned() else { continue };
            self.audit.taken_back(self.now, &self.plan, id, &row, &self.calls);
            let doubt = match self.mistake {
                Some(Mistake::BlindRepeat) => false,
                Some(Mistake::RepeatableInDoubt) => true,
                _ => row.kind == Kind::Send,
            };
            row.state = if doubt { JobState::Unknown } else { JobState::Ready };
            (row.lease, row.changed) = (None, self.now);
            row.settle(self.now);
            self.db.jobs.insert(id, row);
        }
        self.audit.nothing_left(self.now, &self.db, &name, &boot);
        let slot = clock.div_euclid(SLOT_MS);
        if self.now < TROUBLE_MS && !self.plan.noisy {
            let id: JobId = self.nodes[node].id(clock);
            let row = self.row(Cause::Slot(slot), Kind::Call, 0, (0, 1_000_000 + (slot % 1_000_000) as u32), clock);
            self.db.write(id, row, self.mistake);
        }
        Answer::Done(Loop::House)
    }
}
