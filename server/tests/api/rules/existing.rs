//! Publishing on what is open already: who is reached, once each, and what the question says before.

use super::{always, runs, say, test};
use crate::support::{Api, Json, TestApp, json, text};

async fn order(api: &Api, contact: &str, price: i64) -> String {
    let new = json!({"contact_id": contact, "items": [{"name": "Ремонт", "price_minor": price}]});
    text(&api.post("/orders", new).await.good(), "id").to_owned()
}

async fn drafted(api: &Api, event: &str, when: Json, then: Json) -> String {
    let draft = json!({"v": 1, "trigger": {"event": event}, "when": when, "then": then});
    text(&api.post("/rules", json!({"name": "Догнать", "draft": draft})).await.good(), "id").to_owned()
}

fn note(words: &str) -> Json {
    json!([{"act": {"do": "comment", "text": words}}])
}

#[tokio::test]
async fn open_orders_that_match_are_run_on_once() {
    let app = TestApp::start().await;
    let organisation = app.organisation("Север").await;
    let api = app.api(&organisation, "*").await;
    let owner = app.owner(&organisation).await;
    let contact = text(&api.post("/contacts", json!({"name": "Анна"})).await.good(), "id").to_owned();
    let (large, small, over) =
        (order(&api, &contact, 900_000).await, order(&api, &contact, 100).await, order(&api, &contact, 900_000).await);
    api.patch(&format!("/orders/{over}"), json!({"status": "cancelled", "reason": "передумал"})).await.good();
    let when = test("order.total", json!({"is": "more", "number": 500_000}));
    let rule = drafted(&api, "order.created", when, note("Крупный")).await;
    let reach = owner.server_fn("rules_reach", json!({"id": rule})).await.good();
    assert_eq!((reach["matching"].as_i64(), reach["too_many"].as_bool()), (Some(1), Some(false)));
    let comments =
        async |order: &str| api.get(&format!("/orders/{order}")).await.good()["comments"].as_array().unwrap().len();
    assert_eq!(comments(&large).await, 0, "counting does nothing");
    api.post(&format!("/rules/{rule}/publish?existing=true"), json!({})).await.good();
    assert_eq!((comments(&large).await, comments(&small).await, comments(&over).await), (1, 0, 0));
    assert_eq!(runs(&api, &rule).await.len(), 1);
    // Published once more: whoever was reached by any version is left out.
    let reach = owner.server_fn("rules_reach", json!({"id": rule})).await.good();
    assert_eq!(reach["matching"].as_i64(), Some(0));
    api.post(&format!("/rules/{rule}/publish?existing=true"), json!({})).await.good();
    assert_eq!(comments(&large).await, 1);
}

#[tokio::test]
async fn what_is_over_in_a_moment_has_nothing_existing() {
    let app = TestApp::start().await;
    let organisation = app.organisation("Север").await;
    let api = app.api(&organisation, "*").await;
    let owner = app.owner(&organisation).await;
    let rule = drafted(&api, "message.received", always(), say("Привет")).await;
    let reach = owner.server_fn("rules_reach", json!({"id": rule})).await.good();
    assert!(reach["matching"].is_null());
    api.post(&format!("/rules/{rule}/publish?existing=true"), json!({})).await.refused(422, "not_allowed");
    let card = api.get(&format!("/rules/{rule}")).await.good();
    assert!(card["version"].is_null(), "refused as a whole");
}

#[tokio::test]
async fn a_draft_that_changed_since_is_not_published() {
    let (_app, api) = TestApp::with_api().await;
    let rule = drafted(&api, "order.created", always(), note("Раз")).await;
    let rev = api.get(&format!("/rules/{rule}")).await.good()["rev"].as_i64().unwrap();
    api.patch(&format!("/rules/{rule}"), json!({"name": "Другое"})).await.good();
    api.post(&format!("/rules/{rule}/publish?rev={rev}"), json!({})).await.refused(409, "stale");
    api.post(&format!("/rules/{rule}/publish?rev={}", rev + 1), json!({})).await.good();
}
