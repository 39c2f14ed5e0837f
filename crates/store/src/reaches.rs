//! Phones and e-mails that lead to a card beside the ones that stand on it: what a merged card brought along.

use crate::{Db, Result, Tx};
use domain::ids::*;
use domain::views::ReachView;

const ADD: &str =
    "INSERT INTO contact_reaches (organisation_id, kind, value, contact_id, created_at) VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (organisation_id, kind, value) DO NOTHING";
const REMOVE: &str =
    "DELETE FROM contact_reaches WHERE organisation_id = $1 AND contact_id = $2 AND kind = $3 AND value = $4";
const OF_CONTACT: &str = "SELECT kind, value FROM contact_reaches WHERE organisation_id = $1 AND contact_id = $2 ORDER BY created_at, kind, value LIMIT 100";

/// Lets a phone (E.164) or an e-mail (lower case) lead to a card; `false` when it leads somewhere already.
pub async fn add(
    tx: &mut Tx,
    organisation: OrganisationId,
    contact: ContactId,
    reach: &ReachView,
    now: i64,
) -> Result<bool> {
    Ok(execute!(tx, ADD, organisation, &reach.kind, &reach.value, contact, now)? == 1)
}
/// It no longer leads to this card.
pub async fn remove(
    tx: &mut Tx,
    organisation: OrganisationId,
    contact: ContactId,
    kind: &str,
    value: &str,
) -> Result<bool> {
    Ok(execute!(tx, REMOVE, organisation, contact, kind, value)? == 1)
}
/// What leads to a card besides.
pub async fn of_contact(db: &Db, organisation: OrganisationId, contact: ContactId) -> Result<Vec<ReachView>> {
    read!(db, c => sqlx::query_as::<_, ReachView>(OF_CONTACT).bind(organisation).bind(contact).fetch_all(c))
}
/// The same inside a transaction.
pub async fn of_contact_in(tx: &mut Tx, organisation: OrganisationId, contact: ContactId) -> Result<Vec<ReachView>> {
    write!(tx, c => sqlx::query_as::<_, ReachView>(OF_CONTACT).bind(organisation).bind(contact).fetch_all(c))
}
