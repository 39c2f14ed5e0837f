//! What a line says changed, in words: the field, what it was and what it is. A field nobody has worded yet is shown by its
//! own name, a value as it was kept.

use crate::format::{Format, phone};
use crate::pages::chats::words::status_text as chat_status_text;
use crate::pages::connections::state_text as connection_state_text;
use crate::pages::contacts::value_text as own_value_text;
use crate::pages::orders::status_text as order_status_text;
use crate::pages::settings::routing_mode_text;
use crate::pages::team::{role_text, visibility_text};
use crate::ui::presence_text;
use domain::access::{Presence, Role, Visibility};
use domain::chats::ChatStatus;
use domain::orders::OrderStatus;
use domain::routing::RoutingMode;
use domain::rules::FieldKind;
use domain::views::{ConnectionState, JournalView, RuleState};
use serde_json::Value as Json;
use texts::Texts;

const NOTHING: &str = "\u{2014}";

/// Fields with what they were and what they are.
pub fn changes_text(t: Texts, f: Format, line: &JournalView) -> Vec<(String, String, String)> {
    let changes = line.args.get("changes").and_then(Json::as_array);
    let one = |change: &Json| {
        let field = change.get("field")?.as_str()?;
        let value = |name: &str| value_text(t, f, line, field, change.get(name).unwrap_or(&Json::Null));
        Some((field_text(t, line, field), value("from"), value("to")))
    };
    changes.into_iter().flatten().filter_map(one).collect()
}

/// The word of a field.
pub fn field_text(t: Texts, line: &JournalView, field: &str) -> String {
    let (whole, part) = field.split_once('.').unwrap_or((field, ""));
    match (whole, part) {
        ("name", _) if line.object_kind == "contact" => t.contacts_name(),
        ("name", _) => t.journal_field_name(),
        ("phone", _) => t.contacts_phone(),
        ("email", _) => t.contacts_email(),
        ("company", _) => t.contacts_company(),
        ("city", _) => t.contacts_city(),
        ("note", _) => t.contacts_note(),
        ("tags", _) => t.contacts_tags(),
        ("title", _) => t.journal_field_title(),
        ("text", _) => t.settings_notice_text(),
        ("status", _) => t.orders_column_status(),
        ("state", _) => t.journal_column_state(),
        ("assignee", _) => t.orders_column_assignee(),
        ("deadline_at", _) => t.orders_column_due(),
        ("total_minor", _) => t.orders_column_total(),
        ("items", _) => t.journal_field_items(),
        ("kind", _) => t.catalogue_kind(),
        ("description", _) => t.catalogue_description(),
        ("sku", _) => t.catalogue_sku(),
        ("unit", _) => t.catalogue_unit(),
        ("price_minor", _) => t.catalogue_price(),
        ("image_id", _) => t.catalogue_image(),
        ("active", _) if line.object_kind == "member" => t.journal_field_access(),
        ("active", _) => t.catalogue_active(),
        ("role", _) => t.journal_field_role(),
        ("visibility", _) => t.team_sees(),
        ("team", _) => t.team_team(),
        ("capacity", _) => t.team_capacity(),
        ("routing", "mode") => t.settings_routing_mode(),
        ("routing", "capacity") => t.settings_routing_capacity(),
        ("routing", "returning") => t.settings_routing_returning(),
        ("routing", "close_after_days") => t.settings_routing_close(),
        ("presence", _) => t.journal_field_presence(),
        ("language", _) => t.settings_language(),
        ("notifications", "sound") => t.settings_sound(),
        ("notifications", "mail_on_trouble") => t.settings_mail_on_trouble(),
        ("second_factor", _) => t.factor_title(),
        ("second_factor_required", _) => t.factor_demand(),
        ("time_zone", _) => t.settings_time_zone(),
        ("currency", _) => t.settings_currency(),
        ("hours", _) => t.journal_field_hours(),
        ("accent", _) => t.look_accent(),
        ("white_label", _) => t.look_white_label(),
        ("logo", _) => t.look_logo(),
        ("domain", _) => t.look_domain(),
        ("contact_fields", _) => t.journal_field_contact_fields(),
        ("deadlines", status) => {
            t.journal_field_deadline(status.parse().map_or(status.to_owned(), |status| order_status_text(t, status)))
        }
        ("order_notice", "enabled") => t.settings_notice_enabled(),
        ("order_notice", "statuses") => t.settings_notice_statuses(),
        ("order_notice", "text") => t.settings_notice_text(),
        ("order_notice", "template") => t.settings_notice_template(),
        ("order_notice", "template_language") => t.settings_notice_template_language(),
        ("account", _) => t.journal_field_account(),
        ("position", _) => t.journal_field_position(),
        ("ceiling", _) => t.journal_field_ceiling(),
        ("version", _) => t.journal_field_version(),
        ("settings", name) => name.to_owned(),
        _ => field.to_owned(),
    }
}

fn value_text(t: Texts, f: Format, line: &JournalView, field: &str, value: &Json) -> String {
    let currency = line.args.get("currency").and_then(Json::as_str).unwrap_or_default();
    if line.code == "contact_field" {
        let kind = line.args.get("kind").and_then(Json::as_str).and_then(|kind| kind.parse().ok());
        let text = value.as_str().filter(|text| !text.is_empty());
        return text.map_or(NOTHING.to_owned(), |text| own_value_text(t, kind.unwrap_or(FieldKind::Text), text));
    }
    let whole = field.split_once('.').map_or(field, |(whole, _)| whole);
    match (whole, value) {
        (_, Json::Null) => NOTHING.to_owned(),
        (_, Json::Bool(true)) => t.contacts_field_yes(),
        (_, Json::Bool(false)) => t.contacts_field_no(),
        ("deadline_at", Json::Number(at)) => f.date_time(at.as_i64().unwrap_or(0)),
        ("total_minor" | "price_minor", Json::Number(minor)) => f.money(minor.as_i64().unwrap_or(0), currency),
        ("deadlines", Json::Number(minutes)) => t.format_unit_minutes(minutes.to_string()),
        (_, Json::Array(parts)) if parts.is_empty() => NOTHING.to_owned(),
        (_, Json::Array(parts)) => parts.iter().map(|part| part_text(t, f, line, part)).collect::<Vec<_>>().join(", "),
        (_, Json::String(text)) if text.is_empty() => NOTHING.to_owned(),
        ("phone", Json::String(text)) => phone(text),
        (_, Json::String(text)) => word_text(t, line, whole, text),
        (_, other) => other.to_string(),
    }
}

/// A stored word in the reader's language.
fn word_text(t: Texts, line: &JournalView, field: &str, text: &str) -> String {
    let known = match (field, line.object_kind.as_str()) {
        ("status", "chat") => text.parse::<ChatStatus>().ok().map(|it| chat_status_text(t, it)),
        ("status" | "order_notice", _) => text.parse::<OrderStatus>().ok().map(|it| order_status_text(t, it)),
        ("role", _) => text.parse::<Role>().ok().map(|it| role_text(t, it)),
        ("visibility", _) => text.parse::<Visibility>().ok().map(|it| visibility_text(t, it)),
        ("routing", _) => text.parse::<RoutingMode>().ok().map(|it| routing_mode_text(t, it)),
        ("presence", _) => text.parse::<Presence>().ok().map(|it| presence_text(t, it)),
        ("state", "rule") => text.parse::<RuleState>().ok().map(|it| rule_state_text(t, it)),
        ("state", _) => text.parse::<ConnectionState>().ok().map(|it| connection_state_text(t, it)),
        ("kind", _) => text.parse().ok().map(|it| crate::pages::catalogue::kind_text(t, it)),
        _ => None,
    };
    known.unwrap_or_else(|| text.to_owned())
}

fn rule_state_text(t: Texts, state: RuleState) -> String {
    match state {
        RuleState::On => t.rules_state_on(),
        RuleState::Off => t.rules_state_off(),
        RuleState::Shadow => t.rules_state_shadow(),
        RuleState::Archived => t.rules_state_archived(),
    }
}

/// A member of a list: a line of an order, a field of clients, a word.
fn part_text(t: Texts, f: Format, line: &JournalView, part: &Json) -> String {
    let Some(name) = part.get("name").and_then(Json::as_str) else {
        return part.as_str().map_or_else(|| part.to_string(), |text| word_text(t, line, "order_notice", text));
    };
    let number = |field: &str| part.get(field).and_then(Json::as_i64);
    match (number("quantity_milli"), number("price_minor")) {
        (Some(milli), Some(price)) => {
            let currency = line.args.get("currency").and_then(Json::as_str).unwrap_or_default();
            t.journal_item(name, f.money(price, currency), f.quantity(milli))
        }
        _ => name.to_owned(),
    }
}
