//! Rules and their published versions. What a rule means is in `domain::rules`; runs are in `runs`.

use crate::{Db, Result, Tx};
use domain::access::Presence;
use domain::ids::*;
use domain::views::{RuleState, RuleVersionView, RuleView};
use serde_json::Value as Json;

const SELECT: &str = "SELECT r.id, r.name, r.state, r.position, r.ceiling, COALESCE(v.trigger_event, '') AS event, r.version, r.updated_at, r.rev,
      (SELECT COUNT(*) FROM rule_runs n WHERE n.organisation_id = r.organisation_id AND n.rule_id = r.id AND n.id >= $2
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
    read!(db, c => sqlx::query_as::<_, RuleView>(&sql).bind(organisation).bind(RunId::make(since, &[0; 10])).fetch_all(c))
}

/// One rule.
pub async fn one(db: &Db, organisation: OrganisationId, since: i64, id: RuleId) -> Result<Option<RuleView>> {
    let sql = one_sql();
    read!(db, c => sqlx::query_as::<_, RuleView>(&sql).bind(organisation).bind(RunId::make(since, &[0; 10])).bind(id).fetch_optional(c))
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
const ORDER: &str =
    "SELECT id, position FROM rules WHERE organisation_id = $1 AND state <> 'archived' ORDER BY position, id";
const MOVE: &str = "UPDATE rules SET position = $3 WHERE organisation_id = $1 AND id = $2";

/// Rules by precedence, with their positions; archived ones are left out.
pub async fn order(tx: &mut Tx, organisation: OrganisationId) -> Result<Vec<(RuleId, i64)>> {
    write!(tx, c => sqlx::query_as::<_, (RuleId, i64)>(ORDER).bind(organisation).fetch_all(c))
}
/// Gives a rule another position. Whoever is editing it is not disturbed: its revision stays.
pub async fn set_position(tx: &mut Tx, organisation: OrganisationId, id: RuleId, position: i64) -> Result<()> {
    execute!(tx, MOVE, organisation, id, position).map(|_| ())
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

/// A published rule that listens to an event. Its tree is that of the version.
#[derive(Clone, Copy, Debug, sqlx::FromRow)]
pub struct Listening {
    pub id: RuleId,
    pub state: RuleState,
    pub version: i64,
    /// Times a minute it may act.
    pub ceiling: i64,
}

const LISTENING: &str = "SELECT r.id, r.state, v.version, r.ceiling
    FROM rule_versions v JOIN rules r ON r.organisation_id = v.organisation_id AND r.id = v.rule_id AND r.version = v.version
    WHERE v.organisation_id = $1 AND v.trigger_event = $2 AND r.state IN ('on', 'shadow') ORDER BY r.position, r.id LIMIT 1000";

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

/// The tree a run followed.
pub async fn version_tree(db: &Db, organisation: OrganisationId, rule: RuleId, version: i64) -> Result<Option<Json>> {
    read!(db, c => sqlx::query_scalar::<_, Json>(TREE).bind(organisation).bind(rule).bind(version).fetch_optional(c))
}

/// Statements built at run time, for the test that prepares every statement on both engines.
pub fn built_statements() -> Vec<String> {
    vec![list_sql(), one_sql()]
}
