//! The door of the client pages.

#[cfg(feature = "ssr")]
use crate::door::cx;
use crate::door::{Answer, Door};
use domain::ids::{ContactId, MergeId, NoteId};
use domain::views::*;
use leptos::prelude::*;

/// A page of clients.
#[server(prefix = "/api/ui", endpoint = "contacts_list", protocol = Door)]
pub async fn contacts_list(filter: ListFilter) -> Answer<Page<ContactView>> {
    Ok(services::contacts::list(&cx()?, &filter).await?)
}

/// One client with everything on the card.
#[server(prefix = "/api/ui", endpoint = "contacts_get", protocol = Door)]
pub async fn contacts_get(id: ContactId) -> Answer<ContactCard> {
    Ok(services::contacts::get(&cx()?, id).await?)
}

/// A new client.
#[server(prefix = "/api/ui", endpoint = "contacts_create", protocol = Door)]
pub async fn contacts_create(contact: SaveContact) -> Answer<ContactView> {
    Ok(services::contacts::create(&cx()?, &contact).await?)
}

/// Changes a client.
#[server(prefix = "/api/ui", endpoint = "contacts_update", protocol = Door)]
pub async fn contacts_update(id: ContactId, contact: SaveContact) -> Answer<ContactView> {
    Ok(services::contacts::update(&cx()?, id, &contact).await?)
}

/// Writes fields of the organisation's own.
#[server(prefix = "/api/ui", endpoint = "contacts_fields", protocol = Door)]
pub async fn contacts_fields(id: ContactId, values: ContactFields) -> Answer<()> {
    services::contacts::custom::set(&cx()?, id, &values).await?;
    Ok(())
}

/// Makes these the tags of a client.
#[server(prefix = "/api/ui", endpoint = "contacts_tags", protocol = Door)]
pub async fn contacts_tags(id: ContactId, tags: Vec<String>) -> Answer<()> {
    services::contacts::tags::set(&cx()?, id, &tags).await?;
    Ok(())
}

/// A page of pairs that may be of one person.
#[server(prefix = "/api/ui", endpoint = "contacts_duplicates", protocol = Door)]
pub async fn contacts_duplicates(filter: DuplicateFilter) -> Answer<Page<DuplicateView>> {
    Ok(services::contacts::duplicates::list(&cx()?, &filter).await?)
}

/// How many pairs wait for a decision.
#[server(prefix = "/api/ui", endpoint = "contacts_duplicates_count", protocol = Door)]
pub async fn contacts_duplicates_count() -> Answer<i64> {
    Ok(services::contacts::duplicates::count(&cx()?).await?)
}

/// Says of a pair whether they are different people.
#[server(prefix = "/api/ui", endpoint = "contacts_differ", protocol = Door)]
pub async fn contacts_differ(pair: DecidePair) -> Answer<()> {
    Ok(services::contacts::duplicates::decide(&cx()?, &pair).await?)
}

/// What making two cards one would do.
#[server(prefix = "/api/ui", endpoint = "contacts_merge_preview", protocol = Door)]
pub async fn contacts_merge_preview(kept: ContactId, gone: ContactId) -> Answer<MergePreview> {
    Ok(services::contacts::merging::preview(&cx()?, kept, gone).await?)
}

/// Makes two cards one.
#[server(prefix = "/api/ui", endpoint = "contacts_merge", protocol = Door)]
pub async fn contacts_merge(kept: ContactId, merge: MergeContacts) -> Answer<ContactView> {
    Ok(services::contacts::merging::merge(&cx()?, kept, &merge).await?)
}

/// Parts two cards again.
#[server(prefix = "/api/ui", endpoint = "contacts_part", protocol = Door)]
pub async fn contacts_part(id: MergeId) -> Answer<Parted> {
    Ok(services::contacts::merging::undo(&cx()?, id).await?)
}

/// A page of a client's timeline.
#[server(prefix = "/api/ui", endpoint = "contacts_timeline", protocol = Door)]
pub async fn contacts_timeline(id: ContactId, filter: TimelineFilter) -> Answer<Page<TimelineEntry>> {
    Ok(services::contacts::timeline(&cx()?, id, &filter).await?)
}

/// Writes a note about a client.
#[server(prefix = "/api/ui", endpoint = "contacts_note_write", protocol = Door)]
pub async fn contacts_note_write(id: ContactId, note: SaveNote) -> Answer<NoteView> {
    Ok(services::contacts::notes::write(&cx()?, id, &note).await?)
}

/// Changes one's own note.
#[server(prefix = "/api/ui", endpoint = "contacts_note_edit", protocol = Door)]
pub async fn contacts_note_edit(id: NoteId, note: SaveNote) -> Answer<NoteView> {
    Ok(services::contacts::notes::edit(&cx()?, id, &note).await?)
}

/// Takes one's own note away.
#[server(prefix = "/api/ui", endpoint = "contacts_note_delete", protocol = Door)]
pub async fn contacts_note_delete(id: NoteId) -> Answer<()> {
    Ok(services::contacts::notes::delete(&cx()?, id).await?)
}
