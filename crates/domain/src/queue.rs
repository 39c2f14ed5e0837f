//! The outbox as arithmetic: states, retry delays, leases and the token bucket. No clock and no randomness of its own,
//! so that live workers, tests and a simulator with virtual time run the same code.

crate::macros::text_enum! {
    /// State of a job.
    pub enum JobState {
        /// Waits for its time.
        Ready = "ready",
        /// Leased by a worker.
        Running = "running",
        Done = "done",
        /// Given up; the reason is with the job. Can be retried by hand.
        Dead = "dead",
        /// Held by a gate (paused connection, stop switch) until a person or an event releases it.
        Held = "held",
        /// The call broke off and cannot be repeated blindly.
        Unknown = "unknown",
        Cancelled = "cancelled",
    }
}

crate::macros::text_enum! {
    /// State of an event in the inbox.
    pub enum EventState {
        New = "new",
        Done = "done",
        /// Understood, but nothing here concerns us (unknown type, other account); kept for the log.
        Ignored = "ignored",
        /// Could not be applied after several tries.
        Failed = "failed",
    }
}

/// How a job's attempt ended.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    Done,
    /// Worth another try; `after_ms` is the provider's own wish. `counts` is false for rate limits: waiting is no failure.
    Retry {
        after_ms: Option<i64>,
        counts: bool,
    },
    /// Never again by itself.
    Fail,
    /// May or may not have happened.
    Unknown,
    /// Wait for a person or an event (connection paused).
    Hold,
}

/// What to write to the job row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Next {
    pub state: JobState,
    pub run_at: i64,
    /// Attempts that count towards the limit.
    pub attempts: i32,
}

/// Attempts before a job is dead: 5 s, 10 s, 20 s, then 1, 5, 15, 60 minutes, then every 4 hours up to a day.
pub const MAX_ATTEMPTS: i32 = 12;

/// Milliseconds before attempt `failed + 1`, after `failed` counted failures. `jitter` is 0..1 and touches only the slow class,
/// so the first three retries come at exactly 5, 10 and 20 seconds.
pub fn backoff_ms(failed: i32, jitter: f64) -> i64 {
    let jitter = if jitter.is_finite() { jitter.clamp(0.0, 1.0) } else { 0.0 };
    let minutes = match failed {
        i32::MIN..=1 => return 5_000,
        2 => return 10_000,
        3 => return 20_000,
        4 => 1,
        5 => 5,
        6 => 15,
        7 => 60,
        _ => 240,
    };
    (minutes as f64 * 60_000.0 * (1.0 + 0.2 * jitter)) as i64
}

/// The row after an attempt. `attempts` counts failures so far, without this one.
pub fn after(outcome: &Outcome, attempts: i32, max_attempts: i32, now: i64, jitter: f64) -> Next {
    match *outcome {
        Outcome::Done => Next { state: JobState::Done, run_at: now, attempts },
        Outcome::Fail => Next { state: JobState::Dead, run_at: now, attempts: attempts.saturating_add(1) },
        Outcome::Unknown => Next { state: JobState::Unknown, run_at: now, attempts: attempts.saturating_add(1) },
        Outcome::Hold => Next { state: JobState::Held, run_at: now, attempts },
        Outcome::Retry { after_ms, counts } => {
            let failed = if counts { attempts.saturating_add(1) } else { attempts };
            if failed >= max_attempts {
                return Next { state: JobState::Dead, run_at: now, attempts: failed };
            }
            let own = backoff_ms(failed, jitter);
            let wait = if counts { after_ms.map_or(own, |wish| wish.max(own)) } else { after_ms.unwrap_or(1_000) };
            Next {
                state: JobState::Ready,
                run_at: now.saturating_add(wait.clamp(0, 7 * 24 * 3_600_000)),
                attempts: failed,
            }
        }
    }
}

/// Tries before an event is given up and shown.
pub const EVENT_TRIES: i64 = 5;

/// An event that could not be applied for the `tries`-th time: when it is tried again, or `None` when it is given up.
pub fn event_again_at(tries: i64, now: i64) -> Option<i64> {
    (tries < EVENT_TRIES).then(|| now + backoff_ms(i32::try_from(tries).unwrap_or(i32::MAX), 0.0) / 5)
}

/// How long a worker may keep a job before another takes it.
pub const LEASE_MS: i64 = 90_000;

/// A node that has shown no sign of life for so long is gone, by the clock of the database.
pub const GONE_MS: i64 = 15_000;

/// Whether a running job may be taken over. Clocks of nodes differ, so each judges only its `own` leases by its clock; those of
/// others are void when the start that made them is no longer `alive`.
pub fn lease_void(now: i64, lease_until: i64, own: bool, alive: bool) -> bool {
    if own { now >= lease_until } else { !alive }
}

/// Token bucket of one connection.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bucket {
    pub per_second: f64,
    pub burst: f64,
    tokens: f64,
    at: i64,
    /// Nothing before this time (the provider said «too many»).
    closed_until: i64,
    /// When it was asked last, to notice a clock that goes back.
    seen: i64,
}

impl Bucket {
    /// A full bucket.
    pub fn new(per_second: f64, burst: f64, now: i64) -> Self {
        Self {
            per_second: per_second.max(0.001),
            burst: burst.max(1.0),
            tokens: burst.max(1.0),
            at: now,
            closed_until: 0,
            seen: now,
        }
    }
    /// From now on so fast; what has gathered stays, as far as there is room.
    pub fn set_rate(&mut self, per_second: f64, burst: f64) {
        (self.per_second, self.burst) = (per_second.max(0.001), burst.max(1.0));
        self.tokens = self.tokens.min(self.burst);
    }
    /// A clock that goes back takes what was promised for later along.
    fn look_at(&mut self, now: i64) {
        let back = (self.seen - now).max(0);
        (self.closed_until, self.at, self.seen) = (self.closed_until - back, self.at - back, now);
    }
    /// Takes a token, or says how many milliseconds to wait. A clock that goes back adds nothing and breaks nothing.
    pub fn take(&mut self, now: i64) -> Result<(), i64> {
        self.look_at(now);
        if now < self.closed_until {
            return Err(self.closed_until - now);
        }
        let passed = (now - self.at).max(0) as f64 / 1000.0;
        self.tokens = (self.tokens + passed * self.per_second).min(self.burst);
        self.at = now;
        if self.tokens >= 1.0 {
            self.tokens -= 1.0;
            Ok(())
        } else {
            Err((((1.0 - self.tokens) / self.per_second) * 1000.0).ceil() as i64)
        }
    }
    /// The provider refused for rate: empty now, closed for a while.
    pub fn close(&mut self, now: i64, for_ms: i64) {
        self.look_at(now);
        self.tokens = 0.0;
        self.closed_until = self.closed_until.max(now.saturating_add(for_ms));
        // Nothing gathers while it is closed: it opens without a burst.
        self.at = self.closed_until;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn first_retries_are_exact() {
        assert_eq!([1, 2, 3].map(|n| backoff_ms(n, 0.9)), [5_000, 10_000, 20_000]);
        assert!(backoff_ms(4, 0.0) >= 60_000);
    }

    #[test]
    fn a_wish_of_the_provider_only_lengthens() {
        let retry = |after_ms| after(&Outcome::Retry { after_ms, counts: true }, 0, 5, 100, 0.0).run_at;
        assert_eq!((retry(None), retry(Some(1)), retry(Some(60_000))), (5_100, 5_100, 60_100));
        let limited = after(&Outcome::Retry { after_ms: Some(250), counts: false }, 4, 5, 100, 0.0);
        assert_eq!(limited, Next { state: JobState::Ready, run_at: 350, attempts: 4 });
    }

    #[test]
    fn an_event_is_tried_five_times() {
        let again = (1..=6).map(|tries| event_again_at(tries, 1_000));
        assert_eq!(again.collect::<Vec<_>>(), [Some(2_000), Some(3_000), Some(5_000), Some(13_000), None, None]);
    }

    #[test]
    fn leases_of_a_start_that_is_gone_are_void_at_once_and_no_foreign_clock_ends_one() {
        assert!(lease_void(10, 100, false, false));
        assert!(!lease_void(10, 100, false, true));
        assert!(!lease_void(100_000, 100, false, true), "another node's clock says nothing");
        assert!(!lease_void(10, 100, true, true) && lease_void(100, 100, true, true));
    }

    #[test]
    fn a_clock_that_goes_back_keeps_nothing_closed_for_an_hour() {
        let mut bucket = Bucket::new(10.0, 5.0, 10_000_000);
        bucket.close(10_000_000, 2_000);
        assert_eq!(bucket.take(10_000_500), Err(1_500));
        assert_eq!(bucket.take(6_400_500), Err(1_500), "an hour earlier by the clock");
        assert!(bucket.take(6_402_101).is_ok());
    }

    proptest! {
        #[test]
        fn a_job_always_ends(jitter in 0.0f64..1.0) {
            let mut attempts = 0;
            for _ in 0..=MAX_ATTEMPTS {
                let next = after(&Outcome::Retry { after_ms: None, counts: true }, attempts, MAX_ATTEMPTS, 0, jitter);
                attempts = next.attempts;
                if next.state == JobState::Dead { return Ok(()); }
            }
            prop_assert!(false, "still alive");
        }
        #[test]
        fn bucket_never_gives_more_than_its_rate(steps in prop::collection::vec(0i64..400, 1..200)) {
            let mut bucket = Bucket::new(10.0, 5.0, 0);
            let (mut now, mut given) = (0, 0);
            for step in steps { now += step; if bucket.take(now).is_ok() { given += 1; } }
            prop_assert!(f64::from(given) <= 5.0 + now as f64 / 100.0 + 1.0);
        }
        #[test]
        fn waiting_as_told_is_enough(rate in 0.5f64..100.0) {
            let mut bucket = Bucket::new(rate, 1.0, 0);
            bucket.take(0).unwrap();
            let wait = bucket.take(0).unwrap_err();
            prop_assert!(bucket.take(wait + 1).is_ok());
        }
    }
}
