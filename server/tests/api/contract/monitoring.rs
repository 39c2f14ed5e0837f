//! `/healthz`, `/readyz`, `/metrics`.

use crate::support::{TestApp, eventually, json};
use connectors::simulator::FaultOrder;

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

#[tokio::test]
async fn what_waits_is_told_and_who_works_on_it() {
    let (app, api) = TestApp::with_api().await;
    let whatsapp = app.connect_whatsapp(&api).await;
    let chat = whatsapp.chat_begun(&api, "79161234567").await;
    whatsapp.sends_suffer(FaultOrder { fail_next: 1, status: 400, code: 131_026, ..FaultOrder::default() });
    let message = api.says(&chat, "Вы тут?").await;
    api.message_in(&chat, &message, "failed").await;
    api.post("/stops", json!({"scope": "all", "why": "Проверка"})).await.good();
    let held = api.says(&chat, "Потом").await;
    let message = api.message_where(&chat, &held, "waits", |message| message["job_id"].is_string()).await;
    api.job_in(&message, "held").await;
    // Believed for some seconds.
    let figures = async |name: &str, wanted: u64| {
        eventually(&format!("{name} is {wanted}"), async || (app.metric(name).await == wanted).then_some(())).await;
    };
    figures("jobs_dead", 1).await;
    figures("jobs_held", 1).await;
    for (name, value) in
        [("nodes_live", 1), ("database_answers", 1), ("events_waiting", 0), ("events_oldest_seconds", 0)]
    {
        assert_eq!(app.metric(name).await, value, "{name}");
    }
    for name in ["jobs_ready", "jobs_running", "jobs_unknown", "jobs_oldest_due_seconds", "pool_write_open"] {
        app.metric(name).await;
    }
    assert!(app.metric("pool_read_open").await >= 1);
}
