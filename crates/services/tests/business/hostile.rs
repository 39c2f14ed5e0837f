//! Rules and the outbox under loads nobody wishes for: a full house of rules, a burst, a provider that is away for an hour.

use crate::common::{self, TestApp};
use crate::provider::{connected, drain};
use crate::setup::{chat, connection, contact, form, line, person};
use domain::ids::*;
use domain::views::*;
use serde_json::{Value as Json, json};
use services::pipeline::{Outbox, apply_due};
use services::{Cx, chats, orders, rules};
use std::sync::atomic::Ordering;

async fn published(cx: &Cx, name: &str, event: &str, when: Json, then: Json) -> RuleId {
    let draft = json!({"v": 1, "trigger": {"event": event}, "when": {"is": "all", "of": when}, "then": then});
    let input = SaveRule { name: Some(name.into()), draft: Some(draft), ceiling: Some(100_000), ..Default::default() };
    let id = rules::create(cx, &input).await.unwrap().rule.id;
    rules::publish(cx, id, &PublishRule::default()).await.unwrap();
    id
}

fn test(field: &str, op: Json) -> Json {
    json!({"is": "test", "field": field, "op": op})
}

fn comment(text: &str) -> Json {
    json!([{"act": {"do": "comment", "text": text}}])
}

#[tokio::test]
async fn five_hundred_rules_listen_to_one_event_and_each_has_its_say() {
    let t = common::app().await;
    let anna = t.owner("anna").await;
    for n in 0..500 {
        let when = json!([test("order.total", json!({"is": "more", "number": n * 100}))]);
        published(&anna, &format!("Правило {n}"), "order.created", when, comment(&format!("{n}"))).await;
    }
    let client = contact(&anna, "Марина", "").await;
    let made = orders::create(&anna, &form(client.id, vec![line("Ремонт", 5_000, 1.0)])).await.unwrap();
    let card = orders::get(&anna, made.order.id).await.unwrap();
    assert_eq!(card.comments.len(), 50, "those below fifty roubles");
    let count = async |outcome| {
        let filter = RunFilter { outcome: Some(outcome), limit: Some(200), ..Default::default() };
        let (mut found, mut cursor) = (0, None);
        loop {
            let page = rules::runs(&anna, &RunFilter { cursor, ..filter.clone() }).await.unwrap();
            found += page.items.len();
            cursor = page.next_cursor;
            if cursor.is_none() {
                return found;
            }
        }
    };
    assert_eq!((count(RunOutcome::Done).await, count(RunOutcome::Nothing).await), (50, 450));
    assert_eq!(rules::lines(&anna).await.unwrap().len(), 500);
}

/// Webhooks of WhatsApp as they lie in the inbox: `count` messages of a hundred customers.
async fn inbox(t: &TestApp, cx: &Cx, connection: ConnectionId, count: usize) {
    for from in (0..count).step_by(500) {
        let mut tx = t.app.db.begin().await.unwrap();
        let event = |n: usize| {
            let phone = 79_130_000_000 + (n % 100) as u64;
            let data = json!({
                "metadata": {"display_phone_number": "15550783881", "phone_number_id": "1001"},
                "contact": {"profile": {"name": "Марина"}, "wa_id": phone.to_string()},
                "message": {"from": phone.to_string(), "id": format!("wamid.{n}"), "timestamp": (cx.now / 1000).to_string(),
                    "type": "text", "text": {"body": format!("Сообщение {n}")}},
            });
            store::events::NewEvent {
                organisation: cx.organisation,
                id: t.app.ids.next(cx.now),
                connection: Some(connection),
                kind: "message".into(),
                dedupe_key: format!("1001:wamid.{n}"),
                order_key: format!("chat:{phone}"),
                headers: "{}".into(),
                data: data.to_string(),
                received_at: cx.now,
            }
        };
        let events: Vec<_> = (from..(from + 500).min(count)).map(event).collect();
        store::events::insert(&mut tx, &events).await.unwrap();
        tx.commit().await.unwrap();
    }
}

#[tokio::test]
async fn ten_thousand_messages_meet_fifty_rules() {
    const MESSAGES: usize = 10_000;
    let t = common::app().await;
    let anna = t.owner("anna").await;
    let link = connection(&anna).await;
    for n in 0..49 {
        let when = json!([test("message.text", json!({"is": "contains", "value": format!("слово{n}")}))]);
        published(&anna, &format!("Слово {n}"), "message.received", when, json!([{"act": {"do": "close_chat"}}])).await;
    }
    let first = json!([test("message.first", json!({"is": "yes"}))]);
    let tag = json!([{"act": {"do": "add_tag", "tag": "новый"}}]);
    let greets = published(&anna, "Новый клиент", "message.received", first, tag).await;
    inbox(&t, &anna, link, MESSAGES).await;
    while apply_due(&t.app).await.unwrap() > 0 {}
    let anna = t.again(&anna).await;
    let count = async |table: &str, also: &str| {
        let sql = format!("SELECT COUNT(*) FROM {table} WHERE {also}");
        match t.app.db.snapshot().await.unwrap() {
            store::Tx::Sqlite(mut t) => sqlx::query_scalar::<_, i64>(&sql).fetch_one(&mut *t).await.unwrap(),
            store::Tx::Postgres(mut t) => sqlx::query_scalar::<_, i64>(&sql).fetch_one(&mut *t).await.unwrap(),
        }
    };
    assert_eq!(count("events", "state = 'done'").await, MESSAGES as i64);
    assert_eq!(count("messages", "sender = 'customer'").await, MESSAGES as i64);
    assert_eq!(count("occasions", "event = 'message.received'").await, MESSAGES as i64);
    assert_eq!(count("rule_runs", "outcome = 'nothing'").await, 50 * MESSAGES as i64 - 100);
    let line = rules::get(&anna, greets).await.unwrap().rule;
    assert_eq!((line.fired, line.state), (100, RuleState::On), "once for each customer");
}

#[tokio::test]
async fn after_an_hour_without_the_provider_five_thousand_messages_go_out_in_order_and_no_faster_than_allowed() {
    const CHATS: usize = 500;
    const EACH: usize = 10;
    let t = common::app().await;
    let anna = t.owner("anna").await;
    let (link, provider, _serving) = connected(&anna).await;
    let outbox = Outbox::new(t.app.clone());
    // What follows from connecting is done while the provider is there.
    drain(&t, &outbox, 30).await;
    provider.away.store(true, Ordering::SeqCst);
    let taken = provider.taken.load(Ordering::SeqCst);
    let anna = t.again(&anna).await;
    for n in 0..CHATS {
        let phone = format!("+7913{:07}", n);
        let (_, chat) = chat(&anna, link, &person(None, Some(&phone), "Марина")).await;
        for nth in 0..EACH {
            chats::send(&anna, chat, SendMessage { text: Some(format!("{nth}")), ..Default::default() }).await.unwrap();
        }
    }
    drain(&t, &outbox, 3_600).await;
    assert_eq!(provider.taken.load(Ordering::SeqCst), taken);
    let refused = provider.refused.load(Ordering::SeqCst);
    // Only the first of each chat is tried, and ever more seldom.
    assert!(refused <= (CHATS * 15) as u64, "{refused} calls in an hour");
    provider.away.store(false, Ordering::SeqCst);
    let (mut seconds, mut before, mut fastest) = (0, taken, 0);
    while provider.taken.load(Ordering::SeqCst) < taken + (CHATS * EACH) as u64 && seconds < 4 * 3_600 {
        drain(&t, &outbox, 1).await;
        seconds += 1;
        let now = provider.taken.load(Ordering::SeqCst);
        (fastest, before) = (fastest.max(now - before), now);
    }
    assert_eq!(provider.taken.load(Ordering::SeqCst), taken + (CHATS * EACH) as u64, "after {seconds} s");
    assert!(fastest <= 80, "{fastest} in one second: sixty, and twenty in a burst");
    drain(&t, &outbox, 60).await;
    assert_eq!(provider.taken.load(Ordering::SeqCst), taken + (CHATS * EACH) as u64, "nothing twice");
}
