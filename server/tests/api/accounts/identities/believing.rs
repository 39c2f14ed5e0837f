//! What a service says is believed only when everything about it is right.

use super::{ANNA, World, inside, led_to};
use crate::support::{Browser, json};

/// Somebody whose service answers wrongly. Their browser stays outside.
async fn refused(world: &World, how: &str) {
    world.ask("spoil", json!({"how": how})).await;
    let mut phone = world.app.browser();
    let reply = world.comes(&mut phone, "google", ANNA, "/orders").await;
    assert_eq!(reply.status, 502, "{how}: {reply:?}");
    assert!(reply.text.contains("не прошёл проверку"), "{how}: {}", reply.text);
    assert!(!inside(&phone).await, "{how} was believed");
}

async fn added() -> World {
    let world = World::new().await;
    let mut owner = world.app.owner(&world.organisation).await;
    world.adds(&mut owner, "google", ANNA).await;
    world
}

async fn still_works(world: &World) {
    led_to(&world.comes(&mut world.app.browser(), "google", ANNA, "/orders").await, "/orders");
}

#[tokio::test]
async fn tokens_for_others_of_others_and_of_other_times_let_nobody_in() {
    let world = added().await;
    for how in ["aud", "azp", "iss", "nonce", "exp", "exp_text", "iat", "sub", "at_hash"] {
        refused(&world, how).await;
    }
    still_works(&world).await;
    assert!(world.app.log().contains("id_token: nonce"), "the operator is told why: {}", world.app.log());
}

#[tokio::test]
async fn tokens_that_are_not_signed_as_they_must_be_let_nobody_in() {
    let world = added().await;
    for how in ["none", "hs256", "signature", "kid", "absent"] {
        refused(&world, how).await;
    }
    still_works(&world).await;
}

#[tokio::test]
async fn a_new_key_is_looked_up_once_and_made_up_ones_are_not() {
    let world = added().await;
    still_works(&world).await;
    let asked = || world.sim.calls().iter().filter(|call| call.path == "/keys").count();
    let before = asked();
    world.ask("rotate", json!({})).await;
    still_works(&world).await;
    assert_eq!(asked(), before + 1, "the new key was fetched");
    for _ in 0..3 {
        refused(&world, "kid").await;
    }
    assert_eq!(asked(), before + 1, "a name somebody made up makes us ask again and again");
}

#[tokio::test]
async fn who_comes_back_with_rubbish_too_often_waits() {
    let world = added().await;
    let mut last = 0;
    for _ in 0..11 {
        world.ask("spoil", json!({"how": "signature"})).await;
        last = world.comes(&mut world.app.browser(), "google", ANNA, "").await.status;
    }
    assert_eq!(last, 429);
}

#[tokio::test]
async fn a_service_that_is_down_or_set_up_wrongly_says_which() {
    let world = added().await;
    let come = async |phone: &mut Browser| world.comes(phone, "google", ANNA, "").await;
    for (fault, words) in [
        (json!({"fail_next": 1, "status": 503, "on": "/token"}), "не отвечает"),
        (json!({"fail_next": 1, "status": 401, "code": 1, "on": "/token"}), "настроен неверно"),
    ] {
        world.ask("faults", fault).await;
        let mut phone = world.app.browser();
        let reply = come(&mut phone).await;
        assert!(reply.status == 502 && reply.text.contains(words), "{words}: {reply:?}");
        assert!(!inside(&phone).await);
    }
    assert!(world.app.log().contains("invalid_client"), "the operator is told: {}", world.app.log());
    still_works(&world).await;
    // Not even its addresses can be had: there is nothing to go to.
    let mut world = world;
    world.app.restart().await;
    world.ask("faults", json!({"fail_next": 1, "status": 500, "on": "openid-configuration"})).await;
    let reply = world.app.browser().get("/auth/google/start").await;
    assert!(reply.status == 502 && reply.text.contains("не отвечает"), "{reply:?}");
    still_works(&world).await;
}
