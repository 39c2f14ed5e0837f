//! Whole round trips with the simulator, for every kind of provider, and what happens when it misbehaves.

use crate::identity::simulator::Simulator;
use crate::identity::*;
use crate::simulator::FaultOrder;
use serde_json::json;

const BACK: &str = "http://127.0.0.1:9/auth/x/callback";
const ANNA: &str = "110169484474386276334";

struct Trip {
    http: reqwest::Client,
    sim: Simulator,
    provider: Provider,
    directory: Directory,
    attempt: Attempt,
}

impl Trip {
    async fn to(id: &str) -> Self {
        let sim = Simulator::start(([127, 0, 0, 1], 0).into()).await.unwrap();
        let all = read(&sim.config().to_string(), true).unwrap();
        let provider = all.into_iter().find(|it| it.id == id).unwrap();
        let http = crate::http::client();
        let directory = directory(&http, &provider).await.unwrap().value;
        Self { http, sim, provider, directory, attempt: Attempt::of("a secret of the browser") }
    }
    /// Goes there as somebody; what comes back in the address.
    async fn visit(&self, who: &str) -> std::collections::HashMap<String, String> {
        let address = self.attempt.address(&self.provider, &self.directory, BACK).unwrap();
        let answer = self.http.get(format!("{address}&{who}")).send().await.unwrap();
        assert_eq!(answer.status(), 303);
        let back = url::Url::parse(answer.headers()["location"].to_str().unwrap()).unwrap();
        assert!(back.as_str().starts_with(BACK), "{back}");
        back.query_pairs().into_owned().collect()
    }
    fn call<'a>(&'a self, code: &'a str, device_id: &'a str) -> Call<'a> {
        let Self { http, provider, directory, attempt, .. } = self;
        Call { http, provider, directory, attempt, redirect_uri: BACK, code, device_id }
    }
    fn expected<'a>(&'a self, access_token: &'a str) -> Expected<'a> {
        let now_ms = crate::simulator::Clock::default().now_ms();
        Expected { provider: &self.provider, nonce: &self.attempt.nonce, access_token, now_ms }
    }
}

#[tokio::test]
async fn openid_connect_brings_a_token_that_is_believed() {
    let trip = Trip::to("google").await;
    let back = trip.visit(&format!("person={ANNA}")).await;
    assert!(trip.attempt.knows(&back["state"]));
    let tokens = exchange(trip.call(&back["code"], "")).await.unwrap();
    let keys_now = keys(&trip.http, &trip.directory).await.unwrap();
    assert_eq!(keys_now.keep_ms, 3_600_000);
    let token = tokens.id_token.clone().unwrap();
    let person = verify(&token, &keys_now.value, trip.expected(&tokens.access_token)).unwrap();
    assert_eq!((person.subject.as_str(), person.email.as_deref()), (ANNA, Some("anna@sever.example")));
    assert!(person.email_trusted);
    let again = exchange(trip.call(&back["code"], "")).await.unwrap_err();
    assert_eq!(again, Problem::Expired("invalid_grant".into()), "a code is worth something once");
    assert_eq!(format!("{tokens:?}"), "Tokens");
}

#[tokio::test]
async fn the_others_tell_a_profile_and_vouch_for_no_address() {
    for id in ["facebook", "yandex", "vk"] {
        let trip = Trip::to(id).await;
        let back = trip.visit(&format!("person={ANNA}")).await;
        let device = back.get("device_id").cloned().unwrap_or_default();
        let call = trip.call(&back["code"], &device);
        let tokens = exchange(call).await.unwrap();
        let person = profile(call, &tokens).await.unwrap();
        let expected = Person {
            subject: ANNA.into(),
            email: Some("anna@sever.example".into()),
            email_trusted: false,
            name: Some("Анна Ковалёва".into()),
        };
        assert_eq!(person, expected, "{id}");
        let stolen = Tokens { access_token: "another".into(), id_token: None };
        assert!(profile(call, &stolen).await.is_err(), "{id}");
    }
}

#[tokio::test]
async fn a_stolen_code_is_worth_nothing_without_its_proof() {
    let trip = Trip::to("google").await;
    let back = trip.visit(&format!("person={ANNA}")).await;
    let thief = Attempt::of("another browser");
    let call = Call { attempt: &thief, ..trip.call(&back["code"], "") };
    assert_eq!(exchange(call).await.unwrap_err(), Problem::Expired("invalid_grant".into()));
}

#[tokio::test]
async fn somebody_who_denies_comes_back_with_a_word() {
    for id in ["google", "facebook", "yandex", "vk"] {
        let back = Trip::to(id).await.visit("deny=1").await;
        assert_eq!(back["error"], "access_denied", "{id}");
    }
}

#[tokio::test]
async fn troubles_are_told_apart() {
    let trip = Trip::to("google").await;
    let mut wrong = trip.provider.clone();
    wrong.client_secret = "another".into();
    let call = Call { provider: &wrong, ..trip.call("x", "") };
    assert_eq!(exchange(call).await.unwrap_err(), Problem::Configuration("invalid_client".into()));
    trip.sim.faults().order(&FaultOrder { fail_next: 1, status: 503, ..FaultOrder::default() });
    assert!(matches!(exchange(trip.call("x", "")).await, Err(Problem::Down(_))));
    wrong.issuer = format!("{}/nothing", trip.sim.url);
    assert!(matches!(directory(&trip.http, &wrong).await, Err(Problem::Configuration(_))));
    // A document of somebody else does not stand for this issuer.
    wrong.issuer = format!("{}/", trip.sim.url);
    assert!(matches!(directory(&trip.http, &wrong).await, Err(Problem::Configuration(_))));
    let facebook = Trip::to("facebook").await;
    let mut wrong = facebook.provider.clone();
    wrong.client_secret = "another".into();
    let call = Call { provider: &wrong, ..facebook.call("x", "") };
    assert_eq!(exchange(call).await.unwrap_err(), Problem::Configuration("Graph error 1".into()));
    assert!(matches!(exchange(facebook.call("x", "")).await, Err(Problem::Expired(_))));
    let Trip { sim, .. } = facebook;
    assert_eq!(sim.ask("nothing", json!({})).await, Err("no order nothing".into()));
}
