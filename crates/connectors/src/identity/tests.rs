//! Vectors of the contract and of the standards, tokens that are wrong in one way each, and whole round trips with the
//! simulator.

mod flows;
mod tokens;

use super::attempt::challenge;
use super::facebook::{proof, sign};
use super::id_token::at_hash;
use super::*;

/// A provider of the simulator's kind.
fn provider(id: &str, entry: &str) -> Provider {
    read(&format!("{{\"{id}\": {entry}}}"), true).unwrap().remove(0)
}

#[test]
fn proofs_are_those_of_the_standards() {
    let verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    assert_eq!(challenge(verifier), "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
    assert_eq!(at_hash("jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y"), "77QmUPtjPfzWtF2AnpK9RQ");
    let expected = "8e0fc7caf18274fbf4a642c2ec3610fe87b1942acdc0387ab104795086b573c0";
    assert_eq!(proof("fb_app_secret", "EAAtoken"), expected);
}

#[test]
fn an_attempt_follows_from_the_secret_of_its_browser_alone() {
    let (one, same, other) = (Attempt::of("one"), Attempt::of("one"), Attempt::of("other"));
    assert!(one == same && one.knows(&same.state) && !one.knows(&other.state) && !one.knows(""));
    let parts = [&one.state, &one.nonce, &one.verifier];
    let usual = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_' | '~');
    assert!(parts.iter().all(|part| part.len() == 43 && part.chars().all(usual)), "{parts:?}");
    assert!(one.state != one.nonce && one.nonce != one.verifier && one.state != one.verifier);
    assert_eq!(format!("{one:?}"), "Attempt", "nothing of it stands in a log");
}

#[test]
fn facebook_is_believed_when_it_signed() {
    let text = "-kxyMg-6SaIi6etq32W1ub_1XOSfYS48gTDfm2OLk3o.\
                eyJhbGdvcml0aG0iOiJITUFDLVNIQTI1NiIsImlzc3VlZF9hdCI6MTc2MzYzMjgwNSwidXNlcl9pZCI6IjIxODQ3MSJ9";
    let ours = provider("facebook", r#"{"client_id": "1", "client_secret": "fb_app_secret"}"#);
    let signed = Signed { user_id: "218471".into(), issued_at: 1_763_632_805 };
    assert_eq!(signed_request(&ours, text), Some(signed));
    let payload = r#"{"algorithm":"HMAC-SHA256","issued_at":1763632805,"user_id":"218471"}"#;
    assert_eq!(sign("fb_app_secret", payload), text);
    let other = provider("facebook", r#"{"client_id": "1", "client_secret": "another"}"#);
    assert_eq!(signed_request(&other, text), None);
    let weaker = sign("fb_app_secret", &payload.replace("HMAC-SHA256", "none"));
    for wrong in ["", ".", "a.b", &text[1..], &text[..text.len() - 1], &weaker, &text.replace('.', "")] {
        assert_eq!(signed_request(&ours, wrong), None, "{wrong}");
    }
}

#[test]
fn what_the_operator_writes_is_read_or_refused_with_a_reason() {
    let all = r#"{
        "google": {"client_id": "a", "client_secret": "s"}, "facebook": {"client_id": "b", "client_secret": "s"},
        "yandex": {"client_id": "c", "client_secret": "s"}, "vk": {"client_id": "d"},
        "keycloak": {"client_id": "e", "client_secret": "s", "issuer": "https://id.example/realms/a", "name": "Вход завода"}
    }"#;
    let read_all = read(all, false).unwrap();
    let names: Vec<_> = read_all.iter().map(|it| (it.id.as_str(), it.name.as_str(), it.kind)).collect();
    let expected = [
        ("facebook", "Facebook", Kind::Facebook),
        ("google", "Google", Kind::Oidc),
        ("keycloak", "Вход завода", Kind::Oidc),
        ("vk", "VK ID", Kind::Vk),
        ("yandex", "Яндекс ID", Kind::Yandex),
    ];
    assert_eq!(names, expected);
    assert!(!format!("{read_all:?}").contains("\"s\""), "no secret in a log");
    assert!(read("{}", false).unwrap().is_empty(), "nothing is on by itself");
    for (wrong, what) in [
        ("[]", "invalid type"),
        (r#"{"google": {"client_id": "a"}}"#, "google: client_secret is missing"),
        (r#"{"google": {"client_id": " ", "client_secret": "s"}}"#, "google: client_id is missing"),
        (r#"{"own": {"client_id": "a", "client_secret": "s"}}"#, "own: issuer is missing"),
        (r#"{"own": {"client_id": "a", "client_secret": "s", "issuer": "http://id.example"}}"#, "https://"),
        (r#"{"own": {"client_id": "a", "client_secret": "s", "issuer": "file:///etc"}}"#, "https://"),
        (r#"{"A/b": {"client_id": "a", "client_secret": "s"}}"#, "small Latin letters"),
        (r#"{"google": {"client_id": "a", "client_secret": "s", "isuer": "x"}}"#, "unknown field"),
    ] {
        let Err(Problem::Configuration(why)) = read(wrong, false) else { panic!("{wrong} was taken") };
        assert!(why.contains(what), "{wrong}: {why}");
    }
}
