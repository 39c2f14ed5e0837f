//! The form of REST answers.

use crate::support::{Json, TestApp, json, text};

/// Every name in it is snake_case English.
#[track_caller]
fn snake_case(json: &Json, place: &str) {
    match json {
        Json::Object(map) => {
            for (name, value) in map {
                let good = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
                assert!(
                    name.chars().all(good) && name.starts_with(|c: char| c.is_ascii_lowercase()),
                    "{place}: {name}"
                );
                // What a provider sent, and answers of people, keep the names they came with.
                if !matches!(name.as_str(), "data" | "payload" | "headers" | "reactions" | "args" | "meta") {
                    snake_case(value, place);
                }
            }
        }
        Json::Array(items) => items.iter().for_each(|item| snake_case(item, place)),
        _ => {}
    }
}

#[tokio::test]
async fn lists_have_items_and_a_cursor_and_things_have_snake_case_fields() {
    let (app, api) = TestApp::with_api().await;
    let lists = ["contacts", "chats", "products", "orders", "connections", "events", "jobs", "members"];
    for list in lists {
        let page = api.get(&format!("/{list}")).await;
        assert_eq!((page.status, page.header("content-type")), (200, "application/json"), "{list}");
        let page = page.json();
        assert_eq!(page.as_object().unwrap().keys().collect::<Vec<_>>(), ["items", "next_cursor"], "{list}");
        assert!(page["next_cursor"].is_null(), "{list}");
        if list != "members" {
            assert_eq!(page["items"], json!([]), "{list}");
        }
    }
    let whatsapp = app.connect_whatsapp(&api).await;
    let chat = whatsapp.chat_begun(&api, "79161234567").await;
    api.says(&chat, "Здравствуйте").await;
    let product = api.post("/products", json!({"name": "Чехол", "price_minor": 149_000})).await.good();
    let contact = api.get(&format!("/chats/{chat}")).await.good()["contact_id"].clone();
    // The least an order needs.
    let order = json!({"contact_id": contact, "items": [{"product_id": product["id"], "quantity": 2}]});
    let order = api.post("/orders", order).await;
    assert_eq!(order.status, 201);
    let mut paths: Vec<String> = lists.iter().map(|list| format!("/{list}")).collect();
    paths.push(format!("/chats/{chat}/messages"));
    for list in ["contacts", "chats", "products", "orders", "connections", "events", "jobs"] {
        let page = api.get(&format!("/{list}")).await.good();
        paths.push(format!("/{list}/{}", text(&page["items"][0], "id")));
    }
    for path in paths {
        let answer = api.get(&path).await.good();
        snake_case(&answer, &path);
    }
    // Money is whole minor units with a currency, time is milliseconds.
    let order = order.json();
    assert_eq!((order["total_minor"].as_i64(), text(&order, "currency")), (Some(298_000), "RUB"));
    assert!(order["created_at"].as_i64() > Some(1_700_000_000_000), "{order}");
}

#[tokio::test]
async fn the_document_is_the_one_in_the_repository() {
    let app = TestApp::start().await;
    let served = app.visit("/api/v1/openapi.json").await;
    assert_eq!((served.status, served.header("content-type")), (200, "application/json"));
    let served = served.json();
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/openapi.json");
    let committed: Json = serde_json::from_str(&std::fs::read_to_string(path).expect("server/openapi.json")).unwrap();
    assert!(served == committed, "server/openapi.json is not what the server gives; write it anew: make openapi");
    let schemas = &served["components"]["schemas"];
    for (name, schema) in schemas.as_object().unwrap() {
        snake_case(
            &json!(
                schema["properties"].as_object().map(|fields| fields
                    .keys()
                    .map(|key| (key.clone(), Json::Null))
                    .collect::<serde_json::Map<_, _>>())
            ),
            name,
        );
    }
    for (path, operations) in served["paths"].as_object().unwrap() {
        for (method, operation) in operations.as_object().unwrap() {
            let at = format!("{method} {path}");
            assert!(
                operation["summary"].is_string() || operation["description"].is_string(),
                "{at} says nothing about itself"
            );
            let answers = operation["responses"].as_object().unwrap();
            assert!(answers.keys().any(|status| status.starts_with('2')), "{at}");
            assert!(answers.contains_key("4XX"), "{at}");
            let holes = path.matches('{').count();
            let named =
                operation["parameters"].as_array().map_or(0, |all| all.iter().filter(|p| p["in"] == "path").count());
            assert_eq!(holes, named, "{at}");
        }
    }
}
