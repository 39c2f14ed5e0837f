//! Turns in the line of one connection, as arithmetic. Whoever is too early gets a turn of their own instead of trying again
//! and again: of five thousand waiting jobs each is moved once, not all of them every time.

use crate::ids::JobId;
use crate::queue::Bucket;
use std::collections::HashSet;

/// Turns remembered; then they are forgotten, and asked for again.
const MOST: usize = 20_000;

/// Calls of a connection that may break off before it is left alone, and for how long.
const PATIENCE: u32 = 5;
const REST_MS: i64 = 1_000;
pub const MOST_REST_MS: i64 = 30_000;

/// The jobs of one connection, one behind the other.
#[derive(Clone, Debug)]
pub struct Line {
    bucket: Bucket,
    interval_ms: i64,
    /// Whose turn was promised.
    promised: HashSet<JobId>,
    /// The first turn nobody was promised.
    free_at: i64,
    seen_at: i64,
    /// Calls that broke off one after the other.
    broken: u32,
    /// Calls that were under way when it was closed tell nothing new.
    rests_until: i64,
}

fn interval_ms(per_second: f64) -> i64 {
    (1000.0 / per_second.max(0.001)).ceil() as i64
}

impl Line {
    /// Nobody waits yet.
    pub fn new(per_second: f64, burst: f64, now: i64) -> Self {
        Self {
            bucket: Bucket::new(per_second, burst, now),
            interval_ms: interval_ms(per_second),
            promised: HashSet::new(),
            free_at: now,
            seen_at: now,
            broken: 0,
            rests_until: i64::MIN,
        }
    }
    /// From now on so fast: a node has come or gone. Turns that were promised stay.
    pub fn set_rate(&mut self, per_second: f64, burst: f64) {
        self.bucket.set_rate(per_second, burst);
        self.interval_ms = interval_ms(per_second);
    }
    /// The provider answers.
    pub fn answered(&mut self) {
        self.broken = 0;
    }
    /// A provider that answers nobody is left alone for a while, twice as long every time: the jobs keep
    /// their attempts. Answers until when, where that begins now.
    pub fn broke_off(&mut self, now: i64) -> Option<i64> {
        if now < self.rests_until {
            return None;
        }
        self.broken = self.broken.saturating_add(1);
        if self.broken < PATIENCE {
            return None;
        }
        let rest = (REST_MS << (self.broken - PATIENCE).min(10)).min(MOST_REST_MS);
        self.rests_until = now + rest;
        self.close(now, rest);
        Some(self.rests_until)
    }
    /// Whether this job may go now; else when it is its turn.
    pub fn turn(&mut self, job: JobId, now: i64) -> Option<i64> {
        // A clock that goes back takes the promises along.
        let back = (self.seen_at - now).max(0);
        (self.free_at, self.rests_until) = (self.free_at - back, self.rests_until.saturating_sub(back));
        self.seen_at = now;
        if self.promised.remove(&job) || self.free_at <= now {
            match self.bucket.take(now) {
                Ok(()) => return None,
                Err(wait) => self.free_at = self.free_at.max(now + wait),
            }
        }
        if self.promised.len() >= MOST {
            self.promised.clear();
        }
        let at = self.free_at;
        self.free_at += self.interval_ms;
        self.promised.insert(job);
        Some(at)
    }
    /// Whose turn falls into that time goes to the end; the others keep theirs.
    pub fn close(&mut self, now: i64, for_ms: i64) {
        self.bucket.close(now, for_ms);
        self.free_at = self.free_at.max(now + for_ms);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::Id;
    use std::collections::{BTreeMap, BTreeSet};

    fn id(n: u64) -> JobId {
        let mut random = [0; 10];
        random[2..].copy_from_slice(&n.to_be_bytes());
        JobId::make(1, &random)
    }

    /// Lets them come when they were told; answers when each had its turn, and how often all asked.
    fn run(line: &mut Line, jobs: u64) -> (BTreeMap<JobId, i64>, usize) {
        let mut waiting: BTreeSet<(i64, JobId)> = (0..jobs).map(|n| (0, id(n))).collect();
        let (mut turns, mut asked) = (BTreeMap::new(), 0);
        while let Some((now, job)) = waiting.pop_first() {
            asked += 1;
            match line.turn(job, now) {
                None => drop(turns.insert(job, now)),
                Some(at) => {
                    assert!(at > now, "a turn in the past");
                    waiting.insert((at, job));
                }
            }
        }
        (turns, asked)
    }

    #[test]
    fn everybody_is_moved_once_and_nobody_goes_too_fast() {
        let mut line = Line::new(2.0, 2.0, 0);
        let (turns, asked) = run(&mut line, 500);
        assert!(asked <= 1_010, "{asked}");
        let mut times: Vec<i64> = turns.into_values().collect();
        times.sort_unstable();
        assert!(times.windows(3).skip(1).all(|three| three[2] - three[0] >= 990), "{times:?}");
        assert!((245_000..252_000).contains(times.last().unwrap()), "{:?}", times.last());
    }

    #[test]
    fn who_comes_late_waits_behind_those_who_wait_already() {
        let mut line = Line::new(2.0, 1.0, 0);
        assert_eq!((line.turn(id(1), 0), line.turn(id(2), 0), line.turn(id(3), 0)), (None, Some(500), Some(1_000)));
        assert_eq!(line.turn(id(4), 500), Some(1_500), "that turn is promised");
        assert_eq!((line.turn(id(2), 500), line.turn(id(3), 1_000), line.turn(id(4), 1_500)), (None, None, None));
        assert_eq!(line.turn(id(5), 2_500), None, "the line is empty again");
    }

    #[test]
    fn a_clock_that_goes_back_keeps_nobody_waiting_for_an_hour() {
        let mut line = Line::new(2.0, 1.0, 10_000_000);
        assert_eq!(line.turn(id(1), 10_000_000), None);
        assert_eq!(line.turn(id(2), 10_000_000), Some(10_000_500));
        let at = line.turn(id(3), 6_400_000).unwrap();
        assert!(at <= 6_402_000, "{at}");
    }

    #[test]
    fn who_comes_after_a_closed_second_keeps_their_turn() {
        let mut line = Line::new(2.0, 1.0, 0);
        let turns: Vec<_> = (0..100).map(|n| line.turn(id(n), 0)).collect();
        assert_eq!((turns[0], turns[1], turns[99]), (None, Some(500), Some(49_500)));
        assert_eq!(line.turn(id(1), 500), None);
        line.close(500, 1_000);
        assert_eq!((line.turn(id(2), 1_000), line.turn(id(3), 1_500)), (Some(50_000), Some(50_500)));
        assert_eq!((line.turn(id(4), 2_000), line.turn(id(5), 2_500)), (None, None));
    }

    #[test]
    fn who_answers_nobody_is_asked_ever_more_seldom_and_at_once_when_they_are_back() {
        let mut line = Line::new(1_000.0, 1_000.0, 0);
        let mut now = 0;
        let mut rests = Vec::new();
        for n in 0..12 {
            let began = now;
            while let Some(at) = line.turn(id(n), now) {
                now = at;
            }
            if now > began {
                rests.push((now - began) / 1_000 * 1_000);
            }
            line.broke_off(now);
        }
        assert_eq!(rests, [1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
        line.answered();
        line.broke_off(now + 40_000);
        assert_eq!(line.turn(id(20), now + 40_000), None, "one failure closes nothing");
        // Sixteen that were under way are one failure, not sixteen.
        let mut line = Line::new(1_000.0, 1_000.0, 0);
        (0..16).for_each(|_| {
            line.broke_off(5);
        });
        assert_eq!(line.turn(id(1), 5), Some(1_005));
    }

    #[test]
    fn two_nodes_that_share_a_rate_are_together_as_fast_as_one() {
        let last = |mut line: Line, jobs| *run(&mut line, jobs).0.values().max().unwrap();
        let shared = || {
            let mut line = Line::new(10.0, 10.0, 0);
            line.set_rate(5.0, 5.0);
            line
        };
        let (alone, half) = (last(Line::new(10.0, 10.0, 0), 600), last(shared(), 300));
        assert!((58_000..=60_000).contains(&alone) && (58_000..=60_000).contains(&half), "{alone} {half}");
        // One is left, and has all of it.
        let mut left = shared();
        left.set_rate(10.0, 10.0);
        assert!(last(left, 600) <= 60_000);
    }

    #[test]
    fn what_the_provider_closes_stays_closed() {
        let mut line = Line::new(10.0, 10.0, 0);
        line.close(0, 60_000);
        assert_eq!((line.turn(id(1), 5), line.turn(id(2), 5)), (Some(60_000), Some(60_100)));
        assert_eq!(line.turn(id(1), 60_000), Some(60_200), "nothing has gathered meanwhile");
    }
}
