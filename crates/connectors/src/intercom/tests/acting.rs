//! Calls and errors of Intercom, through a server that answers as told and remembers what it was asked.

use super::fixtures::{CONTACT, CONVERSATION, ERROR, ME, SEARCH};
use super::{Intercom, settings};
use crate::simulator::{Serving, bind, lock, serve};
use crate::{ActionCall, Connector, Cx, Fail, LimitScope, Memory, Rejection, Settings, http as edge};
use axum::Router;
use axum::extract::Request;
use axum::http::{HeaderName, StatusCode};
use axum::response::IntoResponse;
use serde_json::{Value as Json, json};
use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

const NOW_MS: i64 = 1_760_000_000_000;

/// Status, one header, body.
type Answer = (u16, Option<(&'static str, String)>, String);

/// What was asked: method and path, version, body.
#[derive(Clone, Debug, PartialEq)]
struct Asked {
    call: String,
    version: String,
    token: String,
    body: Json,
}

/// A server with some answers, the last one for ever.
struct Stage {
    settings: Settings,
    asked: Arc<Mutex<Vec<Asked>>>,
    _serving: Serving,
}

impl Stage {
    async fn new(answers: Vec<Answer>) -> Self {
        let (listener, addr) = bind(([127, 0, 0, 1], 0).into()).await.expect("a port");
        let asked = Arc::new(Mutex::new(Vec::new()));
        let (told, answers) = (asked.clone(), Arc::new(Mutex::new(VecDeque::from(answers))));
        let router = Router::new().fallback(move |request: Request| {
            let (told, answers) = (told.clone(), answers.clone());
            async move {
                let (parts, body) = request.into_parts();
                let body = axum::body::to_bytes(body, 1 << 20).await.expect("a body");
                let header =
                    |name| parts.headers.get(name).and_then(|v| v.to_str().ok()).unwrap_or_default().to_owned();
                lock(&told).push(Asked {
                    call: format!("{} {}", parts.method, parts.uri.path()),
                    version: header("intercom-version"),
                    token: header("authorization"),
                    body: serde_json::from_slice(&body).unwrap_or_default(),
                });
                let mut answers = lock(&answers);
                let (status, header, body) =
                    if answers.len() > 1 { answers.pop_front() } else { answers.front().cloned() }.expect("an answer");
                let mut response = (StatusCode::from_u16(status).expect("a status"), body).into_response();
                if let Some((name, value)) = header {
                    response.headers_mut().insert(HeaderName::from_static(name), value.parse().expect("a header"));
                }
                response
            }
        });
        let mut map = settings().map().clone();
        map.insert("base_url".into(), format!("http://{addr}/").into());
        Self { settings: Settings::new(map), asked, _serving: serve(listener, addr, router) }
    }

    async fn act(&self, action: &str, input: Json) -> Result<Json, Fail> {
        let client = edge::client();
        let memory = Memory::default();
        let cx = Cx {
            http: &client,
            settings: &self.settings,
            now_ms: NOW_MS,
            reference: "job:1",
            attempt: 0,
            memory: &memory,
            private_nets: true,
        };
        let call = ActionCall { action: action.into(), input, file: None };
        Intercom.act(&cx, &call).await.map(|acted| acted.json)
    }

    fn calls(&self) -> Vec<String> {
        lock(&self.asked).iter().map(|asked| asked.call.clone()).collect()
    }
}

fn error(code: &str) -> String {
    ERROR.replace("not_found", code)
}

fn good(body: impl Into<String>) -> Answer {
    (200, None, body.into())
}

async fn one(action: &str, input: Json, answer: Answer) -> Result<Json, Fail> {
    Stage::new(vec![answer]).await.act(action, input).await
}

async fn refused(status: u16, code: &str) -> Fail {
    one("check", json!({}), (status, None, error(code))).await.expect_err("a failure")
}

#[tokio::test]
async fn every_call_names_version_and_token() {
    let stage = Stage::new(vec![good(ME)]).await;
    stage.act("check", json!({})).await.expect("checked");
    let asked = lock(&stage.asked)[0].clone();
    let expected = Asked {
        call: "GET /me".into(),
        version: "2.14".into(),
        token: "Bearer token-for-tests".into(),
        body: Json::Null,
    };
    assert_eq!(asked, expected);
}

#[tokio::test]
async fn the_check_compares_the_workspace() {
    let facts = one("check", json!({}), good(ME)).await.expect("checked");
    let expected = json!({
        "app_name": "Pult demo", "app_id": "abc123xy", "region": "US", "timezone": "Europe/Moscow",
        "admin_name": "Ольга", "admin_email": "owner@example.com",
    });
    assert_eq!(facts, expected);
    let other = one("check", json!({}), good(ME.replace("abc123xy", "zzz"))).await;
    assert!(matches!(&other, Err(Fail::Reauth { code, .. }) if code == "other_app"), "{other:?}");
    let without = one("check", json!({}), good("{}")).await;
    assert!(matches!(without, Err(Fail::Transient { .. })), "{without:?}");
}

#[tokio::test]
async fn failures_by_the_table() {
    for (status, code, wanted) in [
        (400, "parameter_invalid", "rejected"),
        (400, "intercom_version_invalid", "rejected"),
        (401, "token_unauthorized", "access"),
        (402, "something", "rejected"),
        (403, "api_plan_restricted", "access"),
        (404, "not_found", "rejected"),
        (409, "resource_conflict", "temporary"),
        (422, "validation_error", "rejected"),
        (429, "rate_limit_exceeded", "rate"),
        (500, "server_error", "temporary"),
        (503, "service_unavailable", "temporary"),
        // The words decide over a strange status, the status over strange words.
        (200, "not_found", "rejected"),
        (400, "rate_limit_exceeded", "rate"),
        (418, "service_unavailable", "temporary"),
        (500, "something_new", "temporary"),
        (429, "something_new", "rate"),
        (200, "something_new", "rejected"),
    ] {
        let fail = refused(status, code).await;
        assert!(fail.to_string().starts_with(wanted), "{status} {code}: {fail}");
        assert_eq!(fail.parts().0, code);
    }
    let plan = refused(402, "something").await;
    assert!(matches!(plan, Fail::Rejected { reason: Rejection::Policy, .. }), "{plan:?}");
    let fail = refused(404, "not_found").await;
    assert_eq!(fail.parts().1, "Resource Not Found (request_id 8c288c4f-b699-4209-9de4-064398f02785)");
    let silent = json!({"type": "error.list", "errors": [{"code": "data_invalid", "message": null, "field": "email"}]});
    let fail = one("check", json!({}), (422, None, silent.to_string())).await.expect_err("a failure");
    assert_eq!(fail.parts(), ("data_invalid", "HTTP 422 (field email)"));
}

#[tokio::test]
async fn a_note_is_never_made_twice() {
    let input = json!({"conversation_id": "1", "text": "Приглашён", "admin_id": "7"});
    let note = async |status, code: &str| {
        one("note", input.clone(), (status, None, error(code))).await.expect_err("a failure")
    };
    assert!(matches!(note(504, "server_error").await, Fail::Unknown { .. }));
    assert!(matches!(note(500, "server_error").await, Fail::Transient { .. }));
    assert!(matches!(note(409, "conflict").await, Fail::Rejected { .. }));
    assert!(matches!(note(404, "conversation_not_found").await, Fail::Rejected { reason: Rejection::BadRequest, .. }));
}

#[tokio::test]
async fn a_limit_lasts_until_the_window_ends() {
    let waits = async |header: Option<(&'static str, String)>| match one(
        "check",
        json!({}),
        (429, header, error("rate_limit_exceeded")),
    )
    .await
    {
        Err(Fail::Limited { scope: LimitScope::Connection, after_ms: Some(ms), .. }) => ms,
        other => panic!("{other:?}"),
    };
    let reset = |seconds: i64| Some(("x-ratelimit-reset", (NOW_MS / 1000 + seconds).to_string()));
    for (header, least) in [
        (reset(7), 7_000),
        (reset(-5), 0),
        // A clock that goes wrong stops nobody for a year.
        (reset(31_000_000), 600_000),
        (Some(("retry-after", "3".into())), 3_000),
        (Some(("x-ratelimit-reset", "soon".into())), 10_000),
        (None, 10_000),
    ] {
        let ms = waits(header.clone()).await;
        assert!((least..least + 1_000).contains(&ms), "{header:?}: {ms}");
    }
}

#[tokio::test]
async fn a_contact_is_found_where_it_went() {
    let input = json!({"id": "6762f1", "external_id": "70", "email": "anna@example.com"});
    let gone = |link: &str| (410, Some(("link", link.to_owned())), error("contact_merged"));
    let missing = || (404, None, error("not_found"));
    let found = |contacts: Json| good(json!({"type": "list", "data": contacts}).to_string());
    let heir = r#"</contacts/6762f1261bb69f9f2193bba7>; rel="canonical""#;

    let stage = Stage::new(vec![gone(heir), good(CONTACT)]).await;
    let got = stage.act("contact", input.clone()).await.expect("a contact");
    assert_eq!(got["fields"]["email"], "anna@example.com");
    assert_eq!(stage.calls(), ["GET /contacts/6762f1", "GET /contacts/6762f1261bb69f9f2193bba7"]);

    // Followed once: an heir that went on is somebody who is not there.
    let stage = Stage::new(vec![gone(heir)]).await;
    let fail = stage.act("contact", input.clone()).await;
    assert!(matches!(fail, Err(Fail::Rejected { reason: Rejection::Unreachable, .. })), "{fail:?}");
    assert_eq!(stage.calls().len(), 2);

    // Nobody has our id; a user comes before a lead that was there later.
    let contacts = json!([
        {"id": "a", "role": "lead", "email": "anna@example.com", "updated_at": 9},
        {"id": "b", "role": "user", "email": "anna@example.com", "updated_at": 5},
        {"id": "c", "role": "user", "email": "anna@example.com", "updated_at": 4},
    ]);
    for first in [missing(), gone("<https://elsewhere.example/contacts/1>; rel=\"canonical\"")] {
        let stage = Stage::new(vec![first, found(json!([])), found(contacts.clone())]).await;
        let got = stage.act("contact", input.clone()).await.expect("a contact");
        assert_eq!(got["fields"]["contact_id"], "b");
        let bodies: Vec<Json> =
            lock(&stage.asked)[1..].iter().map(|asked| asked.body["query"]["value"][0].clone()).collect();
        assert_eq!(
            bodies,
            [
                json!({"field": "external_id", "operator": "=", "value": "70"}),
                json!({"field": "email", "operator": "=", "value": "anna@example.com"}),
            ]
        );
    }

    let stage = Stage::new(vec![missing()]).await;
    let fail = stage.act("contact", json!({"id": "6762f1"})).await;
    assert!(matches!(fail, Err(Fail::Rejected { reason: Rejection::Unreachable, .. })), "{fail:?}");
    assert_eq!(stage.calls(), ["GET /contacts/6762f1"]);
}

#[tokio::test]
async fn a_conversation_is_read_with_its_contact() {
    let stage = Stage::new(vec![good(CONVERSATION), good(CONTACT)]).await;
    let got = stage.act("conversation", json!({"id": "215474300000001", "with_contact": true})).await.expect("read");
    let expected = json!({
        "conversation_id": "215474300000001", "state": "closed", "source_type": "conversation", "tags": ["VIP"],
        "ticket": false, "ai_agent": false, "rating": 5, "reopened": 0, "closed_by": "admin", "admin_id": "991267715",
        "admin_name": "Ольга", "assignee_id": "991267715", "team_id": "5017691",
        "contact_id": "6762f1261bb69f9f2193bba7", "external_id": "70", "email": "anna@example.com", "name": "Анна",
        "role": "user", "phone": "+79990000003", "locale": "ru", "hard_bounced": false, "unsubscribed": false,
        "spam": false,
    });
    assert_eq!(got, json!({"fields": expected, "updated_at": 1_760_003_600}));
    let stage = Stage::new(vec![good(CONVERSATION)]).await;
    let bare = stage.act("conversation", json!({"id": "215474300000001"})).await.expect("read");
    assert_eq!((&bare["fields"]["locale"], stage.calls().len()), (&Json::Null, 1));
}

#[tokio::test]
async fn the_sweep_looks_back_and_goes_on() {
    let stage = Stage::new(vec![good(SEARCH)]).await;
    let page = stage.act("closed_since", json!({"since": "1760000000", "cursor": "WzE2"})).await.expect("a page");
    assert_eq!(page["next"], "WzE3");
    assert_eq!(page["items"][0]["dedupe_key"], "closed:215474300000001:1760003600");
    assert_eq!(
        (&page["items"][0]["kind"], &page["items"][0]["account"]),
        (&json!("conversation_closed"), &json!("abc123xy"))
    );
    let asked = lock(&stage.asked)[0].clone();
    assert_eq!(asked.call, "POST /conversations/search");
    let expected = json!({
        "query": {"operator": "AND", "value": [
            {"field": "statistics.last_close_at", "operator": ">", "value": "1759999400"},
            {"field": "state", "operator": "=", "value": "closed"},
        ]},
        "pagination": {"per_page": 50, "starting_after": "WzE2"},
    });
    assert_eq!(asked.body, expected);
    let last =
        r#"{"type":"conversation.list","conversations":[],"total_count":0,"pages":{"type":"pages","next":null}}"#;
    let page = one("closed_since", json!({"since": 0}), good(last)).await.expect("a page");
    assert_eq!(page, json!({"items": [], "next": null, "total": 0}));
}

#[tokio::test]
async fn wrong_input_is_refused_without_a_call() {
    let stage = Stage::new(vec![good("{}")]).await;
    for (action, input) in [
        ("contact", json!({})),
        ("contact", json!({"id": "../admins"})),
        ("conversation", json!({"id": ".."})),
        ("closed_since", json!({})),
        ("tag", json!({"conversation_id": "1"})),
        ("tag", json!({"tag": "VIP"})),
        ("note", json!({"conversation_id": "1", "text": " "})),
        ("nothing", json!({})),
    ] {
        let got = stage.act(action, input).await;
        assert!(matches!(got, Err(Fail::Rejected { reason: Rejection::BadRequest, .. })), "{action}: {got:?}");
    }
    assert_eq!(stage.calls(), [""; 0]);
}
