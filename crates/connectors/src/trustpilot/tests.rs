//! Tests of the connector as a whole: fixtures and their meaning, hooks, the conformance suite, the simulator.

mod acting;
mod bodies;
mod fixtures;
mod hooks;
mod meaning;
mod round_trip;

use super::{Trustpilot, token};
use crate::{Acted, ActionCall, Connector, Cx, Fail, InboundEvent, Memory, RawHook, Received, Settings};
use http::{HeaderMap, Method};
use serde_json::{Value as Json, json};

pub const UNIT: &str = "46d6a890000064000500e0c3";
pub const TOKEN: &str = "tpa-kept-for-tests";

/// Settings with every secret filled in: a person signs in.
pub fn settings() -> Settings {
    let settings = json!({
        "api_key": "api-key-for-tests", "api_secret": "api-secret-for-tests", "business_unit": UNIT,
        "username": "owner@example.com", "password": "password-for-tests",
    });
    Settings::new(settings.as_object().cloned().expect("an object"))
}

/// The same settings with others on top; null takes one away.
pub fn with(settings: &Settings, other: Json) -> Settings {
    let mut map = settings.map().clone();
    for (name, value) in other.as_object().cloned().expect("an object") {
        map.insert(name, value);
    }
    Settings::new(map)
}

/// Receives a body.
pub fn receive(body: &str) -> Vec<InboundEvent> {
    let hook =
        RawHook { method: &Method::POST, query: "", headers: &HeaderMap::new(), body: body.as_bytes(), now_ms: 0 };
    match Trustpilot.receive(&settings(), &hook).expect("received") {
        Received::Events(events) => events,
        Received::Challenge(_) => panic!("no handshake"),
    }
}

/// A body with one event.
pub fn body(name: &str, data: &Json) -> String {
    json!({"events": [{"eventName": name, "version": "1", "eventData": data}]}).to_string()
}

/// Makes a call.
pub async fn act(
    client: &reqwest::Client,
    settings: &Settings,
    memory: &Memory,
    now_ms: i64,
    (action, input): (&str, Json),
) -> Result<Acted, Fail> {
    let cx = Cx { http: client, settings, now_ms, reference: "job:7f3a", attempt: 0, memory, private_nets: true };
    Trustpilot.act(&cx, &ActionCall { action: action.into(), input, file: None }).await
}

/// The memory of a connection that has signed in.
pub fn signed_in(settings: &Settings) -> Memory {
    Memory::new(token::remembered(settings, TOKEN))
}
