//! A new password by mail.

use crate::common::{self, PASSWORD, PEER, TestApp, code, code_and_field, email_of};
use services::{ErrorCode, accounts};

const NEW: &str = "новый пароль 77";

async fn request(t: &TestApp, email: &str) {
    accounts::recovery::request_reset(&t.app, email, PEER).await.unwrap();
}

#[tokio::test]
async fn a_link_sets_a_new_password_once() {
    let t = common::app().await;
    let anna = t.owner("anna").await;
    request(&t, " ANNA@sever.example ").await;
    request(&t, &email_of("anna")).await;
    let token = t.token(anna.organisation, "reset").await;
    let letters = t.letters(anna.organisation).await;
    let first = letters[1].text.split_once("/reset/").unwrap().1.split_whitespace().next().unwrap();
    assert_ne!(first, token);

    let weak = accounts::recovery::reset(&t.app, &token, "короткий").await;
    assert_eq!(code_and_field(weak), (ErrorCode::WeakPassword, "password".into()));
    accounts::recovery::reset(&t.app, &token, NEW).await.unwrap();
    for used in [token.as_str(), first, "wrong"] {
        let answer = accounts::recovery::reset(&t.app, used, "третий пароль 9").await;
        assert_eq!(code(answer), ErrorCode::LinkInvalid, "{used}");
    }
    assert_eq!(code(accounts::sign_in(&t.app, &email_of("anna"), PASSWORD, PEER).await), ErrorCode::WrongCredentials);
    accounts::sign_in(&t.app, &email_of("anna"), NEW, PEER).await.unwrap();
    // Who can read the mail owns the address.
    assert!(accounts::me(&anna).await.unwrap().email_confirmed);
    assert_eq!(t.letters(anna.organisation).await.last().unwrap().subject, "Пароль изменён");
    assert_eq!(t.journal(anna.organisation, "password_reset").await.len(), 1);
}

#[tokio::test]
async fn a_link_works_for_an_hour() {
    let t = common::app().await;
    let anna = t.owner("anna").await;
    request(&t, &email_of("anna")).await;
    let token = t.token(anna.organisation, "reset").await;
    t.advance(3_600_000);
    assert_eq!(code(accounts::recovery::reset(&t.app, &token, NEW).await), ErrorCode::LinkInvalid);
    accounts::sign_in(&t.app, &email_of("anna"), PASSWORD, PEER).await.unwrap();
}

#[tokio::test]
async fn a_link_for_one_thing_does_not_do_another() {
    let t = common::app().await;
    let anna = t.owner("anna").await;
    let confirm = t.token(anna.organisation, "confirm").await;
    assert_eq!(code(accounts::recovery::reset(&t.app, &confirm, NEW).await), ErrorCode::LinkInvalid);
    request(&t, &email_of("anna")).await;
    let reset = t.token(anna.organisation, "reset").await;
    assert_eq!(code(accounts::email::confirm(&t.app, &reset).await), ErrorCode::LinkInvalid);
}

#[tokio::test]
async fn of_two_uses_at_the_same_moment_one_counts() {
    let t = common::app().await;
    let anna = t.owner("anna").await;
    request(&t, &email_of("anna")).await;
    let token = t.token(anna.organisation, "reset").await;
    let (a, b) = tokio::join!(
        accounts::recovery::reset(&t.app, &token, NEW),
        accounts::recovery::reset(&t.app, &token, "третий пароль 9")
    );
    assert_eq!([a, b].into_iter().filter(Result::is_ok).count(), 1);
}

#[tokio::test]
async fn the_answer_is_the_same_for_everybody_and_requests_are_limited() {
    let t = common::app().await;
    let anna = t.owner("anna").await;
    let letters = t.letters(anna.organisation).await.len();
    request(&t, "nobody@sever.example").await;
    assert_eq!(t.letters(anna.organisation).await.len(), letters);
    assert_eq!(code(accounts::recovery::request_reset(&t.app, "anna", PEER).await), ErrorCode::BadEmail);
    for n in 0..10 {
        let peer = format!("198.51.100.{n}");
        accounts::recovery::request_reset(&t.app, "nobody@sever.example", &peer)
            .await
            .map_or_else(|e| assert!(n == 9 && e.is(ErrorCode::TooManyAttempts)), |()| assert!(n < 9));
    }
}

#[tokio::test]
async fn after_a_password_change_links_sent_before_are_worthless() {
    let t = common::app().await;
    let anna = t.owner("anna").await;
    request(&t, &email_of("anna")).await;
    let token = t.token(anna.organisation, "reset").await;
    accounts::profile::change_password(&anna, None, PASSWORD, NEW).await.unwrap();
    let answer = accounts::recovery::reset(&t.app, &token, "третий пароль 9").await;
    assert_eq!(code(answer), ErrorCode::LinkInvalid);
}
