//! What people change about themselves.

use crate::common::{self, PASSWORD, PEER, code, code_and_field, email_of};
use domain::access::Role;
use domain::views::{NotificationChoices, ProfileInput};
use services::{ErrorCode, accounts};

const NEW: &str = "новый пароль 77";

fn input(name: &str, language: &str) -> ProfileInput {
    let notifications = NotificationChoices { sound: false, quiet: Some((22 * 60, 8 * 60)), ..Default::default() };
    ProfileInput { name: name.into(), language: language.into(), notifications }
}

#[tokio::test]
async fn name_language_and_choices_change_and_all_organisations_hear_of_it() {
    let t = common::app().await;
    let (anna, boris) = (t.owner("anna").await, t.owner("boris").await);
    let link = accounts::invites::create(&boris, &email_of("anna"), Role::Quality).await.unwrap().link;
    accounts::invites::accept(&t.app, anna.user().unwrap(), link.rsplit('/').next().unwrap()).await.unwrap();

    // Everybody has a profile, also who may change nothing else.
    let as_quality = t.cx(anna.user().unwrap(), Some(boris.organisation)).await;
    let before = t.live_rev().await;
    accounts::profile::update(&as_quality, input(" Анна  Ковалёва", "en")).await.unwrap();
    let me = accounts::me(&anna).await.unwrap();
    assert_eq!((me.name.as_str(), me.language.as_str()), ("Анна Ковалёва", "en"));
    assert!(!me.notifications.sound && me.notifications.mail_on_trouble);
    for organisation in [anna.organisation, boris.organisation] {
        let hints = t.hints(organisation, before).await;
        assert!(hints.contains(&("members".into(), anna.user().unwrap().to_string())), "{hints:?}");
    }
    let line = &t.journal(boris.organisation, "profile_changed").await[0];
    let changes = line.args["changes"].as_array().unwrap();
    assert!(changes.iter().any(|it| it["field"] == "name" && it["from"] == "anna"), "{changes:?}");
    assert!(changes.iter().any(|it| it["field"] == "language" && it["to"] == "en"), "{changes:?}");

    accounts::profile::update(&as_quality, input("Анна Ковалёва", "en")).await.unwrap();
    assert_eq!(t.journal(boris.organisation, "profile_changed").await.len(), 1, "nothing changed, nothing written");
    accounts::profile::set_language(&as_quality, "ru").await.unwrap();
    assert_eq!(accounts::me(&anna).await.unwrap().language, "ru");
    assert_eq!(
        code_and_field(accounts::profile::set_language(&anna, "tlh").await),
        (ErrorCode::NotAllowed, "language".into())
    );
    assert_eq!(
        code_and_field(accounts::profile::update(&anna, input("", "ru")).await),
        (ErrorCode::Required, "name".into())
    );
    let key = t.key(&anna, "*").await;
    assert_eq!(code(accounts::profile::set_language(&key, "ru").await), ErrorCode::Forbidden);
    assert_eq!(code(accounts::me(&key).await), ErrorCode::Forbidden);
}

#[tokio::test]
async fn a_password_changes_only_with_the_old_one() {
    let t = common::app().await;
    let anna = t.owner("anna").await;
    let change = async |old: &str, new: &str| accounts::profile::change_password(&anna, None, old, new).await;
    assert_eq!(
        code_and_field(change("не тот пароль", NEW).await),
        (ErrorCode::WrongCredentials, "current_password".into())
    );
    assert_eq!(code_and_field(change(PASSWORD, "короткий").await), (ErrorCode::WeakPassword, "password".into()));
    change(PASSWORD, NEW).await.unwrap();
    accounts::sign_in(&t.app, &email_of("anna"), NEW, PEER).await.unwrap();
    assert_eq!(t.letters(anna.organisation).await.last().unwrap().subject, "Пароль изменён");
    assert_eq!(t.journal(anna.organisation, "password_changed").await.len(), 1);
    for _ in 0..9 {
        assert_eq!(code(change("не тот пароль", NEW).await), ErrorCode::WrongCredentials);
    }
    assert_eq!(code(change(NEW, PASSWORD).await), ErrorCode::TooManyAttempts);
}
