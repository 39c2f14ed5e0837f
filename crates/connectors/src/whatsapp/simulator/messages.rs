//! `POST /{phone_number_id}/messages`: what Meta checks, in its order, and what it answers.

use super::world::{DAY_MS, Memory, Sent, WindowError, World};
use crate::json::{Look, filled};
use domain::queue::Bucket;
use serde_json::{Value as Json, json};
use std::sync::Arc;

/// A refusal: HTTP status, code and details.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    pub status: u16,
    pub code: i64,
    pub details: String,
}

/// A refusal with the status Meta uses for the code.
pub fn refuse(code: i64, details: impl Into<String>) -> Refusal {
    let status = match code {
        0 | 190 => 401,
        4 | 80007 | 130429 | 131048 | 131056 | 133016 => 429,
        10 | 200..=299 | 368 | 131031 => 403,
        132001 => 404,
        1 | 2 | 131000 => 500,
        131016 | 131057 => 503,
        _ => 400,
    };
    Refusal { status, code, details: details.into() }
}

/// Meta's short name of a code.
pub fn title(code: i64) -> &'static str {
    match code {
        100 => "Invalid parameter",
        190 => "Invalid OAuth access token",
        130429 => "Rate limit hit",
        131008 => "Required parameter is missing",
        131009 => "Parameter value is not valid",
        131021 => "Recipient cannot be sender",
        131026 => "Message undeliverable",
        131047 => "Re-engagement message",
        131049 => "This message was not delivered to maintain healthy ecosystem engagement.",
        131050 => "User has stopped marketing messages",
        131051 => "Unsupported message type",
        131053 => "Media upload error",
        131056 => "(Business Account, Consumer Account) pair rate limit hit",
        132000 => "Number of parameters does not match the expected number of params",
        132001 => "Template name does not exist in the translation",
        132015 => "Template is paused",
        132016 => "Template is disabled",
        _ => "Something went wrong",
    }
}

/// Meta's error body.
pub fn error_body(code: i64, details: &str) -> Json {
    json!({"error": {
        "message": format!("(#{code}) {}", title(code)), "type": "OAuthException", "code": code,
        "error_data": {"messaging_product": "whatsapp", "details": details}, "fbtrace_id": "AzSimulated0000000000",
    }})
}

/// Accepts a message, or takes note of a read mark.
pub fn send(world: &Arc<World>, body: &Json) -> Result<Json, Refusal> {
    if body.text("messaging_product") != "whatsapp" {
        return Err(refuse(100, "The parameter messaging_product is required."));
    }
    let now = world.clock.now_ms();
    let mut memory = world.memory();
    if body.text("status") == "read" {
        let known = memory.inbound.contains(body.text("message_id"));
        return if known { Ok(json!({"success": true})) } else { Err(refuse(100, "message_id is not known")) };
    }
    let (wa_id, user_id) = recipient(&memory, body)?;
    let category = content(&memory, body)?;
    let key = if wa_id.is_empty() { user_id.clone() } else { wa_id.clone() };
    let marketing = category == "marketing";
    if marketing && memory.customers.get(&key).is_some_and(|customer| customer.no_marketing) {
        return Err(refuse(131050, "The user has stopped marketing messages from this business."));
    }
    if memory.blocked.contains(&key) {
        return Err(refuse(130403, "The user is blocked by the business."));
    }
    rates(&mut memory, &key, now)?;
    let mut failure = memory.behaviour.undeliverable.get(&key).copied();
    if memory.behaviour.window && category == "service" {
        let last = memory.customers.get(&key).and_then(|customer| customer.last_inbound_ms);
        if last.is_none_or(|at| now - at >= DAY_MS) {
            match memory.behaviour.window_error {
                WindowError::Answer => {
                    let details = "Message failed to send because more than 24 hours have passed since the customer \
                                   last replied to this number.";
                    return Err(refuse(131047, details));
                }
                WindowError::Status => failure = Some(131047),
            }
        }
    }
    let id = world.wamid();
    let input = [body.text("to"), body.text("recipient")].into_iter().find(|text| !text.is_empty());
    let mut contact = json!({"input": input, "wa_id": wa_id});
    if let Some(user_id) = filled(&user_id) {
        contact["user_id"] = user_id.into();
    }
    let mut accepted = json!({"id": id});
    if body.text("type") == "template" {
        accepted["message_status"] = "accepted".into();
    }
    let sent = Sent { id: id.clone(), at_ms: now, to: wa_id, user_id, category, body: body.clone(), statuses: vec![] };
    memory.sent.push(sent);
    drop(memory);
    world.follow(id, failure);
    Ok(json!({"messaging_product": "whatsapp", "contacts": [contact], "messages": [accepted]}))
}

/// `wa_id` and user id; `to` wins over `recipient`.
fn recipient(memory: &Memory, body: &Json) -> Result<(String, String), Refusal> {
    let (to, recipient) = (body.text("to"), body.text("recipient"));
    if to.is_empty() {
        let known = recipient.split_once('.').is_some_and(|(country, rest)| country.len() == 2 && !rest.is_empty());
        return match recipient {
            "" => Err(refuse(100, "The parameter to is required.")),
            user_id if known => Ok((String::new(), user_id.to_owned())),
            _ => Err(refuse(131009, "recipient is no user id")),
        };
    }
    let mut digits: String = to.chars().filter(char::is_ascii_digit).collect();
    if !to.starts_with('+') && digits.len() <= 10 {
        // Without a plus the country of the business is prepended.
        digits.insert_str(0, &memory.behaviour.display_phone_number[..1]);
    }
    if !(8..=15).contains(&digits.len()) {
        return Err(refuse(131009, "to is no phone number"));
    }
    let wa_id = memory.behaviour.wa_ids.get(&digits).cloned().unwrap_or(digits);
    if wa_id == memory.behaviour.display_phone_number {
        return Err(refuse(131021, "Recipient phone number cannot be same as sender phone number."));
    }
    let user_id = memory.customers.get(&wa_id).map(|customer| customer.user_id.clone()).unwrap_or_default();
    Ok((wa_id, user_id))
}

fn rates(memory: &mut Memory, key: &str, now: i64) -> Result<(), Refusal> {
    let own = &memory.behaviour;
    let (per_second, burst, interval) = (own.number_per_second, own.pair_burst, own.pair_interval_ms.max(1.0));
    if per_second > 0.0 {
        let number = memory.number.get_or_insert_with(|| Bucket::new(per_second, per_second, now));
        if number.take(now).is_err() {
            return Err(refuse(130429, "Cloud API message throughput has been reached."));
        }
    }
    if burst > 0.0 {
        let customer = memory.customers.entry(key.to_owned()).or_default();
        let pair = customer.pair.get_or_insert_with(|| Bucket::new(1000.0 / interval, burst, now));
        if pair.take(now).is_err() {
            return Err(refuse(131056, "Too many messages sent to the same recipient in a short period of time."));
        }
    }
    Ok(())
}

/// Checks the content and gives the pricing category: that of the template, or `service`.
fn content(memory: &Memory, body: &Json) -> Result<String, Refusal> {
    let kind = match body.text("type") {
        "" => "text",
        kind => kind,
    };
    let part = body.at(kind);
    if !part.is_object() {
        return Err(refuse(131008, format!("Parameter {kind} is missing.")));
    }
    let long = |text: &str, limit: usize| text.chars().count() > limit;
    let wrong = |what: &str| Err(refuse(131009, what));
    match kind {
        "text" if part.text("body").is_empty() => return Err(refuse(131008, "text.body is missing")),
        "text" if long(part.text("body"), 4096) => return wrong("text.body is longer than 4096"),
        "image" | "video" | "audio" | "document" | "sticker" => {
            let (id, link) = (part.word("id"), part.text("link"));
            if id.is_empty() && link.is_empty() {
                return Err(refuse(131008, format!("{kind}.id or {kind}.link is missing")));
            }
            if !id.is_empty() && !memory.media.contains_key(&id) {
                return Err(refuse(131053, "Media with this id does not exist."));
            }
            if matches!(kind, "audio" | "sticker") && !part.at("caption").is_null() {
                return Err(refuse(100, format!("Unexpected key \"caption\" on param \"{kind}\"")));
            }
            if long(part.text("caption"), 1024) {
                return wrong("caption is longer than 1024");
            }
        }
        "location" if !part.at("latitude").is_number() || !part.at("longitude").is_number() => {
            return wrong("latitude and longitude are numbers");
        }
        "reaction" if part.text("message_id").is_empty() || part.at("emoji").is_null() => {
            return Err(refuse(131008, "reaction.message_id and reaction.emoji are needed"));
        }
        "interactive" => interactive(part)?,
        "template" => return template(memory, part),
        "text" | "location" | "reaction" | "contacts" => {}
        _ => return Err(refuse(131051, "Unsupported message type.")),
    }
    Ok("service".into())
}

fn interactive(part: &Json) -> Result<(), Refusal> {
    let action = part.at("action");
    if part.at("body").text("text").is_empty() {
        return Err(refuse(131008, "interactive.body.text is missing"));
    }
    let bad = |text: &str, limit: usize| text.is_empty() || text.chars().count() > limit;
    match part.text("type") {
        "button" => {
            let buttons = action.list("buttons");
            let wrong = |b: &Json| bad(b.at("reply").text("id"), 256) || bad(b.at("reply").text("title"), 20);
            if !(1..=3).contains(&buttons.len()) || buttons.iter().any(wrong) {
                return Err(refuse(131009, "one to three buttons, titles of at most 20 characters"));
            }
        }
        "list" => {
            let rows: Vec<&Json> = action.list("sections").iter().flat_map(|section| section.list("rows")).collect();
            let wrong = |row: &&Json| bad(row.text("id"), 200) || bad(row.text("title"), 24);
            if !(1..=10).contains(&rows.len()) || rows.iter().any(wrong) || bad(action.text("button"), 20) {
                return Err(refuse(131009, "one to ten rows, titles of at most 24 characters"));
            }
        }
        "cta_url"
        | "product"
        | "product_list"
        | "catalog_message"
        | "flow"
        | "location_request_message"
        | "order_details"
        | "order_status"
        | "request_contact_info" => {}
        _ => return Err(refuse(131009, "interactive.type is not known")),
    }
    Ok(())
}

fn template(memory: &Memory, part: &Json) -> Result<String, Refusal> {
    let (name, language) = (part.text("name"), part.at("language").text("code"));
    let same = |t: &&Json| t.text("name") == name && t.text("language") == language;
    let found = memory.templates.iter().find(same);
    let template =
        found.ok_or_else(|| refuse(132001, format!("template name ({name}) does not exist in {language}")))?;
    match template.text("status") {
        "APPROVED" => {}
        "PAUSED" => return Err(refuse(132015, "The template is paused due to low quality.")),
        "DISABLED" => return Err(refuse(132016, "The template is disabled.")),
        status => return Err(refuse(132001, format!("the template is {status}"))),
    }
    let of = |components: &[Json]| components.iter().find(|c| c.text("type").eq_ignore_ascii_case("body")).cloned();
    let text = of(template.list("components")).unwrap_or_default().text("text").to_owned();
    let expected = (1..=20).take_while(|n| text.contains(&format!("{{{{{n}}}}}"))).count();
    let given = of(part.list("components")).unwrap_or_default().list("parameters").len();
    if expected != given {
        let details =
            format!("body: number of localizable_params ({given}) does not match the expected number ({expected})");
        return Err(refuse(132000, details));
    }
    Ok(template.text("category").to_lowercase())
}
