//! Bodies of our calls against those of the contract, and input that is refused before anything is called.

use super::super::forms;
use super::fixtures::json as read;
use super::{act, settings, signed_in, with};
use crate::{Fail, Rejection, Settings, http as edge};
use serde_json::{Value as Json, json};

fn whole() -> Settings {
    with(
        &settings(),
        json!({
            "sender_name": "Example", "sender_email": "noreply.invitations@trustpilot.com",
            "reply_to": "support@example.com", "template_id": "507f191e810c19729de860ea",
            "redirect_uri": "https://example.com/thanks",
        }),
    )
}

fn anna(more: Json) -> Json {
    let mut input = json!({"reference": "ic-215474300000001", "email": "anna@example.com", "name": "Анна"});
    for (name, value) in more.as_object().cloned().expect("an object") {
        input[name] = value;
    }
    input
}

#[test]
fn an_invitation_is_the_one_of_the_contract() {
    let input = anna(json!({"tags": ["intercom", "support"], "send_at_ms": 1_791_540_000_000_i64}));
    assert_eq!(forms::invitation(&input, &whole(), 0).expect("a body"), read("invitation"));
    let small = forms::invitation(&anna(json!({"name": " ", "locale": "tlh"})), &settings(), 0).expect("a body");
    let expected = json!({"locale": "en-US", "referenceNumber": "ic-215474300000001", "consumerName": "anna",
        "consumerEmail": "anna@example.com", "type": "email", "serviceReviewInvitation": {}});
    assert_eq!(small, expected);
    let own = forms::invitation(&anna(json!({"template_id": "507f", "locale": "de"})), &whole(), 0).expect("a body");
    assert_eq!((&own["serviceReviewInvitation"]["templateId"], &own["locale"]), (&json!("507f"), &json!("de-DE")));
}

#[test]
fn a_link_has_names_of_its_own() {
    let body = forms::link(&anna(json!({"tags": ["intercom"]})), &whole()).expect("a body");
    let mut expected = read("link_request");
    // Optional, and we know no stores.
    expected.as_object_mut().expect("an object").remove("locationId");
    assert_eq!(body, expected);
}

#[test]
fn erasing_goes_by_address_or_by_age() {
    let erase = |input: Json| forms::erasure(&input);
    assert_eq!(erase(json!({"emails": ["anna@example.com"]})).expect("a body"), read("erase_people"));
    let older = erase(json!({"older_than_ms": 1_735_689_600_000_i64})).expect("a body");
    assert_eq!(older, read("erase_older"));
    for wrong in [json!({}), json!({"emails": []}), json!({"emails": ["a@b.c"], "older_than_ms": 1})] {
        assert!(erase(wrong.clone()).is_err(), "{wrong}");
    }
}

#[tokio::test]
async fn wrong_input_is_refused_without_a_call() {
    // Nobody listens there: a call would be a temporary failure.
    let nowhere = json!({"api_url": "http://127.0.0.1:9", "invitations_url": "http://127.0.0.1:9"});
    let here = with(&whole(), nowhere);
    let client = edge::client();
    let (reference, email) = ("reference", "email");
    for (action, input) in [
        ("invite", json!({})),
        ("invite", json!({reference: "ic-1"})),
        ("invite", json!({email: "anna@example.com"})),
        ("invite", json!({reference: "ic-1", email: "anna"})),
        ("invite", json!({reference: "ic-1", email: "@example.com"})),
        ("invite", json!({reference: "ic-1", email: "an na@example.com"})),
        ("invite", anna(json!({"send_at_ms": "soon"}))),
        ("link", json!({reference: "ic-1", email: "anna@localhost"})),
        ("reviews", json!({"page": 0})),
        ("reviews", json!({"per_page": "many"})),
        ("review", json!({})),
        ("review", json!({"id": "../find"})),
        ("reply", json!({"id": "a1", "message": "  "})),
        ("reply", json!({"message": "Спасибо"})),
        ("erase", json!({})),
        ("nothing", json!({})),
    ] {
        let got = act(&client, &here, &signed_in(&here), 0, (action, input.clone())).await;
        let rejected = matches!(got, Err(Fail::Rejected { reason: Rejection::BadRequest, .. }));
        assert!(rejected, "{action} {input}: {got:?}");
    }
    for (name, value) in [("redirect_uri", "thanks.html"), ("time_format", "dd.MM"), ("invitations_url", "ftp://x")] {
        let wrong = with(&here, json!({name: value}));
        let input = anna(json!({"send_at_ms": 1_791_540_000_000_i64}));
        let got = act(&client, &wrong, &signed_in(&wrong), 0, ("invite", input)).await;
        assert!(matches!(&got, Err(Fail::Rejected { code, .. }) if code == name), "{name}: {got:?}");
    }
}
