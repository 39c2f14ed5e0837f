//! API keys.

use crate::common::{self, NOON, TestApp, code, code_and_field};
use domain::access::{Permission, Role};
use services::accounts::keys;
use services::{Actor, Cx, ErrorCode};
use std::time::Duration;

async fn refused(t: &TestApp, key: &str) -> ErrorCode {
    code(keys::authenticate_key(&t.app, key).await.map(|_| ()))
}

#[tokio::test]
async fn a_key_opens_its_organisation_with_its_scopes() {
    let t = common::app().await;
    let (anna, boris) = (t.owner("anna").await, t.owner("boris").await);
    let created = keys::create(&anna, " Сайт ", "orders:write, orders:read orders:read", None).await.unwrap();
    assert!(created.key.starts_with("pult_") && created.key.len() == 37);
    let cx = keys::authenticate_key(&t.app, &created.key).await.unwrap();
    let scopes = vec![Permission::OrdersRead, Permission::OrdersWrite];
    assert_eq!((cx.organisation, &cx.actor), (anna.organisation, &Actor::Key { key: created.id, scopes }));
    cx.allow(Permission::OrdersWrite).unwrap();
    assert_eq!(code(cx.allow(Permission::ChatsRead)), ErrorCode::Forbidden);

    let list = keys::list(&anna).await.unwrap();
    assert_eq!((list[0].name.as_str(), list[0].scopes.as_str()), ("Сайт", "orders:read,orders:write"));
    assert_eq!(list[0].prefix, created.key[..10]);
    assert!(keys::list(&boris).await.unwrap().is_empty());
    assert_eq!(code(keys::revoke(&boris, created.id).await), ErrorCode::NotFound);
    let lines = t.journal(anna.organisation, "key_created").await;
    assert!(!lines[0].args.to_string().contains(&created.key[10..]), "the secret is nowhere");

    keys::revoke(&anna, created.id).await.unwrap();
    assert_eq!(refused(&t, &created.key).await, ErrorCode::Unauthenticated);
    assert_eq!(code(keys::revoke(&anna, created.id).await), ErrorCode::NotFound);
    assert!(keys::list(&anna).await.unwrap().is_empty());
    for wrong in ["", "pult_", "pult_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", &created.key[5..]] {
        assert_eq!(refused(&t, wrong).await, ErrorCode::Unauthenticated);
    }
}

#[tokio::test]
async fn a_key_ends_when_it_was_said_to() {
    let t = common::app().await;
    let anna = t.owner("anna").await;
    let past = keys::create(&anna, "ключ", "*", Some(NOON)).await;
    assert_eq!(code_and_field(past), (ErrorCode::NotAllowed, "expires_at".into()));
    let created = keys::create(&anna, "ключ", "*", Some(NOON + 1_000)).await.unwrap();
    keys::authenticate_key(&t.app, &created.key).await.unwrap();
    t.advance(1_000);
    assert_eq!(refused(&t, &created.key).await, ErrorCode::Unauthenticated);
}

#[tokio::test]
async fn the_last_use_is_known_to_the_minute() {
    let t = common::app().await;
    let anna = t.owner("anna").await;
    let created = keys::create(&anna, "ключ", "*", None).await.unwrap();
    let used_at = async |expected: i64| {
        for _ in 0..200 {
            if keys::list(&anna).await.unwrap()[0].last_used_at == Some(expected) {
                return true;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        false
    };
    keys::authenticate_key(&t.app, &created.key).await.unwrap();
    assert!(used_at(NOON).await);
    t.advance(59_999);
    keys::authenticate_key(&t.app, &created.key).await.unwrap();
    t.advance(1);
    keys::authenticate_key(&t.app, &created.key).await.unwrap();
    assert!(used_at(NOON + 60_000).await, "the use in between was not written, or this one was not");
}

#[tokio::test]
async fn nobody_gives_a_key_more_than_they_have() {
    let t = common::app().await;
    let anna = t.owner("anna").await;
    let create = async |cx: &Cx, scopes: &str| keys::create(cx, "ключ", scopes, None).await;
    for (scopes, expected) in [
        ("", ErrorCode::Required),
        (" , ", ErrorCode::Required),
        ("orders:everything", ErrorCode::NotAllowed),
        ("profile:own", ErrorCode::NotAllowed),
    ] {
        assert_eq!(code_and_field(create(&anna, scopes).await), (expected, "scopes".into()), "{scopes:?}");
    }
    assert_eq!(code_and_field(keys::create(&anna, "", "*", None).await), (ErrorCode::Required, "name".into()));
    let maker = t.key(&anna, "keys:manage,orders:read").await;
    create(&maker, "orders:read").await.unwrap();
    for scopes in ["orders:write", "*"] {
        assert_eq!(code(create(&maker, scopes).await), ErrorCode::Forbidden);
    }
    let all = t.key(&anna, "*").await;
    create(&all, "*").await.unwrap();
    for role in [Role::Seller, Role::Technician, Role::Quality] {
        let member = t.member(&anna, role.as_str(), role).await;
        assert_eq!(code(create(&member, "orders:read").await), ErrorCode::Forbidden);
        assert_eq!(code(keys::list(&member).await), ErrorCode::Forbidden);
        let id = keys::list(&anna).await.unwrap()[0].id;
        assert_eq!(code(keys::revoke(&member, id).await), ErrorCode::Forbidden);
    }
}
