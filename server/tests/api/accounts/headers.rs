//! What every answer says to the browser about itself.

use crate::support::{Reply, TestApp};
use std::collections::HashSet;

fn nonce(reply: &Reply) -> String {
    let policy = reply.header("content-security-policy");
    let (_, rest) = policy.split_once("'nonce-").unwrap_or_else(|| panic!("no nonce: {policy}"));
    rest.split('\'').next().unwrap().to_owned()
}

#[tokio::test]
async fn pages_run_only_scripts_of_their_own() {
    let app = TestApp::start().await;
    let organisation = app.organisation("Север").await;
    let owner = app.owner(&organisation).await;
    let nobody = app.browser();
    let mut nonces = HashSet::new();
    for (browser, page) in [
        (&nobody, "/"),
        (&nobody, "/sign-in"),
        (&nobody, "/sign-up"),
        (&nobody, "/no/such/page"),
        (&owner, "/dashboard"),
        (&owner, "/chats"),
        (&owner, "/dashboard"),
    ] {
        let reply = browser.get(page).await;
        let policy = reply.header("content-security-policy");
        let of = |name: &str| {
            policy.split(';').find_map(|part| part.trim().strip_prefix(name)).unwrap_or_default().to_owned()
        };
        for open in ["'unsafe-inline'", "'unsafe-eval'", "*", "http:", "https:", "data:"] {
            assert!(!of("script-src ").split(' ').any(|word| word == open), "{page}: {policy}");
        }
        for part in ["frame-ancestors 'none'", "base-uri 'none'", "object-src 'none'", "form-action 'self'"] {
            let fallback = part == "object-src 'none'" && policy.contains("default-src 'none'");
            assert!(policy.contains(part) || fallback, "{page}: no {part} in {policy}");
        }
        let nonce = policy.contains("'nonce-").then(|| nonce(&reply));
        for tag in ["<script", "<style"] {
            for (place, _) in reply.text.match_indices(tag) {
                let head = reply.text[place..].split('>').next().unwrap();
                let nonce = nonce.as_deref().unwrap_or_else(|| panic!("{page}: {head} without a nonce"));
                assert!(head.contains(&format!("nonce=\"{nonce}\"")), "{page}: {head}");
            }
        }
        for handler in [" onclick=", " onload=", " onerror=", "javascript:"] {
            assert!(!reply.text.contains(handler), "{page}: {handler}");
        }
        if let Some(nonce) = nonce {
            assert!(nonce.len() >= 16, "{page}: a guessable nonce {nonce}");
            assert!(nonces.insert(nonce), "{page}: the same nonce twice");
        }
    }
    assert!(!nonces.is_empty());
}

#[tokio::test]
async fn every_answer_has_the_headers_of_the_house() {
    let mut app = TestApp::start().await;
    let organisation = app.organisation("Север").await;
    let owner = app.owner(&organisation).await;
    let replies = [
        app.browser().get("/sign-in").await,
        owner.get("/dashboard").await,
        app.visit("/healthz").await,
        app.visit("/api/v1/contacts").await,
        app.visit("/api/v1/openapi.json").await,
        app.visit("/api/hooks/whatsapp/nothing").await,
        app.visit("/no/such/page").await,
        owner.server_fn_form("me", &[]).await,
    ];
    for reply in &replies {
        assert!(!reply.header("content-security-policy").is_empty(), "{reply:?}");
        assert_eq!(reply.header("x-content-type-options"), "nosniff", "{reply:?}");
        assert_eq!(reply.header("referrer-policy"), "same-origin", "{reply:?}");
        assert_eq!(reply.header("x-frame-options"), "DENY", "{reply:?}");
        assert_eq!(reply.header("cross-origin-opener-policy"), "same-origin", "{reply:?}");
        assert!(!reply.header("permissions-policy").is_empty(), "{reply:?}");
        assert_eq!(reply.header("strict-transport-security"), "", "not on plain http");
        assert_eq!(reply.header("server"), "", "says nothing about the software");
    }
    // What belongs to one person is in nobody's cache.
    for reply in [owner.get("/dashboard").await, owner.server_fn_form("me", &[]).await] {
        let cache = reply.header("cache-control");
        assert!(cache.contains("no-store") || cache.contains("private"), "{reply:?}");
    }
    app.set("PULT_PUBLIC_URL", "https://pult.example");
    app.restart().await;
    assert!(app.visit("/healthz").await.header("strict-transport-security").contains("max-age="));
}
