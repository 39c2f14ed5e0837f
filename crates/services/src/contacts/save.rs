//! Creating and changing a contact by hand or through REST.

use super::{happened, merging, search};
use crate::changes;
use crate::{ApiError, Cx, Error, ErrorCode, Result, Work, validate};
use domain::access::Permission;
use domain::ids::ContactId;
use domain::views::{ContactView, SaveContact};
use serde_json::json;
use store::contacts::{self as rows, ContactRow};
use store::sight::Thing;

/// Creates a contact. It needs at least a name, a phone or an e-mail.
pub async fn create(cx: &Cx, input: &SaveContact) -> Result<ContactView> {
    cx.allow(Permission::ContactsWrite)?;
    let mut row = ContactRow {
        id: cx.id(),
        name: String::new(),
        phone: None,
        email: None,
        company: String::new(),
        city: String::new(),
        note: String::new(),
        search_text: String::new(),
        rev: 1,
    };
    apply(&mut row, input)?;
    let mut work = cx.work().await?;
    let led = match row.phone.as_deref() {
        Some(phone) => rows::id_by_phone(&mut work.tx, cx.organisation, phone).await?.is_some(),
        None => false,
    };
    if led || !rows::insert(&mut work.tx, cx.organisation, &row, cx.now).await? {
        return Err(phone_taken(&mut work, row.phone.as_deref()).await?);
    }
    work.journal("contact_created", "contact", row.id, json!({"name": row.name})).await?;
    work.hint("contacts", row.id);
    happened::created(&mut work, row.id).await?;
    work.commit().await?;
    view(cx, row.id).await
}

/// Changes a contact; what is absent stays. Refused as stale when it was made on an older revision.
pub async fn update(cx: &Cx, id: ContactId, input: &SaveContact) -> Result<ContactView> {
    cx.allow(Permission::ContactsWrite)?;
    let mut work = cx.work().await?;
    let before = held(cx, &mut work, id).await?;
    if input.rev.is_some_and(|rev| rev != before.rev) {
        return Err(ErrorCode::Stale.into());
    }
    let mut row = before.clone();
    apply(&mut row, input)?;
    if row == before {
        drop(work);
        return view(cx, id).await;
    }
    if row.phone != before.phone
        && let Some(phone) = row.phone.as_deref()
        && rows::id_by_phone(&mut work.tx, cx.organisation, phone).await?.is_some_and(|owner| owner != id)
    {
        return Err(phone_taken(&mut work, row.phone.as_deref()).await?);
    }
    match rows::update(&mut work.tx, cx.organisation, &row, cx.now).await {
        // Somebody took the phone between the look and the write.
        Err(store::Error::Unique(_)) => return Err(taken().into()),
        done => done?,
    }
    // What stands on the card need not lead to it besides.
    for (kind, value) in [("phone", row.phone.clone()), ("email", row.email.as_ref().map(|it| it.to_lowercase()))] {
        if let Some(value) = value {
            store::reaches::remove(&mut work.tx, cx.organisation, id, kind, &value).await?;
        }
    }
    changed(&mut work, &before, &row).await?;
    work.commit().await?;
    view(cx, id).await
}

/// A card for changing, seen by these eyes.
pub(super) async fn held(cx: &Cx, work: &mut Work, id: ContactId) -> Result<ContactRow> {
    match rows::lock(&mut work.tx, cx.organisation, id).await? {
        Some(row) => {
            cx.sees(work, Thing::Contact(id)).await?;
            Ok(row)
        }
        None => Err(merging::missing(cx, work, id).await?),
    }
}

fn apply(row: &mut ContactRow, input: &SaveContact) -> Result<()> {
    let short = |field, value: &Option<String>, old: &mut String, max| -> Result<()> {
        if let Some(value) = value {
            *old = validate::optional(field, value, max)?;
        }
        Ok(())
    };
    short("name", &input.name, &mut row.name, 200)?;
    short("company", &input.company, &mut row.company, 200)?;
    short("city", &input.city, &mut row.city, 100)?;
    short("note", &input.note, &mut row.note, 5_000)?;
    if let Some(phone) = &input.phone {
        row.phone = validate::phone("phone", phone)?;
    }
    if let Some(email) = &input.email {
        row.email = validate::email("email", email)?;
    }
    if row.name.is_empty() && row.phone.is_none() && row.email.is_none() {
        return Err(ApiError::new(ErrorCode::Required).field("name").into());
    }
    row.search_text = search::text_of(row);
    Ok(())
}

/// Notes what changed and lets rules act on it.
pub(super) async fn changed(work: &mut Work, before: &ContactRow, after: &ContactRow) -> Result<()> {
    let changes = changes::between(&facts(before), &facts(after));
    let parts: Vec<String> = changes.iter().filter_map(|change| change["field"].as_str()).map(str::to_owned).collect();
    let args = json!({"name": after.name, "changes": changes});
    work.journal("contact_changed", "contact", after.id, args).await?;
    work.hint("contacts", after.id);
    happened::changed(work, after.id, parts).await
}

fn facts(row: &ContactRow) -> serde_json::Value {
    json!({
        "name": row.name, "phone": row.phone, "email": row.email, "company": row.company, "city": row.city,
        "note": row.note,
    })
}

fn taken() -> ApiError {
    ApiError::new(ErrorCode::AlreadyExists).arg("what", "phone").field("phone")
}

async fn phone_taken(work: &mut Work, phone: Option<&str>) -> Result<Error> {
    let owner = rows::id_by_phone(&mut work.tx, work.organisation, phone.unwrap_or_default()).await?;
    Ok(owner.map_or_else(taken, |id| taken().arg("id", id)).into())
}

async fn view(cx: &Cx, id: ContactId) -> Result<ContactView> {
    Ok(rows::one(cx.db(), cx.sight(), id).await?.ok_or(ErrorCode::NotFound)?)
}
