//! The inbox: durable events and their payloads.

use crate::batch::{pieces, values};
use crate::{Db, Engine, Result, Tx};
use domain::ids::*;
use domain::queue::EventState;
use domain::views::EventView;

/// A row to store.
#[derive(Clone, Debug)]
pub struct NewEvent {
    pub organisation: OrganisationId,
    pub id: EventId,
    pub connection: Option<ConnectionId>,
    pub kind: String,
    pub dedupe_key: String,
    pub order_key: String,
    /// JSON texts.
    pub headers: String,
    pub data: String,
    pub received_at: i64,
}

/// Rows per statement: few texts, so that both engines keep them prepared.
const CHUNKS: [usize; 3] = [64, 16, 1];

/// Statement that stores `rows` events. A repeat (same connection and dedupe key) is left out silently.
pub fn insert_sql(rows: usize) -> String {
    format!(
        "INSERT INTO events (organisation_id, id, connection_id, kind, dedupe_key, order_key, run_at, received_at, state, attempts) VALUES {}
         ON CONFLICT (organisation_id, connection_id, dedupe_key) DO NOTHING RETURNING id",
        values(8, rows, ", 'new', 0")
    )
}

/// Statement that stores `rows` payloads.
pub fn insert_payloads_sql(rows: usize) -> String {
    format!("INSERT INTO event_payloads (organisation_id, event_id, headers, data) VALUES {}", values(4, rows, ""))
}

fn statements() -> &'static [(usize, String, String)] {
    static TEXTS: std::sync::OnceLock<Vec<(usize, String, String)>> = std::sync::OnceLock::new();
    TEXTS.get_or_init(|| CHUNKS.iter().map(|n| (*n, insert_sql(*n), insert_payloads_sql(*n))).collect())
}

/// Stores events with their payloads and answers the ids that were new.
pub async fn insert(tx: &mut Tx, events: &[NewEvent]) -> Result<std::collections::HashSet<EventId>> {
    let mut fresh = std::collections::HashSet::new();
    for (range, sql, _) in chunks(events.len()) {
        macro_rules! run {
            ($t:expr) => {{
                let mut query = sqlx::query_scalar::<_, EventId>(sql);
                for e in &events[range] {
                    query = query.bind(e.organisation).bind(e.id).bind(e.connection).bind(&e.kind).bind(&e.dedupe_key);
                    query = query.bind(&e.order_key).bind(e.received_at).bind(e.received_at);
                }
                query.fetch_all(&mut **$t).await?
            }};
        }
        fresh.extend(match tx {
            Tx::Sqlite(t) => run!(t),
            Tx::Postgres(t) => run!(t),
        });
    }
    let new: Vec<&NewEvent> = events.iter().filter(|e| fresh.contains(&e.id)).collect();
    for (range, _, sql) in chunks(new.len()) {
        macro_rules! run {
            ($t:expr) => {{
                let mut query = sqlx::query(sql);
                for e in &new[range] {
                    query = query.bind(e.organisation).bind(e.id).bind(&e.headers).bind(&e.data);
                }
                query.execute(&mut **$t).await?;
            }};
        }
        match tx {
            Tx::Sqlite(t) => run!(t),
            Tx::Postgres(t) => run!(t),
        }
    }
    Ok(fresh)
}

fn chunks(total: usize) -> impl Iterator<Item = (std::ops::Range<usize>, &'static str, &'static str)> {
    pieces(total, &CHUNKS).into_iter().map(|(range, place)| {
        let (_, events, payloads) = &statements()[place];
        (range, events.as_str(), payloads.as_str())
    })
}

/// An event to apply, with its payload.
#[derive(Debug, sqlx::FromRow)]
pub struct DueEvent {
    pub organisation_id: OrganisationId,
    pub id: EventId,
    pub connection_id: Option<ConnectionId>,
    pub provider: Option<String>,
    pub kind: String,
    pub attempts: i64,
    pub received_at: i64,
    pub data: String,
}

// As in `jobs::CLAIM`, each is asked for one before it. What is not processed is new: migration 0009 says why
// both conditions stand here.
const DUE: &str =
    "SELECT e.organisation_id, e.id, e.connection_id, c.provider, e.kind, e.attempts, e.received_at, p.data
    FROM events e
    JOIN event_payloads p ON p.organisation_id = e.organisation_id AND p.event_id = e.id
    LEFT JOIN connections c ON c.organisation_id = e.organisation_id AND c.id = e.connection_id
    WHERE e.organisation_id = $3 AND e.processed_at IS NULL AND e.run_at <= $1
      AND NOT EXISTS (SELECT 1 FROM events f WHERE f.organisation_id = e.organisation_id AND f.order_key = e.order_key
                      AND f.state = 'new' AND f.id < e.id LIMIT 1 OFFSET 0)
    ORDER BY e.id LIMIT $2";
const DUE_LOCKED: &str = " FOR UPDATE OF e SKIP LOCKED";

/// Oldest events due of an organisation, at most one per order key; locked until the transaction ends, which is their lease:
/// applying an event calls nobody outside, so a crash simply rolls it back.
pub async fn due(tx: &mut Tx, organisation: OrganisationId, now: i64, limit: i64) -> Result<Vec<DueEvent>> {
    let sql = dialect_due(tx.engine());
    write!(tx, c => sqlx::query_as::<_, DueEvent>(&sql).bind(now).bind(limit).bind(organisation).fetch_all(c))
}

// From one to the next by the index: what waits is not walked, however much it is.
const WAITING: &str = "WITH RECURSIVE line (o) AS (
      SELECT MIN(organisation_id) FROM events WHERE state = 'new'
      UNION ALL
      SELECT (SELECT MIN(e.organisation_id) FROM events e WHERE e.state = 'new' AND e.organisation_id > line.o) FROM line WHERE line.o IS NOT NULL)
    SELECT o FROM line WHERE o IS NOT NULL";

/// Organisations whose events wait.
pub async fn waiting(tx: &mut Tx) -> Result<Vec<OrganisationId>> {
    write!(tx, c => sqlx::query_scalar::<_, OrganisationId>(WAITING).fetch_all(c))
}

fn dialect_due(engine: Engine) -> String {
    match engine {
        Engine::Sqlite => DUE.to_owned(),
        Engine::Postgres => format!("{DUE}{DUE_LOCKED}"),
    }
}

const FINISH: &str = "UPDATE events SET state = $3, note = $4, attempts = $5, run_at = $6,
    processed_at = CASE WHEN $3 = 'new' THEN NULL ELSE CAST($7 AS BIGINT) END WHERE organisation_id = $1 AND id = $2";

/// Writes how applying an event ended.
#[allow(clippy::too_many_arguments)]
pub async fn finish(
    tx: &mut Tx,
    organisation: OrganisationId,
    id: EventId,
    state: EventState,
    note: Option<&str>,
    attempts: i64,
    run_at: i64,
    now: i64,
) -> Result<()> {
    execute!(tx, FINISH, organisation, id, state, note, attempts, run_at, now).map(|_| ())
}

/// Rows of one statement that notes what was applied.
const DONE_CHUNKS: [usize; 3] = [32, 8, 1];

fn done_sql(rows: usize) -> String {
    let holes: Vec<String> = (3..3 + rows).map(|n| format!("${n}")).collect();
    let ids = holes.join(", ");
    format!("UPDATE events SET state = 'done', processed_at = $2 WHERE organisation_id = $1 AND id IN ({ids})")
}
fn done_statements() -> &'static [String] {
    static TEXTS: std::sync::OnceLock<Vec<String>> = std::sync::OnceLock::new();
    TEXTS.get_or_init(|| DONE_CHUNKS.iter().map(|rows| done_sql(*rows)).collect())
}

/// Notes that these were applied.
pub async fn done(tx: &mut Tx, organisation: OrganisationId, ids: &[EventId], now: i64) -> Result<()> {
    for (range, place) in pieces(ids.len(), &DONE_CHUNKS) {
        macro_rules! run {
            ($t:expr) => {{
                let mut query = sqlx::query(&done_statements()[place]).bind(organisation).bind(now);
                for id in &ids[range] {
                    query = query.bind(*id);
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

// Not the smallest of all `run_at`: that would walk everything that waits.
const ANY_DUE: &str = "SELECT id FROM events WHERE state = 'new' AND run_at <= $1 LIMIT 1";

/// Whether an event is due.
pub async fn any_due(db: &Db, now: i64) -> Result<bool> {
    read!(db, c => sqlx::query_scalar::<_, EventId>(ANY_DUE).bind(now).fetch_optional(c)).map(|id| id.is_some())
}

const LIST: &str = "SELECT e.id, e.connection_id, c.provider, e.kind, e.dedupe_key, e.state, e.attempts, e.received_at, e.processed_at, e.note, e.replay_of
    FROM events e LEFT JOIN connections c ON c.organisation_id = e.organisation_id AND c.id = e.connection_id
    WHERE e.organisation_id = $1 AND ($2 IS NULL OR e.id < $2) AND ($3 IS NULL OR e.state = $3) AND ($4 IS NULL OR e.kind = $4)
      AND ($5 IS NULL OR e.connection_id = $5)
    ORDER BY e.id DESC LIMIT $6";

/// Newest first; `before` is the last id of the page before.
pub async fn list(
    db: &Db,
    organisation: OrganisationId,
    before: Option<EventId>,
    state: Option<EventState>,
    kind: Option<&str>,
    connection: Option<ConnectionId>,
    limit: i64,
) -> Result<Vec<EventView>> {
    read!(db, c => sqlx::query_as::<_, EventView>(LIST).bind(organisation).bind(before).bind(state).bind(kind).bind(connection).bind(limit).fetch_all(c))
}

const ONE: &str = "SELECT e.id, e.connection_id, c.provider, e.kind, e.dedupe_key, e.state, e.attempts, e.received_at, e.processed_at, e.note, e.replay_of
    FROM events e LEFT JOIN connections c ON c.organisation_id = e.organisation_id AND c.id = e.connection_id
    WHERE e.organisation_id = $1 AND e.id = $2";
const PAYLOAD: &str = "SELECT headers, data FROM event_payloads WHERE organisation_id = $1 AND event_id = $2";

/// One event with headers and payload (JSON texts), as long as these are kept.
pub async fn one(
    db: &Db,
    organisation: OrganisationId,
    id: EventId,
) -> Result<Option<(EventView, Option<(String, String)>)>> {
    let view = read!(db, c => sqlx::query_as::<_, EventView>(ONE).bind(organisation).bind(id).fetch_optional(c))?;
    let Some(view) = view else { return Ok(None) };
    let payload =
        read!(db, c => sqlx::query_as::<_, (String, String)>(PAYLOAD).bind(organisation).bind(id).fetch_optional(c))?;
    Ok(Some((view, payload)))
}

const ORDER_KEY: &str = "SELECT order_key FROM events WHERE organisation_id = $1 AND id = $2";
const REPLAY_OF: &str = "UPDATE events SET replay_of = $3 WHERE organisation_id = $1 AND id = $2";

/// The key within which an event keeps its order.
pub async fn order_key(tx: &mut Tx, organisation: OrganisationId, id: EventId) -> Result<String> {
    let key =
        write!(tx, c => sqlx::query_scalar::<_, String>(ORDER_KEY).bind(organisation).bind(id).fetch_optional(c))?;
    Ok(key.unwrap_or_default())
}
/// Notes of which event this one is a replay.
pub async fn replays(tx: &mut Tx, organisation: OrganisationId, id: EventId, of: EventId) -> Result<()> {
    execute!(tx, REPLAY_OF, organisation, id, of).map(|_| ())
}

/// Statements built at run time, for the test that prepares every statement on both engines.
pub fn built_statements(engine: Engine) -> Vec<String> {
    vec![insert_sql(2), insert_payloads_sql(2), dialect_due(engine), done_sql(2)]
}
