//! One card per person over channels: what a messenger knows leads to one contact.

use crate::common::{self, TestApp};
use crate::setup::{contact, person};
use domain::channel::Person;
use domain::chats::Channel;
use domain::ids::ContactId;
use domain::views::*;
use services::{Cx, contacts};

const PHONE: &str = "+79132041855";

async fn find(cx: &Cx, who: &Person) -> (ContactId, bool) {
    let mut work = cx.work().await.unwrap();
    let found = contacts::find_or_create_by_identity(&mut work, Channel::Whatsapp, who).await.unwrap();
    work.commit().await.unwrap();
    found
}

async fn moved(cx: &Cx, from: &Person, to: &Person) -> Option<ContactId> {
    let mut work = cx.work().await.unwrap();
    let found = contacts::move_identity(&mut work, Channel::Whatsapp, from, to).await.unwrap();
    work.commit().await.unwrap();
    found
}

async fn keys(cx: &Cx, id: ContactId) -> Vec<String> {
    let card = contacts::get(cx, id).await.unwrap();
    let mut keys: Vec<String> = card.identities.into_iter().map(|i| i.external_id).collect();
    keys.sort();
    keys
}

async fn all(cx: &Cx) -> Vec<ContactView> {
    contacts::list(cx, &ListFilter::default()).await.unwrap().items
}

async fn start() -> (TestApp, Cx) {
    let t = common::app().await;
    let anna = t.owner("anna").await;
    (t, anna)
}

#[tokio::test]
async fn every_key_of_a_person_leads_to_the_same_card() {
    let (t, anna) = start().await;
    let (id, created) = find(&anna, &person(Some("RU.1"), Some(PHONE), " Марина\n🙂 ")).await;
    assert!(created);
    assert_eq!(t.journal(anna.organisation, "contact_created").await.len(), 1);
    let card = contacts::get(&anna, id).await.unwrap().contact;
    assert_eq!((card.name.as_str(), card.phone.as_deref()), ("Марина 🙂", Some(PHONE)));
    assert_eq!(find(&anna, &person(Some("RU.1"), None, "")).await, (id, false));
    assert_eq!(find(&anna, &person(None, Some(PHONE), "")).await, (id, false));
    assert_eq!(keys(&anna, id).await, ["79132041855", "RU.1"]);
    assert_eq!(all(&anna).await.len(), 1);
}

#[tokio::test]
async fn a_person_known_only_by_user_id_gets_the_phone_later() {
    let (_t, anna) = start().await;
    let (id, _) = find(&anna, &person(Some("RU.2"), None, "")).await;
    assert_eq!(contacts::get(&anna, id).await.unwrap().contact.phone, None);
    assert_eq!(find(&anna, &person(Some("RU.2"), Some(PHONE), "Игорь")).await, (id, false));
    let card = contacts::get(&anna, id).await.unwrap().contact;
    assert_eq!((card.name.as_str(), card.phone.as_deref(), card.rev), ("Игорь", Some(PHONE), 2));

    // A typed name stays while the phone is filled in.
    let (id, _) = find(&anna, &person(Some("RU.5"), None, "оля")).await;
    let typed = SaveContact { name: Some("Ольга Ким".into()), ..Default::default() };
    contacts::update(&anna, id, &typed).await.unwrap();
    find(&anna, &person(Some("RU.5"), Some("+79990001122"), "оля 🌸")).await;
    let card = contacts::get(&anna, id).await.unwrap().contact;
    assert_eq!((card.name.as_str(), card.phone.as_deref()), ("Ольга Ким", Some("+79990001122")));
    let filter = ListFilter { q: Some("8913204".into()), ..Default::default() };
    assert_eq!(contacts::list(&anna, &filter).await.unwrap().items.len(), 1);
}

#[tokio::test]
async fn a_contact_made_by_hand_is_found_by_phone_and_keeps_the_typed_name() {
    let (_t, anna) = start().await;
    let typed = contact(&anna, "Марина Лебедева", "8 913 204-18-55").await;
    assert_eq!(find(&anna, &person(Some("RU.3"), Some(PHONE), "маришка 🌸")).await, (typed.id, false));
    assert_eq!(contacts::get(&anna, typed.id).await.unwrap().contact.name, "Марина Лебедева");
    assert_eq!(keys(&anna, typed.id).await, ["79132041855", "RU.3"]);
    // The same last digits in another country are somebody else.
    let (other, created) = find(&anna, &person(None, Some("+19132041855"), "")).await;
    assert!(created && other != typed.id);
}

#[tokio::test]
async fn when_two_keys_lead_to_two_cards_the_stronger_one_wins_and_it_is_noted_once() {
    let (t, anna) = start().await;
    let (by_user, _) = find(&anna, &person(Some("RU.4"), None, "Ольга")).await;
    let (by_phone, _) = find(&anna, &person(None, Some(PHONE), "Прежний хозяин номера")).await;
    let both = person(Some("RU.4"), Some(PHONE), "Ольга");
    assert_eq!(find(&anna, &both).await, (by_user, false));
    assert_eq!(find(&anna, &both).await, (by_user, false));
    let lines = t.journal(anna.organisation, "contact_identity_conflict").await;
    assert_eq!((lines.len(), lines[0].level.as_str()), (1, "warning"));
    assert_eq!((&lines[0].args["other"], &lines[0].object_id), (&by_phone.to_string().into(), &by_user.to_string()));
    assert_eq!(keys(&anna, by_user).await, ["79132041855", "RU.4"]);
    assert_eq!(
        contacts::get(&anna, by_phone).await.unwrap().contact.phone.as_deref(),
        Some(PHONE),
        "cards keep what they have"
    );
}

#[tokio::test]
async fn a_changed_number_follows_the_person() {
    let (t, anna) = start().await;
    let (id, _) = find(&anna, &person(None, Some(PHONE), "Марина")).await;
    let new = person(None, Some("+79990001122"), "");
    assert_eq!(moved(&anna, &person(None, Some(PHONE), ""), &new).await, Some(id));
    let card = contacts::get(&anna, id).await.unwrap().contact;
    assert_eq!((card.phone.as_deref(), find(&anna, &new).await), (Some("+79990001122"), (id, false)));
    let lines = t.journal(anna.organisation, "contact_moved").await;
    let change = serde_json::json!([{"field": "phone", "from": PHONE, "to": "+79990001122"}]);
    assert_eq!(lines[0].args["changes"], change);
    assert_eq!(moved(&anna, &person(None, Some(PHONE), ""), &new).await, Some(id), "told twice changes nothing");
    assert_eq!(t.journal(anna.organisation, "contact_moved").await.len(), 1);
    assert_eq!(moved(&anna, &person(None, Some("+70000000000"), ""), &new).await, None, "nobody had that number");

    // A number typed by hand stays, and a new number that somebody else has stays with them.
    let other = contact(&anna, "Игорь", "+79995556677").await;
    assert_eq!(moved(&anna, &new, &person(None, Some("+79995556677"), "")).await, Some(id));
    assert_eq!(contacts::get(&anna, id).await.unwrap().contact.phone.as_deref(), Some("+79990001122"));
    assert_eq!(contacts::get(&anna, other.id).await.unwrap().contact.phone.as_deref(), Some("+79995556677"));
}

#[tokio::test]
async fn one_person_arriving_many_times_at_once_is_one_card() {
    let (_t, anna) = start().await;
    for who in [person(Some("RU.9"), Some(PHONE), "Марина"), person(Some("RU.10"), None, "Без номера")] {
        let tasks = (0..12).map(|_| {
            let (anna, who) = (anna.clone(), who.clone());
            tokio::spawn(async move { find(&anna, &who).await })
        });
        let found: Vec<_> = futures::future::join_all(tasks).await.into_iter().map(Result::unwrap).collect();
        assert!(found.iter().all(|f| f.0 == found[0].0), "{found:?}");
        assert_eq!(found.iter().filter(|f| f.1).count(), 1);
    }
    assert_eq!(all(&anna).await.len(), 2);
}
