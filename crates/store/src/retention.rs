//! What is over and may go: payloads and events of the inbox, jobs and their attempts. Taken away in bites, oldest first,
//! so that nobody who writes waits long. Also the room the installation took day by day.

use crate::{Db, Result, Tx};
use domain::ids::*;

// Ids begin with their time, so the oldest are found by the primary key. What could not be applied keeps its payload as long
// as the event, so that it can be applied yet.
const PAYLOADS: &str = "DELETE FROM event_payloads WHERE organisation_id = $1 AND event_id IN (
      SELECT p.event_id FROM event_payloads p JOIN events e ON e.organisation_id = p.organisation_id AND e.id = p.event_id
      WHERE p.organisation_id = $1 AND p.event_id < $2 AND (e.state IN ('done', 'ignored') OR (e.state = 'failed' AND p.event_id < $3))
      ORDER BY p.event_id LIMIT $4)";
const EVENTS: &str = "DELETE FROM events WHERE organisation_id = $1 AND id IN (
      SELECT e.id FROM events e WHERE e.organisation_id = $1 AND e.id < $2 AND e.state <> 'new'
        AND NOT EXISTS (SELECT 1 FROM event_payloads p WHERE p.organisation_id = e.organisation_id AND p.event_id = e.id)
      ORDER BY e.id LIMIT $3)";
const ATTEMPTS: &str = "DELETE FROM job_attempts WHERE organisation_id = $1 AND (job_id, number) IN (
      SELECT a.job_id, a.number FROM job_attempts a JOIN jobs j ON j.organisation_id = a.organisation_id AND j.id = a.job_id
      WHERE a.organisation_id = $1 AND a.job_id < $2 AND j.state IN ('done', 'cancelled') ORDER BY a.job_id LIMIT $3)";
const JOBS: &str = "DELETE FROM jobs WHERE organisation_id = $1 AND id IN (
      SELECT j.id FROM jobs j WHERE j.organisation_id = $1 AND j.id < $2 AND j.state IN ('done', 'cancelled')
        AND NOT EXISTS (SELECT 1 FROM job_attempts a WHERE a.organisation_id = j.organisation_id AND a.job_id = j.id)
      ORDER BY j.id LIMIT $3)";

fn event_before(at: i64) -> EventId {
    EventId::make(at.max(0), &[0; 10])
}
fn job_before(at: i64) -> JobId {
    JobId::make(at.max(0), &[0; 10])
}

/// Payloads of events before a time that are over; of failed ones before another.
pub async fn payloads(tx: &mut Tx, organisation: OrganisationId, over: i64, failed: i64, bite: i64) -> Result<u64> {
    execute!(tx, PAYLOADS, organisation, event_before(over), event_before(failed), bite)
}
/// Events before a time that have no payload any more.
pub async fn events(tx: &mut Tx, organisation: OrganisationId, before: i64, bite: i64) -> Result<u64> {
    execute!(tx, EVENTS, organisation, event_before(before), bite)
}
/// Attempts of jobs before a time that are over.
pub async fn attempts(tx: &mut Tx, organisation: OrganisationId, before: i64, bite: i64) -> Result<u64> {
    execute!(tx, ATTEMPTS, organisation, job_before(before), bite)
}
/// Jobs before a time that are over and have no attempts any more.
pub async fn jobs(tx: &mut Tx, organisation: OrganisationId, before: i64, bite: i64) -> Result<u64> {
    execute!(tx, JOBS, organisation, job_before(before), bite)
}

const NOTE: &str =
    "INSERT INTO disk_days (day, bytes) VALUES ($1, $2) ON CONFLICT (day) DO UPDATE SET bytes = excluded.bytes";
const FORGET: &str = "DELETE FROM disk_days WHERE day < $1";
const SINCE: &str = "SELECT day, bytes FROM disk_days WHERE day >= $1 ORDER BY day LIMIT 1";
const FILES: &str = "SELECT CAST(COALESCE(SUM(size), 0) AS BIGINT) FROM files";

/// Notes the room taken on a day, and forgets days before another.
pub async fn note_room(tx: &mut Tx, day: i64, bytes: i64, forget: i64) -> Result<()> {
    execute!(tx, NOTE, day, bytes)?;
    execute!(tx, FORGET, forget).map(drop)
}
/// The first day noted since one, with the room taken then.
pub async fn room_since(db: &Db, day: i64) -> Result<Option<(i64, i64)>> {
    read!(db, c => sqlx::query_as::<_, (i64, i64)>(SINCE).bind(day).fetch_optional(c))
}
/// Bytes of all uploaded files.
pub async fn files(db: &Db) -> Result<i64> {
    read!(db, c => sqlx::query_scalar::<_, i64>(FILES).fetch_one(c))
}
