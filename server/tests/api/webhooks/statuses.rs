//! Delivery reports: in any order, repeated, early, late and bad.

use crate::support::{Api, Json, TestApp, Whatsapp, envelope, json, text, value_of};
use axum::body::Bytes;
use connectors::whatsapp::simulator::Simulator;
use std::sync::Arc;
use tokio::sync::Notify;

const PHONE: &str = "79161234567";

async fn with_chat() -> (TestApp, Api, Whatsapp, String) {
    let (app, api) = TestApp::with_api().await;
    let whatsapp = app.connect_whatsapp(&api).await;
    let chat = whatsapp.chat_begun(&api, PHONE).await;
    (app, api, whatsapp, chat)
}

/// A report as the provider writes it, about any id.
fn report(id: &str, status: &str) -> Vec<u8> {
    let status = json!({"id": id, "status": status, "timestamp": "1789600060", "recipient_id": PHONE});
    envelope("messages", value_of(json!({"statuses": [status]})))
}

#[tokio::test]
async fn reversed_and_doubled_reports_end_at_read() {
    let (_app, api, whatsapp, chat) = with_chat().await;
    whatsapp.ask("settings", json!({"order": "reverse", "duplicates": 2})).await;
    let message = api.says(&chat, "Готово").await;
    api.message_in(&chat, &message, "read").await;
    let all_reported =
        |sent: &[Json]| sent.iter().all(|sent| sent["statuses"].as_array().is_some_and(|s| s.len() == 3));
    crate::support::eventually("all reports are posted", async || all_reported(&whatsapp.sent_to(PHONE)).then_some(()))
        .await;
    api.events_applied().await;
    let message = api.message_in(&chat, &message, "read").await;
    assert!(message["error_code"].is_null(), "{message}");
    // One more of each, out of turn: nothing goes back.
    let id = text(&whatsapp.sent_to(PHONE)[0], "id").to_owned();
    for status in ["sent", "delivered", "read", "failed"] {
        whatsapp.ask("status", json!({"id": id, "status": status})).await;
    }
    api.events_applied().await;
    api.message_in(&chat, text(&message, "id"), "read").await;
}

#[tokio::test]
async fn a_failure_reported_later_comes_with_its_reason() {
    let (_app, api, whatsapp, chat) = with_chat().await;
    whatsapp.ask("settings", json!({"undeliverable": {PHONE: 131026}})).await;
    let message = api.says(&chat, "Вы тут?").await;
    let message = api.message_in(&chat, &message, "failed").await;
    assert_eq!(text(&message, "error_code"), "131026");
    assert!(text(&message, "error_detail").len() > 5, "{message}");
    assert_eq!(whatsapp.sent_to(PHONE).len(), 1, "a failed message is not repeated by itself");
}

#[tokio::test]
async fn a_report_about_nobodys_message_is_harmless() {
    let (_app, api, whatsapp, chat) = with_chat().await;
    for status in ["sent", "delivered", "read", "played", "failed", "levitated"] {
        assert_eq!(whatsapp.post(report("wamid.unheard-of", status)).await.status, 200);
    }
    let events = api.events_applied().await;
    assert!(events.iter().all(|event| event["state"] != "failed"), "{events:?}");
    assert_eq!(api.messages(&chat).await.len(), 1);
}

/// The provider reports before our call has its answer: kept, and applied when the answer names the message.
#[tokio::test]
async fn a_report_may_come_before_the_answer_of_the_call() {
    let (app, api) = TestApp::with_api().await;
    let sim = Simulator::start(([127, 0, 0, 1], 0).into()).await.expect("simulator");
    sim.ask("settings", json!({"statuses": false})).await.expect("settings");
    let answers = Arc::new(Notify::new());
    let mut settings = Json::Object(sim.settings());
    settings["base_url"] = slow_road(sim.base_url.clone(), answers.clone()).await.into();
    let whatsapp = app.connect_settings(&api, sim, settings).await;
    let chat = whatsapp.chat_begun(&api, PHONE).await;

    let message = api.says(&chat, "Здравствуйте").await;
    let sent = crate::support::eventually("it was sent", async || whatsapp.sent_to(PHONE).pop()).await;
    let reports = ["sent", "delivered"].map(|status| report(text(&sent, "id"), status));
    for report in reports {
        assert_eq!(whatsapp.post(report).await.status, 200);
    }
    api.events_applied().await;
    let waiting = api.message_where(&chat, &message, "is there", |_| true).await;
    assert_eq!(waiting["delivery"], "queued", "nobody knows yet whose report it is: {waiting}");
    answers.notify_one();
    api.message_in(&chat, &message, "delivered").await;
}

/// A road to the provider on which answers to messages wait until they are let through.
async fn slow_road(provider: String, answers: Arc<Notify>) -> String {
    let http = reqwest::Client::builder().no_proxy().build().expect("HTTP client");
    let forward = move |request: axum::extract::Request| {
        let (provider, answers, http) = (provider.clone(), answers.clone(), http.clone());
        async move {
            let (parts, body) = request.into_parts();
            let body = axum::body::to_bytes(body, usize::MAX).await.expect("body");
            let is_message = parts.uri.path().ends_with("/messages");
            let mut headers = parts.headers;
            headers.remove("host");
            let onward = http.request(parts.method, format!("{provider}{}", parts.uri)).headers(headers).body(body);
            let answer = onward.send().await.expect("the provider answers");
            let status = answer.status();
            let body: Bytes = answer.bytes().await.expect("an answer");
            if is_message {
                answers.notified().await;
            }
            (status, [("content-type", "application/json")], body)
        }
    };
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("listen");
    let address = listener.local_addr().expect("address");
    let road = axum::Router::new().fallback(forward);
    tokio::spawn(async move { axum::serve(listener, road).await });
    format!("http://{address}")
}
