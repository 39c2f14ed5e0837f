//! «Стоп-кран»: stops that are on, and the jobs they hold (state `held`, code `stopped`).

use crate::jobs::{ASIDE, sends};
use crate::{Db, Result, Tx};
use domain::ids::*;
use domain::views::{HeldSend, QueueOf, StopScope, StopView};
use serde_json::Value as Json;

/// Whether a stop covers a job.
const COVERED: &str = "EXISTS (SELECT 1 FROM stops s WHERE s.organisation_id = j.organisation_id AND (s.scope = 'all'
      OR (s.scope = 'connection' AND s.target = j.connection_id)
      OR (s.scope = 'rule' AND j.cause_kind = 'run' AND EXISTS (SELECT 1 FROM rule_runs n WHERE n.organisation_id = j.organisation_id AND n.id = j.cause_id AND n.rule_id = s.target))
      OR (s.scope = 'channel' AND EXISTS (SELECT 1 FROM connections c WHERE c.organisation_id = j.organisation_id AND c.id = j.connection_id AND c.provider = s.target))))";

const INSERT: &str = "INSERT INTO stops (organisation_id, id, scope, target, why, pulled_by, pulled_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (organisation_id, scope, target) DO NOTHING";
// A stop that is on already stays, with its reason, and is a quarantine as well.
const QUARANTINE: &str = "INSERT INTO stops (organisation_id, id, scope, target, why, pulled_at, restored_from)
    VALUES ($1, $2, 'all', '', '', $3, $4) ON CONFLICT (organisation_id, scope, target) DO UPDATE SET restored_from = excluded.restored_from";
const DELETE: &str = "DELETE FROM stops WHERE organisation_id = $1 AND id = $2 RETURNING scope, target";
const LIST: &str =
    "SELECT s.id, s.scope, s.target, s.why, s.pulled_by, u.name AS pulled_by_name, s.pulled_at, s.restored_from
    FROM stops s LEFT JOIN users u ON u.id = s.pulled_by WHERE s.organisation_id = $1 ORDER BY s.pulled_at, s.id";
const ACTIVE: &str = "SELECT organisation_id, scope, target FROM stops";
const RULE_OF: &str =
    "SELECT n.rule_id FROM jobs j JOIN rule_runs n ON n.organisation_id = j.organisation_id AND n.id = j.cause_id
    WHERE j.organisation_id = $1 AND j.id = $2 AND j.cause_kind = 'run'";
const RULES: &str = "SELECT r.id, r.name FROM rules r WHERE r.organisation_id = $1 AND (r.state = 'on' OR EXISTS
      (SELECT 1 FROM stops s WHERE s.organisation_id = r.organisation_id AND s.scope = 'rule' AND s.target = r.id))
    ORDER BY r.position, r.id LIMIT 500";
const TOUCH: &str =
    "UPDATE jobs SET code = code WHERE organisation_id = $1 AND id = $2 AND state = 'held' AND code = 'stopped'";
const CATCH: &str = "UPDATE jobs SET state = 'held', code = 'stopped', calls = calls - 1, lease_until = NULL, lease_node = NULL, lease_boot = NULL
    WHERE organisation_id = $1 AND id = $2 AND calls = $3 AND state = 'running'";
const HELD: &str = "SELECT j.id, j.kind, j.connection_id, COALESCE(m.text, '') AS text, COALESCE(k.name, '') AS recipient, k.id AS contact_id,
      m.chat_id, j.cause_kind, j.cause_id, j.created_at, j.payload
    FROM jobs j
    LEFT JOIN messages m ON m.organisation_id = j.organisation_id AND m.id = j.object_id AND j.kind = 'send_message'
    LEFT JOIN chats h ON h.organisation_id = m.organisation_id AND h.id = m.chat_id
    LEFT JOIN contacts k ON k.organisation_id = h.organisation_id AND k.id = h.contact_id
    WHERE j.organisation_id = $1 AND j.state = 'held' AND j.code = 'stopped' AND ($2 IS NULL OR j.id > $2) ORDER BY j.id LIMIT $3";

fn queues_sql() -> String {
    let sends = sends();
    format!(
        "SELECT j.connection_id, n.rule_id, SUM(CASE WHEN j.state = 'held' AND j.code = 'stopped' THEN 1 ELSE 0 END) AS held,
           SUM(CASE WHEN j.state = 'ready' THEN 1 ELSE 0 END) AS ready
         FROM jobs j LEFT JOIN rule_runs n ON j.cause_kind = 'run' AND n.organisation_id = j.organisation_id AND n.id = j.cause_id
         WHERE j.organisation_id = $1 AND j.state IN ('ready', 'held') AND (j.state = 'held' OR j.kind IN ({sends})) GROUP BY j.connection_id, n.rule_id"
    )
}
fn hold_sql() -> String {
    let sends = sends();
    format!(
        "UPDATE jobs SET state = 'held', code = 'stopped' WHERE organisation_id = $1 AND state = 'ready' AND (organisation_id, id) IN
         (SELECT j.organisation_id, j.id FROM jobs j WHERE j.organisation_id = $1 AND j.state = 'ready' AND j.kind IN ({sends}) AND {COVERED})"
    )
}
fn hold_aside_sql() -> String {
    let kinds = ASIDE.map(|kind| format!("'{kind}'")).join(", ");
    format!(
        "UPDATE jobs SET state = 'held', code = 'stopped' WHERE organisation_id = $1 AND state = 'ready' AND kind IN ({kinds})"
    )
}
fn free_sql() -> String {
    format!(
        "UPDATE jobs SET state = 'ready', code = NULL, run_at = CASE WHEN run_at < $2 THEN CAST($2 AS BIGINT) ELSE run_at END
         WHERE organisation_id = $1 AND state = 'held' AND (organisation_id, id) IN
         (SELECT j.organisation_id, j.id FROM jobs j WHERE j.organisation_id = $1 AND j.state = 'held' AND j.code = 'stopped' AND NOT {COVERED})"
    )
}
fn uncovered_sql() -> String {
    format!(
        "SELECT j.id FROM jobs j WHERE j.organisation_id = $1 AND j.state = 'held' AND j.code = 'stopped' AND NOT {COVERED} ORDER BY j.id"
    )
}
/// Pulls a stop. `false`: it is on already.
pub async fn insert(
    tx: &mut Tx,
    organisation: OrganisationId,
    stop: (StopId, StopScope, &str, &str),
    by: Option<&str>,
    now: i64,
) -> Result<bool> {
    let (id, scope, target, why) = stop;
    Ok(execute!(tx, INSERT, organisation, id, scope, target, why, by, now)? == 1)
}
/// Stops everything in a database that was restored from a copy made then; answers how much is held.
pub async fn quarantine(tx: &mut Tx, organisation: OrganisationId, id: StopId, made_at: i64, now: i64) -> Result<u64> {
    execute!(tx, QUARANTINE, organisation, id, now, made_at)?;
    let aside = hold_aside_sql();
    Ok(execute!(tx, &aside, organisation)? + hold(tx, organisation).await?)
}
/// Lifts a stop; what it was. `None`: it is not on.
pub async fn delete(tx: &mut Tx, organisation: OrganisationId, id: StopId) -> Result<Option<(StopScope, String)>> {
    write!(tx, c => sqlx::query_as::<_, (StopScope, String)>(DELETE).bind(organisation).bind(id).fetch_optional(c))
}
/// Stops that are on, oldest first.
pub async fn list(db: &Db, organisation: OrganisationId) -> Result<Vec<StopView>> {
    read!(db, c => sqlx::query_as::<_, StopView>(LIST).bind(organisation).fetch_all(c))
}
/// What is held, and what could be, by connection.
pub async fn queues(db: &Db, organisation: OrganisationId) -> Result<Vec<QueueOf>> {
    let sql = queues_sql();
    read!(db, c => sqlx::query_as::<_, QueueOf>(&sql).bind(organisation).fetch_all(c))
}
/// Something held, and what it would send.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct HeldRow {
    #[sqlx(flatten)]
    pub send: HeldSend,
    pub payload: Json,
}

/// What is held, oldest first.
pub async fn held(db: &Db, organisation: OrganisationId, after: Option<JobId>, limit: i64) -> Result<Vec<HeldRow>> {
    read!(db, c => sqlx::query_as::<_, HeldRow>(HELD).bind(organisation).bind(after).bind(limit).fetch_all(c))
}
/// Holds what waits and is covered by a stop; answers how many.
pub async fn hold(tx: &mut Tx, organisation: OrganisationId) -> Result<u64> {
    let sql = hold_sql();
    execute!(tx, &sql, organisation)
}
/// Lets go what no stop covers any more; answers how many.
pub async fn free(tx: &mut Tx, organisation: OrganisationId, now: i64) -> Result<u64> {
    let sql = free_sql();
    execute!(tx, &sql, organisation, now)
}
/// Held jobs that no stop covers any more.
pub async fn uncovered(tx: &mut Tx, organisation: OrganisationId) -> Result<Vec<JobId>> {
    let sql = uncovered_sql();
    write!(tx, c => sqlx::query_scalar::<_, JobId>(&sql).bind(organisation).fetch_all(c))
}
/// Whether a stop holds a job; it is locked until the transaction ends.
pub async fn is_held(tx: &mut Tx, organisation: OrganisationId, id: JobId) -> Result<bool> {
    Ok(execute!(tx, TOUCH, organisation, id)? == 1)
}
/// Every stop that is on, of all organisations: whose, how far, of what.
pub async fn active(tx: &mut Tx) -> Result<Vec<(OrganisationId, StopScope, String)>> {
    write!(tx, c => sqlx::query_as::<_, (OrganisationId, StopScope, String)>(ACTIVE).fetch_all(c))
}
/// The rule that made a job.
pub async fn rule_of(tx: &mut Tx, organisation: OrganisationId, job: JobId) -> Result<Option<RuleId>> {
    write!(tx, c => sqlx::query_scalar::<_, RuleId>(RULE_OF).bind(organisation).bind(job).fetch_optional(c))
}
/// Rules that can be stopped, and those that are.
pub async fn rules(db: &Db, organisation: OrganisationId) -> Result<Vec<(RuleId, String)>> {
    read!(db, c => sqlx::query_as::<_, (RuleId, String)>(RULES).bind(organisation).fetch_all(c))
}
/// Holds a job that was leased in this transaction, before anybody saw it.
pub async fn catch(tx: &mut Tx, organisation: OrganisationId, id: JobId, calls: i64) -> Result<()> {
    execute!(tx, CATCH, organisation, id, calls).map(|_| ())
}

/// Statements built at run time, for the test that prepares every statement on both engines.
pub fn built_statements() -> Vec<String> {
    vec![queues_sql(), hold_sql(), hold_aside_sql(), free_sql(), uncovered_sql()]
}
