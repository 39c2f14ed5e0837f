//! How fast calls may go: per connection (`domain::pace`), and per recipient of a connection.

use crate::connections::Connected;
use crate::pipeline::kinds;
use connectors::{Acted, Fail, LimitScope};
use domain::ids::ConnectionId;
use domain::pace::Line;
use domain::queue::Bucket;
use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use store::jobs::LeasedJob;

/// Recipients remembered; then they are forgotten, and asked for again.
const MOST: usize = 20_000;

/// This node's memory of what was sent lately. A limit the provider itself names is kept as well.
#[derive(Debug, Default)]
pub struct Pace {
    lines: Mutex<HashMap<ConnectionId, Line>>,
    recipients: Mutex<HashMap<String, Bucket>>,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Pace {
    /// Whether this call may be made now; else when it is its turn.
    pub fn turn(&self, connection: &Connected, job: &LeasedJob, now: i64) -> Option<i64> {
        let limits = connection.connector.spec().limits;
        let mut lines = lock(&self.lines);
        let line = lines.entry(connection.id).or_insert_with(|| Line::new(limits.per_second, limits.burst, now));
        if let Some(at) = line.turn(job.id, now) {
            return Some(at);
        }
        if job.kind != kinds::SEND_MESSAGE {
            return None;
        }
        let mut recipients = lock(&self.recipients);
        if recipients.len() > MOST {
            recipients.clear();
        }
        let rate = 1000.0 / limits.recipient_interval_ms.max(1) as f64;
        let bucket =
            recipients.entry(job.order_key.clone()).or_insert_with(|| Bucket::new(rate, limits.recipient_burst, now));
        bucket.take(now).err().map(|wait| now + wait)
    }

    /// The provider's «too fast» makes everyone wait whom it concerns; one that is away is asked ever more seldom: answers
    /// until when it is left alone, where that begins now.
    pub fn learn(
        &self,
        connection: &Connected,
        job: &LeasedJob,
        result: &Result<Acted, Fail>,
        now: i64,
    ) -> Option<i64> {
        let mut rests = None;
        if let Some(line) = lock(&self.lines).get_mut(&connection.id) {
            match result {
                Err(Fail::Transient { .. } | Fail::Unknown { .. }) => rests = line.broke_off(now),
                _ => line.answered(),
            }
        }
        let Err(Fail::Limited { scope, after_ms, .. }) = result else { return rests };
        match scope {
            LimitScope::Connection => {
                if let Some(line) = lock(&self.lines).get_mut(&connection.id) {
                    line.close(now, after_ms.unwrap_or(2_000));
                }
            }
            LimitScope::Recipient => {
                if let Some(bucket) = lock(&self.recipients).get_mut(&job.order_key) {
                    bucket.close(now, after_ms.unwrap_or(6_000));
                }
            }
        }
        rests
    }
}
