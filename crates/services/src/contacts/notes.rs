//! Notes on the card of a client: whoever wrote one changes it or takes it away, everybody who sees the card reads it. The
//! journal keeps what a note said before.

use super::save;
use crate::{Cx, ErrorCode, Result, Work, changes, validate};
use domain::access::Permission;
use domain::ids::{ContactId, Id, NoteId};
use domain::views::{ListFilter, NoteView, Page, SaveNote};
use serde_json::json;
use store::notes as rows;
use store::sight::Thing;

/// Longest note, in characters.
const MOST: usize = 5_000;

/// A page of notes, newest first.
pub async fn list(cx: &Cx, contact: ContactId, filter: &ListFilter) -> Result<Page<NoteView>> {
    cx.allow(Permission::ContactsRead)?;
    store::contacts::one(cx.db(), cx.sight(), contact).await?.ok_or(ErrorCode::NotFound)?;
    let before = validate::id_cursor(filter.cursor.as_deref())?.unwrap_or(NoteId::from_uuid(uuid::Uuid::max()));
    let limit = validate::limit(filter.limit);
    let notes = rows::list(cx.db(), cx.organisation, contact, before, limit + 1).await?;
    Ok(Page::cut(notes, limit as usize, |note| note.id.to_string()))
}

/// One note, on a card the one who asks sees.
pub async fn get(cx: &Cx, id: NoteId) -> Result<NoteView> {
    cx.allow(Permission::ContactsRead)?;
    let note = rows::find(cx.db(), cx.organisation, id).await?.ok_or(ErrorCode::NotFound)?;
    store::contacts::one(cx.db(), cx.sight(), note.contact_id).await?.ok_or(ErrorCode::NotFound)?;
    Ok(note)
}

/// Writes a note.
pub async fn write(cx: &Cx, contact: ContactId, input: &SaveNote) -> Result<NoteView> {
    cx.allow(Permission::ContactsWrite)?;
    let text = validate::required("text", &input.text, MOST)?;
    let mut work = cx.work().await?;
    save::held(cx, &mut work, contact).await?;
    let id: NoteId = work.id();
    rows::insert(&mut work.tx, cx.organisation, id, contact, cx.user(), &text, cx.now).await?;
    work.journal("contact_noted", "contact", contact, json!({"note_id": id})).await?;
    work.hint("contacts", contact);
    let note = rows::one(&mut work.tx, cx.organisation, id).await?.ok_or(ErrorCode::NotFound)?;
    work.commit().await?;
    Ok(note)
}

/// Changes one's own note.
pub async fn edit(cx: &Cx, id: NoteId, input: &SaveNote) -> Result<NoteView> {
    cx.allow(Permission::ContactsWrite)?;
    let text = validate::required("text", &input.text, MOST)?;
    let mut work = cx.work().await?;
    let before = own(cx, &mut work, id).await?;
    if before.text == text {
        return Ok(before);
    }
    rows::edit(&mut work.tx, cx.organisation, id, &text, cx.now).await?;
    said(&mut work, "contact_note_edited", &before, Some(&text)).await?;
    let note = rows::one(&mut work.tx, cx.organisation, id).await?.ok_or(ErrorCode::NotFound)?;
    work.commit().await?;
    Ok(note)
}

/// Takes one's own note away.
pub async fn delete(cx: &Cx, id: NoteId) -> Result<()> {
    cx.allow(Permission::ContactsWrite)?;
    let mut work = cx.work().await?;
    let before = own(cx, &mut work, id).await?;
    rows::delete(&mut work.tx, cx.organisation, id).await?;
    said(&mut work, "contact_note_deleted", &before, None).await?;
    work.commit().await
}

/// A note of the one who asks, on a card they see, held until the transaction ends.
async fn own(cx: &Cx, work: &mut Work, id: NoteId) -> Result<NoteView> {
    let note = rows::one(&mut work.tx, cx.organisation, id).await?.ok_or(ErrorCode::NotFound)?;
    cx.sees(work, Thing::Contact(note.contact_id)).await?;
    save::held(cx, work, note.contact_id).await?;
    if note.author_id != cx.user() {
        return Err(ErrorCode::Forbidden.into());
    }
    // The card is held now: what somebody else has done to the note meanwhile is seen.
    Ok(rows::one(&mut work.tx, cx.organisation, id).await?.ok_or(ErrorCode::NotFound)?)
}

async fn said(work: &mut Work, line: &str, before: &NoteView, text: Option<&str>) -> Result<()> {
    let args = json!({"note_id": before.id, "changes": [changes::one("text", before.text.clone(), text)]});
    work.journal(line, "contact", before.contact_id, args).await?;
    work.hint("contacts", before.contact_id);
    Ok(())
}
