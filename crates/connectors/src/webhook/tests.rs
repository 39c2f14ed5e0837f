//! Tests of the connector as a whole: proofs, bodies and keys, the conformance suite, sending, the simulator.

mod bodies;
mod hooks;
mod sending;

use super::Webhook;
use super::simulator::signatures;
use crate::conformance::NOW_MS;
use crate::{Connector, HookError, InboundEvent, RawHook, Received, Settings};
use http::{HeaderMap, HeaderName, HeaderValue, Method};
use serde_json::{Value as Json, json};

pub const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
pub const ORDER: &str = include_str!("fixtures/order.json");
pub const BATCH: &str = include_str!("fixtures/batch.json");
pub const TILDA: &str = include_str!("fixtures/tilda.form");

/// Settings with the secret and these.
pub fn settings(more: Json) -> Settings {
    let mut map = more.as_object().cloned().expect("an object");
    map.insert("secret".into(), SECRET.into());
    Settings::new(map)
}

pub fn headers(pairs: &[(&str, &str)]) -> HeaderMap {
    let pair = |(name, value): &(&str, &str)| {
        (HeaderName::from_bytes(name.as_bytes()).expect("a name"), HeaderValue::from_str(value).expect("a value"))
    };
    pairs.iter().map(pair).collect()
}

/// A POST.
pub fn call(settings: &Settings, headers: &HeaderMap, body: &[u8]) -> Result<Vec<InboundEvent>, HookError> {
    let hook = RawHook { method: &Method::POST, query: "", headers, body, now_ms: NOW_MS };
    match Webhook.receive(settings, &hook)? {
        Received::Events(events) => Ok(events),
        Received::Challenge(_) => panic!("not a handshake"),
    }
}

/// An unsigned JSON call to a connection that asks for no signature.
pub fn posted(body: &str) -> Vec<InboundEvent> {
    call(&settings(json!({})), &headers(&[("content-type", "application/json")]), body.as_bytes()).expect("received")
}

/// Headers of the simple scheme.
pub fn sign(settings: &Settings, body: &[u8]) -> HeaderMap {
    let [hexadecimal, _] = signatures(settings.get("secret"), body);
    headers(&[("x-signature", &format!("sha256={hexadecimal}"))])
}
