//! A world under virtual time: nodes, their database, providers, and what happens when. Everything that happens stands in one
//! line by time; nothing else moves the clock, so a seed gives the same history every time.

use super::audit::Audit;
use super::calls::Call;
use super::database::Database;
use super::mistakes::Mistake;
use super::node::{Loop, Node, Task};
use super::plan::{Bad, Plan, TROUBLE_MS, Trouble};
use crate::reliability::random::Random;
use domain::ids::JobId;
use domain::queue::{EventState, JobState};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap, HashMap, HashSet};

/// True time in milliseconds since the world began. Clocks of nodes show something near it.
pub type Ms = i64;

/// What clocks showed when the world began.
pub const EPOCH: Ms = 1_790_000_000_000;
/// Whoever is not through by then is stuck: longer than all delays of a job together.
const DEADLINE: Ms = 40 * 3_600_000;
/// How long a provider waits for the answer to a webhook.
const PATIENCE: Ms = 10_000;

/// What a provider posts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Post {
    Told(usize),
    /// Somebody got what this job sent.
    Report(JobId),
}

/// What becomes of a transaction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    Good,
    /// Nothing is written, and an error comes back.
    Failed,
    /// Written, but an error comes back.
    Unclear,
}

/// When a crash comes, once it is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Doom {
    BeforeCommit,
    AfterCommit,
    DuringCall,
}

/// Something in the line.
#[derive(Debug)]
pub enum Happening {
    Post(Post, usize),
    Wake(usize, u32, Loop),
    Execute(usize, u32, Task, Fate),
    Answer(usize, u32, super::node::Answer),
    Begin(usize, u32, super::calls::Leased),
    Lands(usize),
    CallAnswers(usize),
    Crash(usize, Ms),
    Start(usize),
    ClockStep(usize, Ms),
    Pull(usize),
    Lift(usize),
    SignIn(usize),
}

/// Everything there is.
pub struct World {
    pub now: Ms,
    pub random: Random,
    pub plan: Plan,
    pub mistake: Option<Mistake>,
    pub db: Database,
    pub nodes: Vec<Node>,
    pub calls: Vec<Call>,
    pub audit: Audit,
    pub acked: HashSet<Post>,
    /// Accounts whose sign-in the provider does not take any more.
    pub signed_out: HashSet<usize>,
    line: BinaryHeap<Reverse<(Ms, u64)>>,
    happenings: HashMap<u64, Happening>,
    serial: u64,
    /// Posts under way: a provider repeats what was not acknowledged.
    outstanding: usize,
}

impl World {
    /// As the seed says.
    pub fn new(seed: u64, mistake: Option<Mistake>) -> Self {
        let mut random = Random::new(seed);
        let plan = Plan::of(&mut random);
        let nodes = (0..plan.nodes).map(Node::new).collect();
        let mut db = Database::default();
        db.paused = vec![false; plan.accounts.len()];
        db.stopped = vec![None; plan.organisations];
        let mut world = Self {
            now: 0,
            random,
            mistake,
            db,
            nodes,
            calls: Vec::new(),
            audit: Audit::default(),
            acked: HashSet::new(),
            signed_out: HashSet::new(),
            line: BinaryHeap::new(),
            happenings: HashMap::new(),
            serial: 0,
            outstanding: 0,
            plan: plan.clone(),
        };
        (0..plan.nodes).for_each(|node| world.at(0, Happening::Start(node)));
        for (n, told) in plan.told.iter().enumerate() {
            world.outstanding += 1;
            let node = world.random.below(plan.nodes);
            world.at(told.at + 1_000, Happening::Post(Post::Told(n), node));
        }
        plan.crashes.iter().for_each(|(node, at, away)| world.at(*at, Happening::Crash(*node, *away)));
        plan.clocks.iter().for_each(|(node, at, by)| world.at(*at, Happening::ClockStep(*node, *by)));
        for (organisation, from, to) in &plan.stops {
            world.at(*from, Happening::Pull(*organisation));
            world.at(*to, Happening::Lift(*organisation));
        }
        world
    }

    /// Puts something into the line.
    pub fn at(&mut self, at: Ms, happening: Happening) {
        self.serial += 1;
        self.line.push(Reverse((at.max(self.now), self.serial)));
        self.happenings.insert(self.serial, happening);
    }
    pub fn after(&mut self, wait: Ms, happening: Happening) {
        self.at(self.now + wait, happening);
    }
    pub fn is(&self, mistake: Mistake) -> bool {
        self.mistake == Some(mistake)
    }
    /// Whether this start of the node is the present one.
    pub fn lives(&self, node: usize, boot: u32) -> bool {
        self.nodes[node].alive && self.nodes[node].boot == boot
    }
    /// What the database is going through.
    pub fn trouble(&self) -> Option<Trouble> {
        self.plan.trouble.iter().find(|(from, to, _)| (*from..*to).contains(&self.now)).map(|(_, _, trouble)| *trouble)
    }
    /// How the provider of this account behaves.
    pub fn bad(&self, account: usize) -> Option<Bad> {
        let bad = &self.plan.accounts[account].bad;
        bad.iter().find(|(from, to, _)| (*from..*to).contains(&self.now)).map(|(_, _, bad)| *bad)
    }

    /// Lives until everything has ended; what the auditor found.
    pub fn run(mut self) -> Vec<String> {
        while let Some(Reverse((at, serial))) = self.line.pop() {
            self.now = at;
            if at > DEADLINE || self.audit.enough() {
                break;
            }
            let Some(happening) = self.happenings.remove(&serial) else { continue };
            let idle = matches!(happening, Happening::Wake(..));
            self.happen(happening);
            if idle && (self.now > TROUBLE_MS || self.plan.noisy) && self.over() {
                break;
            }
        }
        if !self.audit.enough() {
            self.at_end();
        }
        self.audit.found
    }

    fn happen(&mut self, happening: Happening) {
        match happening {
            Happening::Post(post, node) => self.post(post, node),
            Happening::Wake(node, boot, which) => self.timer(node, boot, which),
            Happening::Execute(node, boot, task, fate) => self.execute(node, boot, task, fate),
            Happening::Answer(node, boot, answer) => self.answered(node, boot, answer),
            Happening::Begin(node, boot, leased) => self.begin(node, boot, leased),
            Happening::Lands(call) => self.lands(call),
            Happening::CallAnswers(call) => self.call_answers(call),
            Happening::Crash(node, away) => {
                // Most crashes come where they hurt.
                let doom = [None, Some(Doom::BeforeCommit), Some(Doom::AfterCommit), Some(Doom::DuringCall)];
                match doom[self.random.below(4)] {
                    Some(doom) if self.nodes[node].alive => self.nodes[node].doom = Some((doom, away)),
                    _ => self.crash(node, away),
                }
            }
            Happening::Start(node) => self.start(node),
            Happening::ClockStep(node, by) => {
                self.nodes[node].offset += by;
                self.audit.clock_stepped(self.now, node);
            }
            Happening::Pull(organisation) => self.db.stop(organisation, self.now),
            Happening::Lift(organisation) => {
                let now = self.nodes[0].clock(self.now);
                self.db.unstop(organisation, now, self.now, self.mistake);
            }
            Happening::SignIn(account) => self.sign_in(account),
        }
    }

    /// Power off: what the node knew is gone.
    pub fn crash(&mut self, node: usize, away: Ms) {
        if self.nodes[node].alive {
            self.nodes[node].lose_everything();
            self.audit.crashed(self.now, node);
            self.after(away, Happening::Start(node));
        }
    }

    /// A provider posts, and again until it is told that it was taken.
    fn post(&mut self, post: Post, node: usize) {
        let repeat = self.acked.contains(&post);
        if self.nodes[node].alive {
            self.nodes[node].inbox.push(post);
            let boot = self.nodes[node].boot;
            self.wake(node, boot, Loop::Ingest);
        }
        if !repeat {
            let wait = PATIENCE + self.random.within(0, 5_000);
            let other = self.random.below(self.nodes.len());
            self.after(wait, Happening::Post(post, other));
        }
    }

    /// The provider is told that it was taken.
    pub fn acknowledge(&mut self, post: Post) {
        if self.acked.insert(post) {
            self.outstanding -= 1;
        }
        // Some providers repeat even so.
        if self.random.percent(15) && self.now < TROUBLE_MS {
            let (wait, node) = (self.random.within(0, 60_000), self.random.below(self.nodes.len()));
            self.after(wait, Happening::Post(post, node));
        }
    }

    /// Some providers tell what became of a message.
    pub fn report(&mut self, job: JobId) {
        self.outstanding += 1;
        let (wait, node) = (self.random.within(50, 90_000), self.random.below(self.nodes.len()));
        self.after(wait, Happening::Post(Post::Report(job), node));
    }

    /// Somebody sees a connection that must be signed in again, and does it once the provider lets them.
    fn sign_in(&mut self, account: usize) {
        if self.bad(account) == Some(Bad::SignedOut) {
            let wait = self.random.within(5_000, 30_000);
            return self.after(wait, Happening::SignIn(account));
        }
        self.signed_out.remove(&account);
        let node = self.random.below(self.nodes.len());
        self.nodes[node].forget(account);
        let now = self.nodes[node].clock(self.now);
        self.db.resume(account, now, self.now, self.mistake);
    }

    fn over(&self) -> bool {
        let waits = |state| matches!(state, JobState::Ready | JobState::Running | JobState::Held);
        self.outstanding == 0
            && self.db.events.values().all(|row| row.state != EventState::New)
            && !self.db.jobs.values().any(|row| waits(row.state))
            && self.nodes.iter().all(|node| node.alive && node.calls == 0)
    }

    fn at_end(&mut self) {
        let mut made: BTreeMap<super::database::Cause, Vec<JobId>> = BTreeMap::new();
        for (id, row) in &self.db.jobs {
            made.entry(row.cause).or_default().push(*id);
        }
        let audit = &mut self.audit;
        audit.events_at_end(&self.plan, &self.db, &self.acked, &made);
        audit.jobs_at_end(&self.db, &self.acked, &made);
    }
}
