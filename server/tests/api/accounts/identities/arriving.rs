//! Somebody a service vouches for whom nobody here is yet: never taken for the owner of an address, added after the password,
//! or somebody new.

use super::{ANNA, BORIS, World, email, inside, led_to, ways};
use crate::accounts::{invited, second_factor};
use crate::support::{PASSWORD, json, text};
use domain::access::Role;

/// Where the sign-in is that adds a service.
fn place(address: &str) -> String {
    format!("/sign-in?after=&next=&link=1&email={}", address.replace('@', "%40"))
}

#[tokio::test]
async fn an_address_alone_lets_nobody_in_and_the_password_adds_the_service() {
    let world = World::new().await;
    let address = world.organisation.owner_email.clone();
    let mut phone = world.app.browser();
    led_to(&world.comes(&mut phone, "google", ANNA, "").await, &place(&address));
    assert!(!inside(&phone).await, "the address alone opened the account");
    let page = phone.get(&place(&address)).await;
    assert!(page.text.contains("Google подтверждает") && page.text.contains(&address), "{}", page.text);
    let wrong = [("email", address.as_str()), ("password", "не тот пароль"), ("link", "1")];
    let refused = phone.post_form("/auth/sign-in", &wrong).await;
    assert!(refused.status == 422 && refused.text.contains("Google подтверждает"), "{refused:?}");
    let right = [("email", address.as_str()), ("password", PASSWORD), ("link", "1")];
    led_to(&phone.post_form("/auth/sign-in", &right).await, "/dashboard");
    assert_eq!(ways(&phone).await["identities"][0]["provider"], "Google");
    let mut next_day = world.app.browser();
    led_to(&world.comes(&mut next_day, "google", ANNA, "").await, "/dashboard");
}

#[tokio::test]
async fn the_code_comes_before_the_service_is_added() {
    let world = World::new().await;
    let address = world.organisation.owner_email.clone();
    let mut owner = world.app.owner(&world.organisation).await;
    let (_, recovery) = second_factor::set_up(&mut owner).await;
    let mut phone = world.app.browser();
    world.comes(&mut phone, "google", ANNA, "").await;
    let right = [("email", address.as_str()), ("password", PASSWORD), ("link", "1")];
    led_to(&phone.post_form("/auth/sign-in", &right).await, "/sign-in/code?next=");
    assert_eq!(ways(&owner).await["identities"], json!([]), "the password alone adds nothing");
    led_to(&second_factor::second_step(&mut phone, &recovery[0]).await, "/orders");
    assert_eq!(ways(&owner).await["identities"][0]["provider"], "Google");
}

#[tokio::test]
async fn a_password_typed_for_something_else_adds_nothing() {
    let world = World::new().await;
    let address = world.organisation.owner_email.clone();
    // Signed in on the plain page: they did not ask for it.
    let mut phone = world.app.browser();
    world.comes(&mut phone, "google", ANNA, "").await;
    phone.sign_in(&address, PASSWORD).await;
    assert_eq!(ways(&phone).await["identities"], json!([]));
    // A stranger's account, planted into this browser: it has another address.
    world.person(json!({"id": "666", "email": "thief@evil.example", "verified": true})).await;
    let mut planted = world.app.browser();
    world.comes(&mut planted, "google", "666", "").await;
    let fields = [("email", address.as_str()), ("password", PASSWORD), ("link", "1")];
    led_to(&planted.post_form("/auth/sign-in", &fields).await, "/dashboard");
    assert_eq!(ways(&planted).await["identities"], json!([]), "the thief got a way in");
    let mut thief = world.app.browser();
    world.comes(&mut thief, "google", "666", "").await;
    assert!(!inside(&thief).await);
}

#[tokio::test]
async fn an_account_made_beforehand_does_not_catch_its_victim() {
    let world = World::new().await;
    // Somebody takes the victim's address before she comes.
    let fields =
        [("name", "Вор"), ("email", "boris@sever.example"), ("password", "пароль вора 1"), ("organisation", "Засада")];
    led_to(&world.app.browser().post_form("/auth/sign-up", &fields).await, "/dashboard");
    for verified in [false, true] {
        world.person(json!({"id": BORIS, "verified": verified})).await;
        let mut victim = world.app.browser();
        led_to(&world.comes(&mut victim, "google", BORIS, "").await, &place("boris@sever.example"));
        assert!(!inside(&victim).await, "let into the thief's account");
        let page = victim.get(&place("boris@sever.example")).await;
        assert!(page.text.contains("Запросите ссылку"), "{}", page.text);
        let taken = [("organisation", "Своя"), ("name", "Борис"), ("email", "boris@sever.example"), ("link", "1")];
        assert_eq!(victim.post_form("/auth/sign-up", &taken).await.status, 422);
    }
}

#[tokio::test]
async fn somebody_new_needs_no_password_and_an_address_that_is_proved_no_letter() {
    let world = World::new().await;
    world.person(json!({"id": "7", "name": "Глеб Ли", "email": "gleb@yug.example", "verified": true})).await;
    let mut gleb = world.app.browser();
    led_to(&world.comes(&mut gleb, "google", "7", "").await, "/sign-up?link=1");
    let page = gleb.get("/sign-up?link=1").await;
    for word in ["Глеб Ли", "gleb@yug.example", "Вход через Google"] {
        assert!(page.text.contains(word), "{word}: {}", page.text);
    }
    assert!(!page.text.contains("type=\"password\""), "no password is asked for");
    let fields = [("organisation", "Юг"), ("name", "Глеб Ли"), ("email", "gleb@yug.example"), ("link", "1")];
    led_to(&gleb.post_form("/auth/sign-up", &fields).await, "/dashboard");
    assert_eq!(gleb.server_fn_form("me", &[]).await.good()["email_confirmed"], true);
    led_to(&world.comes(&mut world.app.browser(), "google", "7", "").await, "/dashboard");

    // Another address than the one vouched for, and one nobody vouches for, are proved by letter.
    for (id, verified, typed) in [("8", true, "other@yug.example"), ("9", false, "nine@yug.example")] {
        world.person(json!({"id": id, "email": "nine@yug.example", "verified": verified})).await;
        let mut somebody = world.app.browser();
        world.comes(&mut somebody, "google", id, "").await;
        let fields = [("organisation", "Юг"), ("name", "Некто"), ("email", typed), ("link", "1")];
        led_to(&somebody.post_form("/auth/sign-up", &fields).await, "/dashboard");
        assert_eq!(somebody.server_fn_form("me", &[]).await.good()["email_confirmed"], false, "{id}");
    }
    // Without anybody vouching, the field alone is worth nothing.
    let fields = [("organisation", "Юг"), ("name", "Некто"), ("email", "ten@yug.example"), ("link", "1")];
    assert_eq!(world.app.browser().post_form("/auth/sign-up", &fields).await.status, 422);
}

#[tokio::test]
async fn an_invitation_is_accepted_with_a_service() {
    let world = World::new().await;
    let owner = world.app.owner(&world.organisation).await;
    let token = invited(&owner, "boris@sever.example", Role::Technician).await;
    let here = format!("/join/{token}");
    let mut boris = world.app.browser();
    let page = boris.get(&here).await;
    assert!(page.text.contains("Присоединиться через Google"), "{}", page.text);
    led_to(&world.comes(&mut boris, "google", BORIS, &here).await, &here);
    let page = boris.get(&here).await;
    assert!(page.text.contains("Борис Ким") && !page.text.contains("type=\"password\""), "{}", page.text);
    led_to(&boris.post_form("/auth/join", &[("token", &token), ("name", "Борис"), ("link", "1")]).await, "/dashboard");
    let me = boris.server_fn_form("me", &[]).await.good();
    assert_eq!((text(&me, "role"), text(&me, "email")), ("technician", "boris@sever.example"));
    assert_eq!(me["email_confirmed"], false, "nobody vouched for it");
    let mut phone = world.app.browser();
    led_to(&world.comes(&mut phone, "google", BORIS, "").await, "/dashboard");
    assert_eq!(email(&phone).await, "boris@sever.example");
}
