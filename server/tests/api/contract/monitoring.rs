//! `/healthz`, `/readyz`, `/metrics`.

use crate::support::{TestApp, json};

#[tokio::test]
async fn alive_ready_and_counting() {
    let (app, api) = TestApp::with_api().await;
    let alive = app.visit("/healthz").await;
    assert_eq!((alive.status, alive.text.as_str()), (200, "alive"));
    let ready = app.visit("/readyz").await;
    assert_eq!((ready.status, ready.json()), (200, json!({"ready": true, "workers": true, "database": true})));

    let whatsapp = app.connect_whatsapp(&api).await;
    let (hooks, done) = (app.metric("hooks_accepted_total").await, app.metric("jobs_done_total").await);
    let chat = whatsapp.chat_begun(&api, "79161234567").await;
    let message = api.says(&chat, "Здравствуйте").await;
    api.message_in(&chat, &message, "read").await;
    api.events_applied().await;
    // One message and three reports.
    assert_eq!(app.metric("hooks_accepted_total").await, hooks + 4);
    assert_eq!((app.metric("events_stored_total").await, app.metric("events_applied_total").await), (4, 4));
    assert_eq!(app.metric("jobs_done_total").await, done + 1);

    let metrics = app.visit("/metrics").await;
    assert!(metrics.header("content-type").starts_with("text/plain; version=0.0.4"), "{metrics:?}");
    for line in metrics.text.lines() {
        let good = line.starts_with("# HELP pult_") || line.starts_with("# TYPE pult_");
        let sample =
            line.split_once(' ').is_some_and(|(name, value)| name.starts_with("pult_") && value.parse::<f64>().is_ok());
        assert!(good || sample, "{line}");
    }
    for secret in [&api.key, "79161234567", "token-for-tests"] {
        assert!(!metrics.text.contains(secret), "{secret}");
    }
}
