//! Cards of one person made one, and parted again.

use crate::common::{self, TestApp, code, code_and_field};
use crate::custom::{start, values};
use crate::duplicates::{compared, pairs};
use crate::setup::{chat, connection, contact, order, person};
use domain::access::{Role, Visibility};
use domain::channel::{ChannelEvent, Person};
use domain::chats::{Channel, MessageKind};
use domain::ids::*;
use domain::views::*;
use serde_json::json;
use services::accounts::members;
use services::contacts::{self, duplicates, merging};
use services::{Cx, ErrorCode, chats, orders, rules};
use std::collections::BTreeMap;

const PHONE: &str = "+79132041855";
const OTHER: &str = "+79132041856";

fn into(gone: ContactId) -> MergeContacts {
    MergeContacts { gone_id: gone, take: BTreeMap::new(), kept_rev: None, gone_rev: None }
}

async fn wrote(cx: &Cx, link: ConnectionId, from: &Person, id: &str) {
    let connected = cx.app.connections.by_id(&cx.app, cx.organisation, link).await.unwrap().unwrap();
    let mut work = cx.work().await.unwrap();
    let event = ChannelEvent::Message {
        from: from.clone(),
        external_id: id.into(),
        at_ms: cx.now,
        kind: MessageKind::Text,
        text: "Здравствуйте".into(),
        file: None,
        reply_to: None,
        meta: json!({}),
    };
    chats::inbound::apply(&mut work, &connected, Channel::Whatsapp, event).await.unwrap();
    work.commit().await.unwrap();
}

async fn tag_rule(cx: &Cx, event: &str) -> RuleId {
    let draft = json!({"v": 1, "trigger": {"event": event}, "when": {"is": "all", "of": []}, "then": [{"act": {"do": "add_tag", "tag": "сработало"}}]});
    let input = SaveRule { name: Some("Правило".into()), draft: Some(draft), ..Default::default() };
    let id = rules::create(cx, &input).await.unwrap().rule.id;
    rules::publish(cx, id, &PublishRule::default()).await.unwrap();
    id
}

/// Two cards with everything a card can have: Марина stays, Лебедева goes.
struct Two {
    anna: Cx,
    link: ConnectionId,
    kept: ContactId,
    gone: ContactId,
    kept_chat: ChatId,
    gone_chat: ChatId,
    order: OrderId,
}

async fn two(t: &TestApp) -> Two {
    let anna = start(t).await;
    let link = connection(&anna).await;
    let (kept, kept_chat) = chat(&anna, link, &person(Some("RU.1"), Some(PHONE), "Марина")).await;
    let (gone, gone_chat) = chat(&anna, link, &person(Some("RU.2"), Some(OTHER), "Лебедева")).await;
    let filled = SaveContact {
        email: Some("M@sever.example".into()),
        city: Some("Омск".into()),
        note: Some("Любит позвонить".into()),
        ..Default::default()
    };
    contacts::update(&anna, gone, &filled).await.unwrap();
    contacts::update(&anna, kept, &SaveContact { note: Some("Дачница".into()), ..Default::default() }).await.unwrap();
    contacts::tags::set(&anna, kept, &["дача".into()]).await.unwrap();
    contacts::tags::set(&anna, gone, &["дача".into(), "опт".into()]).await.unwrap();
    contacts::custom::set(&anna, kept, &values(&[("skidka", "5")])).await.unwrap();
    contacts::custom::set(&anna, gone, &values(&[("skidka", "7"), ("den_rozhdeniya", "01.05.1990")])).await.unwrap();
    let order = order(&anna, gone).await.order.id;
    Two { anna, link, kept, gone, kept_chat, gone_chat, order }
}

async fn of(cx: &Cx, id: ContactId) -> Vec<(String, String)> {
    contacts::custom::get(cx, id).await.unwrap().fields.into_iter().collect()
}

#[tokio::test]
async fn everything_comes_over_and_old_links_lead_on() {
    let t = common::app().await;
    let Two { anna, link, kept, gone, kept_chat, gone_chat, order } = two(&t).await;
    let changed = tag_rule(&anna, "contact.changed").await;
    let plan = merging::preview(&anna, kept, gone).await.unwrap();
    let field = |name: &str| plan.fields.iter().find(|field| field.field == name).unwrap();
    assert_eq!(
        (field("city").take, field("note").take, field("custom.skidka").take),
        (Take::Gone, Take::Both, Take::Kept)
    );
    assert_eq!(field("custom.skidka").label, "Скидка");
    assert_eq!((plan.tags, plan.twice, plan.moves["orders"], plan.moves["chats"]), (vec!["опт".to_owned()], 1, 1, 1));

    let take = BTreeMap::from([("name".to_owned(), Take::Gone), ("custom.skidka".to_owned(), Take::Gone)]);
    let card = merging::merge(&anna, kept, &MergeContacts { take, ..into(gone) }).await.unwrap();
    assert_eq!(
        (card.id, card.name.as_str(), card.phone.as_deref(), card.city.as_str()),
        (kept, "Лебедева", Some(PHONE), "Омск")
    );
    assert_eq!((card.note.as_str(), card.orders), ("Дачница\n\nЛюбит позвонить", 1));
    assert_eq!(of(&anna, kept).await, [("den_rozhdeniya".into(), "1990-05-01".into()), ("skidka".into(), "7".into())]);
    assert_eq!(contacts::tags::get(&anna, kept).await.unwrap(), ["дача", "опт"]);
    let whole = contacts::get(&anna, gone).await.unwrap();
    assert_eq!((whole.contact.id, whole.chats.len(), whole.identities.len()), (kept, 2, 4), "an old link leads on");
    assert_eq!(whole.reaches, [ReachView { kind: "phone".into(), value: OTHER.into() }]);
    assert_eq!(orders::get(&anna, order).await.unwrap().order.contact_id, kept);

    // Each chat goes on with whom it was with, and the other number still is this person's.
    for (phone, id, into) in [(PHONE, "wamid.1", kept_chat), (OTHER, "wamid.2", gone_chat)] {
        let before = chats::get(&anna, into).await.unwrap().messages.len();
        wrote(&anna, link, &person(None, Some(phone), ""), id).await;
        assert_eq!(chats::get(&anna, into).await.unwrap().messages.len(), before + 1);
    }
    let filter = ListFilter { q: Some("8 913 204-18-56".into()), ..Default::default() };
    assert_eq!(contacts::list(&anna, &filter).await.unwrap().items.iter().map(|c| c.id).collect::<Vec<_>>(), [kept]);
    let again = SaveContact { name: Some("Кто".into()), phone: Some(OTHER.into()), ..Default::default() };
    assert_eq!(code_and_field(contacts::create(&anna, &again).await), (ErrorCode::AlreadyExists, "phone".into()));

    // A shop that knows the old id orders for the card that stays; changes of the old one are refused and say where to.
    let new = NewOrder { contact_id: Some(gone), title: Some("Монтаж".into()), ..Default::default() };
    assert_eq!(orders::create(&anna, &new).await.unwrap().order.contact_id, kept);
    let refused = contacts::update(&anna, gone, &SaveContact::default()).await.unwrap_err().into_api();
    assert_eq!((refused.code, refused.args["id"].clone()), (ErrorCode::ContactMerged, kept.to_string()));
    assert_eq!(code(contacts::tags::set(&anna, gone, &[]).await), ErrorCode::ContactMerged);
    // Nothing has happened to the client, so no rule started.
    let runs = rules::runs(&anna, &RunFilter { rule_id: Some(changed), ..Default::default() }).await.unwrap().items;
    assert_eq!(runs.len(), 0);
    let line = &t.journal(anna.organisation, "contact_merged").await[0];
    assert_eq!((line.object_id.clone(), line.args["other"].clone()), (kept.to_string(), json!(gone)));
    assert!(line.args["changes"].as_array().unwrap().contains(&json!({"field": "city", "from": "", "to": "Омск"})));
}

#[tokio::test]
async fn parted_cards_have_what_was_theirs_and_what_came_since_stays() {
    let t = common::app().await;
    let Two { anna, link, kept, gone, kept_chat, gone_chat, order: moved } = two(&t).await;
    let before = (contacts::get(&anna, kept).await.unwrap(), contacts::get(&anna, gone).await.unwrap());
    merging::merge(&anna, kept, &into(gone)).await.unwrap();
    let merge = merging::list(&anna, kept).await.unwrap()[0].clone();
    assert_eq!((merge.gone_name.as_str(), merge.merged_by_name.as_deref()), ("Лебедева", Some("anna")));
    let since = order(&anna, kept).await.order.id;
    contacts::tags::set(&anna, kept, &["дача".into(), "опт".into(), "новый".into()]).await.unwrap();
    contacts::update(&anna, kept, &SaveContact { city: Some("Тверь".into()), ..Default::default() }).await.unwrap();

    let parted = merging::undo(&anna, merge.id).await.unwrap();
    assert_eq!(parted.stayed, [Stayed { what: "city".into(), count: 0 }], "somebody has changed it since");
    let (one, other) = (contacts::get(&anna, kept).await.unwrap(), contacts::get(&anna, gone).await.unwrap());
    assert_eq!((one.contact.city.as_str(), one.contact.note.as_str(), one.contact.email), ("Тверь", "Дачница", None));
    assert_eq!(
        (one.tags, one.identities, one.reaches.len()),
        (vec!["дача".to_owned(), "новый".into()], before.0.identities, 0)
    );
    assert_eq!(of(&anna, kept).await, [("skidka".into(), "5".into())]);
    assert_eq!((other.tags, other.identities, other.fields), (before.1.tags, before.1.identities, before.1.fields));
    let was = ContactView { rev: other.contact.rev, updated_at: other.contact.updated_at, ..before.1.contact };
    assert_eq!(other.contact, was);
    assert_eq!(orders::get(&anna, moved).await.unwrap().order.contact_id, gone);
    assert_eq!(orders::get(&anna, since).await.unwrap().order.contact_id, kept);
    wrote(&anna, link, &person(None, Some(OTHER), ""), "wamid.3").await;
    assert_eq!(chats::get(&anna, gone_chat).await.unwrap().chat.contact_id, gone);
    assert_eq!(chats::get(&anna, kept_chat).await.unwrap().chat.contact_id, kept);

    // Whoever parts them says that they differ; parting twice is refused, merging again is not.
    compared(&t).await;
    assert_eq!(pairs(&anna).await, []);
    assert_eq!(code(merging::undo(&anna, merge.id).await), ErrorCode::Stale);
    merging::merge(&anna, gone, &into(kept)).await.unwrap();
    assert_eq!(contacts::get(&anna, kept).await.unwrap().contact.id, gone);
}

#[tokio::test]
async fn a_phone_given_away_meanwhile_stays_and_a_later_merge_is_undone_first() {
    let t = common::app().await;
    let anna = t.owner("anna").await;
    let (kept, gone) = (contact(&anna, "Марина", "").await.id, contact(&anna, "Лебедева", PHONE).await.id);
    let third = contact(&anna, "М. Лебедева", OTHER).await.id;
    merging::merge(&anna, kept, &into(gone)).await.unwrap();
    let first = merging::list(&anna, kept).await.unwrap()[0].id;
    contacts::update(&anna, kept, &SaveContact { phone: Some(String::new()), ..Default::default() }).await.unwrap();
    let owner = contact(&anna, "Новый хозяин", PHONE).await.id;
    merging::merge(&anna, third, &into(kept)).await.unwrap();
    let second = merging::list(&anna, third).await.unwrap()[0].id;
    assert_eq!(contacts::get(&anna, gone).await.unwrap().contact.id, third, "links lead all the way");
    let refused = merging::undo(&anna, first).await.unwrap_err().into_api();
    assert_eq!((refused.code, refused.args["id"].clone()), (ErrorCode::ContactMerged, third.to_string()));
    merging::undo(&anna, second).await.unwrap();
    let parted = merging::undo(&anna, first).await.unwrap();
    assert_eq!(parted.stayed, [Stayed { what: "phone".into(), count: 0 }]);
    let phone = async |id| contacts::get(&anna, id).await.unwrap().contact.phone;
    assert_eq!((phone(gone).await, phone(kept).await, phone(owner).await), (None, None, Some(PHONE.into())));

    merging::merge(&anna, kept, &into(gone)).await.unwrap();
    let late = merging::list(&anna, kept).await.unwrap()[0].id;
    t.advance(merging::UNDO_MS + 1);
    assert_eq!(code(merging::undo(&t.again(&anna).await, late).await), ErrorCode::TooLate);
}

#[tokio::test]
async fn a_chat_that_goes_back_is_with_its_own_person_again() {
    let t = common::app().await;
    let anna = t.owner("anna").await;
    let link = connection(&anna).await;
    let kept = contact(&anna, "Марина", PHONE).await.id;
    let (gone, talk) = chat(&anna, link, &person(None, Some(OTHER), "Лебедева")).await;
    merging::merge(&anna, kept, &into(gone)).await.unwrap();
    // While the cards are one, the person goes on in the one chat there is.
    wrote(&anna, link, &person(None, Some(PHONE), ""), "wamid.1").await;
    let with = async || {
        let mut work = anna.work().await.unwrap();
        store::chats::row(&mut work.tx, anna.organisation, talk).await.unwrap().unwrap().person.0.address
    };
    assert_eq!(with().await.as_deref(), Some("79132041855"));
    merging::undo(&anna, merging::list(&anna, kept).await.unwrap()[0].id).await.unwrap();
    assert_eq!(with().await.as_deref(), Some("79132041856"), "nothing of theirs reaches somebody else");
    wrote(&anna, link, &person(None, Some(PHONE), ""), "wamid.2").await;
    assert_eq!(contacts::get(&anna, kept).await.unwrap().chats.len(), 1, "a chat of their own");
}

#[tokio::test]
async fn of_two_who_merge_at_once_one_does_and_the_other_is_told() {
    let t = common::app().await;
    let anna = t.owner("anna").await;
    let (one, other) = (contact(&anna, "Марина", PHONE).await.id, contact(&anna, "Лебедева", OTHER).await.id);
    let tasks = [(one, other), (other, one), (one, other), (other, one)].map(|(kept, gone)| {
        let anna = anna.clone();
        tokio::spawn(async move { merging::merge(&anna, kept, &into(gone)).await })
    });
    let done = futures::future::join_all(tasks).await.into_iter().map(Result::unwrap);
    let (merged, refused): (Vec<_>, Vec<_>) = done.partition(Result::is_ok);
    assert_eq!((merged.len(), refused.len()), (1, 3));
    let left = merged[0].as_ref().unwrap().id.to_string();
    for error in refused {
        let error = error.unwrap_err().into_api();
        assert_eq!((error.code, error.args["id"].clone()), (ErrorCode::ContactMerged, left.clone()));
    }
    let all = contacts::list(&anna, &ListFilter::default()).await.unwrap().items;
    assert_eq!(all.len(), 1);
}

#[tokio::test]
async fn wrong_choices_and_old_looks_are_refused() {
    let t = common::app().await;
    let Two { anna, kept, gone, .. } = two(&t).await;
    let take = |field: &str, take| MergeContacts { take: BTreeMap::from([(field.to_owned(), take)]), ..into(gone) };
    for (input, field) in [
        (take("phone", Take::Both), "take.phone"),
        (take("shoe_size", Take::Gone), "take.shoe_size"),
        (into(kept), "gone_id"),
    ] {
        assert_eq!(code_and_field(merging::merge(&anna, kept, &input).await), (ErrorCode::NotAllowed, field.into()));
    }
    let old = MergeContacts { gone_rev: Some(1), ..into(gone) };
    assert_eq!(code(merging::merge(&anna, kept, &old).await), ErrorCode::Stale);
    let nobody: ContactId = "0198c0de-0000-7000-8000-000000000000".parse().unwrap();
    assert_eq!(code(merging::merge(&anna, kept, &into(nobody)).await), ErrorCode::NotFound);
    assert_eq!(code(merging::preview(&anna, nobody, kept).await), ErrorCode::NotFound);
    let quality = t.member(&anna, "olga", Role::Quality).await;
    assert_eq!(code(merging::merge(&quality, kept, &into(gone)).await), ErrorCode::Forbidden);
    merging::preview(&quality, kept, gone).await.unwrap();
}

#[tokio::test]
async fn who_does_not_see_both_cards_sees_no_pair_and_merges_nothing() {
    let t = common::app().await;
    let anna = t.owner("anna").await;
    let boris = t.member(&anna, "boris", Role::Seller).await;
    let link = connection(&anna).await;
    let (theirs, talk) = chat(&anna, link, &person(None, Some(PHONE), "Марина")).await;
    chats::change(&anna, talk, ChatChange::Assign { user_id: anna.user() }).await.unwrap();
    let mail = SaveContact { email: Some("m@sever.example".into()), ..Default::default() };
    contacts::update(&anna, theirs, &mail).await.unwrap();
    let free = contacts::create(&anna, &SaveContact { name: Some("Лебедева".into()), ..mail }).await.unwrap().id;
    compared(&t).await;
    assert_eq!(pairs(&boris).await.len(), 1);
    let place = MemberPlace { visibility: Visibility::Own, team: String::new(), capacity: None };
    members::place(&anna, boris.user().unwrap(), &place).await.unwrap();
    let boris = t.again(&boris).await;
    assert_eq!((pairs(&boris).await.len(), duplicates::count(&boris).await.unwrap()), (0, 0));
    for (kept, gone) in [(theirs, free), (free, theirs)] {
        assert_eq!(code(merging::merge(&boris, kept, &into(gone)).await), ErrorCode::NotFound);
        assert_eq!(code(merging::preview(&boris, kept, gone).await), ErrorCode::NotFound);
        let pair = DecidePair { one_id: kept, other_id: gone, different: true };
        assert_eq!(code(duplicates::decide(&boris, &pair).await), ErrorCode::NotFound);
    }
    merging::merge(&anna, theirs, &into(free)).await.unwrap();
    let merge = merging::list(&anna, theirs).await.unwrap()[0].id;
    assert_eq!(code(contacts::get(&boris, free).await), ErrorCode::NotFound, "nor where it leads");
    assert_eq!(code(contacts::update(&boris, free, &SaveContact::default()).await), ErrorCode::NotFound);
    assert_eq!(code(merging::undo(&boris, merge).await), ErrorCode::NotFound);
}
