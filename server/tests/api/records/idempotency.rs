//! `Idempotency-Key`: a create that is repeated happens once.

use super::contact;
use crate::support::{TestApp, items, json, text};
use futures::future::join_all;
use reqwest::Method;

#[tokio::test]
async fn the_same_key_gives_the_same_answer_and_one_row() {
    let (app, api) = TestApp::with_api().await;
    let body = json!({"name": "Анна", "phone": "+79161234567"});
    let first = api.post_once("order-1", "/contacts", body.clone()).await;
    let again = api.post_once("order-1", "/contacts", body.clone()).await;
    assert_eq!((first.status, again.status), (201, 201));
    assert_eq!(first.text, again.text);
    assert_eq!((first.header("idempotent-replayed"), again.header("idempotent-replayed")), ("", "true"));
    // Word for word the same answer, also when the thing has changed meanwhile.
    api.patch(&format!("/contacts/{}", text(&first.json(), "id")), json!({"name": "Другая"})).await.good();
    assert_eq!(api.post_once("order-1", "/contacts", body.clone()).await.text, first.text);
    assert_eq!(items(&api.get("/contacts").await.good()).len(), 1);
    // The key means nothing to another organisation.
    let other = app.api(&app.organisation("Юг").await, "*").await;
    let theirs = other.post_once("order-1", "/contacts", body).await;
    assert_eq!(theirs.status, 201);
    assert_ne!(theirs.json()["id"], first.json()["id"]);
}

#[tokio::test]
async fn the_same_key_for_another_request_is_refused() {
    let (_app, api) = TestApp::with_api().await;
    let made = api.post_once("k", "/contacts", json!({"name": "Анна"})).await.good();
    api.post_once("k", "/contacts", json!({"name": "Борис"})).await.refused(422, "idempotency_mismatch");
    api.post_once("k", "/products", json!({"name": "Анна", "price_minor": 1}))
        .await
        .refused(422, "idempotency_mismatch");
    assert_eq!(
        items(&api.get("/contacts").await.good()),
        [api.get(&format!("/contacts/{}", text(&made, "id"))).await.good()]
    );
    assert_eq!(items(&api.get("/products").await.good()).len(), 0);
}

#[tokio::test]
async fn a_request_that_failed_frees_its_key() {
    let (_app, api) = TestApp::with_api().await;
    api.post_once("k", "/contacts", json!({})).await.refused(422, "required");
    assert_eq!(api.post_once("k", "/contacts", json!({"name": "Анна"})).await.status, 201);
}

#[tokio::test]
async fn many_at_once_are_one() {
    let (app, api) = TestApp::with_api().await;
    let whatsapp = app.connect_whatsapp(&api).await;
    let chat = whatsapp.chat_begun(&api, "79161234567").await;
    let (path, body) = (format!("/chats/{chat}/messages"), json!({"text": "Один раз"}));
    let replies = join_all((0..20).map(|_| api.post_once("once", &path, body.clone()))).await;
    let made = replies.iter().filter(|reply| reply.status == 201 && reply.header("idempotent-replayed").is_empty());
    assert_eq!(made.count(), 1, "{replies:?}");
    for reply in replies.iter().filter(|reply| reply.status != 201) {
        reply.refused(409, "idempotency_in_progress");
    }
    let message = api.post_once("once", &path, body).await.good();
    api.message_in(&chat, text(&message, "id"), "read").await;
    assert_eq!(whatsapp.sent_to("79161234567").len(), 1);
}

#[tokio::test]
async fn keys_survive_a_restart() {
    let (mut app, api) = TestApp::with_api().await;
    let body = json!({"contact_id": contact(&api).await, "items": [{"name": "Работа", "price_minor": 100}]});
    let first = api.post_once("k", "/orders", body.clone()).await.good();
    app.kill9().await;
    app.serve().await;
    assert_eq!(api.post_once("k", "/orders", body).await.good(), first);
    assert_eq!(items(&api.get("/orders").await.good()).len(), 1);
}

#[tokio::test]
async fn a_key_that_is_none_is_refused() {
    let (_app, api) = TestApp::with_api().await;
    for key in ["", " ", &"k".repeat(256), "a b"] {
        let request =
            api.request(Method::POST, "/contacts").header("idempotency-key", key).json(&json!({"name": "Анна"}));
        crate::support::Reply::of(request).await.refused(400, "bad_request");
    }
    let request = api.request(Method::POST, "/contacts").json(&json!({"name": "Анна"}));
    let bytes = reqwest::header::HeaderValue::from_bytes(b"\xd0\xba").unwrap();
    crate::support::Reply::of(request.header("idempotency-key", bytes)).await.refused(400, "bad_request");
    assert_eq!(items(&api.get("/contacts").await.good()).len(), 0);
}
