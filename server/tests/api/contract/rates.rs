//! Who asks too often is told so, whoever they are: a key, a person, an address; and an address is only what our own
//! proxies say.

use crate::support::{Api, Browser, PASSWORD, Reply, TestApp, json};

/// More than twice the limit of these tests: even if a minute ends in between, somebody is refused.
const MANY: usize = 11;

async fn limited(variables: &[(&str, &str)]) -> TestApp {
    let mut app = TestApp::installed().await;
    variables.iter().for_each(|(name, value)| app.set(name, value));
    app.serve().await;
    app
}

/// The first refusal of many calls.
async fn refusal(mut call: impl AsyncFnMut(usize) -> Reply) -> Option<Reply> {
    for n in 0..MANY {
        let reply = call(n).await;
        if reply.status == 429 {
            return Some(reply);
        }
        assert_eq!(reply.status, 200, "{reply:?}");
    }
    None
}

async fn by_way_of(api: &Api, stops: &str) -> Reply {
    Reply::of(api.request(reqwest::Method::GET, "/contacts").header("x-forwarded-for", stops)).await
}

#[tokio::test]
async fn a_key_that_asks_too_often_waits_for_the_next_minute_and_others_do_not() {
    let app = limited(&[("PULT_RATE_KEY", "5")]).await;
    let organisation = app.organisation("Север").await;
    let (api, other) = (app.api(&organisation, "*").await, app.api(&organisation, "*").await);
    let first = api.get("/contacts").await;
    assert_eq!((first.status, first.header("ratelimit-limit"), first.header("ratelimit-remaining")), (200, "5", "4"));
    let refused = refusal(async |_| api.get("/contacts").await).await.expect("a refusal");
    refused.refused(429, "rate_limited");
    let seconds: u32 = refused.header("retry-after").parse().expect("seconds");
    assert!((1..=60).contains(&seconds), "{refused:?}");
    assert_eq!(
        (refused.header("ratelimit-remaining"), refused.header("ratelimit-reset")),
        ("0", refused.header("retry-after"))
    );
    assert_eq!(other.get("/contacts").await.status, 200);
    assert_eq!(app.visit("/healthz").await.status, 200);
}

#[tokio::test]
async fn a_person_who_asks_too_often_waits_and_others_do_not() {
    let app = limited(&[("PULT_RATE_PERSON", "5")]).await;
    let anna = app.owner(&app.organisation("Север").await).await;
    let boris = app.owner(&app.organisation("Юг").await).await;
    let me = async |browser: &Browser| browser.server_fn_form("me", &[]).await;
    refusal(async |_| me(&anna).await).await.expect("a refusal").refused(429, "rate_limited");
    assert_eq!(me(&boris).await.status, 200);
}

#[tokio::test]
async fn an_address_is_what_our_own_proxies_say() {
    let app = limited(&[("PULT_RATE_ADDRESS", "5"), ("PULT_PROXY_DEPTH", "1")]).await;
    let api = app.api(&app.organisation("Север").await, "*").await;
    // What a visitor adds on the left makes them nobody else.
    let busy = refusal(async |n| by_way_of(&api, &format!("198.51.100.{n}, 192.0.2.1")).await).await;
    busy.expect("a refusal").refused(429, "rate_limited");
    assert_eq!(by_way_of(&api, "192.0.2.1, 192.0.2.2").await.status, 200, "somebody else behind the same proxy");
    let nobody = app.nobody();
    let busy = refusal_of(async |n| by_way_of(&nobody, &format!("{n}, 192.0.2.3")).await).await;
    busy.refused(429, "rate_limited");
}

/// The same for calls that are refused otherwise.
async fn refusal_of(mut call: impl AsyncFnMut(usize) -> Reply) -> Reply {
    for n in 0..MANY {
        let reply = call(n).await;
        if reply.status == 429 {
            return reply;
        }
    }
    panic!("nothing was refused for its number");
}

#[tokio::test]
async fn without_a_proxy_nobody_chooses_their_address() {
    let app = limited(&[("PULT_RATE_ADDRESS", "5")]).await;
    let api = app.api(&app.organisation("Север").await, "*").await;
    let busy = refusal(async |n| by_way_of(&api, &format!("192.0.2.{n}")).await).await;
    busy.expect("a refusal").refused(429, "rate_limited");
}

async fn guesses(app: &TestApp, from: &str, email: &str, password: &str) -> Reply {
    let request = app.browser().request(reqwest::Method::POST, "/auth/sign-in").header("x-forwarded-for", from);
    let fields = crate::support::form_fields(&[("email", email), ("password", password)]);
    Reply::of(request.header("content-type", "application/x-www-form-urlencoded").body(fields)).await
}

#[tokio::test]
async fn guessing_passwords_ends_for_the_address_and_for_the_account() {
    for (depth, free) in [("1", 303), ("0", 429)] {
        let app = limited(&[("PULT_PROXY_DEPTH", depth)]).await;
        let organisation = app.organisation("Север").await;
        for n in 0..10 {
            assert_eq!(guesses(&app, "192.0.2.1", &format!("{n}@sever.example"), "наугад").await.status, 422);
        }
        let email = organisation.owner_email.as_str();
        assert_eq!(guesses(&app, "192.0.2.1", email, PASSWORD).await.status, 429, "even with the right one");
        // Behind a proxy somebody else is somebody else; without one, whoever says so is not believed.
        assert_eq!(guesses(&app, "192.0.2.2", email, PASSWORD).await.status, free);
    }
    let app = limited(&[("PULT_PROXY_DEPTH", "1")]).await;
    let email = app.organisation("Север").await.owner_email;
    for n in 0..10 {
        assert_eq!(guesses(&app, &format!("192.0.2.{n}"), &email, "наугад").await.status, 422);
    }
    assert_eq!(guesses(&app, "192.0.2.77", &email, PASSWORD).await.status, 429, "many together guess at one account");
}

#[tokio::test]
async fn a_session_shows_the_visitors_address_and_not_the_proxys() {
    let app = limited(&[("PULT_PROXY_DEPTH", "2")]).await;
    let organisation = app.organisation("Север").await;
    let entered = guesses(&app, "203.0.113.5, 192.0.2.9, 10.0.0.2", &organisation.owner_email, PASSWORD).await;
    assert_eq!(entered.status, 303);
    let mut browser = app.browser();
    browser.cookie = entered.header("set-cookie").split(';').next().unwrap_or_default().to_owned();
    let sessions = browser.server_fn("sessions_list", json!({})).await;
    assert!(sessions.text.contains("192.0.2.9"), "{sessions:?}");
    assert_eq!(browser.server_fn("profile_second_factor", json!({})).await.status, 200);
}
