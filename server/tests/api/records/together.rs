//! Several people at the same thing at once: one wins, the others are told.

use super::{contact, order, product};
use crate::support::{Reply, TestApp, items, json, text};
use futures::future::join_all;

fn count(replies: &[Reply], status: u16) -> usize {
    replies.iter().filter(|reply| reply.status == status).count()
}

#[tokio::test]
async fn of_two_people_editing_one_order_one_wins() {
    let (_app, api) = TestApp::with_api().await;
    let order = order(&api).await;
    let path = format!("/orders/{}", text(&order, "id"));
    let edits = (0..10).map(|n| api.patch(&path, json!({"title": format!("Правка {n}"), "rev": order["rev"]})));
    let replies = join_all(edits).await;
    assert_eq!((count(&replies, 200), count(&replies, 409)), (1, 9), "{replies:?}");
    replies.iter().filter(|reply| reply.status == 409).for_each(|reply| drop(reply.refused(409, "stale")));
    let winner = replies.iter().find(|reply| reply.status == 200).unwrap().json();
    let now = api.get(&path).await.good();
    assert_eq!((&now["title"], now["rev"].as_i64()), (&winner["title"], Some(2)));
    // Later, with the old revision; then with the new one.
    api.patch(&path, json!({"title": "Поздно", "rev": 1})).await.refused(409, "stale");
    api.patch(&path, json!({"title": "Вовремя", "rev": 2})).await.good();
}

#[tokio::test]
async fn old_revisions_of_contacts_and_products_are_stale() {
    let (_app, api) = TestApp::with_api().await;
    for path in [format!("/contacts/{}", contact(&api).await), format!("/products/{}", product(&api, "Чехол", 1).await)]
    {
        let before = api.get(&path).await.good();
        api.patch(&path, json!({"name": "Первая правка", "rev": before["rev"]})).await.good();
        api.patch(&path, json!({"name": "Вторая правка", "rev": before["rev"]})).await.refused(409, "stale");
        assert_eq!(text(&api.get(&path).await.good(), "name"), "Первая правка");
        let replies =
            join_all((0..10).map(|n| api.patch(&path, json!({"name": format!("Правка {n}"), "rev": 2})))).await;
        assert_eq!((count(&replies, 200), count(&replies, 409)), (1, 9), "{path}: {replies:?}");
    }
}

#[tokio::test]
async fn one_phone_is_one_contact() {
    let (_app, api) = TestApp::with_api().await;
    let replies =
        join_all((0..10).map(|_| api.post("/contacts", json!({"name": "Анна", "phone": "8 (916) 123-45-67"})))).await;
    assert_eq!((count(&replies, 201), count(&replies, 409)), (1, 9), "{replies:?}");
    let made = replies.iter().find(|reply| reply.status == 201).unwrap().json();
    assert_eq!(text(&made, "phone"), "+79161234567");
    for reply in replies.iter().filter(|reply| reply.status == 409) {
        let problem = reply.refused(409, "already_exists");
        assert_eq!((text(&problem, "field"), &problem["args"]["id"]), ("phone", &made["id"]));
    }
    let other = contact(&api).await;
    api.patch(&format!("/contacts/{other}"), json!({"phone": "+79161234567"})).await.refused(409, "already_exists");
    assert_eq!(items(&api.get("/contacts").await.good()).len(), 2);
}

#[tokio::test]
async fn numbers_of_orders_made_at_once_follow_each_other() {
    let (_app, api) = TestApp::with_api().await;
    let contact = contact(&api).await;
    let made = join_all((0..40).map(|_| {
        api.post("/orders", json!({"contact_id": contact, "items": [{"name": "Работа", "price_minor": 100}]}))
    }))
    .await;
    assert_eq!(count(&made, 201), 40, "{made:?}");
    let mut numbers: Vec<_> = made.iter().map(|reply| reply.json()["number"].as_i64().unwrap()).collect();
    numbers.sort_unstable();
    assert_eq!(numbers, (1..=40).collect::<Vec<_>>());
    // All of them moved on at once: every step reads settings and writes, and none waits for another in vain.
    let paths: Vec<_> = made.iter().map(|reply| format!("/orders/{}", text(&reply.json(), "id"))).collect();
    let moved = join_all(paths.iter().map(|path| api.patch(path, json!({"status": "ready"})))).await;
    assert_eq!(count(&moved, 200), 40, "{:?}", moved.iter().find(|reply| reply.status != 200));
}
