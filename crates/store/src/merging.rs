//! Cards that went into others: what refers to a card, moving it over, and the ledger by which it goes back.

use crate::contacts::ContactRow;
use crate::{Db, Engine, Result, Tx};
use domain::channel::Person;
use domain::ids::*;
use domain::views::MergeView;
use serde_json::Value as Json;
use std::collections::BTreeMap;

/// A column that says whose a row is, and goes over with the card.
struct Holder {
    /// Its name in the ledger; more than one column of a table may be a holder.
    name: &'static str,
    table: &'static str,
    column: &'static str,
    /// What tells the table's rows apart within an organisation.
    key: &'static str,
    /// Which rows only.
    also: &'static str,
    /// What the ledger keeps besides.
    extra: &'static str,
}

const fn of(table: &'static str, key: &'static str) -> Holder {
    Holder { name: table, table, column: "contact_id", key, also: "", extra: "''" }
}
const fn about(name: &'static str, table: &'static str) -> Holder {
    let also = " AND h.object_kind = 'contact'";
    Holder { name, table, column: "object_id", key: "h.id", also, extra: "''" }
}

const HOLDERS: [Holder; 10] = [
    of("contact_identities", "h.channel || ' ' || h.external_id"),
    of("contact_reaches", "h.kind || ' ' || h.value"),
    Holder { extra: "h.branch", ..of("chats", "h.id") },
    of("orders", "h.id"),
    of("invitations", "h.id"),
    of("rule_runs", "h.id"),
    of("contact_notes", "h.id"),
    about("invitations.object", "invitations"),
    about("rule_runs.object", "rule_runs"),
    about("jobs.object", "jobs"),
];

/// Whatever else names a card, and why it is not moved row by row. A column that is in neither list fails a test.
const OTHERS: [(&str, &str); 11] = [
    ("contact_tags.contact_id", "both cards' tags become one set, kept as it was in the ledger"),
    ("contact_values.contact_id", "chosen field by field, kept as they were in the ledger"),
    ("contact_keys.contact_id", "made anew from the cards"),
    ("contact_pairs.one_id", "found anew; what somebody decided is carried over"),
    ("contact_pairs.other_id", "found anew; what somebody decided is carried over"),
    ("contact_merges.kept_id", "earlier merges lead on through the later one"),
    ("contact_merges.gone_id", "the ledger itself"),
    ("occasions.contact_id", "what was known at that moment; who acts on it looks at the run"),
    ("occasions.object_id", "what was known at that moment; who acts on it looks at the run"),
    ("journal.object_id", "sealed: lines are read under both ids"),
    ("live_events.object_id", "hints, gone within the hour"),
];

/// Names of columns that may name a card and are dealt with.
pub fn known_columns() -> Vec<String> {
    let moved = HOLDERS.iter().map(|holder| format!("{}.{}", holder.table, holder.column));
    moved.chain(OTHERS.iter().map(|(column, _)| (*column).to_owned())).collect()
}

fn note_sql(holder: &Holder) -> String {
    let Holder { name, table, column, key, also, extra } = holder;
    format!(
        "INSERT INTO contact_merge_rows (organisation_id, merge_id, holder, row_key, extra)
         SELECT h.organisation_id, $3, '{name}', {key}, {extra} FROM {table} h WHERE h.organisation_id = $1 AND h.{column} = $2{also}"
    )
}
fn shift_sql(holder: &Holder) -> String {
    let Holder { name, table, column, key, also, .. } = holder;
    format!(
        "UPDATE {table} AS h SET {column} = $3 WHERE h.organisation_id = $1 AND h.{column} = $2{also} AND {key} IN
          (SELECT r.row_key FROM contact_merge_rows r WHERE r.organisation_id = $1 AND r.merge_id = $4 AND r.holder = '{name}')"
    )
}
fn count_sql(holder: &Holder) -> String {
    let Holder { table, column, also, .. } = holder;
    format!("SELECT COUNT(*) FROM {table} h WHERE h.organisation_id = $1 AND h.{column} = $2{also}")
}

/// How many rows would go over, by holder; those of which there are none are left out.
pub async fn counts(tx: &mut Tx, organisation: OrganisationId, gone: ContactId) -> Result<BTreeMap<String, i64>> {
    let mut counts = BTreeMap::new();
    for holder in HOLDERS.iter().filter(|holder| holder.column == "contact_id") {
        let sql = count_sql(holder);
        let count = write!(tx, c => sqlx::query_scalar::<_, i64>(&sql).bind(organisation).bind(gone).fetch_one(c))?;
        if count > 0 {
            counts.insert(holder.name.to_owned(), count);
        }
    }
    Ok(counts)
}

const TWICE: &str = "SELECT COUNT(*) FROM chats g WHERE g.organisation_id = $1 AND g.contact_id = $2 AND EXISTS
    (SELECT 1 FROM chats k WHERE k.organisation_id = g.organisation_id AND k.connection_id = g.connection_id AND k.contact_id = $3)";

/// How many chats of the card that goes are on a connection where the other card has one as well.
pub async fn chats_twice(tx: &mut Tx, organisation: OrganisationId, gone: ContactId, kept: ContactId) -> Result<i64> {
    write!(tx, c => sqlx::query_scalar::<_, i64>(TWICE).bind(organisation).bind(gone).bind(kept).fetch_one(c))
}

// The second chat of a connection gets a branch of its own; the first keeps the empty one.
const BRANCH: &str = "UPDATE chats SET branch = id WHERE organisation_id = $1 AND contact_id = $2 AND EXISTS
    (SELECT 1 FROM chats k WHERE k.organisation_id = chats.organisation_id AND k.connection_id = chats.connection_id
      AND k.contact_id = $3 AND k.branch = chats.branch)";
const UNBRANCH: &str = "UPDATE chats SET branch = (SELECT r.extra FROM contact_merge_rows r WHERE r.organisation_id = chats.organisation_id
      AND r.merge_id = $3 AND r.holder = 'chats' AND r.row_key = chats.id)
    WHERE organisation_id = $1 AND contact_id = $2 AND id IN
      (SELECT r.row_key FROM contact_merge_rows r WHERE r.organisation_id = $1 AND r.merge_id = $3 AND r.holder = 'chats')";

// With whom a chat was. Others of the same person may write in it while the cards are one.
const NOTE_PERSONS: &str = "INSERT INTO contact_merge_rows (organisation_id, merge_id, holder, row_key, extra)
    SELECT c.organisation_id, $3, 'chats.person', c.id, CAST(c.person AS TEXT) FROM chats c WHERE c.organisation_id = $1 AND c.contact_id = $2";
const PERSONS: &str = "SELECT c.id, c.person, r.extra FROM contact_merge_rows r
      JOIN chats c ON c.organisation_id = r.organisation_id AND c.id = r.row_key
    WHERE r.organisation_id = $1 AND r.merge_id = $2 AND r.holder = 'chats.person' AND c.contact_id = $3";
const SET_PERSON: &str = "UPDATE chats SET person = $3, rev = rev + 1 WHERE organisation_id = $1 AND id = $2";

/// Chats that went back to `gone`: with whom each is, and with whom it was, as JSON.
pub async fn persons(
    tx: &mut Tx,
    organisation: OrganisationId,
    merge: MergeId,
    gone: ContactId,
) -> Result<Vec<(ChatId, sqlx::types::Json<Person>, String)>> {
    write!(tx, c => sqlx::query_as::<_, (ChatId, sqlx::types::Json<Person>, String)>(PERSONS).bind(organisation).bind(merge).bind(gone).fetch_all(c))
}
/// A chat is with this person again.
pub async fn set_person(tx: &mut Tx, organisation: OrganisationId, chat: ChatId, person: &Person) -> Result<()> {
    execute!(tx, SET_PERSON, organisation, chat, sqlx::types::Json(person)).map(|_| ())
}

/// Moves everything of `gone` to `kept` and notes it under the merge.
pub async fn over(
    tx: &mut Tx,
    organisation: OrganisationId,
    merge: MergeId,
    gone: ContactId,
    kept: ContactId,
) -> Result<()> {
    for holder in &HOLDERS {
        execute!(tx, &note_sql(holder), organisation, gone, merge)?;
    }
    execute!(tx, NOTE_PERSONS, organisation, gone, merge)?;
    execute!(tx, BRANCH, organisation, gone, kept)?;
    for holder in &HOLDERS {
        execute!(tx, &shift_sql(holder), organisation, gone, kept, merge)?;
    }
    Ok(())
}

const NOTED: &str =
    "SELECT holder, COUNT(*) FROM contact_merge_rows WHERE organisation_id = $1 AND merge_id = $2 GROUP BY holder";

/// Moves back what went over and still is where it went. Answers, by holder, how many rows are somewhere else by now.
pub async fn back(
    tx: &mut Tx,
    organisation: OrganisationId,
    merge: MergeId,
    gone: ContactId,
    kept: ContactId,
) -> Result<Vec<(String, i64)>> {
    let noted = write!(tx, c => sqlx::query_as::<_, (String, i64)>(NOTED).bind(organisation).bind(merge).fetch_all(c))?;
    let noted: BTreeMap<String, i64> = noted.into_iter().collect();
    let mut stayed = Vec::new();
    for holder in &HOLDERS {
        let moved = execute!(tx, &shift_sql(holder), organisation, kept, gone, merge)?;
        let missing = noted.get(holder.name).copied().unwrap_or(0) - i64::try_from(moved).unwrap_or(i64::MAX);
        if missing > 0 {
            stayed.push((holder.name.to_owned(), missing));
        }
    }
    execute!(tx, UNBRANCH, organisation, gone, merge)?;
    Ok(stayed)
}

/// A card as a merge keeps it.
#[derive(Clone, Debug, PartialEq, sqlx::FromRow)]
pub struct WholeRow {
    #[sqlx(flatten)]
    pub row: ContactRow,
    pub unreachable: Option<String>,
    pub created_at: i64,
}

fn alone_sql(engine: Engine) -> String {
    let lock = engine.for_update();
    format!(
        "SELECT id, name, phone, email, company, city, note, search_text, rev, unreachable, created_at
         FROM contacts WHERE organisation_id = $1 AND id = $2{lock}"
    )
}

/// A card that nobody may refer to anew until the transaction ends. Two are taken in the order of their ids.
pub async fn alone(tx: &mut Tx, organisation: OrganisationId, id: ContactId) -> Result<Option<WholeRow>> {
    let sql = alone_sql(tx.engine());
    write!(tx, c => sqlx::query_as::<_, WholeRow>(&sql).bind(organisation).bind(id).fetch_optional(c))
}

const RESTORE: &str = "INSERT INTO contacts (organisation_id, id, name, phone, email, company, city, note, search_text, unreachable, created_at, updated_at, rev)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)";

/// Writes a card that was gone.
pub async fn restore(tx: &mut Tx, organisation: OrganisationId, whole: &WholeRow, now: i64) -> Result<()> {
    let row = &whole.row;
    execute!(
        tx,
        RESTORE,
        organisation,
        row.id,
        &row.name,
        row.phone.as_deref(),
        row.email.as_deref(),
        &row.company,
        &row.city,
        &row.note,
        &row.search_text,
        whole.unreachable.as_deref(),
        whole.created_at,
        now,
        row.rev + 1
    )
    .map(|_| ())
}

/// A merge in the ledger.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct MergeRow {
    pub id: MergeId,
    pub kept_id: ContactId,
    pub gone_id: ContactId,
    pub before: Json,
    pub merged_at: i64,
}

const INSERT: &str =
    "INSERT INTO contact_merges (organisation_id, id, kept_id, gone_id, gone_name, state, before, merged_by, merged_at)
    VALUES ($1, $2, $3, $4, $5, 'merged', $6, $7, $8)";
const LOCK: &str = "UPDATE contact_merges SET state = state WHERE organisation_id = $1 AND id = $2 AND state = 'merged'
    RETURNING id, kept_id, gone_id, before, merged_at";
const UNDONE: &str =
    "UPDATE contact_merges SET state = 'undone', undone_by = $3, undone_at = $4 WHERE organisation_id = $1 AND id = $2";
const FORGET: &str = "DELETE FROM contact_merge_rows WHERE organisation_id = $1 AND merge_id = $2";
const EXISTS: &str = "SELECT COUNT(*) FROM contact_merges WHERE organisation_id = $1 AND id = $2";
const WENT: &str =
    "SELECT kept_id FROM contact_merges WHERE organisation_id = $1 AND gone_id = $2 AND state = 'merged'";
const CAME: &str = "SELECT gone_id FROM contact_merges WHERE organisation_id = $1 AND kept_id = $2 AND state = 'merged' ORDER BY id LIMIT 200";
const INTO: &str = "SELECT g.id, g.kept_id, g.gone_id, g.gone_name, g.merged_by, u.name AS merged_by_name, g.merged_at, g.merged_at + $3 AS undo_until
    FROM contact_merges g LEFT JOIN users u ON u.id = g.merged_by
    WHERE g.organisation_id = $1 AND g.kept_id = $2 AND g.state = 'merged' ORDER BY g.id DESC LIMIT 50";

/// Writes a merge into the ledger.
pub async fn insert(
    tx: &mut Tx,
    organisation: OrganisationId,
    merge: &MergeRow,
    gone_name: &str,
    by: Option<&str>,
) -> Result<()> {
    let MergeRow { id, kept_id, gone_id, before, merged_at } = merge;
    execute!(tx, INSERT, organisation, *id, *kept_id, *gone_id, gone_name, before, by, *merged_at).map(|_| ())
}
/// A merge that was not undone, for undoing; one at a time.
pub async fn lock(tx: &mut Tx, organisation: OrganisationId, id: MergeId) -> Result<Option<MergeRow>> {
    write!(tx, c => sqlx::query_as::<_, MergeRow>(LOCK).bind(organisation).bind(id).fetch_optional(c))
}
/// Whether there ever was such a merge.
pub async fn exists(tx: &mut Tx, organisation: OrganisationId, id: MergeId) -> Result<bool> {
    let found = write!(tx, c => sqlx::query_scalar::<_, i64>(EXISTS).bind(organisation).bind(id).fetch_one(c))?;
    Ok(found > 0)
}
/// The merge is undone; which rows moved is forgotten.
pub async fn undone(tx: &mut Tx, organisation: OrganisationId, id: MergeId, by: Option<&str>, now: i64) -> Result<()> {
    execute!(tx, UNDONE, organisation, id, by, now)?;
    execute!(tx, FORGET, organisation, id).map(|_| ())
}
/// The card this one went into, which may have gone on itself.
pub async fn went(tx: &mut Tx, organisation: OrganisationId, gone: ContactId) -> Result<Option<ContactId>> {
    write!(tx, c => sqlx::query_scalar::<_, ContactId>(WENT).bind(organisation).bind(gone).fetch_optional(c))
}
/// The same, outside of a transaction.
pub async fn went_of(db: &Db, organisation: OrganisationId, gone: ContactId) -> Result<Option<ContactId>> {
    read!(db, c => sqlx::query_scalar::<_, ContactId>(WENT).bind(organisation).bind(gone).fetch_optional(c))
}
/// Cards that went into this one directly.
pub async fn came(db: &Db, organisation: OrganisationId, kept: ContactId) -> Result<Vec<ContactId>> {
    read!(db, c => sqlx::query_scalar::<_, ContactId>(CAME).bind(organisation).bind(kept).fetch_all(c))
}
/// Merges into a card, newest first.
pub async fn into_card(db: &Db, organisation: OrganisationId, kept: ContactId, undo_ms: i64) -> Result<Vec<MergeView>> {
    read!(db, c => sqlx::query_as::<_, MergeView>(INTO).bind(organisation).bind(kept).bind(undo_ms).fetch_all(c))
}

const DROP_TAGS: &str = "DELETE FROM contact_tags WHERE organisation_id = $1 AND contact_id = $2";
const DROP_VALUES: &str = "DELETE FROM contact_values WHERE organisation_id = $1 AND contact_id = $2";

/// Takes tags and values of a card away; the ledger has them.
pub async fn bare(tx: &mut Tx, organisation: OrganisationId, gone: ContactId) -> Result<()> {
    execute!(tx, DROP_TAGS, organisation, gone)?;
    execute!(tx, DROP_VALUES, organisation, gone).map(|_| ())
}

/// Statements built at run time, for the test that prepares every statement on both engines.
pub fn built_statements(engine: Engine) -> Vec<String> {
    let of_holder = |holder| [note_sql(holder), shift_sql(holder), count_sql(holder)];
    HOLDERS.iter().flat_map(of_holder).chain([alone_sql(engine)]).collect()
}
