//! What a stored event of Intercom means. Pure and total: unknown things are `Ignored`; an error is returned only where a
//! conversation event names no conversation. What Intercom did not send stays out of the fields.

use super::hooks::CLOSED;
use super::item::{self, Customer};
use crate::NormaliseError;
use crate::json::{Look, filled};
use domain::channel::{ChannelEvent, Lookup, Person};
use serde_json::{Map, Value as Json, json};

type Meaning = Result<ChannelEvent, NormaliseError>;

/// Fields of a trigger.
pub type Fields = Map<String, Json>;

/// The meaning of one event.
pub fn normalise(kind: &str, data: &Json) -> Meaning {
    match kind {
        CLOSED
        | "conversation_started"
        | "conversation_replied"
        | "conversation_assigned"
        | "conversation_opened"
        | "conversation_rated" => happened(kind, data),
        // Contacts are read afresh when they are needed, so news about them changes nothing here.
        other => ignored(other),
    }
}

fn ignored(why: impl Into<String>) -> Meaning {
    Ok(ChannelEvent::Ignored { why: why.into() })
}

fn happened(kind: &str, data: &Json) -> Meaning {
    let item = data.at("item");
    let about = filled(&item.word("id")).ok_or_else(|| NormaliseError("no conversation id".into()))?;
    let customer = item::customer(item);
    if customer.id.is_empty() {
        return ignored("no contact");
    }
    let mut fields = conversation_fields(item);
    own_fields(&mut fields, kind, data);
    let person = Person {
        user_id: filled(&customer.id),
        address: filled(customer.email),
        phone: None,
        name: filled(customer.name),
    };
    let lookup = Some(lookup(kind, &about, &customer, item));
    Ok(ChannelEvent::Happened { trigger: kind.to_owned(), about, at_ms: at_ms(kind, data), person, fields, lookup })
}

/// The event never says whether the person may be written to, and its e-mail is that of the first message, not today's: the
/// contact is always worth a call. E-mail and our own id go along, to find the contact should it have been merged into
/// another. A swept closing also lacks who closed: then the whole conversation is read again.
fn lookup(kind: &str, about: &str, customer: &Customer<'_>, item: &Json) -> Lookup {
    if kind == CLOSED && item::close_part(item).is_none() {
        return Lookup { action: "conversation".into(), input: json!({"id": about, "with_contact": true}) };
    }
    Lookup { action: "contact".into(), input: contact_input(customer) }
}

/// Input of the action `contact` for this customer.
pub fn contact_input(customer: &Customer<'_>) -> Json {
    let mut input = json!({"id": customer.id});
    for (name, value) in [("external_id", customer.external_id.as_str()), ("email", customer.email)] {
        if !value.is_empty() {
            input[name] = value.into();
        }
    }
    input
}

/// When it happened, in milliseconds; 0 when Intercom left every time out.
fn at_ms(kind: &str, data: &Json) -> i64 {
    let item = data.at("item");
    let own = match kind {
        CLOSED => item::closed_at(item),
        "conversation_started" => item.int("created_at"),
        "conversation_rated" => item.at("conversation_rating").int("created_at"),
        _ => item::parts(item).last().and_then(|part| part.int("created_at")),
    };
    let seconds = own.or_else(|| data.int("created_at")).or_else(|| item.int("updated_at"));
    seconds.unwrap_or(0).max(0).saturating_mul(1000)
}

/// What every conversation says about itself and its customer.
pub fn conversation_fields(item: &Json) -> Fields {
    let mut fields = Fields::new();
    let rating = item.at("conversation_rating");
    let customer = item::customer(item);
    let texts = [
        ("conversation_id", item.word("id")),
        ("state", state(item).to_owned()),
        ("source_type", item.at("source").text("type").to_owned()),
        ("remark", rating.text("remark").to_owned()),
        ("assignee_id", item::assignee(item)),
        ("team_id", item::team(item)),
        ("link", item.at("links").text("conversation_web").to_owned()),
        ("external_id", customer.external_id),
        ("contact_id", customer.id),
        ("email", customer.email.to_owned()),
        ("name", customer.name.to_owned()),
        ("role", customer.role.to_owned()),
    ];
    texts.into_iter().for_each(|(name, value)| put(&mut fields, name, &value));
    if item.at("tags").is_object() {
        let names: Vec<&str> = item.at("tags").list("tags").iter().map(|tag| tag.text("name")).collect();
        fields.insert("tags".into(), names.into());
    }
    for (name, value) in [("rating", rating.int("rating")), ("reopened", item.at("statistics").int("count_reopens"))] {
        if let Some(value) = value {
            fields.insert(name.into(), value.into());
        }
    }
    // A conversation that is a ticket carries it; without one there is none, whatever the version.
    fields.insert("ticket".into(), item.at("ticket").is_object().into());
    put_flag(&mut fields, "ai_agent", item.at("ai_agent_participated"));
    fields
}

fn state(item: &Json) -> &str {
    match (item.text("state"), item.at("open")) {
        ("", Json::Bool(true)) => "open",
        ("", Json::Bool(false)) => "closed",
        (state, _) => state,
    }
}

/// What only this kind of event has.
fn own_fields(fields: &mut Fields, kind: &str, data: &Json) {
    let item = data.at("item");
    let part = item::parts(item).iter().rev().find(|part| !item::is_close(part)).unwrap_or(&Json::Null);
    match kind {
        CLOSED => closing_fields(fields, item),
        "conversation_started" => put(fields, "text", &plain(item::first_text(item))),
        "conversation_replied" => {
            // A bot's answer may come under the topic of teammates, so the author is asked first.
            let by_topic = data.text("topic").split('.').nth(1).unwrap_or_default();
            let known = [part.at("author").text("type"), by_topic].map(author).into_iter().find(|who| !who.is_empty());
            put(fields, "author", known.unwrap_or_default());
            put(fields, "text", &plain(part.text("body")));
            admin(fields, part.at("author"));
        }
        "conversation_rated" => admin(fields, item.at("conversation_rating").at("teammate")),
        _ => admin(fields, part.at("author")),
    }
}

/// Who closed. Without the part only the id is known, and it may be a bot's; the look-up tells then.
pub fn closing_fields(fields: &mut Fields, item: &Json) {
    let Some(part) = item::close_part(item) else { return };
    put(fields, "closed_by", author(part.at("author").text("type")));
    admin(fields, part.at("author"));
}

fn author(kind: &str) -> &'static str {
    match kind {
        "admin" | "team" => "admin",
        "bot" | "operator" => "bot",
        kind if item::is_customer(kind) => "user",
        _ => "",
    }
}

fn admin(fields: &mut Fields, who: &Json) {
    if who.text("type") == "admin" {
        put(fields, "admin_id", &who.word("id"));
        put(fields, "admin_name", who.text("name"));
    }
}

/// What a contact adds. A flag Intercom left out stays out: nobody is invited on a guess.
pub fn contact_fields(contact: &Json) -> Fields {
    let mut fields = Fields::new();
    let locale = match contact.text("language_override") {
        "" => contact.text("browser_language"),
        chosen => chosen,
    };
    let phone = contact.text("phone");
    for (name, value) in [
        ("contact_id", contact.word("id").as_str()),
        ("external_id", contact.word("external_id").as_str()),
        ("email", contact.text("email")),
        ("name", contact.text("name")),
        ("phone", &domain::phone::normalise(phone).unwrap_or_else(|| phone.to_owned())),
        ("role", contact.text("role")),
        ("locale", locale),
    ] {
        put(&mut fields, name, value);
    }
    put_flag(&mut fields, "hard_bounced", contact.at("has_hard_bounced"));
    put_flag(&mut fields, "unsubscribed", contact.at("unsubscribed_from_emails"));
    put_flag(&mut fields, "spam", contact.at("marked_email_as_spam"));
    fields
}

fn put(fields: &mut Fields, name: &str, value: &str) {
    if !value.is_empty() {
        fields.insert(name.into(), value.into());
    }
}

fn put_flag(fields: &mut Fields, name: &str, value: &Json) {
    if value.is_boolean() {
        fields.insert(name.into(), value.clone());
    }
}

/// Bodies are HTML before webhook version 2.15 and plain text since; a text that merely contains `<` stays as it is.
fn plain(body: &str) -> String {
    let body = body.trim();
    if !(body.starts_with('<') && body.ends_with('>')) {
        return body.to_owned();
    }
    let mut text = String::with_capacity(body.len());
    for piece in body.split('<').skip(1) {
        let (tag, rest) = piece.split_once('>').unwrap_or((piece, ""));
        if tag.starts_with("br") || tag.starts_with("/p") || tag.starts_with("/div") || tag.starts_with("/li") {
            text.push('\n');
        }
        text.push_str(rest);
    }
    let entities = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&nbsp;", " "), ("&amp;", "&")];
    let text = entities.into_iter().fold(text, |text, (entity, sign)| text.replace(entity, sign));
    text.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bodies_lose_their_markup_and_nothing_else() {
        for (body, text) in [
            ("<p>Спасибо!<br>Всё <b>пришло</b></p>", "Спасибо!\nВсё пришло"),
            ("<p>1</p>\n<p>a &lt; b &amp;amp;</p>", "1\n\na < b &amp;"),
            ("цена < 5, вес > 3", "цена < 5, вес > 3"),
            (" Спасибо! ", "Спасибо!"),
            ("<p", "<p"),
            ("", ""),
        ] {
            assert_eq!(plain(body), text, "{body}");
        }
    }

    #[test]
    fn flags_of_a_contact_are_never_guessed() {
        let fields =
            contact_fields(&json!({"id": "a1", "email": null, "has_hard_bounced": null, "phone": "8 999 000-00-03"}));
        assert_eq!(Json::Object(fields), json!({"contact_id": "a1", "phone": "+79990000003"}));
    }

    #[test]
    fn a_chosen_language_wins() {
        for (chosen, locale) in [(json!("de"), "de"), (json!(null), "ru")] {
            let fields = contact_fields(&json!({"language_override": chosen, "browser_language": "ru"}));
            assert_eq!(fields["locale"], locale);
        }
    }
}
