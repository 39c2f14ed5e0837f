//! `kill -9`: what was acknowledged is there, once; what may have gone out is not sent again.

use super::{PHONE, with_chat};
use crate::support::{TestApp, eventually, json, text};
use connectors::simulator::FaultOrder;
use std::collections::HashMap;

const BURST: usize = 500;
const CUSTOMERS: usize = 10;

#[tokio::test]
async fn every_acknowledged_message_of_a_burst_is_there_once() {
    let (mut app, api) = TestApp::with_api().await;
    let whatsapp = app.connect_whatsapp(&api).await;
    whatsapp.ask("settings", json!({"retry_first_ms": 100})).await;
    let order = json!({"messages": BURST, "customers": CUSTOMERS, "concurrency": 8, "per_second": 250, "retry": true});
    let burst = whatsapp.sim.ask("burst", order);
    let killed = async {
        // In the middle: a part is acknowledged, the rest is on its way or not yet sent.
        eventually("a part is acknowledged", async || (app.metric("hooks_accepted_total").await > 100).then_some(()))
            .await;
        app.kill9().await;
        app.serve().await;
    };
    let (burst, ()) = tokio::join!(burst, killed);
    let burst = burst.expect("the burst ends");
    let count = |name: &str| burst[name].as_array().map_or(0, Vec::len);
    assert_eq!(count("acknowledged") + count("failed"), BURST);
    assert!(count("failed") > 0, "the kill came too late to hit anything");
    // The provider repeats what was not acknowledged.
    eventually("everything has arrived", async || (api.all("/events", 200).await.len() >= BURST).then_some(())).await;
    let events = api.events_applied().await;
    assert_eq!(events.len(), BURST);
    assert!(events.iter().all(|event| event["state"] == "done"), "{events:?}");

    let mut texts: HashMap<String, u32> = HashMap::new();
    for customer in 0..CUSTOMERS {
        let chat = whatsapp.chat(&api, &format!("7900{customer:07}")).await;
        let messages = api.messages(text(&chat, "id")).await;
        assert_eq!(chat["unread"].as_u64(), Some(messages.len() as u64), "{chat}");
        for message in messages {
            *texts.entry(text(&message, "text").to_owned()).or_default() += 1;
        }
    }
    let expected = (1..=BURST).map(|n| (format!("Сообщение {n}"), 1)).collect::<HashMap<_, _>>();
    assert_eq!(texts, expected);
}

#[tokio::test]
async fn a_send_cut_off_is_unknown_and_a_report_tells_what_became_of_it() {
    let (mut app, api, whatsapp, chat) = with_chat().await;
    whatsapp.ask("settings", json!({"statuses": false})).await;
    whatsapp.sends_suffer(FaultOrder { swallow: 1, ..FaultOrder::default() });
    let message = api.says(&chat, "Один раз").await;
    let sent = eventually("the provider has it", async || whatsapp.sent_to(PHONE).pop()).await;
    app.kill9().await;
    app.serve().await;
    let unknown = api.message_in(&chat, &message, "unknown").await;
    assert_eq!(text(&unknown, "error_code"), "interrupted");
    api.job_in(&unknown, "unknown").await;

    whatsapp.ask("status", json!({"id": sent["id"], "status": "delivered"})).await;
    let known = api.message_in(&chat, &message, "delivered").await;
    assert!(known["error_code"].is_null(), "{known}");
    api.job_in(&known, "done").await;
    // Whatever the queue still wanted to do for this chat comes before the next message.
    whatsapp.ask("settings", json!({"statuses": true})).await;
    let next = api.says(&chat, "Следующее").await;
    api.message_in(&chat, &next, "read").await;
    assert_eq!(whatsapp.sent_to(PHONE).len(), 2, "sent twice");
}

#[tokio::test]
async fn a_send_reported_on_before_it_was_cut_off_is_not_unknown() {
    let (mut app, api, whatsapp, chat) = with_chat().await;
    whatsapp.sends_suffer(FaultOrder { swallow: 1, ..FaultOrder::default() });
    let message = api.says(&chat, "Дошло раньше ответа").await;
    let read = api.message_in(&chat, &message, "read").await;
    app.kill9().await;
    app.serve().await;
    api.job_in(&read, "done").await;
    api.message_in(&chat, &message, "read").await;
    let next = api.says(&chat, "Следующее").await;
    api.message_in(&chat, &next, "read").await;
    assert_eq!(whatsapp.sent_to(PHONE).len(), 2, "sent twice");
}

#[tokio::test]
async fn a_send_nobody_reports_on_waits_for_a_person() {
    let (mut app, api, whatsapp, chat) = with_chat().await;
    whatsapp.sends_suffer(FaultOrder { hang: 1, ..FaultOrder::default() });
    let message = api.says(&chat, "Ушло ли?").await;
    eventually("the call is under way", async || (whatsapp.sim.faults().waiting() == 0).then_some(())).await;
    app.kill9().await;
    app.serve().await;
    let unknown = api.message_in(&chat, &message, "unknown").await;
    let next = api.says(&chat, "Следующее").await;
    api.message_in(&chat, &next, "read").await;
    assert_eq!(whatsapp.sent_to(PHONE).len(), 1, "not repeated by itself");
    api.post(&format!("/jobs/{}/retry", text(&unknown, "job_id")), json!({})).await.good();
    api.message_in(&chat, &message, "read").await;
    assert_eq!(whatsapp.sent_to(PHONE).len(), 2);
}

#[tokio::test]
async fn work_that_may_be_repeated_goes_on_after_a_kill() {
    let (mut app, api, whatsapp, chat) = with_chat().await;
    whatsapp.sim.faults().order(&FaultOrder {
        hang: 1,
        on: "/whatsapp_business/attachments".into(),
        ..FaultOrder::default()
    });
    whatsapp.customer(json!({"phone": PHONE, "image": true})).await;
    eventually("the file is being fetched", async || (whatsapp.sim.faults().waiting() == 0).then_some(())).await;
    app.kill9().await;
    app.serve().await;
    eventually("the file is there", async || {
        api.messages(&chat).await.into_iter().find(|message| message["file_state"] == "ready")
    })
    .await;
}

#[tokio::test]
async fn an_orderly_end_finishes_what_is_under_way() {
    let (mut app, api, whatsapp, chat) = with_chat().await;
    whatsapp.ask("settings", json!({"statuses": false})).await;
    whatsapp.sends_suffer(FaultOrder { latency_ms: Some(300), ..FaultOrder::default() });
    let message = api.says(&chat, "Перед остановкой").await;
    app.restart().await;
    api.message_in(&chat, &message, "accepted").await;
    assert_eq!(whatsapp.sent_to(PHONE).len(), 1);
}
