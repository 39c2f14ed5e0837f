//! What is kept for how long, what goes, and that the file of SQLite gives the room back.

use crate::common::{self, TestApp, code};
use domain::ids::EventId;
use domain::queue::EventState;
use domain::views::JournalFilter;
use services::pipeline::manage;
use services::retention::{Keep, forecast, prune};
use services::{Cx, ErrorCode, accounts};

const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// Events that are over, with two kilobytes each; the first could not be applied.
async fn events(t: &TestApp, cx: &Cx, count: usize) -> Vec<EventId> {
    let mut work = cx.work().await.unwrap();
    let one = |n: usize| store::events::NewEvent {
        organisation: cx.organisation,
        id: t.app.ids.next(cx.now),
        connection: None,
        kind: "message".into(),
        dedupe_key: format!("{} {n}", cx.now),
        order_key: format!("{n}"),
        headers: "{}".into(),
        data: format!("\"{}\"", "слово ".repeat(200)),
        received_at: cx.now,
    };
    let all: Vec<_> = (0..count).map(one).collect();
    store::events::insert(&mut work.tx, &all).await.unwrap();
    for (n, event) in all.iter().enumerate() {
        let state = if n == 0 { EventState::Failed } else { EventState::Done };
        store::events::finish(&mut work.tx, cx.organisation, event.id, state, None, 1, cx.now, cx.now).await.unwrap();
    }
    work.commit().await.unwrap();
    all.into_iter().map(|event| event.id).collect()
}

async fn payload(cx: &Cx, id: EventId) -> Option<usize> {
    let (_, payload) = store::events::one(cx.db(), cx.organisation, id).await.unwrap()?;
    Some(payload.map_or(0, |(_, data)| data.len()))
}

#[tokio::test]
async fn payloads_go_first_then_events_then_jobs_and_the_room_comes_back() {
    let t = common::app().await;
    let anna = t.owner("anna").await;
    let boris = t.owner("boris").await;
    let keep = Keep::default();
    let old = events(&t, &anna, 1_200).await;
    let letters = t.letters(anna.organisation).await.len();
    assert_eq!(letters, 1, "the letter of the sign-up is a job");
    t.sql("UPDATE jobs SET state = 'done'").await;
    let full = store::health::size(&t.app.db).await.unwrap();

    t.advance(keep.payloads * DAY_MS - 1);
    let anna = t.again(&anna).await;
    let fresh = events(&t, &anna, 2).await;
    prune(&t.app).await.unwrap();
    assert!(payload(&anna, old[1]).await.unwrap() > 1_000, "not a moment too early");
    t.advance(2);
    prune(&t.app).await.unwrap();
    assert_eq!(payload(&anna, old[1]).await, Some(0), "that it came is still known");
    assert_eq!(payload(&anna, old[1_199]).await, Some(0));
    assert_eq!(code(manage::replay_event(&anna, old[1]).await), ErrorCode::PayloadGone);
    assert!(payload(&anna, old[0]).await.unwrap() > 1_000, "what could not be applied may still be");
    assert!(payload(&anna, fresh[1]).await.unwrap() > 1_000);
    if t.app.db.engine() == store::Engine::Sqlite {
        let left = store::health::size(&t.app.db).await.unwrap();
        assert!(left < full - 1_000_000, "{full} bytes are {left} now");
    }

    t.advance((keep.jobs - keep.payloads) * DAY_MS);
    prune(&t.app).await.unwrap();
    assert_eq!(t.letters(anna.organisation).await.len(), 0);
    assert_eq!(t.letters(boris.organisation).await.len(), 0, "in every organisation");

    t.advance((keep.events - keep.jobs) * DAY_MS);
    prune(&t.app).await.unwrap();
    let anna = t.again(&anna).await;
    assert_eq!((payload(&anna, old[0]).await, payload(&anna, old[1]).await), (None, None));
    assert_eq!(payload(&anna, fresh[1]).await, Some(0));
    let filter = JournalFilter { limit: Some(200), ..Default::default() };
    assert_eq!(manage::events(&anna, filter).await.unwrap().items.len(), 2);
    assert!(accounts::me(&anna).await.is_ok());
}

#[tokio::test]
async fn what_waits_or_needs_a_person_stays_however_old() {
    let t = common::app().await;
    let anna = t.owner("anna").await;
    let waits = events(&t, &anna, 2).await;
    t.sql("UPDATE events SET state = 'new', processed_at = NULL").await;
    t.sql("UPDATE jobs SET state = 'dead'").await;
    t.advance(1_000 * DAY_MS);
    prune(&t.app).await.unwrap();
    let anna = t.again(&anna).await;
    assert!(payload(&anna, waits[1]).await.unwrap() > 1_000);
    assert_eq!(t.letters(anna.organisation).await.len(), 1);
}

#[tokio::test]
async fn how_long_the_disk_will_do_is_known_from_the_second_day_on() {
    let t = common::app().await;
    let anna = t.owner("anna").await;
    prune(&t.app).await.unwrap();
    assert_eq!(forecast(&t.app).await.unwrap().bytes_per_day, None);
    t.advance(2 * DAY_MS);
    let anna = t.again(&anna).await;
    events(&t, &anna, 1_200).await;
    let disk = forecast(&t.app).await.unwrap();
    assert!(disk.bytes_per_day.unwrap() > 500_000, "{disk:?}");
    if t.app.db.engine() == store::Engine::Sqlite {
        assert_eq!(disk.days_left, Some(disk.free_bytes.unwrap() / disk.bytes_per_day.unwrap()));
    }
}
