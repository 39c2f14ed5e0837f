//! What rules could start from, with the facts of that moment.

use crate::{Db, Result, Tx};
use domain::ids::*;
use serde_json::Value as Json;

/// Something that happened.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct OccasionRow {
    pub id: OccasionId,
    /// Trigger (`order.created`).
    pub event: String,
    pub connection_id: Option<ConnectionId>,
    pub object_kind: String,
    pub object_id: String,
    pub contact_id: Option<ContactId>,
    pub chat_id: Option<ChatId>,
    pub order_id: Option<OrderId>,
    /// `domain::rules::Facts`.
    pub facts: Json,
    pub at: i64,
}

const INSERT: &str =
    "INSERT INTO occasions (organisation_id, id, event, connection_id, object_kind, object_id, contact_id, chat_id, order_id, facts, at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
const ONE: &str = "SELECT id, event, connection_id, object_kind, object_id, contact_id, chat_id, order_id, facts, at
    FROM occasions WHERE organisation_id = $1 AND id = $2";
const SINCE: &str = "SELECT id, event, connection_id, object_kind, object_id, contact_id, chat_id, order_id, facts, at
    FROM occasions WHERE organisation_id = $1 AND id > $2 ORDER BY id LIMIT $3";
const LATEST: &str = "SELECT id, event, connection_id, object_kind, object_id, contact_id, chat_id, order_id, facts, at
    FROM occasions WHERE organisation_id = $1 AND event = $2 ORDER BY id DESC LIMIT $3";
const EXTENT: &str = "SELECT MIN(at), COUNT(*) FROM occasions WHERE organisation_id = $1 AND id > $2";
const PRUNE: &str = "DELETE FROM occasions WHERE at < $1 AND NOT EXISTS
    (SELECT 1 FROM rule_runs n WHERE n.organisation_id = occasions.organisation_id AND n.occasion_id = occasions.id)";

/// Writes one.
pub async fn insert(tx: &mut Tx, organisation: OrganisationId, row: &OccasionRow) -> Result<()> {
    execute!(
        tx,
        INSERT,
        organisation,
        row.id,
        &row.event,
        row.connection_id,
        &row.object_kind,
        &row.object_id,
        row.contact_id,
        row.chat_id,
        row.order_id,
        &row.facts,
        row.at
    )
    .map(|_| ())
}
/// One, inside a transaction.
pub async fn one(tx: &mut Tx, organisation: OrganisationId, id: OccasionId) -> Result<Option<OccasionRow>> {
    write!(tx, c => sqlx::query_as::<_, OccasionRow>(ONE).bind(organisation).bind(id).fetch_optional(c))
}
/// One, for looking at.
pub async fn look(db: &Db, organisation: OrganisationId, id: OccasionId) -> Result<Option<OccasionRow>> {
    read!(db, c => sqlx::query_as::<_, OccasionRow>(ONE).bind(organisation).bind(id).fetch_optional(c))
}
/// Those after `after`, oldest first.
pub async fn since(db: &Db, organisation: OrganisationId, after: OccasionId, limit: i64) -> Result<Vec<OccasionRow>> {
    read!(db, c => sqlx::query_as::<_, OccasionRow>(SINCE).bind(organisation).bind(after).bind(limit).fetch_all(c))
}
/// The first moment since `since` of which there is a record, and how much happened since.
pub async fn extent(db: &Db, organisation: OrganisationId, since: i64) -> Result<(Option<i64>, i64)> {
    let id = first_id(since);
    read!(db, c => sqlx::query_as::<_, (Option<i64>, i64)>(EXTENT).bind(organisation).bind(id).fetch_one(c))
}
/// Smaller than every id made since that moment.
pub fn first_id(since: i64) -> OccasionId {
    OccasionId::make(since, &[0; 10])
}
/// The latest of one trigger, newest first.
pub async fn latest(db: &Db, organisation: OrganisationId, event: &str, limit: i64) -> Result<Vec<OccasionRow>> {
    read!(db, c => sqlx::query_as::<_, OccasionRow>(LATEST).bind(organisation).bind(event).bind(limit).fetch_all(c))
}
/// Removes those before a moment that no run refers to.
pub async fn prune(tx: &mut Tx, before: i64) -> Result<u64> {
    execute!(tx, PRUNE, before)
}
