//! Lists: pages, search, filters.

use super::{contact, product};
use crate::support::{Json, TestApp, items, json, text};

const ROWS: usize = 253;

fn names(rows: &[Json], field: &str) -> Vec<String> {
    rows.iter().map(|row| text(row, field).to_owned()).collect()
}

#[tokio::test]
async fn pages_hold_every_row_once_newest_first() {
    let (_app, api) = TestApp::with_api().await;
    let contact = contact(&api).await;
    for n in 0..ROWS {
        api.post("/contacts", json!({"name": format!("Клиент {n:03}")})).await.good();
        api.post("/products", json!({"name": format!("Товар {n:03}"), "price_minor": n})).await.good();
        let line = json!({"name": "Работа", "price_minor": (n * 7919) % ROWS});
        api.post("/orders", json!({"contact_id": contact, "title": format!("Заказ {n:03}"), "items": [line]}))
            .await
            .good();
    }
    for (path, field, word, more) in
        [("/contacts", "name", "Клиент", 1), ("/products", "name", "Товар", 0), ("/orders", "title", "Заказ", 0)]
    {
        for limit in [200, 50, 100] {
            let rows = api.all(path, limit).await;
            assert_eq!(rows.len(), ROWS + more, "{path} by {limit}");
            let newest_first: Vec<_> = (0..ROWS).rev().map(|n| format!("{word} {n:03}")).collect();
            assert_eq!(names(&rows[..ROWS], field), newest_first, "{path} by {limit}");
        }
        // Fifty unless asked, at most two hundred, at least one.
        for (query, count) in [("", 50), ("?limit=0", 1), ("?limit=100000", 200)] {
            let page = api.get(&format!("{path}{query}")).await.good();
            assert_eq!(items(&page).len(), count, "{path}{query}");
            assert!(page["next_cursor"].is_string(), "{path}{query}");
        }
    }
    // What comes in while somebody turns the pages neither doubles nor hides a row.
    let first = api.get("/contacts?limit=100").await.good();
    api.post("/contacts", json!({"name": "Новый"})).await.good();
    let second = api.get(&format!("/contacts?limit=200&cursor={}", text(&first, "next_cursor"))).await.good();
    let both = [items(&first), items(&second)].concat();
    assert_eq!(names(&both[..ROWS], "name"), (0..ROWS).rev().map(|n| format!("Клиент {n:03}")).collect::<Vec<_>>());
    assert!(second["next_cursor"].is_null());
    // Sorted by another column, with equal values among them.
    for (sort, up) in [("total_minor", true), ("-total_minor", false), ("number", true), ("-status_since", false)] {
        let rows = api.all(&format!("/orders?sort={sort}"), 60).await;
        let field = sort.trim_start_matches('-');
        let keys: Vec<_> = rows.iter().map(|row| row[field].as_i64().unwrap()).collect();
        assert!(keys.is_sorted_by(|a, b| if up { a <= b } else { a >= b }), "{sort}: {keys:?}");
        assert_eq!(rows.len(), ROWS, "{sort}");
    }
}

#[tokio::test]
async fn search_knows_no_case_and_no_yo() {
    let (_app, api) = TestApp::with_api().await;
    for (name, phone) in
        [("Пётр Ёлкин", "+79130000001"), ("АННА ПЕТРОВА", "+79130000002"), ("Ли 100%_", "+79130000003")]
    {
        api.post("/contacts", json!({"name": name, "phone": phone})).await.good();
    }
    for (query, found) in [
        ("петр", 2),
        ("ПЁТР", 2),
        ("елкин", 1),
        ("анна", 1),
        ("8 (913) 000-00-02", 1),
        ("+7913", 3),
        ("100%25_", 1),
        ("%25", 1),
        ("_", 1),
        ("нет такого", 0),
        ("", 3),
    ] {
        let query = query.replace(' ', "%20").replace('+', "%2B");
        let page = api.get(&format!("/contacts?q={query}")).await.good();
        assert_eq!(items(&page).len(), found, "{query}: {page}");
    }
    product(&api, "Чехол «Ёж»", 1).await;
    assert_eq!(items(&api.get("/products?q=ЧЕХОЛ").await.good()).len(), 1);
    assert_eq!(items(&api.get("/products?q=еж").await.good()).len(), 1);
}

#[tokio::test]
async fn filters_that_make_no_sense_are_refused() {
    let (_app, api) = TestApp::with_api().await;
    for (path, status, code) in [
        ("/contacts?limit=many", 400, "bad_request"),
        ("/contacts?limit=-1", 400, "bad_request"),
        ("/contacts?colour=red", 400, "bad_request"),
        ("/contacts?cursor=%27%20OR%201=1", 422, "not_allowed"),
        ("/orders?status=lost", 400, "bad_request"),
        ("/orders?sort=price;DROP", 422, "not_allowed"),
        ("/orders?cursor=1", 422, "not_allowed"),
        ("/orders?contact_id=7", 400, "bad_request"),
        ("/orders?open=perhaps", 400, "bad_request"),
        ("/chats?box=secret", 400, "bad_request"),
        ("/chats?cursor=x.y", 422, "not_allowed"),
        ("/chats?box=mine", 403, "forbidden"),
        ("/products?active=2", 400, "bad_request"),
        ("/jobs?state=lazy", 422, "not_allowed"),
        ("/events?state=ready", 422, "not_allowed"),
        ("/events?cursor=last", 422, "not_allowed"),
        ("/nowhere", 404, "not_found"),
        ("/contacts/1", 404, "not_found"),
        ("/contacts/0198c0de-0000-7000-8000-00000000000g", 404, "not_found"),
        ("/orders/%00", 404, "not_found"),
    ] {
        api.get(path).await.refused(status, code);
    }
    // A search for anything is a search, not a mistake.
    for query in ["%00", "%F0%9F%91%8D", "%27%22%3B--", &"%D1%91".repeat(3_000)] {
        let page = api.get(&format!("/contacts?q={query}")).await;
        assert!(page.status == 200 || (400..500).contains(&page.status), "{page:?}");
    }
}
