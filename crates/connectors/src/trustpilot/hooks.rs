//! Raw webhook calls of Trustpilot → events. Nothing is signed: the secret address of the connection is the only proof,
//! so what comes out is a hint to be confirmed with the action `review`. Gives no meaning to what it splits (that is
//! `map`), and drops nothing it does not know.

use crate::json::{Look, scrub};
use crate::{HookError, InboundEvent, RawHook, Received};
use http::{HeaderMap, Method};
use serde_json::Value as Json;
use sha2::{Digest, Sha256};
use std::borrow::Cow;

/// Kind of an event the sweep made.
pub const FOUND: &str = "review_found";

/// Ids longer than this are hashed in keys: an index entry has a limit.
const KEY_LIMIT: usize = 200;

/// Reads a POST with JSON. The body of the provider's «Test» button is unknown, so any object will do.
pub fn receive(hook: &RawHook<'_>) -> Result<Received, HookError> {
    if *hook.method != Method::POST {
        return Err(HookError::Method);
    }
    if !says_json(hook.headers) {
        return Err(HookError::Malformed("not declared as JSON".into()));
    }
    // serde_json refuses nesting beyond 128 levels: no later reader can run out of stack.
    let mut body: Json = serde_json::from_slice(hook.body).map_err(|error| {
        // The error's own text may quote the payload; place and category do not.
        HookError::Malformed(format!("{:?} error at {}:{}", error.classify(), error.line(), error.column()))
    })?;
    if !body.is_object() {
        return Err(HookError::Malformed("not an object".into()));
    }
    scrub(&mut body);
    match body["events"].take() {
        Json::Null => Ok(Received::Events(Vec::new())),
        Json::Array(events) => Ok(Received::Events(events.into_iter().map(event).collect())),
        _ => Err(HookError::Malformed("events are no list".into())),
    }
}

/// A call without the header is read all the same: the provider promises JSON, not the header.
fn says_json(headers: &HeaderMap) -> bool {
    let Some(given) = headers.get(http::header::CONTENT_TYPE) else { return true };
    given.to_str().is_ok_and(|text| text.to_ascii_lowercase().contains("json"))
}

/// A review found by the sweep, as an event of its own kind: unlike a webhook's it needs no proof.
pub fn found(mut data: Json) -> InboundEvent {
    scrub(&mut data);
    let id = data.word("id");
    InboundEvent {
        kind: FOUND.into(),
        dedupe_key: format!("{FOUND}:{}:{}", short(&id), digest(&data.to_string())),
        order_key: format!("review:{}", short(&id)),
        account: String::new(),
        data,
    }
}

/// One event. The fragment of a known one is its `eventData`, which a sweep of reviews gives as well; of any other, all.
fn event(mut event: Json) -> InboundEvent {
    let name = event.text("eventName").to_owned();
    let (kind, data) = match kind(&name) {
        Some(kind) => (kind, event["eventData"].take()),
        None => ("unknown", event),
    };
    let about = if kind == "unknown" { data.at("eventData").word("id") } else { data.word("id") };
    InboundEvent {
        kind: kind.into(),
        // serde_json keeps object keys sorted, so a repeat with another order or spacing is still recognised.
        dedupe_key: format!("{}:{}:{}", short(&name), short(&about), digest(&data.to_string())),
        order_key: format!("review:{}", short(&about)),
        account: String::new(),
        data,
    }
}

fn kind(name: &str) -> Option<&'static str> {
    Some(match name {
        "service-review-created" => "review_created",
        "service-review-updated" => "review_updated",
        "service-review-deleted" => "review_deleted",
        _ => return None,
    })
}

fn short(id: &str) -> Cow<'_, str> {
    if id.len() <= KEY_LIMIT { id.into() } else { digest(id).into() }
}

fn digest(text: &str) -> String {
    hex::encode(Sha256::digest(text))
}
