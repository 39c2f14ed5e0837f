//! Who is there: signs of life of browsers, and what calls whom.

use crate::common;
use crate::setup::connection;
use crate::team::{routed, waiting, writes};
use domain::access::{Presence, Role};
use domain::routing::{Routing, RoutingMode};
use domain::views::*;
use services::accounts::members;
use services::{Cx, chats};

#[tokio::test]
async fn whose_browser_sleeps_stays_on_shift_and_gets_no_new_chats() {
    let t = common::app().await;
    let anna = t.owner("anna").await;
    let olga = t.member(&anna, "olga", Role::Seller).await;
    let link = connection(&anna).await;
    routed(&anna, Routing { mode: RoutingMode::Equal, ..Routing::default() }).await;
    for cx in [&anna, &olga] {
        members::set_presence(cx, Presence::Active).await.unwrap();
        members::seen(cx, None).await.unwrap();
    }
    t.advance(31 * 60_000);
    members::seen(&t.again(&anna).await, None).await.unwrap();
    for n in 0..2 {
        let id = waiting(&t.again(&anna).await, link, n).await;
        chats::give_out(&t.app).await.unwrap();
        assert_eq!(chats::get(&anna, id).await.unwrap().chat.assignee_id, anna.user());
    }
    let members = members::list(&t.again(&anna).await).await.unwrap();
    let hers = members.iter().find(|member| Some(member.user_id) == olga.user()).unwrap();
    assert_eq!((hers.presence, t.app.clock.now() - hers.seen_at), (Presence::Active, 31 * 60_000));
    // A sign of life is enough.
    members::seen(&t.again(&olga).await, None).await.unwrap();
    let id = waiting(&t.again(&anna).await, link, 9).await;
    chats::give_out(&t.app).await.unwrap();
    assert_eq!(chats::get(&anna, id).await.unwrap().chat.assignee_id, olga.user());
}

#[tokio::test]
async fn people_are_called_by_what_is_theirs_or_nobodys_and_by_notes_that_name_them() {
    let t = common::app().await;
    let anna = t.owner("anna").await;
    let olga = t.member(&anna, "olga", Role::Seller).await;
    let link = connection(&anna).await;
    let hers = waiting(&anna, link, 1).await;
    let other = waiting(&anna, link, 2).await;
    let nobodys = waiting(&anna, link, 3).await;
    for (chat, user) in [(hers, olga.user()), (other, anna.user())] {
        chats::change(&anna, chat, ChatChange::Assign { user_id: user }).await.unwrap();
    }
    let since = t.app.clock.now();
    t.advance(1_000);
    let called = async |cx: &Cx| {
        let calls = chats::calls(&t.again(cx).await, since).await.unwrap();
        let mut found: Vec<_> = calls.items.into_iter().map(|call| (call.chat_id, call.mention)).collect();
        found.sort_unstable();
        found
    };
    assert!(called(&olga).await.is_empty());
    for n in 1..4 {
        writes(&t, &anna, link, n, &format!("wamid.{n}")).await;
    }
    let mut expected = vec![(hers, false), (nobodys, false)];
    expected.sort_unstable();
    assert_eq!(called(&olga).await, expected);
    let note = WriteNote { text: "посмотри".into(), mentions: vec![olga.user().unwrap()] };
    chats::write_note(&t.again(&anna).await, other, &note).await.unwrap();
    assert!(called(&olga).await.contains(&(other, true)));
    // What came while a page slept for an hour calls nobody any more.
    t.advance(3_600_000);
    assert!(called(&olga).await.is_empty());
}
