//! What a stored event of WhatsApp means. Pure and total: unknown things are `Ignored` or an unsupported message; an
//! error is returned only where the event names nobody and nothing. A time the provider left out is 0.

use super::content::content;
use super::errors;
use crate::NormaliseError;
use crate::json::{Look, filled};
use domain::channel::{ChannelEvent, Person, ProviderError};
use domain::delivery::Delivery;
use serde_json::{Map, Value as Json};

type Meaning = Result<ChannelEvent, NormaliseError>;

/// The meaning of one event.
pub fn normalise(kind: &str, data: &Json) -> Meaning {
    match kind {
        "message" => message(data),
        "reaction" => reaction(data),
        "edit" => edit(data.at("message")),
        "revoke" => revoke(data.at("message")),
        "system" => system(data),
        "echo" => echo(data),
        "status" => status(data),
        "preference" => preference(data),
        "moved" => moved(data),
        "template" => template(data.text("field"), data.at("value")),
        "account" => Ok(account(data.at("value"))),
        "error" => Ok(value_error(data.at("value"))),
        "phone_number_quality_update" => Ok(quality(data.at("value"))),
        other => ignored(other),
    }
}

fn ignored(why: impl Into<String>) -> Meaning {
    Ok(ChannelEvent::Ignored { why: why.into() })
}

fn missing(what: &str) -> NormaliseError {
    NormaliseError(format!("no {what}"))
}

/// Seconds as text or number → milliseconds.
fn at_ms(item: &Json) -> i64 {
    item.int("timestamp").unwrap_or(0).max(0).saturating_mul(1000)
}

fn id(item: &Json, key: &str, what: &str) -> Result<String, NormaliseError> {
    filled(&item.word(key)).ok_or_else(|| missing(what))
}

fn phone(address: &str) -> Option<String> {
    domain::phone::normalise(&format!("+{address}"))
}

fn person(address: &str, user_id: &str, contact: &Json) -> Person {
    let profile = contact.at("profile");
    let name = [profile.text("name"), profile.text("username")].into_iter().find(|name| !name.is_empty());
    Person { user_id: filled(user_id), address: filled(address), phone: phone(address), name: name.map(str::to_owned) }
}

/// A person with what the contact entry adds; somebody must come out.
fn known(address: &str, user_id: &str, contact: &Json) -> Result<Person, NormaliseError> {
    let wa_id = if address.is_empty() { contact.text("wa_id") } else { address };
    let user_id = if user_id.is_empty() { contact.text("user_id") } else { user_id };
    let person = person(wa_id, user_id, contact);
    if person.keys().next().is_some() { Ok(person) } else { Err(missing("person")) }
}

fn sender(data: &Json) -> Result<Person, NormaliseError> {
    let message = data.at("message");
    known(message.text("from"), message.text("from_user_id"), data.at("contact"))
}

fn message(data: &Json) -> Meaning {
    let message = data.at("message");
    let mut content = content(message);
    if !data.at("errors").is_null() && !content.meta.contains_key("errors") {
        content.meta.insert("errors".into(), data.at("errors").clone());
    }
    Ok(ChannelEvent::Message {
        from: sender(data)?,
        external_id: id(message, "id", "message id")?,
        at_ms: at_ms(message),
        kind: content.kind,
        text: content.text,
        file: content.file,
        reply_to: filled(message.at("context").text("id")),
        meta: Json::Object(content.meta),
    })
}

fn reaction(data: &Json) -> Meaning {
    let message = data.at("message");
    let reaction = message.at("reaction");
    Ok(ChannelEvent::Reaction {
        from: sender(data)?,
        external_id: id(reaction, "message_id", "message reacted to")?,
        emoji: filled(reaction.text("emoji")),
        at_ms: at_ms(message),
    })
}

fn edit(message: &Json) -> Meaning {
    let edit = message.at("edit");
    Ok(ChannelEvent::Edit {
        external_id: id(edit, "original_message_id", "edited message")?,
        text: content(edit.at("message")).text,
        at_ms: at_ms(message),
    })
}

fn revoke(message: &Json) -> Meaning {
    Ok(ChannelEvent::Revoke {
        external_id: id(message.at("revoke"), "original_message_id", "revoked message")?,
        at_ms: at_ms(message),
    })
}

fn system(data: &Json) -> Meaning {
    let message = data.at("message");
    let system = message.at("system");
    let kind = system.text("type");
    if !matches!(kind, "user_changed_number" | "user_changed_user_id") {
        return ignored(format!("system: {kind}"));
    }
    let before = [system.text("previous_user_id"), message.text("from_user_id")];
    let from = known(message.text("from"), first(before), data.at("contact"))?;
    let to = person(system.text("wa_id"), system.text("user_id"), &Json::Null);
    step(from, to, at_ms(message))
}

/// The user id of a person changed: `{wa_id, user_id: {previous, current}}`.
fn moved(data: &Json) -> Meaning {
    let update = data.at("moved");
    let (wa_id, ids) = (update.text("wa_id"), update.at("user_id"));
    let from = known(wa_id, ids.text("previous"), data.at("contact"))?;
    let to = person(wa_id, first([ids.text("current"), update.text("user_id")]), &Json::Null);
    step(from, to, at_ms(update))
}

fn step(from: Person, to: Person, at_ms: i64) -> Meaning {
    if to.keys().next().is_none() {
        return Err(missing("new address"));
    }
    Ok(ChannelEvent::Moved { from, to, at_ms })
}

fn first<'a>(texts: impl IntoIterator<Item = &'a str>) -> &'a str {
    texts.into_iter().find(|text| !text.is_empty()).unwrap_or_default()
}

fn echo(data: &Json) -> Meaning {
    let echo = data.at("echo");
    match echo.text("type") {
        "revoke" => return revoke(echo),
        "edit" => return edit(echo),
        // Ours, set on the phone: the thread shows reactions of customers only.
        "reaction" => return ignored("echo: reaction"),
        _ => {}
    }
    let content = content(echo);
    Ok(ChannelEvent::Echo {
        to: known(echo.text("to"), echo.text("to_user_id"), data.at("contact"))?,
        external_id: id(echo, "id", "message id")?,
        at_ms: at_ms(echo),
        kind: content.kind,
        text: content.text,
        file: content.file,
        meta: Json::Object(content.meta),
    })
}

fn status(data: &Json) -> Meaning {
    let status = data.at("status");
    let word = status.text("status");
    let Some(delivery) = (match word {
        "sent" => Some(Delivery::Sent),
        "delivered" => Some(Delivery::Delivered),
        "read" => Some(Delivery::Read),
        "played" => Some(Delivery::Played),
        "failed" => Some(Delivery::Failed),
        _ => None,
    }) else {
        return ignored(format!("status: {word}"));
    };
    let mut recipient = person(status.text("recipient_id"), status.text("recipient_user_id"), data.at("contact"));
    if status.text("recipient_type") == "group" {
        // The id of a group looks like digits, but is nobody's phone.
        recipient.phone = None;
    }
    Ok(ChannelEvent::Status {
        external_id: id(status, "id", "message id")?,
        reference: filled(status.text("biz_opaque_callback_data")),
        status: delivery,
        at_ms: at_ms(status),
        error: status.list("errors").first().map(provider_error),
        recipient,
    })
}

fn provider_error(error: &Json) -> ProviderError {
    let detail = first([error.at("error_data").text("details"), error.text("message"), error.text("title")]);
    let window_closed = error.int("code").is_some_and(errors::window_closed);
    ProviderError { code: error.word("code"), detail: detail.to_owned(), window_closed }
}

fn preference(data: &Json) -> Meaning {
    let preference = data.at("preference");
    let marketing = match preference.text("value") {
        "stop" => false,
        "resume" | "signup" => true,
        other => return ignored(format!("preference: {other}")),
    };
    let person = known(preference.text("wa_id"), preference.text("user_id"), data.at("contact"))?;
    Ok(ChannelEvent::Preference { person, marketing, at_ms: at_ms(preference) })
}

fn template(field: &str, value: &Json) -> Meaning {
    let name = id(value, "message_template_name", "template name")?;
    let language = value.text("message_template_language").to_owned();
    let (mut status, mut category, mut reason) = (None, None, None);
    match field {
        "message_template_quality_update" => {
            reason = filled(value.text("new_quality_score")).map(|quality| format!("quality: {quality}"));
        }
        "template_category_update" => category = filled(value.text("new_category")),
        _ => {
            status = filled(value.text("event"));
            category = filled(value.text("message_template_category"));
            let info = value.at("rejection_info");
            let parts = [value.text("reason"), info.text("reason"), info.text("recommendation")];
            let said: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty() && *part != "NONE").collect();
            reason = filled(&said.join(". "));
        }
    }
    Ok(ChannelEvent::Template { name, language, status, category, reason })
}

/// News about the account. Sending stops when Meta restricts messaging, bans, or takes the account away.
fn account(value: &Json) -> ChannelEvent {
    let event = value.text("event");
    let restrictions = value.list("restriction_info");
    let stop = match event {
        "ACCOUNT_RESTRICTION" => {
            restrictions.is_empty() || restrictions.iter().any(|r| r.text("restriction_type").contains("MESSAGING"))
        }
        "DISABLED_UPDATE" => {
            !matches!(value.at("ban_info").text("waba_ban_state"), "REINSTATE" | "SCHEDULE_FOR_DISABLE")
        }
        "ACCOUNT_DELETED" | "ACCOUNT_OFFBOARDED" => true,
        _ => false,
    };
    let ban = value.at("ban_info");
    let detail = restrictions
        .iter()
        .map(|r| r.text("restriction_type"))
        .chain([
            value.at("violation_info").text("violation_type"),
            ban.text("waba_ban_state"),
            ban.text("waba_ban_date"),
        ])
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(", ");
    ChannelEvent::Account { event: event.to_owned(), stop, detail }
}

/// An error about the number that belongs to no message.
fn value_error(value: &Json) -> ChannelEvent {
    let error = value.list("errors").first().map(provider_error);
    let (code, detail) = error.map(|e| (e.code, e.detail)).unwrap_or_default();
    ChannelEvent::Account { event: format!("error {code}"), stop: false, detail }
}

fn quality(value: &Json) -> ChannelEvent {
    let empty = Map::new();
    let facts = value.as_object().unwrap_or(&empty).iter().filter(|(key, _)| *key != "event");
    let detail = facts.filter_map(|(key, v)| Some(format!("{key}: {}", v.as_str()?))).collect::<Vec<_>>().join(", ");
    ChannelEvent::Account { event: value.text("event").to_owned(), stop: false, detail }
}
