//! The life of an order.

use super::{contact, order, product};
use crate::support::{TestApp, json, text};

#[tokio::test]
async fn an_order_has_number_lines_total_and_history() {
    let (_app, api) = TestApp::with_api().await;
    let first = order(&api).await;
    assert_eq!((first["number"].as_i64(), text(&first, "status"), text(&first, "source")), (Some(1), "new", "api"));
    assert_eq!((first["total_minor"].as_i64(), text(&first, "currency")), (Some(2 * 149_000 + 25_025), "RUB"));
    assert_eq!(text(&first["items"][0], "name"), "Чехол");
    assert_eq!((first["items"][1]["quantity_milli"].as_i64(), first["rev"].as_i64()), (Some(500), Some(1)));
    assert_eq!(order(&api).await["number"], 2, "numbers follow each other");
    let path = format!("/orders/{}", text(&first, "id"));
    // The price of the moment stays, whatever the catalogue does later.
    let product = format!("/products/{}", text(&first["items"][0], "product_id"));
    api.patch(&product, json!({"price_minor": 1, "name": "Другое"})).await.good();
    assert_eq!(api.get(&path).await.good()["total_minor"], first["total_minor"]);
    api.post(&format!("{path}/comments"), json!({"text": "Позвонить завтра"})).await.good();
    for (status, reason) in
        [("in_progress", ""), ("ready", ""), ("in_progress", "скол"), ("ready", ""), ("delivered", "")]
    {
        let changed = api.patch(&path, json!({"status": status, "reason": reason})).await.good();
        assert_eq!(text(&changed, "status"), status);
    }
    let card = api.get(&path).await.good();
    let steps: Vec<_> =
        card["steps"].as_array().unwrap().iter().map(|step| text(step, "to_status").to_owned()).collect();
    assert_eq!(steps, ["new", "in_progress", "ready", "in_progress", "ready", "delivered"]);
    assert_eq!((text(&card["comments"][0], "text"), card["rev"].as_i64()), ("Позвонить завтра", Some(6)));
}

#[tokio::test]
async fn steps_the_machine_does_not_know_are_refused() {
    let (_app, api) = TestApp::with_api().await;
    let order = order(&api).await;
    let path = format!("/orders/{}", text(&order, "id"));
    api.patch(&path, json!({"status": "delivered"})).await.refused(409, "transition_not_allowed");
    api.patch(&path, json!({"status": "cancelled"})).await.refused(422, "reason_required");
    api.patch(&path, json!({"status": "cancelled", "reason": " \n"})).await.refused(422, "reason_required");
    api.patch(&path, json!({"status": "lost"})).await.refused(400, "bad_request");
    // What could be done of it is not done either.
    api.patch(&path, json!({"title": "Другое", "status": "delivered"})).await.refused(409, "transition_not_allowed");
    let line = json!([{"name": "Работа", "price_minor": 100}]);
    api.patch(&path, json!({"items": line, "status": "delivered"})).await.refused(409, "transition_not_allowed");
    assert_eq!(api.get(&path).await.good(), order);
}

#[tokio::test]
async fn the_customer_is_told_that_the_order_is_ready() {
    let (app, api) = TestApp::with_api().await;
    let whatsapp = app.connect_whatsapp(&api).await;
    let chat = whatsapp.chat_begun(&api, "79161234567").await;
    let item = json!({"product_id": product(&api, "Чехол", 149_000).await, "quantity": 1});
    let order = api.post("/orders", json!({"chat_id": chat, "items": [item]})).await.good();
    api.patch(&format!("/orders/{}", text(&order, "id")), json!({"status": "ready"})).await.good();
    let sent = crate::support::eventually("the notice is sent", async || whatsapp.sent_to("79161234567").pop()).await;
    let words = text(&sent["body"]["text"], "body");
    assert!(words.contains("Анна Петрова") && words.contains(&order["number"].to_string()), "{words}");
    // Told once, not with every later change.
    api.patch(&format!("/orders/{}", text(&order, "id")), json!({"title": "Другое"})).await.good();
    let message = api.says(&chat, "Ждём вас").await;
    api.message_in(&chat, &message, "read").await;
    assert_eq!(whatsapp.sent_to("79161234567").len(), 2);
}

#[tokio::test]
async fn money_that_does_not_fit_is_refused() {
    let (_app, api) = TestApp::with_api().await;
    let contact = contact(&api).await;
    let most = 100_000_000_000_000i64;
    let expensive = product(&api, "Дворец", most).await;
    let make = async |items| api.post("/orders", json!({"contact_id": contact, "items": items})).await;
    for items in [
        json!([{"product_id": expensive, "quantity": 2}]),
        json!([{"product_id": expensive, "quantity": 1}, {"name": "Ручка", "price_minor": 1}]),
        json!([{"name": "Всё", "price_minor": i64::MAX}]),
        json!([{"name": "Всё", "price_minor": i64::MAX, "quantity": 1_000_000}]),
        json!([{"name": "Половина", "price_minor": most, "quantity": 1.001}]),
    ] {
        make(items).await.refused(422, "amount_too_large");
    }
    for (items, status, code) in [
        (json!([{"name": "Минус", "price_minor": -1}]), 422, "out_of_range"),
        (json!([{"name": "Минус", "price_minor": i64::MIN}]), 422, "out_of_range"),
        (json!([{"name": "Ноль", "price_minor": 1, "quantity": 0}]), 422, "out_of_range"),
        (json!([{"name": "Минус", "price_minor": 1, "quantity": -1}]), 422, "out_of_range"),
        (json!([{"name": "Много", "price_minor": 1, "quantity": 1e300}]), 422, "out_of_range"),
        (json!([{"name": "Доля", "price_minor": 1, "quantity": 0.0001}]), 422, "out_of_range"),
        (json!([{"name": "Слово", "price_minor": 1, "quantity": "два"}]), 400, "bad_request"),
        (json!([{"name": "Дробь", "price_minor": 0.5}]), 400, "bad_request"),
        (json!([{"name": "Бездна", "price_minor": 1e30}]), 400, "bad_request"),
        (json!([{"price_minor": 1}]), 422, "required"),
        (json!([{"name": "Даром"}]), 422, "required"),
    ] {
        make(items).await.refused(status, code);
    }
    for price in [json!(most + 1), json!(-1), json!(i64::MAX)] {
        let reply = api.post("/products", json!({"name": "Дворец", "price_minor": price})).await;
        assert_eq!(reply.status, 422, "{reply:?}");
        reply.refused_somehow();
    }
    assert_eq!(api.all("/orders", 50).await.len(), 0);
    // The largest there is fits, and the next number was not used up by what was refused.
    let good = make(json!([{"product_id": expensive, "quantity": 1}])).await.good();
    assert_eq!((good["total_minor"].as_i64(), good["number"].as_i64()), (Some(most), Some(1)));
}
