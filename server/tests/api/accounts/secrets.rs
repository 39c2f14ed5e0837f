//! Secrets lie encrypted or hashed in the database and stand in no log.

use crate::support::{PASSWORD, TestApp, json};
use std::os::unix::fs::PermissionsExt;

#[tokio::test]
async fn no_secret_is_readable_where_it_lies() {
    let (mut app, api) = TestApp::with_api().await;
    app.set("RUST_LOG", "debug,sqlx=info,hyper=info,h2=info");
    app.restart().await;
    let organisation = app.organisation("Юг").await;
    let owner = app.owner(&organisation).await;
    let whatsapp = app.connect_whatsapp(&api).await;
    let chat = whatsapp.chat_begun(&api, "79161234567").await;
    let message = api.says(&chat, "Слова для одного человека").await;
    api.message_in(&chat, &message, "read").await;
    app.visit(&format!("/api/v1/contacts?key={}", api.key)).await;
    owner.server_fn("profile_password", json!({"current": PASSWORD, "password": "новый пароль 8"})).await.good();

    let cookie = owner.cookie.split('=').nth(1).unwrap().to_owned();
    let secrets = [
        "app-secret-for-tests",
        "token-for-tests",
        &whatsapp.verify_token,
        &api.key,
        PASSWORD,
        "новый пароль 8",
        &cookie,
    ];
    let stored = app.database.everything().await;
    let holds = |bytes: &[u8], word: &str| bytes.windows(word.len()).any(|window| window == word.as_bytes());
    assert!(holds(&stored, "Слова для одного человека"), "the search itself works");
    for secret in secrets {
        assert!(!holds(&stored, secret), "{secret} can be read in the database");
        assert!(!app.log().contains(secret), "{secret} stands in the log");
    }
    // Nor do the log lines hold what people write.
    for words in ["Слова для одного человека", "79161234567"] {
        assert!(!app.log().contains(words), "{words} stands in the log");
    }
    for card in [api.get(&format!("/connections/{}", whatsapp.connection_id)).await, api.get("/connections").await] {
        assert!(!card.text.contains("app-secret-for-tests") && !card.text.contains("token-for-tests"), "{}", card.text);
    }
    let mode = std::fs::metadata(app.data().join("secret.key")).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600, "the key is for the program alone");
}

#[tokio::test]
async fn another_key_opens_nothing_and_says_so() {
    let (mut app, api) = TestApp::with_api().await;
    let whatsapp = app.connect_whatsapp(&api).await;
    app.terminate().await;
    app.set("PULT_SECRET_KEY", "bm90IHRoZSBrZXkgb2YgdGhpcyBkYXRhYmFzZSE/Pz8=");
    app.serve().await;
    // Webhooks cannot be verified: nothing is acknowledged that cannot be read, and nothing panics.
    let reply = whatsapp.post(crate::support::text_message("wamid.1", "79161234567", "Здравствуйте")).await;
    assert_ne!(reply.status, 200);
    assert!(crate::support::items(&api.get("/events").await.good()).is_empty());
}
