//! Taking back what a rule did in a service (RUL-12): once each, and never over what people have changed since.

use crate::common;
use crate::provider::drain;
use crate::setup::{contact, order};
use axum::extract::State;
use axum::http::Method;
use domain::queue::JobState;
use domain::views::*;
use serde_json::{Value as Json, json};
use services::pipeline::Outbox;
use services::{Cx, connections, pipeline, rules};
use std::sync::{Arc, Mutex};

/// A desk with one conversation; what it is, and how often somebody ordered it otherwise.
#[derive(Debug)]
struct Desk {
    state: Mutex<String>,
    orders: Mutex<Vec<String>>,
}

async fn serve(desk: Arc<Desk>) -> connectors::simulator::Serving {
    let answer = async |State(desk): State<Arc<Desk>>, method: Method, body: String| {
        if method == Method::POST {
            let order: Json = serde_json::from_str(&body).unwrap();
            let order = order["message_type"].as_str().unwrap().to_owned();
            *desk.state.lock().unwrap() = if order == "close" { "closed" } else { "open" }.into();
            desk.orders.lock().unwrap().push(order);
        }
        let state = desk.state.lock().unwrap().clone();
        axum::Json(json!({"type": "conversation", "id": "215", "state": state}))
    };
    let (listener, addr) = connectors::simulator::bind(([127, 0, 0, 1], 0).into()).await.unwrap();
    connectors::simulator::serve(listener, addr, axum::Router::new().fallback(answer).with_state(desk))
}

async fn jobs(cx: &Cx) -> Vec<JobView> {
    let filter = JournalFilter { kind: Some("call_service".into()), ..Default::default() };
    pipeline::manage::jobs(cx, filter).await.unwrap().items
}

#[tokio::test]
async fn what_a_rule_did_is_taken_back_once_and_not_over_what_people_did_since() {
    let t = common::app().await;
    let anna = t.owner("anna").await;
    let desk = Arc::new(Desk { state: Mutex::new("open".into()), orders: Mutex::default() });
    let serving = serve(desk.clone()).await;
    let settings = json!({"app_id": "abc123xy", "access_token": "token", "client_secret": "secret",
        "base_url": format!("http://{}", serving.addr)});
    let input = SaveConnection {
        provider: "intercom".into(),
        name: "Поддержка".into(),
        settings: settings.as_object().unwrap().clone(),
    };
    let link = connections::save(&anna, input).await.unwrap().connection.id;
    let close = |fields: Json| json!({"act": {"do": "use_service", "connection_id": link, "action": "close", "fields": fields}});
    let draft = |step: Json| {
        json!({"v": 1, "trigger": {"event": "order.created"}, "when": {"is": "all", "of": []},
            "then": [step, {"act": {"do": "comment", "text": "Закрыт"}}]})
    };
    let whole = json!([{"name": "conversation_id", "text": "215"}, {"name": "admin_id", "text": "7"}]);
    let input =
        SaveRule { name: Some("Закрыть".into()), draft: Some(draft(close(json!([])))), ..Default::default() };
    let rule = rules::create(&anna, &input).await.unwrap();
    assert_eq!(rule.problems.len(), 1, "what it is about is missing: {:?}", rule.problems);
    let id = rule.rule.id;
    let edited = SaveRule { draft: Some(draft(close(whole))), ..Default::default() };
    rules::update(&anna, id, &edited).await.unwrap();
    rules::publish(&anna, id, &PublishRule::default()).await.unwrap();
    let outbox = Outbox::new(t.app.clone());
    let client = contact(&anna, "Марина", "").await.id;
    order(&anna, client).await;
    drain(&t, &outbox, 5).await;
    assert_eq!(desk.state.lock().unwrap().as_str(), "closed");
    let since = UndoWrites { since: anna.now };
    let counts = async |since| {
        let found = rules::writes(&anna, id, since).await.unwrap();
        (found.reversible, found.final_ones, found.undone)
    };
    assert_eq!(counts(since).await, (1, 0, 0));
    assert_eq!(counts(UndoWrites { since: anna.now + 60_000 }).await, (0, 0, 0), "nothing since then");
    let again = t.again(&anna).await;
    rules::undo(&again, id, since).await.unwrap();
    rules::undo(&again, id, since).await.unwrap();
    drain(&t, &outbox, 5).await;
    assert_eq!(*desk.orders.lock().unwrap(), ["close", "open"]);
    assert_eq!(counts(since).await, (0, 0, 1));
    // Once more; but then somebody puts it off.
    let anna2 = t.again(&anna).await;
    order(&anna2, client).await;
    drain(&t, &outbox, 5).await;
    *desk.state.lock().unwrap() = "snoozed".into();
    rules::undo(&t.again(&anna).await, id, since).await.unwrap();
    drain(&t, &outbox, 5).await;
    assert_eq!(desk.state.lock().unwrap().as_str(), "snoozed");
    let last = &jobs(&t.again(&anna).await).await[0];
    assert_eq!((last.state, last.code.as_deref()), (JobState::Dead, Some("changed_since")));
}
