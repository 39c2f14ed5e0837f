//! What members write down about a client.

use crate::{Db, Result, Tx};
use domain::ids::*;
use domain::views::NoteView;

const LIST: &str = "SELECT n.id, n.contact_id, n.author_id, u.name AS author_name, n.text, n.created_at, n.edited_at
    FROM contact_notes n LEFT JOIN users u ON u.id = n.author_id
    WHERE n.organisation_id = $1 AND n.contact_id = $2 AND n.id < $3 ORDER BY n.id DESC LIMIT $4";
const ONE: &str = "SELECT n.id, n.contact_id, n.author_id, u.name AS author_name, n.text, n.created_at, n.edited_at
    FROM contact_notes n LEFT JOIN users u ON u.id = n.author_id WHERE n.organisation_id = $1 AND n.id = $2";
const INSERT: &str = "INSERT INTO contact_notes (organisation_id, id, contact_id, author_id, text, created_at) VALUES ($1, $2, $3, $4, $5, $6)";
const EDIT: &str = "UPDATE contact_notes SET text = $3, edited_at = $4 WHERE organisation_id = $1 AND id = $2";
const DELETE: &str = "DELETE FROM contact_notes WHERE organisation_id = $1 AND id = $2";

/// Notes on a card that are older than `before`, newest first.
pub async fn list(
    db: &Db,
    organisation: OrganisationId,
    contact: ContactId,
    before: NoteId,
    limit: i64,
) -> Result<Vec<NoteView>> {
    read!(db, c => sqlx::query_as::<_, NoteView>(LIST).bind(organisation).bind(contact).bind(before).bind(limit).fetch_all(c))
}
/// A note.
pub async fn find(db: &Db, organisation: OrganisationId, id: NoteId) -> Result<Option<NoteView>> {
    read!(db, c => sqlx::query_as::<_, NoteView>(ONE).bind(organisation).bind(id).fetch_optional(c))
}
/// A note inside a transaction.
pub async fn one(tx: &mut Tx, organisation: OrganisationId, id: NoteId) -> Result<Option<NoteView>> {
    write!(tx, c => sqlx::query_as::<_, NoteView>(ONE).bind(organisation).bind(id).fetch_optional(c))
}
/// Writes a note.
pub async fn insert(
    tx: &mut Tx,
    organisation: OrganisationId,
    id: NoteId,
    contact: ContactId,
    author: Option<UserId>,
    text: &str,
    now: i64,
) -> Result<()> {
    execute!(tx, INSERT, organisation, id, contact, author, text, now).map(|_| ())
}
/// Writes it anew.
pub async fn edit(tx: &mut Tx, organisation: OrganisationId, id: NoteId, text: &str, now: i64) -> Result<()> {
    execute!(tx, EDIT, organisation, id, text, now).map(|_| ())
}
/// Takes it away.
pub async fn delete(tx: &mut Tx, organisation: OrganisationId, id: NoteId) -> Result<()> {
    execute!(tx, DELETE, organisation, id).map(|_| ())
}
