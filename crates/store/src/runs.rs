//! Runs of rules: as stored, as listed with the names of what they are about, and those whose time has come.

use crate::sight::{self, Sight};
use crate::{Db, Result, Tx, batch};
use domain::ids::*;
use domain::views::{RunLine, RunOutcome};
use serde_json::Value as Json;

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

/// Rows written with one statement.
const CHUNKS: [usize; 3] = [32, 8, 1];
const COLUMNS: &str = "organisation_id, id, rule_id, version, shadow, outcome, note, object_kind, object_id, contact_id, chat_id, order_id, place,
      waits_for, run_at, occasion_id, trace, cause_kind, cause_id, chain, depth, started_at, ended_at";

fn insert_sql(rows: usize) -> String {
    format!("INSERT INTO rule_runs ({COLUMNS}) VALUES {}", batch::values(23, rows, ""))
}
fn statements() -> &'static [String] {
    static TEXTS: std::sync::OnceLock<Vec<String>> = std::sync::OnceLock::new();
    TEXTS.get_or_init(|| CHUNKS.iter().map(|rows| insert_sql(*rows)).collect())
}
const UPDATE: &str =
    "UPDATE rule_runs SET outcome = $3, note = $4, place = $5, waits_for = $6, run_at = $7, trace = $8, ended_at = $9, contact_id = $10
    WHERE organisation_id = $1 AND id = $2";

/// Writes new runs.
pub async fn insert(tx: &mut Tx, rows: &[RunRow]) -> Result<()> {
    for (range, place) in batch::pieces(rows.len(), &CHUNKS) {
        macro_rules! run {
            ($t:expr) => {{
                let mut query = sqlx::query(&statements()[place]);
                for row in &rows[range] {
                    query = query.bind(row.organisation_id).bind(row.id).bind(row.rule_id).bind(row.version);
                    query = query.bind(row.shadow).bind(row.outcome).bind(&row.note).bind(&row.object_kind);
                    query = query.bind(&row.object_id).bind(row.contact_id).bind(row.chat_id).bind(row.order_id);
                    query = query.bind(&row.place).bind(&row.waits_for).bind(row.run_at).bind(row.occasion_id);
                    query = query.bind(&row.trace).bind(&row.cause_kind).bind(row.cause_id.as_deref()).bind(&row.chain);
                    query = query.bind(row.depth).bind(row.started_at).bind(row.ended_at);
                }
                query.execute(&mut **$t).await?;
            }};
        }
        match tx {
            Tx::Sqlite(t) => run!(t),
            Tx::Postgres(t) => run!(t),
        }
    }
    Ok(())
}
/// Writes how a run stands now.
pub async fn update(tx: &mut Tx, row: &RunRow) -> Result<()> {
    execute!(
        tx,
        UPDATE,
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

/// What waits for a rule that is switched off goes on waiting.
const AWAKE: &str = "EXISTS (SELECT 1 FROM rules r WHERE r.organisation_id = rule_runs.organisation_id AND r.id = rule_runs.rule_id AND r.state IN ('on', 'shadow'))";

fn due_sql(engine: crate::Engine) -> String {
    let lock = engine.for_update_of_free();
    format!(
        "SELECT {COLUMNS} FROM rule_runs WHERE outcome = 'waiting' AND run_at <= $1 AND {AWAKE} ORDER BY run_at LIMIT $2{lock}"
    )
}
fn answered_sql(engine: crate::Engine) -> String {
    let lock = engine.for_update();
    format!(
        "SELECT {COLUMNS} FROM rule_runs WHERE organisation_id = $1 AND chat_id = $2 AND waits_for = 'answer' AND outcome = 'waiting' AND {AWAKE} ORDER BY started_at, id LIMIT 20{lock}"
    )
}
fn row_sql() -> String {
    format!("SELECT {COLUMNS} FROM rule_runs WHERE organisation_id = $1 AND id = $2")
}

fn next_sql() -> String {
    format!("SELECT MIN(run_at) FROM rule_runs WHERE outcome = 'waiting' AND {AWAKE}")
}

/// When the next waiting run goes on.
pub async fn next(db: &Db) -> Result<Option<i64>> {
    let sql = next_sql();
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
const FOR_A_DATE: &str = "SELECT id FROM rule_runs WHERE organisation_id = $1 AND (order_id = $2 OR contact_id = $3)
    AND outcome = 'waiting' AND waits_for = 'time'";

/// Runs that wait for a moment on account of an order, or of a contact.
pub async fn waiting_for_a_date(
    tx: &mut Tx,
    organisation: OrganisationId,
    order: Option<OrderId>,
    contact: Option<ContactId>,
) -> Result<Vec<RunId>> {
    write!(tx, c => sqlx::query_scalar::<_, RunId>(FOR_A_DATE).bind(organisation).bind(order).bind(contact).fetch_all(c))
}
/// A run with its reasons.
pub async fn row(db: &Db, organisation: OrganisationId, id: RunId) -> Result<Option<RunRow>> {
    let sql = row_sql();
    read!(db, c => sqlx::query_as::<_, RunRow>(&sql).bind(organisation).bind(id).fetch_optional(c))
}

const SELECT: &str = "SELECT n.id, n.rule_id, r.name AS rule_name, n.version, n.occasion_id, n.shadow, n.outcome, n.note, n.object_kind, n.object_id, n.contact_id,
      n.chat_id, n.order_id, n.run_at, n.started_at, n.ended_at, k.name AS contact_name, k.phone AS contact_phone, o.number AS order_number
    FROM rule_runs n JOIN rules r ON r.organisation_id = n.organisation_id AND r.id = n.rule_id
      LEFT JOIN contacts k ON k.organisation_id = n.organisation_id AND k.id = n.contact_id
      LEFT JOIN orders o ON o.organisation_id = n.organisation_id AND o.id = n.order_id";

/// Whoever does not see everything sees the runs about clients they see.
fn seen(place: &str) -> String {
    format!("({place} IS NULL OR n.contact_id IS NOT NULL AND {})", sight::contact("n.contact_id", place))
}

/// A rule or a thing asked for is named outright, so that its index is used.
fn lines_sql(rule: bool, object: bool) -> String {
    let narrow = |asked: bool, column: &str, place: &str| match asked {
        true => format!("n.{column} = {place}"),
        false => format!("CAST({place} AS TEXT) IS NULL"),
    };
    let (rule, object) = (narrow(rule, "rule_id", "$2"), narrow(object, "object_id", "$4"));
    format!(
        "{SELECT}
    WHERE n.organisation_id = $1 AND {rule} AND ($3 IS NULL OR n.outcome = $3) AND {object} AND ($5 IS NULL OR n.id < $5)
      AND ($6 IS NULL OR n.object_id = $9 OR o.search_text LIKE $6 ESCAPE '\\' OR k.search_text LIKE $6 ESCAPE '\\'
        OR k.search_text LIKE $7 ESCAPE '\\' OR k.search_text LIKE $8 ESCAPE '\\')
      AND {}
    ORDER BY n.id DESC LIMIT $10",
        seen("$11")
    )
}
fn line_sql() -> String {
    format!("{SELECT} WHERE n.organisation_id = $1 AND n.id = $2 AND {}", seen("$3"))
}

/// Which runs a list shows; absent fields do not narrow.
#[derive(Clone, Debug, Default)]
pub struct RunQuery<'a> {
    pub rule: Option<RuleId>,
    pub outcome: Option<RunOutcome>,
    pub object: Option<&'a str>,
    /// What was typed, and its patterns over clients and orders.
    pub text: Option<(&'a str, [String; 3])>,
    pub before: Option<RunId>,
}

/// A page of runs, newest first.
pub async fn lines(db: &Db, sight: Sight, q: &RunQuery<'_>, limit: i64) -> Result<Vec<RunLine>> {
    let sql = lines_sql(q.rule.is_some(), q.object.is_some());
    let like = |place: usize| q.text.as_ref().map(|text| text.1[place].as_str());
    read!(db, c => sqlx::query_as::<_, RunLine>(&sql).bind(sight.organisation).bind(q.rule).bind(q.outcome).bind(q.object).bind(q.before)
        .bind(like(0)).bind(like(1)).bind(like(2)).bind(q.text.as_ref().map(|text| text.0)).bind(limit).bind(sight.viewer).fetch_all(c))
}

/// One run.
pub async fn line(db: &Db, sight: Sight, id: RunId) -> Result<Option<RunLine>> {
    let sql = line_sql();
    read!(db, c => sqlx::query_as::<_, RunLine>(&sql).bind(sight.organisation).bind(id).bind(sight.viewer).fetch_optional(c))
}

// An update that changes nothing takes the row's lock on both engines.
fn lock_sql() -> String {
    format!("UPDATE rule_runs SET note = note WHERE organisation_id = $1 AND id = $2 RETURNING {COLUMNS}")
}

/// A run for changing; nobody else goes on with it until the transaction ends.
pub async fn lock(tx: &mut Tx, organisation: OrganisationId, id: RunId) -> Result<Option<RunRow>> {
    let sql = lock_sql();
    write!(tx, c => sqlx::query_as::<_, RunRow>(&sql).bind(organisation).bind(id).fetch_optional(c))
}

const ACTED_ON: &str = "SELECT DISTINCT object_id FROM rule_runs
    WHERE organisation_id = $1 AND rule_id = $2 AND NOT shadow AND outcome IN ('done', 'waiting', 'failed')";

/// What a rule has acted on so far, in any of its versions.
pub async fn acted_on(tx: &mut Tx, organisation: OrganisationId, rule: RuleId) -> Result<Vec<String>> {
    write!(tx, c => sqlx::query_scalar::<_, String>(ACTED_ON).bind(organisation).bind(rule).fetch_all(c))
}

/// Statements built at run time, for the test that prepares every statement on both engines.
pub fn built_statements(engine: crate::Engine) -> Vec<String> {
    let lines =
        [(false, false), (true, false), (false, true), (true, true)].map(|(rule, object)| lines_sql(rule, object));
    let others = [due_sql(engine), next_sql(), answered_sql(engine), row_sql(), lock_sql(), line_sql()];
    others.into_iter().chain(CHUNKS.map(insert_sql)).chain(lines).collect()
}

const PRUNE: &str = "DELETE FROM rule_runs WHERE outcome = 'nothing' AND started_at < $1";

/// Forgets runs before a moment that had nothing to do.
pub async fn prune(tx: &mut Tx, before: i64) -> Result<u64> {
    execute!(tx, PRUNE, before)
}
