//! How many requests a key, a person or an address may make in a minute, in memory of this node: counted in whole minutes,
//! so that whoever is refused is told exactly when it goes on.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

const MINUTE_MS: i64 = 60_000;
/// Most askers told apart within a minute; the others share one count.
const MOST: usize = 100_000;

/// Requests per minute; 0 means without limit.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Of one API key.
    pub key: u32,
    /// Of one signed-in person.
    pub person: u32,
    /// From one network address, signed in or not.
    pub address: u32,
}

/// What is left to somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rate {
    pub limit: u32,
    pub left: u32,
    /// Seconds until the count begins anew.
    pub reset: i64,
    pub refused: bool,
}

/// Requests of the minute under way.
#[derive(Debug, Default)]
pub struct Rates(Mutex<(i64, HashMap<String, u32>)>);

impl Rates {
    /// Counts a request of somebody; `None` where there is no limit.
    pub fn count(&self, who: &str, limit: u32, now: i64) -> Option<Rate> {
        if limit == 0 {
            return None;
        }
        let mut counted = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (minute, askers) = &mut *counted;
        if *minute != now.div_euclid(MINUTE_MS) {
            *minute = now.div_euclid(MINUTE_MS);
            askers.clear();
        }
        let who = if askers.len() >= MOST && !askers.contains_key(who) { "" } else { who };
        let count = askers.entry(who.to_owned()).or_default();
        let refused = *count >= limit;
        *count = count.saturating_add(1);
        let reset = (MINUTE_MS - now.rem_euclid(MINUTE_MS) + 999) / 1000;
        Some(Rate { limit, left: limit.saturating_sub(*count), reset, refused })
    }
}

/// One household has a whole IPv6 network, so that counts as one address.
pub fn network(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}")
        }
        IpAddr::V4(address) => address.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_minute_has_its_count_and_the_next_one_its_own() {
        let rates = Rates::default();
        let at = |now| rates.count("key a", 2, now).unwrap();
        assert_eq!(at(60_001), Rate { limit: 2, left: 1, reset: 60, refused: false });
        assert_eq!(at(90_000), Rate { limit: 2, left: 0, reset: 30, refused: false });
        assert_eq!(at(119_500), Rate { limit: 2, left: 0, reset: 1, refused: true });
        assert!(!rates.count("key b", 2, 119_500).unwrap().refused, "somebody else");
        assert!(!at(120_000).refused);
        assert_eq!(rates.count("key a", 0, 120_000), None);
    }

    #[test]
    fn memory_is_bounded() {
        let rates = Rates::default();
        for n in 0..MOST + 10 {
            rates.count(&n.to_string(), 5, 0);
        }
        assert_eq!(rates.0.lock().unwrap().1.len(), MOST + 1);
        assert!(rates.count("one too many", 5, 0).unwrap().refused, "the crowd shares a count");
    }
}
