//! What customers do, and how Meta delivers it.

use super::{Stage, lock};
use domain::channel::ChannelEvent;
use domain::chats::MessageKind;
use domain::delivery::Delivery;
use serde_json::json;
use std::collections::HashSet;

#[tokio::test]
async fn customers_do_everything_the_contract_knows() {
    let stage = Stage::connected().await;
    use MessageKind::*;
    for (order, kind) in [
        (json!({"text": "Привет 👍"}), Text),
        (json!({"image": {"caption": "Вот"}}), Image),
        (json!({"video": true}), Video),
        (json!({"audio": true}), Audio),
        (json!({"voice": true}), Voice),
        (json!({"document": {"filename": "акт.pdf"}}), Document),
        (json!({"sticker": true}), Sticker),
        (json!({"location": {"latitude": 55.7, "longitude": 37.6}}), Location),
        (json!({"contacts": [{"name": {"formatted_name": "Иван"}}]}), Contacts),
        (json!({"button": {"payload": "p", "text": "Да"}}), Choice),
        (json!({"choice": {"id": "a", "title": "Завтра", "list": true}}), Choice),
        (json!({"form": {"rating": "5"}}), Form),
        (json!({"order": {"catalog_id": "1", "product_items": []}}), Cart),
        (json!({"unsupported": true}), Unsupported),
        (json!({"raw": {"type": "poll", "poll": {}}}), Unsupported),
    ] {
        let id = stage.hears(order.clone()).await;
        let last = stage.meanings().pop().expect("an event");
        let ChannelEvent::Message { kind: got, external_id, file, .. } = &last else { panic!("{last:?}") };
        assert_eq!((got, external_id), (&kind, &id), "{order}");
        if let Some(file) = file {
            let back = stage.act("media", json!({"id": file.id})).await.expect("a download").file.expect("bytes");
            assert_eq!(back.mime, file.mime);
            assert!(!back.bytes.is_empty());
        }
    }
    let answered = stage.says("Ответ").await.expect("sent")["external_id"].clone();
    stage.hears(json!({"text": "на ваше", "reply_to": "last", "referral": {"source_id": "1"}})).await;
    let reply = stage.meanings().into_iter().rev().find_map(|event| match event {
        ChannelEvent::Message { reply_to: Some(to), meta, .. } => Some((to, meta)),
        _ => None,
    });
    assert_eq!(reply, Some((answered.as_str().expect("text").into(), json!({"referral": {"source_id": "1"}}))));
    stage.hears(json!({"reaction": {"message_id": "last", "emoji": "👍"}})).await;
    stage.hears(json!({"edit": {"id": "last", "text": "иначе"}})).await;
    stage.hears(json!({"revoke": {"id": "last"}})).await;
    stage.hears(json!({"new_phone": "79160000001"})).await;
    stage.ask("echo", json!({"phone": "79161234567", "text": "с телефона"})).await;
    stage.ask("customer/preference", json!({"phone": "79161234567", "value": "resume"})).await;
    let value = json!({"event": "ACCOUNT_DELETED"});
    stage.ask("webhook", json!({"field": "account_update", "value": value})).await;
    let kinds: HashSet<String> = stage.events().into_iter().map(|event| event.kind).collect();
    for kind in ["reaction", "edit", "revoke", "system", "echo", "preference", "account"] {
        assert!(kinds.contains(kind), "{kind} of {kinds:?}");
    }
    stage.meanings();
    let hidden = json!({"phone": "1", "user_id": "RU.1349", "hide_phone": true, "text": "я"});
    stage.ask("customer/message", hidden).await;
    let from = stage.meanings().into_iter().find_map(|event| match event {
        ChannelEvent::Message { from, .. } if from.address.is_none() => Some(from),
        _ => None,
    });
    assert_eq!(from.expect("a message without a phone").keys().collect::<Vec<_>>(), ["RU.1349"]);
    for wrong in [json!({}), json!({"phone": "79161234567"}), json!({"phone": "7900", "edit": {"id": "last"}})] {
        assert!(stage.sim.ask("customer/message", wrong).await.is_err());
    }
}

#[tokio::test]
async fn a_file_address_needs_the_token_and_expires() {
    let stage = Stage::connected().await;
    stage.hears(json!({"image": true})).await;
    let ChannelEvent::Message { file: Some(file), .. } = stage.meanings().remove(0) else { panic!() };
    let url = format!("{}/v25.0/{}", stage.sim.base_url, file.id);
    let facts: serde_json::Value = {
        let request = stage.client.get(url).bearer_auth("token-for-tests");
        request.send().await.expect("an answer").json().await.expect("JSON")
    };
    let address = facts["url"].as_str().expect("an address");
    let status = async |token: &str| {
        let request = stage.client.get(address).bearer_auth(token);
        request.send().await.expect("an answer").status().as_u16()
    };
    assert_eq!((status("x").await, status("token-for-tests").await), (401, 200));
    stage.ask("clock", json!({"advance_ms": 5 * 60 * 1000})).await;
    assert_eq!(status("token-for-tests").await, 404);
}

#[tokio::test]
async fn repeated_reversed_and_late() {
    let stage = Stage::connected().await;
    stage.ask("settings", json!({"duplicates": 2, "order": "reverse"})).await;
    stage.hears(json!({"text": "я"})).await;
    let events = stage.events();
    assert_eq!(events.len(), 3);
    assert!(events.iter().all(|event| *event == events[0]), "byte for byte the same");
    stage.ask("settings", json!({"duplicates": 0})).await;
    stage.says("1").await.expect("sent");
    let order: Vec<Delivery> = stage.once("status", 3).await.into_iter().filter_map(delivery).collect();
    assert_eq!(order, [Delivery::Read, Delivery::Delivered, Delivery::Sent]);
    let before = stage.events().len();
    let done = stage.ask("replay", json!({"last": 2})).await;
    assert_eq!(done, json!({"posted": 2, "acknowledged": 2}));
    assert_eq!(stage.events()[before..], stage.events()[before - 2..before]);
    // A status out of turn, several in one call.
    let ids: Vec<_> = stage.sim.sent().iter().map(|sent| sent["id"].clone()).collect();
    let twice = [&ids[0], &ids[0]];
    stage.ask("status", json!({"ids": twice, "status": "failed", "code": 131026})).await;
    let failed = stage.meanings().into_iter().filter_map(delivery).filter(|d| *d == Delivery::Failed).count();
    assert_eq!(failed, 2);
}

fn delivery(event: ChannelEvent) -> Option<Delivery> {
    match event {
        ChannelEvent::Status { status, .. } => Some(status),
        _ => None,
    }
}

#[tokio::test]
async fn what_is_not_acknowledged_comes_again() {
    let stage = Stage::connected().await;
    lock(&stage.inbox).down = 3;
    let done = stage.ask("customer/message", json!({"phone": "79161234567", "text": "я"})).await;
    assert_eq!((&done["acknowledged"], &done["status"]), (&json!(false), &json!(503)));
    stage.once("message", 1).await;
    assert_eq!(lock(&stage.inbox).answers, [503, 503, 503, 200]);
    for signature in ["wrong", "missing"] {
        let order = json!({"field": "x", "value": {}, "signature": signature});
        assert_eq!(stage.ask("webhook", order).await["status"], 401, "{signature}");
    }
    let deep = format!("{{\"entry\":{}", "[".repeat(10_000));
    assert_eq!(stage.ask("webhook", json!({"body": deep})).await["status"], 401);
}

#[tokio::test]
async fn a_burst_says_what_was_acknowledged() {
    let stage = Stage::connected().await;
    let order = json!({"messages": 205, "customers": 10, "concurrency": 8, "batch": 10});
    let done = stage.ask("burst", order).await;
    let ids: HashSet<&str> =
        done["acknowledged"].as_array().expect("a list").iter().filter_map(|id| id.as_str()).collect();
    assert_eq!((ids.len(), done["failed"].as_array().map(Vec::len)), (205, Some(0)));
    let got = stage.meanings();
    let got: HashSet<&str> = got
        .iter()
        .filter_map(|event| match event {
            ChannelEvent::Message { external_id, .. } => Some(external_id.as_str()),
            _ => None,
        })
        .collect();
    assert_eq!(got, ids);
    let keys: HashSet<String> = stage.events().into_iter().map(|event| event.order_key).collect();
    assert_eq!(keys.len(), 10);
    lock(&stage.inbox).down = 5;
    let done = stage.ask("burst", json!({"messages": 20, "concurrency": 4, "retry": true})).await;
    assert_eq!(done["failed"].as_array().map(Vec::len), Some(5));
    stage.once("message", 225).await;
}

#[tokio::test]
async fn the_control_addresses_speak_http() {
    let stage = Stage::connected().await;
    let base = &stage.sim.base_url;
    let post = async |order: &str, body: &str| {
        let request = stage.client.post(format!("{base}/_sim/{order}")).body(body.to_owned());
        let response = request.send().await.expect("an answer");
        (response.status().as_u16(), response.json::<serde_json::Value>().await.expect("JSON"))
    };
    let (status, done) = post("customer/message", r#"{"phone": "79161234567", "text": "я"}"#).await;
    assert_eq!((status, &done["acknowledged"]), (200, &json!(true)));
    assert_eq!(post("customer/message", "{}").await.0, 400);
    assert_eq!(post("settings", r#"{"no_such": 1}"#).await.0, 400);
    assert_eq!(post("nothing", "").await.0, 400);
    stage.says("Ответ").await.expect("sent");
    let get = async |path: &str| {
        let response = stage.client.get(format!("{base}/_sim/{path}")).send().await.expect("an answer");
        response.json::<serde_json::Value>().await.expect("JSON")
    };
    assert_eq!(get("sent?to=%2B79161234567").await["items"].as_array().map(Vec::len), Some(1));
    assert_eq!(get("sent?to=79990000000").await["items"], json!([]));
    let calls = get("calls").await;
    assert_eq!(calls["items"][0]["path"], "/v25.0/106540352242922/messages");
    assert_eq!(post("reset", "").await.0, 200);
    let state = get("state").await;
    assert_eq!((&state["sent"], &state["webhooks"]["all"]), (&json!(0), &json!(0)));
    assert_eq!(state["callback"]["url"], stage.callback.as_str());
}
