//! Another writer holds the database.

use crate::support::{PASSWORD, TestApp, items, json, text, text_message};

#[tokio::test]
async fn nothing_is_acknowledged_while_nothing_can_be_written() {
    let (app, api) = TestApp::with_api().await;
    let organisation = app.organisation("Юг").await;
    let whatsapp = app.connect_whatsapp(&api).await;
    let chat = whatsapp.chat_begun(&api, "79161234567").await;
    let owner = app.owner(&organisation).await;
    let contacts = api.all("/contacts", 50).await.len();

    let blocked = app.database.block().await;
    let body = text_message("wamid.locked", "79161234567", "Пока заперто");
    let contact = json!({"name": "Пока заперто"});
    let path = format!("/chats/{chat}/messages");
    let mut browser = app.browser();
    let fields = [("email", organisation.owner_email.as_str()), ("password", PASSWORD)];
    let (hook, create, once, send, function, sign_in) = tokio::join!(
        whatsapp.post(body.clone()),
        api.post("/contacts", contact.clone()),
        api.post_once("k", "/contacts", contact.clone()),
        api.post(&path, json!({"text": "Пока заперто"})),
        owner.server_fn("contacts_create", json!({"contact": contact})),
        browser.post_form("/auth/sign-in", &fields),
    );
    for refused in [&hook, &create, &once, &send] {
        refused.refused(503, "storage_unavailable");
    }
    assert_eq!((function.status, text(&function.json(), "code")), (503, "storage_unavailable"));
    assert_eq!((sign_in.status, browser.cookie.as_str()), (503, ""), "{sign_in:?}");
    // Reading goes on, and the program is alive.
    assert_eq!(api.all("/contacts", 50).await.len(), contacts);
    assert_eq!(app.visit("/healthz").await.status, 200);

    blocked.release().await;
    // What was refused was not done; what the provider repeats is taken, once.
    assert_eq!(api.all("/contacts", 50).await.len(), contacts);
    assert_eq!(whatsapp.post(body).await.status, 200);
    assert_eq!(api.events_applied().await.len(), 2);
    assert_eq!(api.messages(&chat).await.len(), 2);
    assert_eq!(api.post_once("k", "/contacts", contact).await.status, 201, "the key was not used up");
    let message = api.says(&chat, "Снова открыто").await;
    api.message_in(&chat, &message, "read").await;
    assert_eq!(whatsapp.sent_to("79161234567").len(), 1);
    browser.sign_in(&organisation.owner_email, PASSWORD).await;
}

#[tokio::test]
async fn work_under_way_waits_for_the_lock_and_ends_well() {
    let (app, api) = TestApp::with_api().await;
    let whatsapp = app.connect_whatsapp(&api).await;
    let chat = whatsapp.chat_begun(&api, "79161234567").await;
    whatsapp.ask("settings", json!({"retry_first_ms": 100})).await;
    // The provider has the message and reports on it, while we cannot write down its answer.
    whatsapp.ask("faults", json!({"latency_ms": 200})).await;
    let message = api.says(&chat, "Записать не вышло").await;
    let blocked = app.database.block().await;
    crate::support::eventually("the provider has it", async || whatsapp.sent_to("79161234567").pop()).await;
    let refused = api.post("/contacts", json!({"name": "Пока заперто"})).await;
    refused.refused(503, "storage_unavailable");
    blocked.release().await;
    let done = api.message_in(&chat, &message, "read").await;
    api.job_in(&done, "done").await;
    assert_eq!(whatsapp.sent_to("79161234567").len(), 1, "sent twice");
    assert!(items(&api.get("/jobs?state=dead").await.good()).is_empty());
}
