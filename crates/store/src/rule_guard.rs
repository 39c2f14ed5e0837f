//! What keeps rules in bounds: how often they acted, what they still have in the queue, examples they must not betray, and
//! chats nobody answered.

use crate::{Db, Engine, Result, Tx};
use domain::ids::*;
use domain::views::{ExampleView, RuleState};
use serde_json::Value as Json;

const BEAT: &str = "INSERT INTO rule_beats (organisation_id, rule_id, minute, acted) VALUES ($1, $2, $3, 1)
    ON CONFLICT (organisation_id, rule_id, minute) DO UPDATE SET acted = rule_beats.acted + 1 RETURNING acted";
const BEATS: &str = "SELECT acted FROM rule_beats WHERE organisation_id = $1 AND rule_id = $2 AND minute = $3";
const PRUNE_BEATS: &str = "DELETE FROM rule_beats WHERE minute < $1";
const HOLD: &str = "UPDATE jobs SET state = 'held', code = 'rule_paused' WHERE organisation_id = $1 AND state = 'ready' AND cause_kind = 'run'
    AND cause_id IN (SELECT n.id FROM rule_runs n WHERE n.organisation_id = $1 AND n.rule_id = $2)";
const RELEASE: &str =
    "UPDATE jobs SET state = 'ready', code = NULL, run_at = $3 WHERE organisation_id = $1 AND state = 'held' AND code = 'rule_paused'
    AND cause_kind = 'run' AND cause_id IN (SELECT n.id FROM rule_runs n WHERE n.organisation_id = $1 AND n.rule_id = $2)";
const HELD: &str =
    "SELECT id FROM jobs WHERE organisation_id = $1 AND state = 'held' AND code = 'rule_paused' AND cause_kind = 'run'
    AND cause_id IN (SELECT n.id FROM rule_runs n WHERE n.organisation_id = $1 AND n.rule_id = $2) ORDER BY id LIMIT 10000";
const DROP_WAITING: &str =
    "UPDATE rule_runs SET outcome = 'blocked', note = 'dropped', waits_for = '', run_at = NULL, ended_at = $3
    WHERE organisation_id = $1 AND rule_id = $2 AND outcome = 'waiting'";

/// Counts that a rule acts in this minute; answers how often it did.
pub async fn beat(tx: &mut Tx, organisation: OrganisationId, rule: RuleId, minute: i64) -> Result<i64> {
    write!(tx, c => sqlx::query_scalar::<_, i64>(BEAT).bind(organisation).bind(rule).bind(minute).fetch_one(c))
}
/// How often a rule acted in a minute.
pub async fn beats(tx: &mut Tx, organisation: OrganisationId, rule: RuleId, minute: i64) -> Result<i64> {
    let found = write!(tx, c => sqlx::query_scalar::<_, i64>(BEATS).bind(organisation).bind(rule).bind(minute).fetch_optional(c))?;
    Ok(found.unwrap_or(0))
}
/// Forgets the counts before a minute.
pub async fn prune_beats(tx: &mut Tx, before: i64) -> Result<u64> {
    execute!(tx, PRUNE_BEATS, before)
}
/// Holds what a rule has in the queue; answers how many.
pub async fn hold(tx: &mut Tx, organisation: OrganisationId, rule: RuleId) -> Result<u64> {
    execute!(tx, HOLD, organisation, rule)
}
/// Lets it go; answers how many.
pub async fn release(tx: &mut Tx, organisation: OrganisationId, rule: RuleId, now: i64) -> Result<u64> {
    execute!(tx, RELEASE, organisation, rule, now)
}
/// What is held of a rule.
pub async fn held(db: &Db, organisation: OrganisationId, rule: RuleId) -> Result<Vec<JobId>> {
    read!(db, c => sqlx::query_scalar::<_, JobId>(HELD).bind(organisation).bind(rule).fetch_all(c))
}
/// Ends the runs of a rule that wait for something; answers how many.
pub async fn drop_waiting(tx: &mut Tx, organisation: OrganisationId, rule: RuleId, now: i64) -> Result<u64> {
    execute!(tx, DROP_WAITING, organisation, rule, now)
}

fn writes_sql() -> String {
    let sends = crate::jobs::sends();
    format!(
        "SELECT j.id, j.kind, j.connection_id, c.provider, j.payload,
           EXISTS (SELECT 1 FROM jobs u WHERE u.organisation_id = j.organisation_id AND u.idempotency_key = 'undo:' || j.id) AS undone
         FROM rule_runs n JOIN jobs j ON j.organisation_id = n.organisation_id AND j.cause_id = n.id AND j.cause_kind = 'run'
           LEFT JOIN connections c ON c.organisation_id = j.organisation_id AND c.id = j.connection_id
         WHERE n.organisation_id = $1 AND n.rule_id = $2 AND j.state = 'done' AND j.finished_at >= $3 AND j.kind IN ({sends})
         ORDER BY j.id LIMIT 10000"
    )
}

/// Something a rule has written outside.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct WriteRow {
    pub id: JobId,
    pub kind: String,
    pub connection_id: Option<ConnectionId>,
    pub provider: Option<String>,
    pub payload: Json,
    /// It was taken back, or is being.
    pub undone: bool,
}

/// What a rule has written outside since a moment, oldest first.
pub async fn writes(db: &Db, organisation: OrganisationId, rule: RuleId, since: i64) -> Result<Vec<WriteRow>> {
    let sql = writes_sql();
    read!(db, c => sqlx::query_as::<_, WriteRow>(&sql).bind(organisation).bind(rule).bind(since).fetch_all(c))
}

const EXAMPLES: &str = "SELECT id, name, event, fires, created_at FROM rule_examples WHERE organisation_id = $1 AND rule_id = $2 ORDER BY id LIMIT 200";
const EXAMPLE_FACTS: &str = "SELECT name, event, facts, fires FROM rule_examples WHERE organisation_id = $1 AND rule_id = $2 ORDER BY id LIMIT 200";
const INSERT_EXAMPLE: &str = "INSERT INTO rule_examples (organisation_id, id, rule_id, name, event, facts, fires, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
const DELETE_EXAMPLE: &str = "DELETE FROM rule_examples WHERE organisation_id = $1 AND rule_id = $2 AND id = $3";

/// An example with its facts.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct ExampleRow {
    pub name: String,
    pub event: String,
    /// `domain::rules::Facts`.
    pub facts: Json,
    pub fires: bool,
}

/// Examples of a rule.
pub async fn examples(db: &Db, organisation: OrganisationId, rule: RuleId) -> Result<Vec<ExampleView>> {
    read!(db, c => sqlx::query_as::<_, ExampleView>(EXAMPLES).bind(organisation).bind(rule).fetch_all(c))
}
/// The same with what they are made of.
pub async fn example_facts(db: &Db, organisation: OrganisationId, rule: RuleId) -> Result<Vec<ExampleRow>> {
    read!(db, c => sqlx::query_as::<_, ExampleRow>(EXAMPLE_FACTS).bind(organisation).bind(rule).fetch_all(c))
}
/// Keeps an example.
pub async fn insert_example(
    tx: &mut Tx,
    organisation: OrganisationId,
    id: ExampleId,
    rule: RuleId,
    row: &ExampleRow,
    now: i64,
) -> Result<()> {
    execute!(tx, INSERT_EXAMPLE, organisation, id, rule, &row.name, &row.event, &row.facts, row.fires, now).map(|_| ())
}
/// Forgets an example; `false` when there is none.
pub async fn delete_example(tx: &mut Tx, organisation: OrganisationId, rule: RuleId, id: ExampleId) -> Result<bool> {
    Ok(execute!(tx, DELETE_EXAMPLE, organisation, rule, id)? == 1)
}

const BY_CLOCK: &str = "SELECT r.organisation_id, r.id, r.state, r.ceiling, v.version, v.trigger_event, v.tree, v.published_at
    FROM rule_versions v JOIN rules r ON r.organisation_id = v.organisation_id AND r.id = v.rule_id AND r.version = v.version
    WHERE v.trigger_event IN ('chat.unanswered', 'order.deadline', 'day.time', 'contact.date') AND r.state IN ('on', 'shadow') ORDER BY r.organisation_id, r.position, r.id LIMIT 10000";
const UNANSWERED: &str = "SELECT c.id, c.contact_id, c.waiting_since FROM chats c
    WHERE c.organisation_id = $1 AND c.waiting_since IS NOT NULL AND c.waiting_since <= $3 AND c.waiting_since > $4 AND c.status <> 'closed'
      AND NOT EXISTS (SELECT 1 FROM rule_runs n WHERE n.organisation_id = c.organisation_id AND n.object_kind = 'chat' AND n.object_id = c.id
        AND n.rule_id = $2 AND n.started_at >= c.waiting_since)
    ORDER BY c.waiting_since LIMIT 50";

/// A rule that starts by the clock.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Clocked {
    pub organisation_id: OrganisationId,
    pub id: RuleId,
    pub state: RuleState,
    pub ceiling: i64,
    pub version: i64,
    pub trigger_event: String,
    pub tree: Json,
    pub published_at: i64,
}

/// Rules that start by the clock, of all organisations.
pub async fn by_clock(db: &Db) -> Result<Vec<Clocked>> {
    read!(db, c => sqlx::query_as::<_, Clocked>(BY_CLOCK).fetch_all(c))
}

fn turn_sql(engine: Engine) -> String {
    // Not the stronger lock: runs that refer to the rule are written meanwhile.
    let lock = if engine == Engine::Postgres { " FOR NO KEY UPDATE SKIP LOCKED" } else { "" };
    format!(
        "SELECT 1 FROM rules WHERE organisation_id = $1 AND id = $2 AND version = $3 AND state IN ('on', 'shadow'){lock}"
    )
}

/// Takes the turn of a rule that starts by the clock until the transaction ends; `false` when another node has it, or the
/// rule is not what it was.
pub async fn turn(tx: &mut Tx, rule: &Clocked) -> Result<bool> {
    let sql = turn_sql(tx.engine());
    let found = write!(tx, c => sqlx::query_scalar::<_, i32>(&sql).bind(rule.organisation_id).bind(rule.id).bind(rule.version).fetch_optional(c))?;
    Ok(found.is_some())
}

const DUE_ORDERS: &str = "SELECT o.id FROM orders o
    WHERE o.organisation_id = $1 AND o.deadline_at IS NOT NULL AND o.deadline_at <= $3 AND o.deadline_at > $4 AND o.status NOT IN ('delivered', 'cancelled')
      AND NOT EXISTS (SELECT 1 FROM rule_runs n WHERE n.organisation_id = o.organisation_id AND n.object_id = o.id
        AND n.rule_id = $2 AND n.started_at >= o.deadline_at - $5)
    ORDER BY o.deadline_at LIMIT 50";

/// Open orders whose deadline lies between `from` and `until` and which this rule has not looked at in the last `lead`
/// milliseconds before it.
pub async fn due_orders(
    tx: &mut Tx,
    organisation: OrganisationId,
    rule: RuleId,
    (from, until): (i64, i64),
    lead: i64,
) -> Result<Vec<OrderId>> {
    write!(tx, c => sqlx::query_scalar::<_, OrderId>(DUE_ORDERS).bind(organisation).bind(rule).bind(until).bind(from).bind(lead).fetch_all(c))
}

const RAN_SINCE: &str = "SELECT COUNT(*) FROM rule_runs WHERE organisation_id = $1 AND rule_id = $2 AND id >= $3";

/// Whether a rule has run since a moment, whatever came of it.
pub async fn ran_since(tx: &mut Tx, organisation: OrganisationId, rule: RuleId, moment: i64) -> Result<bool> {
    let first = RunId::make(moment, &[0; 10]);
    let count = write!(tx, c => sqlx::query_scalar::<_, i64>(RAN_SINCE).bind(organisation).bind(rule).bind(first).fetch_one(c))?;
    Ok(count > 0)
}

/// A chat nobody answered.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Unanswered {
    pub id: ChatId,
    pub contact_id: ContactId,
    pub waiting_since: i64,
}

/// Chats waiting since before `until` and after `from` that this rule has not looked at since.
pub async fn unanswered(
    tx: &mut Tx,
    organisation: OrganisationId,
    rule: RuleId,
    until: i64,
    from: i64,
) -> Result<Vec<Unanswered>> {
    write!(tx, c => sqlx::query_as::<_, Unanswered>(UNANSWERED).bind(organisation).bind(rule).bind(until).bind(from).fetch_all(c))
}

const FREE: &str = "SELECT m.user_id FROM members m WHERE m.organisation_id = $1 AND m.active = TRUE AND m.presence = 'active'
      AND m.role IN ('owner', 'admin', 'seller', 'technician') AND ($2 = 0 OR m.role <> 'technician')
    ORDER BY (SELECT COUNT(*) FROM chats c WHERE c.organisation_id = m.organisation_id AND c.assignee_id = m.user_id AND c.status <> 'closed')
      + (SELECT COUNT(*) FROM orders o WHERE o.organisation_id = m.organisation_id AND o.assignee_id = m.user_id AND o.status NOT IN ('delivered', 'cancelled')),
      CASE m.role WHEN 'seller' THEN 0 WHEN 'technician' THEN 0 WHEN 'admin' THEN 1 ELSE 2 END, m.user_id LIMIT 1";

/// Who is at work and has the least on their plate; `chat`: among those who may answer chats.
pub async fn free_member(tx: &mut Tx, organisation: OrganisationId, chat: bool) -> Result<Option<UserId>> {
    write!(tx, c => sqlx::query_scalar::<_, UserId>(FREE).bind(organisation).bind(i64::from(chat)).fetch_optional(c))
}

const OWNERS: &str = "SELECT user_id FROM members WHERE organisation_id = $1 AND role = 'owner' AND active = TRUE ORDER BY user_id LIMIT 20";

/// Whom to tell about what only owners can mend.
pub async fn owners(tx: &mut Tx, organisation: OrganisationId) -> Result<Vec<UserId>> {
    write!(tx, c => sqlx::query_scalar::<_, UserId>(OWNERS).bind(organisation).fetch_all(c))
}

/// Statements built at run time, for the test that prepares every statement on both engines.
pub fn built_statements(engine: Engine) -> Vec<String> {
    vec![writes_sql(), turn_sql(engine)]
}
