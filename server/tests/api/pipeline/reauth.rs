//! The provider refuses the sign-in: the connection waits, nothing is lost, and it goes on by itself once it is good.

use super::{PHONE, with_chat};
use crate::support::{eventually, items, json, text};
use connectors::simulator::FaultOrder;

#[tokio::test]
async fn a_refused_token_holds_everything_until_the_check_is_good() {
    let (_app, api, whatsapp, chat) = with_chat().await;
    let path = format!("/connections/{}", whatsapp.connection_id);
    whatsapp.sends_suffer(FaultOrder { fail_next: 1, status: 401, code: 190, ..FaultOrder::default() });
    let first = api.says(&chat, "Первое").await;
    eventually("the connection asks for a new sign-in", async || {
        let card = api.get(&path).await.good();
        (card["connection"]["state"] == "reauth").then_some(())
    })
    .await;
    let second = api.says(&chat, "Второе").await;
    let other = whatsapp.chat_begun(&api, "79997654321").await;
    let third = api.says(&other, "Другому").await;
    for (chat, message) in [(&chat, &first), (&chat, &second), (&other, &third)] {
        let message = api.message_where(chat, message, "is there", |_| true).await;
        assert_eq!(message["delivery"], "queued", "{message}");
    }
    eventually("the sends are held", async || {
        let held = api.get("/jobs?state=held&kind=send_message").await.good();
        (items(&held).len() >= 2).then_some(())
    })
    .await;
    assert!(whatsapp.sim.sent().is_empty());
    let card = api.get(&path).await.good();
    assert!(card["connection"]["waiting_jobs"].as_i64() >= Some(2), "{card}");
    assert!(text(&card["connection"], "last_error").len() > 5, "{card}");

    // Webhooks come in all the same, and a check that is refused changes nothing.
    whatsapp.customer_writes(PHONE, "Ау!").await;
    whatsapp.ask("settings", json!({"access_token": "renewed elsewhere"})).await;
    api.post(&format!("{path}/check"), json!({})).await.good();
    eventually("the check has failed", async || {
        let checks = api.get("/jobs?kind=check_connection&state=dead").await.good();
        items(&checks).first().cloned()
    })
    .await;
    assert_eq!(api.get(&path).await.good()["connection"]["state"], "reauth");

    whatsapp.ask("settings", json!({"access_token": "token-for-tests"})).await;
    api.post(&format!("{path}/check"), json!({})).await.good();
    for (chat, message) in [(&chat, &first), (&chat, &second), (&other, &third)] {
        api.message_in(chat, message, "read").await;
    }
    assert_eq!(api.get(&path).await.good()["connection"]["state"], "active");
    let sent: Vec<_> =
        whatsapp.sent_to(PHONE).iter().map(|sent| text(&sent["body"]["text"], "body").to_owned()).collect();
    assert_eq!(sent, ["Первое", "Второе"], "once each and in order");
}
