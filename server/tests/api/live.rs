//! The live stream: hints about what changed, to those it concerns, without gaps.

use crate::support::{Api, Browser, Organisation, TestApp, json, text};

async fn watched() -> (TestApp, Organisation, Api, Browser) {
    let app = TestApp::start().await;
    let organisation = app.organisation("Север").await;
    let api = app.api(&organisation, "*").await;
    let owner = app.owner(&organisation).await;
    (app, organisation, api, owner)
}

async fn new_contact(api: &Api, name: &str) -> String {
    text(&api.post("/contacts", json!({"name": name})).await.good(), "id").to_owned()
}

#[tokio::test]
async fn a_change_made_anywhere_reaches_every_open_page() {
    let (app, organisation, api, owner) = watched().await;
    let other = app.owner(&organisation).await;
    let (mut first, mut second) = (owner.live(None).await, other.live(None).await);
    // Through REST.
    let contact = new_contact(&api, "Анна").await;
    for stream in [&mut first, &mut second] {
        let hint = stream.until("contacts", &contact).await.pop().unwrap();
        assert_eq!(hint.data["rev"].to_string(), hint.id, "the position is the id: {hint:?}");
        let fields: Vec<_> = hint.data.as_object().unwrap().keys().cloned().collect();
        assert_eq!(fields, ["id", "rev", "topic"], "a hint carries no values");
    }
    // By another member in a page.
    other.server_fn("contacts_update", json!({"id": contact, "contact": {"city": "Тверь"}})).await.good();
    first.until("contacts", &contact).await;
    // By a customer, and by the provider's report on our answer.
    let whatsapp = app.connect_whatsapp(&api).await;
    let chat = whatsapp.chat_begun(&api, "79161234567").await;
    first.until("chats", &chat).await;
    let message = api.says(&chat, "Здравствуйте").await;
    first.until("chats", &chat).await;
    api.message_in(&chat, &message, "read").await;
    first.until("chats", &chat).await;
    second.until("connections", &whatsapp.connection_id).await;
}

#[tokio::test]
async fn a_page_misses_nothing_between_its_rendering_and_its_stream() {
    let (_app, _, api, owner) = watched().await;
    let me = owner.server_fn_form("me", &[]).await.good();
    let contact = new_contact(&api, "Между тем").await;
    let mut stream = owner.live(me["live_rev"].as_i64()).await;
    stream.until("contacts", &contact).await;
}

#[tokio::test]
async fn a_stream_that_broke_goes_on_where_it_was() {
    let (mut app, _, api, owner) = watched().await;
    let mut stream = owner.live(None).await;
    let before = new_contact(&api, "До обрыва").await;
    let last = stream.until("contacts", &before).await.pop().unwrap();
    drop(stream);
    let mut missed = Vec::new();
    for n in 0..5 {
        missed.push(new_contact(&api, &format!("Во время обрыва {n}")).await);
    }
    let mut stream = owner.live_again(&last.id).await;
    for contact in &missed {
        stream.until("contacts", contact).await;
    }
    // Also when it was the program that went away.
    let last = stream.until("contacts", &new_contact(&api, "Ещё").await).await.pop().unwrap();
    let while_away = new_contact(&api, "Перед остановкой").await;
    app.kill9().await;
    app.serve().await;
    let mut stream = owner.live_again(&last.id).await;
    let messages = stream.until("contacts", &while_away).await;
    assert!(messages.iter().all(|message| message.event == "hint"), "{messages:?}");
    let after = new_contact(&api, "После").await;
    stream.until("contacts", &after).await;
}

#[tokio::test]
async fn hints_of_another_organisation_never_arrive() {
    let (app, _, api, owner) = watched().await;
    let elsewhere = app.organisation("Юг").await;
    let (stranger, their_api) = (app.owner(&elsewhere).await, app.api(&elsewhere, "*").await);
    let start = owner.server_fn_form("me", &[]).await.good()["live_rev"].as_i64();
    let mut stream = stranger.live(None).await;
    let ours = new_contact(&api, "Наш").await;
    let theirs = new_contact(&their_api, "Их").await;
    let live = stream.until("contacts", &theirs).await;
    let replayed = stranger.live(start).await.until("contacts", &theirs).await;
    let again = stranger.live_again(&start.unwrap().to_string()).await.until("contacts", &theirs).await;
    for message in [live, replayed, again].concat() {
        assert_ne!(message.data["id"], ours.as_str(), "{message:?}");
    }
    owner.live(start).await.until("contacts", &ours).await;
}

#[tokio::test]
async fn who_missed_too_much_is_told_to_load_everything_again() {
    let (app, _, api, owner) = watched().await;
    let mut stream = owner.live(None).await;
    let first = stream.until("contacts", &new_contact(&api, "Первый").await).await.pop().unwrap();
    for n in 0..3 {
        new_contact(&api, &format!("Следующий {n}")).await;
    }
    // What an hour does to old hints.
    app.database.run("DELETE FROM live_events WHERE id < (SELECT MAX(id) FROM live_events)").await;
    let mut late = owner.live_again(&first.id).await;
    assert_eq!(late.next().await.map(|message| message.event).as_deref(), Some("resync"));
    let fresh = new_contact(&api, "Свежий").await;
    late.until("contacts", &fresh).await;
    // A position that was never given out (another database was put in place).
    let mut future = owner.live_again("999999999").await;
    assert_eq!(future.next().await.map(|message| message.event).as_deref(), Some("resync"));
    // Nonsense is no position: the page's own start counts.
    owner.live_again("nonsense").await;
}

#[tokio::test]
async fn a_burst_of_changes_reaches_a_reader_who_does_not_read() {
    let (app, _, api, owner) = watched().await;
    let whatsapp = app.connect_whatsapp(&api).await;
    let mut lazy = owner.live(None).await;
    whatsapp.ask("burst", json!({"messages": 300, "customers": 300, "concurrency": 16, "retry": true})).await;
    api.events_applied().await;
    let last = new_contact(&api, "Последний").await;
    let read = lazy.until("contacts", &last).await;
    let chats = read.iter().filter(|message| message.data["topic"] == "chats").count();
    let resync = read.iter().any(|message| message.event == "resync");
    assert!(chats >= 300 || resync, "only {chats} of 300 and no resync");
}
