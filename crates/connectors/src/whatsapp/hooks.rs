//! Raw webhook calls of Meta → events: handshake, signature over the raw bytes, splitting of a batch.
//! Gives no meaning to what it splits (that is `map`), and drops nothing it does not know.

use crate::json::{Look, scrub, word};
use crate::{HookError, InboundEvent, RawHook, Received, Settings};
use hmac::{Hmac, Mac};
use http::Method;
use serde::Deserialize;
use serde_json::{Map, Value as Json};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

/// Ids longer than this are hashed in keys: an index entry has a limit.
const KEY_LIMIT: usize = 200;

/// The arrays that are split into one event per item, with the name the item gets in the fragment.
const SPLIT: [(&str, &str); 5] = [
    ("messages", "message"),
    ("statuses", "status"),
    ("message_echoes", "echo"),
    ("user_preferences", "preference"),
    ("user_id_update", "moved"),
];

/// Verifies, then reads.
pub fn receive(settings: &Settings, hook: &RawHook<'_>) -> Result<Received, HookError> {
    match *hook.method {
        Method::GET => handshake(settings.get("verify_token"), hook.query),
        Method::POST => {
            verify(settings.get("app_secret"), hook.headers, hook.body)?;
            events(hook.body).map(Received::Events)
        }
        _ => Err(HookError::Method),
    }
}

fn handshake(token: &str, query: &str) -> Result<Received, HookError> {
    let (mut mode, mut given, mut challenge) = (String::new(), String::new(), String::new());
    for (name, value) in url::form_urlencoded::parse(query.as_bytes()) {
        match &*name {
            "hub.mode" => mode = value.into_owned(),
            "hub.verify_token" => given = value.into_owned(),
            "hub.challenge" => challenge = value.into_owned(),
            _ => {}
        }
    }
    // A connection without a token must not be confirmed by a call without one.
    let same = !token.is_empty() && bool::from(given.as_bytes().ct_eq(token.as_bytes()));
    if same && mode == "subscribe" { Ok(Received::Challenge(challenge)) } else { Err(HookError::WrongToken) }
}

fn verify(secret: &str, headers: &http::HeaderMap, body: &[u8]) -> Result<(), HookError> {
    let mut given = [0u8; 32];
    headers
        .get("x-hub-signature-256")
        .and_then(|value| value.as_bytes().strip_prefix(b"sha256="))
        .and_then(|hexadecimal| hex::decode_to_slice(hexadecimal, &mut given).ok())
        .ok_or(HookError::Unverified)?;
    if secret.is_empty() {
        return Err(HookError::Unverified);
    }
    let mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).map_err(|_| HookError::Unverified)?;
    // Compares in constant time.
    mac.chain_update(body).verify_slice(&given).map_err(|_| HookError::Unverified)
}

#[derive(Deserialize)]
struct Body {
    entry: Vec<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    #[serde(default)]
    id: Json,
    #[serde(default)]
    changes: Vec<Change>,
    /// What other products of Meta put here (`messaging`); kept, not understood.
    #[serde(flatten)]
    other: Map<String, Json>,
}

#[derive(Deserialize)]
struct Change {
    #[serde(default)]
    field: String,
    #[serde(default)]
    value: Json,
}

/// Splits a verified body. serde_json refuses nesting beyond 128 levels, so no later reader can run out of stack, and a
/// fragment is never deeper than the body it came from, so it can always be read back.
fn events(body: &[u8]) -> Result<Vec<InboundEvent>, HookError> {
    let text = std::str::from_utf8(body).map_err(|_| HookError::Malformed("not UTF-8".into()))?;
    let body: Body = serde_json::from_str(text).map_err(|error| {
        // The error's own text may quote the payload; place and category do not.
        HookError::Malformed(format!("{:?} error at {}:{}", error.classify(), error.line(), error.column()))
    })?;
    let with_nul = text.contains("\\u0000");
    let mut out = Vec::with_capacity(1);
    for entry in body.entry {
        let waba = word(&entry.id).replace('\0', "\u{fffd}");
        for mut change in entry.changes {
            if with_nul {
                scrub(&mut change.value);
                change.field = change.field.replace('\0', "\u{fffd}");
            }
            split(&mut out, &waba, &change.field, change.value);
        }
        if !entry.other.is_empty() {
            let mut other = Json::Object(entry.other);
            scrub(&mut other);
            whole(&mut out, &waba, "unknown", other);
        }
    }
    Ok(out)
}

fn split(out: &mut Vec<InboundEvent>, waba: &str, field: &str, value: Json) {
    let Json::Object(mut value) = value else { return whole(out, waba, field, value) };
    let parts = SPLIT.map(|(name, kind)| (kind, take_objects(&mut value, name)));
    if parts.iter().all(|(_, items)| items.is_empty()) {
        return whole(out, waba, field, Json::Object(value));
    }
    let metadata = value.remove("metadata").unwrap_or_default();
    let contacts = take_objects(&mut value, "contacts");
    let errors = value.remove("errors");
    value.remove("messaging_product");
    let scope = Scope { waba, field, account: metadata.word("phone_number_id"), metadata, contacts, errors };
    for (name, items) in parts {
        out.extend(items.into_iter().map(|item| scope.event(name, item)));
    }
    if !value.is_empty() {
        value.insert("metadata".into(), scope.metadata);
        whole(out, waba, field, Json::Object(value));
    }
}

/// Takes an array of objects out of the value; an array with anything else in it stays, to be kept as it is.
fn take_objects(value: &mut Map<String, Json>, name: &str) -> Vec<Json> {
    match value.get_mut(name) {
        Some(Json::Array(items)) if !items.is_empty() && items.iter().all(Json::is_object) => {
            let items = std::mem::take(items);
            value.remove(name);
            items
        }
        _ => Vec::new(),
    }
}

/// What the items of one change share.
struct Scope<'a> {
    waba: &'a str,
    field: &'a str,
    account: String,
    metadata: Json,
    contacts: Vec<Json>,
    errors: Option<Json>,
}

impl Scope<'_> {
    fn event(&self, name: &str, item: Json) -> InboundEvent {
        let (address, user_id) = match name {
            "message" => (item.text("from"), item.text("from_user_id")),
            "status" => (item.text("recipient_id"), item.text("recipient_user_id")),
            "echo" => (item.text("to"), item.text("to_user_id")),
            "moved" => (item.text("wa_id"), item.at("user_id").text("previous")),
            _ => (item.text("wa_id"), item.text("user_id")),
        };
        let contact = self.contact(address, user_id);
        let person = [address, user_id]
            .into_iter()
            .chain(contact.iter().flat_map(|c| [c.text("wa_id"), c.text("user_id")]))
            .find(|id| !id.is_empty())
            .unwrap_or("?");
        let order_key = format!("chat:{}", short(person));
        let id = item.text("id");
        let dedupe_key = match name {
            "message" | "echo" if !id.is_empty() => format!("m:{}:{}", short(&self.account), short(id)),
            "status" if !id.is_empty() => format!("s:{}:{}", short(id), short(item.text("status"))),
            _ => natural_key(self.waba, self.field, &item),
        };
        let kind = match (name, item.text("type")) {
            ("message", kind @ ("reaction" | "edit" | "revoke" | "system")) => kind,
            _ => name,
        };
        let mut data = Map::new();
        if let Some(contact) = contact {
            data.insert("contact".into(), contact.clone());
        }
        if let Some(errors) = &self.errors {
            data.insert("errors".into(), errors.clone());
        }
        data.insert("metadata".into(), self.metadata.clone());
        let kind = kind.to_owned();
        data.insert(name.into(), item);
        InboundEvent { kind, dedupe_key, order_key, account: self.account.clone(), data: Json::Object(data) }
    }

    /// The contact entry of a person. Without any id the only entry must be the one.
    fn contact(&self, address: &str, user_id: &str) -> Option<&Json> {
        let same = |contact: &&Json, key: &str, id: &str| !id.is_empty() && contact.text(key) == id;
        match self.contacts.as_slice() {
            [only] if address.is_empty() && user_id.is_empty() => Some(only),
            all => all.iter().find(|c| same(c, "wa_id", address) || same(c, "user_id", user_id)),
        }
    }
}

/// An event that is kept as one piece: template and account news, and every field we do not know.
fn whole(out: &mut Vec<InboundEvent>, waba: &str, field: &str, value: Json) {
    let kind = match field {
        "message_template_status_update" | "message_template_quality_update" | "template_category_update" => "template",
        "account_update" => "account",
        "messages" if !value.list("errors").is_empty() => "error",
        "" => "unknown",
        other => other,
    };
    let order_key = match (kind, value.text("message_template_name")) {
        ("template", name) if !name.is_empty() => format!("template:{}", short(name)),
        _ => format!("field:{}", short(field)),
    };
    let account = value.at("metadata").word("phone_number_id");
    let dedupe_key = natural_key(waba, field, &value);
    let kind = kind.chars().take(64).collect();
    let data = serde_json::json!({"waba_id": waba, "field": field, "value": value});
    out.push(InboundEvent { kind, dedupe_key, order_key, account, data });
}

/// For events without an id: account, field and content. serde_json keeps object keys sorted, so a repeat with another
/// order or spacing is still recognised.
fn natural_key(waba: &str, field: &str, value: &Json) -> String {
    format!("{}:{}:{}", short(waba), short(field), digest(&value.to_string()))
}

fn short(id: &str) -> std::borrow::Cow<'_, str> {
    if id.len() <= KEY_LIMIT { id.into() } else { digest(id).into() }
}

fn digest(text: &str) -> String {
    hex::encode(Sha256::digest(text))
}
