//! Adding a service to an account, signing in with it, taking it away.

use super::{ANNA, BORIS, VERA, World, email, inside, led_to, ways};
use crate::accounts::second_factor;
use crate::support::{PASSWORD, TestApp, items, json, text};
use domain::access::Role;

#[tokio::test]
async fn a_service_lets_in_whom_it_was_added_for() {
    let world = World::new().await;
    let mut owner = world.app.owner(&world.organisation).await;
    led_to(&world.adds(&mut owner, "google", ANNA).await, "/settings/profile");
    let mine = ways(&owner).await;
    let way = &mine["identities"][0];
    assert_eq!((text(way, "provider"), text(way, "label")), ("Google", world.organisation.owner_email.as_str()));
    assert_eq!(mine["password"], true);
    let left: Vec<_> = mine["providers"].as_array().unwrap().iter().map(|it| text(it, "id").to_owned()).collect();
    assert_eq!(left, ["facebook", "vk", "yandex"], "what is there need not be added");

    let mut phone = world.app.browser();
    let page = phone.visit("/sign-in?next=/orders").await;
    assert!(page.text.contains("href=\"/auth/google/start?next=/orders\""), "{}", page.text);
    led_to(&world.comes(&mut phone, "google", ANNA, "/orders").await, "/orders");
    assert_eq!(email(&phone).await, world.organisation.owner_email);
    led_to(&world.comes(&mut world.app.browser(), "google", ANNA, "").await, "/dashboard");

    let api = world.app.api(&world.organisation, "*").await;
    let lines = api.get("/journal?object_kind=member").await.good();
    let line = |code: &str| {
        items(&lines).iter().find(|line| line["code"] == code).cloned().unwrap_or_else(|| panic!("{code}"))
    };
    assert_eq!(line("way_in_added")["args"], json!({"provider": "Google"}), "nothing of who they are there");
    assert_eq!(line("signed_in")["args"]["provider"], "Google");
    // What was asked for is worth nothing afterwards, and stands nowhere.
    let stored = world.app.database.everything().await;
    for secret in ["access-", "code-", "secret-for-tests"] {
        assert!(!stored.windows(secret.len()).any(|part| part == secret.as_bytes()), "{secret} is kept");
        assert!(!world.app.log().contains(secret), "{secret} stands in the log");
    }

    let unlinked = owner.server_fn("profile_unlink", json!({"id": way["id"]})).await;
    assert_eq!(unlinked.status, 200, "{unlinked:?}");
    let mut again = world.app.browser();
    world.comes(&mut again, "google", ANNA, "").await;
    assert!(!inside(&again).await, "it opens nothing any more");
    let lines = api.get("/journal?object_kind=member").await.good();
    assert!(items(&lines).iter().any(|line| line["code"] == "way_in_removed"), "{lines}");
}

#[tokio::test]
async fn nothing_is_on_unless_the_operator_says_so() {
    let app = TestApp::start().await;
    let organisation = app.organisation("Север").await;
    let mut owner = app.owner(&organisation).await;
    for page in ["/sign-in", "/sign-up"] {
        assert!(!app.browser().get(page).await.text.contains("/auth/google"), "{page}");
    }
    for path in ["/auth/google/start", "/auth/google/callback?code=a&state=b"] {
        assert_eq!(app.browser().get(path).await.status, 404, "{path}");
    }
    assert_eq!(owner.post_form("/auth/google/link", &[]).await.status, 404);
    assert_eq!(owner.post_form("/auth/facebook/deletion", &[("signed_request", "a.b")]).await.status, 404);
    let mine = super::ways(&owner).await;
    assert_eq!(mine, json!({"password": true, "providers": [], "identities": []}));

    let mut wrong = TestApp::installed().await;
    let file = wrong.folder.path().join("sign-in.json");
    std::fs::write(&file, r#"{"google": {"client_id": "a"}}"#).unwrap();
    wrong.set("PULT_SIGN_IN_FILE", file.to_str().unwrap());
    let ended = wrong.try_serve().await.expect_err("it must not start with half of a setting");
    assert!(ended.code == 1 && ended.err.contains("google: client_secret is missing"), "{ended:?}");
}

#[tokio::test]
async fn every_kind_of_service_lets_in() {
    let world = World::new().await;
    let mut owner = world.app.owner(&world.organisation).await;
    for (provider, who) in [("facebook", ANNA), ("yandex", BORIS), ("vk", VERA)] {
        led_to(&world.adds(&mut owner, provider, who).await, "/settings/profile");
        let mut phone = world.app.browser();
        led_to(&world.comes(&mut phone, provider, who, "/orders").await, "/orders");
        assert_eq!(email(&phone).await, world.organisation.owner_email, "{provider}");
    }
}

#[tokio::test]
async fn nobody_adds_what_belongs_to_somebody_else() {
    let world = World::new().await;
    let mut owner = world.app.owner(&world.organisation).await;
    world.adds(&mut owner, "google", ANNA).await;
    let other = world.app.organisation("Юг").await;
    let mut stranger = world.app.owner(&other).await;
    let taken = world.adds(&mut stranger, "google", ANNA).await;
    assert_eq!(taken.status, 409, "{taken:?}");
    assert!(taken.text.contains("уже занят"), "{}", taken.text);
    let way = ways(&owner).await["identities"][0]["id"].clone();
    let foreign = stranger.server_fn("profile_unlink", json!({"id": way})).await;
    assert_eq!(foreign.status, 404, "{foreign:?}");
    // Added twice is added once.
    led_to(&world.adds(&mut owner, "google", ANNA).await, "/settings/profile");
    assert_eq!(ways(&owner).await["identities"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn the_second_factor_is_asked_for_after_a_service_too() {
    let world = World::new().await;
    let mut owner = world.app.owner(&world.organisation).await;
    world.adds(&mut owner, "google", ANNA).await;
    let (_, recovery) = second_factor::set_up(&mut owner).await;
    let mut phone = world.app.browser();
    led_to(&world.comes(&mut phone, "google", ANNA, "/orders").await, "/sign-in/code?next=/orders");
    assert!(!inside(&phone).await, "half way is outside");
    let half = phone.cookie_of("pult").unwrap().to_owned();
    assert_eq!(second_factor::second_step(&mut phone, "000000").await.status, 422);
    led_to(&second_factor::second_step(&mut phone, &recovery[0]).await, "/orders");
    assert!(inside(&phone).await);
    assert_ne!(phone.cookie_of("pult"), Some(half.as_str()), "the session has another name now");

    // Where the organisation demands one, a service is no way around it.
    let mut demanding = world.app.owner(&world.app.organisation("Юг").await).await;
    demanding.server_fn("organisation_require_factor", json!({"required": true})).await.good();
    assert_eq!(demanding.post_form("/auth/yandex/link", &[]).await.status, 303, "before that nothing is added");
}

#[tokio::test]
async fn a_deactivated_member_is_not_let_in_by_a_service() {
    let world = World::new().await;
    let owner = world.app.owner(&world.organisation).await;
    let (mut seller, id) = crate::accounts::sessions::member(&world.app, &owner, Role::Seller).await;
    led_to(&world.adds(&mut seller, "google", BORIS).await, "/settings/profile");
    owner.server_fn("members_deactivate", json!({"user": id, "hand_over_to": null})).await.good();
    let mut phone = world.app.browser();
    world.comes(&mut phone, "google", BORIS, "/orders").await;
    let refused = phone.server_fn("orders_list", json!({"filter": {}})).await;
    assert_eq!((refused.status, text(&refused.json(), "code")), (403, "deactivated"));
    assert_eq!(phone.get("/sign-in").await.status, 403, "the page says it is switched off");
}

#[tokio::test]
async fn the_last_way_in_stays() {
    let world = World::new().await;
    let mut vera = world.app.browser();
    led_to(&world.comes(&mut vera, "google", VERA, "").await, "/sign-up?link=1");
    let fields = [("organisation", "Юг"), ("name", "Вера"), ("email", "vera@yug.example"), ("link", "1")];
    led_to(&vera.post_form("/auth/sign-up", &fields).await, "/dashboard");
    let mine = ways(&vera).await;
    assert_eq!(mine["password"], false);
    let unlink = json!({"id": mine["identities"][0]["id"]});
    let kept = vera.server_fn("profile_unlink", unlink.clone()).await;
    assert_eq!((kept.status, text(&kept.json(), "code")), (409, "last_way_in"));
    led_to(&world.adds(&mut vera, "yandex", VERA).await, "/settings/profile");
    vera.server_fn("profile_unlink", unlink).await.good();
    let last = json!({"id": ways(&vera).await["identities"][0]["id"]});
    assert_eq!(vera.server_fn("profile_unlink", last).await.status, 409);
    // Nobody signs in with the password of nobody.
    let nothing =
        world.app.browser().post_form("/auth/sign-in", &[("email", "vera@yug.example"), ("password", PASSWORD)]).await;
    assert_eq!(nothing.status, 422, "{nothing:?}");
}
