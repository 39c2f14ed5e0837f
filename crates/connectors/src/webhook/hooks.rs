//! Raw calls → events with the keys that recognise a repeat. Gives no meaning to what it reads (that is `map`).

use super::{body, proof};
use crate::json::word;
use crate::{HookError, InboundEvent, RawHook, Received, Settings};
use http::Method;
use serde_json::{Value as Json, json};
use sha2::{Digest, Sha256};

/// Kind of every event.
pub const RECEIVED: &str = "received";
/// Numbers longer than this are hashed in keys: an index entry has a limit.
const KEY_LIMIT: usize = 200;
/// Headers in which senders name a delivery, the same on its every repetition.
const NAMES: [&str; 3] = ["webhook-id", "x-request-id", "idempotency-key"];

/// Checks who calls, then reads.
pub fn receive(settings: &Settings, hook: &RawHook<'_>) -> Result<Received, HookError> {
    if *hook.method != Method::POST {
        return Err(HookError::Method);
    }
    proof::check(settings, hook)?;
    let said = body::read(hook.headers, hook.body)?;
    let delivery = NAMES.into_iter().map(|name| proof::text(hook.headers, name)).find(|id| !id.is_empty());
    let count = said.events.len();
    let events = said.events.into_iter().enumerate().map(|(n, event)| {
        let own = number(&event, settings.get("id_field").trim());
        // Several events share what the call says of itself, so that each has its place in it as well.
        let place = if count > 1 { format!(":{n}") } else { String::new() };
        let key = match (&own, delivery) {
            (Some(own), _) => format!("id:{}", short(own)),
            (None, Some(delivery)) => format!("call:{}{place}", short(delivery)),
            // Without any number, saying the same again counts as a repeat.
            (None, None) => format!("body:{}{place}", digest(&event.to_string())),
        };
        let about = own.as_deref().map_or_else(|| digest(&key)[..16].to_owned(), short);
        InboundEvent {
            kind: RECEIVED.into(),
            order_key: format!("received:{about}"),
            dedupe_key: key,
            account: String::new(),
            data: json!({"about": about, "form": said.form, "body": event}),
        }
    });
    let mut events: Vec<InboundEvent> = events.collect();
    // One call may repeat itself as well.
    let mut seen = std::collections::BTreeSet::new();
    events.retain(|event| seen.insert(event.dedupe_key.clone()));
    Ok(Received::Events(events))
}

/// The sender's own number of an event, at a dotted path.
fn number(event: &Json, path: &str) -> Option<String> {
    if path.is_empty() {
        return None;
    }
    let found = event.get(path).or_else(|| path.split('.').try_fold(event, |at, name| at.get(name)));
    found.map(word).map(|id| id.trim().to_owned()).filter(|id| !id.is_empty())
}

fn short(id: &str) -> String {
    if id.len() <= KEY_LIMIT { id.to_owned() } else { digest(id) }
}

fn digest(text: &str) -> String {
    hex::encode(Sha256::digest(text))
}
