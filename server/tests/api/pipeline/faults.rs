//! The provider in trouble: what is tried again, what is not, and how both are seen.

use super::{PHONE, with_chat};
use crate::support::{Json, eventually, items, json, text};
use connectors::simulator::FaultOrder;

fn fail(status: u16, code: i64) -> FaultOrder {
    FaultOrder { fail_next: 1, status, code, ..FaultOrder::default() }
}

fn outcomes(card: &Json) -> Vec<(&str, &str)> {
    let attempts = card["attempts"].as_array().expect("attempts");
    attempts.iter().map(|attempt| (text(attempt, "outcome"), text(attempt, "code"))).collect()
}

#[tokio::test]
async fn too_many_and_a_broken_server_are_tried_again_and_end_well() {
    let (_app, api, whatsapp, chat) = with_chat().await;
    whatsapp.sends_suffer(fail(429, 130429));
    whatsapp.sends_suffer(FaultOrder { retry_after: Some(1), ..fail(429, 0) });
    whatsapp.sends_suffer(fail(500, 0));
    let message = api.says(&chat, "Здравствуйте").await;
    // While it waits, the page can say so.
    let waiting =
        api.message_where(&chat, &message, "waits for its next try", |m| m["job_attempts"].as_i64() == Some(1)).await;
    assert!(waiting["job_run_at"].is_i64() && waiting["delivery"] == "queued", "{waiting}");
    let message = api.message_in(&chat, &message, "read").await;
    let card = api.job_in(&message, "done").await;
    assert_eq!(outcomes(&card), [("limited", "130429"), ("limited", "429"), ("retry", "500"), ("done", "")]);
    assert_eq!(card["job"]["attempts"], 1, "waiting for a limit is no failure: {card}");
    assert_eq!(whatsapp.sent_to(PHONE).len(), 1);
}

#[tokio::test]
async fn what_comes_after_a_waiting_message_waits_too() {
    let (_app, api, whatsapp, chat) = with_chat().await;
    whatsapp.sends_suffer(fail(503, 131016));
    api.says(&chat, "Первое").await;
    let second = api.says(&chat, "Второе").await;
    // Another customer is not kept waiting.
    let other = whatsapp.chat_begun(&api, "79997654321").await;
    let elsewhere = api.says(&other, "Другому").await;
    api.message_in(&other, &elsewhere, "read").await;
    assert!(whatsapp.sent_to(PHONE).is_empty(), "the second message overtook the first");
    api.message_in(&chat, &second, "read").await;
    let sent: Vec<_> =
        whatsapp.sent_to(PHONE).iter().map(|sent| text(&sent["body"]["text"], "body").to_owned()).collect();
    assert_eq!(sent, ["Первое", "Второе"]);
}

#[tokio::test]
async fn a_permanent_refusal_is_dead_with_its_reason_and_can_be_retried() {
    let (app, api, whatsapp, chat) = with_chat().await;
    whatsapp.sends_suffer(fail(400, 131009));
    let message = api.says(&chat, "Здравствуйте").await;
    let message = api.message_in(&chat, &message, "failed").await;
    assert_eq!(text(&message, "error_code"), "131009");
    let card = api.job_in(&message, "dead").await;
    assert_eq!(outcomes(&card), [("dead", "131009")]);
    assert!(text(&card["job"], "detail").len() > 5, "{card}");
    assert_eq!(app.metric("jobs_dead_total").await, 1);
    let dead = api.get("/jobs?state=dead").await.good();
    assert_eq!(items(&dead).len(), 1);

    let job = text(&card["job"], "id");
    let again = api.post(&format!("/jobs/{job}/retry"), json!({})).await.good();
    assert!(matches!(text(&again["job"], "state"), "ready" | "running" | "done"), "{again}");
    let message = api.message_in(&chat, text(&message, "id"), "read").await;
    assert!(message["error_code"].is_null(), "{message}");
    assert_eq!(outcomes(&api.job_in(&message, "done").await), [("dead", "131009"), ("done", "")]);
    assert_eq!(whatsapp.sent_to(PHONE).len(), 1);
    api.post(&format!("/jobs/{job}/retry"), json!({})).await.refused(409, "job_state");
    api.post(&format!("/jobs/{job}/cancel"), json!({})).await.refused(409, "job_state");
}

#[tokio::test]
async fn a_waiting_message_can_be_cancelled() {
    let (_app, api, whatsapp, chat) = with_chat().await;
    whatsapp.sends_suffer(fail(500, 0));
    let message = api.says(&chat, "Передумали").await;
    let waiting = api.message_where(&chat, &message, "waits", |m| m["job_attempts"].as_i64() == Some(1)).await;
    let cancelled = api.post(&format!("/jobs/{}/cancel", text(&waiting, "job_id")), json!({})).await.good();
    assert_eq!(text(&cancelled["job"], "state"), "cancelled");
    let message = api.message_in(&chat, &message, "failed").await;
    assert_eq!(text(&message, "error_code"), "cancelled");
    // The next one does not wait for it.
    let next = api.says(&chat, "Вместо этого").await;
    api.message_in(&chat, &next, "read").await;
    assert_eq!(whatsapp.sent_to(PHONE).len(), 1);
}

#[tokio::test]
async fn a_customer_who_cannot_be_reached_does_not_stop_the_others() {
    let (_app, api, whatsapp, chat) = with_chat().await;
    whatsapp.sends_suffer(fail(400, 131026));
    let message = api.says(&chat, "Вы тут?").await;
    let message = api.message_in(&chat, &message, "failed").await;
    assert_eq!(text(&message, "error_code"), "131026");
    let connection = api.get(&format!("/connections/{}", whatsapp.connection_id)).await.good();
    assert_eq!(text(&connection["connection"], "state"), "active", "{connection}");
    let other = whatsapp.chat_begun(&api, "79997654321").await;
    let elsewhere = api.says(&other, "Другому").await;
    api.message_in(&other, &elsewhere, "read").await;
}

#[tokio::test]
async fn a_provider_that_is_away_is_tried_again() {
    let (app, api, whatsapp, chat) = with_chat().await;
    let address = whatsapp.sim.addr();
    let settings = whatsapp.sim.settings();
    drop(whatsapp);
    eventually("nobody listens there any more", async || tokio::net::TcpStream::connect(address).await.err()).await;
    let message = api.says(&chat, "Здравствуйте").await;
    let waiting = api.message_where(&chat, &message, "waits", |m| m["job_attempts"].as_i64() == Some(1)).await;
    let card = api.get(&format!("/jobs/{}", text(&waiting, "job_id"))).await.good();
    assert_eq!(outcomes(&card), [("retry", "connect")]);
    // No secret of the connection is in what people see.
    for secret in ["app_secret", "access_token"] {
        assert!(!card.to_string().contains(settings[secret].as_str().expect("a secret")), "{card}");
    }
    let back = connectors::whatsapp::simulator::Simulator::start(address).await.expect("the same address");
    back.ask("settings", json!({"window": false, "statuses": false})).await.expect("settings");
    api.message_in(&chat, &message, "accepted").await;
    assert_eq!(back.sent().len(), 1);
    assert!(!app.log().contains(settings["access_token"].as_str().expect("a token")), "secrets stay out of the log");
}
