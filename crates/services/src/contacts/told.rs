//! The contact a service speaks of: found by phone or e-mail, else made. Nothing a person typed is changed.

use super::search;
use crate::{Result, Work, validate};
use domain::ids::ContactId;
use serde_json::json;
use store::contacts::{self as rows, ContactRow};

/// What a service says about a person; "" where it says nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct Told<'a> {
    /// Proper name of the service, for the journal.
    pub service: &'a str,
    pub name: &'a str,
    pub email: &'a str,
    pub phone: &'a str,
}

/// The contact this is; `None` when the service gave neither phone nor e-mail.
pub async fn of_service(work: &mut Work, told: Told<'_>) -> Result<Option<ContactId>> {
    let phone = domain::phone::normalise(told.phone);
    let email = validate::email("email", told.email).ok().flatten();
    if let Some(phone) = &phone
        && let Some(id) = rows::id_by_phone(&mut work.tx, work.organisation, phone).await?
    {
        return Ok(Some(id));
    }
    if let Some(email) = &email
        && let Some(id) = rows::id_by_email(&mut work.tx, work.organisation, &email.to_lowercase()).await?
    {
        return Ok(Some(id));
    }
    if phone.is_none() && email.is_none() {
        return Ok(None);
    }
    let mut row = ContactRow {
        id: work.id(),
        name: domain::text::preview(told.name.trim(), 200),
        phone,
        email,
        company: String::new(),
        city: String::new(),
        note: String::new(),
        search_text: String::new(),
        rev: 1,
    };
    row.search_text = search::text_of(&row);
    rows::insert(&mut work.tx, work.organisation, &row, work.now).await?;
    work.journal("contact_created", "contact", row.id, json!({"name": row.name, "service": told.service})).await?;
    work.hint("contacts", row.id);
    Ok(Some(row.id))
}
