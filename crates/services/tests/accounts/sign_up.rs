//! Sign-up and confirming the address.

use crate::common::{self, NOON, PASSWORD, PEER, code, code_and_field};
use domain::access::{Presence, Role};
use domain::views::SignUp;
use services::{ErrorCode, accounts};

fn form() -> SignUp {
    SignUp {
        name: "  Анна\n Ковалёва ".into(),
        email: " Anna@Sever.example ".into(),
        password: PASSWORD.into(),
        organisation: "Север".into(),
        time_zone: "Asia/Novosibirsk".into(),
        language: "en-GB".into(),
    }
}

#[tokio::test]
async fn a_person_signs_up_with_an_organisation_of_theirs() {
    let t = common::app().await;
    let signed_in = accounts::sign_up(&t.app, form(), PEER).await.unwrap();
    let cx = t.cx(signed_in.user, None).await;
    assert_eq!(Some(cx.organisation), signed_in.organisation);
    let me = accounts::me(&cx).await.unwrap();
    assert_eq!((me.name.as_str(), me.email.as_str()), ("Анна Ковалёва", "Anna@Sever.example"));
    assert_eq!((me.role, me.presence, me.language.as_str()), (Role::Owner, Presence::Active, "en"));
    assert_eq!((me.email_confirmed, me.demo, me.now_ms, me.utc_offset_minutes), (false, true, NOON, 420));
    assert_eq!((me.organisation.name.as_str(), me.organisation.currency.as_str()), ("Север", "RUB"));
    assert_eq!(me.organisation.settings["order_notice"]["statuses"][0], "ready");
    assert_eq!(me.organisations.len(), 1);
    assert_eq!((me.unanswered_chats, me.open_orders, me.broken_connections), (0, 0, 0));
    assert!(me.live_rev > 0);

    let letters = t.letters(cx.organisation).await;
    assert_eq!(letters.len(), 1);
    assert_eq!((letters[0].to.as_str(), letters[0].subject.as_str()), ("Anna@Sever.example", "Confirm your e-mail"));
    assert_eq!(t.journal(cx.organisation, "organisation_created").await.len(), 1);
}

#[tokio::test]
async fn an_unknown_zone_becomes_moscow_and_an_unknown_language_russian() {
    let t = common::app().await;
    let form = SignUp { time_zone: "Mars/Olympus".into(), language: "xx".into(), ..form() };
    let signed_in = accounts::sign_up(&t.app, form, PEER).await.unwrap();
    let me = accounts::me(&t.cx(signed_in.user, None).await).await.unwrap();
    assert_eq!((me.organisation.time_zone.as_str(), me.language.as_str()), ("Europe/Moscow", "ru"));
}

#[tokio::test]
async fn wrong_forms_are_refused_on_their_field() {
    let t = common::app().await;
    let cases: [(SignUp, ErrorCode, &str); 8] = [
        (SignUp { name: " ".into(), ..form() }, ErrorCode::Required, "name"),
        (SignUp { name: "я".repeat(101), ..form() }, ErrorCode::TooLong, "name"),
        (SignUp { email: "".into(), ..form() }, ErrorCode::Required, "email"),
        (SignUp { email: "anna@sever".into(), ..form() }, ErrorCode::BadEmail, "email"),
        (SignUp { password: "короткий".into(), ..form() }, ErrorCode::WeakPassword, "password"),
        (SignUp { password: "ANNA@sever.example".into(), ..form() }, ErrorCode::WeakPassword, "password"),
        (SignUp { password: "Qwerty12345".into(), ..form() }, ErrorCode::CommonPassword, "password"),
        (SignUp { organisation: "\u{a0}".into(), ..form() }, ErrorCode::Required, "organisation"),
    ];
    for (form, expected, field) in cases {
        assert_eq!(code_and_field(accounts::sign_up(&t.app, form, PEER).await), (expected, field.to_owned()));
    }
    assert!(store::accounts::user_by_email(&t.app.db, "anna@sever.example").await.unwrap().is_none());
}

#[tokio::test]
async fn an_address_is_taken_once_whatever_its_case() {
    let t = common::app().await;
    accounts::sign_up(&t.app, form(), PEER).await.unwrap();
    for n in 0..10 {
        let again = SignUp { email: "anna@SEVER.example".into(), ..form() };
        assert_eq!(code_and_field(accounts::sign_up(&t.app, again, PEER).await).0, ErrorCode::EmailTaken, "{n}");
    }
    // Trying addresses out has an end, from this peer.
    assert_eq!(code(accounts::sign_up(&t.app, form(), PEER).await), ErrorCode::TooManyAttempts);
    assert_eq!(code(accounts::sign_up(&t.app, form(), "192.0.2.99").await), ErrorCode::EmailTaken);
}

#[tokio::test]
async fn of_two_at_the_same_moment_one_gets_the_address() {
    let t = common::app().await;
    let (a, b) = tokio::join!(accounts::sign_up(&t.app, form(), PEER), accounts::sign_up(&t.app, form(), PEER));
    let refused = [a, b].into_iter().filter_map(|r| r.err()).map(|e| e.into_api().code).collect::<Vec<_>>();
    assert_eq!(refused, [ErrorCode::EmailTaken]);
}

#[tokio::test]
async fn the_address_is_confirmed_by_the_link_of_the_letter() {
    let t = common::app().await;
    let cx = t.owner("anna").await;
    let token = t.token(cx.organisation, "confirm").await;
    assert_eq!(code(accounts::email::confirm(&t.app, "wrong").await), ErrorCode::LinkInvalid);
    let before = t.live_rev().await;
    accounts::email::confirm(&t.app, &token).await.unwrap();
    accounts::email::confirm(&t.app, &token).await.unwrap();
    assert!(accounts::me(&cx).await.unwrap().email_confirmed);
    assert_eq!(t.journal(cx.organisation, "email_confirmed").await.len(), 1);
    assert!(t.hints(cx.organisation, before).await.contains(&("me".into(), cx.user().unwrap().to_string())));
    // Nothing to send again now.
    accounts::email::resend(&cx).await.unwrap();
    assert_eq!(t.letters(cx.organisation).await.len(), 1);
}

#[tokio::test]
async fn the_letter_comes_again_and_its_link_runs_out_after_a_week() {
    let t = common::app().await;
    let cx = t.owner("anna").await;
    let first = t.token(cx.organisation, "confirm").await;
    t.advance(6 * 86_400_000);
    accounts::email::resend(&t.again(&cx).await).await.unwrap();
    let second = t.token(cx.organisation, "confirm").await;
    assert_ne!(first, second);
    t.advance(86_400_000);
    assert_eq!(code(accounts::email::confirm(&t.app, &first).await), ErrorCode::LinkInvalid);
    accounts::email::confirm(&t.app, &second).await.unwrap();
}
