//! Two at the same moment, on two nodes or in two tabs: what one decides by is not changed by the other. SQLite has one writer,
//! so there these hold by themselves; PostgreSQL needs its locks.

use crate::common::{self, TestApp, code};
use crate::rules::{draft, published};
use crate::setup::{chat, connection, person};
use crate::team::{routed, waiting};
use domain::access::{Presence, Role};
use domain::chats::{ChatStatus, MessageKind, Sender};
use domain::ids::*;
use domain::routing::{Routing, RoutingMode};
use domain::views::*;
use serde_json::json;
use services::accounts::members;
use services::{Cx, ErrorCode, chats, rules};
use std::time::Duration;

/// Long enough for whoever is not held up; nothing is claimed of it.
const A_WHILE: Duration = Duration::from_millis(400);

async fn active(t: &TestApp, owner: &Cx, name: &str) -> Cx {
    let cx = t.member(owner, name, Role::Seller).await;
    members::set_presence(&cx, Presence::Active).await.unwrap();
    cx
}

async fn view(cx: &Cx, id: ChatId) -> ChatView {
    chats::get(cx, id).await.unwrap().chat
}

#[tokio::test]
async fn a_chat_somebody_is_just_taking_is_not_given_to_another() {
    let t = common::app().await;
    let anna = t.owner("anna").await;
    members::set_presence(&anna, Presence::Break).await.unwrap();
    let link = connection(&anna).await;
    routed(&anna, Routing { mode: RoutingMode::Equal, ..Routing::default() }).await;
    let id = waiting(&anna, link, 1).await;
    active(&t, &anna, "boris").await;
    let vera = t.member(&anna, "vera", Role::Seller).await;

    let mut taking = vera.work().await.unwrap();
    store::chats::for_change(&mut taking.tx, anna.organisation, id).await.unwrap().unwrap();
    store::chats::assign(&mut taking.tx, anna.organisation, id, vera.user()).await.unwrap();
    let app = t.app.clone();
    let mut giving = tokio::spawn(async move { chats::give_out(&app).await.unwrap() });
    let _ = tokio::time::timeout(A_WHILE, &mut giving).await;
    taking.commit().await.unwrap();
    if !giving.is_finished() {
        assert_eq!(giving.await.unwrap(), 0);
    }
    assert_eq!(view(&anna, id).await.assignee_id, vera.user());
}

#[tokio::test]
async fn a_client_who_writes_while_their_quiet_chat_is_closed_still_waits() {
    let t = common::app().await;
    let anna = t.owner("anna").await;
    let link = connection(&anna).await;
    routed(&anna, Routing { close_after_days: 1, ..Routing::default() }).await;
    let who = person(None, Some("+79132040001"), "Клиент 1");
    let (_, id) = chat(&anna, link, &who).await;
    chats::change(&anna, id, ChatChange::NoAnswerNeeded).await.unwrap();
    t.advance(3 * 24 * 3_600_000);

    let cx = t.again(&anna).await;
    let mut writing = cx.work().await.unwrap();
    let line = store::chats::Line {
        preview: "Вы ещё работаете?",
        kind: MessageKind::Text,
        sender: Sender::Customer,
        at: cx.now,
    };
    store::chats::customer_wrote(&mut writing.tx, cx.organisation, id, &who, cx.now, &line).await.unwrap();
    let app = t.app.clone();
    let mut tidying = tokio::spawn(async move { chats::tidy(&app).await.unwrap() });
    let _ = tokio::time::timeout(A_WHILE, &mut tidying).await;
    writing.commit().await.unwrap();
    if !tidying.is_finished() {
        tidying.await.unwrap();
    }
    let chat = view(&cx, id).await;
    assert_eq!((chat.status, chat.waiting_since), (ChatStatus::Active, Some(cx.now)));
}

#[tokio::test]
async fn of_two_answers_to_one_message_at_the_same_moment_one_goes_out() {
    let t = common::app().await;
    let anna = t.owner("anna").await;
    let link = connection(&anna).await;
    let (boris, vera) = (active(&t, &anna, "boris").await, active(&t, &anna, "vera").await);
    for n in 0..8 {
        let id = waiting(&anna, link, n).await;
        let after = chats::get(&anna, id).await.unwrap().messages.last().map(|message| message.id);
        let answer = SendMessage { text: Some("Здравствуйте".into()), after, ..Default::default() };
        let (one, other) =
            tokio::join!(chats::send(&boris, id, answer.clone()), chats::send(&vera, id, answer.clone()));
        let refused = if one.is_ok() { other } else { one };
        assert_eq!(code(refused), ErrorCode::AnsweredMeanwhile);
        let thread = chats::get(&anna, id).await.unwrap();
        let taken = thread.messages.iter().filter(|m| m.text == "chat_taken").count();
        assert_eq!(taken, 1, "one of them has the chat");
    }
}

#[tokio::test]
async fn a_rule_by_the_clock_acts_once_however_many_nodes_look() {
    let t = common::app().await;
    let anna = t.owner("anna").await;
    let link = connection(&anna).await;
    let mut tree = draft("chat.unanswered", json!([]), json!([{"act": {"do": "add_tag", "tag": "Ждал ответа"}}]));
    tree["trigger"]["minutes"] = json!(30);
    published(&anna, "Без ответа", tree).await;
    t.advance(60_000);
    let cx = t.again(&anna).await;
    for n in 0..20 {
        waiting(&cx, link, n).await;
    }
    t.advance(31 * 60_000);
    let looks = (0..4).map(|_| {
        let app = t.app.clone();
        tokio::spawn(async move { rules::run_by_clock(&app).await.unwrap() })
    });
    let found: usize = futures::future::join_all(looks).await.into_iter().map(|n| n.unwrap()).sum();
    assert_eq!(found, 20);
}
