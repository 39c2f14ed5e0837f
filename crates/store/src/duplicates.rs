//! What cards can be compared by, and the pairs that were found: kept ready, so that a list of them costs no comparing.

use crate::sight::{Sight, contact as seen};
use crate::{Db, Result, Tx};
use domain::duplicates::{Key, Reason, ReasonKind};
use domain::ids::*;
use sqlx::types::Json;

const PENDING: &str =
    "SELECT organisation_id, id FROM contacts WHERE keyed_at IS NULL ORDER BY organisation_id, id LIMIT $1";
const CLAIM: &str = "UPDATE contacts SET keyed_at = $3 WHERE organisation_id = $1 AND id = $2 AND keyed_at IS NULL";
const RENEW: &str =
    "UPDATE contacts SET keyed_at = NULL WHERE organisation_id = $1 AND id = $2 AND keyed_at IS NOT NULL";
const RENEW_ALL: &str = "UPDATE contacts SET keyed_at = NULL WHERE organisation_id = $1 AND keyed_at IS NOT NULL";
const CLEAR_KEYS: &str = "DELETE FROM contact_keys WHERE organisation_id = $1 AND contact_id = $2";
const ADD_KEY: &str =
    "INSERT INTO contact_keys (organisation_id, kind, value, contact_id, place, shown) VALUES ($1, $2, $3, $4, $5, $6)
    ON CONFLICT (organisation_id, kind, value, contact_id, place) DO NOTHING";
const SHARING: &str = "SELECT contact_id, place FROM contact_keys WHERE organisation_id = $1 AND kind = $2 AND value = $3 AND contact_id <> $4
    ORDER BY contact_id, place LIMIT $5";

/// Cards whose keys are to be made anew.
pub async fn pending(db: &Db, limit: i64) -> Result<Vec<(OrganisationId, ContactId)>> {
    read!(db, c => sqlx::query_as::<_, (OrganisationId, ContactId)>(PENDING).bind(limit).fetch_all(c))
}
/// Takes a card for making its keys; `false` when another node has it, or it is gone.
pub async fn claim(tx: &mut Tx, organisation: OrganisationId, contact: ContactId, now: i64) -> Result<bool> {
    Ok(execute!(tx, CLAIM, organisation, contact, now)? == 1)
}
/// The keys of this card are out of date.
pub async fn renew(tx: &mut Tx, organisation: OrganisationId, contact: ContactId) -> Result<()> {
    execute!(tx, RENEW, organisation, contact).map(|_| ())
}
/// The keys of all cards are out of date: fields were changed.
pub async fn renew_all(tx: &mut Tx, organisation: OrganisationId) -> Result<()> {
    execute!(tx, RENEW_ALL, organisation).map(|_| ())
}
/// Writes the keys of a card.
pub async fn set_keys(tx: &mut Tx, organisation: OrganisationId, contact: ContactId, keys: &[Key]) -> Result<()> {
    execute!(tx, CLEAR_KEYS, organisation, contact)?;
    for key in keys {
        execute!(tx, ADD_KEY, organisation, key.kind, &key.value, contact, &key.place, &key.shown)?;
    }
    Ok(())
}
/// Other cards with this key and where it stands on them, at most `limit`.
pub async fn sharing(
    tx: &mut Tx,
    organisation: OrganisationId,
    kind: ReasonKind,
    value: &str,
    but: ContactId,
    limit: i64,
) -> Result<Vec<(ContactId, String)>> {
    write!(tx, c => sqlx::query_as::<_, (ContactId, String)>(SHARING).bind(organisation).bind(kind).bind(value).bind(but).bind(limit).fetch_all(c))
}

const CLEAR_PAIRS: &str =
    "DELETE FROM contact_pairs WHERE organisation_id = $1 AND (one_id = $2 OR other_id = $2) AND state = 'open'";
const ADD_PAIR: &str = "INSERT INTO contact_pairs (organisation_id, one_id, other_id, state, weight, reasons, found_at)
    VALUES ($1, $2, $3, 'open', $4, $5, $6)
    ON CONFLICT (organisation_id, one_id, other_id) DO UPDATE SET weight = excluded.weight, reasons = excluded.reasons";
const DIFFERENT: &str = "INSERT INTO contact_pairs (organisation_id, one_id, other_id, state, weight, reasons, found_at, decided_by, decided_at)
    VALUES ($1, $2, $3, 'different', 0, $4, $6, $5, $6)
    ON CONFLICT (organisation_id, one_id, other_id) DO UPDATE SET state = 'different', decided_by = excluded.decided_by, decided_at = excluded.decided_at
    WHERE contact_pairs.state <> 'different'";
const UNDECIDE: &str =
    "DELETE FROM contact_pairs WHERE organisation_id = $1 AND one_id = $2 AND other_id = $3 AND state = 'different'";
const DECIDED: &str = "SELECT one_id, other_id, decided_by FROM contact_pairs
    WHERE organisation_id = $1 AND (one_id = $2 OR other_id = $2) AND state = 'different' LIMIT 200";

/// Forgets the open pairs of a card; answers how many there were.
pub async fn clear_pairs(tx: &mut Tx, organisation: OrganisationId, contact: ContactId) -> Result<u64> {
    execute!(tx, CLEAR_PAIRS, organisation, contact)
}
/// Two ids as a pair names them: the older first.
pub fn ordered(a: ContactId, b: ContactId) -> (ContactId, ContactId) {
    if a < b { (a, b) } else { (b, a) }
}
/// Writes a pair; what somebody decided about it stays.
pub async fn add_pair(
    tx: &mut Tx,
    organisation: OrganisationId,
    (one, other): (ContactId, ContactId),
    reasons: &[Reason],
    now: i64,
) -> Result<()> {
    let weight = domain::duplicates::weight(reasons);
    execute!(tx, ADD_PAIR, organisation, one, other, weight, Json(reasons), now).map(|_| ())
}
/// Remembers that two cards are of different people, whether they looked alike or not; `false` when that was known.
pub async fn are_different(
    tx: &mut Tx,
    organisation: OrganisationId,
    (one, other): (ContactId, ContactId),
    by: Option<&str>,
    now: i64,
) -> Result<bool> {
    let none: Json<[Reason; 0]> = Json([]);
    Ok(execute!(tx, DIFFERENT, organisation, one, other, none, by, now)? == 1)
}
/// Forgets that they are; `false` when nobody has said so. Whether they look alike is to be found out anew.
pub async fn may_be_one(
    tx: &mut Tx,
    organisation: OrganisationId,
    (one, other): (ContactId, ContactId),
) -> Result<bool> {
    let forgotten = execute!(tx, UNDECIDE, organisation, one, other)? == 1;
    renew(tx, organisation, one).await?;
    Ok(forgotten)
}
/// Cards of which somebody said that they are of other people than this one, and who did.
pub async fn decided(
    tx: &mut Tx,
    organisation: OrganisationId,
    contact: ContactId,
) -> Result<Vec<(ContactId, Option<String>)>> {
    let rows = write!(tx, c => sqlx::query_as::<_, (ContactId, ContactId, Option<String>)>(DECIDED).bind(organisation).bind(contact).fetch_all(c))?;
    Ok(rows.into_iter().map(|(one, other, by)| (if one == contact { other } else { one }, by)).collect())
}

/// A pair as it is listed.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct PairRow {
    pub one_id: ContactId,
    pub other_id: ContactId,
    pub weight: i64,
    pub reasons: Json<Vec<Reason>>,
    pub found_at: i64,
}

/// Which pairs; those that say most first.
#[derive(Clone, Copy, Debug, Default)]
pub struct PairQuery {
    pub different: bool,
    pub contact: Option<ContactId>,
    /// Weight and ids of the last row of the page before.
    pub after: Option<(i64, ContactId, ContactId)>,
}

/// Pairs in a state, both of whose cards are there and seen.
fn from(pairs: &str, state: &str, place: &str) -> String {
    format!(
        "FROM {pairs} p JOIN contacts a ON a.organisation_id = p.organisation_id AND a.id = p.one_id
           JOIN contacts b ON b.organisation_id = p.organisation_id AND b.id = p.other_id
         WHERE p.organisation_id = $1 AND p.state = '{state}' AND {} AND {}",
        seen("p.one_id", place),
        seen("p.other_id", place)
    )
}
fn list_sql(state: &str, of_one: bool) -> String {
    // Pairs of one card are found by the card from either end, never by walking all there are.
    let end =
        |column: &str| format!("SELECT e.* FROM contact_pairs e WHERE e.organisation_id = $1 AND e.{column} = $6");
    let (pairs, only) = match of_one {
        true => (format!("({} UNION ALL {})", end("one_id"), end("other_id")), ""),
        false => ("contact_pairs".to_owned(), "AND $6 IS NULL"),
    };
    format!(
        "SELECT p.one_id, p.other_id, p.weight, p.reasons, p.found_at {} {only}
           AND ($3 IS NULL OR p.weight < $3 OR (p.weight = $3 AND (p.one_id < $4 OR (p.one_id = $4 AND p.other_id < $5))))
         ORDER BY p.weight DESC, p.one_id DESC, p.other_id DESC LIMIT $7",
        from(&pairs, state, "$2")
    )
}
fn count_sql() -> String {
    format!("SELECT COUNT(*) {}", from("contact_pairs", "open", "$2"))
}

/// A page of pairs.
pub async fn list(db: &Db, sight: Sight, q: PairQuery, limit: i64) -> Result<Vec<PairRow>> {
    let sql = list_sql(if q.different { "different" } else { "open" }, q.contact.is_some());
    read!(db, c => sqlx::query_as::<_, PairRow>(&sql).bind(sight.organisation).bind(sight.viewer).bind(q.after.map(|a| a.0))
        .bind(q.after.map(|a| a.1)).bind(q.after.map(|a| a.2)).bind(q.contact).bind(limit).fetch_all(c))
}
/// How many pairs wait for a decision.
pub async fn count(db: &Db, sight: Sight) -> Result<i64> {
    let sql = count_sql();
    read!(db, c => sqlx::query_scalar::<_, i64>(&sql).bind(sight.organisation).bind(sight.viewer).fetch_one(c))
}

/// Statements built at run time, for the test that prepares every statement on both engines.
pub fn built_statements() -> Vec<String> {
    let lists = [("open", true), ("open", false), ("different", true), ("different", false)];
    lists.map(|(state, of_one)| list_sql(state, of_one)).into_iter().chain([count_sql()]).collect()
}
