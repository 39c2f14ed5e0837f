//! Values of the fields of clients that organisations have made up. What the fields are stands in the settings.

use crate::{Db, Result, Tx};
use domain::ids::*;

const OF_CONTACT: &str = "SELECT field, value FROM contact_values WHERE organisation_id = $1 AND contact_id = $2";
const SET: &str = "INSERT INTO contact_values (organisation_id, contact_id, field, value, updated_at) VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (organisation_id, contact_id, field) DO UPDATE SET value = excluded.value, updated_at = excluded.updated_at";
const CLEAR: &str = "DELETE FROM contact_values WHERE organisation_id = $1 AND contact_id = $2 AND field = $3";

const ON_DAY: &str = "SELECT v.contact_id FROM contact_values v
    WHERE v.organisation_id = $1 AND v.field = $2 AND v.value = $3
      AND NOT EXISTS (SELECT 1 FROM rule_runs n WHERE n.organisation_id = v.organisation_id AND n.object_id = v.contact_id
        AND n.rule_id = $4 AND n.started_at >= $5)
    ORDER BY v.contact_id LIMIT 50";
const ON_DAY_OF_YEAR: &str = "SELECT v.contact_id FROM contact_values v
    WHERE v.organisation_id = $1 AND v.field = $2 AND substr(v.value, 6) = $3
      AND NOT EXISTS (SELECT 1 FROM rule_runs n WHERE n.organisation_id = v.organisation_id AND n.object_id = v.contact_id
        AND n.rule_id = $4 AND n.started_at >= $5)
    ORDER BY v.contact_id LIMIT 50";

/// Clients whose date is this day (`2026-11-21`) or this day of any year (`11-21`), and whom this rule has not looked at since
/// a moment.
pub async fn on_day(
    tx: &mut Tx,
    organisation: OrganisationId,
    field: &str,
    day: &str,
    rule: RuleId,
    since: i64,
) -> Result<Vec<ContactId>> {
    let sql = if day.len() == 5 { ON_DAY_OF_YEAR } else { ON_DAY };
    write!(tx, c => sqlx::query_scalar::<_, ContactId>(sql).bind(organisation).bind(field).bind(day).bind(rule).bind(since).fetch_all(c))
}

/// Keys and values of a contact.
pub async fn of_contact(db: &Db, organisation: OrganisationId, contact: ContactId) -> Result<Vec<(String, String)>> {
    read!(db, c => sqlx::query_as::<_, (String, String)>(OF_CONTACT).bind(organisation).bind(contact).fetch_all(c))
}
/// The same inside a transaction.
pub async fn of_contact_in(
    tx: &mut Tx,
    organisation: OrganisationId,
    contact: ContactId,
) -> Result<Vec<(String, String)>> {
    write!(tx, c => sqlx::query_as::<_, (String, String)>(OF_CONTACT).bind(organisation).bind(contact).fetch_all(c))
}
/// Writes a value; "" takes it away.
pub async fn set(
    tx: &mut Tx,
    organisation: OrganisationId,
    contact: ContactId,
    field: &str,
    value: &str,
    now: i64,
) -> Result<()> {
    match value {
        "" => execute!(tx, CLEAR, organisation, contact, field).map(|_| ()),
        value => execute!(tx, SET, organisation, contact, field, value, now).map(|_| ()),
    }
}
