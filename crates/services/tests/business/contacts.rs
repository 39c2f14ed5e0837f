//! Contacts by hand and through keys.

use crate::common::{self, code, code_and_field};
use crate::setup::{contact, order};
use domain::access::Role;
use domain::orders::OrderStatus;
use domain::views::*;
use services::{ErrorCode, contacts, orders};

fn phone(text: &str) -> SaveContact {
    SaveContact { phone: Some(text.into()), ..Default::default() }
}

#[tokio::test]
async fn a_contact_is_checked_and_a_phone_belongs_to_one_person() {
    let t = common::app().await;
    let anna = t.owner("anna").await;
    let before = t.live_rev().await;
    let marina = contact(&anna, "  Марина ", "8 (913) 204-18-55").await;
    assert_eq!((marina.name.as_str(), marina.phone.as_deref(), marina.rev), ("Марина", Some("+79132041855"), 1));
    assert!(t.hints(anna.organisation, before).await.contains(&("contacts".into(), marina.id.to_string())));

    let error = contacts::create(&anna, &phone("+7 913 204 18 55")).await.unwrap_err().into_api();
    assert_eq!((error.code, error.field.as_deref()), (ErrorCode::AlreadyExists, Some("phone")));
    assert_eq!((error.args["what"].as_str(), error.args["id"].clone()), ("phone", marina.id.to_string()));
    let other = contact(&anna, "Игорь", "").await;
    let error = contacts::update(&anna, other.id, &phone("79132041855")).await.unwrap_err().into_api();
    assert_eq!((error.code, error.args["id"].clone()), (ErrorCode::AlreadyExists, marina.id.to_string()));

    let bad = [
        (SaveContact::default(), ErrorCode::Required, "name"),
        (SaveContact { name: Some(" ".into()), ..Default::default() }, ErrorCode::Required, "name"),
        (phone("12"), ErrorCode::BadPhone, "phone"),
        (phone("позвоните"), ErrorCode::BadPhone, "phone"),
        (SaveContact { email: Some("a@b".into()), ..Default::default() }, ErrorCode::BadEmail, "email"),
        (SaveContact { name: Some("я".repeat(201)), ..Default::default() }, ErrorCode::TooLong, "name"),
        (
            SaveContact { name: Some("a".into()), note: Some("я".repeat(5_001)), ..Default::default() },
            ErrorCode::TooLong,
            "note",
        ),
    ];
    for (input, code, field) in bad {
        assert_eq!(code_and_field(contacts::create(&anna, &input).await), (code, field.to_owned()));
    }
    // Without a phone there may be many, and a phone taken away can be given to somebody else.
    contact(&anna, "Игорь", "").await;
    contacts::update(&anna, marina.id, &phone("")).await.unwrap();
    contacts::update(&anna, other.id, &phone("79132041855")).await.unwrap();
}

#[tokio::test]
async fn of_two_editors_one_is_told_and_the_journal_shows_what_changed() {
    let t = common::app().await;
    let anna = t.owner("anna").await;
    let marina = contact(&anna, "Марина", "").await;
    let change = |name: &str, rev| SaveContact { name: Some(name.into()), rev, ..Default::default() };
    let changed = contacts::update(&anna, marina.id, &change("Марина Лебедева", Some(1))).await.unwrap();
    assert_eq!(changed.rev, 2);
    assert_eq!(code(contacts::update(&anna, marina.id, &change("Марина П.", Some(1))).await), ErrorCode::Stale);
    let line = &t.journal(anna.organisation, "contact_changed").await[0];
    assert_eq!(line.args["changes"], serde_json::json!([{"field": "name", "from": "Марина", "to": "Марина Лебедева"}]));
    let same = contacts::update(&anna, marina.id, &change("Марина Лебедева", Some(2))).await.unwrap();
    assert_eq!((same.rev, t.journal(anna.organisation, "contact_changed").await.len()), (2, 1), "no change, no line");
}

#[tokio::test]
async fn of_many_with_one_phone_at_the_same_moment_one_is_made() {
    let t = common::app().await;
    let anna = t.owner("anna").await;
    let tasks = (0..10).map(|n| {
        let anna = anna.clone();
        let input = SaveContact { name: Some(format!("Марина {n}")), ..phone("+79132041855") };
        tokio::spawn(async move { contacts::create(&anna, &input).await })
    });
    let done = futures::future::join_all(tasks).await.into_iter().map(Result::unwrap);
    let (made, refused): (Vec<_>, Vec<_>) = done.partition(Result::is_ok);
    assert_eq!((made.len(), refused.len()), (1, 9));
    for error in refused {
        assert_eq!(code(error), ErrorCode::AlreadyExists);
    }
}

#[tokio::test]
async fn the_card_shows_orders_and_what_was_spent() {
    let t = common::app().await;
    let anna = t.owner("anna").await;
    let marina = contact(&anna, "Марина", "+79132041855").await;
    let (first, second) = (order(&anna, marina.id).await, order(&anna, marina.id).await);
    let cancel =
        ChangeOrder { status: Some(OrderStatus::Cancelled), reason: Some("дорого".into()), ..Default::default() };
    orders::change(&anna, second.order.id, &cancel).await.unwrap();
    let card = contacts::get(&anna, marina.id).await.unwrap();
    assert_eq!((card.contact.orders, card.contact.spent_minor), (2, 10_000));
    assert_eq!(card.orders.iter().map(|o| o.id).collect::<Vec<_>>(), [second.order.id, first.order.id]);
    assert_eq!(contacts::list(&anna, &ListFilter::default()).await.unwrap().items[0], card.contact);

    // A key that may see only contacts sees the card without orders.
    let key = t.key(&anna, "contacts:read").await;
    let card = contacts::get(&key, marina.id).await.unwrap();
    assert!(card.orders.is_empty() && card.chats.is_empty() && card.contact.orders == 2);
    let quality = t.member(&anna, "vera", Role::Quality).await;
    assert_eq!(code(contacts::update(&quality, marina.id, &phone("")).await), ErrorCode::Forbidden);
}
