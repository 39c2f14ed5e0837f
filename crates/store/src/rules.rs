//! Rules, their published versions and their runs. What a rule means is in `domain::rules`.

use crate::{Db, Result, Tx};
use domain::access::Presence;
use domain::ids::*;
use domain::views::{RuleState, RuleVersionView, RuleView, RunOutcome, RunView};
use serde_json::Value as Json;

const SELECT: &str = "SELECT r.id, r.name, r.state, r.position, r.ceiling, COALESCE(v.trigger_event, '') AS event, r.version, r.updated_at, r.rev,
      (SELECT COUNT(*) FROM rule_runs n WHERE n.organisation_id = r.organisation_id AND n.rule_id = r.id AND n.started_at >= $2
        AND n.outcome IN ('done', 'waiting')) AS fired,
      (SELECT n.outcome FROM rule_runs n WHERE n.organisation_id = r.organisation_id AND n.rule_id = r.id ORDER BY n.id DESC LIMIT 1) AS last_outcome,
      (SELECT n.started_at FROM rule_runs n WHERE n.organisation_id = r.organisation_id AND n.rule_id = r.id ORDER BY n.id DESC LIMIT 1) AS last_at
    FROM rules r LEFT JOIN rule_versions v ON v.organisation_id = r.organisation_id AND v.rule_id = r.id AND v.version = r.version
    WHERE r.organisation_id = $1";

fn list_sql() -> String {
    format!("{SELECT} ORDER BY r.position, r.id LIMIT 1000")
}
fn one_sql() -> String {
    format!("{SELECT} AND r.id = $3")
}

/// All rules by precedence; `since` is where counting of firings begins.
pub async fn list(db: &Db, organisation: OrganisationId, since: i64) -> Result<Vec<RuleView>> {
    let sql = list_sql();
    read!(db, c => sqlx::query_as::<_, RuleView>(&sql).bind(organisation).bind(since).fetch_all(c))
}

/// One rule.
pub async fn one(db: &Db, organisation: OrganisationId, since: i64, id: RuleId) -> Result<Option<RuleView>> {
    let sql = one_sql();
    read!(db, c => sqlx::query_as::<_, RuleView>(&sql).bind(organisation).bind(since).bind(id).fetch_optional(c))
}

/// A rule for changing.
#[derive(Clone, Debug, PartialEq, sqlx::FromRow)]
pub struct RuleRow {
    pub id: RuleId,
    pub name: String,
    pub state: RuleState,
    pub position: i64,
    pub draft: Json,
    pub version: Option<i64>,
    /// Times a minute it may act.
    pub ceiling: i64,
    pub rev: i64,
}

const DRAFT: &str = "SELECT draft FROM rules WHERE organisation_id = $1 AND id = $2";
// An update that changes nothing takes the row's lock on both engines.
const LOCK: &str = "UPDATE rules SET rev = rev WHERE organisation_id = $1 AND id = $2 RETURNING id, name, state, position, draft, version, ceiling, rev";
const INSERT: &str =
    "INSERT INTO rules (organisation_id, id, name, state, position, draft, version, ceiling, created_at, updated_at, rev)
    VALUES ($1, $2, $3, $4, $5, $6, NULL, $8, $7, $7, 1)";
const UPDATE: &str =
    "UPDATE rules SET name = $3, state = $4, position = $5, draft = $6, version = $7, updated_at = $8, ceiling = $9, rev = rev + 1
    WHERE organisation_id = $1 AND id = $2";
const NEXT_POSITION: &str =
    "SELECT CAST(COALESCE(MAX(position), 0) + 1 AS BIGINT) FROM rules WHERE organisation_id = $1";
const COUNT: &str = "SELECT COUNT(*) FROM rules WHERE organisation_id = $1";

/// The tree being edited.
pub async fn draft(db: &Db, organisation: OrganisationId, id: RuleId) -> Result<Option<Json>> {
    read!(db, c => sqlx::query_scalar::<_, Json>(DRAFT).bind(organisation).bind(id).fetch_optional(c))
}
/// A rule for changing; nobody else changes it until the transaction ends.
pub async fn lock(tx: &mut Tx, organisation: OrganisationId, id: RuleId) -> Result<Option<RuleRow>> {
    write!(tx, c => sqlx::query_as::<_, RuleRow>(LOCK).bind(organisation).bind(id).fetch_optional(c))
}
/// How many rules there are, and the position behind all of them.
pub async fn next_position(tx: &mut Tx, organisation: OrganisationId) -> Result<(i64, i64)> {
    let count = write!(tx, c => sqlx::query_scalar::<_, i64>(COUNT).bind(organisation).fetch_one(c))?;
    let next = write!(tx, c => sqlx::query_scalar::<_, i64>(NEXT_POSITION).bind(organisation).fetch_one(c))?;
    Ok((count, next))
}
/// Writes a new rule.
pub async fn insert(tx: &mut Tx, organisation: OrganisationId, row: &RuleRow, now: i64) -> Result<()> {
    execute!(tx, INSERT, organisation, row.id, &row.name, row.state, row.position, &row.draft, now, row.ceiling)
        .map(|_| ())
}
/// Writes a locked rule with the next revision.
pub async fn update(tx: &mut Tx, organisation: OrganisationId, row: &RuleRow, now: i64) -> Result<()> {
    execute!(
        tx,
        UPDATE,
        organisation,
        row.id,
        &row.name,
        row.state,
        row.position,
        &row.draft,
        row.version,
        now,
        row.ceiling
    )
    .map(|_| ())
}

const INSERT_VERSION: &str =
    "INSERT INTO rule_versions (organisation_id, rule_id, version, trigger_event, tree, published_by, published_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7)";
const VERSIONS: &str = "SELECT v.version, u.name AS published_by, v.published_at, v.tree
    FROM rule_versions v LEFT JOIN users u ON u.id = v.published_by WHERE v.organisation_id = $1 AND v.rule_id = $2 ORDER BY v.version DESC LIMIT 50";
const LAST_VERSION: &str =
    "SELECT CAST(COALESCE(MAX(version), 0) AS BIGINT) FROM rule_versions WHERE organisation_id = $1 AND rule_id = $2";
const TREE: &str = "SELECT tree FROM rule_versions WHERE organisation_id = $1 AND rule_id = $2 AND version = $3";

/// Writes a published version and answers its number.
pub async fn insert_version(
    tx: &mut Tx,
    organisation: OrganisationId,
    rule: RuleId,
    event: &str,
    tree: &Json,
    by: Option<UserId>,
    now: i64,
) -> Result<i64> {
    let last = write!(tx, c => sqlx::query_scalar::<_, i64>(LAST_VERSION).bind(organisation).bind(rule).fetch_one(c))?;
    execute!(tx, INSERT_VERSION, organisation, rule, last + 1, event, tree, by.map(|id| id.to_string()), now)?;
    Ok(last + 1)
}
/// Published versions, newest first.
pub async fn versions(db: &Db, organisation: OrganisationId, rule: RuleId) -> Result<Vec<RuleVersionView>> {
    read!(db, c => sqlx::query_as::<_, RuleVersionView>(VERSIONS).bind(organisation).bind(rule).fetch_all(c))
}
/// The tree of a version.
pub async fn tree(tx: &mut Tx, organisation: OrganisationId, rule: RuleId, version: i64) -> Result<Option<Json>> {
    write!(tx, c => sqlx::query_scalar::<_, Json>(TREE).bind(organisation).bind(rule).bind(version).fetch_optional(c))
}

/// A published rule that listens to an event.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Listening {
    pub id: RuleId,
    pub name: String,
    pub state: RuleState,
    pub version: i64,
    pub tree: Json,
}

const LISTENING: &str = "SELECT r.id, r.name, r.state, v.version, v.tree
    FROM rule_versions v JOIN rules r ON r.organisation_id = v.organisation_id AND r.id = v.rule_id AND r.version = v.version
    WHERE v.organisation_id = $1 AND v.trigger_event = $2 AND r.state <> 'off' ORDER BY r.position, r.id LIMIT 500";

/// Rules that are on and listen to this event, by precedence.
pub async fn listening(tx: &mut Tx, organisation: OrganisationId, event: &str) -> Result<Vec<Listening>> {
    write!(tx, c => sqlx::query_as::<_, Listening>(LISTENING).bind(organisation).bind(event).fetch_all(c))
}

/// A rule that acts.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Published {
    pub id: RuleId,
    pub name: String,
    pub position: i64,
    pub tree: Json,
}

const PUBLISHED: &str = "SELECT r.id, r.name, r.position, v.tree
    FROM rules r JOIN rule_versions v ON v.organisation_id = r.organisation_id AND v.rule_id = r.id AND v.version = r.version
    WHERE r.organisation_id = $1 AND r.state = 'on' ORDER BY r.position, r.id LIMIT 1000";

/// Every rule that acts, by precedence.
pub async fn published(db: &Db, organisation: OrganisationId) -> Result<Vec<Published>> {
    read!(db, c => sqlx::query_as::<_, Published>(PUBLISHED).bind(organisation).fetch_all(c))
}

const LISTENED: &str = "SELECT COUNT(*) FROM rule_versions v
    JOIN rules r ON r.organisation_id = v.organisation_id AND r.id = v.rule_id AND r.version = v.version
    WHERE v.organisation_id = $1 AND v.trigger_event = $2 AND r.state <> 'off'";

/// Whether a rule that is on listens to this event.
pub async fn listened(tx: &mut Tx, organisation: OrganisationId, event: &str) -> Result<bool> {
    let count = write!(tx, c => sqlx::query_scalar::<_, i64>(LISTENED).bind(organisation).bind(event).fetch_one(c))?;
    Ok(count > 0)
}

const CLOCK: &str = "SELECT time_zone, settings FROM organisations WHERE id = $1";
const PRESENCE: &str = "SELECT presence FROM members WHERE organisation_id = $1 AND user_id = $2";

/// The organisation's zone and settings, for business hours.
pub async fn clock(tx: &mut Tx, organisation: OrganisationId) -> Result<Option<(String, Json)>> {
    write!(tx, c => sqlx::query_as::<_, (String, Json)>(CLOCK).bind(organisation).fetch_optional(c))
}
/// Whether a member is at work.
pub async fn presence(tx: &mut Tx, organisation: OrganisationId, user: UserId) -> Result<Option<Presence>> {
    write!(tx, c => sqlx::query_scalar::<_, Presence>(PRESENCE).bind(organisation).bind(user).fetch_optional(c))
}

/// A run as it is stored.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct RunRow {
    pub organisation_id: OrganisationId,
    pub id: RunId,
    pub rule_id: RuleId,
    pub version: i64,
    pub shadow: bool,
    pub outcome: RunOutcome,
    pub note: String,
    pub object_kind: String,
    pub object_id: String,
    pub contact_id: Option<ContactId>,
    pub chat_id: Option<ChatId>,
    pub order_id: Option<OrderId>,
    pub place: String,
    /// `time`, `answer`, `approval`; "" when nothing is waited for.
    pub waits_for: String,
    pub run_at: Option<i64>,
    /// What it started from, with the facts of that moment.
    pub occasion_id: OccasionId,
    pub trace: Json,
    pub cause_kind: String,
    pub cause_id: Option<String>,
    pub chain: String,
    pub depth: i64,
    pub started_at: i64,
    pub ended_at: Option<i64>,
}

const INSERT_RUN: &str = "INSERT INTO rule_runs (organisation_id, id, rule_id, version, shadow, outcome, note, object_kind, object_id, contact_id, chat_id,
      order_id, place, waits_for, run_at, occasion_id, trace, cause_kind, cause_id, chain, depth, started_at, ended_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23)";
const UPDATE_RUN: &str =
    "UPDATE rule_runs SET outcome = $3, note = $4, place = $5, waits_for = $6, run_at = $7, trace = $8, ended_at = $9, contact_id = $10
    WHERE organisation_id = $1 AND id = $2";

/// Writes a new run.
pub async fn insert_run(tx: &mut Tx, row: &RunRow) -> Result<()> {
    execute!(
        tx,
        INSERT_RUN,
        row.organisation_id,
        row.id,
        row.rule_id,
        row.version,
        row.shadow,
        row.outcome,
        &row.note,
        &row.object_kind,
        &row.object_id,
        row.contact_id,
        row.chat_id,
        row.order_id,
        &row.place,
        &row.waits_for,
        row.run_at,
        row.occasion_id,
        &row.trace,
        &row.cause_kind,
        row.cause_id.as_deref(),
        &row.chain,
        row.depth,
        row.started_at,
        row.ended_at
    )
    .map(|_| ())
}
/// Writes how a run stands now.
pub async fn update_run(tx: &mut Tx, row: &RunRow) -> Result<()> {
    execute!(
        tx,
        UPDATE_RUN,
        row.organisation_id,
        row.id,
        row.outcome,
        &row.note,
        &row.place,
        &row.waits_for,
        row.run_at,
        &row.trace,
        row.ended_at,
        row.contact_id
    )
    .map(|_| ())
}

const RUN_COLUMNS: &str = "organisation_id, id, rule_id, version, shadow, outcome, note, object_kind, object_id, contact_id, chat_id, order_id, place,
      waits_for, run_at, occasion_id, trace, cause_kind, cause_id, chain, depth, started_at, ended_at";

/// What waits for a rule that is switched off goes on waiting.
const AWAKE: &str = "EXISTS (SELECT 1 FROM rules r WHERE r.organisation_id = rule_runs.organisation_id AND r.id = rule_runs.rule_id AND r.state <> 'off')";

fn due_sql(engine: crate::Engine) -> String {
    let lock = if engine == crate::Engine::Postgres { " FOR UPDATE SKIP LOCKED" } else { "" };
    format!(
        "SELECT {RUN_COLUMNS} FROM rule_runs WHERE outcome = 'waiting' AND run_at <= $1 AND {AWAKE} ORDER BY run_at LIMIT $2{lock}"
    )
}
fn answered_sql(engine: crate::Engine) -> String {
    let lock = if engine == crate::Engine::Postgres { " FOR UPDATE" } else { "" };
    format!(
        "SELECT {RUN_COLUMNS} FROM rule_runs WHERE organisation_id = $1 AND chat_id = $2 AND waits_for = 'answer' AND outcome = 'waiting' AND {AWAKE} ORDER BY id LIMIT 20{lock}"
    )
}
fn run_sql() -> String {
    format!("SELECT {RUN_COLUMNS} FROM rule_runs WHERE organisation_id = $1 AND id = $2")
}

fn next_run_sql() -> String {
    format!("SELECT MIN(run_at) FROM rule_runs WHERE outcome = 'waiting' AND {AWAKE}")
}

/// When the next waiting run goes on.
pub async fn next_run(db: &Db) -> Result<Option<i64>> {
    let sql = next_run_sql();
    read!(db, c => sqlx::query_scalar::<_, Option<i64>>(&sql).fetch_one(c))
}
/// Waiting runs whose time has come; locked until the transaction ends, which is their lease.
pub async fn due(tx: &mut Tx, now: i64, limit: i64) -> Result<Vec<RunRow>> {
    let sql = due_sql(tx.engine());
    write!(tx, c => sqlx::query_as::<_, RunRow>(&sql).bind(now).bind(limit).fetch_all(c))
}
/// Runs that wait for this client's answer.
pub async fn waiting_for_answer(tx: &mut Tx, organisation: OrganisationId, chat: ChatId) -> Result<Vec<RunRow>> {
    let sql = answered_sql(tx.engine());
    write!(tx, c => sqlx::query_as::<_, RunRow>(&sql).bind(organisation).bind(chat).fetch_all(c))
}
/// A run with its reasons.
pub async fn run_row(db: &Db, organisation: OrganisationId, id: RunId) -> Result<Option<RunRow>> {
    let sql = run_sql();
    read!(db, c => sqlx::query_as::<_, RunRow>(&sql).bind(organisation).bind(id).fetch_optional(c))
}

const RUNS: &str = "SELECT n.id, n.rule_id, r.name AS rule_name, n.version, n.occasion_id, n.shadow, n.outcome, n.note, n.object_kind, n.object_id, n.contact_id,
      n.chat_id, n.order_id, n.run_at, n.started_at, n.ended_at
    FROM rule_runs n JOIN rules r ON r.organisation_id = n.organisation_id AND r.id = n.rule_id
    WHERE n.organisation_id = $1 AND ($2 IS NULL OR n.rule_id = $2) AND ($3 IS NULL OR n.outcome = $3) AND ($4 IS NULL OR n.object_id = $4)
      AND ($5 IS NULL OR n.id < $5)
    ORDER BY n.id DESC LIMIT $6";

/// Which runs a list shows; absent fields do not narrow.
#[derive(Clone, Debug, Default)]
pub struct RunQuery<'a> {
    pub rule: Option<RuleId>,
    pub outcome: Option<RunOutcome>,
    pub object: Option<&'a str>,
    pub before: Option<RunId>,
}

/// A page of runs, newest first.
pub async fn runs(db: &Db, organisation: OrganisationId, q: &RunQuery<'_>, limit: i64) -> Result<Vec<RunView>> {
    read!(db, c => sqlx::query_as::<_, RunView>(RUNS).bind(organisation).bind(q.rule).bind(q.outcome).bind(q.object).bind(q.before).bind(limit).fetch_all(c))
}
/// The tree a run followed.
pub async fn version_tree(db: &Db, organisation: OrganisationId, rule: RuleId, version: i64) -> Result<Option<Json>> {
    read!(db, c => sqlx::query_scalar::<_, Json>(TREE).bind(organisation).bind(rule).bind(version).fetch_optional(c))
}

/// Statements built at run time, for the test that prepares every statement on both engines.
pub fn built_statements(engine: crate::Engine) -> Vec<String> {
    vec![list_sql(), one_sql(), due_sql(engine), next_run_sql(), answered_sql(engine), run_sql()]
}
