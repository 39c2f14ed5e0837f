//! Notes on the card of a client, and the one timeline.

use crate::common::{self, TestApp, code, code_and_field};
use crate::setup::{chat, connection, contact, order, person, wrote};
use domain::access::{Role, Visibility};
use domain::chats::Sender;
use domain::ids::*;
use domain::orders::OrderStatus;
use domain::views::*;
use serde_json::json;
use services::accounts::members;
use services::contacts::{self, merging, notes, timeline};
use services::{Cx, ErrorCode, chats, orders, rules};
use std::collections::BTreeMap;

const DAY: i64 = 86_400_000;

fn text(text: &str) -> SaveNote {
    SaveNote { text: text.into() }
}

async fn whole(cx: &Cx, id: ContactId) -> Vec<TimelineEntry> {
    timeline(cx, id, &TimelineFilter { limit: Some(200), ..Default::default() }).await.unwrap().items
}

fn kinds(entries: &[TimelineEntry]) -> Vec<TimelineKind> {
    entries.iter().map(TimelineEntry::kind).collect()
}

fn talks(entries: &[TimelineEntry]) -> Vec<(i64, i64)> {
    let talk = |entry: &TimelineEntry| match entry {
        TimelineEntry::Messages(talk) => Some((talk.count, talk.of_client)),
        _ => None,
    };
    entries.iter().filter_map(talk).collect()
}

#[tokio::test]
async fn a_note_belongs_to_whoever_wrote_it() {
    let t = common::app().await;
    let anna = t.owner("anna").await;
    let boris = t.member(&anna, "boris", Role::Seller).await;
    let marina = contact(&anna, "Марина", "").await.id;
    let first = notes::write(&boris, marina, &text("  Звонить после шести\n")).await.unwrap();
    assert_eq!(
        (first.text.as_str(), first.author_name.as_deref(), first.edited_at),
        ("Звонить после шести", Some("boris"), None)
    );
    let second = notes::write(&anna, marina, &text("Постоянный клиент")).await.unwrap();
    let page = ListFilter { limit: Some(1), ..Default::default() };
    let newest = notes::list(&anna, marina, &page).await.unwrap();
    assert_eq!(newest.items, std::slice::from_ref(&second));
    let older = notes::list(&anna, marina, &ListFilter { cursor: newest.next_cursor, ..page }).await.unwrap();
    assert_eq!((older.items, older.next_cursor), (vec![first.clone()], None));
    assert_eq!(contacts::get(&boris, marina).await.unwrap().notes, [second.clone(), first.clone()]);

    t.advance(60_000);
    let later = t.again(&boris).await;
    let edited = notes::edit(&later, first.id, &text("Звонить после семи")).await.unwrap();
    assert_eq!((edited.text.as_str(), edited.edited_at), ("Звонить после семи", Some(later.now)));
    for refused in [
        notes::edit(&anna, first.id, &text("Не звонить")).await.map(drop),
        notes::delete(&anna, first.id).await,
        notes::delete(&boris, second.id).await,
    ] {
        assert_eq!(code(refused), ErrorCode::Forbidden);
    }
    assert_eq!(code_and_field(notes::write(&anna, marina, &text(" ")).await), (ErrorCode::Required, "text".into()));
    assert_eq!(code_and_field(notes::write(&anna, marina, &text(&"я".repeat(5_001))).await).0, ErrorCode::TooLong);
    let quality = t.member(&anna, "olga", Role::Quality).await;
    assert_eq!(code(notes::write(&quality, marina, &text("а")).await), ErrorCode::Forbidden);
    notes::delete(&later, first.id).await.unwrap();
    assert_eq!(code(notes::delete(&later, first.id).await), ErrorCode::NotFound);
    let line = &t.journal(anna.organisation, "contact_note_deleted").await[0];
    assert_eq!(line.args["changes"], json!([{"field": "text", "from": "Звонить после семи", "to": null}]));
    // What a note said before is for the journal, not for the timeline.
    assert_eq!(kinds(&whole(&anna, marina).await), [TimelineKind::Notes, TimelineKind::Changes]);
}

/// A client with one entry of every kind, and several days of messages.
async fn busy(t: &TestApp) -> (Cx, ContactId, ChatId, OrderId) {
    let anna = t.owner("anna").await;
    let draft = json!({"v": 1, "trigger": {"event": "order.created"}, "when": {"is": "all", "of": []},
        "then": [{"act": {"do": "add_tag", "tag": "покупатель"}}]});
    let rule = SaveRule { name: Some("Покупатель".into()), draft: Some(draft), ..Default::default() };
    let rule = rules::create(&anna, &rule).await.unwrap().rule.id;
    rules::publish(&anna, rule, &PublishRule::default()).await.unwrap();
    let link = connection(&anna).await;
    let who = person(None, Some("+79132041855"), "Марина");
    let (id, talk) = chat(&anna, link, &who).await;
    wrote(&anna, talk, Sender::Member, &who).await;
    t.advance(DAY);
    let cx = t.again(&anna).await;
    wrote(&cx, talk, Sender::Customer, &who).await;
    chats::change(&cx, talk, ChatChange::Assign { user_id: anna.user() }).await.unwrap();
    let order = order(&cx, id).await.order.id;
    t.advance(1_000);
    let cx = t.again(&anna).await;
    let step = ChangeOrder { status: Some(OrderStatus::InProgress), ..Default::default() };
    orders::change(&cx, order, &step).await.unwrap();
    notes::write(&cx, id, &text("Обещали скидку")).await.unwrap();
    (cx, id, talk, order)
}

#[tokio::test]
async fn everything_about_a_client_in_one_line_page_by_page() {
    let t = common::app().await;
    let (anna, id, ..) = busy(&t).await;
    let all = whole(&anna, id).await;
    let places: Vec<_> = all.iter().map(TimelineEntry::place).collect();
    assert!(places.is_sorted_by(|a, b| a > b), "newest first, each once: {places:?}");
    let count = |kind| kinds(&all).iter().filter(|other| **other == kind).count();
    use TimelineKind::*;
    assert_eq!([Messages, Notes, Orders, Rules, Chats].map(count), [2, 1, 2, 1, 1]);
    assert!(count(Changes) >= 2, "made, and tagged by the rule: {all:?}");
    assert_eq!(talks(&all), [(1, 1), (2, 1)]);
    let step = all.iter().find_map(|entry| match entry {
        TimelineEntry::Orders(step) => Some((step.from_status, step.to_status, step.actor_name.clone())),
        _ => None,
    });
    assert_eq!(step, Some((Some(OrderStatus::New), OrderStatus::InProgress, Some("anna".into()))));
    for limit in [1, 2, 3, 5] {
        let (mut paged, mut filter) = (Vec::new(), TimelineFilter { limit: Some(limit), ..Default::default() });
        loop {
            let page = timeline(&anna, id, &filter).await.unwrap();
            paged.extend(page.items);
            match page.next_cursor {
                Some(cursor) => filter.cursor = Some(cursor),
                None => break,
            }
        }
        assert_eq!(paged, all, "by {limit}");
    }
    for kind in TimelineKind::ALL {
        let filter = TimelineFilter { kind: Some(*kind), limit: Some(200), ..Default::default() };
        let only: Vec<_> = all.iter().filter(|entry| entry.kind() == *kind).cloned().collect();
        assert_eq!(timeline(&anna, id, &filter).await.unwrap().items, only, "{kind}");
    }
    for cursor in ["x", "1:messages", "1:orders:", "9999999999999999999:notes:a", "1:shoes:a", "1:notes:a"] {
        let filter = TimelineFilter { cursor: Some(cursor.into()), ..Default::default() };
        let answer = timeline(&anna, id, &filter).await;
        assert!(answer.is_ok() || code_and_field(answer) == (ErrorCode::NotAllowed, "cursor".into()), "{cursor}");
    }
}

#[tokio::test]
async fn a_day_of_very_many_messages_is_one_entry() {
    let t = common::app().await;
    let anna = t.owner("anna").await;
    let link = connection(&anna).await;
    let who = person(None, Some("+79132041855"), "Марина");
    let (id, talk) = chat(&anna, link, &who).await;
    t.advance(DAY);
    let cx = t.again(&anna).await;
    for n in 0..850 {
        let sender = if n % 5 == 0 { Sender::Customer } else { Sender::Member };
        wrote(&cx, talk, sender, &who).await;
    }
    assert_eq!(talks(&whole(&anna, id).await), [(850, 170), (1, 1)]);
    let filter = TimelineFilter { limit: Some(1), kind: Some(TimelineKind::Messages), cursor: None };
    let first = timeline(&anna, id, &filter).await.unwrap();
    let filter = TimelineFilter { cursor: first.next_cursor, ..filter };
    assert_eq!(talks(&timeline(&anna, id, &filter).await.unwrap().items), [(1, 1)]);
}

#[tokio::test]
async fn each_entry_is_for_those_who_may_see_it() {
    let t = common::app().await;
    let (anna, id, talk, order) = busy(&t).await;
    let boris = t.member(&anna, "boris", Role::Seller).await;
    let place = MemberPlace { visibility: Visibility::Own, team: String::new(), capacity: None };
    members::place(&anna, boris.user().unwrap(), &place).await.unwrap();
    let boris = t.again(&boris).await;
    assert_eq!(kinds(&whole(&boris, id).await).len(), kinds(&whole(&anna, id).await).len() - 3, "the chat is Anna's");
    let to = |user: Option<UserId>| ChangeOrder { assignee_id: user.map(|id| id.to_string()), ..Default::default() };
    orders::change(&anna, order, &to(boris.user())).await.unwrap();
    let seen = kinds(&whole(&boris, id).await);
    assert!(!seen.contains(&TimelineKind::Messages) && !seen.contains(&TimelineKind::Chats), "{seen:?}");
    assert!(seen.contains(&TimelineKind::Orders) && seen.contains(&TimelineKind::Rules), "{seen:?}");
    // The other way round: the chat is theirs, the order is not.
    chats::change(&anna, talk, ChatChange::Assign { user_id: boris.user() }).await.unwrap();
    orders::change(&anna, order, &to(anna.user())).await.unwrap();
    let seen = kinds(&whole(&boris, id).await);
    assert!(seen.contains(&TimelineKind::Messages) && !seen.contains(&TimelineKind::Orders), "{seen:?}");
    assert!(!seen.contains(&TimelineKind::Rules), "a run about somebody else's order: {seen:?}");
    chats::change(&anna, talk, ChatChange::Assign { user_id: anna.user() }).await.unwrap();
    assert_eq!(code(timeline(&boris, id, &TimelineFilter::default()).await), ErrorCode::NotFound);
    assert_eq!(code(notes::list(&boris, id, &ListFilter::default()).await), ErrorCode::NotFound);
    assert_eq!(code(notes::write(&boris, id, &text("а")).await), ErrorCode::NotFound);
    let key = t.key(&anna, "contacts:read").await;
    let seen = kinds(&whole(&key, id).await);
    assert!(seen.iter().all(|kind| matches!(kind, TimelineKind::Notes | TimelineKind::Changes)), "{seen:?}");
}

#[tokio::test]
async fn the_story_of_a_merged_card_goes_on_in_the_other() {
    let t = common::app().await;
    let (anna, gone, ..) = busy(&t).await;
    let before = whole(&anna, gone).await;
    let kept = contact(&anna, "Лебедева", "").await.id;
    let into = MergeContacts { gone_id: gone, take: BTreeMap::new(), kept_rev: None, gone_rev: None };
    merging::merge(&anna, kept, &into).await.unwrap();
    let after = whole(&anna, kept).await;
    let noted = |entries: &[TimelineEntry]| entries.iter().filter(|it| it.kind() == TimelineKind::Notes).count();
    assert_eq!((noted(&after), talks(&after)), (1, talks(&before)));
    assert_eq!(after.len(), before.len() + 2, "what there was, the other card made, and the merge");
    let merge = merging::list(&anna, kept).await.unwrap()[0].id;
    merging::undo(&anna, merge).await.unwrap();
    assert_eq!(talks(&whole(&anna, gone).await), talks(&before));
    assert_eq!(noted(&whole(&anna, kept).await), 0);
}
