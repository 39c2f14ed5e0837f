//! Invitations.

use crate::common::{self, PASSWORD, TestApp, code, code_and_field, email_of};
use domain::access::Role;
use domain::views::AcceptInvite;
use services::accounts::{self, invites, members};
use services::{Cx, ErrorCode};

async fn invite(cx: &Cx, name: &str, role: Role) -> String {
    let link = invites::create(cx, &email_of(name), role).await.unwrap().link;
    link.strip_prefix("https://pult.example/join/").unwrap().to_owned()
}

fn form(token: &str, name: &str) -> AcceptInvite {
    AcceptInvite { token: token.into(), name: name.into(), password: PASSWORD.into(), language: "en".into() }
}

async fn accept(t: &TestApp, token: &str, name: &str) -> services::Result<accounts::SignedIn> {
    invites::accept_new(&t.app, form(token, name)).await
}

#[tokio::test]
async fn a_new_person_joins_by_the_link() {
    let t = common::app().await;
    let anna = t.owner("anna").await;
    let created = invites::create(&anna, " Semyon@Sever.example ", Role::Seller).await.unwrap();
    let token = t.token(anna.organisation, "join").await;
    assert_eq!(created.link, format!("https://pult.example/join/{token}"));
    let letter = t.letters(anna.organisation).await.pop().unwrap();
    assert_eq!((letter.to.as_str(), letter.subject.as_str()), ("semyon@sever.example", "Приглашение: anna и Ко"));
    assert!(letter.text.contains("anna приглашает") && letter.text.contains("Продавец"));
    let open = invites::list(&anna).await.unwrap();
    assert_eq!((open.len(), open[0].email.as_str(), open[0].role), (1, "semyon@sever.example", Role::Seller));
    let info = invites::info(&t.app, &token).await.unwrap();
    assert_eq!((info.organisation_name.as_str(), info.role, info.known), ("anna и Ко", Role::Seller, false));

    let weak = AcceptInvite { password: "короткий".into(), ..form(&token, "Семён") };
    assert_eq!(code(invites::accept_new(&t.app, weak).await), ErrorCode::WeakPassword);
    assert_eq!(code_and_field(accept(&t, &token, " ").await), (ErrorCode::Required, "name".into()));
    let signed_in = accept(&t, &token, "Семён").await.unwrap();
    assert_eq!(signed_in.organisation, Some(anna.organisation));
    let me = accounts::me(&t.cx(signed_in.user, None).await).await.unwrap();
    assert_eq!((me.role, me.email.as_str(), me.language.as_str()), (Role::Seller, "semyon@sever.example", "en"));
    // The inviter saw the link too, so it proves nothing about the address.
    assert!(!me.email_confirmed);
    assert_eq!(t.letters(anna.organisation).await.pop().unwrap().subject, "Confirm your e-mail");

    assert_eq!(code(accept(&t, &token, "Другой").await), ErrorCode::LinkInvalid);
    assert_eq!(code(invites::info(&t.app, &token).await), ErrorCode::LinkInvalid);
    assert!(invites::list(&anna).await.unwrap().is_empty());
    let joined = &t.journal(anna.organisation, "member_joined").await[0];
    assert_eq!((joined.actor_name.as_deref(), &joined.args["role"]), (Some("Семён"), &"seller".into()));
    assert_eq!(t.journal(anna.organisation, "member_invited").await.len(), 1);
    let again = invites::create(&anna, "semyon@sever.example", Role::Seller).await;
    assert_eq!(code_and_field(again), (ErrorCode::AlreadyExists, "email".into()));
}

#[tokio::test]
async fn a_person_who_signs_in_already_joins_without_a_new_password() {
    let t = common::app().await;
    let (anna, boris) = (t.owner("anna").await, t.owner("boris").await);
    let token = invite(&anna, "boris", Role::Admin).await;
    assert!(invites::info(&t.app, &token).await.unwrap().known);
    assert_eq!(code(accept(&t, &token, "Борис").await), ErrorCode::EmailTaken);
    let user = boris.user().unwrap();
    assert_eq!(invites::accept(&t.app, user, &token).await.unwrap(), anna.organisation);
    assert_eq!(t.cx(user, Some(anna.organisation)).await.role(), Role::Admin);
    assert_eq!(code(invites::accept(&t.app, user, &token).await), ErrorCode::LinkInvalid);
}

#[tokio::test]
async fn one_who_was_deactivated_comes_back_by_an_invitation() {
    let t = common::app().await;
    let anna = t.owner("anna").await;
    let user = t.member(&anna, "semyon", Role::Seller).await.user().unwrap();
    members::deactivate(&anna, user, None).await.unwrap();
    let token = invite(&anna, "semyon", Role::Quality).await;
    invites::accept(&t.app, user, &token).await.unwrap();
    assert_eq!(t.cx(user, None).await.role(), Role::Quality);
    // An active member does not use up somebody else's link.
    let token = invite(&anna, "vera", Role::Seller).await;
    assert_eq!(code(invites::accept(&t.app, user, &token).await), ErrorCode::AlreadyExists);
    accept(&t, &token, "Вера").await.unwrap();
}

#[tokio::test]
async fn a_link_ends_after_a_week_when_revoked_and_when_replaced() {
    let t = common::app().await;
    let anna = t.owner("anna").await;
    let first = invite(&anna, "semyon", Role::Seller).await;
    let second = invite(&anna, "semyon", Role::Technician).await;
    assert_eq!(code(accept(&t, &first, "Семён").await), ErrorCode::LinkInvalid);
    assert_eq!(invites::list(&anna).await.unwrap().len(), 1);
    let id = invites::list(&anna).await.unwrap()[0].id;
    invites::revoke(&anna, id).await.unwrap();
    assert_eq!(code(accept(&t, &second, "Семён").await), ErrorCode::LinkInvalid);
    assert_eq!(code(invites::revoke(&anna, id).await), ErrorCode::NotFound);
    assert_eq!(t.journal(anna.organisation, "invite_revoked").await.len(), 1);

    let third = invite(&anna, "semyon", Role::Seller).await;
    t.advance(7 * 86_400_000);
    assert_eq!(code(accept(&t, &third, "Семён").await), ErrorCode::LinkInvalid);
    assert!(invites::list(&t.again(&anna).await).await.unwrap().is_empty());
}

#[tokio::test]
async fn of_two_who_use_a_link_at_the_same_moment_one_joins() {
    let t = common::app().await;
    let (anna, boris) = (t.owner("anna").await, t.owner("boris").await);
    let token = invite(&anna, "semyon", Role::Seller).await;
    let (a, b) = tokio::join!(accept(&t, &token, "Семён"), invites::accept(&t.app, boris.user().unwrap(), &token));
    assert!(a.is_ok() != b.is_ok());
    assert_eq!(members::list(&anna).await.unwrap().len(), 2);
}

#[tokio::test]
async fn invitations_are_made_by_those_who_may_and_stay_in_the_house() {
    let t = common::app().await;
    let (anna, boris) = (t.owner("anna").await, t.owner("boris").await);
    let admin = t.member(&anna, "arseny", Role::Admin).await;
    assert_eq!(code(invites::create(&admin, &email_of("x"), Role::Owner).await), ErrorCode::Forbidden);
    let key = t.key(&anna, "members:manage").await;
    assert_eq!(code(invites::create(&key, &email_of("x"), Role::Owner).await), ErrorCode::Forbidden);
    assert_eq!(code_and_field(invites::create(&anna, "x", Role::Seller).await), (ErrorCode::BadEmail, "email".into()));
    for role in [Role::Seller, Role::Technician, Role::Quality] {
        let member = t.member(&anna, role.as_str(), role).await;
        assert_eq!(code(invites::create(&member, &email_of("x"), Role::Quality).await), ErrorCode::Forbidden);
        assert_eq!(code(invites::list(&member).await), ErrorCode::Forbidden);
    }
    invite(&anna, "olga", Role::Owner).await;
    let id = invites::list(&anna).await.unwrap()[0].id;
    assert_eq!(code(invites::revoke(&admin, id).await), ErrorCode::Forbidden, "an admin does not undo an owner's");
    assert_eq!(code(invites::revoke(&boris, id).await), ErrorCode::NotFound);
    assert!(invites::list(&boris).await.unwrap().is_empty());
    assert_eq!(invites::list(&anna).await.unwrap().len(), 1);
    invites::create(&key, &email_of("y"), Role::Seller).await.unwrap();
    let letter = t.letters(anna.organisation).await.pop().unwrap();
    assert!(letter.text.contains("anna и Ко приглашает"), "{}", letter.text);
}

#[tokio::test]
async fn links_of_someone_who_lost_the_right_are_worthless() {
    let t = common::app().await;
    let anna = t.owner("anna").await;
    let admin = t.member(&anna, "arseny", Role::Admin).await;
    let user = admin.user().unwrap();
    let (kept, lost) = (invite(&anna, "vera", Role::Seller).await, invite(&admin, "ivan", Role::Admin).await);
    members::change_role(&anna, user, Role::Seller).await.unwrap();
    assert_eq!(code(invites::info(&t.app, &lost).await), ErrorCode::LinkInvalid);
    members::change_role(&anna, user, Role::Admin).await.unwrap();
    let lost = invite(&admin, "ivan", Role::Admin).await;
    members::deactivate(&anna, user, None).await.unwrap();
    assert_eq!(code(invites::info(&t.app, &lost).await), ErrorCode::LinkInvalid);
    invites::info(&t.app, &kept).await.unwrap();
}
