//! The time machine's reports.

use crate::{Db, Result, Tx};
use domain::ids::*;
use domain::views::ReplayState;
use serde_json::Value as Json;

/// A report as it is stored.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct ReplayRow {
    pub id: ReplayId,
    pub rule_id: RuleId,
    pub draft: Json,
    pub state: ReplayState,
    pub since: i64,
    pub reaches_back_to: Option<i64>,
    pub total: i64,
    pub done: i64,
    /// `domain::views::ReplayReport`.
    pub report: Json,
    /// Name of a person.
    pub started_by: Option<String>,
    pub started_at: i64,
    pub ended_at: Option<i64>,
}

const INSERT: &str =
    "INSERT INTO replays (organisation_id, id, rule_id, draft, state, since, reaches_back_to, total, done, report, started_by, started_at)
    VALUES ($1, $2, $3, $4, 'running', $5, $6, $7, 0, $8, $9, $10)";
// Written only while it runs: who cancelled it is not overruled.
const PROGRESS: &str = "UPDATE replays SET done = $3 WHERE organisation_id = $1 AND id = $2 AND state = 'running'";
const END: &str = "UPDATE replays SET state = $3, done = $4, report = $5, ended_at = $6
    WHERE organisation_id = $1 AND id = $2 AND state = 'running'";
const INTERRUPT: &str =
    "UPDATE replays SET state = 'interrupted', ended_at = $2 WHERE state = 'running' AND started_at < $1";
const ONE: &str = "SELECT p.id, p.rule_id, p.draft, p.state, p.since, p.reaches_back_to, p.total, p.done, p.report, u.name AS started_by, p.started_at, p.ended_at
    FROM replays p LEFT JOIN users u ON u.id = p.started_by WHERE p.organisation_id = $1 AND p.id = $2";
const OF_RULE: &str = "SELECT p.id, p.rule_id, p.draft, p.state, p.since, p.reaches_back_to, p.total, p.done, p.report, u.name AS started_by, p.started_at, p.ended_at
    FROM replays p LEFT JOIN users u ON u.id = p.started_by WHERE p.organisation_id = $1 AND p.rule_id = $2 ORDER BY p.id DESC LIMIT 10";
const PRUNE: &str = "DELETE FROM replays WHERE started_at < $1 AND state <> 'running'";

/// Writes a replay that begins; `by` is who started it.
pub async fn insert(tx: &mut Tx, organisation: OrganisationId, row: &ReplayRow, by: Option<UserId>) -> Result<()> {
    execute!(
        tx,
        INSERT,
        organisation,
        row.id,
        row.rule_id,
        &row.draft,
        row.since,
        row.reaches_back_to,
        row.total,
        &row.report,
        by,
        row.started_at
    )
    .map(|_| ())
}
/// Notes how far it is; `false` when it is to stop.
pub async fn progress(tx: &mut Tx, organisation: OrganisationId, id: ReplayId, done: i64) -> Result<bool> {
    Ok(execute!(tx, PROGRESS, organisation, id, done)? == 1)
}
/// Writes its end; `false` when it had ended already.
pub async fn end(
    tx: &mut Tx,
    organisation: OrganisationId,
    id: ReplayId,
    state: ReplayState,
    done: i64,
    report: &Json,
    now: i64,
) -> Result<bool> {
    Ok(execute!(tx, END, organisation, id, state, done, report, now)? == 1)
}
/// Ends those that ran when the program was stopped.
pub async fn interrupt(tx: &mut Tx, started_before: i64, now: i64) -> Result<u64> {
    execute!(tx, INTERRUPT, started_before, now)
}
/// One.
pub async fn one(db: &Db, organisation: OrganisationId, id: ReplayId) -> Result<Option<ReplayRow>> {
    read!(db, c => sqlx::query_as::<_, ReplayRow>(ONE).bind(organisation).bind(id).fetch_optional(c))
}
/// The latest of a rule, newest first.
pub async fn of_rule(db: &Db, organisation: OrganisationId, rule: RuleId) -> Result<Vec<ReplayRow>> {
    read!(db, c => sqlx::query_as::<_, ReplayRow>(OF_RULE).bind(organisation).bind(rule).fetch_all(c))
}
/// Removes old ones.
pub async fn prune(tx: &mut Tx, before: i64) -> Result<u64> {
    execute!(tx, PRUNE, before)
}
