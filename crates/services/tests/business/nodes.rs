//! Several nodes on one database: what each believes of the others, and what they share.

use crate::common::{self, TestApp};
use crate::provider::connected;
use crate::setup::{chat, connection, person};
use domain::ids::*;
use domain::queue::JobState;
use domain::views::SendMessage;
use services::pipeline::Outbox;
use services::{App, Cx, chats, live, nodes};
use std::ops::Range;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use store::sight::Sight;

/// Chats of these numbers, each with a message of ours that waits to be sent.
async fn messages(t: &TestApp, cx: &Cx, link: ConnectionId, numbers: Range<usize>) {
    for n in numbers {
        let cx = t.again(cx).await;
        let chat = chat(&cx, link, &person(None, Some(&format!("+7913204{n:04}")), "Клиент")).await.1;
        let message = SendMessage { text: Some(format!("Сообщение {n}")), ..Default::default() };
        chats::send(&cx, chat, message).await.unwrap();
    }
}

#[tokio::test]
async fn two_nodes_are_together_as_fast_as_a_provider_allows() {
    let t = common::app().await;
    let anna = t.owner("anna").await;
    let (link, provider, _serving) = connected(&anna).await;
    let second = t.another_node("2");
    let (mut one, mut two) = (nodes::join(&t.app).await.unwrap(), nodes::join(&second).await.unwrap());
    one.beat().await.unwrap();
    two.beat().await.unwrap();
    assert_eq!((t.app.nodes.count(), second.nodes.count()), (2, 2));
    messages(&t, &anna, link, 0..100).await;
    let outboxes = [Outbox::new(t.app.clone()), Outbox::new(second.clone())];
    // What asks whether the connection is good goes through the same line.
    let before = provider.taken.load(Ordering::SeqCst);
    for _ in 0..40 {
        for outbox in &outboxes {
            outbox.lease_due().await.unwrap();
            outbox.settle().await;
        }
        t.advance(10);
    }
    // Sixty a second and twenty at once; a node alone would have made as many as both may.
    let taken = provider.taken.load(Ordering::SeqCst) - before;
    assert!((30..=46).contains(&taken), "{taken} calls in 400 ms");
}

#[tokio::test]
async fn who_answers_nobody_is_left_alone_by_the_other_node_as_well() {
    let t = common::app().await;
    let anna = t.owner("anna").await;
    let (link, provider, _serving) = connected(&anna).await;
    messages(&t, &anna, link, 0..9).await;
    let (one, two) = (Outbox::new(t.app.clone()), Outbox::new(t.another_node("2")));
    provider.away.store(true, Ordering::SeqCst);
    one.lease_due().await.unwrap();
    one.settle().await;
    assert!(store::connections::row(&t.app.db, anna.organisation, link).await.unwrap().unwrap().rests_until.is_some());
    let asked = provider.refused.load(Ordering::SeqCst);
    t.advance(100);
    messages(&t, &anna, link, 9..21).await;
    while two.lease_due().await.unwrap() > 0 {}
    two.settle().await;
    assert_eq!(provider.refused.load(Ordering::SeqCst), asked, "the other node asked all the same");
    // The rest is over.
    provider.away.store(false, Ordering::SeqCst);
    t.advance(5_000);
    two.lease_due().await.unwrap();
    two.settle().await;
    assert!(provider.taken.load(Ordering::SeqCst) > 0);
}

async fn states(t: &TestApp, anna: &Cx) -> Vec<JobState> {
    let filter = store::jobs::JobFilter { kind: Some("send_message"), ..Default::default() };
    let jobs = store::jobs::list(&t.app.db, anna.organisation, &filter, 10).await.unwrap();
    jobs.iter().map(|job| job.state).collect()
}

/// Leases one job in the name of a start, without calling anybody.
async fn lease(t: &TestApp, anna: &Cx, boot: &str, until: i64) {
    let mut tx = t.app.db.begin().await.unwrap();
    let lease = store::claims::Lease { now: t.app.clock.now(), until, node: "x", boot };
    let came = store::claims::claim(&mut tx, anna.organisation, lease, &[], 1).await.unwrap();
    assert_eq!(came.len(), 1);
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn a_clock_that_is_ahead_ends_no_lease_of_another_node() {
    let t = common::app().await;
    let anna = t.owner("anna").await;
    let link = connection(&anna).await;
    let second = t.another_node("2");
    let _two = nodes::join(&second).await.unwrap();
    messages(&t, &anna, link, 0..1).await;
    // Only the message waits.
    t.sql("UPDATE jobs SET run_at = 9999999999999 WHERE kind <> 'send_message'").await;
    lease(&t, &anna, "2", t.app.clock.now() + 1_000).await;
    // By our clock it was over long ago; the other node lives.
    t.advance(3_600_000);
    let released = async |app: &Arc<App>| services::pipeline::release_leases(app).await.unwrap();
    assert_eq!((released(&t.app).await, states(&t, &anna).await), (0, vec![JobState::Running]));
    // It takes leave, or is started anew under its name: then at once.
    t.sql("DELETE FROM nodes").await;
    assert_eq!((released(&t.app).await, states(&t, &anna).await), (1, vec![JobState::Unknown]));
}

#[tokio::test]
async fn a_key_of_nobody_is_believed_for_seconds_only() {
    let t = common::app().await;
    let anna = t.owner("anna").await;
    let link = connection(&anna).await;
    let row = store::connections::row(&t.app.db, anna.organisation, link).await.unwrap().unwrap();
    let second = t.another_node("2");
    let known = async |app: &Arc<App>, key: &str| app.connections.by_key(app, "whatsapp", key).await.unwrap().is_some();
    t.sql(&format!("UPDATE webhook_keys SET key = 'elsewhere' WHERE key = '{}'", row.webhook_key)).await;
    assert!(!known(&second, &row.webhook_key).await);
    // The connection is made meanwhile, on the other node.
    t.sql(&format!("UPDATE webhook_keys SET key = '{}' WHERE key = 'elsewhere'", row.webhook_key)).await;
    assert!(!known(&second, &row.webhook_key).await, "asked again at once, the database is left alone");
    assert!(known(&t.app, &row.webhook_key).await);
    t.advance(2_000);
    assert!(known(&second, &row.webhook_key).await);
    assert!(!known(&second, &"k".repeat(10_000)).await);
}

#[tokio::test]
async fn a_hint_committed_behind_hundreds_of_later_ones_is_told() {
    let t = common::app().await;
    if t.app.db.engine() == store::Engine::Sqlite {
        println!("skipped: SQLite has one writer, so nothing becomes visible late");
        return;
    }
    let anna = t.owner("anna").await;
    let organisation = anna.organisation;
    let stop = tokio_util::sync::CancellationToken::new();
    let reading = tokio::spawn(live::run(t.app.clone(), stop.clone()));
    let mut told = t.app.live.subscribe();
    let mut late = t.app.db.begin().await.unwrap();
    store::live::insert(&mut late, organisation, &[("orders", "late".into())], t.app.clock.now()).await.unwrap();
    for n in 0..500 {
        let mut tx = t.app.db.begin().await.unwrap();
        store::live::insert(&mut tx, organisation, &[("orders", format!("{n}"))], t.app.clock.now()).await.unwrap();
        tx.commit().await.unwrap();
    }
    let patience = std::time::Duration::from_secs(30);
    let mut until = async |id: &str| {
        let come = async { while told.recv().await.unwrap().object_id != id {} };
        tokio::time::timeout(patience, come).await.unwrap_or_else(|_| panic!("{id} was never told"));
    };
    until("499").await;
    let position = t.live_rev().await;
    late.commit().await.unwrap();
    until("late").await;
    stop.cancel();
    reading.await.unwrap();
    // Also to whoever comes back and had seen the later ones.
    let missed = live::replay(&t.app, Sight::all(organisation), position).await.unwrap().unwrap();
    assert!(missed.iter().any(|hint| hint.id == "late"), "{} without it", missed.len());
}
