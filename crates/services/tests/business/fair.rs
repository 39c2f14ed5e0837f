//! A backlog of one organisation, or a provider that hangs, delays nobody else.

use crate::common;
use crate::provider::{connected, drain};
use crate::setup::{chat, person};
use domain::ids::*;
use domain::views::*;
use services::pipeline::{Outbox, apply_due};
use services::{Cx, chats};

async fn inbox(cx: &Cx, count: usize) {
    let mut work = cx.work().await.unwrap();
    let events: Vec<_> = (0..count)
        .map(|n| {
            let id: EventId = work.id();
            store::events::NewEvent {
                organisation: cx.organisation,
                id,
                connection: None,
                kind: "message".into(),
                dedupe_key: format!("{n}"),
                order_key: format!("{n}"),
                headers: "{}".into(),
                data: "{}".into(),
                received_at: cx.now,
            }
        })
        .collect();
    store::events::insert(&mut work.tx, &events).await.unwrap();
    work.commit().await.unwrap();
}

async fn applied(cx: &Cx) -> usize {
    let filter = JournalFilter { state: Some("ignored".into()), limit: Some(200), ..Default::default() };
    services::pipeline::manage::events(cx, filter).await.unwrap().items.len()
}

#[tokio::test]
async fn events_of_a_quiet_organisation_do_not_wait_behind_a_burst() {
    let t = common::app().await;
    let (loud, quiet) = (t.owner("anna").await, t.owner("boris").await);
    inbox(&loud, 2_000).await;
    inbox(&quiet, 3).await;
    apply_due(&t.app).await.unwrap();
    assert_eq!(applied(&quiet).await, 3, "in the first batch, although the others came first");
    assert!(applied(&loud).await > 0);
}

#[tokio::test]
async fn messages_of_a_quiet_organisation_do_not_wait_behind_a_queue() {
    let t = common::app().await;
    let (loud, quiet) = (t.owner("anna").await, t.owner("boris").await);
    let (their_link, their_provider, _a) = connected(&loud).await;
    let (link, provider, _b) = connected(&quiet).await;
    let outbox = Outbox::new(t.app.clone());
    drain(&t, &outbox, 5).await;
    let (loud, quiet) = (t.again(&loud).await, t.again(&quiet).await);
    let say = async |cx: &Cx, link, n: usize| {
        let who = person(None, Some(&format!("+7913{n:07}")), "Марина");
        let (_, chat) = chat(cx, link, &who).await;
        chats::send(cx, chat, SendMessage { text: Some(format!("{n}")), ..Default::default() }).await.unwrap();
    };
    for n in 0..300 {
        say(&loud, their_link, n).await;
    }
    for n in 0..3 {
        say(&quiet, link, n).await;
    }
    outbox.lease_due().await.unwrap();
    outbox.settle().await;
    assert_eq!(provider.texts().len(), 3, "in the first round");
    assert!(!their_provider.texts().is_empty());
}
