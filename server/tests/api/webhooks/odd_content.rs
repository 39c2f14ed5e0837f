//! Texts as people and machines really send them: none of them breaks anything.

use crate::support::{TestApp, items, json, text, text_message};

#[tokio::test]
async fn emoji_right_to_left_and_control_characters_arrive_as_sent() {
    let (app, api) = TestApp::with_api().await;
    let whatsapp = app.connect_whatsapp(&api).await;
    let texts = [
        "👩‍👩‍👧‍👦🏳️‍🌈 é ё Ё",
        "שלום עולם \u{202e}gnp.exe مرحبا",
        "<img src=x onerror=alert(1)> ' OR 1=1; --",
        "строка\nстрока\tс табуляцией",
        "\u{feff}\u{200b}\u{2028}",
        "%s %n {0} ${jndi:ldap://x} \\u0000",
    ];
    for words in texts {
        whatsapp.customer_writes("79161234567", words).await;
    }
    api.events_applied().await;
    let chat = whatsapp.chat(&api, "79161234567").await;
    let messages = api.messages(text(&chat, "id")).await;
    let arrived: Vec<_> = messages.iter().map(|message| text(message, "text").to_owned()).collect();
    assert_eq!(arrived, texts);
}

#[tokio::test]
async fn a_nul_character_is_left_out_and_stops_nothing() {
    let (app, api) = TestApp::with_api().await;
    let whatsapp = app.connect_whatsapp(&api).await;
    let contact = json!({"profile": {"name": "А\0нна"}, "wa_id": "79161234567"});
    let raw = json!({"type": "text", "text": {"body": "до\0после"}, "context": {"id": "wamid.\0"}});
    assert!(contact["profile"]["name"].is_string());
    whatsapp.customer(json!({"phone": "79161234567", "name": "А\0нна", "raw": raw})).await;
    whatsapp.customer_writes("79161234567", "\0").await;
    whatsapp.customer(json!({"phone": "79161234567", "reaction": {"message_id": "wamid.\0", "emoji": "\0"}})).await;
    let events = api.events_applied().await;
    assert!(events.iter().all(|event| event["state"] != "failed"), "{events:?}");
    let chat = whatsapp.chat(&api, "79161234567").await;
    let messages = api.messages(text(&chat, "id")).await;
    assert_eq!(messages.len(), 2, "{messages:?}");
    let first = text(&messages[0], "text");
    assert!(first.contains("до") && first.contains("после") && !first.contains('\0'), "{first:?}");
    assert!(!text(&chat, "contact_name").contains('\0'), "{chat}");
}

#[tokio::test]
async fn a_megabyte_of_text_is_taken_or_refused_but_breaks_nothing() {
    let (app, api) = TestApp::with_api().await;
    let whatsapp = app.connect_whatsapp(&api).await;
    let long = "ё".repeat(512 * 1024);
    let reply = whatsapp.post(text_message("wamid.long", "79161234567", &long)).await;
    assert_eq!(reply.status, 200, "{reply:?}");
    let names = format!("{{\"{}\": 1}}", "k".repeat(1024 * 1024));
    assert_eq!(
        whatsapp
            .post(format!(r#"{{"entry":[{{"id":"1","changes":[{{"field":"x","value":{names}}}]}}]}}"#))
            .await
            .status,
        200
    );
    // Ids and field names nobody expects to be long.
    let endless = "9".repeat(300_000);
    for body in [
        text_message(&endless, "79161234567", "длинный номер сообщения"),
        text_message("wamid.phone", &endless, "длинный телефон"),
        format!(r#"{{"entry":[{{"id":"{endless}","changes":[{{"field":"{endless}","value":{{}}}}]}}]}}"#).into_bytes(),
    ] {
        let reply = whatsapp.post(body).await;
        assert!(reply.status == 200 || (400..500).contains(&reply.status), "{} {}", reply.status, reply.text);
    }
    let events = api.events_applied().await;
    assert!(events.iter().all(|event| event["state"] != "failed"), "{events:?}");
    let chat = whatsapp.chat(&api, "79161234567").await;
    let messages = api.messages(text(&chat, "id")).await;
    assert_eq!(text(&messages[0], "text").chars().count(), 512 * 1024, "nothing was cut off");
    assert!(text(&chat, "preview").chars().count() <= 200, "the list stays light");
    // The next customer does not notice.
    whatsapp.customer_writes("79997654321", "Здравствуйте").await;
    whatsapp.chat(&api, "79997654321").await;
}

#[tokio::test]
async fn rest_refuses_what_is_too_long() {
    let (app, api) = TestApp::with_api().await;
    let whatsapp = app.connect_whatsapp(&api).await;
    let chat = whatsapp.chat_begun(&api, "79161234567").await;
    let path = format!("/chats/{chat}/messages");
    api.post(&path, json!({"text": "ё".repeat(5_000)})).await.refused(422, "too_long");
    api.post(&path, json!({"text": "ё".repeat(500_000)})).await.refused(422, "too_long");
    api.post(&path, json!({"text": "x".repeat(1024 * 1024)})).await.refused(413, "file_too_large");
    api.post("/contacts", json!({"name": "x".repeat(1024 * 1024)})).await.refused(413, "file_too_large");
    api.post("/contacts", json!({"name": "ё".repeat(400_000)})).await.refused(422, "too_long");
    api.post(&path, json!({"text": " \0 \n "})).await.refused(422, "required");
    assert_eq!(api.messages(&chat).await.len(), 1);
    assert_eq!(items(&api.get("/contacts").await.good()).len(), 1);
    assert_eq!(whatsapp.sent_to("79161234567").len(), 0);
}
