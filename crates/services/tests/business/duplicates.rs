//! Cards that may be of one person: found by a worker, with reasons, decided by people.

use crate::common::{self, TestApp, code};
use crate::custom::{start, values};
use crate::setup::{chat, connection, contact, person};
use domain::duplicates::ReasonKind;
use domain::ids::*;
use domain::views::*;
use services::contacts::{self, duplicates};
use services::{Cx, ErrorCode};

const PHONE: &str = "+79132041855";

/// What the worker does until nothing is left.
pub async fn compared(t: &TestApp) {
    while duplicates::compare_some(&t.app).await.unwrap() > 0 {}
}

/// The pairs nobody has decided about, with their reasons.
pub async fn pairs(cx: &Cx) -> Vec<(ContactId, ContactId, Vec<ReasonKind>)> {
    let found = duplicates::list(cx, &DuplicateFilter::default()).await.unwrap().items;
    let kinds = |pair: &DuplicateView| pair.reasons.iter().map(|reason| reason.kind).collect();
    found.iter().map(|pair| (pair.one.id, pair.other.id, kinds(pair))).collect()
}

#[tokio::test]
async fn pairs_say_why_and_a_decision_is_remembered() {
    let t = common::app().await;
    let anna = start(&t).await;
    let link = connection(&anna).await;
    let mail = |name: &str, email: &str| SaveContact {
        name: Some(name.into()),
        email: Some(email.into()),
        ..Default::default()
    };
    let one = contacts::create(&anna, &mail("Марина", "marina.lebedeva@gmail.com")).await.unwrap().id;
    let other = contacts::create(&anna, &mail("Лебедева", "MarinaLebedeva+shop@gmail.com")).await.unwrap().id;
    // A phone of WhatsApp that stands on another card.
    let (writes, _) = chat(&anna, link, &person(None, Some(PHONE), "Игорь")).await;
    let none = SaveContact { phone: Some(String::new()), ..Default::default() };
    contacts::update(&anna, writes, &none).await.unwrap();
    let typed = contact(&anna, "Игорь Белов", PHONE).await.id;
    let born = values(&[("den_rozhdeniya", "01.05.1990")]);
    contacts::custom::set(&anna, typed, &born).await.unwrap();
    let namesake = contact(&anna, "Белов  ИГОРЬ", "").await.id;
    contacts::custom::set(&anna, namesake, &born).await.unwrap();
    let stranger = contact(&anna, "Белов Игорь", "").await.id;
    compared(&t).await;
    let expected = vec![
        (writes, typed, vec![ReasonKind::Phone]),
        (one, other, vec![ReasonKind::Email]),
        (typed, namesake, vec![ReasonKind::NameField]),
    ];
    assert_eq!(pairs(&anna).await, expected);
    let named = &duplicates::list(&anna, &DuplicateFilter::default()).await.unwrap().items;
    assert_eq!((named[0].reasons[0].one.as_str(), named[0].reasons[0].other.as_str()), ("channel.whatsapp", ""));
    assert_eq!(named[2].reasons[0].one, "День рождения");
    assert_eq!(duplicates::count(&anna).await.unwrap(), 3);
    assert_eq!(contacts::get(&anna, typed).await.unwrap().duplicates.len(), 2, "the card says so too");
    let page = DuplicateFilter { limit: Some(2), ..Default::default() };
    let first = duplicates::list(&anna, &page).await.unwrap();
    let page = DuplicateFilter { cursor: first.next_cursor, ..page };
    assert_eq!(duplicates::list(&anna, &page).await.unwrap().items.len(), 1);

    // Different people: gone from the list for good, whatever is compared again.
    let differ = DecidePair { one_id: other, other_id: one, different: true };
    duplicates::decide(&anna, &differ).await.unwrap();
    contacts::update(&anna, one, &SaveContact { city: Some("Омск".into()), ..Default::default() }).await.unwrap();
    compared(&t).await;
    assert_eq!(pairs(&anna).await.len(), 2);
    let different = DuplicateFilter { different: true, ..Default::default() };
    assert_eq!(duplicates::list(&anna, &different).await.unwrap().items.len(), 1);
    // Taken back, they are compared anew.
    let again = DecidePair { different: false, ..differ };
    duplicates::decide(&anna, &again).await.unwrap();
    compared(&t).await;
    assert_eq!(pairs(&anna).await.len(), 3);
    assert_eq!(code(duplicates::decide(&anna, &again).await), ErrorCode::NotFound, "nobody says so any more");
    // Somebody may know it of cards nobody took for one.
    let known = DecidePair { one_id: stranger, other_id: one, different: true };
    duplicates::decide(&anna, &known).await.unwrap();
    assert_eq!(duplicates::list(&anna, &different).await.unwrap().items.len(), 1);
    // What no longer is the same is no pair any more.
    contacts::custom::set(&anna, namesake, &values(&[("den_rozhdeniya", "")])).await.unwrap();
    compared(&t).await;
    assert_eq!(pairs(&anna).await.len(), 2);
}

#[tokio::test]
async fn what_many_share_says_nothing() {
    let t = common::app().await;
    let anna = t.owner("anna").await;
    for n in 0..12 {
        let input = SaveContact {
            name: Some(format!("Покупатель {n}")),
            email: Some("shop@sever.example".into()),
            ..Default::default()
        };
        contacts::create(&anna, &input).await.unwrap();
    }
    compared(&t).await;
    // The first ten or so were pairs of few; all that were compared since say nothing.
    for contact in contacts::list(&anna, &ListFilter::default()).await.unwrap().items {
        contacts::update(&anna, contact.id, &SaveContact { city: Some("Омск".into()), ..Default::default() })
            .await
            .unwrap();
    }
    compared(&t).await;
    assert_eq!(pairs(&anna).await, []);
}
