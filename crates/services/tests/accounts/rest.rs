//! Idempotency keys of REST creates.

use crate::common::{self, TestApp, code};
use services::rest::{self, Answer, Begun, request_hash};
use services::{Cx, Error, ErrorCode, Result};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

const MINUTE: i64 = 60_000;

fn hash(body: &str) -> String {
    request_hash("POST", "/api/v1/orders", body.as_bytes())
}

/// Work that counts how often it was done.
fn work(count: &Arc<AtomicU32>) -> impl Future<Output = Result<(u16, String)>> + Send + 'static {
    let count = count.clone();
    async move { Ok((201, format!("order {}", count.fetch_add(1, Ordering::SeqCst) + 1))) }
}

async fn again(t: &TestApp, cx: &Cx) -> Cx {
    t.again(cx).await
}

#[test]
fn requests_differ_by_method_path_and_body() {
    let one = request_hash("POST", "/a", b"b");
    for other in [request_hash("PUT", "/a", b"b"), request_hash("POST", "/ab", b""), request_hash("POST", "/a", b"c")] {
        assert_ne!(one, other);
    }
    assert_eq!(one, request_hash("POST", "/a", b"b"));
}

#[tokio::test]
async fn a_repeat_is_answered_alike_and_nothing_is_done_again() {
    let t = common::app().await;
    let (anna, boris) = (t.owner("anna").await, t.owner("boris").await);
    let count = Arc::new(AtomicU32::new(0));
    let first = rest::once(&anna, Some("k1"), &hash("a"), work(&count)).await.unwrap();
    assert_eq!(first, Answer { status: 201, body: "order 1".into(), replayed: false });
    t.advance(MINUTE);
    let repeat = rest::once(&again(&t, &anna).await, Some("k1"), &hash("a"), work(&count)).await.unwrap();
    assert_eq!(repeat, Answer { replayed: true, ..first.clone() });
    let other = rest::once(&anna, Some("k1"), &hash("b"), work(&count)).await;
    assert_eq!(code(other), ErrorCode::IdempotencyMismatch);
    // Keys of another organisation are its own; without a key everything is new.
    assert_eq!(rest::once(&boris, Some("k1"), &hash("b"), work(&count)).await.unwrap().body, "order 2");
    assert_eq!(rest::once(&anna, None, &hash("a"), work(&count)).await.unwrap().body, "order 3");
    t.advance(rest::KEPT_MS);
    let late = rest::once(&again(&t, &anna).await, Some("k1"), &hash("b"), work(&count)).await.unwrap();
    assert_eq!((late.body.as_str(), late.replayed), ("order 4", false));
}

#[tokio::test]
async fn a_request_at_work_holds_its_key_until_it_must_be_dead() {
    let t = common::app().await;
    let anna = t.owner("anna").await;
    assert_eq!(rest::begin(&anna, "k", &hash("a")).await.unwrap(), Begun::Fresh);
    t.advance(2 * MINUTE);
    let second = again(&t, &anna).await;
    assert_eq!(code(rest::begin(&second, "k", &hash("a")).await), ErrorCode::IdempotencyInProgress);
    assert_eq!(code(rest::begin(&second, "k", &hash("b")).await), ErrorCode::IdempotencyMismatch);
    t.advance(1);
    let third = again(&t, &anna).await;
    assert_eq!(rest::begin(&third, "k", &hash("a")).await.unwrap(), Begun::Fresh);
    // The first comes back to life: what it says does not count any more.
    rest::finish(&anna, "k", 201, "old").await.unwrap();
    rest::abandon(&anna, "k").await.unwrap();
    rest::finish(&third, "k", 201, "new").await.unwrap();
    let stored = Answer { status: 201, body: "new".into(), replayed: true };
    assert_eq!(rest::begin(&third, "k", &hash("a")).await.unwrap(), Begun::Stored(stored));
}

#[tokio::test]
async fn a_request_that_did_nothing_frees_its_key() {
    let t = common::app().await;
    let anna = t.owner("anna").await;
    let count = Arc::new(AtomicU32::new(0));
    let failing = async { Err(Error::from(ErrorCode::Required)) };
    assert_eq!(code(rest::once(&anna, Some("k"), &hash("a"), failing).await), ErrorCode::Required);
    let panicking = async { panic!("a mistake of ours") };
    assert_eq!(code(rest::once(&anna, Some("k"), &hash("a"), panicking).await), ErrorCode::Internal);
    assert_eq!(rest::once(&anna, Some("k"), &hash("b"), work(&count)).await.unwrap().body, "order 1");
}

#[tokio::test]
async fn work_goes_on_when_the_caller_hangs_up() {
    let t = common::app().await;
    let anna = t.owner("anna").await;
    let (open, opened) = tokio::sync::oneshot::channel::<()>();
    let slow = async move {
        opened.await.ok();
        Ok((201, "done".to_owned()))
    };
    let request = {
        let (cx, hash) = (anna.clone(), hash("a"));
        tokio::spawn(async move { rest::once(&cx, Some("k"), &hash, slow).await })
    };
    let kept = format!("user:{}:k", anna.user().unwrap());
    while store::rest::one(&t.app.db, anna.organisation, &kept).await.unwrap().is_none() {
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    }
    request.abort();
    open.send(()).unwrap();
    let count = Arc::new(AtomicU32::new(0));
    loop {
        match rest::once(&anna, Some("k"), &hash("a"), work(&count)).await {
            Ok(answer) => return assert_eq!((answer.body.as_str(), answer.replayed), ("done", true)),
            Err(error) => assert!(error.is(ErrorCode::IdempotencyInProgress)),
        }
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    }
}

#[tokio::test]
async fn of_many_at_the_same_moment_one_is_done() {
    let t = common::app().await;
    let anna = t.owner("anna").await;
    let count = Arc::new(AtomicU32::new(0));
    let hash = hash("a");
    let all = futures::future::join_all((0..20).map(|_| rest::once(&anna, Some("k"), &hash, work(&count)))).await;
    assert_eq!(count.load(Ordering::SeqCst), 1);
    for answer in all {
        match answer {
            Ok(answer) => assert_eq!(answer.body, "order 1"),
            Err(error) => assert!(error.is(ErrorCode::IdempotencyInProgress)),
        }
    }
}

#[tokio::test]
async fn a_key_is_a_short_visible_text() {
    let t = common::app().await;
    let anna = t.owner("anna").await;
    for key in ["", " ", "ключ", "a b", &"x".repeat(256)] {
        assert_eq!(code(rest::begin(&anna, key, &hash("a")).await), ErrorCode::BadRequest, "{key:?}");
    }
}
