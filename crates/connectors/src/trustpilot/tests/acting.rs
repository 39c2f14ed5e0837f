//! Answers of Trustpilot as results and failures, through a server that answers as told.

use super::fixtures::{fixture, json as read};
use super::{Connector, TOKEN, Trustpilot, settings, signed_in, with};
use crate::simulator::{Serving, bind, serve};
use crate::{ActionCall, Cx, Fail, LimitScope, Memory, Rejection, Settings, http as edge};
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
    let url = format!("http://{addr}/");
    (serve(listener, addr, router), with(&settings(), json!({"api_url": url, "invitations_url": url})))
}

fn invite() -> ActionCall {
    let input = json!({"reference": "ic-1", "email": "anna@example.com", "name": "Анна"});
    ActionCall { action: "invite".into(), input, file: None }
}

async fn invited(status: u16, body: &str, retry_after: Option<u32>, attempt: i32) -> Result<Json, Fail> {
    let (_serving, settings) = stage(status, body.to_owned(), retry_after).await;
    let (client, memory) = (edge::client(), signed_in(&settings));
    let cx = Cx {
        http: &client,
        settings: &settings,
        now_ms: 0,
        reference: "",
        attempt,
        memory: &memory,
        private_nets: true,
    };
    Trustpilot.act(&cx, &invite()).await.map(|acted| acted.json)
}

async fn refused(status: u16, body: &str) -> Fail {
    invited(status, body, None, 0).await.expect_err("a failure")
}

#[tokio::test]
async fn any_good_status_is_an_accepted_invitation() {
    for (status, body) in [(202, ""), (200, "OK"), (201, "null"), (204, ""), (202, r#"{"id":"x"}"#)] {
        let done = invited(status, body, None, 0).await;
        assert_eq!(done, Ok(json!({"reference": "ic-1", "accepted": true})), "{status} {body}");
    }
    // An error by name is one, whatever the status.
    for name in ["error_fault", "error_code"] {
        let got = invited(200, fixture(name), None, 0).await;
        assert!(matches!(got, Err(Fail::Rejected { .. })), "{name}: {got:?}");
    }
}

#[tokio::test]
async fn every_status_of_the_contract_has_its_class() {
    for (status, name, code) in [
        (400, "error_details", "400"),
        (400, "error_code", "400.001"),
        (404, "error_fault", "keymanagement.service.invalid_access_token"),
        (415, "error_details", "415"),
        (501, "error_details", "501"),
    ] {
        let got = refused(status, fixture(name)).await;
        let reason = if status == 404 { Rejection::NotFound } else { Rejection::BadRequest };
        let rejected = matches!(&got, Fail::Rejected { reason: given, .. } if *given == reason);
        assert!(rejected && got.parts().0 == code, "{status} {name}: {got:?}");
    }
    let details = refused(400, fixture("error_details")).await;
    assert_eq!(details.parts(), ("400", "consumerEmail is not a valid email address"));
    for status in [401, 403] {
        let got = refused(status, fixture("error_fault")).await;
        assert!(matches!(&got, Fail::Reauth { detail, .. } if detail == "Invalid Access Token"), "{status}: {got:?}");
    }
    for status in [500, 502, 503, 504] {
        let got = invited(status, "<html>", Some(900), 3).await.expect_err("a failure");
        let wanted = Fail::Transient { after_ms: None, code: status.to_string(), detail: "<html>".into() };
        assert_eq!(got, wanted);
    }
    assert_eq!(refused(502, "").await.parts().1, "HTTP 502");
}

#[tokio::test]
async fn too_many_calls_wait_a_minute_at_least_and_longer_each_time() {
    for (attempt, wish, seconds) in
        [(0, None, 60), (0, Some(7), 60), (0, Some(90), 90), (2, None, 240), (99, None, 960)]
    {
        let got = invited(429, "", wish, attempt).await;
        let Err(Fail::Limited { scope: LimitScope::Connection, after_ms, .. }) = got else { panic!("{got:?}") };
        assert_eq!(after_ms, Some(seconds * 1000), "{attempt} {wish:?}");
    }
}

#[tokio::test]
async fn nothing_secret_is_repeated() {
    // Basic sign-in of the settings, as it travels.
    let basic = "YXBpLWtleS1mb3ItdGVzdHM6YXBpLXNlY3JldC1mb3ItdGVzdHM=";
    let echo = format!("{basic} password=a%2Bb+c a+b c {TOKEN} api-secret-for-tests tpr-old");
    let body = json!({"fault": {"faultstring": echo, "detail": {"errorcode": echo}}}).to_string();
    let client = edge::client();
    for status in [400, 401, 429, 500] {
        let (_serving, settings) = stage(status, body.clone(), None).await;
        let settings = with(&settings, json!({"password": "a+b c"}));
        let mut old = super::token::remembered(&settings, TOKEN);
        old["token"]["refresh"] = "tpr-old".into();
        old["token"]["refresh_until_ms"] = i64::MAX.into();
        // With the token, and where a token is to be had first.
        let mut expired = old.clone();
        expired["token"]["expires_ms"] = 0.into();
        for memory in [old, expired] {
            let memory = Memory::new(memory);
            let cx = Cx {
                http: &client,
                settings: &settings,
                now_ms: 0,
                reference: "",
                attempt: 0,
                memory: &memory,
                private_nets: true,
            };
            let fail = Trustpilot.act(&cx, &invite()).await.expect_err("a failure");
            let text = format!("{fail} {fail:?}");
            assert!(text.contains("•••"), "{status}: {text}");
            for secret in [basic, "a%2Bb", "a+b c", TOKEN, "api-secret-for-tests", "tpr-old"] {
                assert!(!text.contains(secret), "{status} {secret}: {text}");
            }
        }
    }
}

#[tokio::test]
async fn a_captured_token_answer_is_read_and_kept() {
    let (_serving, settings) = stage(200, fixture("token").to_owned(), None).await;
    let (client, memory) = (edge::client(), Memory::default());
    let cx = Cx {
        http: &client,
        settings: &settings,
        now_ms: 5_000,
        reference: "",
        attempt: 0,
        memory: &memory,
        private_nets: true,
    };
    super::super::token::get(&cx, None).await.expect("a token");
    let kept = memory.lock().await["token"].clone();
    let hours = |hours: i64| 5_000 + hours * 60 * 60 * 1000;
    assert_eq!((&kept["access"], &kept["refresh"]), (&json!("tpa-XXXXXXXX"), &json!("tpr-XXXXXXXX")));
    // By our clock, whatever `issued_at` says; an hour early.
    assert_eq!((&kept["expires_ms"], &kept["renew_ms"]), (&json!(hours(100)), &json!(hours(99))));
    assert_eq!(kept["refresh_until_ms"], json!(hours(90 * 24)));
}

#[tokio::test]
async fn answers_that_say_too_little() {
    let client = edge::client();
    let id = "62c8968be77911f2449e9f74";
    for (action, input, body) in [
        ("check", json!({}), json!({"links": []})),
        ("link", json!({"reference": "ic-1", "email": "anna@example.com"}), json!({"id": "x"})),
        ("reviews", json!({}), json!({"items": []})),
        ("review", json!({"id": id}), json!({"stars": 5})),
    ] {
        let (_serving, settings) = stage(200, body.to_string(), None).await;
        let got = super::act(&client, &settings, &signed_in(&settings), 0, (action, input)).await;
        assert!(matches!(&got, Err(Fail::Transient { code, .. }) if code == "unreadable"), "{action}: {got:?}");
    }
    let (_serving, settings) = stage(200, read("link").to_string(), None).await;
    let input = json!({"reference": "ic-1", "email": "anna@example.com"});
    let done = super::act(&client, &settings, &signed_in(&settings), 0, ("link", input)).await.expect("a link");
    assert_eq!(done.json, read("link"));
}
