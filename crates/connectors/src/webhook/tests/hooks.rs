//! Proofs, keys, and the conformance suite.

use super::*;
use crate::ActionCall;
use crate::conformance::{Lacks, Suite, run_without};
use crate::webhook::standard;
use domain::channel::ChannelEvent;

#[test]
fn the_address_alone_is_the_proof_where_no_header_is_named() {
    let json = headers(&[("content-type", "application/json"), ("x-signature", "nonsense")]);
    assert_eq!(call(&settings(json!({})), &json, ORDER.as_bytes()).map(|e| e.len()), Ok(1));
    // Without a secret it is no connection of ours.
    assert_eq!(call(&Settings::default(), &json, ORDER.as_bytes()), Err(HookError::Unverified));
}

#[test]
fn a_named_header_must_hold_the_signature_in_any_usual_spelling() {
    let settings = settings(json!({"signature_header": "X-Signature"}));
    let [hexadecimal, base64] = signatures(SECRET, ORDER.as_bytes());
    let upper = hexadecimal.to_uppercase();
    let url = base64.replace('+', "-").replace('/', "_");
    let good = [
        hexadecimal.clone(),
        upper,
        base64.clone(),
        url,
        base64.trim_end_matches('=').to_owned(),
        format!("sha256={hexadecimal}"),
        format!("SHA256={base64}"),
    ];
    for value in &good {
        let got = call(&settings, &headers(&[("x-signature", value)]), ORDER.as_bytes());
        assert_eq!(got.map(|events| events.len()), Ok(1), "{value}");
    }
    let refused = |headers: &HeaderMap, body: &str| {
        assert_eq!(call(&settings, headers, body.as_bytes()), Err(HookError::Unverified));
    };
    refused(&HeaderMap::new(), ORDER);
    refused(&headers(&[("x-signature", &hexadecimal[..62])]), ORDER);
    refused(&headers(&[("x-signature", &format!("sha1={hexadecimal}"))]), ORDER);
    refused(&headers(&[("x-other", &hexadecimal)]), ORDER);
    refused(&headers(&[("x-signature", &hexadecimal)]), &ORDER.replace("1042", "1043"));
    let of_another = &signatures("another", ORDER.as_bytes())[0];
    refused(&headers(&[("x-signature", of_another)]), ORDER);
    // A header that cannot be one refuses everything instead of letting everything in.
    let odd = super::settings(json!({"signature_header": "X Signature:"}));
    assert_eq!(call(&odd, &headers(&[("x-signature", &hexadecimal)]), ORDER.as_bytes()), Err(HookError::Unverified));
}

#[test]
fn standard_webhooks_sign_the_time_as_well() {
    let settings = settings(json!({"signature_header": "Webhook-Signature"}));
    let now = NOW_MS / 1_000;
    let signed = |id: &str, at: i64, list: &str| {
        let at = at.to_string();
        headers(&[("webhook-id", id), ("webhook-timestamp", &at), ("webhook-signature", list)])
    };
    let sign = |id: &str, at: i64| standard::sign(SECRET, id, at, ORDER.as_bytes()).expect("a signature");
    let accepted = |headers: &HeaderMap| call(&settings, headers, ORDER.as_bytes()).is_ok();
    for shift in [-300, 0, 300] {
        assert!(accepted(&signed("msg_1", now + shift, &sign("msg_1", now + shift))), "{shift}");
    }
    for shift in [-301, 301] {
        assert!(!accepted(&signed("msg_1", now + shift, &sign("msg_1", now + shift))), "{shift}");
    }
    let good = sign("msg_1", now);
    assert!(accepted(&signed("msg_1", now, &format!("v1,AAAA v2,{good} v1a,x {good}"))), "one right among wrong");
    for list in ["", "v1,", &good[..20], &good[3..], &good.replace("v1,", "v2,"), &format!("{good},{good}")] {
        assert!(!accepted(&signed("msg_1", now, list)), "{list}");
    }
    assert!(!accepted(&signed("msg_2", now, &good)) && !accepted(&signed("msg_1", now + 1, &good)));
    assert!(!accepted(&signed("", now, &sign("", now))));
    for missing in ["webhook-id", "webhook-timestamp", "webhook-signature"] {
        let mut headers = signed("msg_1", now, &good);
        headers.remove(missing);
        assert!(!accepted(&headers), "{missing}");
    }
}

#[test]
fn the_vectors_of_the_scheme() {
    for (secret, id, at, body, signature) in [
        (
            "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD",
            "msg_27UH4WbU6Z5A5EzD8u03UvzRbpk",
            1_649_367_553,
            r#"{"email":"test@example.com","username":"test_user"}"#,
            "v1,tZ1I4/hDygAJgO5TYxiSd6Sd0kDW6hPenDe+bTa3Kkw=",
        ),
        (
            "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
            "msg_p5jXN8AQM9LWM0D4loKWxJek",
            1_614_265_330,
            r#"{"test": 2432232314}"#,
            "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
        ),
    ] {
        assert_eq!(standard::sign(secret, id, at, body.as_bytes()).as_deref(), Some(signature));
        assert!(standard::verify(secret, id, at, body.as_bytes(), signature));
    }
    for empty in ["whsec_", "", "whsec_not base64"] {
        assert_eq!(standard::sign(empty, "msg_1", 1, b"{}"), None, "{empty}");
    }
    let made = Webhook.generated("abcdefghijkmnpqrstuvwxyz23456789".into());
    assert_eq!(standard::key(&made).map(|key| key.len()), Some(32), "{made}");
}

#[test]
fn a_repeat_is_known_by_the_senders_number_the_calls_name_or_the_body() {
    let key = |settings: &Settings, pairs: &[(&str, &str)], body: &str| {
        call(settings, &headers(pairs), body.as_bytes()).expect("received")[0].dedupe_key.clone()
    };
    let by_number = settings(json!({"id_field": "event.id"}));
    let plain = settings(json!({}));
    assert_eq!(key(&by_number, &[("x-request-id", "r1")], ORDER), "id:evt_1042");
    assert_eq!(key(&by_number, &[], r#"{"event":{"id":7}}"#), "id:7");
    assert_eq!(key(&by_number, &[], r#"{"event.id":"dotted"}"#), "id:dotted");
    // Without the number, by what the call says of itself, in this order.
    let all = [("idempotency-key", "k"), ("x-request-id", "r"), ("webhook-id", "w")];
    assert_eq!(key(&by_number, &all, r#"{"a":1}"#), "call:w");
    assert_eq!(key(&plain, &all[..2], ORDER), "call:r");
    assert_eq!(key(&plain, &all[..1], ORDER), "call:k");
    let by_body = key(&plain, &[], r#"{"a":1,"b":2}"#);
    assert!(by_body.starts_with("body:"));
    assert_eq!(key(&plain, &[], r#"{ "b":2, "a":1 }"#), by_body, "another spelling of the same");
    assert_ne!(key(&plain, &[], r#"{"a":1,"b":3}"#), by_body);
    let long = format!(r#"{{"event":{{"id":"{}"}}}}"#, "x".repeat(5_000));
    assert!(key(&by_number, &[], &long).len() < 100);
}

#[test]
fn an_event_is_named_by_its_number() {
    let events =
        call(&settings(json!({"id_field": "event.id"})), &HeaderMap::new(), BATCH.as_bytes()).expect("received");
    let about: Vec<&str> = events.iter().filter_map(|event| event.data["about"].as_str()).collect();
    assert_eq!(about, ["evt_1", "evt_2"]);
    let Ok(ChannelEvent::Happened { trigger, about, fields, .. }) = Webhook.normalise(&events[0].kind, &events[0].data)
    else {
        panic!("not understood")
    };
    assert_eq!((trigger.as_str(), about.as_str(), &fields["phone"]), ("received", "evt_1", &json!("89161234567")));
}

fn suite(header: &str, sign: fn(&Settings, &[u8]) -> HeaderMap) -> Suite<'static> {
    let call = |action: &str, input| ActionCall { action: action.into(), input, file: None };
    Suite {
        connector: &Webhook,
        settings: settings(json!({"signature_header": header, "id_field": "event.id", "url": "http://127.0.0.1:9/in"})),
        base_urls: &["url"],
        fixtures: &[("order", ORDER), ("batch", BATCH)],
        sign,
        calls: vec![
            call("check", json!({})),
            call("call", json!({"type": "order.created", "at_ms": 1, "data": {"number": "1042"}})),
        ],
        error: |text| (400, json!({"error": text}).to_string()),
    }
}

#[tokio::test]
async fn webhooks_conform() {
    let lacks = Lacks { signature: false, answers: &["check", "call"] };
    run_without(&suite("X-Signature", sign), &lacks).await;
    let standard = |settings: &Settings, body: &[u8]| {
        let at = NOW_MS / 1_000;
        let signature = standard::sign(settings.get("secret"), "msg_1", at, body).expect("a signature");
        let at = at.to_string();
        headers(&[("webhook-id", "msg_1"), ("webhook-timestamp", &at), ("webhook-signature", &signature)])
    };
    run_without(&suite("webhook-signature", standard), &lacks).await;
}
