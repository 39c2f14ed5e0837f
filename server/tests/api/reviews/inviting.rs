//! Who is invited, and that it happens once.

use super::{Stage, anna};
use crate::support::{Engine, items, json, text};
use connectors::simulator::FaultOrder;
use futures::future::join_all;

#[tokio::test]
async fn a_closed_conversation_becomes_one_invitation() {
    let stage = Stage::new().await;
    let conversation = stage.intercom.closes(anna()).await;
    let sent = stage.invitation("sent").await;
    assert_eq!(stage.trustpilot.invited(), [format!("ic-{conversation}")]);
    assert_eq!(
        (text(&sent, "reference"), text(&sent, "email"), text(&sent, "name"), text(&sent, "member")),
        (format!("ic-{conversation}").as_str(), "anna@example.com", "Анна", "Илья")
    );
    assert_eq!((text(&sent, "object_kind"), text(&sent, "object_id")), ("conversation", conversation.as_str()));
    assert_eq!(stage.runs().await, [("done".into(), String::new())]);
    // The person is a client now, and only one.
    let clients = stage.api.get("/contacts").await.good();
    assert_eq!(items(&clients).len(), 1, "{clients}");
    assert_eq!(items(&clients)[0]["id"], sent["contact_id"]);
    let lines = stage.api.get(&format!("/invitations/{}", text(&sent, "id"))).await.good();
    assert_eq!(lines, sent);
    let counted = stage.api.get("/invitations/statistics?days=7").await.good();
    assert_eq!((counted["total"]["sent"].as_i64(), counted["days"].as_array().unwrap().len()), (Some(1), 7));
    assert_eq!((text(&counted["members"][0], "name"), counted["members"][0]["sent"].as_i64()), ("Илья", Some(1)));
}

#[tokio::test]
async fn repeated_concurrent_and_renewed_closings_invite_once() {
    let stage = Stage::new().await;
    let mut order = anna();
    order["duplicates"] = json!(3);
    let conversation = stage.intercom.closes(order).await;
    stage.intercom.ask("replay", json!({})).await;
    let again = json!({"conversation": conversation});
    stage.intercom.ask("reopen", again.clone()).await;
    stage.intercom.ask("clock", json!({"advance_ms": 5_000})).await;
    stage.intercom.closes(again.clone()).await;
    stage.invitation("sent").await;
    stage.quiet().await;
    assert_eq!(stage.trustpilot.invited(), [format!("ic-{conversation}")]);
    // The second closing is another event: it was looked at, and the ledger stood in the way.
    assert_eq!(
        stage.runs().await,
        [("done".to_owned(), String::new()), ("blocked".to_owned(), "already_invited".to_owned())]
    );
    assert_eq!(items(&stage.api.get("/invitations").await.good()).len(), 1);
}

#[tokio::test]
async fn many_conversations_at_once_are_invited_once_each() {
    let stage = Stage::new().await;
    let orders = (0..12).map(|n| {
        stage.intercom.closes(json!({"email": format!("client{n}@example.com"), "name": "Клиент", "duplicates": 1}))
    });
    let conversations = join_all(orders).await;
    stage.quiet().await;
    let mut invited = stage.trustpilot.invited();
    let mut expected: Vec<String> = conversations.iter().map(|id| format!("ic-{id}")).collect();
    invited.sort();
    expected.sort();
    assert_eq!(invited, expected);
}

#[tokio::test]
async fn two_nodes_on_one_database_invite_once() {
    // A file of SQLite is for one program.
    if Engine::of_this_run() == Engine::Sqlite {
        return;
    }
    let stage = Stage::new().await;
    let second = stage.app.second_node().await;
    let burst = json!({"conversations": 8, "customers": 8, "duplicates": 1, "concurrency": 4});
    let first = stage.intercom.ask("burst", burst.clone()).await;
    // The same webhooks once more, through the other node, while new ones come in there.
    stage.intercom.ask("callback", json!({"url": stage.intercom.hook.replace(&stage.app.base, &second.base)})).await;
    let (_, then) = futures::join!(stage.intercom.ask("replay", json!({})), stage.intercom.ask("burst", burst.clone()));
    stage.quiet().await;
    let told = [&first, &then].into_iter().flat_map(|burst| burst["acknowledged"].as_array().unwrap().iter());
    let mut expected: Vec<String> = told.map(|id| format!("ic-{}", id.as_str().unwrap())).collect();
    let mut invited = stage.trustpilot.invited();
    invited.sort();
    expected.sort();
    assert_eq!(expected.len(), 16);
    assert_eq!(invited, expected);
}

#[tokio::test]
async fn nobody_is_invited_against_their_will_or_on_a_guess() {
    let stage = Stage::new().await;
    for (mark, code) in [("unsubscribed", "unsubscribed"), ("hard_bounced", "hard_bounced"), ("spam", "marked_spam")] {
        let mut order = json!({"email": format!("{mark}@example.com")});
        order[mark] = json!(true);
        stage.intercom.closes(order).await;
        stage.quiet().await;
        assert_eq!(stage.runs().await.pop().unwrap(), ("blocked".to_owned(), code.to_owned()));
    }
    // Nobody can say whether this person may be written to: the look-up found nobody.
    let conversation =
        text(&stage.intercom.ask("start", json!({"email": "gone@example.com"})).await, "conversation").to_owned();
    let nobody = FaultOrder { fail_next: 9, status: 404, on: "/contacts".into(), ..FaultOrder::default() };
    stage.intercom.sim.faults().order(&nobody);
    stage.intercom.closes(json!({"conversation": conversation})).await;
    stage.quiet().await;
    let (outcome, note) = stage.runs().await.pop().unwrap();
    assert_eq!((outcome.as_str(), note.as_str()), ("blocked", "missing_fields"));
    assert!(stage.trustpilot.invited().is_empty());
    assert!(items(&stage.api.get("/invitations").await.good()).is_empty());
}

#[tokio::test]
async fn conditions_on_the_conversation_decide_and_say_what_they_saw() {
    let when = json!({"is": "all", "of": [
        crate::rules::test("event.closed_by", json!({"is": "equal", "value": "admin"})),
        crate::rules::test("event.rating", json!({"is": "more", "number": 3})),
    ]});
    let stage = Stage::with(when, 0).await;
    stage.intercom.closes(json!({"email": "low@example.com", "rating": 2})).await;
    stage.quiet().await;
    stage.intercom.closes(json!({"email": "silent@example.com"})).await;
    stage.quiet().await;
    stage.intercom.closes(json!({"email": "bot@example.com", "rating": 5, "by": "bot"})).await;
    stage.quiet().await;
    stage.intercom.closes(anna()).await;
    stage.quiet().await;
    let nothing = |note: &str| ("nothing".to_owned(), note.to_owned());
    assert_eq!(stage.runs().await, [nothing(""), nothing("no_data"), nothing(""), ("done".to_owned(), String::new())]);
    assert_eq!(stage.trustpilot.invited().len(), 1);
    let runs = crate::rules::runs(&stage.api, &stage.rule).await;
    assert_eq!(runs[0]["trace"]["when"][2], json!({"t": "-", "v": 2}));
}

#[tokio::test]
async fn the_same_person_is_left_in_peace_for_a_while() {
    let stage = Stage::with(json!({"is": "all", "of": []}), 30).await;
    stage.intercom.closes(anna()).await;
    stage.quiet().await;
    stage.intercom.closes(json!({"email": "ANNA@example.com"})).await;
    stage.quiet().await;
    assert_eq!(stage.runs().await.pop().unwrap(), ("blocked".to_owned(), "invited_recently".to_owned()));
    assert_eq!(stage.trustpilot.invited().len(), 1);
}

#[tokio::test]
async fn a_webhook_that_was_lost_is_found_by_the_sweep_and_invites_once() {
    let mut stage = Stage::new().await;
    let mut order = anna();
    order["lost"] = json!(true);
    let conversation = text(&stage.intercom.ask("close", order).await, "conversation").to_owned();
    // A pass is made soon after the start; none was made while the services were being connected.
    stage.app.restart().await;
    stage.invitation("sent").await;
    stage.quiet().await;
    // The webhook comes after all.
    stage.intercom.ask("replay", json!({})).await;
    stage.quiet().await;
    assert_eq!(stage.trustpilot.invited(), [format!("ic-{conversation}")]);
    assert_eq!(stage.runs().await.len(), 1);
}

#[tokio::test]
async fn events_of_another_workspace_and_unsigned_ones_change_nothing() {
    let stage = Stage::new().await;
    let item = json!({"type": "conversation", "id": "7", "state": "closed"});
    let body = json!({"type": "notification_event", "app_id": "other", "topic": "conversation.admin.closed", "id": "n1",
        "created_at": 1, "data": {"item": item}});
    let done = stage.intercom.ask("webhook", json!({"body": body.to_string()})).await;
    assert_eq!(done["acknowledged"], true, "{done}");
    let done = stage.intercom.ask("webhook", json!({"body": body.to_string(), "signature": "wrong"})).await;
    assert_eq!((done["acknowledged"].as_bool(), done["status"].as_i64()), (Some(false), Some(401)));
    stage.quiet().await;
    let events = stage.api.get("/events?kind=conversation_closed").await.good();
    assert_eq!((items(&events).len(), text(&items(&events)[0], "state")), (1, "ignored"), "{events}");
    assert!(stage.runs().await.is_empty());
}
