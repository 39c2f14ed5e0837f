//! Fields of clients that an organisation has made up itself: checked with its settings, written on the card by people and
//! rules, read by rules.

use super::{happened, save};
use crate::changes;
use crate::{ApiError, Cx, ErrorCode, Result, Work, accounts, memo, rules, validate, zone};
use domain::access::Permission;
use domain::custom::{self, CustomField};
use domain::ids::ContactId;
use domain::rules::{FieldKind, FieldSpec};
use domain::views::{ContactFields, FieldValue};
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;
use store::custom as rows;

/// The fields of the organisation, in the order of the card.
pub async fn fields(cx: &Cx) -> Result<Vec<CustomField>> {
    cx.allow(Permission::ContactsRead)?;
    defined(cx).await
}

async fn defined(cx: &Cx) -> Result<Vec<CustomField>> {
    Ok(accounts::organisation_settings(&cx.app, cx.organisation).await?.contact_fields)
}

/// Values of a contact, by key.
pub async fn get(cx: &Cx, id: ContactId) -> Result<ContactFields> {
    cx.allow(Permission::ContactsRead)?;
    filled(cx, id).await
}

async fn filled(cx: &Cx, id: ContactId) -> Result<ContactFields> {
    let values = of_card(cx, id).await?.into_iter().filter(|one| !one.value.is_empty());
    Ok(ContactFields { fields: values.map(|one| (one.field.key, one.value)).collect() })
}

/// All fields with what they are for a contact, for those who may see it.
pub(super) async fn of_card(cx: &Cx, id: ContactId) -> Result<Vec<FieldValue>> {
    store::contacts::one(cx.db(), cx.sight(), id).await?.ok_or(ErrorCode::NotFound)?;
    let fields = defined(cx).await?;
    if fields.is_empty() {
        return Ok(Vec::new());
    }
    let mut values: BTreeMap<String, String> =
        rows::of_contact(cx.db(), cx.organisation, id).await?.into_iter().collect();
    let one = |field: CustomField| FieldValue { value: values.remove(&field.key).unwrap_or_default(), field };
    Ok(fields.into_iter().map(one).collect())
}

/// Writes values; those not named stay. All or none.
pub async fn set(cx: &Cx, id: ContactId, input: &ContactFields) -> Result<ContactFields> {
    cx.allow(Permission::ContactsWrite)?;
    let mut work = cx.work().await?;
    save::held(cx, &mut work, id).await?;
    let mut changed = Vec::new();
    for (key, value) in &input.fields {
        changed.extend(write(&mut work, id, key, value).await?);
    }
    happened::changed(&mut work, id, changed).await?;
    work.commit().await?;
    filled(cx, id).await
}

/// Writes one value inside a unit of work.
pub(crate) async fn change_in(work: &mut Work, id: ContactId, key: &str, typed: &str) -> Result<()> {
    let changed = write(work, id, key, typed).await?;
    happened::changed(work, id, changed).await
}

/// The field as rules name it, if it was not so already.
async fn write(work: &mut Work, id: ContactId, key: &str, typed: &str) -> Result<Option<String>> {
    let organisation = memo::organisation(work).await?;
    let Some(field) = organisation.settings.contact_fields.iter().find(|field| field.key == key) else {
        return Err(ApiError::new(ErrorCode::NotFound).arg("what", key).field(format!("fields.{key}")).into());
    };
    let Some(value) = field.value(typed) else {
        return Err(ApiError::new(ErrorCode::NotAllowed)
            .arg("what", &field.name)
            .field(format!("fields.{key}"))
            .into());
    };
    let before = rows::of_contact_in(&mut work.tx, work.organisation, id).await?;
    let before = before.into_iter().find(|(known, _)| known == key).map(|(_, value)| value).unwrap_or_default();
    if before == value {
        return Ok(None);
    }
    rows::set(&mut work.tx, work.organisation, id, key, &value, work.now).await?;
    store::duplicates::renew(&mut work.tx, work.organisation, id).await?;
    let args = json!({"field": field.name, "kind": field.kind, "changes": [changes::one(&field.name, before, value)]});
    work.journal("contact_field", "contact", id, args).await?;
    work.hint("contacts", id);
    if field.kind == FieldKind::Date {
        rules::date_changed(work, rules::Dated::Contact(id)).await?;
    }
    Ok(Some(field.in_rules()))
}

/// Values as rules see them. What no longer fits its field is no data.
pub(crate) async fn facts(work: &mut Work, id: ContactId) -> Result<Vec<(String, Json)>> {
    let organisation = memo::organisation(work).await?;
    if organisation.settings.contact_fields.is_empty() {
        return Ok(Vec::new());
    }
    let values: BTreeMap<String, String> =
        rows::of_contact_in(&mut work.tx, work.organisation, id).await?.into_iter().collect();
    let fact = |field: &CustomField| {
        let value = values.get(&field.key).and_then(|kept| field.value(kept)).unwrap_or_default();
        let value = if value.is_empty() { Json::Null } else { seen(field.kind, value, &organisation.zone) };
        (field.in_rules(), value)
    };
    Ok(organisation.settings.contact_fields.iter().map(fact).collect())
}

fn seen(kind: FieldKind, value: String, zone: &str) -> Json {
    match kind {
        FieldKind::Number => value.parse::<f64>().map_or(Json::Null, Json::from),
        FieldKind::Flag => Json::Bool(value == "true"),
        FieldKind::Date => zone::midnight(zone, &value).map_or(Json::Null, Json::from),
        _ => value.into(),
    }
}

/// What rules about a client may read besides.
pub(crate) async fn specs(cx: &Cx) -> Result<Vec<FieldSpec>> {
    let spec = |field: CustomField| FieldSpec {
        label: field.name.clone(),
        choices: field.choices.clone(),
        ..FieldSpec::new(field.in_rules(), field.kind)
    };
    Ok(defined(cx).await?.into_iter().map(spec).collect())
}

/// Checks fields as they are to be kept, and gives new ones their keys.
pub(crate) fn check(fields: &mut [CustomField]) -> Result<()> {
    let refuse = |code, n: usize| ApiError::new(code).field(format!("settings.contact_fields.{n}"));
    if fields.len() > custom::MOST_FIELDS {
        let error = ApiError::new(ErrorCode::OutOfRange).arg("min", 0).arg("max", custom::MOST_FIELDS);
        return Err(error.field("settings.contact_fields").into());
    }
    let mut taken: Vec<String> = fields.iter().map(|field| field.key.clone()).filter(|key| !key.is_empty()).collect();
    for (n, field) in fields.iter_mut().enumerate() {
        let at = format!("settings.contact_fields.{n}");
        field.name = validate::required(&at, &field.name, custom::MOST_NAME)?;
        if !custom::KINDS.contains(&field.kind) {
            return Err(refuse(ErrorCode::NotAllowed, n).into());
        }
        let choices = std::mem::take(&mut field.choices);
        if field.kind == FieldKind::Choice {
            for choice in choices.iter().map(|choice| choice.trim()).filter(|choice| !choice.is_empty()) {
                if choice.chars().count() > custom::MOST_NAME || field.choices.len() >= custom::MOST_CHOICES {
                    return Err(refuse(ErrorCode::TooLong, n).arg("max", custom::MOST_NAME).into());
                }
                if !field.choices.iter().any(|known| known == choice) {
                    field.choices.push(choice.to_owned());
                }
            }
            if field.choices.is_empty() {
                return Err(refuse(ErrorCode::Required, n).into());
            }
        }
        if field.key.is_empty() {
            let known: Vec<&str> = taken.iter().map(String::as_str).collect();
            field.key = custom::key_of(&field.name, &known);
            taken.push(field.key.clone());
        }
    }
    taken.sort();
    let made = |key: &String| !key.chars().all(|c| c.is_ascii_alphanumeric() || c == '_') || key.len() > 60;
    if taken.windows(2).any(|two| two[0] == two[1]) || taken.iter().any(made) {
        return Err(ApiError::new(ErrorCode::NotAllowed).field("settings.contact_fields").into());
    }
    Ok(())
}
