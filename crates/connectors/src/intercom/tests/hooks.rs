//! Receiving: the check of the address, the signature vector of the contract, keys, and the conformance suite.

use super::fixtures::{ALL, ERROR, fixture};
use super::{Intercom, body, receive, settings, sign};
use crate::conformance::{Suite, run};
use crate::{ActionCall, Connector, HookError, RawHook, Received, Settings};
use http::{HeaderMap, Method};
use serde_json::{Value as Json, json};

fn call(settings: &Settings, method: Method, signature: Option<&str>, body: &[u8]) -> Result<Received, HookError> {
    let mut headers = HeaderMap::new();
    if let Some(signature) = signature {
        headers.insert("x-hub-signature", signature.parse().expect("a header"));
    }
    Intercom.receive(settings, &RawHook { method: &method, query: "", headers: &headers, body, now_ms: 0 })
}

#[test]
fn the_check_of_the_address_is_answered_with_success() {
    let got = call(&settings(), Method::HEAD, None, b"");
    assert!(matches!(got, Ok(Received::Challenge(text)) if text.is_empty()));
    assert!(matches!(call(&settings(), Method::GET, None, b""), Err(HookError::Method)));
}

#[test]
fn the_vector_of_the_contract_verifies() {
    let map = json!({"client_secret": "pult-test-secret"});
    let settings = Settings::new(map.as_object().cloned().expect("an object"));
    let ping = fixture("ping").as_bytes();
    assert_eq!(ping.len(), 220);
    let good = "sha1=4b662123cdd6fbf3d2b217130b821512c248ad4a";
    let Ok(Received::Events(events)) = call(&settings, Method::POST, Some(good), ping) else { panic!("not verified") };
    assert_eq!((events.len(), events[0].account.as_str(), events[0].kind.as_str()), (1, "ws_pult1", "ping"));
    let bare = good.strip_prefix("sha1=").expect("a prefix");
    for wrong in
        [bare, "sha1=", &good[..43], &format!("{good}00"), &format!("sha256={bare}"), &good.replace("4b", "zz")]
    {
        let got = call(&settings, Method::POST, Some(wrong), ping);
        assert!(matches!(got, Err(HookError::Unverified)), "{wrong}: {got:?}");
    }
    assert!(matches!(call(&settings, Method::POST, None, ping), Err(HookError::Unverified)));
    let other = call(&super::settings(), Method::POST, Some(good), ping);
    assert!(matches!(other, Err(HookError::Unverified)), "another secret: {other:?}");
}

#[test]
fn an_event_is_the_item_with_its_keys() {
    let [event] = receive(fixture("replied")).try_into().expect("one event");
    assert_eq!((event.kind.as_str(), event.account.as_str()), ("conversation_replied", "abc123xy"));
    assert_eq!(event.order_key, "conversation:215474300000001");
    assert!(event.dedupe_key.starts_with("notif_7c1f0b52-"), "{}", event.dedupe_key);
    let keys: Vec<&String> = event.data.as_object().expect("an object").keys().collect();
    assert_eq!(keys, ["app_id", "created_at", "item", "notification", "topic"]);

    let [contact] = receive(fixture("contact_created")).try_into().expect("one event");
    assert_eq!(contact.order_key, "contact:6762f1261bb69f9f2193bba8");
    assert_eq!(
        (contact.kind.as_str(), contact.dedupe_key.as_str()),
        ("contact.created", "notif_7c1f0b52-51c9-4a2e-9e0a-0f8f54a30003")
    );
}

#[test]
fn a_closing_has_one_key_whoever_tells_it() {
    for (name, key) in [
        ("closed", "closed:215474300000001:1760003600"),
        ("closed_by_bot", "closed:215474300000001:1760003600"),
        ("closed_v1", "closed:215474300000003:1760003600"),
    ] {
        let event = receive(fixture(name)).into_iter().find(|event| event.kind == "conversation_closed");
        assert_eq!(event.expect("a closing").dedupe_key, key, "{name}");
    }
    // The second closing of the same conversation is another event, a repeated notification is the same.
    let mut later: Json = serde_json::from_str(fixture("closed")).expect("JSON");
    later["delivery_attempts"] = 2.into();
    assert_eq!(receive(&later.to_string())[0].dedupe_key, "closed:215474300000001:1760003600");
    later["data"]["item"]["conversation_parts"]["conversation_parts"][0]["created_at"] = 1_760_009_999.into();
    assert_eq!(receive(&later.to_string())[0].dedupe_key, "closed:215474300000001:1760009999");
    // Without any time the notification is all there is.
    let bare = receive(&body("conversation.admin.closed", &json!({"id": "1"})));
    assert_eq!((bare[0].kind.as_str(), bare[0].dedupe_key.as_str()), ("conversation_closed", "notif_1:closed"));
}

#[test]
fn a_closing_under_another_topic_is_told_beside_it() {
    let kinds = |body: &str| receive(body).into_iter().map(|event| event.kind).collect::<Vec<_>>();
    assert_eq!(kinds(fixture("closed_by_bot")), ["conversation_replied", "conversation_closed"]);
    let item = |state: &str, parts: Json| json!({"id": "1", "state": state, "conversation_parts": {"conversation_parts": parts}});
    let close = json!({"part_type": "close", "created_at": 5});
    let only = item("closed", json!([close]));
    assert_eq!(kinds(&body("conversation.operator.replied", &only)), ["conversation_closed"]);
    assert_eq!(kinds(&body("conversation.rating.added", &only)), ["conversation_rated", "conversation_closed"]);
    // Still open, or closed before: nothing was closed now.
    assert_eq!(kinds(&body("conversation.operator.replied", &item("open", json!([close])))), ["conversation_replied"]);
    assert_eq!(kinds(fixture("rated")), ["conversation_rated"]);
    // Only conversations are closed.
    assert_eq!(kinds(&body("ticket.closed", &only)), ["ticket.closed"]);
}

#[test]
fn unknown_things_are_kept() {
    let events = receive(&body("visitor.signed_up", &json!({"x": 1})));
    assert_eq!(
        (events[0].kind.as_str(), events[0].order_key.as_str()),
        ("visitor.signed_up", "topic:visitor.signed_up")
    );
    assert_eq!(events[0].data["item"], json!({"x": 1}));
    let events = receive("{}");
    assert_eq!((events[0].kind.as_str(), events[0].account.as_str()), ("unknown", ""));
    // The same news without an id is a repeat, whatever the order of its keys.
    let a = receive(r#"{"topic":"conversation.admin.noted","data":{"item":{"id":"1","open":true}},"created_at":5}"#);
    let b =
        receive(r#"{"created_at":5,"data":{"item":{"open":true,"id":"\u0031"}},"topic":"conversation.admin.noted"}"#);
    let c = receive(r#"{"created_at":6,"data":{"item":{"open":true,"id":"1"}},"topic":"conversation.admin.noted"}"#);
    assert_eq!(a[0].dedupe_key, b[0].dedupe_key);
    assert_ne!(a[0].dedupe_key, c[0].dedupe_key);
}

#[test]
fn what_is_stored_can_be_stored_anywhere() {
    let item = json!({"id": "9".repeat(5_000), "state": "closed", "title": "до\u{0}после",
        "conversation_parts": {"conversation_parts": [{"part_type": "close", "created_at": 5}]}});
    let event = receive(&body("conversation.admin.closed", &item)).remove(0);
    assert!(event.dedupe_key.len() < 300 && event.order_key.len() < 300);
    assert_eq!(event.data["item"]["title"], "до\u{fffd}после");
    let endless = receive(&body(&"x".repeat(5_000), &json!({}))).remove(0);
    assert!(endless.kind.len() <= 64 && endless.order_key.len() < 300);
}

#[test]
fn the_account_is_the_workspace() {
    assert_eq!(Intercom.account(&settings()), "abc123xy");
}

#[tokio::test]
async fn intercom_conforms() {
    let call = |action: &str, input| ActionCall { action: action.into(), input, file: None };
    run(&Suite {
        connector: &Intercom,
        settings: settings(),
        base_urls: &["base_url"],
        fixtures: ALL,
        sign,
        calls: vec![
            call("contact", json!({"id": "6762f1261bb69f9f2193bba7", "email": "anna@example.com"})),
            call("conversation", json!({"id": "215474300000001", "with_contact": true})),
            call("closed_since", json!({"since": 1_760_000_000})),
            call("tag", json!({"conversation_id": "215474300000001", "tag": "VIP"})),
            // With the admin given, the note is the first call that is made.
            call("note", json!({"conversation_id": "215474300000001", "text": "Приглашён", "admin_id": "991267715"})),
            call("close", json!({"conversation_id": "215474300000001", "admin_id": "991267715"})),
            call("open", json!({"conversation_id": "215474300000001", "admin_id": "991267715"})),
            call("check", json!({})),
        ],
        error: |text| (422, ERROR.replace("Resource Not Found", text)),
    })
    .await;
}
