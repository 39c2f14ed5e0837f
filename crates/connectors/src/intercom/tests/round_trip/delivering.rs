//! Webhooks as Intercom posts them: every kind, every shape, repeated, reversed, lost and refused.

use super::{Stage, lock, understood};
use domain::channel::ChannelEvent;
use serde_json::{Value as Json, json};
use std::collections::HashSet;

/// Trigger and fields of an event.
fn happened(event: &crate::InboundEvent) -> (String, Json) {
    match understood(event) {
        ChannelEvent::Happened { trigger, fields, .. } => (trigger, Json::Object(fields)),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn customers_and_teammates_do_everything_the_contract_knows() {
    let stage = Stage::connected().await;
    let started = stage.ask("start", json!({"email": "anna@example.com", "name": "Анна", "text": "Где заказ?"})).await;
    assert_eq!((&started["acknowledged"], &started["status"]), (&json!(true), &json!(200)));
    let with = |more: Json| {
        let mut order = more;
        order["conversation"] = started["conversation"].clone();
        order
    };
    let mut seen = 1;
    for (order, input, trigger, field, value) in [
        ("reply", json!({"text": "Ау"}), "conversation_replied", "text", json!("Ау")),
        ("reply", json!({"text": "a < b", "by": "admin"}), "conversation_replied", "text", json!("a < b")),
        ("reply", json!({"text": "Я тут", "by": "bot"}), "conversation_replied", "author", json!("bot")),
        ("assign", json!({"admin": "Илья"}), "conversation_assigned", "assignee_id", json!("991267716")),
        ("close", json!({"admin": "Илья"}), "conversation_closed", "admin_name", json!("Илья")),
        ("reopen", json!({}), "conversation_opened", "state", json!("open")),
        ("close", json!({"by": "bot"}), "conversation_closed", "closed_by", json!("bot")),
        ("close", json!({"by": "user"}), "conversation_closed", "closed_by", json!("user")),
        ("rate", json!({"rating": 2, "remark": "Долго"}), "conversation_rated", "rating", json!(2)),
    ] {
        let done = stage.ask(order, with(input)).await;
        assert_eq!(done["acknowledged"], true, "{order}");
        seen += 1;
        let (got, fields) = happened(&stage.once(seen).await[seen - 1]);
        assert_eq!((got.as_str(), &fields[field], &fields["name"]), (trigger, &value, &json!("Анна")), "{order}");
    }
    let events = stage.events();
    assert_eq!(happened(&events[0]).0, "conversation_started");
    assert_eq!(happened(&events[0]).1["text"], "Где заказ?");
    let keys: HashSet<&String> = events.iter().map(|event| &event.dedupe_key).collect();
    assert_eq!(keys.len(), events.len(), "all different things");
    assert!(events.iter().all(|event| event.order_key == events[0].order_key && event.account == "abc123xy"));
    for (order, input) in [
        ("contact", json!({"email": "boris@example.com"})),
        ("contact", json!({"email": "boris@example.com", "unsubscribed": true})),
        ("ping", json!({})),
        ("webhook", json!({"topic": "visitor.signed_up", "item": {}})),
        ("delete", with(json!({}))),
    ] {
        stage.ask(order, input).await;
        let last = stage.events().pop().expect("an event");
        assert!(matches!(understood(&last), ChannelEvent::Ignored { .. }), "{order}: {last:?}");
    }
    assert_eq!(stage.events().len(), events.len() + 5);
    for (order, wrong) in [
        ("close", json!({"conversation": "1"})),
        ("rate", json!({"conversation": "1", "rating": 5})),
        ("close", json!({"admin": "Никто"})),
        ("close", json!({"version": "3"})),
        ("nothing", json!({})),
    ] {
        assert!(stage.sim.ask(order, wrong).await.is_err(), "{order}");
    }
}

#[tokio::test]
async fn all_shapes_mean_the_same() {
    let stage = Stage::connected().await;
    stage.ask("settings", json!({"statistics": true})).await;
    let mut meanings = Vec::new();
    for version in [json!(1), json!(2), json!("2.15")] {
        let order = json!({"email": "anna@example.com", "name": "Анна", "external_id": "70", "tags": ["VIP"],
            "rating": 4, "admin": "Ольга", "version": version});
        stage.ask("close", order).await;
        let event = stage.events().pop().expect("an event");
        assert_eq!(event.data["item"]["user"].is_object(), version == json!(1));
        let (trigger, mut fields) = happened(&event);
        assert_eq!(trigger, "conversation_closed");
        let fields = fields.as_object_mut().expect("an object");
        // Another conversation each time; the old shape knows neither source nor statistics.
        for name in ["conversation_id", "link", "source_type", "reopened", "ai_agent"] {
            fields.remove(name);
        }
        meanings.push(fields.clone());
    }
    assert_eq!(meanings[0], meanings[1]);
    assert_eq!(meanings[1], meanings[2]);
    assert_eq!(meanings[0]["tags"], json!(["VIP"]));
}

#[tokio::test]
async fn repeated_late_and_lost() {
    let stage = Stage::connected().await;
    stage.ask("close", json!({"email": "anna@example.com", "duplicates": 2})).await;
    let events = stage.events();
    assert_eq!(events.len(), 3);
    assert!(events.iter().all(|event| *event == events[0]), "one event however often it is posted");
    assert_eq!(stage.ask("replay", json!({})).await, json!({"posted": 1, "acknowledged": 1}));
    assert_eq!(stage.events()[3], events[0]);

    let delayed = stage.ask("close", json!({"email": "boris@example.com", "delay": 150})).await;
    assert_eq!(delayed["acknowledged"], Json::Null);
    let quick = stage.ask("close", json!({"email": "vera@example.com"})).await;
    let events = stage.once(6).await;
    assert_eq!(events[4].data["item"]["id"], quick["conversation"]);
    assert_eq!(events[5].data["item"]["id"], delayed["conversation"]);

    let lost = stage.ask("close", json!({"email": "anna@example.com", "lost": true})).await;
    assert_eq!((&lost["acknowledged"], stage.events().len()), (&Json::Null, 6));
}

#[tokio::test]
async fn what_is_not_acknowledged_comes_once_more() {
    let stage = Stage::connected().await;
    lock(&stage.inbox).down = 1;
    let done = stage.ask("close", json!({"email": "anna@example.com"})).await;
    assert_eq!((&done["acknowledged"], &done["status"]), (&json!(false), &json!(503)));
    stage.once(1).await;
    assert_eq!(lock(&stage.inbox).answers, [503, 200]);
    // From here on a refused one stays refused: no repeat comes in between.
    stage.ask("settings", json!({"retries": 0})).await;
    for signature in ["wrong", "missing"] {
        let order = json!({"topic": "ping", "item": {}, "signature": signature});
        assert_eq!(stage.ask("webhook", order).await["status"], 401, "{signature}");
    }
    assert_eq!(stage.ask("webhook", json!({"body": "[".repeat(10_000)})).await["status"], 400);
    // An acknowledged one begins the count of failures anew; after too many Intercom rests.
    assert_eq!(stage.ask("ping", json!({})).await["status"], 200);
    stage.ask("settings", json!({"pause_after": 1})).await;
    lock(&stage.inbox).down = 1_000;
    for expected in [503, 503, 0] {
        assert_eq!(stage.ask("ping", json!({})).await["status"], expected);
    }
    stage.ask("clock", json!({"advance_ms": 15 * 60 * 1000})).await;
    assert_eq!(stage.ask("ping", json!({})).await["status"], 503);
}

#[tokio::test]
async fn an_address_is_taken_only_when_it_answers() {
    let stage = Stage::new().await;
    assert!(stage.sim.ask("close", json!({"email": "anna@example.com"})).await.is_err(), "no address yet");
    let nobody = format!("{}/_sim/nothing", stage.sim.base_url);
    assert!(stage.sim.ask("callback", json!({"url": nobody})).await.is_err());
    stage.ask("callback", json!({"url": stage.callback})).await;
    assert_eq!(stage.ask("ping", json!({})).await["acknowledged"], true);
    assert!(lock(&stage.inbox).answers == [200], "the check itself is no webhook");
}

#[tokio::test]
async fn a_burst_arrives_whole() {
    let stage = Stage::connected().await;
    let done = stage.ask("burst", json!({"conversations": 60, "customers": 7, "duplicates": 1})).await;
    assert_eq!((done["acknowledged"].as_array().map(Vec::len), &done["failed"]), (Some(60), &json!([])));
    let events = stage.events();
    let keys: HashSet<&String> = events.iter().map(|event| &event.dedupe_key).collect();
    assert_eq!((events.len(), keys.len()), (120, 60));
    let people: HashSet<String> = events.iter().map(|event| happened(event).1["email"].to_string()).collect();
    assert_eq!(people.len(), 7);
}
