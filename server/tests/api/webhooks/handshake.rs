//! `GET` on the webhook address: the provider asks whether we are we.

use crate::support::{Reply, TestApp, Whatsapp, eventually, form_fields, text};

async fn ask(app: &TestApp, whatsapp: &Whatsapp, mode: &str, token: &str, challenge: &str) -> Reply {
    let query = form_fields(&[("hub.mode", mode), ("hub.challenge", challenge), ("hub.verify_token", token)]);
    Reply::of(app.http.get(format!("{}?{query}", whatsapp.hook))).await
}

#[tokio::test]
async fn the_right_token_gets_exactly_the_challenge_back() {
    let (app, api) = TestApp::with_api().await;
    let whatsapp = app.connect_whatsapp(&api).await;
    for challenge in ["1158201444", "a+b c&d=ё", "<script>alert(1)</script>", ""] {
        let reply = ask(&app, &whatsapp, "subscribe", &whatsapp.verify_token, challenge).await;
        assert_eq!((reply.status, reply.text.as_str()), (200, challenge));
        // Not a page: whatever was sent comes back as plain text that no browser runs.
        assert_eq!(reply.header("content-type"), "text/plain; charset=utf-8");
        assert_eq!(reply.header("x-content-type-options"), "nosniff");
    }
    eventually("the card knows of the handshake", async || {
        let card = api.get(&format!("/connections/{}", whatsapp.connection_id)).await.good();
        card["connection"]["handshake_at"].as_i64()
    })
    .await;
}

#[tokio::test]
async fn anything_else_is_forbidden() {
    let (app, api) = TestApp::with_api().await;
    let whatsapp = app.connect_whatsapp(&api).await;
    let token = whatsapp.verify_token.clone();
    let longer = format!("{token}x");
    for (mode, token) in [
        ("subscribe", "wrong"),
        ("subscribe", ""),
        ("subscribe", longer.as_str()),
        ("unsubscribe", &token),
        ("", &token),
    ] {
        let reply = ask(&app, &whatsapp, mode, token, "1158201444").await;
        reply.refused(403, "forbidden");
        assert!(!reply.text.contains("1158201444") && !reply.text.contains(&whatsapp.verify_token), "{}", reply.text);
    }
    Reply::of(app.http.get(&whatsapp.hook)).await.refused(403, "forbidden");
    assert!(app.metric("hooks_unverified_total").await >= 6);
    let card = api.get(&format!("/connections/{}", whatsapp.connection_id)).await.good();
    assert_eq!(text(&card["generated"], "verify_token"), token);
}
