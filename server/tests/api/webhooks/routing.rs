//! Which connection and which organisation an update belongs to; what nobody understands is kept.

use crate::support::{Json, TestApp, Whatsapp, envelope, items, json, text, text_message};
use connectors::whatsapp::simulator::Simulator;

const NEIGHBOUR: &str = "999000111222333";

fn for_neighbour(id: &str, from: &str) -> Vec<u8> {
    let body = String::from_utf8(text_message(id, from, "Соседу")).expect("UTF-8");
    body.replace("106540352242922", NEIGHBOUR).into_bytes()
}

#[tokio::test]
async fn an_update_for_a_number_nobody_connected_is_kept_and_ignored() {
    let (app, api) = TestApp::with_api().await;
    let whatsapp = app.connect_whatsapp(&api).await;
    assert_eq!(whatsapp.post(for_neighbour("wamid.1", "79161234567")).await.status, 200);
    let events = api.events_applied().await;
    assert_eq!(events.len(), 1);
    assert_eq!((text(&events[0], "state"), text(&events[0], "note")), ("ignored", "other_account"));
    assert!(items(&api.get("/chats").await.good()).is_empty());
    let card = api.get(&format!("/events/{}", text(&events[0], "id"))).await.good();
    assert_eq!(card["data"]["message"]["text"]["body"], "Соседу", "nothing is lost: {card}");
}

#[tokio::test]
async fn an_update_for_the_neighbour_goes_to_the_neighbours_connection() {
    let (app, api) = TestApp::with_api().await;
    let whatsapp = app.connect_whatsapp(&api).await;
    let sim = Simulator::start(([127, 0, 0, 1], 0).into()).await.expect("simulator");
    sim.ask("settings", json!({"phone_number_id": NEIGHBOUR})).await.expect("settings");
    let settings = Json::Object(sim.settings());
    let neighbour = app.connect_settings(&api, sim, settings).await;
    assert_eq!(whatsapp.post(for_neighbour("wamid.1", "79161234567")).await.status, 200);
    let chat = whatsapp.chat(&api, "79161234567").await;
    assert_eq!(chat["connection_id"], neighbour.connection_id.as_str());
    // The answer leaves through the neighbour's number.
    neighbour.sim.ask("settings", json!({"window": false})).await.expect("settings");
    assert_eq!(api.events_applied().await.len(), 1);
}

#[tokio::test]
async fn the_same_number_in_two_organisations_stays_apart() {
    let (app, api) = TestApp::with_api().await;
    let whatsapp = app.connect_whatsapp(&api).await;
    let other = app.api(&app.organisation("Юг").await, "*").await;
    let elsewhere: Whatsapp = app.connect_whatsapp(&other).await;
    let body = text_message("wamid.1", "79161234567", "Здравствуйте");
    for hook in [&whatsapp, &elsewhere] {
        assert_eq!(hook.post(body.clone()).await.status, 200);
    }
    for caller in [&api, &other] {
        assert_eq!(caller.events_applied().await.len(), 1);
        let chats = caller.get("/chats").await.good();
        assert_eq!(items(&chats).len(), 1, "{chats}");
    }
}

#[tokio::test]
async fn unknown_types_and_fields_are_stored_and_acknowledged() {
    let (app, api) = TestApp::with_api().await;
    let whatsapp = app.connect_whatsapp(&api).await;
    let hologram = json!({"phone": "79161234567", "raw": {"type": "hologram", "hologram": {"depth": 3}}});
    whatsapp.customer(hologram).await;
    let unheard_of = [
        ("flux_capacity_update", json!({"gigawatts": 1.21})),
        ("messages", json!({"messaging_product": "whatsapp", "surprise": [1, 2, 3]})),
        ("", json!("just a text")),
        ("security", Json::Null),
    ];
    for (field, value) in unheard_of {
        assert_eq!(whatsapp.post(envelope(field, value)).await.status, 200, "{field}");
    }
    let events = api.events_applied().await;
    assert_eq!(events.len(), 5, "{events:?}");
    assert!(events.iter().all(|event| event["state"] != "failed"), "{events:?}");
    // A message of a type nobody knows is still a message somebody waits for an answer to.
    let chat = whatsapp.chat(&api, "79161234567").await;
    let messages = api.messages(text(&chat, "id")).await;
    assert_eq!((messages.len(), text(&messages[0], "kind")), (1, "unsupported"), "{messages:?}");
    assert!(chat["waiting_since"].is_i64(), "{chat}");
}

#[tokio::test]
async fn a_message_without_a_phone_is_answered_by_user_id() {
    let (app, api) = TestApp::with_api().await;
    let whatsapp = app.connect_whatsapp(&api).await;
    let user = "RU.13491208655302741918";
    let id = whatsapp
        .customer(json!({"user_id": user, "hide_phone": true, "name": "Без Номера", "text": "Пишу без номера"}))
        .await;
    api.events_applied().await;
    let chats = api.get("/chats").await.good();
    let [chat] = items(&chats) else { panic!("one chat: {chats}") };
    assert_eq!((text(chat, "contact_name"), chat["contact_phone"].is_null()), ("Без Номера", true), "{chat}");
    let sent = api.says(text(chat, "id"), "Отвечаем").await;
    api.message_in(text(chat, "id"), &sent, "read").await;
    let calls = whatsapp.sent_to(user);
    assert_eq!((calls.len(), text(&calls[0]["body"], "recipient")), (1, user), "{calls:?}");
    assert!(calls[0]["body"]["to"].is_null(), "{calls:?}");
    // The phone shows up later: the same person, the same chat.
    whatsapp
        .customer(json!({"phone": "79161234567", "user_id": user, "name": "Без Номера", "text": "Теперь с номером"}))
        .await;
    let known = whatsapp.chat(&api, "79161234567").await;
    assert_eq!(known["id"], chat["id"]);
    assert_eq!(items(&api.get("/contacts").await.good()).len(), 1, "{id}");
}
