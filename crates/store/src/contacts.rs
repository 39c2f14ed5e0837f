//! Contacts and the ids they have in channels.

use crate::sight::{Sight, assigned, contact as seen};
use crate::{Db, Result, Tx};
use domain::chats::Channel;
use domain::ids::*;
use domain::views::{ContactView, IdentityView};

/// The viewer stands at `place`; orders of others are not counted for them either.
fn select(place: &str) -> String {
    let orders = format!(
        "FROM orders o WHERE o.organisation_id = k.organisation_id AND o.contact_id = k.id AND {}",
        assigned("o", place)
    );
    format!(
        "SELECT k.id, k.name, k.phone, k.email, k.company, k.city, k.note, k.unreachable, k.created_at, k.updated_at, k.rev,
      (SELECT COUNT(*) {orders}) AS orders,
      (SELECT CAST(COALESCE(SUM(o.total_minor), 0) AS BIGINT) {orders} AND o.status <> 'cancelled') AS spent_minor
    FROM contacts k WHERE k.organisation_id = $1 AND {}",
        seen("k.id", place)
    )
}

fn list_sql() -> String {
    format!(
        "{} AND ($2 IS NULL OR k.id < $2)
          AND ($3 IS NULL OR k.search_text LIKE $3 ESCAPE '\\' OR k.search_text LIKE $4 ESCAPE '\\' OR k.search_text LIKE $5 ESCAPE '\\'
            OR k.id IN (SELECT r.contact_id FROM contact_reaches r WHERE r.organisation_id = $1
              AND (r.value LIKE $3 ESCAPE '\\' OR r.value LIKE $4 ESCAPE '\\' OR r.value LIKE $5 ESCAPE '\\')))
        ORDER BY k.id DESC LIMIT $6",
        select("$7")
    )
}
fn one_sql() -> String {
    format!("{} AND k.id = $2", select("$3"))
}

/// Newest first; `before` is the last id of the page before, `like` the folded patterns of which one must match.
pub async fn list(
    db: &Db,
    sight: Sight,
    before: Option<ContactId>,
    like: Option<&[String; 3]>,
    limit: i64,
) -> Result<Vec<ContactView>> {
    let sql = list_sql();
    let like = |n: usize| like.map(|patterns| patterns[n].as_str());
    read!(db, c => sqlx::query_as::<_, ContactView>(&sql).bind(sight.organisation).bind(before).bind(like(0)).bind(like(1)).bind(like(2)).bind(limit).bind(sight.viewer).fetch_all(c))
}

/// One contact.
pub async fn one(db: &Db, sight: Sight, id: ContactId) -> Result<Option<ContactView>> {
    let sql = one_sql();
    read!(db, c => sqlx::query_as::<_, ContactView>(&sql).bind(sight.organisation).bind(id).bind(sight.viewer).fetch_optional(c))
}

const IDENTITIES: &str =
    "SELECT channel, external_id FROM contact_identities WHERE organisation_id = $1 AND contact_id = $2
    ORDER BY created_at, channel, external_id";

/// The ids of a contact in channels, oldest first.
pub async fn identities(db: &Db, organisation: OrganisationId, id: ContactId) -> Result<Vec<IdentityView>> {
    read!(db, c => sqlx::query_as::<_, IdentityView>(IDENTITIES).bind(organisation).bind(id).fetch_all(c))
}

/// The same inside a transaction.
pub async fn identities_in(tx: &mut Tx, organisation: OrganisationId, id: ContactId) -> Result<Vec<IdentityView>> {
    write!(tx, c => sqlx::query_as::<_, IdentityView>(IDENTITIES).bind(organisation).bind(id).fetch_all(c))
}

/// What a person can change of a contact, with what follows from it.
#[derive(Clone, Debug, PartialEq, sqlx::FromRow)]
pub struct ContactRow {
    pub id: ContactId,
    pub name: String,
    pub phone: Option<String>,
    pub email: Option<String>,
    pub company: String,
    pub city: String,
    pub note: String,
    pub search_text: String,
    pub rev: i64,
}

const INSERT: &str = "INSERT INTO contacts (organisation_id, id, name, phone, email, company, city, note, search_text, created_at, updated_at, rev)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $10, 1)
    ON CONFLICT (organisation_id, phone) DO NOTHING";

/// Writes a new contact; `false` when another one has its phone.
pub async fn insert(tx: &mut Tx, organisation: OrganisationId, row: &ContactRow, now: i64) -> Result<bool> {
    let done = execute!(
        tx,
        INSERT,
        organisation,
        row.id,
        &row.name,
        row.phone.as_deref(),
        row.email.as_deref(),
        &row.company,
        &row.city,
        &row.note,
        &row.search_text,
        now
    )?;
    Ok(done == 1)
}

const ROW: &str = "SELECT id, name, phone, email, company, city, note, search_text, rev FROM contacts WHERE organisation_id = $1 AND id = $2";

/// A contact inside a transaction, for looking only.
pub async fn row(tx: &mut Tx, organisation: OrganisationId, id: ContactId) -> Result<Option<ContactRow>> {
    write!(tx, c => sqlx::query_as::<_, ContactRow>(ROW).bind(organisation).bind(id).fetch_optional(c))
}

// An update that changes nothing takes the row's lock on both engines.
const LOCK: &str = "UPDATE contacts SET rev = rev WHERE organisation_id = $1 AND id = $2
    RETURNING id, name, phone, email, company, city, note, search_text, rev";

/// A contact for changing; nobody else changes it until the transaction ends.
pub async fn lock(tx: &mut Tx, organisation: OrganisationId, id: ContactId) -> Result<Option<ContactRow>> {
    write!(tx, c => sqlx::query_as::<_, ContactRow>(LOCK).bind(organisation).bind(id).fetch_optional(c))
}

const UPDATE: &str = "UPDATE contacts SET name = $3, phone = $4, email = $5, company = $6, city = $7, note = $8, search_text = $9,
      unreachable = CASE WHEN COALESCE($4, '') = COALESCE(phone, '') THEN unreachable END, updated_at = $10, rev = rev + 1, keyed_at = NULL
    WHERE organisation_id = $1 AND id = $2";

/// Writes a locked contact. A changed phone makes it reachable again until proven otherwise.
pub async fn update(tx: &mut Tx, organisation: OrganisationId, row: &ContactRow, now: i64) -> Result<()> {
    execute!(
        tx,
        UPDATE,
        organisation,
        row.id,
        &row.name,
        row.phone.as_deref(),
        row.email.as_deref(),
        &row.company,
        &row.city,
        &row.note,
        &row.search_text,
        now
    )
    .map(|_| ())
}

const DELETE: &str = "DELETE FROM contacts WHERE organisation_id = $1 AND id = $2";

/// Removes a contact that nothing refers to yet.
pub async fn delete(tx: &mut Tx, organisation: OrganisationId, id: ContactId) -> Result<()> {
    execute!(tx, DELETE, organisation, id).map(|_| ())
}

const BY_PHONE: &str = "SELECT id FROM contacts WHERE organisation_id = $1 AND phone = $2
    UNION ALL SELECT contact_id FROM contact_reaches WHERE organisation_id = $1 AND kind = 'phone' AND value = $2 LIMIT 1";

/// Who has this phone (E.164), on the card or besides.
pub async fn id_by_phone(tx: &mut Tx, organisation: OrganisationId, phone: &str) -> Result<Option<ContactId>> {
    write!(tx, c => sqlx::query_scalar::<_, ContactId>(BY_PHONE).bind(organisation).bind(phone).fetch_optional(c))
}

const TAGS: &str = "SELECT tag FROM contact_tags WHERE organisation_id = $1 AND contact_id = $2 ORDER BY tag LIMIT 100";
const ADD_TAG: &str = "INSERT INTO contact_tags (organisation_id, contact_id, tag, created_at) VALUES ($1, $2, $3, $4)
    ON CONFLICT (organisation_id, contact_id, tag) DO NOTHING";
const REMOVE_TAG: &str = "DELETE FROM contact_tags WHERE organisation_id = $1 AND contact_id = $2 AND tag = $3";

/// Tags of a contact, inside a transaction.
pub async fn tags(tx: &mut Tx, organisation: OrganisationId, contact: ContactId) -> Result<Vec<String>> {
    write!(tx, c => sqlx::query_scalar::<_, String>(TAGS).bind(organisation).bind(contact).fetch_all(c))
}
/// Tags of a contact.
pub async fn tags_of(db: &Db, organisation: OrganisationId, contact: ContactId) -> Result<Vec<String>> {
    read!(db, c => sqlx::query_scalar::<_, String>(TAGS).bind(organisation).bind(contact).fetch_all(c))
}
/// Adds a tag; `false` when it was there.
pub async fn add_tag(
    tx: &mut Tx,
    organisation: OrganisationId,
    contact: ContactId,
    tag: &str,
    now: i64,
) -> Result<bool> {
    Ok(execute!(tx, ADD_TAG, organisation, contact, tag, now)? == 1)
}
/// Takes a tag away; `false` when it was not there.
pub async fn remove_tag(tx: &mut Tx, organisation: OrganisationId, contact: ContactId, tag: &str) -> Result<bool> {
    Ok(execute!(tx, REMOVE_TAG, organisation, contact, tag)? == 1)
}

const BY_EMAIL: &str =
    "SELECT id FROM contacts WHERE organisation_id = $1 AND LOWER(email) = $2 ORDER BY created_at, id LIMIT 1";
const BY_OTHER_EMAIL: &str =
    "SELECT contact_id FROM contact_reaches WHERE organisation_id = $1 AND kind = 'email' AND value = $2";

/// Whose e-mail (in lower case) this is; the oldest card, should several have it; else whom it leads to besides.
pub async fn id_by_email(tx: &mut Tx, organisation: OrganisationId, email: &str) -> Result<Option<ContactId>> {
    for sql in [BY_EMAIL, BY_OTHER_EMAIL] {
        let found =
            write!(tx, c => sqlx::query_scalar::<_, ContactId>(sql).bind(organisation).bind(email).fetch_optional(c))?;
        if found.is_some() {
            return Ok(found);
        }
    }
    Ok(None)
}

const BY_IDENTITY: &str =
    "SELECT contact_id FROM contact_identities WHERE organisation_id = $1 AND channel = $2 AND external_id = $3";
const ADD_IDENTITY: &str =
    "INSERT INTO contact_identities (organisation_id, channel, external_id, contact_id, created_at)
    VALUES ($1, $2, $3, $4, $5) ON CONFLICT (organisation_id, channel, external_id) DO NOTHING";
const MOVE_IDENTITY: &str =
    "UPDATE contact_identities SET contact_id = $4 WHERE organisation_id = $1 AND channel = $2 AND external_id = $3";

/// Who has this id in a channel.
pub async fn id_by_identity(
    tx: &mut Tx,
    organisation: OrganisationId,
    channel: Channel,
    external_id: &str,
) -> Result<Option<ContactId>> {
    write!(tx, c => sqlx::query_scalar::<_, ContactId>(BY_IDENTITY).bind(organisation).bind(channel).bind(external_id).fetch_optional(c))
}

/// Gives a contact an id in a channel; `false` when somebody has it.
pub async fn add_identity(
    tx: &mut Tx,
    organisation: OrganisationId,
    channel: Channel,
    external_id: &str,
    contact: ContactId,
    now: i64,
) -> Result<bool> {
    Ok(execute!(tx, ADD_IDENTITY, organisation, channel, external_id, contact, now)? == 1)
}

/// Hands an id in a channel to another contact.
pub async fn move_identity(
    tx: &mut Tx,
    organisation: OrganisationId,
    channel: Channel,
    external_id: &str,
    contact: ContactId,
) -> Result<()> {
    execute!(tx, MOVE_IDENTITY, organisation, channel, external_id, contact).map(|_| ())
}

/// Statements built at run time, for the test that prepares every statement on both engines.
pub fn built_statements(_: crate::Engine) -> Vec<String> {
    vec![list_sql(), one_sql()]
}
