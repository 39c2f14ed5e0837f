//! «Стоп-кран»: nothing covered goes out from its commit on; what is held is looked at, dropped or sent.

use crate::common::{self, TestApp, code, code_and_field};
use crate::provider::{connected, drain};
use crate::rules::{draft, published};
use crate::setup::{chat, line, person};
use domain::access::Role;
use domain::chats::Sender;
use domain::ids::*;
use domain::views::*;
use serde_json::json;
use services::pipeline::Outbox;
use services::{Cx, ErrorCode, chats, connections, orders, stops};

fn all() -> PullStop {
    PullStop { scope: StopScope::All, target: String::new(), why: "Ошибка в тексте".into() }
}

fn of(connection: ConnectionId) -> PullStop {
    PullStop { scope: StopScope::Connection, target: connection.to_string(), why: String::new() }
}

async fn say(cx: &Cx, chat: ChatId, text: &str) -> MessageId {
    chats::send(cx, chat, SendMessage { text: Some(text.into()), ..Default::default() }).await.unwrap()
}

async fn waiting(cx: &Cx) -> Vec<HeldSend> {
    stops::held(cx, &ListFilter::default()).await.unwrap().items
}

async fn talk(t: &TestApp, cx: &Cx, link: ConnectionId, phone: &str) -> ChatId {
    let cx = t.again(cx).await;
    chat(&cx, link, &person(None, Some(phone), "Марина")).await.1
}

#[tokio::test]
async fn nothing_goes_out_until_it_is_lifted_and_then_in_order() {
    let t = common::app().await;
    let anna = t.owner("anna").await;
    let (link, provider, _serving) = connected(&anna).await;
    let outbox = Outbox::new(t.app.clone());
    drain(&t, &outbox, 5).await;
    let chat = talk(&t, &anna, link, "+79130000001").await;
    say(&anna, chat, "раз").await;
    // What waits is held, and so is what comes after.
    let stop = stops::pull(&anna, &all()).await.unwrap();
    assert_eq!((stop.pulled_by_name.is_some(), waiting(&anna).await.len()), (true, 1));
    say(&anna, chat, "два").await;
    let written = t.live_rev().await;
    drain(&t, &outbox, 5).await;
    assert!(provider.texts().is_empty(), "{:?}", provider.texts());
    // Whoever looks at what is held is told that there is more.
    assert!(t.hints(anna.organisation, written).await.iter().any(|(topic, _)| topic == "stops"));
    let held = waiting(&anna).await;
    let seen: Vec<(&str, &str)> = held.iter().map(|one| (one.recipient.as_str(), one.text.as_str())).collect();
    assert_eq!(seen, [("Марина", "раз"), ("Марина", "два")]);
    assert_eq!(stops::board(&anna).await.unwrap().covered(StopScope::All, ""), (2, 0));
    assert_eq!(code(stops::pull(&anna, &all()).await), ErrorCode::AlreadyExists);
    let anna = t.again(&anna).await;
    assert_eq!(stops::lift(&anna, stop.id, true).await.unwrap(), 2);
    drain(&t, &outbox, 10).await;
    assert_eq!(provider.texts(), ["раз", "два"]);
    assert_eq!(code(stops::lift(&anna, stop.id, true).await), ErrorCode::NotFound);
    let lines: Vec<_> =
        [t.journal(anna.organisation, "stop_pulled").await, t.journal(anna.organisation, "stop_lifted").await].concat();
    assert_eq!(lines.iter().map(|line| line.args["count"].as_i64().unwrap()).collect::<Vec<_>>(), [1, 2]);
}

#[tokio::test]
async fn some_is_dropped_some_goes_out_and_the_chat_says_which() {
    let t = common::app().await;
    let anna = t.owner("anna").await;
    let (link, provider, _serving) = connected(&anna).await;
    let outbox = Outbox::new(t.app.clone());
    drain(&t, &outbox, 5).await;
    let chat = talk(&t, &anna, link, "+79130000001").await;
    let stop = stops::pull(&anna, &of(link)).await.unwrap();
    for text in ["раз", "два", "три"] {
        say(&anna, chat, text).await;
    }
    drain(&t, &outbox, 2).await;
    let held = waiting(&anna).await;
    let dropped = [held[1].id];
    assert_eq!(stops::discard(&anna, &dropped).await.unwrap(), 1);
    assert_eq!(stops::discard(&anna, &dropped).await.unwrap(), 0, "it is not held any more");
    let anna = t.again(&anna).await;
    stops::lift(&anna, stop.id, true).await.unwrap();
    drain(&t, &outbox, 20).await;
    assert_eq!(provider.texts(), ["раз", "три"]);
    let failed = chats::get(&anna, chat).await.unwrap().messages;
    let failed: Vec<_> = failed.iter().filter(|m| m.error_code.as_deref() == Some("cancelled")).collect();
    assert_eq!((failed.len(), failed[0].text.as_str(), failed[0].sender), (1, "два", Sender::Member));
    // Dropped as a whole.
    let stop = stops::pull(&anna, &of(link)).await.unwrap();
    say(&anna, chat, "четыре").await;
    drain(&t, &outbox, 2).await;
    assert_eq!(stops::lift(&t.again(&anna).await, stop.id, false).await.unwrap(), 1);
    drain(&t, &outbox, 20).await;
    assert_eq!(provider.texts(), ["раз", "три"]);
}

#[tokio::test]
async fn a_stop_covers_what_it_says_and_two_hold_twice() {
    let t = common::app().await;
    let anna = t.owner("anna").await;
    let (link, provider, _serving) = connected(&anna).await;
    let boris = t.owner("boris").await;
    let (foreign, theirs, _theirs_serving) = connected(&boris).await;
    let outbox = Outbox::new(t.app.clone());
    drain(&t, &outbox, 5).await;
    let (here, there) = (talk(&t, &anna, link, "+79130000001").await, talk(&t, &boris, foreign, "+79130000002").await);
    // Somebody else's connection is none of ours.
    assert_eq!(code_and_field(stops::pull(&anna, &of(foreign)).await), (ErrorCode::NotAllowed, "target".into()));
    let channel = PullStop { scope: StopScope::Channel, target: "whatsapp".into(), why: String::new() };
    let (first, second) = (stops::pull(&anna, &channel).await.unwrap(), stops::pull(&anna, &of(link)).await.unwrap());
    say(&anna, here, "наше").await;
    say(&boris, there, "чужое").await;
    drain(&t, &outbox, 5).await;
    assert_eq!((provider.texts().len(), theirs.texts()), (0, vec!["чужое".to_owned()]));
    assert!(waiting(&boris).await.is_empty());
    let anna = t.again(&anna).await;
    assert_eq!(stops::lift(&anna, first.id, true).await.unwrap(), 0, "the other still holds it");
    drain(&t, &outbox, 5).await;
    assert!(provider.texts().is_empty());
    let anna = t.again(&anna).await;
    assert_eq!(stops::lift(&anna, second.id, true).await.unwrap(), 1);
    drain(&t, &outbox, 5).await;
    assert_eq!(provider.texts(), ["наше"]);
    let olga = t.member(&anna, "olga", Role::Seller).await;
    assert_eq!(code(stops::pull(&olga, &all()).await), ErrorCode::Forbidden);
    assert!(stops::list(&olga).await.unwrap().is_empty());
}

#[tokio::test]
async fn one_rule_is_stopped_and_the_rest_goes_out() {
    let t = common::app().await;
    let anna = t.owner("anna").await;
    let (link, provider, _serving) = connected(&anna).await;
    let outbox = Outbox::new(t.app.clone());
    drain(&t, &outbox, 5).await;
    let greet = json!([{"act": {"do": "send_message", "text": "Спасибо за заказ"}}]);
    let rule = published(&anna, "Благодарность", draft("order.created", json!([]), greet)).await;
    let chat = talk(&t, &anna, link, "+79130000001").await;
    let stopped = PullStop { scope: StopScope::Rule, target: rule.to_string(), why: String::new() };
    let ordered = async || {
        let new = NewOrder { chat_id: Some(chat), items: vec![line("Ремонт", 100, 1.0)], ..Default::default() };
        orders::create(&t.again(&anna).await, &new).await.unwrap();
    };
    ordered().await;
    assert_eq!(stops::board(&anna).await.unwrap().covered(StopScope::Rule, &rule.to_string()), (0, 1));
    let stop = stops::pull(&anna, &stopped).await.unwrap();
    ordered().await;
    say(&anna, chat, "сам").await;
    drain(&t, &outbox, 20).await;
    assert_eq!(provider.texts(), ["сам"], "what waited is held with what came after");
    assert_eq!(stops::board(&anna).await.unwrap().covered(StopScope::Rule, &rule.to_string()), (2, 0));
    assert_eq!(stops::lift(&t.again(&anna).await, stop.id, true).await.unwrap(), 2);
    drain(&t, &outbox, 20).await;
    assert_eq!(provider.texts(), ["сам", "Спасибо за заказ", "Спасибо за заказ"]);
    let nobody = PullStop { scope: StopScope::Rule, target: stop.id.to_string(), why: String::new() };
    assert_eq!(code_and_field(stops::pull(&anna, &nobody).await), (ErrorCode::NotAllowed, "target".into()));
}

#[tokio::test]
async fn lifting_a_stop_leaves_a_connection_off_that_was_switched_off() {
    let t = common::app().await;
    let anna = t.owner("anna").await;
    let (link, provider, _serving) = connected(&anna).await;
    let outbox = Outbox::new(t.app.clone());
    drain(&t, &outbox, 5).await;
    let chat = talk(&t, &anna, link, "+79130000001").await;
    let stop = stops::pull(&anna, &all()).await.unwrap();
    say(&anna, chat, "раз").await;
    connections::switch(&anna, link, false).await.unwrap();
    stops::lift(&t.again(&anna).await, stop.id, true).await.unwrap();
    drain(&t, &outbox, 5).await;
    assert_eq!((provider.texts().len(), state(&anna, link).await), (0, ConnectionState::Off));
    connections::switch(&t.again(&anna).await, link, true).await.unwrap();
    drain(&t, &outbox, 5).await;
    assert_eq!(provider.texts(), ["раз"]);
}

#[tokio::test]
async fn what_a_node_believed_too_long_holds_nothing_for_good() {
    let t = common::app().await;
    let anna = t.owner("anna").await;
    let (link, provider, _serving) = connected(&anna).await;
    let outbox = Outbox::new(t.app.clone());
    drain(&t, &outbox, 5).await;
    let chat = talk(&t, &anna, link, "+79130000001").await;
    let set = async |state| {
        let mut tx = t.app.db.begin().await.unwrap();
        store::connections::set_state(&mut tx, anna.organisation, link, state).await.unwrap();
        tx.commit().await.unwrap();
    };
    say(&anna, chat, "раз").await;
    set(ConnectionState::Reauth).await;
    t.app.connections.forget(link);
    t.app.connections.by_id(&t.app, anna.organisation, link).await.unwrap();
    // Another node signs in; this one still believes what it read.
    set(ConnectionState::Active).await;
    drain(&t, &outbox, 5).await;
    assert_eq!((provider.texts(), state(&anna, link).await), (vec!["раз".to_owned()], ConnectionState::Active));
}

async fn state(cx: &Cx, link: ConnectionId) -> ConnectionState {
    store::connections::row(cx.db(), cx.organisation, link).await.unwrap().unwrap().state
}
