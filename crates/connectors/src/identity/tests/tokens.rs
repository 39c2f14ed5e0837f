//! Tokens of identity: the right one, and others that are wrong in one way each.

use super::super::simulator::parts::{Grant, Signers, Someone};
use super::provider;
use crate::identity::{Expected, Keys, Person, Provider, Refusal, verify};

const NOW: i64 = 1_795_168_800_000;
const ISSUER: &str = "https://id.example";

fn grant(person: Someone) -> Grant {
    Grant {
        code: "code".into(),
        token: "jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y".into(),
        person,
        redirect_uri: String::new(),
        challenge: String::new(),
        nonce: "n-0S6_WzA2Mj".into(),
        device_id: String::new(),
        until_ms: 0,
        used: true,
    }
}

struct Case {
    signers: Signers,
    ours: Provider,
    grant: Grant,
}

impl Case {
    fn new() -> Self {
        let entry = format!(
            r#"{{"client_id": "client-for-tests", "client_secret": "s", "issuer": "{ISSUER}", "trust_email": true}}"#
        );
        let person = Someone {
            id: "110169484474386276334".into(),
            name: "Анна Иванова".into(),
            email: Some("anna@gmail.com".into()),
            verified: true,
            hosted: None,
        };
        Self { signers: Signers::new().unwrap(), ours: provider("own", &entry), grant: grant(person) }
    }
    fn keys(&self, key: usize) -> Keys {
        serde_json::from_value(self.signers.published(key)).unwrap()
    }
    fn expected(&self) -> Expected<'_> {
        Expected { provider: &self.ours, nonce: "n-0S6_WzA2Mj", access_token: &self.grant.token, now_ms: NOW }
    }
    fn token(&self, issuer: &str, at: i64, spoilt: &str) -> String {
        self.signers.token(0, issuer, &self.grant, at, spoilt).unwrap()
    }
    fn read(&self, token: &str) -> Result<Person, Refusal> {
        verify(token, &self.keys(0), self.expected())
    }
}

#[test]
fn the_right_token_says_who_it_is() {
    let case = Case::new();
    let person = case.read(&case.token(ISSUER, NOW, "")).unwrap();
    let email = Some("anna@gmail.com".to_owned());
    let expected =
        Person {
            subject: case.grant.person.id.clone(), email, email_trusted: true, name: Some("Анна Иванова".into())
        };
    assert_eq!(person, expected);
}

#[test]
fn every_other_token_is_refused_for_its_reason() {
    let case = Case::new();
    for (spoilt, reason) in [
        ("aud", "aud"),
        ("azp", "azp"),
        ("iss", "iss"),
        ("nonce", "nonce"),
        ("exp", "exp"),
        ("exp_text", "claims"),
        ("iat", "iat"),
        ("at_hash", "at_hash"),
        ("sub", "sub"),
        ("none", "alg"),
        ("hs256", "alg"),
        ("signature", "signature"),
    ] {
        assert_eq!(case.read(&case.token(ISSUER, NOW, spoilt)), Err(Refusal::Wrong(reason)), "{spoilt}");
    }
    assert_eq!(case.read(&case.token(ISSUER, NOW, "kid")), Err(Refusal::UnknownKey));
    let token = case.token(ISSUER, NOW, "");
    assert_eq!(
        verify(&token, &case.keys(1), case.expected()),
        Err(Refusal::UnknownKey),
        "another key is published now"
    );
    for torn in ["", ".", "..", "a.b.c", &token[..token.len() - 2], &format!("{token}.x"), &token.replace('.', "")] {
        assert!(case.read(torn).is_err(), "{torn}");
    }
}

#[test]
fn clocks_may_be_a_minute_apart() {
    let case = Case::new();
    let hour = 3_600_000;
    for (made, right) in
        [(NOW - hour - 59_000, true), (NOW - hour - 61_000, false), (NOW + 299_000, true), (NOW + 301_000, false)]
    {
        assert_eq!(case.read(&case.token(ISSUER, made, "")).is_ok(), right, "{}", made - NOW);
    }
}

#[test]
fn google_vouches_for_its_own_addresses_only() {
    let mut case = Case::new();
    case.ours = provider("google", r#"{"client_id": "client-for-tests", "client_secret": "s"}"#);
    let google = "https://accounts.google.com";
    for (email, hosted, verified, trusted) in [
        ("anna@gmail.com", None, true, true),
        ("anna@gmail.com", None, false, false),
        ("anna@sever.example", None, true, false),
        ("anna@gmail.com.evil.example", None, true, false),
        ("anna@sever.example", Some("sever.example"), true, true),
    ] {
        case.grant.person.email = Some(email.to_owned());
        case.grant.person.hosted = hosted.map(str::to_owned);
        case.grant.person.verified = verified;
        let person = case.read(&case.token(google, NOW, "")).unwrap();
        assert_eq!(person.email_trusted, trusted, "{email} {hosted:?} {verified}");
    }
    assert!(case.read(&case.token("accounts.google.com", NOW, "")).is_ok(), "as Google wrote it once");
    assert_eq!(case.read(&case.token("http://accounts.google.com", NOW, "")), Err(Refusal::Wrong("iss")));
}
