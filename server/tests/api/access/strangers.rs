//! Own things cannot be tied to another organisation's: a foreign id inside a body is as good as none.

use super::{NOTHING, World};
use crate::support::{Api, Json, json, text};

/// The answer to a body with a foreign id is word for word the one to an id that nothing has.
async fn same(api: &Api, method: &str, path: &str, body: impl Fn(&str) -> Json, foreign: &str, status: u16) {
    let call = async |id: &str| match method {
        "POST" => api.post(path, body(id)).await,
        _ => api.patch(path, body(id)).await,
    };
    let (theirs, nothing) = (call(foreign).await, call(NOTHING).await);
    assert_eq!((theirs.status, &theirs.text), (nothing.status, &nothing.text), "{method} {path}");
    assert_eq!(theirs.status, status, "{method} {path}: {}", theirs.text);
    theirs.refused_somehow();
}

fn line() -> Json {
    json!({"name": "Работа", "price_minor": 100})
}

#[tokio::test]
async fn foreign_ids_in_bodies_are_as_good_as_none() {
    let world = World::new().await;
    let (ids, mine) = (&world.ids, &world.stranger);
    let before = world.snapshot().await;
    let contact = mine.post("/contacts", json!({"name": "Свой"})).await.good();
    let order = mine.post("/orders", json!({"contact_id": contact["id"], "items": [line()]})).await.good();
    let order_path = format!("/orders/{}", text(&order, "id"));
    let with = |name: &'static str| move |id: &str| json!({name: id, "items": [line()]});
    same(mine, "POST", "/orders", with("contact_id"), &ids["contact"], 404).await;
    same(mine, "POST", "/orders", with("chat_id"), &ids["chat"], 404).await;
    let contact_id = contact["id"].clone();
    let product = |id: &str| json!({"contact_id": contact_id, "items": [{"product_id": id, "quantity": 1}]});
    same(mine, "POST", "/orders", product, &ids["product"], 404).await;
    let member = |id: &str| json!({"contact_id": contact_id, "assignee_id": id, "items": [line()]});
    same(mine, "POST", "/orders", member, &ids["member"], 422).await;
    same(mine, "PATCH", &order_path, |id| json!({"assignee_id": id}), &ids["member"], 422).await;
    same(mine, "PATCH", &order_path, |id| json!({"items": [{"product_id": id}]}), &ids["product"], 404).await;

    let theirs = world.app.connect_whatsapp(mine).await;
    let chat = theirs.chat_begun(mine, "79161234567").await;
    let messages = format!("/chats/{chat}/messages");
    same(mine, "POST", &messages, |id| json!({"text": "Да", "reply_to": id}), &ids["message"], 404).await;
    same(mine, "PATCH", &format!("/chats/{chat}"), |id| json!({"assignee_id": id}), &ids["member"], 422).await;

    assert_eq!(world.snapshot().await, before);
    assert_eq!(mine.all("/orders", 50).await.len(), 1, "nothing half done");
    assert_eq!(mine.messages(&chat).await.len(), 1);
}
