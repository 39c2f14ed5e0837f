//! The messenger's 24 hours: what Pult knows beforehand, and what only the provider knows.

use super::PHONE;
use crate::support::{TestApp, eventually, json, text};

const DAY_MS: i64 = 24 * 60 * 60 * 1000;

#[tokio::test]
async fn after_a_day_only_a_template_goes() {
    let (app, api) = TestApp::with_api().await;
    let whatsapp = app.connect_whatsapp(&api).await;
    whatsapp.ask("clock", json!({"advance_ms": -DAY_MS - 60_000})).await;
    let chat = whatsapp.chat_begun(&api, PHONE).await;
    whatsapp.ask("clock", json!({"advance_ms": DAY_MS + 60_000})).await;
    let path = format!("/chats/{chat}/messages");
    api.post(&path, json!({"text": "Вы ещё тут?"})).await.refused(422, "window_closed");
    assert_eq!(api.messages(&chat).await.len(), 1, "nothing half done");
    let template = json!({"template": {"name": "order_ready", "language": "ru", "params": ["Анна", "1042"]}});
    let message = api.post(&path, template).await.good();
    api.message_in(&chat, text(&message, "id"), "read").await;
    assert_eq!(whatsapp.sent_to(PHONE).len(), 1);
    // The customer answers: free texts go again.
    whatsapp.customer_writes(PHONE, "Тут").await;
    whatsapp.chat_where(&api, PHONE, |chat| chat["waiting_since"].is_i64()).await;
    let message = api.says(&chat, "Отлично").await;
    api.message_in(&chat, &message, "read").await;
}

#[tokio::test]
async fn a_window_the_provider_closed_earlier_stops_the_message_with_its_reason() {
    for how in ["answer", "status"] {
        let (app, api) = TestApp::with_api().await;
        let whatsapp = app.connect_whatsapp(&api).await;
        let chat = whatsapp.chat_begun(&api, PHONE).await;
        whatsapp.ask("settings", json!({"window_error": how})).await;
        whatsapp.ask("clock", json!({"advance_ms": DAY_MS})).await;
        let message = api.says(&chat, "Вы ещё тут?").await;
        let message = api.message_in(&chat, &message, "failed").await;
        assert_eq!(text(&message, "error_code"), "131047", "{how}: {message}");
        let tries = whatsapp.sim.faults().waiting();
        assert_eq!(tries, 0);
    }
}

#[tokio::test]
async fn a_notice_that_comes_too_late_goes_as_a_template_once() {
    for how in ["answer", "status"] {
        let (app, api) = TestApp::with_api().await;
        let whatsapp = app.connect_whatsapp(&api).await;
        let chat = whatsapp.chat_begun(&api, PHONE).await;
        whatsapp.ask("settings", json!({"window_error": how})).await;
        whatsapp.ask("clock", json!({"advance_ms": DAY_MS})).await;
        let order = json!({"chat_id": chat, "items": [{"name": "Замена помпы", "price_minor": 320_000}]});
        let order = api.post("/orders", order).await.good();
        api.patch(&format!("/orders/{}", text(&order, "id")), json!({"status": "ready"})).await.good();
        let messages = eventually("the template is read", async || {
            let all = api.messages(&chat).await;
            all.iter().any(|m| m["kind"] == "template" && m["delivery"] == "read").then_some(all)
        })
        .await;
        let of = |kind: &str| messages.iter().filter(|m| m["sender"] == "system" && m["kind"] == kind).count();
        assert_eq!((of("text"), of("template")), (1, 1), "{how}");
        assert_eq!(whatsapp.sent_to(PHONE).iter().filter(|sent| sent["type"] == "template").count(), 1, "{how}");
    }
}
