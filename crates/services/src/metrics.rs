//! Counters for `/metrics`, in the Prometheus text format.

use std::fmt::Write;
use std::sync::atomic::{AtomicU64, Ordering};

macro_rules! counters {
    ($($(#[doc = $doc:literal])+ $name:ident),+ $(,)?) => {
        /// Counters since start.
        #[derive(Debug, Default)]
        pub struct Metrics { $($(#[doc = $doc])+ pub $name: Counter),+ }
        impl Metrics {
            /// The Prometheus text.
            pub fn render(&self) -> String {
                let mut out = String::new();
                $(let _ = writeln!(out, "# HELP pult_{0}{1}\n# TYPE pult_{0} counter\npult_{0} {2}", stringify!($name), concat!($($doc),+), self.$name.get());)+
                out
            }
        }
    };
}

/// A number that only grows.
#[derive(Debug, Default)]
pub struct Counter(AtomicU64);

impl Counter {
    /// Adds.
    pub fn add(&self, n: u64) {
        self.0.fetch_add(n, Ordering::Relaxed);
    }
    /// The value.
    pub fn get(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }
}

counters! {
    /// Webhook calls answered with 200.
    hooks_accepted_total,
    /// Webhook calls refused for a missing or wrong signature.
    hooks_unverified_total,
    /// Webhook calls refused for another reason.
    hooks_refused_total,
    /// Events stored.
    events_stored_total,
    /// Events recognised as repeats.
    events_repeated_total,
    /// Events applied.
    events_applied_total,
    /// Events given up.
    events_failed_total,
    /// Job attempts that ended well.
    jobs_done_total,
    /// Job attempts to be repeated.
    jobs_retried_total,
    /// Jobs given up.
    jobs_dead_total,
}
