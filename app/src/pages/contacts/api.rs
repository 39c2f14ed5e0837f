//! The door of the client pages.

#[cfg(feature = "ssr")]
use crate::door::cx;
use crate::door::{Answer, Door};
use domain::ids::ContactId;
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
