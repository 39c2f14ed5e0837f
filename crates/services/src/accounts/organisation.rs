//! The organisation itself: founding one, showing it, changing its settings.

use super::members::MOST_CHATS;
use super::person;
use crate::changes;
use crate::{App, Cx, Result, Work, validate, zone};
use domain::access::{Permission, Presence, Role};
use domain::ids::*;
use domain::look;
use domain::orders::OrderStatus;
use domain::views::{OrganisationInput, OrganisationSettings, OrganisationView};
use domain::{ApiError, ErrorCode};
use serde_json::json;
use std::sync::Arc;

const DEFAULT_ZONE: &str = "Europe/Moscow";
const DEFAULT_CURRENCY: &str = "RUB";
/// A year: longer deadlines are a slip.
const MAX_DEADLINE_MINUTES: i64 = 366 * 24 * 60;
/// A chat that was quiet for a year is over.
const MOST_QUIET_DAYS: i64 = 366;
/// Whoever was not heard of for a day is away, whatever they say.
const MOST_SILENT_MINUTES: i64 = 24 * 60;

/// Writes the organisation of this work with its owner. An unknown zone becomes Moscow's.
pub(super) async fn found(work: &mut Work, owner: UserId, name: &str, time_zone: &str) -> Result<()> {
    let time_zone = if zone::is_known(time_zone) { time_zone } else { DEFAULT_ZONE };
    let organisation = OrganisationView {
        id: work.organisation,
        name: name.to_owned(),
        time_zone: time_zone.to_owned(),
        currency: DEFAULT_CURRENCY.to_owned(),
        settings: json!(OrganisationSettings::default()),
        logo: None,
        rev: 1,
        created_at: work.now,
    };
    store::organisations::insert(&mut work.tx, &organisation).await?;
    store::organisations::insert_member(&mut work.tx, work.organisation, owner, Role::Owner, work.now).await?;
    let args = json!({"name": name, "time_zone": time_zone});
    work.journal("organisation_created", "organisation", work.organisation, args).await?;
    work.hint("me", owner);
    Ok(())
}

/// Founds a further organisation of a person; the door then switches to it.
pub async fn create(app: &Arc<App>, user: UserId, name: &str, time_zone: &str) -> Result<OrganisationId> {
    let now = app.clock.now();
    let row = person::row(app, user).await?;
    let name = person::name("name", name)?;
    let mut work = person::work(app, app.ids.next(now), row.id, now).await?;
    found(&mut work, row.id, &name, time_zone).await?;
    store::organisations::set_presence(&mut work.tx, work.organisation, row.id, Presence::Active, now).await?;
    let organisation = work.organisation;
    work.commit().await?;
    Ok(organisation)
}

/// The organisation of a call, its settings filled up with defaults. For operations that checked their own permission.
pub(super) async fn load(cx: &Cx) -> Result<OrganisationView> {
    let mut view = store::organisations::one(cx.db(), cx.organisation).await?.ok_or(ErrorCode::NotFound)?;
    view.settings = json!(read_settings(view.id, view.settings)?);
    Ok(view)
}

fn read_settings(id: OrganisationId, stored: serde_json::Value) -> Result<OrganisationSettings> {
    let settings = serde_json::from_value(stored);
    Ok(settings.map_err(|e| store::Error::Corrupt(format!("organisations.settings of {id}: {e}")))?)
}

/// Settings of an organisation for the rules of other parts (deadlines, notices), defaults filled in.
pub async fn organisation_settings(app: &App, id: OrganisationId) -> Result<OrganisationSettings> {
    let view = store::organisations::one(&app.db, id).await?.ok_or(ErrorCode::NotFound)?;
    read_settings(id, view.settings)
}

/// IANA name of the zone in which this organisation's days begin.
pub async fn organisation_zone(cx: &Cx) -> Result<String> {
    Ok(load(cx).await?.time_zone)
}

/// The organisation with its settings.
pub async fn view(cx: &Cx) -> Result<OrganisationView> {
    cx.allow(Permission::SettingsRead)?;
    load(cx).await
}

/// Changes name, zone, currency and settings, if nobody else did since `input.rev`.
pub async fn update(cx: &Cx, input: OrganisationInput) -> Result<OrganisationView> {
    cx.allow(Permission::SettingsManage)?;
    let name = person::name("name", &input.name)?;
    if !zone::is_known(&input.time_zone) {
        return Err(not_allowed("time_zone"));
    }
    domain::money::check_currency(&input.currency).map_err(|_| not_allowed("currency"))?;
    let settings = json!(checked(input.settings)?);
    let before = load(cx).await?;
    if before.rev != input.rev {
        return Err(ErrorCode::Stale.into());
    }
    let after = OrganisationView {
        name,
        time_zone: input.time_zone,
        currency: input.currency,
        settings,
        rev: before.rev + 1,
        ..before.clone()
    };
    let changes = changes::between(&facts(&before), &facts(&after));
    if changes.is_empty() {
        return Ok(before);
    }
    let mut work = cx.work().await?;
    let (id, o) = (cx.organisation, &after);
    let tx = &mut work.tx;
    if !store::organisations::update(tx, id, input.rev, &o.name, &o.time_zone, &o.currency, &o.settings).await? {
        return Err(ErrorCode::Stale.into());
    }
    if before.settings["contact_fields"] != after.settings["contact_fields"] {
        store::duplicates::renew_all(&mut work.tx, id).await?;
    }
    work.journal("organisation_updated", "organisation", id, json!({"changes": changes})).await?;
    work.hint("settings", "");
    work.hint("me", "");
    work.commit().await?;
    Ok(after)
}

fn facts(o: &OrganisationView) -> serde_json::Value {
    let settings = &o.settings;
    json!({
        "name": o.name, "time_zone": o.time_zone, "currency": o.currency,
        "deadlines": settings["deadlines"], "order_notice": settings["order_notice"], "hours": settings["hours"],
        "contact_fields": settings["contact_fields"], "routing": settings["routing"],
        "accent": settings["accent"], "white_label": settings["white_label"],
    })
}

fn not_allowed(field: &str) -> crate::Error {
    ApiError::new(ErrorCode::NotAllowed).field(field).into()
}

fn checked(mut settings: OrganisationSettings) -> Result<OrganisationSettings> {
    let within = |field: &str, value: i64, max: i64| match (0..=max).contains(&value) {
        true => Ok(()),
        false => Err(ApiError::new(ErrorCode::OutOfRange).arg("min", 0).arg("max", max).field(field)),
    };
    within("settings.routing.capacity", settings.routing.capacity, MOST_CHATS)?;
    within("settings.routing.silent_after_minutes", settings.routing.silent_after_minutes, MOST_SILENT_MINUTES)?;
    within("settings.routing.close_after_days", settings.routing.close_after_days, MOST_QUIET_DAYS)?;
    for (status, minutes) in &settings.deadlines {
        let field = format!("settings.deadlines.{status}");
        if status.parse::<OrderStatus>().is_err() {
            return Err(not_allowed(&field));
        }
        if !(0..=MAX_DEADLINE_MINUTES).contains(minutes) {
            let error = ApiError::new(ErrorCode::OutOfRange).arg("min", 0).arg("max", MAX_DEADLINE_MINUTES);
            return Err(error.field(field).into());
        }
    }
    if settings.hours.0.iter().flatten().any(|(from, to)| from >= to || *to > 24 * 60) {
        return Err(not_allowed("settings.hours"));
    }
    crate::contacts::custom::check(&mut settings.contact_fields)?;
    settings.accent = accent(&settings.accent)?;
    let notice = &mut settings.order_notice;
    let text = if notice.enabled { validate::required } else { validate::optional };
    notice.text = text("settings.order_notice.text", &notice.text, 1_000)?;
    notice.template = validate::optional("settings.order_notice.template", &notice.template, 512)?;
    let language = text("settings.order_notice.template_language", &notice.template_language, 15)?;
    if !language.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-')) {
        return Err(not_allowed("settings.order_notice.template_language"));
    }
    notice.template_language = language;
    notice.statuses.sort();
    notice.statuses.dedup();
    Ok(settings)
}

/// A colour that can be read, as it is kept.
fn accent(typed: &str) -> Result<String> {
    let typed = typed.trim().to_lowercase();
    if typed.is_empty() {
        return Ok(typed);
    }
    let accent = look::parse(&typed).ok_or_else(|| not_allowed("settings.accent"))?;
    if !look::is_readable(accent) {
        let error = ApiError::new(ErrorCode::LowContrast).arg("nearest", look::hex(look::readable(accent)));
        return Err(error.field("settings.accent").into());
    }
    Ok(typed)
}

/// ISO code of the currency new prices are in.
pub async fn currency(cx: &Cx) -> Result<String> {
    Ok(load(cx).await?.currency)
}
