//! A node the network cuts off from the database, in the middle of sends, while another one goes on.

use super::alone;
use crate::support::{Between, TestApp, eventually, json, text, text_message};
use connectors::simulator::FaultOrder;

const ARRIVED: &str = "79161110001";
const LOST: &str = "79161110002";
const NEW: &str = "79161110003";

#[tokio::test]
async fn a_node_cut_off_from_the_database_loses_nothing_and_repeats_nothing() {
    if alone() {
        return;
    }
    let (mut app, api) = TestApp::with_api().await;
    let whatsapp = app.connect_whatsapp(&api).await;
    whatsapp.ask("settings", json!({"statuses": false})).await;
    let (arrived_in, lost_in) = (whatsapp.chat_begun(&api, ARRIVED).await, whatsapp.chat_begun(&api, LOST).await);
    api.events_applied().await;
    // The far node works alone until its calls are under way.
    assert_eq!(app.terminate().await, 0);
    let wire = Between::to(&app.database).await;
    let far = app.node(&[("PULT_NODE", "far"), ("DATABASE_URL", &wire.url)]).await;
    let there = far.api(&api);
    whatsapp.sends_suffer(FaultOrder { swallow: 1, ..FaultOrder::default() });
    let arrived = there.says(&arrived_in, "Дошло, ответ пропал").await;
    eventually("the provider has it", async || whatsapp.sent_to(ARRIVED).pop()).await;
    let behind = there.says(&arrived_in, "Следом").await;
    whatsapp.sends_suffer(FaultOrder { hang: 1, ..FaultOrder::default() });
    let lost = there.says(&lost_in, "Ушло ли?").await;
    eventually("the call is under way", async || (whatsapp.sim.faults().waiting() == 0).then_some(())).await;
    app.serve().await;
    wire.cut();

    // The far node takes nothing it could not keep, the near one takes the provider's repetition.
    let body = text_message("wamid.cut", NEW, "Пока связи нет");
    whatsapp.post_to(&far.base, body.clone()).await.refused(503, "storage_unavailable");
    assert_eq!(far.visit("/readyz").await.status, 503);
    assert_eq!(far.visit("/healthz").await.status, 200, "a restart would not help");
    assert_eq!(app.visit("/readyz").await.status, 200);
    assert_eq!(whatsapp.post(body.clone()).await.status, 200);
    whatsapp.chat(&api, NEW).await;
    // Its work is taken over; what cannot be known waits for a person.
    for (chat, message) in [(&arrived_in, &arrived), (&lost_in, &lost)] {
        let message = api.message_in(chat, message, "unknown").await;
        assert_eq!(text(&message, "error_code"), "interrupted");
    }
    api.message_in(&arrived_in, &behind, "accepted").await;

    wire.heal();
    eventually("it is ready again", async || (far.visit("/readyz").await.status == 200).then_some(())).await;
    let second = text_message("wamid.healed", NEW, "Связь есть");
    eventually("it takes webhooks again", async || {
        (whatsapp.post_to(&far.base, second.clone()).await.status == 200).then_some(())
    })
    .await;
    // A repetition of what the other one has taken is known here.
    assert_eq!(whatsapp.post_to(&far.base, body).await.status, 200);
    let answer = there.says(&lost_in, "Отвечаем оттуда").await;
    there.message_in(&lost_in, &answer, "accepted").await;
    let answer = api.says(&lost_in, "И отсюда").await;
    api.message_in(&lost_in, &answer, "accepted").await;

    let events = api.events_applied().await;
    assert_eq!(events.len(), 4, "{events:?}");
    assert!(events.iter().all(|event| event["state"] == "done"), "{events:?}");
    let sent = |phone| whatsapp.sent_to(phone).len();
    assert_eq!((sent(ARRIVED), sent(LOST), sent(NEW)), (2, 2, 0), "{:?}", whatsapp.sim.sent());
    for (chat, message) in [(&arrived_in, &arrived), (&lost_in, &lost)] {
        api.message_in(chat, message, "unknown").await;
    }
}
