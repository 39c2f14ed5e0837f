//! PostgreSQL goes away and comes back.

use crate::support::{Engine, TestApp, eventually, json, text, text_message};

#[tokio::test]
async fn a_server_that_is_away_is_waited_for() {
    if Engine::of_this_run() != Engine::Postgres {
        println!("skipped: SQLite has no server that could go away");
        return;
    }
    let (app, api) = TestApp::with_api().await;
    let whatsapp = app.connect_whatsapp(&api).await;
    let organisation = app.organisation("Юг").await;
    let owner = app.owner(&organisation).await;
    let mut stream = owner.live(None).await;
    assert_eq!(app.visit("/readyz").await.status, 200);
    app.database.shut().await;
    let body = text_message("wamid.away", "79161234567", "Пока никого нет");
    whatsapp.post(body.clone()).await.refused(503, "storage_unavailable");
    api.get("/contacts").await.refused(503, "storage_unavailable");
    let page = owner.server_fn_form("me", &[]).await;
    assert_eq!((page.status, &page.json()["code"]), (503, &"storage_unavailable".into()), "{page:?}");
    assert_eq!(owner.get("/dashboard").await.status, 503, "nobody is sent to the sign-in for it");
    let ready = app.visit("/readyz").await;
    assert_eq!((ready.status, &ready.json()["database"]), (503, &false.into()), "{ready:?}");
    assert_eq!(app.visit("/healthz").await.status, 200, "a restart would not help");
    app.database.open().await;
    eventually("it is ready again", async || (app.visit("/readyz").await.status == 200).then_some(())).await;
    eventually("the provider's repetition is taken", async || {
        (whatsapp.post(body.clone()).await.status == 200).then_some(())
    })
    .await;
    assert_eq!(api.events_applied().await.len(), 1);
    whatsapp.chat(&api, "79161234567").await;
    // The open page did not lose its stream.
    let contact = owner.server_fn("contacts_create", json!({"contact": {"name": "После"}})).await.good();
    stream.until("contacts", text(&contact, "id")).await;
}
