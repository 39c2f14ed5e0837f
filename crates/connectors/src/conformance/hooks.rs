//! Rules of receiving and of meaning.

use super::{NOW_MS, Suite};
use crate::{HookError, InboundEvent, RawHook, Received};
use http::{HeaderMap, HeaderValue, Method};
use serde_json::{Value as Json, json};

fn receive(suite: &Suite<'_>, method: &Method, headers: &HeaderMap, body: &[u8]) -> Result<Received, HookError> {
    suite.connector.receive(&suite.settings, &RawHook { method, query: "", headers, body, now_ms: NOW_MS })
}

fn signed(suite: &Suite<'_>, body: &[u8]) -> Result<Vec<InboundEvent>, HookError> {
    match receive(suite, &Method::POST, &(suite.sign)(&suite.settings, body), body)? {
        Received::Events(events) => Ok(events),
        Received::Challenge(_) => panic!("a POST with events was answered as a handshake"),
    }
}

fn events(suite: &Suite<'_>, name: &str, body: &[u8]) -> Vec<InboundEvent> {
    match signed(suite, body) {
        Ok(events) => events,
        Err(error) => panic!("{name} is not received: {error}"),
    }
}

pub fn unverified_calls_are_refused(suite: &Suite<'_>) {
    for (name, body) in suite.fixtures {
        let body = body.as_bytes();
        let good = (suite.sign)(&suite.settings, body);
        let refused = |headers: &HeaderMap, body: &[u8], why: &str| {
            let got = receive(suite, &Method::POST, headers, body);
            assert!(matches!(got, Err(HookError::Unverified)), "{name}, {why}: {got:?}");
        };
        refused(&HeaderMap::new(), body, "unsigned");
        for key in good.keys() {
            for value in ["", "x", "sha256=", "sha256=00"] {
                let mut headers = good.clone();
                headers.insert(key, HeaderValue::from_static(value));
                refused(&headers, body, "signature replaced");
            }
            // One character of the signature.
            let mut bytes = good[key].as_bytes().to_vec();
            if let Some(last) = bytes.last_mut() {
                *last = if *last == b'0' { b'1' } else { b'0' };
            }
            if let Ok(value) = HeaderValue::from_bytes(&bytes) {
                let mut headers = good.clone();
                headers.insert(key, value);
                refused(&headers, body, "signature changed");
            }
        }
        for place in [0, body.len() / 2, body.len() - 1] {
            let mut tampered = body.to_vec();
            tampered[place] ^= 1;
            refused(&good, &tampered, "body tampered");
        }
        refused(&good, &body[..body.len() - 1], "body cut");
        let without = crate::Settings::default();
        let hook = RawHook { method: &Method::POST, query: "", headers: &good, body, now_ms: NOW_MS };
        let got = suite.connector.receive(&without, &hook);
        assert!(matches!(got, Err(HookError::Unverified)), "{name}: accepted without any secret: {got:?}");
        for method in [Method::PUT, Method::DELETE, Method::PATCH] {
            let got = receive(suite, &method, &good, body);
            assert!(matches!(got, Err(HookError::Method)), "{name}: {method} {got:?}");
        }
    }
}

/// A provider that signs nothing: no header and no setting decides, only POST is taken.
pub fn unsigned_calls_are_read(suite: &Suite<'_>) {
    for (name, body) in suite.fixtures {
        let (none, without) = (HeaderMap::new(), crate::Settings::default());
        let hook = RawHook { method: &Method::POST, query: "", headers: &none, body: body.as_bytes(), now_ms: NOW_MS };
        match suite.connector.receive(&without, &hook) {
            Ok(Received::Events(got)) => assert_eq!(got, events(suite, name, body.as_bytes()), "{name}: unsigned"),
            other => panic!("{name}: not read without signature and settings: {other:?}"),
        }
        for method in [Method::GET, Method::PUT, Method::DELETE, Method::PATCH] {
            let got = receive(suite, &method, &none, body.as_bytes());
            assert!(matches!(got, Err(HookError::Method)), "{name}: {method} {got:?}");
        }
    }
}

pub fn fixtures_are_read_the_same_twice(suite: &Suite<'_>) {
    for (name, body) in suite.fixtures {
        let first = events(suite, name, body.as_bytes());
        assert!(!first.is_empty(), "{name}: no event");
        assert_eq!(first, events(suite, name, body.as_bytes()), "{name}: the second reading differs");
        for event in &first {
            assert!(!event.kind.is_empty() && !event.dedupe_key.is_empty() && !event.order_key.is_empty(), "{name}");
            let got = suite.connector.normalise(&event.kind, &event.data);
            assert!(got.is_ok(), "{name}: {:?}", got.err());
            // What is stored as text must come back as it was.
            let back = serde_json::from_str::<Json>(&event.data.to_string());
            assert_eq!(back.ok().as_ref(), Some(&event.data), "{name}: the fragment does not survive storing");
        }
        let mut keys: Vec<&str> = first.iter().map(|event| event.dedupe_key.as_str()).collect();
        keys.sort_unstable();
        keys.dedup();
        assert_eq!(keys.len(), first.len(), "{name}: two events share a key");
    }
}

pub fn garbage_is_malformed(suite: &Suite<'_>) {
    let deep = "[".repeat(200_000);
    let deep_object = r#"{"entry":"#.repeat(100_000);
    let bodies: [&[u8]; 9] = [
        b"",
        b"not json",
        b"\xff\xfe\x00",
        b"{\"entry\":[{\"id\":\"\xd0\"}]}",
        b"{\"a\":1e999}",
        b"{\"a\":\"\\ud800\"}",
        b"{\"a\":\"\x00\"}",
        deep.as_bytes(),
        deep_object.as_bytes(),
    ];
    for body in bodies {
        let start = String::from_utf8_lossy(&body[..body.len().min(40)]).into_owned();
        let got = signed(suite, body);
        assert!(matches!(got, Err(HookError::Malformed(_))), "{start:?}: {got:?}");
    }
}

/// Every byte range, value and type may change under us: the answer is events, or `Malformed`; never a panic.
pub fn changed_payloads_never_panic(suite: &Suite<'_>) {
    let spoils =
        [json!(null), json!(-1), json!(1e300), json!(""), json!("\u{0}я"), json!([]), json!([[{}]]), json!({})];
    for (name, body) in suite.fixtures {
        let bytes = body.as_bytes();
        for end in (0..bytes.len()).step_by(37) {
            tolerated(suite, name, &bytes[..end]);
        }
        let mut state = 0x9e37_79b9_7f4a_7c15u64 ^ bytes.len() as u64;
        for _ in 0..64 {
            let mut changed = bytes.to_vec();
            for _ in 0..3 {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                let place = (state >> 33) as usize % changed.len();
                changed[place] = (state >> 20) as u8;
            }
            tolerated(suite, name, &changed);
        }
        let Ok(whole) = serde_json::from_str::<Json>(body) else { continue };
        for path in paths(&whole) {
            for spoil in &spoils {
                let mut changed = whole.clone();
                if let Some(place) = changed.pointer_mut(&path) {
                    *place = spoil.clone();
                }
                tolerated(suite, name, changed.to_string().as_bytes());
            }
        }
    }
}

/// Events that can be stored, or `Malformed`.
pub fn tolerated(suite: &Suite<'_>, name: &str, body: &[u8]) {
    match signed(suite, body) {
        Ok(events) => {
            for event in events {
                let data = event.data.to_string();
                let nul =
                    [&event.kind, &event.dedupe_key, &event.order_key, &event.account].iter().any(|t| t.contains('\0'));
                assert!(!nul && !data.contains("\\u0000"), "{name}: NUL cannot be stored: {event:?}");
                let _ = suite.connector.normalise(&event.kind, &event.data);
            }
        }
        Err(HookError::Malformed(_)) => {}
        Err(other) => panic!("{name}: signed, but {other}"),
    }
}

fn paths(value: &Json) -> Vec<String> {
    let mut found = vec![String::new()];
    let children: Vec<(String, &Json)> = match value {
        Json::Array(items) => items.iter().enumerate().map(|(place, item)| (place.to_string(), item)).collect(),
        Json::Object(map) => map.iter().map(|(key, item)| (key.replace('~', "~0").replace('/', "~1"), item)).collect(),
        _ => vec![],
    };
    for (key, child) in children {
        found.extend(paths(child).into_iter().map(|rest| format!("/{key}{rest}")));
    }
    found
}
