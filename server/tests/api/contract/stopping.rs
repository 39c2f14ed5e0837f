//! SIGTERM: work under way is finished or given back, and the program ends by itself.

use crate::support::{Api, TestApp, eventually, json};
use connectors::simulator::FaultOrder;
use std::time::Duration;

/// Longest an end may take.
const LIMIT: Duration = Duration::from_secs(10);

async fn ends_well(app: &mut TestApp) {
    let code = tokio::time::timeout(LIMIT, app.terminate()).await.expect("ten seconds are over");
    assert_eq!(code, 0, "{}", app.log());
}

#[tokio::test]
async fn an_open_stream_and_idle_connections_do_not_hold_it() {
    let mut app = TestApp::start().await;
    let organisation = app.organisation("Север").await;
    let owner = app.owner(&organisation).await;
    let mut stream = owner.live(None).await;
    // Somebody who opened a connection and says nothing, and somebody who stopped in the middle of a request.
    let address = app.base.trim_start_matches("http://").to_owned();
    let _silent = tokio::net::TcpStream::connect(&address).await.unwrap();
    let mut half = tokio::net::TcpStream::connect(&address).await.unwrap();
    let head = format!("POST /api/v1/contacts HTTP/1.1\r\nhost: {address}\r\ncontent-length: 1000\r\n\r\n{{");
    tokio::io::AsyncWriteExt::write_all(&mut half, head.as_bytes()).await.unwrap();
    ends_well(&mut app).await;
    assert_eq!(stream.next().await, None);
    // And it starts again on the same data.
    app.serve().await;
    owner.server_fn_form("me", &[]).await.good();
}

#[tokio::test]
async fn a_call_that_hangs_does_not_hold_it() {
    let (mut app, api) = TestApp::with_api().await;
    let whatsapp = app.connect_whatsapp(&api).await;
    let chat = whatsapp.chat_begun(&api, "79161234567").await;
    whatsapp.sends_suffer(FaultOrder { hang: 1, ..FaultOrder::default() });
    let message = api.says(&chat, "Ушло ли?").await;
    eventually("the call is under way", async || (whatsapp.sim.faults().waiting() == 0).then_some(())).await;
    ends_well(&mut app).await;
    app.serve().await;
    api.message_in(&chat, &message, "unknown").await;
}

#[tokio::test]
async fn what_was_acknowledged_while_stopping_is_there() {
    let (mut app, api) = TestApp::with_api().await;
    let whatsapp = app.connect_whatsapp(&api).await;
    whatsapp.ask("settings", json!({"retry_first_ms": 100})).await;
    let order = json!({"messages": 300, "customers": 30, "concurrency": 8, "per_second": 200, "retry": true});
    let burst = whatsapp.sim.ask("burst", order);
    let stopped = async {
        eventually("a part is acknowledged", async || (app.metric("hooks_accepted_total").await > 60).then_some(()))
            .await;
        ends_well(&mut app).await;
        app.serve().await;
    };
    let (burst, ()) = tokio::join!(burst, stopped);
    burst.expect("the burst ends");
    eventually("everything has arrived", async || (api.all("/events", 200).await.len() >= 300).then_some(())).await;
    assert_eq!(api.events_applied().await.len(), 300);
}

#[tokio::test]
async fn two_programs_cannot_take_one_address() {
    let app = TestApp::start().await;
    let second = app.cli(&["serve"]).await;
    assert_eq!(second.code, 1, "{second:?}");
    assert!(second.err.contains("cannot listen on"), "{second:?}");
    let _: Api = app.nobody();
    assert_eq!(app.visit("/readyz").await.status, 200);
}
