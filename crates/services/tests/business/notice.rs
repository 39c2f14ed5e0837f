//! Orders from chats, and the notice to the customer when an order is ready.

use crate::common::{self, TestApp, code_and_field};
use crate::setup::{chat, connection, contact, form, line, order, person};
use domain::chats::{Channel, MessageKind, Sender};
use domain::ids::{ChatId, OrderId};
use domain::orders::{OrderSource, OrderStatus};
use domain::views::*;
use services::{Cx, ErrorCode, accounts::organisation, orders};

async fn ready(cx: &Cx, id: OrderId) -> OrderCard {
    let change = ChangeOrder { status: Some(OrderStatus::Ready), ..Default::default() };
    orders::change(cx, id, &change).await.unwrap()
}

async fn thread(t: &TestApp, cx: &Cx, chat: ChatId) -> Vec<MessageView> {
    let mut messages = store::messages::thread(&t.app.db, cx.organisation, chat, None, 50).await.unwrap();
    messages.reverse();
    messages
}

async fn from_chat(cx: &Cx, chat: ChatId) -> OrderCard {
    let input = NewOrder {
        chat_id: Some(chat), items: vec![line("Замена помпы", 320_000, 1.0)], ..Default::default()
    };
    orders::create(cx, &input).await.unwrap()
}

#[tokio::test]
async fn an_order_from_a_chat_is_told_in_the_chat() {
    let t = common::app().await;
    let anna = t.owner("anna").await;
    let link = connection(&anna).await;
    let (client, talk) = chat(&anna, link, &person(Some("RU.1"), Some("+79132041855"), "Марина")).await;
    let made = from_chat(&anna, talk).await;
    assert_eq!((made.order.contact_id, made.order.chat_id), (client, Some(talk)));
    assert_eq!((made.order.source, made.order.channel), (OrderSource::Chat, Some(Channel::Whatsapp)));
    let note = thread(&t, &anna, talk).await.pop().unwrap();
    assert_eq!((note.kind, note.text.as_str()), (MessageKind::Notice, "order_created"));
    assert_eq!(note.meta["number"], 1);
    let other = contact(&anna, "Игорь", "").await;
    let wrong = NewOrder { chat_id: Some(talk), ..form(other.id, vec![line("a", 1, 1.0)]) };
    assert_eq!(code_and_field(orders::create(&anna, &wrong).await), (ErrorCode::NotAllowed, "chat_id".into()));

    let key = t.key(&anna, "orders:write, orders:read").await;
    assert_eq!(from_chat(&key, talk).await.order.source, OrderSource::Api);
}

#[tokio::test]
async fn inside_the_window_the_notice_is_a_text_and_outside_a_template() {
    let t = common::app().await;
    let anna = t.owner("anna").await;
    let link = connection(&anna).await;
    let (_, talk) = chat(&anna, link, &person(Some("RU.1"), Some("+79132041855"), "Марина")).await;
    let made = from_chat(&anna, talk).await;
    ready(&anna, made.order.id).await;
    let sent = thread(&t, &anna, talk).await.pop().unwrap();
    assert_eq!((sent.kind, sent.sender), (MessageKind::Text, Sender::System));
    assert_eq!(sent.text, "Марина, ваш заказ № 1: готов");
    assert!(sent.job_id.is_some());
    let line = &t.journal(anna.organisation, "notice_sent").await[0];
    assert_eq!(line.args["message_id"], sent.id.to_string());

    let second = from_chat(&anna, talk).await;
    t.advance(25 * 60 * 60_000);
    let anna = t.again(&anna).await;
    ready(&anna, second.order.id).await;
    let sent = thread(&t, &anna, talk).await.pop().unwrap();
    assert_eq!(sent.kind, MessageKind::Template);
    let job = store::jobs::payload(&t.app.db, anna.organisation, sent.job_id.unwrap()).await.unwrap().unwrap();
    assert_eq!(job["input"]["content"]["name"], "order_status");
    assert_eq!(job["input"]["content"]["params"], serde_json::json!(["Марина", "2", "готов"]));
}

#[tokio::test]
async fn a_notice_that_cannot_go_never_keeps_an_order_from_moving() {
    let t = common::app().await;
    let anna = t.owner("anna").await;
    let nobody = contact(&anna, "Без чата", "").await;
    let made = order(&anna, nobody.id).await;
    assert_eq!(ready(&anna, made.order.id).await.order.status, OrderStatus::Ready);
    assert_eq!(t.journal(anna.organisation, "notice_no_channel").await.len(), 1);

    // An order made without a chat is told in the chat its client used last.
    let link = connection(&anna).await;
    let who = person(Some("RU.2"), Some("+79990001122"), "Игорь");
    let (client, talk) = chat(&anna, link, &who).await;
    let made = order(&anna, client).await;
    ready(&anna, made.order.id).await;
    assert_eq!(thread(&t, &anna, talk).await.len(), 2);

    let broken = order(&anna, client).await;
    t.sql("UPDATE connections SET state = 'off'").await;
    t.app.connections.forget(link);
    assert_eq!(ready(&anna, broken.order.id).await.order.status, OrderStatus::Ready);
    let line = &t.journal(anna.organisation, "notice_failed").await[0];
    assert_eq!((line.level.as_str(), &line.args["code"]), ("warning", &"connection_unavailable".into()));
    assert_eq!(thread(&t, &anna, talk).await.len(), 2, "nothing half written");
}

#[tokio::test]
async fn the_organisation_decides_what_is_told() {
    let t = common::app().await;
    let anna = t.owner("anna").await;
    let link = connection(&anna).await;
    let (client, talk) = chat(&anna, link, &person(Some("RU.1"), None, "")).await;
    let set = async |notice: OrderNotice| {
        let view = organisation::view(&anna).await.unwrap();
        let settings = OrganisationSettings { order_notice: notice, ..Default::default() };
        let input = OrganisationInput {
            name: view.name,
            time_zone: view.time_zone,
            currency: view.currency,
            settings,
            rev: view.rev,
        };
        organisation::update(&anna, input).await.unwrap();
    };
    set(OrderNotice { enabled: false, ..Default::default() }).await;
    let silent = order(&anna, client).await;
    ready(&anna, silent.order.id).await;
    assert_eq!(thread(&t, &anna, talk).await.len(), 1);

    let text = "№ {number}: {status}, к оплате {total}".to_owned();
    set(OrderNotice { statuses: vec![OrderStatus::InProgress], text, template: String::new(), ..Default::default() })
        .await;
    let told = order(&anna, client).await;
    let work = ChangeOrder { status: Some(OrderStatus::InProgress), ..Default::default() };
    orders::change(&anna, told.order.id, &work).await.unwrap();
    assert_eq!(thread(&t, &anna, talk).await.pop().unwrap().text, "№ 2: в работе, к оплате 100 ₽");

    // No template and a closed window: noted, not sent.
    let late = order(&anna, client).await;
    t.advance(25 * 60 * 60_000);
    orders::change(&t.again(&anna).await, late.order.id, &work).await.unwrap();
    let line = &t.journal(anna.organisation, "notice_failed").await[0];
    assert_eq!(line.args["code"], "window_closed");
}
