//! Fields of events that only their sender knows, as they were learnt from what came.

use crate::{Db, Result, Tx};
use domain::ids::*;
use domain::rules::FieldKind;

/// A field of a connection's events.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct LearntField {
    /// As rules name it.
    pub name: String,
    /// As its sender does.
    pub label: String,
    pub kind: FieldKind,
    /// A value it had, in a few words.
    pub sample: String,
}

const OF_CONNECTION: &str = "SELECT name, label, kind, sample FROM learnt_fields
    WHERE organisation_id = $1 AND connection_id = $2 AND event = $3 ORDER BY name";
const OF_EVENT: &str = "SELECT name, label, kind, sample FROM learnt_fields
    WHERE organisation_id = $1 AND event = $2 AND ($3 IS NULL OR connection_id = $3) ORDER BY name, learnt_at DESC, connection_id LIMIT 1000";
// Whoever learns the same at the same time may have seen another kind: then it is a text.
const LEARN: &str = "INSERT INTO learnt_fields (organisation_id, connection_id, event, name, label, kind, sample, learnt_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
    ON CONFLICT (organisation_id, connection_id, event, name) DO UPDATE SET
      kind = CASE WHEN learnt_fields.kind = excluded.kind THEN excluded.kind ELSE 'text' END, sample = excluded.sample, learnt_at = excluded.learnt_at";

/// What is known of a connection's events.
pub async fn of_connection(
    tx: &mut Tx,
    organisation: OrganisationId,
    connection: ConnectionId,
    event: &str,
) -> Result<Vec<LearntField>> {
    write!(tx, c => sqlx::query_as::<_, LearntField>(OF_CONNECTION).bind(organisation).bind(connection).bind(event).fetch_all(c))
}
/// What is known of such events of all connections, or of one: the same name may come several times, the latest first.
pub async fn of_event(
    db: &Db,
    organisation: OrganisationId,
    event: &str,
    connection: Option<ConnectionId>,
) -> Result<Vec<LearntField>> {
    read!(db, c => sqlx::query_as::<_, LearntField>(OF_EVENT).bind(organisation).bind(event).bind(connection).fetch_all(c))
}
/// Notes a field, or that its kind has widened.
pub async fn learn(
    tx: &mut Tx,
    organisation: OrganisationId,
    connection: ConnectionId,
    event: &str,
    field: &LearntField,
    now: i64,
) -> Result<()> {
    execute!(tx, LEARN, organisation, connection, event, &field.name, &field.label, field.kind, &field.sample, now)
        .map(|_| ())
}
