//! The loops of a node, as in `services/src/pipeline/`: inbox, event worker, outbox, ends, housekeeping. A loop has at most one
//! transaction under way.

use super::calls::End;
use super::mistakes::Mistake;
use super::node::{Answer, CALLS, Loop, Task};
use super::plan::{TROUBLE_MS, Trouble};
use super::world::{Doom, Fate, Happening, Ms, World};
use domain::queue::{EventState, JobState, LEASE_MS};

impl World {
    /// A node starts.
    pub fn start(&mut self, node: usize) {
        let this = &mut self.nodes[node];
        (this.alive, this.boot) = (true, this.boot + 1);
        let boot = this.boot;
        for which in [Loop::House, Loop::Apply, Loop::Lease] {
            self.wake(node, boot, which);
            self.after(500, Happening::Wake(node, boot, which));
        }
    }

    /// A loop looks whether there is something to do. The loops that look by themselves come again.
    pub fn wake(&mut self, node: usize, boot: u32, which: Loop) {
        if !self.lives(node, boot) || self.nodes[node].busy.contains(&which) {
            return;
        }
        let clock = self.nodes[node].clock(self.now);
        let this = &mut self.nodes[node];
        let task = match which {
            Loop::Ingest if !this.inbox.is_empty() => Some(Task::Ingest(std::mem::take(&mut this.inbox))),
            Loop::Ends if !this.ends.is_empty() => Some(Task::Ends(std::mem::take(&mut this.ends))),
            Loop::Apply => {
                let due = |row: &super::database::EventRow| row.state == EventState::New && row.run_at <= clock;
                self.db.events.values().any(due).then_some(Task::Apply)
            }
            Loop::Lease => {
                let due = |row: &super::database::JobRow| row.state == JobState::Ready && row.run_at <= clock;
                (this.calls < CALLS && self.db.jobs.values().any(due)).then_some(Task::Lease)
            }
            Loop::House => Some(Task::House),
            Loop::Ingest | Loop::Ends => None,
        };
        match task {
            Some(task) => self.transact(node, which, task),
            None if matches!(which, Loop::Ingest | Loop::Ends) => {}
            None => self.later(node, boot, which),
        }
    }

    /// When a loop looks again by itself. In the calm at the end it looks seldom, or when something is due.
    fn later(&mut self, node: usize, boot: u32, which: Loop) {
        let calm = self.now > TROUBLE_MS + 120_000;
        let wait = match which {
            Loop::House if calm => 60_000,
            Loop::House => 5_000,
            _ if !calm => 500,
            Loop::Lease => {
                let clock = self.nodes[node].clock(self.now);
                let ready = self.db.jobs.values().filter(|row| row.state == JobState::Ready);
                let soon = ready.map(|row| row.run_at - clock).filter(|wait| *wait > 0).min();
                soon.unwrap_or(60_000).min(60_000)
            }
            _ => 60_000,
        };
        self.look_again(node, boot, which, wait);
    }
    fn look_again(&mut self, node: usize, boot: u32, which: Loop, wait: Ms) {
        let at = self.now + wait;
        if !self.nodes[node].timers.iter().any(|(of, before)| *of == which && *before <= at) {
            self.nodes[node].timers.push((which, at));
            self.at(at, Happening::Wake(node, boot, which));
        }
    }
    /// A loop's time has come.
    pub fn timer(&mut self, node: usize, boot: u32, which: Loop) {
        let now = self.now;
        if self.lives(node, boot) {
            self.nodes[node].timers.retain(|(of, at)| *of != which || *at > now);
            self.wake(node, boot, which);
        }
    }

    fn transact(&mut self, node: usize, which: Loop, task: Task) {
        self.nodes[node].busy.push(which);
        let boot = self.nodes[node].boot;
        let mut takes = self.random.within(1, 6);
        let fate = match self.trouble() {
            Some(Trouble::Down) if self.random.percent(20) => Fate::Unclear,
            Some(Trouble::Down) => Fate::Failed,
            Some(Trouble::Slow(more)) => {
                takes += more;
                Fate::Good
            }
            None => Fate::Good,
        };
        if let (Task::Ingest(posts), true) = (&task, self.is(Mistake::AckBeforeCommit)) {
            posts.clone().into_iter().for_each(|post| self.acknowledge(post));
        }
        self.after(takes, Happening::Execute(node, boot, task, fate));
    }

    /// The instant of a transaction, and its way back.
    pub fn execute(&mut self, node: usize, boot: u32, task: Task, fate: Fate) {
        if !self.lives(node, boot) {
            return self.torn(node, &task);
        }
        let doom = self.nodes[node].doom.filter(|(doom, _)| *doom != Doom::DuringCall);
        if let Some((Doom::BeforeCommit, away)) = doom {
            self.crash(node, away);
            return self.torn(node, &task);
        }
        let failed = Answer::Failed(task.clone());
        if fate == Fate::Unclear && matches!(task, Task::Lease) {
            self.audit.lease_unclear(self.now);
        }
        let answer = if fate == Fate::Failed {
            failed
        } else {
            let done = self.commit(node, task);
            if fate == Fate::Unclear { failed } else { done }
        };
        if let Some((_, away)) = doom {
            return self.crash(node, away);
        }
        let wait = self.random.within(1, 4);
        self.after(wait, Happening::Answer(node, boot, answer));
    }

    /// A loop hears how its transaction ended.
    pub fn answered(&mut self, node: usize, boot: u32, answer: Answer) {
        if !self.lives(node, boot) {
            return;
        }
        let mut again = 0;
        let which = match answer {
            Answer::Stored(posts) => {
                posts.into_iter().for_each(|post| self.acknowledge(post));
                self.ring(Loop::Apply, node);
                Loop::Ingest
            }
            Answer::Applied(events) if !events.is_empty() => {
                let takes = self.random.within(1, 6);
                return self.after(takes, Happening::Execute(node, boot, Task::Applied(events), Fate::Good));
            }
            Answer::Applied(_) => {
                self.ring(Loop::Lease, node);
                Loop::Apply
            }
            Answer::Leased(leased) => {
                for (leased, wait) in leased {
                    match wait {
                        Some(at) => self.after(
                            (at - self.nodes[node].clock(self.now)).max(0),
                            Happening::Begin(node, boot, leased),
                        ),
                        None => self.begin(node, boot, leased),
                    }
                }
                Loop::Lease
            }
            Answer::Done(Loop::House) => {
                self.free(node, Loop::House);
                self.ring(Loop::Lease, node);
                return self.later(node, boot, Loop::House);
            }
            Answer::Done(which) => which,
            Answer::Idle(which) => {
                // Due, but behind something that is under way: its end rings.
                again = if self.now > TROUBLE_MS + 120_000 { 10_000 } else { 200 };
                which
            }
            Answer::Failed(task) => {
                again = 500;
                self.failed(node, task)
            }
        };
        self.free(node, which);
        if again == 0 {
            self.wake(node, boot, which);
        } else {
            self.look_again(node, boot, which, again);
        }
        if which == Loop::Ends {
            self.ring(Loop::Lease, node);
        }
    }

    /// A transaction failed: nobody is told anything good, and it is tried again.
    fn failed(&mut self, node: usize, task: Task) -> Loop {
        match task {
            Task::Ingest(posts) => {
                if self.is(Mistake::AckFailedCommit) {
                    posts.into_iter().for_each(|post| self.acknowledge(post));
                }
                Loop::Ingest
            }
            Task::Ends(ends) => {
                let clock = self.nodes[node].clock(self.now);
                let ours = |end: &End| clock < end.began + LEASE_MS;
                if !self.is(Mistake::EndForgotten) {
                    self.nodes[node].ends.extend(ends.into_iter().filter(ours));
                }
                Loop::Ends
            }
            Task::Apply | Task::Applied(_) => {
                if self.is(Mistake::TroubleCountsAsTry) {
                    self.count_tries();
                }
                Loop::Apply
            }
            Task::Lease => Loop::Lease,
            Task::House => Loop::House,
        }
    }

    fn free(&mut self, node: usize, which: Loop) {
        self.nodes[node].busy.retain(|busy| *busy != which);
    }
    fn ring(&mut self, which: Loop, node: usize) {
        let boot = self.nodes[node].boot;
        self.wake(node, boot, which);
    }
}
