//! Raw webhook calls of Intercom → events: the check of the address, signature over the raw bytes, keys.
//! Gives no meaning to what it reads (that is `map`), and drops nothing it does not know.
//!
//! Intercom signs no time. A repeat is recognised by its key for as long as the event is kept; that a notification is older
//! than the seven days Intercom repeats at most can only be judged with a clock, by whoever applies the event: its `at_ms`
//! tells.

use super::item;
use crate::json::{Look, scrub};
use crate::{HookError, InboundEvent, RawHook, Received, Settings};
use hmac::{Hmac, Mac};
use http::Method;
use serde_json::{Value as Json, json};
use sha1::Sha1;
use sha2::{Digest, Sha256};

/// Ids longer than this are hashed in keys: an index entry has a limit.
const KEY_LIMIT: usize = 200;

/// Kind of the event that closes a conversation.
pub const CLOSED: &str = "conversation_closed";

/// Verifies, then reads.
pub fn receive(settings: &Settings, hook: &RawHook<'_>) -> Result<Received, HookError> {
    match *hook.method {
        // Sent when the address is saved; carries nothing and asks for nothing but success.
        Method::HEAD => Ok(Received::Challenge(String::new())),
        Method::POST => {
            verify(settings.get("client_secret"), hook.headers, hook.body)?;
            events(hook.body).map(Received::Events)
        }
        _ => Err(HookError::Method),
    }
}

fn verify(secret: &str, headers: &http::HeaderMap, body: &[u8]) -> Result<(), HookError> {
    let mut given = [0u8; 20];
    headers
        .get("x-hub-signature")
        .and_then(|value| value.as_bytes().strip_prefix(b"sha1="))
        .and_then(|hexadecimal| hex::decode_to_slice(hexadecimal, &mut given).ok())
        .ok_or(HookError::Unverified)?;
    if secret.is_empty() {
        return Err(HookError::Unverified);
    }
    let mac = Hmac::<Sha1>::new_from_slice(secret.as_bytes()).map_err(|_| HookError::Unverified)?;
    // Compares in constant time.
    mac.chain_update(body).verify_slice(&given).map_err(|_| HookError::Unverified)
}

/// Reads a verified body. serde_json refuses nesting beyond 128 levels, so no later reader can run out of stack, and the
/// fragment is never deeper than the body it came from, so it can always be read back.
fn events(body: &[u8]) -> Result<Vec<InboundEvent>, HookError> {
    let text = std::str::from_utf8(body).map_err(|_| HookError::Malformed("not UTF-8".into()))?;
    let mut body: Json = serde_json::from_str(text).map_err(|error| {
        // The error's own text may quote the payload; place and category do not.
        HookError::Malformed(format!("{:?} error at {}:{}", error.classify(), error.line(), error.column()))
    })?;
    if !body.is_object() {
        return Err(HookError::Malformed("not an object".into()));
    }
    if text.contains("\\u0000") {
        scrub(&mut body);
    }
    let item = body.pointer_mut("/data/item").map(Json::take).unwrap_or_default();
    let notification = Notification {
        account: body.word("app_id"),
        topic: body.text("topic").to_owned(),
        id: body.word("id"),
        created_at: body.at("created_at").clone(),
    };
    Ok(notification.split(item))
}

/// What surrounds the item.
struct Notification {
    account: String,
    topic: String,
    id: String,
    created_at: Json,
}

impl Notification {
    /// One event, or two when a closing arrived under another topic (a workflow or bot that answered and closed): the closing,
    /// and what the topic itself says.
    fn split(&self, item: Json) -> Vec<InboundEvent> {
        let conversation = self.topic.starts_with("conversation.");
        let closing = self.topic == "conversation.admin.closed"
            || conversation && item::is_closed(&item) && item::close_part(&item).is_some();
        if !closing {
            return vec![self.own(item)];
        }
        let also = match self.topic.as_str() {
            "conversation.admin.closed" => false,
            "conversation.rating.added" => true,
            _ => item::parts(&item).iter().any(|part| !item::is_close(part)),
        };
        let own = also.then(|| self.own(item.clone()));
        let key = close_key(&item).unwrap_or_else(|| format!("{}:closed", self.key(&item)));
        own.into_iter().chain([self.event(CLOSED, key, item)]).collect()
    }

    fn own(&self, item: Json) -> InboundEvent {
        let key = self.key(&item);
        self.event(kind(&self.topic), key, item)
    }

    /// The notification's id stays the same over its repetitions. Without one, the content is the key: serde_json keeps object
    /// keys sorted, so another order or spacing is still recognised.
    fn key(&self, item: &Json) -> String {
        match self.id.as_str() {
            "" => format!("{}:{}", short(&self.topic), digest(&format!("{}:{item}", self.created_at))),
            id => short(id),
        }
    }

    fn event(&self, kind: &str, dedupe_key: String, item: Json) -> InboundEvent {
        let id = if item.word("id").is_empty() { "?".into() } else { short(&item.word("id")) };
        let order_key = match self.topic.split('.').next() {
            Some("conversation" | "search") => format!("conversation:{id}"),
            Some("contact") => format!("contact:{id}"),
            _ => format!("topic:{}", short(&self.topic)),
        };
        let data = json!({
            "app_id": self.account, "topic": self.topic, "notification": self.id, "created_at": self.created_at,
            "item": item,
        });
        let kind = kind.chars().take(64).collect();
        InboundEvent { kind, dedupe_key, order_key, account: self.account.clone(), data }
    }
}

/// Trigger of a topic, else the topic itself.
fn kind(topic: &str) -> &str {
    match topic {
        "conversation.user.created" => "conversation_started",
        "conversation.user.replied" | "conversation.admin.replied" | "conversation.operator.replied" => {
            "conversation_replied"
        }
        "conversation.admin.assigned" => "conversation_assigned",
        "conversation.admin.opened" => "conversation_opened",
        "conversation.rating.added" => "conversation_rated",
        "" => "unknown",
        other => other,
    }
}

/// Key of one closing of one conversation, for webhooks and sweep alike: what was told by one must not happen again when
/// the other finds it. The sweep knows no notification id and no part id, only when the conversation was last closed, which
/// is the time of the closing part; the contract's second net (item and time) is that key. A conversation cannot be closed
/// twice within the same second, and a repeated notification carries the same part.
fn close_key(item: &Json) -> Option<String> {
    let id = item.word("id");
    let at = item::closed_at(item).filter(|_| !id.is_empty())?;
    Some(format!("closed:{}:{at}", short(&id)))
}

/// A closed conversation found by the sweep, as the event its webhook would have been. `None` when it names no conversation
/// or no closing, so that nothing could recognise its repeat.
pub fn swept(account: &str, mut item: Json) -> Option<InboundEvent> {
    scrub(&mut item);
    let key = close_key(&item)?;
    let created_at = item::closed_at(&item).into();
    let found = Notification { account: account.to_owned(), topic: "search".into(), id: String::new(), created_at };
    Some(found.event(CLOSED, key, item))
}

fn short(id: &str) -> String {
    if id.len() <= KEY_LIMIT { id.to_owned() } else { digest(id) }
}

fn digest(text: &str) -> String {
    hex::encode(Sha256::digest(text))
}
