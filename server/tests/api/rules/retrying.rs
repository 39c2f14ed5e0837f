//! Failed runs tried again: from the step that failed, and never what was done before it.

use super::{always, published, runs};
use crate::support::{Api, Json, TestApp, json, text};

fn hand_out() -> Json {
    json!([
        {"act": {"do": "comment", "text": "Начали"}},
        {"act": {"do": "change_order", "status": "delivered"}},
        {"act": {"do": "comment", "text": "Закончили"}},
    ])
}

async fn order(api: &Api) -> String {
    let contact = text(&api.post("/contacts", json!({"name": "Анна"})).await.good(), "id").to_owned();
    let new = json!({"contact_id": contact, "items": [{"name": "Ремонт", "price_minor": 100}]});
    text(&api.post("/orders", new).await.good(), "id").to_owned()
}

async fn made_ready(api: &Api, order: &str) {
    for status in ["in_progress", "ready"] {
        api.patch(&format!("/orders/{order}"), json!({"status": status})).await.good();
    }
}

async fn shape(api: &Api, order: &str) -> (Vec<String>, String) {
    let card = api.get(&format!("/orders/{order}")).await.good();
    let comments = card["comments"].as_array().unwrap().iter().map(|one| text(one, "text").to_owned()).collect();
    (comments, text(&card, "status").to_owned())
}

#[tokio::test]
async fn a_failed_run_goes_on_from_the_step_that_failed() {
    let (_app, api) = TestApp::with_api().await;
    let rule = published(&api, "Выдать", "order.created", always(), hand_out()).await;
    let order = order(&api).await;
    let id = text(&runs(&api, &rule).await[0], "id").to_owned();
    let path = format!("/runs/{id}/retry");
    // Nothing has changed: it fails again, and says so again.
    let again = api.post(&path, json!({})).await.good();
    assert_eq!((text(&again, "outcome"), text(&again, "note")), ("failed", "transition_not_allowed"));
    assert_eq!(shape(&api, &order).await, (vec!["Начали".to_owned()], "new".to_owned()));
    made_ready(&api, &order).await;
    let done = api.post(&path, json!({})).await.good();
    assert_eq!((text(&done, "outcome"), text(&done, "note")), ("done", ""));
    assert_eq!(shape(&api, &order).await, (vec!["Начали".to_owned(), "Закончили".to_owned()], "delivered".to_owned()));
    // What is done is not to be tried again.
    api.post(&path, json!({})).await.refused(409, "stale");
    let results: Vec<_> = done["trace"]["steps"].as_array().unwrap().iter().map(|step| text(step, "result")).collect();
    assert_eq!(results, ["done", "failed", "failed", "done", "done"]);
}

#[tokio::test]
async fn all_failed_runs_of_a_rule_are_tried_in_one_go() {
    let (_app, api) = TestApp::with_api().await;
    let rule = published(&api, "Выдать", "order.created", always(), hand_out()).await;
    let other = published(&api, "Другое", "order.created", always(), hand_out()).await;
    let (first, second) = (order(&api).await, order(&api).await);
    made_ready(&api, &first).await;
    let reply = api.post(&format!("/runs/retry?rule_id={rule}"), json!({})).await.good();
    assert_eq!((reply["went_on"].as_i64(), reply["failed"].as_i64()), (Some(1), Some(1)));
    assert_eq!(shape(&api, &first).await.1, "delivered");
    assert_eq!(shape(&api, &second).await.1, "new");
    let of_other: Vec<_> = runs(&api, &other).await.iter().map(|run| text(run, "outcome").to_owned()).collect();
    assert_eq!(of_other, ["failed", "failed"], "another rule is not touched");
}
