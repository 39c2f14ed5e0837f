//! A message on its way out.

use super::{PHONE, with_chat};
use crate::support::{items, json, text};

#[tokio::test]
async fn a_text_goes_out_and_its_ticks_come_back() {
    let (_app, api, whatsapp, chat) = with_chat().await;
    whatsapp.ask("settings", json!({"statuses": false})).await;
    let reply = api.post(&format!("/chats/{chat}/messages"), json!({"text": "Ваш заказ 1042 готов 👍"})).await;
    assert_eq!(reply.status, 201, "{reply:?}");
    let message = reply.json();
    assert_eq!(
        (text(&message, "sender"), text(&message, "kind"), text(&message, "delivery")),
        ("member", "text", "queued")
    );
    let id = text(&message, "id");
    api.message_in(&chat, id, "accepted").await;
    let sent = whatsapp.sent_to(PHONE);
    assert_eq!(sent.len(), 1);
    let body = &sent[0]["body"];
    assert_eq!(
        (text(body, "messaging_product"), text(body, "type"), text(&body["text"], "body")),
        ("whatsapp", "text", "Ваш заказ 1042 готов 👍")
    );
    let job = api.job_in(&message, "done").await;
    assert_eq!(text(body, "biz_opaque_callback_data"), format!("job:{}", text(&job["job"], "id")));
    for status in ["sent", "delivered", "read"] {
        whatsapp.ask("status", json!({"id": sent[0]["id"], "status": status})).await;
        let message = api.message_in(&chat, id, status).await;
        assert!(message["delivery_at"].is_i64(), "{message}");
    }
    // The chat is answered now.
    let chat = api.get(&format!("/chats/{chat}")).await.good();
    assert!(chat["waiting_since"].is_null(), "{chat}");
    assert_eq!(text(&chat, "preview"), "Ваш заказ 1042 готов 👍");
    assert_eq!((job["attempts"].as_array().map(Vec::len), text(&job["job"], "cause_kind")), (Some(1), "key"), "{job}");
}

#[tokio::test]
async fn messages_of_one_chat_keep_their_order() {
    let (_app, api, whatsapp, chat) = with_chat().await;
    whatsapp.ask("settings", json!({"statuses": false})).await;
    let mut last = String::new();
    for n in 0..12 {
        last = api.says(&chat, &format!("Строка {n}")).await;
    }
    api.message_in(&chat, &last, "accepted").await;
    let sent: Vec<_> =
        whatsapp.sent_to(PHONE).iter().map(|sent| text(&sent["body"]["text"], "body").to_owned()).collect();
    assert_eq!(sent, (0..12).map(|n| format!("Строка {n}")).collect::<Vec<_>>());
}

#[tokio::test]
async fn buttons_quotes_and_templates_have_the_providers_form() {
    let (_app, api, whatsapp, chat) = with_chat().await;
    let path = format!("/chats/{chat}/messages");
    let question = api.messages(&chat).await[0].clone();
    let bodies = [
        json!({"text": "Подтвердить?", "buttons": ["Да", "Нет"]}),
        json!({"text": "На ваш вопрос", "reply_to": question["id"]}),
        json!({"template": {"name": "order_ready", "language": "ru", "params": ["Анна", "1042"]}}),
    ];
    for body in bodies {
        let message = api.post(&path, body).await.good();
        api.message_in(&chat, text(&message, "id"), "read").await;
    }
    let sent = whatsapp.sent_to(PHONE);
    assert_eq!(sent.len(), 3);
    let buttons = &sent[0]["body"]["interactive"]["action"]["buttons"];
    assert_eq!(
        (buttons[0]["reply"]["title"].as_str(), buttons[1]["reply"]["title"].as_str()),
        (Some("Да"), Some("Нет"))
    );
    assert!(
        sent[1]["body"]["context"]["message_id"].as_str().is_some_and(|id| id.starts_with("wamid.")),
        "{}",
        sent[1]
    );
    assert_eq!(
        (
            text(&sent[2]["body"]["template"], "name"),
            sent[2]["body"]["template"]["components"][0]["parameters"][1]["text"].as_str()
        ),
        ("order_ready", Some("1042"))
    );
    // What the customer reads, where the text of the template is known.
    let messages = api.messages(&chat).await;
    assert_eq!(text(&messages[3], "text"), "Анна, заказ 1042 готов.");
}

#[tokio::test]
async fn nothing_to_say_is_refused_with_its_field() {
    let (_app, api, whatsapp, chat) = with_chat().await;
    let path = format!("/chats/{chat}/messages");
    let nobody = "0198c0de-0000-7000-8000-000000000000";
    for (body, status, code) in [
        (json!({}), 422, "required"),
        (json!({"text": ""}), 422, "required"),
        (json!({"text": "Вопрос", "buttons": ["Да", "Нет", "Может", "Быть"]}), 422, "too_long"),
        (json!({"text": "Вопрос", "buttons": ["слишком длинное название кнопки"]}), 422, "too_long"),
        (json!({"text": "Ответ", "reply_to": nobody}), 404, "not_found"),
        (json!({"file_id": nobody}), 404, "not_found"),
        (json!({"text": "Да", "bold": true}), 400, "bad_request"),
        (json!({"text": 5}), 400, "bad_request"),
        (json!([]), 400, "bad_request"),
    ] {
        api.post(&path, body.clone()).await.refused(status, code);
    }
    api.post(&format!("/chats/{nobody}/messages"), json!({"text": "Да"})).await.refused(404, "not_found");
    assert_eq!(api.messages(&chat).await.len(), 1);
    let jobs = api.get("/jobs?kind=send_message").await.good();
    assert!(items(&jobs).is_empty() && whatsapp.sent_to(PHONE).is_empty(), "{jobs}");
}
