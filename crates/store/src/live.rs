//! Hints for open pages: rows written with the change, read by every node.

use crate::{Db, Result, Tx, batch};
use domain::ids::OrganisationId;

/// A hint as stored.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct HintRow {
    pub id: i64,
    pub organisation_id: OrganisationId,
    pub topic: String,
    pub object_id: String,
}

/// Rows written with one statement.
const CHUNKS: [usize; 4] = [64, 16, 4, 1];

fn insert_sql(rows: usize) -> String {
    format!("INSERT INTO live_events (organisation_id, topic, object_id, at) VALUES {}", batch::values(4, rows, ""))
}
fn statements() -> &'static [String] {
    static TEXTS: std::sync::OnceLock<Vec<String>> = std::sync::OnceLock::new();
    TEXTS.get_or_init(|| CHUNKS.iter().map(|rows| insert_sql(*rows)).collect())
}

/// Writes hints: topic and object.
pub async fn insert(
    tx: &mut Tx,
    organisation: OrganisationId,
    hints: &[(&'static str, String)],
    now: i64,
) -> Result<()> {
    for (range, place) in batch::pieces(hints.len(), &CHUNKS) {
        macro_rules! run {
            ($t:expr) => {{
                let mut query = sqlx::query(&statements()[place]);
                for (topic, object) in &hints[range] {
                    query = query.bind(organisation).bind(*topic).bind(object).bind(now);
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

const SINCE: &str = "SELECT id, organisation_id, topic, object_id FROM live_events WHERE id > $1 ORDER BY id LIMIT $2";

/// Hints after a position. On PostgreSQL ids may become visible out of order: see [`among`] and [`further_back`].
pub async fn since(db: &Db, after: i64, limit: i64) -> Result<Vec<HintRow>> {
    read!(db, c => sqlx::query_as::<_, HintRow>(SINCE).bind(after).bind(limit).fetch_all(c))
}

/// Ids asked for with one statement.
const PLACES: [usize; 2] = [16, 256];

fn among_sql(places: usize) -> String {
    let holes: Vec<String> = (1..=places).map(|n| format!("${n}")).collect();
    format!("SELECT id, organisation_id, topic, object_id FROM live_events WHERE id IN ({})", holes.join(", "))
}

/// Those of these hints that are visible by now.
pub async fn among(db: &Db, ids: &[i64]) -> Result<Vec<HintRow>> {
    let mut found = Vec::new();
    for part in ids.chunks(PLACES[1]) {
        let places = if part.len() > PLACES[0] { PLACES[1] } else { PLACES[0] };
        let sql = among_sql(places);
        macro_rules! run {
            ($c:expr) => {{
                let mut query = sqlx::query_as::<_, HintRow>(&sql);
                for n in 0..places {
                    query = query.bind(part.get(n).or(part.first()).copied());
                }
                query.fetch_all($c)
            }};
        }
        found.extend(read!(db, c => run!(c))?);
    }
    Ok(found)
}

const FURTHER_BACK: &str =
    "SELECT COALESCE(MIN(o.id) - 1, CAST($1 AS BIGINT)) FROM live_events o JOIN live_events a ON a.id = $1
    WHERE o.at >= a.at - $2 AND o.at <= a.at + $2";

/// A position before everything that was begun about when the hint at this one was.
pub async fn further_back(db: &Db, position: i64, ms: i64) -> Result<i64> {
    read!(db, c => sqlx::query_scalar::<_, i64>(FURTHER_BACK).bind(position).bind(ms).fetch_one(c))
}

const SINCE_FOR: &str = "SELECT id, organisation_id, topic, object_id FROM live_events WHERE id > $1 AND organisation_id = $2 ORDER BY id LIMIT $3";

/// Hints of one organisation after a position.
pub async fn since_for(db: &Db, organisation: OrganisationId, after: i64, limit: i64) -> Result<Vec<HintRow>> {
    read!(db, c => sqlx::query_as::<_, HintRow>(SINCE_FOR).bind(after).bind(organisation).bind(limit).fetch_all(c))
}

const BOUNDS: &str = "SELECT COALESCE(MIN(id), 0), COALESCE(MAX(id), 0) FROM live_events";

/// Oldest and newest position.
pub async fn bounds(db: &Db) -> Result<(i64, i64)> {
    read!(db, c => sqlx::query_as::<_, (i64, i64)>(BOUNDS).fetch_one(c))
}

const PRUNE: &str = "DELETE FROM live_events WHERE at < $1 AND id < (SELECT MAX(id) FROM live_events)";

/// Forgets hints older than a time; keeps the newest as a landmark.
pub async fn prune(tx: &mut Tx, before: i64) -> Result<u64> {
    execute!(tx, PRUNE, before)
}

/// Statements built at run time, for the test that prepares every statement on both engines.
pub fn built_statements() -> Vec<String> {
    vec![insert_sql(2), among_sql(PLACES[0])]
}
