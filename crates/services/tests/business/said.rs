//! Searching in what was said: in any form, by whoever may see it, page by page.

use crate::common::{self, TestApp, code};
use crate::setup::{chat, connection, person};
use domain::access::{Role, Visibility};
use domain::ids::*;
use domain::views::*;
use services::{Cx, ErrorCode, accounts, chats, search};

async fn index(t: &TestApp) {
    while search::index_some(&t.app).await.unwrap() > 0 {}
}

async fn say(cx: &Cx, chat: ChatId, text: &str) -> MessageId {
    chats::send(cx, chat, SendMessage { text: Some(text.into()), ..Default::default() }).await.unwrap()
}

async fn found(cx: &Cx, q: &str) -> Vec<String> {
    let query = MessageQuery { q: q.into(), ..Default::default() };
    search::messages(cx, &query).await.unwrap().items.into_iter().map(|message| message.text).collect()
}

async fn talk(t: &TestApp, cx: &Cx, link: ConnectionId, phone: &str, name: &str) -> ChatId {
    chat(&t.again(cx).await, link, &person(None, Some(phone), name)).await.1
}

#[tokio::test]
async fn messages_are_found_in_any_form_and_marked() {
    let t = common::app().await;
    let anna = t.owner("anna").await;
    let link = connection(&anna).await;
    let marina = talk(&t, &anna, link, "+79132041855", "Марина").await;
    say(&anna, marina, "Замена компрессора обойдётся в 12 500 ₽").await;
    t.advance(1_000);
    let anna = t.again(&anna).await;
    say(&anna, marina, "Ёлочную гирлянду привезём завтра, телефон мастера 8 (913) 204-18-55").await;
    assert!(found(&anna, "компрессор").await.is_empty(), "not before the worker has been there");
    index(&t).await;
    for q in ["компрессор", "КОМПРЕССОРЫ замена", "замену компр", "rjvghtccjh", "12 500"]
    {
        assert_eq!(found(&anna, q).await, ["Замена компрессора обойдётся в 12 500 ₽"], "{q}");
    }
    for q in ["елочная", "ёлочные гирлянды", "+7 913 204 18 55", "привезем мастеру"]
    {
        assert_eq!(found(&anna, q).await.len(), 1, "{q}");
    }
    for q in ["компрессор гирлянда", "насос", "", "!", "\" OR *", "' | x:*"] {
        assert!(found(&anna, q).await.is_empty(), "{q}");
    }
    let query = MessageQuery { q: "компрессора".into(), chat_id: Some(marina), ..Default::default() };
    let one = search::messages(&anna, &query).await.unwrap().items.remove(0);
    assert_eq!((one.contact_name.as_str(), one.marks.as_slice()), ("Марина", [(7, 18)].as_slice()));
    // A note is said too; what only the program says is not.
    let note = WriteNote { text: "Клиент капризный".into(), ..Default::default() };
    chats::write_note(&anna, marina, &note).await.unwrap();
    index(&t).await;
    assert_eq!(found(&anna, "капризная").await, ["Клиент капризный"]);
}

#[tokio::test]
async fn nobody_finds_what_they_do_not_see() {
    let t = common::app().await;
    let anna = t.owner("anna").await;
    let olga = t.member(&anna, "olga", Role::Seller).await;
    let boris = t.owner("boris").await;
    let link = connection(&anna).await;
    let (hers, other) =
        (talk(&t, &anna, link, "+79130000001", "Марина").await, talk(&t, &anna, link, "+79130000002", "Пётр").await);
    for (chat, user) in [(hers, olga.user()), (other, anna.user())] {
        chats::change(&anna, chat, ChatChange::Assign { user_id: user }).await.unwrap();
    }
    say(&anna, hers, "Договор ваш").await;
    say(&anna, other, "Договор чужой").await;
    index(&t).await;
    assert_eq!(found(&anna, "договор").await.len(), 2);
    assert!(found(&boris, "договор").await.is_empty());
    let place = MemberPlace { visibility: Visibility::Own, team: String::new(), capacity: None };
    accounts::members::place(&anna, olga.user().unwrap(), &place).await.unwrap();
    assert_eq!(found(&t.again(&olga).await, "договор").await, ["Договор ваш"]);
    let foreign = chats::get(&anna, other).await.unwrap().messages[0].id;
    let olga = t.again(&olga).await;
    assert_eq!(code(chats::back_to(&olga, other, foreign, foreign).await), ErrorCode::NotFound);
}

#[tokio::test]
async fn many_are_read_page_by_page_and_the_thread_reaches_back() {
    let t = common::app().await;
    let anna = t.owner("anna").await;
    let link = connection(&anna).await;
    let marina = talk(&t, &anna, link, "+79132041855", "Марина").await;
    let mut ids = Vec::new();
    for n in 0..150 {
        t.advance(1_000);
        let words = if n % 10 == 0 { "смета" } else { "иное" };
        ids.push(say(&t.again(&anna).await, marina, &format!("{words} {n}")).await);
    }
    index(&t).await;
    let anna = t.again(&anna).await;
    let (mut all, mut cursor) = (Vec::new(), None);
    loop {
        let query = MessageQuery { q: "сметы".into(), cursor, limit: Some(4), ..Default::default() };
        let page = search::messages(&anna, &query).await.unwrap();
        all.extend(page.items.into_iter().map(|message| message.id));
        cursor = page.next_cursor;
        if cursor.is_none() {
            break;
        }
    }
    let mut expected: Vec<MessageId> = ids.iter().step_by(10).copied().collect();
    expected.reverse();
    assert_eq!(all, expected);
    let thread = chats::get(&anna, marina).await.unwrap();
    let page = chats::back_to(&anna, marina, thread.messages[0].id, ids[20]).await.unwrap();
    let reached: Vec<MessageId> = page.items.iter().map(|message| message.id).collect();
    assert_eq!(reached.last(), ids.get(149 - 60), "up to what is shown");
    assert!(reached.contains(&ids[20]) && reached.windows(2).all(|two| two[0] < two[1]) && page.next_cursor.is_none());
}
