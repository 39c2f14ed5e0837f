//! Notices to browsers of members: a client writes, and whoever is not looking is told, until their session ends.

use super::PHONE;
use crate::support::{Browser, Json, TestApp, eventually, items, json, text};
use connectors::push::simulator::Simulator;

async fn push_service() -> Simulator {
    Simulator::start(([127, 0, 0, 1], 0).into()).await.expect("simulator")
}

/// The browser subscribes at the push service and says so to Pult. Gives what it said.
pub async fn subscribed(pushes: &Simulator, browser: &Browser) -> Json {
    let here = browser.server_fn("push_here", json!({"endpoint": null})).await.good();
    let made = pushes.ask("subscribe", json!({"key": text(&here, "key")})).await.expect("subscribed");
    browser.server_fn("push_subscribe", json!({"input": made})).await.good();
    made
}

fn bodies(pushes: &Simulator) -> Vec<String> {
    pushes.taken().iter().map(|taken| text(&taken.json, "body").to_owned()).collect()
}

#[tokio::test]
async fn a_client_writes_and_whoever_is_not_looking_is_told_until_they_sign_out() {
    let mut app = TestApp::start().await;
    let organisation = app.organisation("Север").await;
    let api = app.api(&organisation, "*").await;
    let (mut phone, desk) = (app.owner(&organisation).await, app.owner(&organisation).await);
    let pushes = push_service().await;
    let made = subscribed(&pushes, &phone).await;
    let whatsapp = app.connect_whatsapp(&api).await;
    let chat = whatsapp.chat_begun(&api, PHONE).await;
    let first = eventually("the phone is told", async || pushes.taken().into_iter().next()).await;
    assert_eq!(first.endpoint, text(&made, "endpoint"));
    assert_eq!(first.json["url"], format!("/chats/{chat}?box=all"));
    assert_eq!(first.claims["sub"], app.base.as_str());

    // At the desk the same person has a page before their eyes: the phone stays silent, and rings again when it is left.
    desk.server_fn_form("presence_seen", &[("looking", "true")]).await.good();
    whatsapp.customer_writes(PHONE, "Вы здесь?").await;
    eventually("it was seen to", async || {
        let calls = api.get("/jobs?kind=call").await.good();
        (items(&calls).len() == 2 && items(&calls).iter().all(|job| job["state"] == "done")).then_some(())
    })
    .await;
    desk.server_fn_form("presence_away", &[]).await.good();
    whatsapp.customer_writes(PHONE, "Перезвоните").await;
    eventually("the phone is told again", async || (pushes.taken().len() == 2).then_some(())).await;
    assert_eq!(bodies(&pushes)[1], "Перезвоните");

    // The key lasts, and so do the devices, over a new start.
    app.restart().await;
    whatsapp.customer_writes(PHONE, "Алло").await;
    eventually("the phone is told after the start", async || (pushes.taken().len() == 3).then_some(())).await;

    assert_eq!(phone.post_form("/auth/sign-out", &[]).await.status, 303);
    let left = desk.server_fn("push_here", json!({"endpoint": text(&made, "endpoint")})).await.good();
    assert_eq!(left["devices"], json!([]));
    whatsapp.customer_writes(PHONE, "Ещё раз").await;
    eventually("it is in the chat", async || {
        api.messages(&chat).await.iter().any(|message| message["text"] == "Ещё раз").then_some(())
    })
    .await;
    let calls = api.get("/jobs?kind=call").await.good();
    assert_eq!(items(&calls).len(), 4, "nobody is left to call");
    assert_eq!(pushes.taken().len(), 3);
}

#[tokio::test]
async fn a_push_service_that_hangs_keeps_no_client_waiting() {
    let app = TestApp::start().await;
    let organisation = app.organisation("Север").await;
    let (api, owner) = (app.api(&organisation, "*").await, app.owner(&organisation).await);
    let pushes = push_service().await;
    for _ in 0..5 {
        subscribed(&pushes, &owner).await;
    }
    pushes.ask("faults", json!({"hang": 1_000})).await.expect("set");
    let whatsapp = app.connect_whatsapp(&api).await;
    let chat = whatsapp.chat_begun(&api, PHONE).await;
    for n in 0..20 {
        whatsapp.customer_writes(PHONE, &format!("Вопрос {n}")).await;
    }
    let message = api.says(&chat, "Отвечаем").await;
    api.message_in(&chat, &message, "read").await;
}
