//! Connections that fall silent or answer nobody: noticed once, said why, and well again by themselves.

use crate::common;
use crate::provider::{connected, drain};
use crate::setup::{chat, person};
use domain::ids::ConnectionId;
use domain::views::{ConnectionView, SendMessage};
use services::pipeline::Outbox;
use services::{Cx, chats, connections};
use std::sync::atomic::Ordering;

const MINUTE: i64 = 60_000;

async fn card(cx: &Cx, id: ConnectionId) -> ConnectionView {
    connections::list(cx).await.unwrap().into_iter().find(|one| one.id == id).unwrap()
}

#[tokio::test]
async fn a_connection_that_falls_silent_is_told_once_and_asked_after() {
    let t = common::app().await;
    let anna = t.owner("anna").await;
    let (link, _provider, _serving) = connected(&anna).await;
    let outbox = Outbox::new(t.app.clone());
    drain(&t, &outbox, 5).await;
    // A working week in which an event comes every ten minutes: Monday to Friday, nine to six in Novosibirsk.
    t.advance((2 * 24 - 10) * 60 * MINUTE);
    let speak = async || {
        let mut tx = t.app.db.begin().await.unwrap();
        store::connections::saw_event(&mut tx, anna.organisation, link, t.app.clock.now()).await.unwrap();
        tx.commit().await.unwrap();
    };
    for _day in 0..4 {
        for _ in 0..54 {
            speak().await;
            assert_eq!(connections::watch(&t.app).await.unwrap(), 0);
            t.advance(10 * MINUTE);
        }
        t.advance(15 * 60 * MINUTE);
        assert_eq!(connections::watch(&t.app).await.unwrap(), 0, "the night is no silence");
    }
    let now = t.again(&anna).await;
    assert_eq!(card(&now, link).await.silent_since, None);
    speak().await;
    assert_eq!(connections::watch(&t.app).await.unwrap(), 0);
    let last = t.app.clock.now();
    t.advance(40 * MINUTE);
    assert_eq!((connections::watch(&t.app).await.unwrap(), connections::watch(&t.app).await.unwrap()), (1, 0));
    let now = t.again(&anna).await;
    let found = card(&now, link).await;
    assert_eq!((found.silent_since, found.usual_gap), (Some(last), Some(10 * MINUTE)));
    let lines = t.journal(anna.organisation, "connection_silent").await;
    assert_eq!(
        (lines.len(), lines[0].args["minutes"].as_i64(), lines[0].args["usual"].as_i64()),
        (1, Some(40), Some(10))
    );
    // The service is asked whether all is well.
    let jobs = store::jobs::JobFilter { kind: Some("check_connection"), ..Default::default() };
    let jobs = store::jobs::list(&t.app.db, anna.organisation, &jobs, 10).await.unwrap();
    assert!(jobs.iter().any(|job| job.created_at > last), "{jobs:?}");
    speak().await;
    connections::watch(&t.app).await.unwrap();
    assert_eq!(card(&t.again(&anna).await, link).await.silent_since, None);
    assert_eq!(t.journal(anna.organisation, "connection_speaks").await.len(), 1);
}

#[tokio::test]
async fn a_service_that_answers_nobody_is_shown_to_rest_until_it_is_back() {
    let t = common::app().await;
    let anna = t.owner("anna").await;
    let (link, provider, _serving) = connected(&anna).await;
    let outbox = Outbox::new(t.app.clone());
    drain(&t, &outbox, 5).await;
    provider.away.store(true, Ordering::SeqCst);
    for n in 0..8 {
        let who = person(None, Some(&format!("+7913000000{n}")), "Марина");
        let (_, chat) = chat(&t.again(&anna).await, link, &who).await;
        let text = SendMessage { text: Some("Здравствуйте".into()), ..Default::default() };
        chats::send(&t.again(&anna).await, chat, text).await.unwrap();
    }
    drain(&t, &outbox, 2).await;
    let resting = card(&t.again(&anna).await, link).await;
    assert!(resting.rests_until.is_some_and(|until| until > t.app.clock.now() - 2_000), "{resting:?}");
    assert_eq!(t.journal(anna.organisation, "connection_rests").await.len(), 1, "told once, however often it rests");
    provider.away.store(false, Ordering::SeqCst);
    drain(&t, &outbox, 60).await;
    assert_eq!((card(&t.again(&anna).await, link).await.rests_until, provider.texts().len()), (None, 8));
}
