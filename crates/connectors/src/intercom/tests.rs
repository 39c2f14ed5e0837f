//! Tests of the connector as a whole: fixtures and their meaning, hooks, the conformance suite, the simulator.

mod acting;
mod fixtures;
mod hooks;
mod meaning;
mod round_trip;

use super::Intercom;
use crate::{Connector, InboundEvent, RawHook, Received, Settings};
use domain::channel::ChannelEvent;
use http::{HeaderMap, Method};
use serde_json::{Value as Json, json};

/// Settings of the contract's examples.
pub fn settings() -> Settings {
    let settings = json!({
        "access_token": "token-for-tests", "client_secret": "client-secret-for-tests", "app_id": "abc123xy",
    });
    Settings::new(settings.as_object().cloned().expect("an object"))
}

/// Headers of a signed webhook.
pub fn sign(settings: &Settings, body: &[u8]) -> HeaderMap {
    use hmac::Mac;
    let mac = hmac::Hmac::<sha1::Sha1>::new_from_slice(settings.get("client_secret").as_bytes()).expect("any key");
    let signature = format!("sha1={}", hex::encode(mac.chain_update(body).finalize().into_bytes()));
    let mut headers = HeaderMap::new();
    headers.insert("x-hub-signature", signature.parse().expect("a header"));
    headers
}

/// Receives a signed body.
pub fn receive(body: &str) -> Vec<InboundEvent> {
    let (settings, body) = (settings(), body.as_bytes());
    let headers = sign(&settings, body);
    let hook = RawHook { method: &Method::POST, query: "", headers: &headers, body, now_ms: 0 };
    match Intercom.receive(&settings, &hook).expect("received") {
        Received::Events(events) => events,
        Received::Challenge(_) => panic!("not a check of the address"),
    }
}

/// The meaning of an event.
pub fn understood(event: &InboundEvent) -> ChannelEvent {
    Intercom.normalise(&event.kind, &event.data).expect("understood")
}

/// The only event of a body, and its meaning.
pub fn meaning(body: &str) -> (InboundEvent, ChannelEvent) {
    let [event] = receive(body).try_into().expect("one event");
    let meaning = understood(&event);
    (event, meaning)
}

/// A notification with this item.
pub fn body(topic: &str, item: &Json) -> String {
    json!({"type": "notification_event", "app_id": "abc123xy", "id": "notif_1", "topic": topic,
           "created_at": 1_760_003_600, "data": {"type": "notification_event_data", "item": item}})
    .to_string()
}
