//! Tests of the connector as a whole: fixtures and their meaning, hooks, the conformance suite, the simulator.

mod acting;
mod fixtures;
mod hooks;
mod meaning;
mod round_trip;

use super::Whatsapp;
use crate::{InboundEvent, RawHook, Received, Settings};
use domain::channel::ChannelEvent;
use http::{HeaderMap, Method};
use serde_json::{Value as Json, json};

pub const VERIFY_TOKEN: &str = "verify-token-for-tests";

/// Settings of the contract's examples.
pub fn settings() -> Settings {
    let settings = json!({
        "phone_number_id": "106540352242922", "waba_id": "102290129340398", "app_id": "670843887433847",
        "app_secret": "app-secret-for-tests", "access_token": "token-for-tests", "verify_token": VERIFY_TOKEN,
    });
    Settings::new(settings.as_object().cloned().expect("an object"))
}

/// Headers of a signed webhook.
pub fn sign(settings: &Settings, body: &[u8]) -> HeaderMap {
    use hmac::Mac;
    let mac = hmac::Hmac::<sha2::Sha256>::new_from_slice(settings.get("app_secret").as_bytes()).expect("any key");
    let signature = format!("sha256={}", hex::encode(mac.chain_update(body).finalize().into_bytes()));
    let mut headers = HeaderMap::new();
    headers.insert("x-hub-signature-256", signature.parse().expect("a header"));
    headers
}

/// Receives a signed body.
pub fn receive(body: &str) -> Vec<InboundEvent> {
    use crate::Connector;
    let (settings, body) = (settings(), body.as_bytes());
    let headers = sign(&settings, body);
    let hook = RawHook { method: &Method::POST, query: "", headers: &headers, body, now_ms: 0 };
    match Whatsapp.receive(&settings, &hook).expect("received") {
        Received::Events(events) => events,
        Received::Challenge(_) => panic!("not a handshake"),
    }
}

/// The only event of a body, and its meaning.
pub fn meaning(body: &str) -> (InboundEvent, ChannelEvent) {
    use crate::Connector;
    let [event] = receive(body).try_into().expect("one event");
    let meaning = Whatsapp.normalise(&event.kind, &event.data).expect("understood");
    (event, meaning)
}

/// A body with one change.
pub fn body(field: &str, value: &Json) -> String {
    json!({"object": "whatsapp_business_account",
           "entry": [{"id": "102290129340398", "changes": [{"value": value, "field": field}]}]})
    .to_string()
}

/// A body with one message of field `messages`.
pub fn body_with(message: &Json) -> String {
    body("messages", &json!({"metadata": {"phone_number_id": "106540352242922"}, "messages": [message]}))
}
