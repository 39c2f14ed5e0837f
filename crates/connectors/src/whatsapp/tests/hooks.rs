//! Receiving: handshake, signature vectors of the contract, splitting, keys, and the conformance suite.

use super::fixtures::{ALL, fixture};
use super::{VERIFY_TOKEN, Whatsapp, body, body_with, receive, settings, sign};
use crate::conformance::{Suite, run};
use crate::{ActionCall, Connector, HookError, RawHook, Received, Settings};
use http::{HeaderMap, Method};
use serde_json::json;

fn call(method: Method, query: &str, signature: Option<&str>, body: &[u8]) -> Result<Received, HookError> {
    let mut headers = HeaderMap::new();
    if let Some(signature) = signature {
        headers.insert("x-hub-signature-256", signature.parse().expect("a header"));
    }
    Whatsapp.receive(&settings(), &RawHook { method: &method, query, headers: &headers, body, now_ms: 0 })
}

#[test]
fn the_handshake_answers_the_challenge_to_the_right_token_only() {
    let query = |mode: &str, token: &str| format!("hub.mode={mode}&hub.challenge=1158201444&hub.verify_token={token}");
    let got = call(Method::GET, &query("subscribe", VERIFY_TOKEN), None, b"");
    assert!(matches!(got, Ok(Received::Challenge(text)) if text == "1158201444"));
    for wrong in [query("subscribe", "x"), query("unsubscribe", VERIFY_TOKEN), query("subscribe", ""), String::new()] {
        assert!(matches!(call(Method::GET, &wrong, None, b""), Err(HookError::WrongToken)), "{wrong}");
    }
    let without = Settings::default();
    let hook = RawHook {
        method: &Method::GET,
        query: "hub.mode=subscribe&hub.verify_token=&hub.challenge=1",
        headers: &HeaderMap::new(),
        body: b"",
        now_ms: 0,
    };
    assert!(matches!(Whatsapp.receive(&without, &hook), Err(HookError::WrongToken)));
    assert!(matches!(call(Method::HEAD, "", None, b""), Err(HookError::Method)));
}

#[test]
fn the_vectors_of_the_contract_verify() {
    let vectors: [(&[u8], &str); 2] = [
        (
            br#"{"object":"whatsapp_business_account","entry":[]}"#,
            "sha256=1ca363dab318df784e1963b29dca91e2098e6cf2fbf0d3c14e09580a90684a61",
        ),
        (
            br#"{"object":"page","entry":[{"id":"1","text":"\u041f\u0440\u0438\u0432\u0435\u0442"}]}"#,
            "sha256=28dc19c3dc75bcfade1c36f46db2ce720d7a919dda45e2aa8b538cfdcc4c9cce",
        ),
    ];
    for (body, signature) in vectors {
        assert!(call(Method::POST, "", Some(signature), body).is_ok());
        let bare = signature.strip_prefix("sha256=").expect("a prefix");
        for wrong in [bare, "sha256=", "sha1=00", &signature[..40], &signature.replace("sha256=", "sha256=00")] {
            assert!(matches!(call(Method::POST, "", Some(wrong), body), Err(HookError::Unverified)), "{wrong}");
        }
    }
    // The same text, not escaped: other bytes, another signature.
    let unescaped = r#"{"object":"page","entry":[{"id":"1","text":"Привет"}]}"#.as_bytes();
    assert!(matches!(call(Method::POST, "", Some(vectors[1].1), unescaped), Err(HookError::Unverified)));
}

#[test]
fn an_event_is_the_smallest_fragment_with_its_keys() {
    let [event] = receive(fixture("text")).try_into().expect("one event");
    assert_eq!(event.kind, "message");
    assert_eq!(event.account, "106540352242922");
    assert_eq!(event.order_key, "chat:79161234567");
    assert_eq!(event.dedupe_key, "m:106540352242922:wamid.HBgLNzkxNjEyMzQ1NjcVAgASGBQzQUFB0001");
    let keys: Vec<&String> = event.data.as_object().expect("an object").keys().collect();
    assert_eq!(keys, ["contact", "message", "metadata"]);

    let [status] = receive(fixture("status_read")).try_into().expect("one event");
    assert_eq!((status.kind.as_str(), status.order_key.as_str()), ("status", "chat:79161234567"));
    assert_eq!(status.dedupe_key, "s:wamid.HBgLNzkxNjEyMzQ1NjcVAgARGBI5QTND0001:read");

    let [template] = receive(fixture("template_status")).try_into().expect("one event");
    assert_eq!((template.account.as_str(), template.order_key.as_str()), ("", "template:abandoned_cart"));
    assert!(template.dedupe_key.starts_with("102290129340398:message_template_status_update:"));
}

#[test]
fn a_thousand_updates_in_one_call() {
    let messages: Vec<_> = (0..600)
        .map(|n| {
            let from = format!("7900{:07}", n % 7);
            json!({"from": from, "id": format!("wamid.{n}"), "timestamp": "1", "type": "text", "text": {"body": "я"}})
        })
        .collect();
    let contacts: Vec<_> =
        (0..7).map(|n| json!({"wa_id": format!("7900{n:07}"), "profile": {"name": format!("Клиент {n}")}})).collect();
    let statuses: Vec<_> =
        (0..400).map(|n| json!({"id": format!("wamid.{n}"), "status": "sent", "recipient_id": "7900"})).collect();
    let value = json!({"metadata": {"phone_number_id": "1"}, "contacts": contacts, "messages": messages,
                       "statuses": statuses, "something_new": [1]});
    let events = receive(&body("messages", &value));
    assert_eq!(events.len(), 1001);
    let mut keys: Vec<_> = events.iter().map(|event| &event.dedupe_key).collect();
    keys.sort();
    keys.dedup();
    assert_eq!(keys.len(), 1001);
    assert_eq!(events[9].data["contact"]["profile"]["name"], "Клиент 2");
    let last = events.last().expect("the rest");
    assert_eq!((last.kind.as_str(), &last.data["value"]["something_new"]), ("messages", &json!([1])));
}

#[test]
fn a_person_without_a_phone_is_known_by_the_user_id() {
    let value = json!({
        "metadata": {"phone_number_id": "1"},
        "contacts": [{"profile": {"username": "anna.p"}, "user_id": "RU.1349"}],
        "messages": [{"from": "", "from_user_id": "RU.1349", "id": "wamid.1", "type": "text", "text": {"body": "я"}}],
        "statuses": [{"id": "wamid.2", "status": "read", "recipient_user_id": "RU.1349"}],
    });
    let events = receive(&body("messages", &value));
    assert_eq!(events[0].order_key, "chat:RU.1349");
    assert_eq!(events[1].order_key, "chat:RU.1349");
}

#[test]
fn unknown_things_are_kept() {
    let events = receive(&body("brand_new_field", &json!({"metadata": {"phone_number_id": "7"}, "x": 1})));
    assert_eq!((events[0].kind.as_str(), events[0].account.as_str()), ("brand_new_field", "7"));
    let events = receive(&body("flag", &json!(true)));
    assert_eq!(events[0].data["value"], json!(true));
    // A foreign product of Meta, and arrays of something else than objects.
    let events = receive(r#"{"object":"page","entry":[{"id":1,"messaging":[{"a":1}]}]}"#);
    assert_eq!((events[0].kind.as_str(), &events[0].data["waba_id"]), ("unknown", &json!("1")));
    let events = receive(&body("messages", &json!({"messages": [1, "x"]})));
    assert_eq!(events[0].data["value"]["messages"], json!([1, "x"]));
    assert!(receive(r#"{"entry":[]}"#).is_empty());
}

#[test]
fn the_same_news_with_another_spelling_is_a_repeat() {
    let a = receive(&body("account_update", &json!({"event": "X", "n": 1})));
    let b = receive(
        r#"{"entry":[{"changes":[{"field":"account_update","value":{ "n":1, "event":"\u0058" }}],"id":102290129340398}]}"#,
    );
    assert_eq!(a[0].dedupe_key, b[0].dedupe_key);
    let c = receive(&body("account_update", &json!({"event": "X", "n": 2})));
    assert_ne!(a[0].dedupe_key, c[0].dedupe_key);
}

#[test]
fn what_is_stored_can_be_stored_anywhere() {
    let long = "w".repeat(5_000);
    let message = json!({"from": "7900", "id": long, "type": "text", "text": {"body": "до\u{0}после"}});
    let event = receive(&body_with(&message)).remove(0);
    assert!(event.dedupe_key.len() < 300);
    assert_eq!(event.data["message"]["text"]["body"], "до\u{fffd}после");
}

#[tokio::test]
async fn whatsapp_conforms() {
    let call = |action: &str, input| ActionCall { action: action.into(), input, file: None };
    let content = json!({"is": "text", "body": "Здравствуйте"});
    run(&Suite {
        connector: &Whatsapp,
        settings: settings(),
        base_urls: &["base_url"],
        fixtures: ALL,
        sign,
        calls: vec![
            call("send", json!({"to": {"address": "79161234567"}, "content": content})),
            call("mark_read", json!({"message_id": "wamid.1", "typing": true})),
            call("media", json!({"id": "1375002857712345"})),
            call("templates", json!({})),
            call("subscribe", json!({"callback_url": "https://pult.example/api/hooks/whatsapp/k"})),
            call("check", json!({})),
        ],
        error: |text| (400, json!({"error": {"message": text, "code": 100, "type": "OAuthException"}}).to_string()),
    })
    .await;
}
