//! What rules start from beside messages and orders: clients, who has something, a client's own dates.

use crate::common::{self, TestApp};
use crate::custom::{start, values};
use crate::setup::{chat, connection, contact, form, line, order, person};
use domain::access::Role;
use domain::chats::ChatStatus;
use domain::ids::*;
use domain::views::*;
use serde_json::{Value as Json, json};
use services::{Cx, chats, contacts, orders, rules, zone};

const HOUR: i64 = 3_600_000;

fn tag(text: &str) -> Json {
    json!([{"act": {"do": "add_tag", "tag": text}}])
}

async fn published(cx: &Cx, trigger: Json, when: Json, then: Json) -> RuleId {
    let draft = json!({"v": 1, "trigger": trigger, "when": {"is": "all", "of": when}, "then": then});
    let input = SaveRule { name: Some("Правило".into()), draft: Some(draft), ..Default::default() };
    let id = rules::create(cx, &input).await.unwrap().rule.id;
    rules::publish(cx, id, &PublishRule::default()).await.unwrap();
    id
}

async fn on(cx: &Cx, event: &str, when: Json, then: Json) -> RuleId {
    published(cx, json!({"event": event}), when, then).await
}

/// Outcomes, oldest first.
async fn outcomes(cx: &Cx, rule: RuleId) -> Vec<RunOutcome> {
    let filter = RunFilter { rule_id: Some(rule), ..Default::default() };
    let runs = rules::runs(cx, &filter).await.unwrap().items;
    runs.into_iter().rev().map(|run| run.outcome).collect()
}

use RunOutcome::{Done, Nothing};

#[tokio::test]
async fn a_new_client_and_what_changes_on_the_card() {
    let t = common::app().await;
    let anna = start(&t).await;
    let fresh = on(&anna, "contact.created", json!([]), tag("новый")).await;
    let has = |part: &str| json!([{"is": "test", "field": "contact.changed", "op": {"is": "has", "value": part}}]);
    let moved = on(&anna, "contact.changed", has("city"), tag("переехал")).await;
    let golden = on(&anna, "contact.changed", has("custom.uroven"), json!([{"act": {"do": "stop"}}])).await;
    let client = contact(&anna, "Марина", "").await.id;
    assert_eq!(outcomes(&anna, fresh).await, [Done]);
    assert_eq!(contacts::tags::get(&anna, client).await.unwrap(), ["новый"]);
    // The tag it has just been given is a change too, but not this one.
    assert_eq!(outcomes(&anna, moved).await, [Nothing]);
    let city =
        SaveContact { city: Some("Омск".into()), company: Some("Ромашка".into()), ..Default::default() };
    contacts::update(&anna, client, &city).await.unwrap();
    contacts::update(&anna, client, &city).await.unwrap();
    // The change of the city, then the tag that followed from it; saving the same again is no change.
    assert_eq!(outcomes(&anna, moved).await, [Nothing, Done, Nothing]);
    let both = values(&[("uroven", "Золотой"), ("skidka", "5")]);
    contacts::custom::set(&anna, client, &both).await.unwrap();
    contacts::custom::set(&anna, client, &both).await.unwrap();
    assert_eq!(outcomes(&anna, golden).await, [Nothing, Nothing, Nothing, Done], "two fields at once are one change");
    contacts::tags::set(&anna, client, &["а".into(), "б".into()]).await.unwrap();
    assert_eq!(outcomes(&anna, moved).await.len(), 5, "two tags at once are one change");
}

#[tokio::test]
async fn who_has_a_chat_and_how_it_stands() {
    let t = common::app().await;
    let anna = t.owner("anna").await;
    let boris = t.member(&anna, "boris", Role::Seller).await;
    let link = connection(&anna).await;
    let given = json!([{"is": "test", "field": "chat.assigned", "op": {"is": "yes"}}]);
    let assigned = on(&anna, "chat.assigned", given, tag("с ответственным")).await;
    let closed = json!([{"is": "test", "field": "chat.status", "op": {"is": "equal", "value": "closed"}}]);
    let shut = on(&anna, "chat.status_changed", closed, tag("закрыт")).await;
    let again = json!([{"is": "test", "field": "chat.from_status", "op": {"is": "equal", "value": "closed"}}]);
    let opened = on(&anna, "chat.status_changed", again, tag("вернулся")).await;
    let (client, talk) = chat(&anna, link, &person(Some("RU.1"), Some("+79132041855"), "Марина")).await;
    // The first to answer takes it; taking what one has is nothing new.
    let say = SendMessage { text: Some("Здравствуйте".into()), ..Default::default() };
    chats::send(&boris, talk, say).await.unwrap();
    let to = |user_id| ChatChange::Assign { user_id };
    chats::change(&anna, talk, to(boris.user())).await.unwrap();
    assert_eq!(outcomes(&anna, assigned).await, [Done]);
    chats::change(&anna, talk, to(None)).await.unwrap();
    assert_eq!(outcomes(&anna, assigned).await, [Done, Nothing]);
    let status = |status| ChatChange::Status { status };
    chats::change(&anna, talk, status(ChatStatus::Closed)).await.unwrap();
    chats::change(&anna, talk, status(ChatStatus::Active)).await.unwrap();
    assert_eq!(
        (outcomes(&anna, shut).await, outcomes(&anna, opened).await),
        (vec![Done, Nothing], vec![Nothing, Done])
    );
    let tags = contacts::tags::get(&anna, client).await.unwrap();
    assert_eq!(tags, ["вернулся", "закрыт", "с ответственным"]);
}

#[tokio::test]
async fn who_has_an_order_and_what_is_in_it() {
    let t = common::app().await;
    let anna = t.owner("anna").await;
    let boris = t.member(&anna, "boris", Role::Seller).await;
    let say = |text: &str| json!([{"act": {"do": "comment", "text": text}}]);
    let assigned = on(&anna, "order.assigned", json!([]), say("Передан")).await;
    let dearer = json!([{"is": "test", "field": "order.changed", "op": {"is": "has_any", "values": ["items"]}}]);
    let changed = on(&anna, "order.changed", dearer, say("Было {{order.total_before | money}}")).await;
    let client = contact(&anna, "Марина", "").await.id;
    let id = order(&anna, client).await.order.id;
    let give = ChangeOrder { assignee_id: boris.user().map(|id| id.to_string()), ..Default::default() };
    orders::change(&anna, id, &give).await.unwrap();
    orders::change(&anna, id, &give).await.unwrap();
    assert_eq!(outcomes(&anna, assigned).await, [Done]);
    assert_eq!(outcomes(&anna, changed).await, []);
    let named = ChangeOrder { title: Some("Ремонт".into()), ..Default::default() };
    orders::change(&anna, id, &named).await.unwrap();
    let lines = form(client, vec![line("Диагностика", 30_000, 1.0)]).items;
    orders::change(&anna, id, &ChangeOrder { items: Some(lines), ..Default::default() }).await.unwrap();
    assert_eq!(outcomes(&anna, changed).await, [Nothing, Done]);
    let said: Vec<String> = orders::get(&anna, id).await.unwrap().comments.into_iter().map(|one| one.text).collect();
    assert!(said.iter().any(|text| text.starts_with("Было 100")), "{said:?}");
}

/// Clients with these dates of birth, and how many runs there are after a step of the clock.
async fn birthdays(t: &TestApp, date: Json, born: &[&str], waits: &[(i64, usize)]) {
    let anna = start(t).await;
    for (n, day) in born.iter().enumerate() {
        let id = contact(&anna, &format!("Клиент {n}"), "").await.id;
        contacts::custom::set(&anna, id, &values(&[("den_rozhdeniya", day)])).await.unwrap();
    }
    let trigger = json!({"event": "contact.date", "minutes": 600, "date": date});
    let rule = published(&anna, trigger, json!([]), tag("поздравить")).await;
    for (wait, count) in waits {
        t.advance(*wait);
        rules::run_by_clock(&t.app).await.unwrap();
        rules::run_by_clock(&t.app).await.unwrap();
        assert_eq!(outcomes(&t.again(&anna).await, rule).await.len(), *count, "after {wait}");
    }
}

/// So many days from now, as a date of birth kept as a day.
fn in_days(t: &TestApp, days: i64) -> String {
    let now = services::Clock::now(t.clock.as_ref());
    // The tests' organisation lies seven hours east.
    zone::date((now + 7 * HOUR) / zone::DAY_MS + days)
}

#[tokio::test]
async fn a_day_counted_from_a_clients_date_comes_once_at_its_time() {
    let t = common::app().await;
    let (soon, late) = (in_days(&t, 3), in_days(&t, 4));
    let date = json!({"field": "custom.den_rozhdeniya", "days": -2});
    // It is 19:00: ten in the morning is fifteen hours away.
    let waits = [(14 * HOUR, 0), (HOUR, 1), (HOUR, 1), (23 * HOUR, 2), (48 * HOUR, 2)];
    birthdays(&t, date, &[&soon, &late, "1990-01-01"], &waits).await;
}

#[tokio::test]
async fn a_birthday_comes_every_year_and_whoever_was_away_overnight_misses_none() {
    let t = common::app().await;
    let tomorrow = in_days(&t, 1).split_off(5);
    let born = [format!("1990-{tomorrow}"), format!("1984-{tomorrow}"), "1990-03-05".to_owned()];
    let born: Vec<&str> = born.iter().map(String::as_str).collect();
    let date = json!({"field": "custom.den_rozhdeniya", "yearly": true});
    let waits = [(37 * HOUR, 2), (HOUR, 2), (365 * 24 * HOUR - 20 * HOUR, 4)];
    birthdays(&t, date, &born, &waits).await;
}

#[tokio::test]
async fn the_29th_of_february_is_the_28th_in_other_years() {
    let t = common::app().await;
    let now = services::Clock::now(t.clock.as_ref());
    // The next 28th of February of a year without a 29th, at noon.
    let day = (1..800).find(|n| in_days(&t, *n).ends_with("-02-28") && in_days(&t, n + 1).ends_with("-03-01")).unwrap();
    t.advance((now / zone::DAY_MS + day - 1) * zone::DAY_MS + 12 * HOUR - now);
    let date = json!({"field": "custom.den_rozhdeniya", "yearly": true});
    birthdays(&t, date, &["1992-02-29", "1992-02-28", "1992-03-01"], &[(24 * HOUR, 2), (24 * HOUR, 3)]).await;
}

#[tokio::test]
async fn a_date_must_be_chosen_and_be_one() {
    let t = common::app().await;
    let anna = start(&t).await;
    for (date, code) in [
        (Json::Null, "date_needed"),
        (json!({"field": "custom.uroven"}), "not_a_date"),
        (json!({"field": "contact.created_at"}), "not_a_date"),
        (json!({"field": "custom.nobody"}), "unknown_field"),
        (json!({"field": "custom.den_rozhdeniya", "days": 9_999}), "wrong_value"),
        (json!({"field": "custom.den_rozhdeniya", "days": i32::MIN}), "wrong_value"),
    ] {
        let mut trigger = json!({"event": "contact.date", "minutes": 600});
        if !date.is_null() {
            trigger["date"] = date.clone();
        }
        let draft = json!({"v": 1, "trigger": trigger, "when": {"is": "all", "of": []}, "then": tag("да")});
        let input = SaveRule { name: Some("Правило".into()), draft: Some(draft), ..Default::default() };
        let problems = rules::create(&anna, &input).await.unwrap().problems;
        assert_eq!(problems.iter().map(|one| one.code.as_str()).collect::<Vec<_>>(), [code], "{date}");
    }
}
