//! Sign-in, its limits, and which organisation a request works in.

use crate::common::{self, PASSWORD, PEER, code, email_of};
use domain::access::Role;
use services::{ErrorCode, accounts};

const MINUTE: i64 = 60_000;

#[tokio::test]
async fn only_the_right_pair_signs_in() {
    let t = common::app().await;
    let cx = t.owner("anna").await;
    let signed_in = accounts::sign_in(&t.app, " ANNA@sever.example", PASSWORD, PEER).await.unwrap();
    assert_eq!((Some(signed_in.user), signed_in.organisation), (cx.user(), Some(cx.organisation)));
    assert_eq!(t.journal(cx.organisation, "signed_in").await[0].args["address"], PEER);
    let long = "x".repeat(1_000_000);
    for (email, password) in [
        ("anna@sever.example", "зелёный слон 8"),
        ("nobody@sever.example", PASSWORD),
        ("", ""),
        ("anna", PASSWORD),
        (long.as_str(), PASSWORD),
        ("anna@sever.example", long.as_str()),
    ] {
        assert_eq!(code(accounts::sign_in(&t.app, email, password, PEER).await), ErrorCode::WrongCredentials);
    }
}

#[tokio::test]
async fn an_unknown_address_takes_as_long_as_a_wrong_password() {
    let t = common::app().await;
    t.owner("anna").await;
    // Both end in one computation behind the same gate: with the gate shut, neither can answer.
    let gate = t.app.hashing.acquire_many(2).await.unwrap();
    for email in [email_of("anna"), email_of("nobody")] {
        let answer = accounts::sign_in(&t.app, &email, "неверный пароль", PEER);
        let waited = tokio::time::timeout(std::time::Duration::from_millis(100), answer).await;
        assert!(waited.is_err(), "{email} was answered without computing");
    }
    drop(gate);
}

#[tokio::test]
async fn after_ten_wrong_attempts_an_address_waits() {
    let t = common::app().await;
    t.owner("anna").await;
    for n in 0..10 {
        let peer = format!("192.0.2.{n}");
        let answer = accounts::sign_in(&t.app, "anna@sever.example", "неверный пароль", &peer).await;
        assert_eq!(code(answer), ErrorCode::WrongCredentials);
    }
    let refused = accounts::sign_in(&t.app, "Anna@sever.example", PASSWORD, "192.0.2.77").await;
    let error = refused.unwrap_err().into_api();
    assert_eq!((error.code, error.args["seconds"].as_str()), (ErrorCode::TooManyAttempts, "900"));
    t.advance(15 * MINUTE);
    accounts::sign_in(&t.app, "anna@sever.example", PASSWORD, PEER).await.unwrap();
}

#[tokio::test]
async fn after_ten_wrong_attempts_a_peer_waits_but_not_the_others() {
    let t = common::app().await;
    t.owner("anna").await;
    for n in 0..10 {
        let answer = accounts::sign_in(&t.app, &email_of(&format!("guess{n}")), PASSWORD, PEER).await;
        assert_eq!(code(answer), ErrorCode::WrongCredentials);
    }
    assert_eq!(code(accounts::sign_in(&t.app, "anna@sever.example", PASSWORD, PEER).await), ErrorCode::TooManyAttempts);
    for _ in 0..12 {
        accounts::sign_in(&t.app, "anna@sever.example", PASSWORD, "198.51.100.1").await.unwrap();
    }
}

#[tokio::test]
async fn a_request_works_in_the_wanted_organisation_if_it_may() {
    let t = common::app().await;
    let anna = t.owner("anna").await;
    let boris = t.owner("boris").await;
    let user = anna.user().unwrap();
    // Not a member of the wanted one: the first own.
    assert_eq!(t.cx(user, Some(boris.organisation)).await.organisation, anna.organisation);
    assert_eq!(code(accounts::switch(&t.app, user, boris.organisation).await.map(|_| ())), ErrorCode::NotFound);

    let link = accounts::invites::create(&boris, &email_of("anna"), Role::Seller).await.unwrap().link;
    accounts::invites::accept(&t.app, user, link.rsplit('/').next().unwrap()).await.unwrap();
    let there = accounts::switch(&t.app, user, boris.organisation).await.unwrap();
    assert_eq!((there.organisation, there.role()), (boris.organisation, Role::Seller));
    assert_eq!(t.cx(user, None).await.organisation, anna.organisation);
    let me = accounts::me(&there).await.unwrap();
    assert_eq!(me.organisations.iter().map(|o| o.role).collect::<Vec<_>>(), [Role::Owner, Role::Seller]);
    assert_eq!((me.role, me.organisation.name.as_str()), (Role::Seller, "boris и Ко"));
}

#[tokio::test]
async fn a_role_applies_with_the_next_request_and_a_deactivated_member_is_out() {
    let t = common::app().await;
    let owner = t.owner("anna").await;
    let seller = t.member(&owner, "semyon", Role::Seller).await;
    let user = seller.user().unwrap();
    accounts::members::change_role(&owner, user, Role::Quality).await.unwrap();
    assert_eq!(t.again(&seller).await.role(), Role::Quality);
    accounts::members::deactivate(&owner, user, None).await.unwrap();
    let answer = accounts::authenticate(&t.app, user, Some(owner.organisation)).await;
    assert_eq!(code(answer.map(|_| ())), ErrorCode::Deactivated);
    // The password is still right; there is just nowhere to go but to another invitation.
    let signed_in = accounts::sign_in(&t.app, &email_of("semyon"), PASSWORD, PEER).await.unwrap();
    assert_eq!(signed_in.organisation, None);
    let nobody: domain::ids::UserId = t.app.ids.next(0);
    assert_eq!(code(accounts::authenticate(&t.app, nobody, None).await.map(|_| ())), ErrorCode::Unauthenticated);
}
