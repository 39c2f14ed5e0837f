//! Seals of the journal: which lines wait for theirs, the chain, and what lies beside it.

use crate::{Db, Result, Tx, batch};
use domain::ids::*;
use domain::seal::{Seal, SealedLine};

const LINE: &str = "j.organisation_id, j.id, j.at, j.level, j.code, j.args, j.actor_kind, j.actor_id, j.object_kind, j.object_id, j.cause_kind, j.cause_id";
const NOT_IN_CHAIN: &str =
    "NOT EXISTS (SELECT 1 FROM journal_seals s WHERE s.organisation_id = j.organisation_id AND s.journal_id = j.id)";
/// Rows written with one statement.
const CHUNKS: [usize; 3] = [64, 8, 1];

fn pending_sql() -> String {
    format!(
        "SELECT {LINE} FROM journal j WHERE j.seal IS NULL AND {NOT_IN_CHAIN} ORDER BY j.organisation_id, j.id LIMIT $1"
    )
}
fn lines_sql() -> String {
    format!(
        "SELECT {LINE} FROM journal j JOIN journal_seals s ON s.organisation_id = j.organisation_id AND s.journal_id = j.id
        WHERE s.organisation_id = $1 AND s.position > $2 AND s.position <= $3"
    )
}
fn stray_sql() -> String {
    format!(
        "SELECT j.id, j.seal FROM journal j
        WHERE j.organisation_id = $1 AND (j.seal IS NOT NULL OR j.at < $2) AND {NOT_IN_CHAIN} ORDER BY j.id"
    )
}
fn insert_sql(rows: usize) -> String {
    let columns = "organisation_id, position, journal_id, at, content, hash, sealed_at";
    format!("INSERT INTO journal_seals ({columns}) VALUES {}", batch::values(7, rows, ""))
}
fn inserts() -> &'static [String] {
    static TEXTS: std::sync::OnceLock<Vec<String>> = std::sync::OnceLock::new();
    TEXTS.get_or_init(|| CHUNKS.iter().map(|rows| insert_sql(*rows)).collect())
}

const LAST: &str = "SELECT position, journal_id, at, content, hash FROM journal_seals WHERE organisation_id = $1 ORDER BY position DESC LIMIT 1";
const CHAIN: &str = "SELECT position, journal_id, at, content, hash FROM journal_seals
    WHERE organisation_id = $1 AND position > $2 ORDER BY position LIMIT $3";
const HASH: &str = "SELECT hash FROM journal_seals WHERE organisation_id = $1 AND position = $2";
const MARK: &str = "UPDATE journal SET seal = (SELECT s.position FROM journal_seals s
      WHERE s.organisation_id = journal.organisation_id AND s.journal_id = journal.id)
    WHERE organisation_id = $1 AND id IN (SELECT s.journal_id FROM journal_seals s WHERE s.organisation_id = $1 AND s.position > $2)";
const PRUNE: &str = "DELETE FROM journal WHERE organisation_id = $1 AND id < $2 AND at < $3 AND seal IS NOT NULL";

/// Lines without a seal that are committed by now, by organisation.
pub async fn pending(tx: &mut Tx, limit: i64) -> Result<Vec<SealedLine>> {
    write!(tx, c => sqlx::query_as::<_, SealedLine>(&pending_sql()).bind(limit).fetch_all(c))
}

/// The end of the chain.
pub async fn last(tx: &mut Tx, organisation: OrganisationId) -> Result<Option<Seal>> {
    write!(tx, c => sqlx::query_as::<_, Seal>(LAST).bind(organisation).fetch_optional(c))
}

/// Adds to the chain behind position `after`; refused as not unique when another node was faster.
pub async fn add(tx: &mut Tx, organisation: OrganisationId, after: i64, seals: &[Seal], now: i64) -> Result<()> {
    for (range, place) in batch::pieces(seals.len(), &CHUNKS) {
        macro_rules! run {
            ($t:expr) => {{
                let mut query = sqlx::query(&inserts()[place]);
                for seal in &seals[range] {
                    query = query.bind(organisation).bind(seal.position).bind(seal.journal_id).bind(seal.at);
                    query = query.bind(&seal.content).bind(&seal.hash).bind(now);
                }
                query.execute(&mut **$t).await?;
            }};
        }
        match tx {
            Tx::Sqlite(t) => run!(t),
            Tx::Postgres(t) => run!(t),
        }
    }
    execute!(tx, MARK, organisation, after).map(|_| ())
}

/// The next piece of the chain.
pub async fn chain(db: &Db, organisation: OrganisationId, after: i64, limit: i64) -> Result<Vec<Seal>> {
    read!(db, c => sqlx::query_as::<_, Seal>(CHAIN).bind(organisation).bind(after).bind(limit).fetch_all(c))
}

/// The lines that are still there of a piece of the chain, in no order.
pub async fn lines(db: &Db, organisation: OrganisationId, after: i64, to: i64) -> Result<Vec<SealedLine>> {
    read!(db, c => sqlx::query_as::<_, SealedLine>(&lines_sql()).bind(organisation).bind(after).bind(to).fetch_all(c))
}

/// The hash at a position.
pub async fn hash(db: &Db, organisation: OrganisationId, position: i64) -> Result<Option<String>> {
    read!(db, c => sqlx::query_scalar::<_, String>(HASH).bind(organisation).bind(position).fetch_optional(c))
}

/// Lines the chain does not know: those that say they are sealed, with the place they name, and those older than `since`.
pub async fn stray(db: &Db, organisation: OrganisationId, since: i64) -> Result<Vec<(JournalId, Option<i64>)>> {
    read!(db, c => sqlx::query_as::<_, (JournalId, Option<i64>)>(&stray_sql()).bind(organisation).bind(since).fetch_all(c))
}

/// Deletes lines older than a time; their seals stay, and what has none stays as well. Answers how many.
pub async fn prune(tx: &mut Tx, organisation: OrganisationId, before: i64) -> Result<u64> {
    execute!(tx, PRUNE, organisation, JournalId::make(before, &[0; 10]), before)
}

/// For the test of all statements.
pub fn built_statements() -> Vec<String> {
    [vec![pending_sql(), lines_sql(), stray_sql()], inserts().to_vec()].concat()
}
