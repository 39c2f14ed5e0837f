//! Errors of Meta as failures, through a server that answers as told.

use super::{Whatsapp, settings};
use crate::simulator::{Serving, bind, serve};
use crate::{ActionCall, Connector, Cx, Fail, LimitScope, Memory, Rejection, Settings, http as edge};
use axum::Router;
use axum::http::StatusCode;
use serde_json::{Value as Json, json};

/// A server with one answer, and settings that point to it.
async fn stage(status: u16, body: String, retry_after: Option<u32>) -> (Serving, Settings) {
    let (listener, addr) = bind(([127, 0, 0, 1], 0).into()).await.expect("a port");
    let router =
        Router::new().fallback(move || {
            let body = body.clone();
            let wish = retry_after.map(|seconds| [("retry-after", seconds.to_string())]);
            async move {
                (StatusCode::from_u16(status).expect("a status"), wish.unwrap_or([("x-none", String::new())]), body)
            }
        });
    let mut map = settings().map().clone();
    map.insert("base_url".into(), format!("http://{addr}/").into());
    (serve(listener, addr, router), Settings::new(map))
}

async fn sent(status: u16, body: String, retry_after: Option<u32>, attempt: i32) -> Fail {
    let (_serving, settings) = stage(status, body, retry_after).await;
    let client = edge::client();
    let cx = Cx {
        http: &client,
        settings: &settings,
        now_ms: 0,
        reference: "job:1",
        attempt,
        memory: &Memory::default(),
        private_nets: true,
    };
    let input = json!({"to": {"address": "79161234567"}, "content": {"is": "text", "body": "я"}});
    Whatsapp.act(&cx, &ActionCall { action: "send".into(), input, file: None }).await.expect_err("a failure")
}

async fn refused(status: u16, error: Json, attempt: i32) -> Fail {
    sent(status, json!({"error": error}).to_string(), None, attempt).await
}

#[tokio::test]
async fn the_code_decides_not_the_status() {
    let rejected = |fail: &Fail, wanted| matches!(fail, Fail::Rejected { reason, .. } if *reason == wanted);
    let sample = json!({"message": "(#131047) Re-engagement message", "type": "OAuthException", "code": 131047,
        "error_data": {"messaging_product": "whatsapp", "details": "more than 24 hours"}, "error_subcode": 2494055});
    for status in [200, 400, 500] {
        let fail = refused(status, sample.clone(), 0).await;
        assert!(rejected(&fail, Rejection::WindowClosed), "{status}: {fail:?}");
        assert_eq!(fail.parts(), ("131047", "more than 24 hours"));
    }
    assert!(rejected(&refused(400, json!({"code": 132001, "message": "x"}), 0).await, Rejection::Template));
    assert!(rejected(&refused(400, json!({"code": "131026"}), 0).await, Rejection::Unreachable));
    assert!(matches!(refused(401, json!({"code": 190, "error_subcode": 463}), 0).await, Fail::Reauth { .. }));
    assert!(matches!(refused(400, json!({"code": 131016}), 0).await, Fail::Transient { after_ms: None, .. }));
    let maintenance = refused(400, json!({"code": 131057}), 0).await;
    assert!(matches!(maintenance, Fail::Transient { after_ms: Some(120_000), .. }), "{maintenance:?}");
}

#[tokio::test]
async fn rates_pairs_and_caps() {
    let limit = |fail: Fail| match fail {
        Fail::Limited { scope, after_ms, .. } => (scope, after_ms.expect("a time")),
        other => panic!("{other:?}"),
    };
    use LimitScope::{Connection, Recipient};
    for (attempt, seconds) in [(0, 1), (1, 4), (2, 16), (3, 64), (100, 24 * 60 * 60), (-5, 1)] {
        let got = limit(refused(429, json!({"code": 131056}), attempt).await);
        assert_eq!(got, (Recipient, seconds * 1000), "{attempt}");
    }
    assert_eq!(limit(refused(429, json!({"code": 130429}), 0).await), (Connection, 1_000));
    assert_eq!(limit(refused(400, json!({"code": 80007, "is_transient": true}), 0).await), (Connection, 60_000));
    let body = json!({"error": {"code": 130429}}).to_string();
    assert_eq!(limit(sent(429, body, Some(7), 0).await), (Connection, 7_000));
    for (attempt, days) in [(0, 1), (1, 2), (9, 4)] {
        let fail = refused(400, json!({"code": 131049}), attempt).await;
        assert!(matches!(fail, Fail::Transient { after_ms: Some(ms), .. } if ms == days * 86_400_000), "{fail:?}");
    }
}

#[tokio::test]
async fn codes_nobody_told_us() {
    let new = |transient: bool| json!({"code": 999_999, "message": "new", "is_transient": transient});
    assert!(matches!(refused(400, new(true), 0).await, Fail::Transient { .. }));
    for (status, wanted) in [(400, "rejected"), (500, "temporary"), (401, "access"), (200, "rejected"), (429, "rate")] {
        let fail = refused(status, new(false), 0).await;
        assert!(fail.to_string().starts_with(wanted), "{status}: {fail}");
        assert_eq!(fail.parts(), ("999999", "new"));
    }
    let known = refused(400, json!({"code": 100, "message": "(#100) temporarily", "is_transient": true}), 0).await;
    assert!(matches!(known, Fail::Transient { .. }), "{known:?}");
}

#[tokio::test]
async fn answers_without_an_error_of_meta() {
    assert!(matches!(sent(502, String::new(), None, 0).await, Fail::Transient { .. }));
    assert!(matches!(sent(504, String::new(), None, 0).await, Fail::Unknown { .. }));
    let wish = sent(503, String::new(), Some(30), 0).await;
    assert!(matches!(wish, Fail::Transient { after_ms: Some(30_000), .. }), "{wish:?}");
    assert!(matches!(sent(200, json!({"messages": []}).to_string(), None, 0).await, Fail::Unknown { .. }));
    let endless = sent(200, "x".repeat(edge::ANSWER_LIMIT + 1), None, 0).await;
    assert!(matches!(endless, Fail::Unknown { .. }), "{endless:?}");
}

#[tokio::test]
async fn wrong_input_is_refused_without_a_call() {
    let client = edge::client();
    let settings = settings();
    let cx = Cx {
        http: &client,
        settings: &settings,
        now_ms: 0,
        reference: "",
        attempt: 0,
        memory: &Memory::default(),
        private_nets: true,
    };
    for (action, input) in [
        ("send", json!({})),
        ("send", json!({"to": {}, "content": {"is": "text", "body": "я"}})),
        ("send", json!({"to": {"address": "7900"}, "content": {"is": "file", "kind": "image", "caption": ""}})),
        ("mark_read", json!({})),
        ("media", json!({})),
        ("nothing", json!({})),
    ] {
        let got = Whatsapp.act(&cx, &ActionCall { action: action.into(), input, file: None }).await;
        assert!(matches!(got, Err(Fail::Rejected { reason: Rejection::BadRequest, .. })), "{action}: {got:?}");
    }
}
