//! A node of a simulated world: what one process remembers, and what its loops are busy with.

use super::calls::{End, Leased};
use super::world::{Doom, EPOCH, Ms, Post};
use domain::fair::Turns;
use domain::ids::{EventId, Id};
use domain::pace::Line;
use domain::queue::Bucket;
use std::collections::HashMap;

/// Calls under way at a time, and of those through one connection: fewer than in earnest, so that they run out.
pub const CALLS: usize = 8;
pub const EACH: usize = 3;

/// Loops of a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Loop {
    Ingest,
    Apply,
    Lease,
    Ends,
    House,
}

/// What a transaction is to do.
#[derive(Clone, Debug)]
pub enum Task {
    Ingest(Vec<Post>),
    Apply,
    /// The second of two transactions where there should be one.
    Applied(Vec<EventId>),
    Lease,
    Ends(Vec<End>),
    House,
}

/// What a loop is told after its transaction.
#[derive(Debug)]
pub enum Answer {
    Failed(Task),
    Stored(Vec<Post>),
    Applied(Vec<EventId>),
    Leased(Vec<(Leased, Option<Ms>)>),
    Done(Loop),
    /// There was nothing to do after all.
    Idle(Loop),
}

/// One process. All but its name, clock and number of starts is lost in a crash.
#[derive(Debug)]
pub struct Node {
    pub name: String,
    pub boot: u32,
    pub alive: bool,
    pub offset: Ms,
    /// The crash that waits for its moment, and how long the node stays away.
    pub doom: Option<(Doom, Ms)>,
    pub inbox: Vec<Post>,
    pub ends: Vec<End>,
    pub calls: usize,
    pub places: HashMap<usize, usize>,
    pub began: HashMap<usize, Ms>,
    pub lines: HashMap<usize, Line>,
    pub recipients: HashMap<(usize, u32), Bucket>,
    /// Whether a connection is paused, and when that was read.
    pub believed: HashMap<usize, (bool, Ms)>,
    pub event_turns: Turns,
    pub job_turns: Turns,
    pub latest: Ms,
    /// Loops with a transaction under way.
    pub busy: Vec<Loop>,
    /// When each loop looks again by itself.
    pub timers: Vec<(Loop, Ms)>,
    ids: u64,
}

impl Node {
    /// Not yet started.
    pub fn new(number: usize) -> Self {
        Self {
            name: format!("node {number}"),
            boot: 0,
            alive: false,
            offset: 0,
            doom: None,
            inbox: Vec::new(),
            ends: Vec::new(),
            calls: 0,
            places: HashMap::new(),
            began: HashMap::new(),
            lines: HashMap::new(),
            recipients: HashMap::new(),
            believed: HashMap::new(),
            event_turns: Turns::default(),
            job_turns: Turns::default(),
            latest: 0,
            busy: Vec::new(),
            timers: Vec::new(),
            ids: number as u64,
        }
    }
    /// What its clock shows.
    pub fn clock(&self, now: Ms) -> Ms {
        EPOCH + now + self.offset
    }
    /// A crash.
    pub fn lose_everything(&mut self) {
        let (name, boot, offset, ids) = (std::mem::take(&mut self.name), self.boot, self.offset, self.ids);
        *self = Self { name, boot, offset, ids, ..Self::new(0) };
    }
    /// A change of the connection made here is seen here at once.
    pub fn forget(&mut self, connection: usize) {
        self.believed.remove(&connection);
    }
    /// A fresh id.
    pub fn id<T: Id>(&mut self, clock: Ms) -> T {
        self.ids += 2;
        let mut random = [0; 10];
        random[2..].copy_from_slice(&self.ids.to_be_bytes());
        T::make(clock, &random)
    }
}
