//! Providers repeat and gather: everything once, however often and in whatever company it comes.

use crate::support::{TestApp, envelope, items, json, text, text_message, value_of};

#[tokio::test]
async fn the_same_webhook_twice_is_one_message() {
    let (app, api) = TestApp::with_api().await;
    let whatsapp = app.connect_whatsapp(&api).await;
    let body = text_message("wamid.twice", "79161234567", "Здравствуйте");
    for _ in 0..2 {
        assert_eq!(whatsapp.post(body.clone()).await.status, 200);
    }
    let events = api.events_applied().await;
    assert_eq!(events.len(), 1, "{events:?}");
    assert_eq!((app.metric("events_stored_total").await, app.metric("events_repeated_total").await), (1, 1));
    let chat = whatsapp.chat(&api, "79161234567").await;
    assert_eq!((chat["unread"].as_i64(), api.messages(text(&chat, "id")).await.len()), (Some(1), 1));
    // Also much later, and with the same message written in another order.
    let again = String::from_utf8(body).expect("UTF-8").replace(r#""type":"text""#, r#""type": "text""#);
    assert_eq!(whatsapp.post(again).await.status, 200);
    assert_eq!(api.events_applied().await.len(), 1);
}

#[tokio::test]
async fn twenty_at_once_are_one_message() {
    let (app, api) = TestApp::with_api().await;
    let whatsapp = app.connect_whatsapp(&api).await;
    let body = text_message("wamid.many", "79161234567", "Здравствуйте");
    let replies = futures::future::join_all((0..20).map(|_| whatsapp.post(body.clone()))).await;
    assert!(replies.iter().all(|reply| reply.status == 200), "{replies:?}");
    assert_eq!(api.events_applied().await.len(), 1);
    let chat = whatsapp.chat(&api, "79161234567").await;
    assert_eq!((chat["unread"].as_i64(), api.messages(text(&chat, "id")).await.len()), (Some(1), 1));
    assert_eq!(items(&api.get("/contacts").await.good()).len(), 1);
}

#[tokio::test]
async fn twenty_first_messages_of_one_person_at_once_are_one_chat() {
    let (app, api) = TestApp::with_api().await;
    let whatsapp = app.connect_whatsapp(&api).await;
    let bodies = (0..20).map(|n| text_message(&format!("wamid.{n}"), "79161234567", &format!("Сообщение {n}")));
    let replies = futures::future::join_all(bodies.map(|body| whatsapp.post(body))).await;
    assert!(replies.iter().all(|reply| reply.status == 200), "{replies:?}");
    assert_eq!(api.events_applied().await.len(), 20);
    assert_eq!(items(&api.get("/chats").await.good()).len(), 1);
    let chat = whatsapp.chat(&api, "79161234567").await;
    assert_eq!(api.messages(text(&chat, "id")).await.len(), 20);
}

#[tokio::test]
async fn a_thousand_updates_in_one_webhook() {
    let (app, api) = TestApp::with_api().await;
    let whatsapp = app.connect_whatsapp(&api).await;
    let phone = |n: usize| format!("7916{:07}", n % 10);
    let message = |n: usize| json!({"from": phone(n), "id": format!("wamid.{n}"), "timestamp": "1789600060", "type": "text", "text": {"body": format!("Сообщение {n}")}});
    let contacts: Vec<_> =
        (0..10).map(|n| json!({"profile": {"name": format!("Клиент {n}")}, "wa_id": phone(n)})).collect();
    let body = envelope(
        "messages",
        value_of(json!({"contacts": contacts, "messages": (0..1000).map(message).collect::<Vec<_>>()})),
    );
    // Twice, because what is large times out at the provider and is repeated.
    for _ in 0..2 {
        assert_eq!(whatsapp.post(body.clone()).await.status, 200);
    }
    assert_eq!(api.events_applied().await.len(), 1000);
    for n in 0..10 {
        let chat = whatsapp.chat(&api, &phone(n)).await;
        assert_eq!(chat["contact_name"], format!("Клиент {n}"));
        let messages = api.messages(text(&chat, "id")).await;
        let texts: Vec<_> = messages.iter().map(|message| text(message, "text").to_owned()).collect();
        assert_eq!(
            texts,
            (0..100).map(|m| format!("Сообщение {}", m * 10 + n)).collect::<Vec<_>>(),
            "in the order sent"
        );
    }
}
