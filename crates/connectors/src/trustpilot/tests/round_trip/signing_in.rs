//! Tokens: both grants, one renewal for many calls, refused and refused again.

use super::{HOUR, NOW, Stage};
use crate::{Fail, Memory};
use serde_json::{Value as Json, json};

fn reviews() -> Json {
    json!({"per_page": 5})
}

#[tokio::test]
async fn the_application_signs_in_once() {
    let stage = Stage::new().await;
    for _ in 0..3 {
        stage.act("reviews", reviews()).await.expect("reviews");
    }
    assert_eq!((stage.calls("/accesstoken"), stage.calls("/refresh")), (1, 0));
    assert_eq!(stage.calls("/find"), 1, "the domain is looked up once");
    let got = stage.act_with(json!({"api_secret": "wrong"}), "reviews", reviews()).await;
    assert!(matches!(&got, Err(Fail::Reauth { detail, .. }) if detail.contains("credentials")), "{got:?}");
}

#[tokio::test]
async fn a_person_signs_in_and_is_renewed_with_the_refresh_token() {
    let stage = Stage::with_password().await;
    stage.invite("ic-1").await.expect("no person has to be named");
    let later = NOW + 99 * HOUR;
    stage.act_at(later - 1, "reviews", reviews()).await.expect("reviews");
    assert_eq!(stage.calls("/refresh"), 0, "not a moment too early");
    stage.act_at(later, "reviews", reviews()).await.expect("reviews");
    assert_eq!((stage.calls("/accesstoken"), stage.calls("/refresh")), (1, 1));
    // The second pair is used up in its turn; a dead refresh token leads back to the password.
    stage.act_at(later + 99 * HOUR, "reviews", reviews()).await.expect("reviews");
    assert_eq!((stage.calls("/accesstoken"), stage.calls("/refresh")), (1, 2));
    stage.ask("expire", json!({"refresh": true})).await;
    stage.act_at(later + 100 * HOUR, "reviews", reviews()).await.expect("reviews");
    assert_eq!((stage.calls("/accesstoken"), stage.calls("/refresh")), (2, 3));
    let got = stage.act_with(json!({"password": "wrong"}), "reviews", reviews()).await;
    assert!(matches!(got, Err(Fail::Reauth { .. })), "{got:?}");
}

#[tokio::test]
async fn an_old_refresh_token_is_not_tried() {
    let stage = Stage::with_password().await;
    stage.ask("settings", json!({"refresh_expires_in": 3600})).await;
    stage.act("reviews", reviews()).await.expect("reviews");
    stage.act_at(NOW + 99 * HOUR, "reviews", reviews()).await.expect("reviews");
    assert_eq!((stage.calls("/accesstoken"), stage.calls("/refresh")), (2, 0));
}

#[tokio::test]
async fn many_calls_at_once_need_one_token() {
    let stage = Stage::with_password().await;
    stage.ask("faults", json!({"latency_ms": 30})).await;
    let all = async || {
        let calls = (0..24).map(|_| stage.act("reviews", reviews()));
        futures::future::join_all(calls).await.into_iter().filter(Result::is_ok).count()
    };
    assert_eq!(all().await, 24);
    assert_eq!((stage.calls("/accesstoken"), stage.calls("/refresh")), (1, 0));
    // All of them are answered 401, and one of them renews.
    stage.ask("expire", json!({})).await;
    assert_eq!(all().await, 24);
    assert_eq!((stage.calls("/accesstoken"), stage.calls("/refresh")), (1, 1));
    let refused = stage.sim.calls().iter().filter(|call| call.status == 401).count();
    assert_eq!(refused, 24);
}

#[tokio::test]
async fn a_refused_token_is_renewed_and_the_call_made_once_more() {
    let stage = Stage::new().await;
    stage.invite("ic-1").await.expect("accepted");
    stage.ask("expire", json!({})).await;
    stage.invite("ic-2").await.expect("accepted");
    assert_eq!(stage.calls("/accesstoken"), 2);
    assert_eq!(stage.calls("/email-invitations"), 3);
    assert_eq!(stage.sim.invitations().len(), 2, "a refused call did nothing");
    // Refused again: the sign-in is good for nothing, and that is the end of it.
    stage.ask("faults", json!({"fail_next": 9, "status": 401, "on": "/email-invitations"})).await;
    let got = stage.invite("ic-3").await;
    assert!(matches!(got, Err(Fail::Reauth { .. })), "{got:?}");
    assert_eq!((stage.calls("/accesstoken"), stage.calls("/email-invitations")), (3, 5));
}

#[tokio::test]
async fn asking_too_early_is_punished_and_not_repeated() {
    let stage = Stage::new().await;
    stage.ask("settings", json!({"tokens_at_once": 1})).await;
    stage.act("reviews", reviews()).await.expect("reviews");
    // Time to renew by our clock, too early by theirs: the old token is still good, and nobody asks again at once.
    let late = NOW + 99 * HOUR;
    for _ in 0..5 {
        stage.act_at(late, "reviews", reviews()).await.expect("reviews");
    }
    assert_eq!(stage.calls("/accesstoken"), 2);
    stage.act_at(late + 60_000, "reviews", reviews()).await.expect("reviews");
    assert_eq!(stage.calls("/accesstoken"), 3);
    // Without a token the calls wait, and again only one of them asks.
    let (memory, client) = (Memory::default(), &stage.client);
    for (now, wait) in [(late, 60_000), (late + 20_000, 40_000)] {
        let got = crate::trustpilot::tests::act(client, &stage.settings, &memory, now, ("reviews", reviews())).await;
        assert!(matches!(got, Err(Fail::Limited { after_ms: Some(ms), .. }) if ms == wait), "{got:?}");
    }
    assert_eq!(stage.calls("/accesstoken"), 4);
}

#[tokio::test]
async fn a_renewal_that_fails_for_a_moment_harms_nobody_within_the_last_hour() {
    let stage = Stage::new().await;
    stage.act("reviews", reviews()).await.expect("reviews");
    stage.ask("faults", json!({"fail_next": 1, "status": 503, "on": "/accesstoken"})).await;
    stage.act_at(NOW + 99 * HOUR, "reviews", reviews()).await.expect("with the old token");
    stage.ask("faults", json!({"fail_next": 1, "status": 503, "on": "/accesstoken"})).await;
    let got = stage.act_at(NOW + 100 * HOUR, "reviews", reviews()).await;
    assert!(matches!(got, Err(Fail::Transient { .. })), "{got:?}");
}

#[tokio::test]
async fn other_settings_need_another_token() {
    let stage = Stage::new().await;
    stage.act("reviews", reviews()).await.expect("reviews");
    let wrong = super::with(&stage.settings, json!({"api_secret": "wrong"}));
    let call = ("reviews", reviews());
    let got = crate::trustpilot::tests::act(&stage.client, &wrong, &stage.memory, NOW, call).await;
    assert!(matches!(got, Err(Fail::Reauth { .. })), "{got:?}");
}

#[tokio::test]
async fn a_memory_of_another_shape_is_no_trouble() {
    let stage = Stage::new().await;
    for odd in [json!("x"), json!([1]), json!({"token": 7, "unit": []}), json!({"token": {"access": 5}})] {
        let memory = Memory::new(odd);
        let call = ("reviews", reviews());
        let got = crate::trustpilot::tests::act(&stage.client, &stage.settings, &memory, NOW, call).await;
        assert!(got.is_ok(), "{got:?}");
    }
}

#[tokio::test]
async fn all_grants_of_the_simulator_answer_in_strings() {
    let stage = Stage::new().await;
    let url = format!("{}/v1/oauth/oauth-business-users-for-applications", stage.sim.api_url);
    let ask = async |what: &str, form: &[(&str, &str)]| {
        let request = stage.client.post(format!("{url}/{what}")).form(form);
        let request = request.basic_auth("api-key-for-tests", Some("api-secret-for-tests"));
        let answer = request.send().await.expect("an answer");
        (answer.status().as_u16(), answer.json::<Json>().await.unwrap_or_default())
    };
    let person = [("grant_type", "password"), ("username", "owner@example.com"), ("password", "password-for-tests")];
    let code =
        [("grant_type", "authorization_code"), ("code", "code-for-tests"), ("redirect_uri", "https://a.example")];
    for form in [&[("grant_type", "client_credentials")][..], &person, &code] {
        let (status, body) = ask("accesstoken", form).await;
        let strings = body.as_object().is_some_and(|map| map.len() >= 6 && map.values().all(Json::is_string));
        assert!(status == 200 && strings, "{form:?}: {status} {body}");
        assert_eq!(body.get("refresh_token").is_some(), form.len() > 1, "{form:?}");
    }
    let (_, pair) = ask("accesstoken", &person).await;
    let refresh = pair["refresh_token"].as_str().expect("a refresh token");
    let form = [("grant_type", "refresh_token"), ("refresh_token", refresh)];
    assert_eq!(ask("refresh", &form).await.0, 200);
    assert_eq!(ask("refresh", &form).await.0, 401, "used up");
    let (_, pair) = ask("accesstoken", &person).await;
    let refresh = pair["refresh_token"].as_str().expect("a refresh token");
    assert_eq!(ask("revoke", &[("token", refresh)]).await.0, 200);
    assert_eq!(ask("refresh", &[("grant_type", "refresh_token"), ("refresh_token", refresh)]).await.0, 401);
    assert_eq!(ask("accesstoken", &[("grant_type", "magic")]).await.0, 400);
}
