//! How fast calls may go: per connection (`domain::pace`), and per recipient of a connection. What a provider allows is shared
//! by all nodes that live: each goes at its part.

use crate::connections::Connected;
use crate::pipeline::kinds;
use connectors::{Acted, Fail, LimitScope};
use domain::ids::ConnectionId;
use domain::pace::{Line, MOST_REST_MS};
use domain::queue::Bucket;
use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use store::claims::LeasedJob;

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
    /// Whether this call may be made now, by one of so many nodes; else when it is its turn.
    pub fn turn(&self, connection: &Connected, job: &LeasedJob, nodes: usize, now: i64) -> Option<i64> {
        let limits = connection.connector.spec().limits;
        let part = |whole: f64| whole / nodes as f64;
        let mut lines = lock(&self.lines);
        let new = || Line::new(part(limits.per_second), part(limits.burst), now);
        let line = lines.entry(connection.id).or_insert_with(new);
        line.set_rate(part(limits.per_second), part(limits.burst));
        // Another node found that it answers nobody. Its clock may be another, so it is not believed for longer than that can be.
        if let Some(rest) = connection.rests_until.map(|until| until - now).filter(|rest| *rest > 0) {
            line.close(now, rest.min(MOST_REST_MS));
        }
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
        let (rate, burst) = (part(1000.0 / limits.recipient_interval_ms.max(1) as f64), part(limits.recipient_burst));
        let bucket = recipients.entry(job.order_key.clone()).or_insert_with(|| Bucket::new(rate, burst, now));
        bucket.set_rate(rate, burst);
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
