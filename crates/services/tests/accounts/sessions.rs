//! Browser sessions: the store of the session layer, the own list, and what ends a session.

use crate::common::{self, NOON, TestApp, code};
use domain::access::Role;
use serde_json::json;
use services::accounts::sessions::{self, ADDRESS, LIFETIME_MS, USER, USER_AGENT};
use services::accounts::{self, Sessions};
use services::{Cx, ErrorCode};
use std::time::Duration;
use tower_sessions::SessionStore;
use tower_sessions::session::{Id, Record};

const DAY: i64 = 86_400_000;

fn record(cx: Option<&Cx>, browser: &str) -> Record {
    let mut data = std::collections::HashMap::from([
        (ADDRESS.to_owned(), json!("192.0.2.7")),
        (USER_AGENT.to_owned(), json!(browser)),
    ]);
    if let Some(user) = cx.and_then(Cx::user) {
        data.insert(USER.to_owned(), json!(user));
    }
    let expiry_date = time::OffsetDateTime::from_unix_timestamp((NOON + 400 * DAY) / 1000).unwrap();
    Record { id: Id::default(), data, expiry_date }
}

async fn begin(t: &TestApp, cx: &Cx, browser: &str) -> Id {
    let mut record = record(Some(cx), browser);
    Sessions(t.app.clone()).create(&mut record).await.unwrap();
    record.id
}

async fn alive(t: &TestApp, id: &Id) -> bool {
    Sessions(t.app.clone()).load(id).await.unwrap().is_some()
}

#[tokio::test]
async fn a_session_is_kept_changed_and_deleted() {
    let t = common::app().await;
    let store = Sessions(t.app.clone());
    let anna = t.owner("anna").await;
    let mut record = record(None, "Firefox");
    store.create(&mut record).await.unwrap();
    let mut loaded = store.load(&record.id).await.unwrap().unwrap();
    assert_eq!(loaded.data, record.data);
    assert!(sessions::list(&anna, None).await.unwrap().is_empty());

    loaded.data.insert(USER.into(), json!(anna.user()));
    store.save(&loaded).await.unwrap();
    let list = sessions::list(&anna, Some(&record.id)).await.unwrap();
    assert_eq!(
        (list.len(), list[0].current, list[0].address.as_str(), list[0].user_agent.as_str()),
        (1, true, "192.0.2.7", "Firefox")
    );
    // The cookie's value is nowhere in the database.
    assert!(store::accounts::session(&t.app.db, &record.id.to_string(), NOON).await.unwrap().is_none());

    store.delete(&record.id).await.unwrap();
    store.save(&loaded).await.unwrap();
    assert!(!alive(&t, &record.id).await, "a late save must not bring a deleted session back");
}

#[tokio::test]
async fn a_session_ends_a_month_after_its_last_use() {
    let t = common::app().await;
    let anna = t.owner("anna").await;
    let id = begin(&t, &anna, "Firefox").await;
    let store = Sessions(t.app.clone());
    t.advance(30_000);
    assert!(!store.touch(&id).await.unwrap(), "noted less than a minute ago");
    t.advance(30_000);
    assert!(store.touch(&id).await.unwrap());
    assert!(!store.touch(&id).await.unwrap());
    assert_eq!(sessions::list(&t.again(&anna).await, None).await.unwrap()[0].last_seen_at, NOON + 60_000);

    t.advance(LIFETIME_MS - 1);
    assert!(alive(&t, &id).await);
    // Loading notes the use by itself.
    for _ in 0..200 {
        tokio::time::sleep(Duration::from_millis(10)).await;
        if sessions::list(&t.again(&anna).await, None).await.unwrap()[0].last_seen_at > NOON + 60_000 {
            break;
        }
    }
    t.advance(LIFETIME_MS - 1);
    let other = begin(&t, &anna, "Chromium").await;
    t.advance(1);
    assert!(!alive(&t, &id).await && alive(&t, &other).await);
    accounts::sweep(&t.app).await.unwrap();
    assert!(alive(&t, &other).await);
    assert_eq!(sessions::list(&t.again(&anna).await, None).await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_session_ends_after_three_months_however_much_it_is_used() {
    let t = common::app().await;
    let anna = t.owner("anna").await;
    let id = begin(&t, &anna, "Firefox").await;
    let store = Sessions(t.app.clone());
    let day = LIFETIME_MS / 30;
    let shown = sessions::list(&anna, Some(&id)).await.unwrap()[0].ends_at;
    assert_eq!(shown, NOON + 90 * day);
    for _ in 0..89 {
        t.advance(day);
        assert!(store.touch(&id).await.unwrap());
        // A request that writes something into the session gains no time either.
        let loaded = store.load(&id).await.unwrap().unwrap();
        store.save(&loaded).await.unwrap();
    }
    t.advance(day - 1);
    assert!(alive(&t, &id).await);
    t.advance(1);
    assert!(!alive(&t, &id).await);
    accounts::sweep(&t.app).await.unwrap();
    assert!(sessions::list(&t.again(&anna).await, None).await.unwrap().is_empty());
}

#[tokio::test]
async fn people_see_and_end_only_their_own_sessions() {
    let t = common::app().await;
    let (anna, boris) = (t.owner("anna").await, t.owner("boris").await);
    let (here, there, his) =
        (begin(&t, &anna, "here").await, begin(&t, &anna, "there").await, begin(&t, &boris, "his").await);
    let list = sessions::list(&boris, Some(&here)).await.unwrap();
    assert_eq!((list.len(), list[0].current), (1, false));
    assert_eq!(code(sessions::revoke(&anna, list[0].id).await), ErrorCode::NotFound);

    let list = sessions::list(&anna, Some(&here)).await.unwrap();
    let other = list.iter().find(|s| !s.current).unwrap();
    assert_eq!(other.user_agent, "there");
    sessions::revoke(&anna, other.id).await.unwrap();
    assert!(alive(&t, &here).await && !alive(&t, &there).await && alive(&t, &his).await);

    begin(&t, &anna, "third").await;
    assert_eq!(sessions::revoke_others(&anna, Some(&here)).await.unwrap(), 1);
    assert!(alive(&t, &here).await && alive(&t, &his).await);
    assert_eq!(t.journal(anna.organisation, "sessions_revoked").await[0].args["count"], 1);
    assert_eq!(t.journal(anna.organisation, "session_revoked").await.len(), 1);
    let key = t.key(&anna, "*").await;
    assert_eq!(code(sessions::list(&key, None).await), ErrorCode::Forbidden);
}

#[tokio::test]
async fn a_changed_password_ends_all_other_sessions() {
    let t = common::app().await;
    let anna = t.owner("anna").await;
    let (here, there) = (begin(&t, &anna, "here").await, begin(&t, &anna, "there").await);
    accounts::profile::change_password(&anna, Some(&here), common::PASSWORD, "новый пароль 77").await.unwrap();
    assert!(alive(&t, &here).await && !alive(&t, &there).await);
}

#[tokio::test]
async fn sessions_end_when_a_person_is_active_nowhere_any_more() {
    let t = common::app().await;
    let (anna, boris) = (t.owner("anna").await, t.owner("boris").await);
    let guest = t.member(&anna, "vera", Role::Seller).await;
    let link = accounts::invites::create(&boris, &common::email_of("vera"), Role::Seller).await.unwrap().link;
    accounts::invites::accept(&t.app, guest.user().unwrap(), link.rsplit('/').next().unwrap()).await.unwrap();
    let id = begin(&t, &guest, "Firefox").await;
    accounts::members::deactivate(&anna, guest.user().unwrap(), None).await.unwrap();
    assert!(alive(&t, &id).await, "she still works for Boris");
    assert_eq!(t.cx(guest.user().unwrap(), Some(anna.organisation)).await.organisation, boris.organisation);
    accounts::members::deactivate(&boris, guest.user().unwrap(), None).await.unwrap();
    assert!(!alive(&t, &id).await);
}
