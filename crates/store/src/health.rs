//! How the outside services and we ourselves fare: calls and events by hour, what waits, the size of the database.

use crate::{Db, Engine, Result};
use domain::ids::*;

/// Calls of, or events from, one connection in one hour.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Hour {
    pub connection_id: ConnectionId,
    /// Full hours since the first moment counted.
    pub hour: i64,
    pub calls: i64,
    /// Calls that ended badly. Being asked to wait is no failure.
    pub failed: i64,
    pub events: i64,
}

const HOURS: &str = "SELECT connection_id, hour, CAST(SUM(calls) AS BIGINT) AS calls, CAST(SUM(failed) AS BIGINT) AS failed, CAST(SUM(events) AS BIGINT) AS events FROM (
      SELECT j.connection_id, (a.started_at - $2) / 3600000 AS hour, COUNT(*) AS calls,
        COUNT(CASE WHEN a.outcome NOT IN ('done', 'limited') THEN 1 END) AS failed, 0 AS events
      FROM jobs j JOIN job_attempts a ON a.organisation_id = j.organisation_id AND a.job_id = j.id
      WHERE j.organisation_id = $1 AND j.id >= $3 AND j.connection_id IS NOT NULL AND a.started_at >= $2 GROUP BY 1, 2
      UNION ALL
      SELECT e.connection_id, (e.received_at - $2) / 3600000 AS hour, 0 AS calls, 0 AS failed, COUNT(*) AS events
      FROM events e
      WHERE e.organisation_id = $1 AND e.id >= $4 AND e.connection_id IS NOT NULL AND e.received_at >= $2 GROUP BY 1, 2
    ) parts GROUP BY 1, 2";

/// A try may come so long after its job was written.
const LONGEST_JOB_MS: i64 = 7 * 24 * 60 * 60 * 1000;

/// Every hour since a moment in which a connection was called or told something.
pub async fn hours(db: &Db, organisation: OrganisationId, since: i64) -> Result<Vec<Hour>> {
    let (job, event) = (JobId::make(since - LONGEST_JOB_MS, &[0; 10]), EventId::make(since, &[0; 10]));
    read!(db, c => sqlx::query_as::<_, Hour>(HOURS).bind(organisation).bind(since).bind(job).bind(event).fetch_all(c))
}

const JOBS: &str = "SELECT state, COUNT(*) FROM jobs WHERE organisation_id = $1 AND state IN ('ready', 'running', 'held', 'unknown', 'dead') GROUP BY state";
const EVENTS: &str = "SELECT COUNT(*) FROM events WHERE organisation_id = $1 AND state = 'new'";

/// Jobs that are not over, by state.
pub async fn jobs(db: &Db, organisation: OrganisationId) -> Result<Vec<(domain::queue::JobState, i64)>> {
    read!(db, c => sqlx::query_as::<_, (domain::queue::JobState, i64)>(JOBS).bind(organisation).fetch_all(c))
}

/// Events that wait to be applied.
pub async fn events_waiting(db: &Db, organisation: OrganisationId) -> Result<i64> {
    read!(db, c => sqlx::query_scalar::<_, i64>(EVENTS).bind(organisation).fetch_one(c))
}

const INBOX: &str = "SELECT COUNT(*), MIN(received_at) FROM events WHERE processed_at IS NULL";
// Organisation by organisation, so that what is over is not walked.
const QUEUE: &str = "SELECT
      CAST(COALESCE(SUM((SELECT COUNT(*) FROM jobs j WHERE j.organisation_id = o.id AND j.state = 'ready')), 0) AS BIGINT) AS ready,
      CAST(COALESCE(SUM((SELECT COUNT(*) FROM jobs j WHERE j.organisation_id = o.id AND j.state = 'running')), 0) AS BIGINT) AS running,
      CAST(COALESCE(SUM((SELECT COUNT(*) FROM jobs j WHERE j.organisation_id = o.id AND j.state = 'held')), 0) AS BIGINT) AS held,
      CAST(COALESCE(SUM((SELECT COUNT(*) FROM jobs j WHERE j.organisation_id = o.id AND j.state = 'unknown')), 0) AS BIGINT) AS unknown,
      CAST(COALESCE(SUM((SELECT COUNT(*) FROM jobs j WHERE j.organisation_id = o.id AND j.state = 'dead')), 0) AS BIGINT) AS dead
    FROM organisations o";

/// Jobs of all organisations that are not over.
#[derive(Clone, Copy, Debug, sqlx::FromRow)]
pub struct Queue {
    pub ready: i64,
    pub running: i64,
    pub held: i64,
    pub unknown: i64,
    pub dead: i64,
}

/// Events of all organisations that wait to be applied, and when the first of them came.
pub async fn inbox(db: &Db) -> Result<(i64, Option<i64>)> {
    read!(db, c => sqlx::query_as::<_, (i64, Option<i64>)>(INBOX).fetch_one(c))
}
/// Jobs of all organisations by state.
pub async fn queue(db: &Db) -> Result<Queue> {
    read!(db, c => sqlx::query_as::<_, Queue>(QUEUE).fetch_one(c))
}

fn size_sql(engine: Engine) -> String {
    match engine {
        Engine::Sqlite => "SELECT c.page_count * s.page_size FROM pragma_page_count c, pragma_page_size s",
        Engine::Postgres => "SELECT CAST(pg_database_size(current_database()) AS BIGINT)",
    }
    .to_owned()
}

/// Bytes the database takes.
pub async fn size(db: &Db) -> Result<i64> {
    let sql = size_sql(db.engine());
    read!(db, c => sqlx::query_scalar::<_, i64>(&sql).fetch_one(c))
}

/// Statements built at run time, for the test that prepares every statement on both engines.
pub fn built_statements(engine: Engine) -> Vec<String> {
    vec![size_sql(engine)]
}
