//! Limit of attempts: at most ten per quarter of an hour for one e-mail and for one peer address, in memory of this node,
//! which with several nodes allows its share of them. An attempt is counted before it is judged, so that many at once do not
//! slip through, and given back if it was good.

use crate::{Error, Result};
use domain::{ApiError, ErrorCode};
use std::collections::{HashMap, VecDeque};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Attempts within [`WINDOW_MS`].
const ATTEMPTS: usize = 10;
const WINDOW_MS: i64 = 15 * 60_000;
/// Most keys remembered; the one that was quiet the longest gives way.
const KEYS: usize = 10_000;

/// Remembers recent attempts.
#[derive(Debug, Default)]
pub struct AttemptLimiter {
    known: Mutex<HashMap<String, VecDeque<i64>>>,
    /// Nodes that share the attempts; 0 before that is known.
    nodes: AtomicUsize,
}

/// A counted attempt.
#[derive(Debug)]
#[must_use]
pub struct Attempt {
    keys: Vec<String>,
}

impl AttemptLimiter {
    /// So many nodes share the attempts.
    pub(crate) fn share(&self, nodes: usize) {
        self.nodes.store(nodes, Ordering::Relaxed);
    }
    /// Attempts within the window on this node: whoever mistypes once more must get in by any of them.
    fn most(&self) -> usize {
        ATTEMPTS.div_ceil(self.nodes.load(Ordering::Relaxed).max(1)).max(2)
    }

    /// Counts an attempt for whoever it concerns, or says how long to wait. Refused attempts do not lengthen the wait.
    pub(super) fn take(&self, now: i64, purpose: &str, email: Option<&str>, peer: Option<&str>) -> Result<Attempt> {
        let email = email.map(|email| format!("{purpose} {email}"));
        let peer = peer.map(|peer| format!("{purpose} from {}", network(peer)));
        let keys: Vec<String> = email.into_iter().chain(peer).collect();
        let most = self.most();
        let mut known = self.lock();
        for key in &keys {
            let Some(times) = known.get_mut(key) else { continue };
            times.retain(|at| *at > now - WINDOW_MS);
            // The last `most` of them count: with another node coming there may be more than are allowed now.
            if let Some(oldest) = times.len().checked_sub(most).and_then(|place| times.get(place)) {
                let seconds = (oldest + WINDOW_MS - now).max(1_000).div_euclid(1_000);
                return Err(Error::Api(ApiError::new(ErrorCode::TooManyAttempts).arg("seconds", seconds)));
            }
        }
        for key in &keys {
            if !known.contains_key(key) {
                make_room(&mut known, now);
            }
            known.entry(key.clone()).or_default().push_back(now);
        }
        Ok(Attempt { keys })
    }

    /// The attempt was good and does not count.
    pub(super) fn give_back(&self, attempt: &Attempt) {
        let mut known = self.lock();
        for key in &attempt.keys {
            if let Some(times) = known.get_mut(key) {
                times.pop_back();
                if times.is_empty() {
                    known.remove(key);
                }
            }
        }
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<String, VecDeque<i64>>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn make_room(known: &mut HashMap<String, VecDeque<i64>>, now: i64) {
    if known.len() < KEYS {
        return;
    }
    known.retain(|_, times| times.back().is_some_and(|at| *at > now - WINDOW_MS));
    while known.len() >= KEYS {
        let quietest = known.iter().min_by_key(|(_, times)| times.back()).map(|(key, _)| key.clone());
        let Some(key) = quietest else { return };
        known.remove(&key);
    }
}

/// What counts as one peer.
fn network(peer: &str) -> String {
    peer.parse().map_or_else(|_| peer.chars().take(64).collect(), crate::rates::network)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(result: Result<Attempt>) -> Option<String> {
        match result {
            Err(Error::Api(e)) if e.code == ErrorCode::TooManyAttempts => e.args.get("seconds").cloned(),
            _ => None,
        }
    }

    #[test]
    fn ten_attempts_then_a_wait_that_slides() {
        let limiter = AttemptLimiter::default();
        for n in 0..10 {
            let _ = limiter.take(n * 1_000, "x", Some("a@b.example"), None).unwrap();
        }
        assert_eq!(refused(limiter.take(10_000, "x", Some("a@b.example"), None)).as_deref(), Some("890"));
        let _ = limiter.take(10_000, "x", Some("other@b.example"), None).unwrap();
        let _ = limiter.take(10_000, "y", Some("a@b.example"), None).unwrap();
        let _ = limiter.take(WINDOW_MS, "x", Some("a@b.example"), None).unwrap();
        assert_eq!(refused(limiter.take(WINDOW_MS, "x", Some("a@b.example"), None)).as_deref(), Some("1"));
    }

    #[test]
    fn nodes_share_the_attempts() {
        let limiter = AttemptLimiter::default();
        let attempt = |now| limiter.take(now, "x", Some("a@b.example"), None);
        limiter.share(2);
        for n in 0..5 {
            let _ = attempt(n * 1_000).unwrap();
        }
        assert_eq!(refused(attempt(5_000)).as_deref(), Some("895"));
        limiter.share(1);
        for n in 5..10 {
            let _ = attempt(n * 1_000).unwrap();
        }
        limiter.share(5);
        assert_eq!(refused(attempt(10_000)).as_deref(), Some("898"), "the last two count");
        limiter.share(1_000);
        let _ = limiter.take(0, "x", Some("c@b.example"), None).unwrap();
        let _ = limiter.take(0, "x", Some("c@b.example"), None).unwrap();
    }

    #[test]
    fn good_attempts_do_not_count_and_a_network_is_one_peer() {
        let limiter = AttemptLimiter::default();
        for _ in 0..50 {
            let good = limiter.take(1, "x", Some("a@b.example"), Some("192.0.2.1")).unwrap();
            limiter.give_back(&good);
        }
        assert!(limiter.lock().is_empty());
        for n in 0..10 {
            let peer = format!("2001:db8:1:2::{n}");
            let _ = limiter.take(1, "x", None, Some(&peer)).unwrap();
        }
        assert!(refused(limiter.take(1, "x", None, Some("2001:db8:1:2:ffff::1"))).is_some());
        let _ = limiter.take(1, "x", None, Some("2001:db8:1:3::1")).unwrap();
    }

    #[test]
    fn memory_is_bounded() {
        let limiter = AttemptLimiter::default();
        for n in 0..(KEYS as i64 + 50) {
            let _ = limiter.take(n, "x", Some(&format!("{n}@b.example")), None).unwrap();
        }
        assert_eq!(limiter.lock().len(), KEYS);
        assert!(!limiter.lock().contains_key("x 0@b.example"));
    }
}
