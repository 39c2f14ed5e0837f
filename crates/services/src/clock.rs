//! Time and randomness as arguments: the only place that reads the system's clock and random numbers.

use domain::ids::Id;
use rand::RngCore;
use std::sync::atomic::{AtomicI64, Ordering};

/// A clock.
pub trait Clock: Send + Sync + std::fmt::Debug {
    /// Epoch milliseconds.
    fn now(&self) -> i64;
}

/// The system's clock.
#[derive(Clone, Copy, Debug)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[allow(clippy::disallowed_methods, reason = "this is the one clock")]
    fn now(&self) -> i64 {
        std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).map_or(0, |d| d.as_millis() as i64)
    }
}

/// A clock that moves only when told.
#[derive(Debug)]
pub struct ManualClock(AtomicI64);

impl ManualClock {
    /// Starts at a time.
    pub fn at(ms: i64) -> Self {
        Self(AtomicI64::new(ms))
    }
    /// Moves on (or back).
    pub fn advance(&self, ms: i64) {
        self.0.fetch_add(ms, Ordering::SeqCst);
    }
}

impl Clock for ManualClock {
    fn now(&self) -> i64 {
        self.0.load(Ordering::SeqCst)
    }
}

/// Makes ids that never go back within this process, even if the clock does.
#[derive(Debug, Default)]
pub struct IdSource {
    last: std::sync::Mutex<(i64, u16)>,
}

impl IdSource {
    /// A fresh id; ids made one after the other sort in that order.
    pub fn next<T: Id>(&self, now: i64) -> T {
        let mut random = [0u8; 10];
        rand::rng().fill_bytes(&mut random);
        let mut last = self.last.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let (mut ms, mut count) = *last;
        if now > ms {
            (ms, count) = (now, u16::from(random[0]) << 2);
        } else if count < 0x0fff {
            count += 1;
        } else {
            (ms, count) = (ms + 1, 0);
        }
        *last = (ms, count);
        // The twelve bits after the version count within the millisecond.
        random[0] = (count >> 8) as u8;
        random[1] = count as u8;
        T::make(ms, &random)
    }
}

/// Random bytes for tokens and keys.
pub fn random_bytes<const N: usize>() -> [u8; N] {
    let mut bytes = [0u8; N];
    rand::rng().fill_bytes(&mut bytes);
    bytes
}

/// A random number in 0..1 for jitter.
pub fn jitter() -> f64 {
    f64::from(rand::rng().next_u32()) / (f64::from(u32::MAX) + 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::ids::EventId;

    #[test]
    fn ids_sort_in_the_order_they_were_made_even_when_the_clock_goes_back() {
        let source = IdSource::default();
        let ids: Vec<EventId> = (0..10_000).map(|n| source.next(1_000_000 - n % 7)).collect();
        assert!(ids.windows(2).all(|w| w[0].to_string() < w[1].to_string()));
    }
}
