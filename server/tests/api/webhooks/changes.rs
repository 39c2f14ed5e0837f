//! What customers do to messages already there, and files they send.

use crate::support::{Api, TestApp, Whatsapp, eventually, json, text};

const PHONE: &str = "79161234567";

async fn with_chat() -> (TestApp, Api, Whatsapp, String) {
    let (app, api) = TestApp::with_api().await;
    let whatsapp = app.connect_whatsapp(&api).await;
    let chat = whatsapp.chat_begun(&api, PHONE).await;
    (app, api, whatsapp, chat)
}

#[tokio::test]
async fn an_edit_changes_the_text_and_says_so() {
    let (_app, api, whatsapp, chat) = with_chat().await;
    whatsapp.customer(json!({"phone": PHONE, "edit": {"id": "last", "text": "Добрый вечер"}})).await;
    api.events_applied().await;
    let messages = api.messages(&chat).await;
    assert_eq!((messages.len(), text(&messages[0], "text")), (1, "Добрый вечер"));
    assert!(messages[0]["edited_at"].is_i64(), "{messages:?}");
}

#[tokio::test]
async fn a_message_taken_back_is_marked() {
    let (_app, api, whatsapp, chat) = with_chat().await;
    whatsapp.customer(json!({"phone": PHONE, "revoke": {"id": "last"}})).await;
    api.events_applied().await;
    let messages = api.messages(&chat).await;
    assert_eq!(messages.len(), 1);
    assert!(messages[0]["revoked_at"].is_i64(), "{messages:?}");
}

#[tokio::test]
async fn a_reaction_appears_changes_and_goes() {
    let (_app, api, whatsapp, chat) = with_chat().await;
    let message = api.says(&chat, "Заказ готов").await;
    api.message_in(&chat, &message, "read").await;
    for emoji in ["👍", "❤️"] {
        whatsapp.customer(json!({"phone": PHONE, "reaction": {"message_id": "last", "emoji": emoji}})).await;
        api.message_where(&chat, &message, "has the reaction", |message| {
            message["reactions"].as_object().is_some_and(|all| all.values().map(|v| v.as_str()).eq([Some(emoji)]))
        })
        .await;
    }
    whatsapp.customer(json!({"phone": PHONE, "reaction": {"message_id": "last", "emoji": ""}})).await;
    api.message_where(&chat, &message, "has no reaction", |m| m["reactions"].as_object().is_some_and(|r| r.is_empty()))
        .await;
    assert_eq!(api.messages(&chat).await.len(), 2, "a reaction is no message");
}

#[tokio::test]
async fn changes_to_messages_nobody_knows_are_kept_and_harmless() {
    let (_app, api, whatsapp, chat) = with_chat().await;
    whatsapp.customer(json!({"phone": PHONE, "edit": {"id": "wamid.none", "text": "?"}})).await;
    whatsapp.customer(json!({"phone": PHONE, "revoke": {"id": "wamid.none"}})).await;
    whatsapp.customer(json!({"phone": PHONE, "reaction": {"message_id": "wamid.none", "emoji": "👍"}})).await;
    let events = api.events_applied().await;
    assert_eq!(events.iter().filter(|event| event["note"] == "message_unknown").count(), 3, "{events:?}");
    assert_eq!(api.messages(&chat).await.len(), 1);
}

#[tokio::test]
async fn a_quoted_answer_points_at_our_message() {
    let (_app, api, whatsapp, chat) = with_chat().await;
    let question = api.says(&chat, "Доставить сегодня?").await;
    api.message_in(&chat, &question, "read").await;
    whatsapp.customer(json!({"phone": PHONE, "text": "Да", "reply_to": "last"})).await;
    api.events_applied().await;
    let messages = api.messages(&chat).await;
    let answer = messages.last().expect("an answer");
    assert_eq!((text(answer, "text"), text(answer, "reply_to")), ("Да", question.as_str()));
}

#[tokio::test]
async fn files_are_fetched_and_a_missing_one_is_said_to_be_missing() {
    let (_app, api, whatsapp, chat) = with_chat().await;
    for kind in ["image", "voice", "document", "video", "sticker"] {
        whatsapp.customer(json!({"phone": PHONE, kind: true})).await;
    }
    eventually("all files are there", async || {
        let messages = api.messages(&chat).await;
        let ready = messages.iter().filter(|message| message["file_state"] == "ready");
        (ready.filter(|message| message["file_size"].as_i64() > Some(0)).count() == 5).then_some(())
    })
    .await;
    let gone = json!({"type": "image", "image": {"id": "404404", "mime_type": "image/jpeg", "sha256": "4654Jh2ij6PzUvJ2ygrrtegrZMzRxkEPwc24Oyib4s0="}});
    whatsapp.customer(json!({"phone": PHONE, "raw": gone})).await;
    eventually("the missing file is given up", async || {
        api.messages(&chat).await.into_iter().find(|message| message["file_state"] == "failed")
    })
    .await;
}

#[tokio::test]
async fn every_kind_of_message_has_its_kind() {
    let (_app, api, whatsapp, chat) = with_chat().await;
    let person = json!({"name": {"formatted_name": "Иван Сидоров"}, "phones": [{"phone": "+7 916 765-43-21"}]});
    let basket = json!({"catalog_id": "1", "product_items": [{"product_retailer_id": "SKU-1", "quantity": 2, "item_price": 1490.0, "currency": "RUB"}]});
    let orders = [
        ("location", json!({"location": {"latitude": 55.7558, "longitude": 37.6173}})),
        ("contacts", json!({"contacts": [person]})),
        ("choice", json!({"button": {"payload": "invite:42:yes", "text": "Да"}})),
        ("choice", json!({"choice": {"id": "order:1042:confirm", "title": "Подтвердить"}})),
        ("choice", json!({"choice": {"id": "slot:10-12", "title": "10:00–12:00", "list": true}})),
        ("form", json!({"form": {"rating": "5"}})),
        ("cart", json!({"order": basket})),
        ("unsupported", json!({"unsupported": true})),
    ];
    for (_, order) in &orders {
        let mut order = order.clone();
        order["phone"] = PHONE.into();
        whatsapp.customer(order).await;
    }
    let events = api.events_applied().await;
    assert!(events.iter().all(|event| event["state"] == "done"), "{events:?}");
    let messages = api.messages(&chat).await;
    let kinds: Vec<_> = messages[1..].iter().map(|message| text(message, "kind").to_owned()).collect();
    assert_eq!(kinds, orders.map(|(kind, _)| kind));
}
