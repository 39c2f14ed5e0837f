//! The database of a simulated world: rows, and the transactions of the workers. A transaction reads and writes at one instant.
//! What the program says in SQL (`crates/store/src/{events,jobs,stops}.rs`) is said here once more, by hand; what it decides in
//! `domain` is called.

use super::mistakes::Mistake;
use super::plan::{Kind, Nature};
use super::world::Ms;
use domain::ids::{EventId, JobId, OrganisationId};
use domain::queue::{EventState, JobState};
use std::collections::{BTreeMap, HashSet};

/// An event of the inbox.
#[derive(Clone, Debug)]
pub struct EventRow {
    /// Which of the plan's events; `None`: a report about a job.
    pub told: Option<usize>,
    pub report: Option<JobId>,
    pub organisation: usize,
    pub connection: usize,
    pub order: (usize, u32),
    pub state: EventState,
    pub tries: i64,
    pub run_at: Ms,
}

/// Who has a job.
#[derive(Clone, Debug)]
pub struct Lease {
    pub until: Ms,
    pub node: String,
    pub boot: String,
}

/// A job of the outbox.
#[derive(Clone, Debug)]
pub struct JobRow {
    /// Which event of the plan and which of its steps, or which time of the clock.
    pub cause: Cause,
    pub kind: Kind,
    pub organisation: usize,
    pub connection: usize,
    pub order: (usize, u32),
    pub state: JobState,
    pub run_at: Ms,
    pub attempts: i32,
    /// Fencing token.
    pub calls: i64,
    pub lease: Option<Lease>,
    /// Held by a stop, not by its connection.
    pub stopped: bool,
    /// The provider said that it reached whoever it was for.
    pub reported: bool,
    /// True times, for the auditor only.
    pub changed: Ms,
    pub leased: Ms,
}

impl JobRow {
    /// What was reported on is not in doubt.
    pub fn settle(&mut self, at: Ms) {
        if self.reported && self.state == JobState::Unknown {
            (self.state, self.changed) = (JobState::Done, at);
        }
    }
}

/// Why a job is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Cause {
    Step(usize, usize),
    Slot(i64),
}

/// All rows.
#[derive(Debug, Default)]
pub struct Database {
    pub events: BTreeMap<EventId, EventRow>,
    pub jobs: BTreeMap<JobId, JobRow>,
    keys: HashSet<(usize, u64)>,
    slots: HashSet<i64>,
    /// Connections that must be signed in again.
    pub paused: Vec<bool>,
    /// Organisations that are stopped, and since when.
    pub stopped: Vec<Option<Ms>>,
}

/// The id of an organisation of the plan.
pub fn organisation(n: usize) -> OrganisationId {
    domain::ids::Id::make(1, &[n as u8; 10])
}

/// And back.
pub fn number(id: OrganisationId, among: usize) -> usize {
    (0..among).find(|n| organisation(*n) == id).unwrap_or(0)
}

impl Database {
    /// Stores an event unless its key is there; whether it was new.
    pub fn store(&mut self, id: EventId, row: EventRow, key: u64, mistake: Option<Mistake>) -> bool {
        let connection = if mistake == Some(Mistake::KeyWithoutConnection) { 0 } else { row.connection };
        if !self.keys.insert((connection, key)) && mistake != Some(Mistake::UniqueIndexDropped) {
            return false;
        }
        self.events.insert(id, row);
        true
    }

    /// Organisations with new events.
    pub fn events_wait(&self) -> Vec<OrganisationId> {
        let waiting = self.events.values().filter(|row| row.state == EventState::New);
        waiting
            .map(|row| organisation(row.organisation))
            .collect::<std::collections::BTreeSet<_>>()
            .into_iter()
            .collect()
    }

    /// Due events of an organisation, at most one of each order.
    pub fn due(&self, organisation: usize, now: Ms, limit: usize, mistake: Option<Mistake>) -> Vec<EventId> {
        let (mut seen, mut due) = (HashSet::new(), Vec::new());
        for (id, row) in
            self.events.iter().filter(|(_, row)| row.organisation == organisation && row.state == EventState::New)
        {
            let first = seen.insert(row.order) || mistake == Some(Mistake::EventOrderForgotten);
            if first && row.run_at <= now && due.len() < limit {
                due.push(*id);
            }
        }
        due
    }

    /// Writes a job, unless the time of the clock has one already.
    pub fn write(&mut self, id: JobId, row: JobRow, mistake: Option<Mistake>) {
        if let Cause::Slot(slot) = row.cause {
            if !self.slots.insert(slot) && mistake != Some(Mistake::SlotKeyForgotten) {
                return;
            }
        }
        self.jobs.insert(id, row);
    }

    /// Organisations with due jobs.
    pub fn jobs_wait(&self, now: Ms) -> Vec<OrganisationId> {
        let waiting = self.jobs.values().filter(|row| row.state == JobState::Ready && row.run_at <= now);
        waiting
            .map(|row| organisation(row.organisation))
            .collect::<std::collections::BTreeSet<_>>()
            .into_iter()
            .collect()
    }

    /// Due jobs of an organisation that nothing earlier of their order holds back, the oldest first.
    pub fn claimable(&self, of: Option<usize>, now: Ms, spared: &[usize], mistake: Option<Mistake>) -> Vec<JobId> {
        let (mut seen, mut due) = (HashSet::new(), Vec::new());
        let open = |row: &JobRow| matches!(row.state, JobState::Ready | JobState::Running);
        let among = self.jobs.iter().filter(|(_, row)| open(row) && of.is_none_or(|of| row.organisation == of));
        for (id, row) in among {
            let holds = match mistake {
                Some(Mistake::OrderForgotten) => false,
                Some(Mistake::OrderOfReadyOnly) => row.state == JobState::Ready,
                _ => true,
            };
            let first = !seen.contains(&row.order);
            if holds {
                seen.insert(row.order);
            }
            if first && row.state == JobState::Ready && row.run_at <= now && !spared.contains(&row.connection) {
                due.push((row.run_at, *id));
            }
        }
        due.sort_unstable();
        due.into_iter().map(|(_, id)| id).collect()
    }

    /// Somebody signed in again.
    pub fn resume(&mut self, connection: usize, now: Ms, at: Ms, mistake: Option<Mistake>) {
        self.paused[connection] = false;
        if mistake == Some(Mistake::UnholdForgotten) {
            return;
        }
        let held = |row: &&mut JobRow| row.connection == connection && row.state == JobState::Held && !row.stopped;
        for row in self.jobs.values_mut().filter(held) {
            (row.state, row.run_at, row.changed) = (JobState::Ready, now, at);
        }
    }

    /// A provider's sign-in is refused: all that waits is held.
    pub fn pause(&mut self, connection: usize, at: Ms) {
        self.paused[connection] = true;
        for row in self.jobs.values_mut().filter(|row| row.connection == connection && row.state == JobState::Ready) {
            (row.state, row.changed) = (JobState::Held, at);
        }
    }

    /// Somebody pulls a stop: what waits is held.
    pub fn stop(&mut self, organisation: usize, at: Ms) {
        self.stopped[organisation] = Some(at);
        for row in self.jobs.values_mut().filter(|row| row.organisation == organisation && row.state == JobState::Ready)
        {
            (row.state, row.stopped, row.changed) = (JobState::Held, true, at);
        }
    }

    /// Somebody lifts it.
    pub fn unstop(&mut self, organisation: usize, now: Ms, at: Ms, mistake: Option<Mistake>) {
        self.stopped[organisation] = None;
        if mistake == Some(Mistake::UnstopForgotten) {
            return;
        }
        for row in self.jobs.values_mut().filter(|row| row.organisation == organisation && row.stopped) {
            (row.state, row.stopped, row.run_at, row.changed) = (JobState::Ready, false, row.run_at.max(now), at);
        }
    }

    /// A report proves that a call went through, whether it is in doubt already or will be.
    pub fn settle(&mut self, job: JobId, at: Ms) {
        if let Some(row) = self.jobs.get_mut(&job) {
            row.reported = true;
            row.settle(at);
        }
    }
}

/// Jobs an event of the plan causes; none for what cannot be applied.
pub fn steps(nature: &Nature) -> &[Kind] {
    match nature {
        Nature::Good(steps) => steps,
        Nature::Poison => &[],
    }
}
