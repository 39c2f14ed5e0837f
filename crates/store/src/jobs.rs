//! The outbox: jobs, their leases and attempts. Which state follows which is decided in `domain::queue`.

use crate::claims::LeasedJob;
use crate::{Db, Result, Tx};
use domain::ids::*;
use domain::queue::{JobState, Next};
use domain::views::{AttemptView, JobView};
use serde_json::Value as Json;

/// A job to write together with the change that caused it.
#[derive(Clone, Debug)]
pub struct NewJob {
    pub id: JobId,
    pub kind: &'static str,
    pub connection: Option<ConnectionId>,
    /// Jobs of one key run one after the other, oldest first.
    pub order_key: String,
    pub run_at: i64,
    pub max_attempts: i32,
    /// A second job with the same key is not written.
    pub idempotency_key: Option<String>,
    pub payload: Json,
    pub object_kind: &'static str,
    pub object_id: String,
    pub cause: Cause,
}

/// Why something happens: its nearest cause, the chain it belongs to and how deep it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cause {
    /// `event`, `job`, `user`, `key`, `system`.
    pub kind: &'static str,
    pub id: Option<String>,
    /// Id of the first cause; the whole chain carries it.
    pub chain: String,
    pub depth: i64,
}

const INSERT: &str = "INSERT INTO jobs (organisation_id, id, kind, connection_id, order_key, state, run_at, attempts, max_attempts, calls,
      idempotency_key, payload, object_kind, object_id, cause_kind, cause_id, chain, depth, created_at)
    VALUES ($1, $2, $3, $4, $5, 'ready', $6, 0, $7, 0, $8, $9, $10, $11, $12, $13, $14, $15, $16)
    ON CONFLICT (organisation_id, idempotency_key) DO NOTHING";

/// Writes a job; `false` when its idempotency key was there already.
pub async fn insert(tx: &mut Tx, organisation: OrganisationId, job: &NewJob, now: i64) -> Result<bool> {
    let done = execute!(
        tx,
        INSERT,
        organisation,
        job.id,
        job.kind,
        job.connection,
        &job.order_key,
        job.run_at,
        i64::from(job.max_attempts),
        job.idempotency_key.as_deref(),
        &job.payload,
        job.object_kind,
        &job.object_id,
        job.cause.kind,
        job.cause.id.as_deref(),
        &job.cause.chain,
        job.cause.depth,
        now
    )?;
    Ok(done == 1)
}

/// Kinds that reach people or services outside: what a stop holds, and what a rule has written.
pub const SENDS: [&str; 5] = ["send_message", "invite", "answer_review", "call_webhook", "call_service"];

/// Kinds that reach somebody as well, but are nothing a stop is pulled for: letters to members, and that a message was read. Only
/// what a copy brought along of them is held, since it may have gone out long ago.
pub const ASIDE: [&str; 2] = ["mail", "mark_read"];

/// [`SENDS`] as a list in a statement.
pub(crate) fn sends() -> String {
    SENDS.map(|kind| format!("'{kind}'")).join(", ")
}

const FINISH: &str = "UPDATE jobs SET state = $4, run_at = $5, attempts = $6, code = $7, detail = $8, lease_until = NULL, lease_node = NULL, lease_boot = NULL,
      finished_at = CASE WHEN $4 IN ('done', 'dead', 'cancelled') THEN CAST($9 AS BIGINT) END
    WHERE organisation_id = $1 AND id = $2 AND calls = $3 AND state = 'running'";

/// Writes what follows an attempt. `false`: the lease was lost meanwhile and nothing was written.
#[allow(clippy::too_many_arguments)]
pub async fn finish(
    tx: &mut Tx,
    organisation: OrganisationId,
    id: JobId,
    calls: i64,
    next: &Next,
    code: Option<&str>,
    detail: Option<&str>,
    now: i64,
) -> Result<bool> {
    Ok(execute!(
        tx,
        FINISH,
        organisation,
        id,
        calls,
        next.state,
        next.run_at,
        i64::from(next.attempts),
        code,
        detail,
        now
    )? == 1)
}

const POSTPONE: &str = "UPDATE jobs SET state = 'ready', run_at = $4, calls = calls - 1, lease_until = NULL, lease_node = NULL, lease_boot = NULL
    WHERE organisation_id = $1 AND id = $2 AND calls = $3 AND state = 'running'";

/// Gives a lease back without a call having been made (rate limit of our own).
pub async fn postpone(tx: &mut Tx, organisation: OrganisationId, id: JobId, calls: i64, run_at: i64) -> Result<bool> {
    Ok(execute!(tx, POSTPONE, organisation, id, calls, run_at)? == 1)
}

/// Calls that may be repeated go back to the queue; a send that may have gone out waits for a report or a person.
fn release_sql(repeatable: bool) -> String {
    let (state, test) = if repeatable { ("ready", "NOT IN") } else { ("unknown", "IN") };
    format!(
        "UPDATE jobs SET state = '{state}', lease_until = NULL, lease_node = NULL, lease_boot = NULL
         WHERE state = 'running' AND kind {test} ('send_message', 'invite', 'answer_review', 'call_service')
           AND CASE WHEN lease_boot = $2 THEN lease_until <= $1
               ELSE NOT EXISTS (SELECT 1 FROM nodes n WHERE n.boot = jobs.lease_boot AND n.seen_at > $3) END
         RETURNING organisation_id, id, kind, connection_id, order_key, attempts, max_attempts, calls, payload, object_kind, object_id, chain, depth, created_at"
    )
}

/// Takes back leases that are void (`domain::queue::lease_void`): one's own by one's own clock, those of others once they have
/// shown no sign of life since `silent_since`, by the clock of the database. Sends that may have gone out become `unknown`
/// (second list) instead of being repeated.
pub async fn release_void(
    tx: &mut Tx,
    now: i64,
    boot: &str,
    silent_since: i64,
) -> Result<(Vec<LeasedJob>, Vec<LeasedJob>)> {
    let (repeatable, once) = (release_sql(true), release_sql(false));
    let again = write!(tx, c => sqlx::query_as::<_, LeasedJob>(&repeatable).bind(now).bind(boot).bind(silent_since).fetch_all(c))?;
    let unknown =
        write!(tx, c => sqlx::query_as::<_, LeasedJob>(&once).bind(now).bind(boot).bind(silent_since).fetch_all(c))?;
    Ok((again, unknown))
}

const NEXT_DUE: &str = "SELECT MIN(run_at) FROM jobs WHERE state = 'ready'";

/// When the next job is due; `None` when none waits.
pub async fn next_due(db: &Db) -> Result<Option<i64>> {
    read!(db, c => sqlx::query_scalar::<_, Option<i64>>(NEXT_DUE).fetch_one(c))
}

const ATTEMPT: &str =
    "INSERT INTO job_attempts (organisation_id, job_id, number, started_at, took_ms, outcome, code, detail)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (organisation_id, job_id, number) DO NOTHING";

/// Records an attempt.
pub async fn insert_attempt(
    tx: &mut Tx,
    organisation: OrganisationId,
    job: JobId,
    attempt: &AttemptView,
) -> Result<()> {
    execute!(
        tx,
        ATTEMPT,
        organisation,
        job,
        attempt.number,
        attempt.started_at,
        attempt.took_ms,
        &attempt.outcome,
        &attempt.code,
        &attempt.detail
    )
    .map(|_| ())
}

const RETRY: &str =
    "UPDATE jobs SET state = 'ready', run_at = $3, attempts = 0, finished_at = NULL, code = NULL, detail = NULL
    WHERE organisation_id = $1 AND id = $2 AND state IN ('dead', 'held', 'unknown', 'cancelled')
      AND ($4 IS NULL OR state = $4)";

/// Puts a stopped job back by hand; where a person decided on what they saw, only `from` that state. `false`: it is not
/// stopped, or stands elsewhere by now.
pub async fn retry(
    tx: &mut Tx,
    organisation: OrganisationId,
    id: JobId,
    from: Option<JobState>,
    now: i64,
) -> Result<bool> {
    Ok(execute!(tx, RETRY, organisation, id, now, from)? == 1)
}

const CANCEL: &str = "UPDATE jobs SET state = 'cancelled', finished_at = $3 WHERE organisation_id = $1 AND id = $2 AND state IN ('ready', 'held', 'unknown', 'dead')
      AND ($4 IS NULL OR state = $4)
    RETURNING kind, object_id";

/// Takes a job out of the queue by hand; its kind and what it is about. `None`: it is running or over, or no longer in the
/// state `from` which somebody decided.
pub async fn cancel(
    tx: &mut Tx,
    organisation: OrganisationId,
    id: JobId,
    from: Option<JobState>,
    now: i64,
) -> Result<Option<(String, String)>> {
    write!(tx, c => sqlx::query_as::<_, (String, String)>(CANCEL).bind(organisation).bind(id).bind(now).bind(from).fetch_optional(c))
}

const RESOLVE_UNKNOWN: &str =
    "UPDATE jobs SET state = 'done', finished_at = $3 WHERE organisation_id = $1 AND id = $2 AND state = 'unknown'";

/// A report proved that an unclear call went through.
pub async fn resolve_unknown(tx: &mut Tx, organisation: OrganisationId, id: JobId, now: i64) -> Result<bool> {
    Ok(execute!(tx, RESOLVE_UNKNOWN, organisation, id, now)? == 1)
}

const HOLD: &str = "UPDATE jobs SET state = 'held' WHERE organisation_id = $1 AND connection_id = $2 AND state = 'ready' AND kind <> 'check_connection'";
const UNHOLD: &str =
    "UPDATE jobs SET state = 'ready', run_at = $3 WHERE organisation_id = $1 AND connection_id = $2 AND state = 'held'
    AND COALESCE(code, '') NOT IN ('rule_paused', 'stopped')";

/// Holds all waiting jobs of a connection; answers how many.
pub async fn hold(tx: &mut Tx, organisation: OrganisationId, connection: ConnectionId) -> Result<u64> {
    execute!(tx, HOLD, organisation, connection)
}

/// Lets held jobs of a connection go; answers how many.
pub async fn unhold(tx: &mut Tx, organisation: OrganisationId, connection: ConnectionId, now: i64) -> Result<u64> {
    execute!(tx, UNHOLD, organisation, connection, now)
}

const LIST: &str = "SELECT j.id, j.kind, j.connection_id, c.provider, j.state, j.run_at, j.attempts, j.max_attempts, j.object_kind, j.object_id,
      j.cause_kind, j.cause_id, j.code, j.detail, j.created_at, j.finished_at
    FROM jobs j LEFT JOIN connections c ON c.organisation_id = j.organisation_id AND c.id = j.connection_id
    WHERE j.organisation_id = $1 AND ($2 IS NULL OR j.id < $2) AND ($3 IS NULL OR j.state = $3) AND ($4 IS NULL OR j.kind = $4)
      AND ($5 IS NULL OR j.connection_id = $5) AND ($6 IS NULL OR (j.object_kind = $6 AND j.object_id = $7)) AND ($8 IS NULL OR j.cause_id = $8)
    ORDER BY j.id DESC LIMIT $9";

/// Which jobs a list shows; absent fields do not narrow.
#[derive(Clone, Debug, Default)]
pub struct JobFilter<'a> {
    pub before: Option<JobId>,
    pub state: Option<JobState>,
    pub kind: Option<&'a str>,
    pub connection: Option<ConnectionId>,
    pub object: Option<(&'a str, &'a str)>,
    pub cause: Option<&'a str>,
}

/// Newest first.
pub async fn list(db: &Db, organisation: OrganisationId, f: &JobFilter<'_>, limit: i64) -> Result<Vec<JobView>> {
    read!(db, c => sqlx::query_as::<_, JobView>(LIST).bind(organisation).bind(f.before).bind(f.state).bind(f.kind).bind(f.connection)
        .bind(f.object.map(|o| o.0)).bind(f.object.map(|o| o.1)).bind(f.cause).bind(limit).fetch_all(c))
}

const ONE: &str = "SELECT j.id, j.kind, j.connection_id, c.provider, j.state, j.run_at, j.attempts, j.max_attempts, j.object_kind, j.object_id,
      j.cause_kind, j.cause_id, j.code, j.detail, j.created_at, j.finished_at
    FROM jobs j LEFT JOIN connections c ON c.organisation_id = j.organisation_id AND c.id = j.connection_id
    WHERE j.organisation_id = $1 AND j.id = $2";
const PAYLOAD: &str = "SELECT payload FROM jobs WHERE organisation_id = $1 AND id = $2";
const ATTEMPTS: &str = "SELECT number, started_at, took_ms, outcome, code, detail FROM job_attempts WHERE organisation_id = $1 AND job_id = $2 ORDER BY number";

/// One job, or none.
pub async fn one(db: &Db, organisation: OrganisationId, id: JobId) -> Result<Option<JobView>> {
    read!(db, c => sqlx::query_as::<_, JobView>(ONE).bind(organisation).bind(id).fetch_optional(c))
}
/// What the job sends.
pub async fn payload(db: &Db, organisation: OrganisationId, id: JobId) -> Result<Option<Json>> {
    read!(db, c => sqlx::query_scalar::<_, Json>(PAYLOAD).bind(organisation).bind(id).fetch_optional(c))
}
/// What the job sends, read inside a transaction.
pub async fn payload_in(tx: &mut Tx, organisation: OrganisationId, id: JobId) -> Result<Option<Json>> {
    write!(tx, c => sqlx::query_scalar::<_, Json>(PAYLOAD).bind(organisation).bind(id).fetch_optional(c))
}

const SET_PAYLOAD: &str = "UPDATE jobs SET payload = $3 WHERE organisation_id = $1 AND id = $2";

/// Changes what the job sends.
pub async fn set_payload(tx: &mut Tx, organisation: OrganisationId, id: JobId, payload: &Json) -> Result<()> {
    execute!(tx, SET_PAYLOAD, organisation, id, payload).map(drop)
}

/// All attempts, oldest first.
pub async fn attempts(db: &Db, organisation: OrganisationId, id: JobId) -> Result<Vec<AttemptView>> {
    read!(db, c => sqlx::query_as::<_, AttemptView>(ATTEMPTS).bind(organisation).bind(id).fetch_all(c))
}

const COUNT_STATE: &str = "SELECT COUNT(*) FROM jobs WHERE organisation_id = $1 AND state = $2";

/// How many jobs are in a state.
pub async fn count(db: &Db, organisation: OrganisationId, state: JobState) -> Result<i64> {
    read!(db, c => sqlx::query_scalar::<_, i64>(COUNT_STATE).bind(organisation).bind(state).fetch_one(c))
}

/// Statements built at run time, for the test that prepares every statement on both engines.
pub fn built_statements() -> Vec<String> {
    vec![release_sql(true), release_sql(false)]
}
