//! The contact a service speaks of: found by phone or e-mail, else made. Nothing a person typed is changed.

use super::{happened, save, search};
use crate::{ErrorCode, Result, Work, validate};
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
    if let Some(id) = known(work, &told).await? {
        return Ok(Some(id));
    }
    let (phone, email) = reach(&told);
    if phone.is_none() && email.is_none() {
        return Ok(None);
    }
    Ok(Some(made(work, &told, phone, email).await?))
}

/// Phone in E.164 and e-mail, where they are such.
fn reach(told: &Told<'_>) -> (Option<String>, Option<String>) {
    (domain::phone::normalise(told.phone), validate::email("email", told.email.trim()).ok().flatten())
}

/// The contact with this phone, else with this e-mail.
pub async fn known(work: &mut Work, told: &Told<'_>) -> Result<Option<ContactId>> {
    let (phone, email) = reach(told);
    if let Some(phone) = &phone
        && let Some(id) = rows::id_by_phone(&mut work.tx, work.organisation, phone).await?
    {
        return Ok(Some(id));
    }
    match email {
        Some(email) => Ok(rows::id_by_email(&mut work.tx, work.organisation, &email.to_lowercase()).await?),
        None => Ok(None),
    }
}

/// The contact this is, made if there is none; what nobody has typed yet is filled in. Doing it again changes nothing.
/// Refused when there is neither phone nor e-mail to know somebody by.
pub async fn saved(work: &mut Work, told: Told<'_>) -> Result<ContactId> {
    let (phone, email) = reach(&told);
    if phone.is_none() && email.is_none() {
        return Err(ErrorCode::NobodyNamed.into());
    }
    let Some(id) = known(work, &told).await? else { return made(work, &told, phone, email).await };
    let Some(mut row) = rows::lock(&mut work.tx, work.organisation, id).await? else { return Ok(id) };
    let before = row.clone();
    if row.name.is_empty() {
        row.name = name(&told);
    }
    if let (None, Some(phone)) = (&row.phone, phone)
        && rows::id_by_phone(&mut work.tx, work.organisation, &phone).await?.is_none()
    {
        row.phone = Some(phone);
    }
    row.email = row.email.or(email);
    if row != before {
        row.search_text = search::text_of(&row);
        rows::update(&mut work.tx, work.organisation, &row, work.now).await?;
        save::changed(work, &before, &row).await?;
    }
    Ok(id)
}

/// A name in one line.
fn name(told: &Told<'_>) -> String {
    let plain: String = told.name.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    domain::text::preview(&plain, 200)
}

async fn made(work: &mut Work, told: &Told<'_>, phone: Option<String>, email: Option<String>) -> Result<ContactId> {
    let mut row = ContactRow {
        id: work.id(),
        name: name(told),
        phone,
        email,
        company: String::new(),
        city: String::new(),
        note: String::new(),
        search_text: String::new(),
        rev: 1,
    };
    row.search_text = search::text_of(&row);
    // Somebody else may have made the same person a moment ago.
    if !rows::insert(&mut work.tx, work.organisation, &row, work.now).await? {
        let other = known(work, told).await?;
        return Ok(other.ok_or_else(|| anyhow::anyhow!("a phone is taken by nobody"))?);
    }
    let mut args = json!({"name": row.name});
    if !told.service.is_empty() {
        args["service"] = told.service.into();
    }
    work.journal("contact_created", "contact", row.id, args).await?;
    work.hint("contacts", row.id);
    happened::created(work, row.id).await?;
    Ok(row.id)
}
