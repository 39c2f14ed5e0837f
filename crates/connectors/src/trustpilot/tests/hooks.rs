//! Receiving: what is refused, splitting, keys, and the conformance suite.

use super::fixtures::{HOOKS, fixture, json as read};
use super::{Acted, ActionCall, Connector, Cx, Fail, RawHook, Received, Settings};
use super::{TOKEN, Trustpilot, body, receive, settings, token};
use crate::conformance::{Lacks, Suite, run_without};
use crate::{HookError, NormaliseError, Spec};
use domain::channel::ChannelEvent;
use http::{HeaderMap, Method};
use serde_json::{Value as Json, json};

fn call(method: Method, content_type: &str, body: &[u8]) -> Result<Received, HookError> {
    let mut headers = HeaderMap::new();
    if !content_type.is_empty() {
        headers.insert("content-type", content_type.parse().expect("a header"));
    }
    Trustpilot.receive(&settings(), &RawHook { method: &method, query: "", headers: &headers, body, now_ms: 0 })
}

#[test]
fn only_posted_json_is_read() {
    let body = fixture("review_created").as_bytes();
    for good in ["", "application/json", "application/json; charset=utf-8", "text/JSON"] {
        assert!(matches!(call(Method::POST, good, body), Ok(Received::Events(e)) if e.len() == 1), "{good}");
    }
    for wrong in ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data"] {
        assert!(matches!(call(Method::POST, wrong, body), Err(HookError::Malformed(_))), "{wrong}");
    }
    for method in [Method::GET, Method::HEAD, Method::OPTIONS] {
        assert!(matches!(call(method, "application/json", body), Err(HookError::Method)));
    }
}

#[test]
fn a_test_of_the_address_succeeds_whatever_object_it_sends() {
    for body in ["{}", r#"{"events":[]}"#, r#"{"events":null}"#, r#"{"test":true}"#] {
        assert!(receive(body).is_empty(), "{body}");
    }
    for wrong in ["[]", "7", r#"{"events":{}}"#, r#"{"events":"x"}"#] {
        let got = call(Method::POST, "", wrong.as_bytes());
        assert!(matches!(got, Err(HookError::Malformed(_))), "{wrong}: {got:?}");
    }
}

#[test]
fn an_event_is_its_data_with_its_keys() {
    let [event] = receive(fixture("review_created")).try_into().expect("one event");
    assert_eq!((event.kind.as_str(), event.account.as_str()), ("review_created", ""));
    assert_eq!(event.order_key, "review:62c8968be77911f2449e9f74");
    let data = read("review_created")["events"][0]["eventData"].clone();
    assert_eq!(event.data, data);
    let hash = hex::encode(<sha2::Sha256 as sha2::Digest>::digest(data.to_string()));
    assert_eq!(event.dedupe_key, format!("service-review-created:62c8968be77911f2449e9f74:{hash}"));
    for (name, kind) in [("review_updated", "review_updated"), ("review_deleted", "review_deleted")] {
        assert_eq!(receive(fixture(name))[0].kind, kind);
    }
}

#[test]
fn one_body_holds_several_events_in_their_order() {
    let events: Vec<Json> = HOOKS.iter().map(|(name, _)| read(name)["events"][0].clone()).collect();
    let got = receive(&json!({"events": events}).to_string());
    let kinds: Vec<&str> = got.iter().map(|event| event.kind.as_str()).collect();
    assert_eq!(kinds, ["review_created", "review_deleted", "review_updated"]);
    assert!(got.iter().all(|event| event.order_key == got[0].order_key));
}

#[test]
fn the_same_news_with_another_spelling_is_a_repeat() {
    let key = |body: &str| receive(body)[0].dedupe_key.clone();
    let data = json!({"id": "a1", "stars": 5});
    let first = key(&body("service-review-created", &data));
    let spelled =
        r#"{"events":[{"eventData":{ "stars":5, "id":"\u0061\u0031" },"eventName":"service-review-created"}]}"#;
    assert_eq!(key(spelled), first);
    assert_ne!(key(&body("service-review-updated", &data)), first);
    assert_ne!(key(&body("service-review-created", &json!({"id": "a1", "stars": 4}))), first);
    assert_ne!(key(&body("service-review-created", &json!({"id": "a2", "stars": 5}))), first);
}

#[test]
fn unknown_events_are_kept_and_ignored() {
    for name in ["service-review-illuminated", "product-review-created", "review_created", ""] {
        let [event] = receive(&body(name, &json!({"id": "a1", "stars": 5}))).try_into().expect("one event");
        assert_eq!((event.kind.as_str(), event.order_key.as_str()), ("unknown", "review:a1"));
        let meaning = Trustpilot.normalise(&event.kind, &event.data).expect("understood");
        let why = if name.is_empty() { "unknown" } else { name };
        assert_eq!(meaning, ChannelEvent::Ignored { why: why.into() });
    }
    assert_eq!(receive(r#"{"events":[7]}"#)[0].data, json!(7));
}

#[test]
fn what_is_stored_can_be_stored_anywhere() {
    let data = json!({"id": "w".repeat(5_000), "stars": 5, "text": "до\u{0}после"});
    let event = receive(&body("service-review-created", &data)).remove(0);
    assert!(event.dedupe_key.len() < 300 && event.order_key.len() < 300);
    assert_eq!(event.data["text"], "до\u{fffd}после");
}

/// The connector with a token already in the memory: the suite is about calls, not about signing in before them.
struct SignedIn;

#[async_trait::async_trait]
impl Connector for SignedIn {
    fn spec(&self) -> &'static Spec {
        Trustpilot.spec()
    }
    fn account(&self, settings: &Settings) -> String {
        Trustpilot.account(settings)
    }
    fn receive(&self, settings: &Settings, hook: &RawHook<'_>) -> Result<Received, HookError> {
        Trustpilot.receive(settings, hook)
    }
    fn normalise(&self, kind: &str, data: &Json) -> Result<ChannelEvent, NormaliseError> {
        Trustpilot.normalise(kind, data)
    }
    async fn act(&self, cx: &Cx<'_>, call: &ActionCall) -> Result<Acted, Fail> {
        *cx.memory.lock().await = token::remembered(cx.settings, TOKEN);
        Trustpilot.act(cx, call).await
    }
}

#[tokio::test]
async fn trustpilot_conforms() {
    let call = |action: &str, input| ActionCall { action: action.into(), input, file: None };
    let suite = Suite {
        connector: &SignedIn,
        settings: settings(),
        base_urls: &["api_url", "invitations_url"],
        fixtures: HOOKS,
        sign: |_, _| HeaderMap::new(),
        calls: vec![
            call("check", json!({})),
            call("invite", json!({"reference": "ic-1", "email": "anna@example.com", "name": "Анна"})),
            call("link", json!({"reference": "ic-1", "email": "anna@example.com", "name": "Анна"})),
            call("reviews", json!({"page": 1})),
            call("review", json!({"id": "62c8968be77911f2449e9f74"})),
            call("reply", json!({"id": "62c8968be77911f2449e9f74", "message": "Спасибо"})),
            call("erase", json!({"emails": ["anna@example.com"]})),
        ],
        error: |text| (400, json!({"ErrorCode": text, "Error": text}).to_string()),
    };
    run_without(&suite, &Lacks { signature: true, answers: &["invite", "reply", "erase"] }).await;
}
