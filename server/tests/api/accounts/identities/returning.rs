//! Coming back: once, in the browser that went, to places of ours.

use super::{ANNA, World, inside, led_to};
use crate::support::{Reply, json};

#[tokio::test]
async fn a_return_counts_once_and_only_in_its_own_browser() {
    let world = World::new().await;
    let mut owner = world.app.owner(&world.organisation).await;
    world.adds(&mut owner, "google", ANNA).await;
    let mut phone = world.app.browser();
    let address = world.leave(&mut phone, "google", "/orders").await;
    let back = world.there(&address, &format!("person={ANNA}")).await;

    // Whoever got hold of the address has no cookie, or that of an attempt of their own.
    let mut thief = world.app.browser();
    let reply = thief.visit(&back).await;
    assert!(reply.status == 400 && reply.text.contains("не завершён"), "{reply:?}");
    world.leave(&mut thief, "google", "").await;
    assert_eq!(thief.visit(&back).await.status, 400, "a cookie of another attempt");
    assert!(!inside(&thief).await);
    // A state somebody changed is not ours; the attempt is still good afterwards.
    let bent = back.replace("state=", "state=x");
    assert_eq!(phone.visit(&bent).await.status, 400);
    led_to(&phone.visit(&back).await, "/orders");
    assert!(inside(&phone).await);
    // Loaded once more where it is open already: nothing to complain about. Elsewhere it is worth nothing.
    led_to(&phone.visit(&back).await, "/orders");
    let mut copied = world.app.browser();
    copied.cookie = format!("oauth={}", phone.cookie_of("oauth").unwrap());
    assert_eq!(copied.visit(&back).await.status, 400, "used up is used up");
    assert!(!inside(&copied).await);
}

#[tokio::test]
async fn an_attempt_ends_where_it_began() {
    let world = World::new().await;
    let mut owner = world.app.owner(&world.organisation).await;
    // Begun with one service, ended with another.
    let mut phone = world.app.browser();
    let address = world.leave(&mut phone, "google", "").await;
    let back = world.there(&address, &format!("person={ANNA}")).await;
    assert_eq!(phone.visit(&back.replace("/auth/google/", "/auth/yandex/")).await.status, 400);
    // Begun by one person, ended by another who has signed in meanwhile, or by nobody.
    let other = world.app.organisation("Юг").await;
    for stranger in [world.app.browser(), world.app.owner(&other).await] {
        let page = owner.post_form("/auth/google/link", &[]).await;
        let (_, rest) = page.text.split_once("0;url=").unwrap();
        let address = rest.split('"').next().unwrap().replace("&amp;", "&");
        let back = world.there(&address, &format!("person={ANNA}")).await;
        let mut stranger = stranger;
        stranger.cookie = format!("{}; oauth={}", stranger.cookie, owner.cookie_of("oauth").unwrap());
        assert_eq!(stranger.visit(&back).await.status, 400);
    }
    assert_eq!(super::ways(&owner).await["identities"], json!([]));
}

#[tokio::test]
async fn only_our_own_addresses_are_gone_to_after_a_service() {
    let world = World::new().await;
    let mut owner = world.app.owner(&world.organisation).await;
    world.adds(&mut owner, "google", ANNA).await;
    for evil in ["https://evil.example", "//evil.example", "/%5Cevil.example", "/auth/sign-out", "javascript:alert(1)"]
    {
        let mut phone = world.app.browser();
        led_to(&world.comes(&mut phone, "google", ANNA, evil).await, "/dashboard");
    }
    led_to(&world.comes(&mut world.app.browser(), "google", ANNA, "/chats?box=mine").await, "/chats?box=mine");
}

#[tokio::test]
async fn another_site_sends_nobody_to_a_service() {
    let world = World::new().await;
    let from =
        |path: &str| world.app.http.get(format!("{}{path}", world.app.base)).header("sec-fetch-site", "cross-site");
    let reply = Reply::of(from("/auth/google/start?next=/orders")).await;
    led_to(&reply, "/sign-in?after=&next=/orders");
    assert_eq!(reply.header("set-cookie"), "");
    let owner = world.app.owner(&world.organisation).await;
    let link = world.app.http.post(format!("{}/auth/google/link", world.app.base)).header("cookie", &owner.cookie);
    let reply = Reply::of(link.header("sec-fetch-site", "cross-site").header("origin", "https://evil.example")).await;
    assert_eq!(reply.status, 403, "{reply:?}");
}

#[tokio::test]
async fn who_turns_back_is_where_they_were() {
    let world = World::new().await;
    let mut phone = world.app.browser();
    let address = world.leave(&mut phone, "google", "/orders").await;
    let back = world.there(&address, "deny=1").await;
    led_to(&phone.visit(&back).await, "/sign-in?after=cancelled&next=/orders");
    let page = phone.get("/sign-in?after=cancelled&next=/orders").await;
    assert!(page.text.contains("отменён"), "{}", page.text);
    assert!(!world.app.log().contains("provider=google"), "no noise: {}", world.app.log());
}

#[tokio::test]
async fn the_cookie_of_an_attempt_is_as_guarded_as_that_of_a_session() {
    let mut world = World::new().await;
    let start = || format!("{}/auth/google/start", world.app.base);
    let plain = Reply::of(world.app.http.get(start())).await.header("set-cookie").to_owned();
    let has = |cookie: &str, word: &str| cookie.split(';').any(|part| part.trim() == word);
    assert!(plain.starts_with("oauth=") && has(&plain, "HttpOnly") && has(&plain, "SameSite=Lax"), "{plain}");
    assert!(has(&plain, "Max-Age=600") && has(&plain, "Path=/") && !has(&plain, "Secure"), "{plain}");
    world.app.set("PULT_PUBLIC_URL", "https://pult.example");
    world.app.restart().await;
    let start = format!("{}/auth/google/start", world.app.base);
    let reply = Reply::of(world.app.http.get(start).header("host", "evil.example")).await;
    let cookie = reply.header("set-cookie");
    assert!(cookie.starts_with("__Host-oauth=") && has(cookie, "Secure") && has(cookie, "HttpOnly"), "{cookie}");
    assert!(has(cookie, "Path=/") && !cookie.contains("Domain"), "{cookie}");
    let address = reply.header("location");
    assert!(address.contains("redirect_uri=https%3A%2F%2Fpult.example%2Fauth%2Fgoogle%2Fcallback"), "{address}");
    assert!(address.contains("code_challenge_method=S256") && !address.contains("evil"), "{address}");
    // The secret of the browser is not in the address, nor does it lie in the database.
    let secret = cookie.split(['=', ';']).nth(1).unwrap();
    let stored = world.app.database.everything().await;
    assert!(!address.contains(secret) && !stored.windows(secret.len()).any(|part| part == secret.as_bytes()));
}
