//! What published rules do, and what they say about it.

use super::{always, published, runs, say, test};
use crate::support::{Api, Json, TestApp, Whatsapp, eventually, json, text};

const PHONE: &str = "79161234567";

/// An order of the client who wrote.
async fn order(api: &Api, chat: &str) -> String {
    let new = json!({"chat_id": chat, "items": [{"name": "Ремонт", "price_minor": 250_000}]});
    text(&api.post("/orders", new).await.good(), "id").to_owned()
}

async fn moves(api: &Api, order: &str, status: &str) {
    api.patch(&format!("/orders/{order}"), json!({"status": status})).await.good();
}

/// Texts the client got, besides the built-in notice, which these tests switch off by using statuses it is silent about.
async fn got(whatsapp: &Whatsapp) -> Vec<String> {
    whatsapp.sent_to(PHONE).iter().map(|sent| text(&sent["body"]["text"], "body").to_owned()).collect()
}

#[tokio::test]
async fn a_rule_writes_once_and_says_why() {
    let (app, api) = TestApp::with_api().await;
    let whatsapp = app.connect_whatsapp(&api).await;
    let chat = whatsapp.chat_begun(&api, PHONE).await;
    let when = json!({"is": "all", "of": [
        test("order.status", json!({"is": "equal", "value": "in_progress"})),
        test("order.total", json!({"is": "more", "number": 100_000})),
    ]});
    let words = "{{contact.name | first_word}}, заказ {{order.number}} на {{order.total | money}} ₽ в работе";
    let rule = published(&api, "В работе", "order.status_changed", when, say(words)).await;
    let order = order(&api, &chat).await;
    moves(&api, &order, "in_progress").await;
    eventually("the message is sent", async || (got(&whatsapp).await.len() == 1).then_some(())).await;
    assert_eq!(got(&whatsapp).await, ["Анна, заказ 1 на 2\u{a0}500 ₽ в работе"]);
    moves(&api, &order, "ready").await;
    let runs = runs(&api, &rule).await;
    assert_eq!(runs.iter().map(|run| text(run, "outcome")).collect::<Vec<_>>(), ["done", "nothing"]);
    let trace = &runs[0]["trace"];
    assert_eq!(trace["when"][1], json!({"t": "+", "v": "in_progress"}));
    assert_eq!((text(&trace["steps"][0], "result"), &trace["steps"][0]["made"][0]), ("done", &json!("message")));
    assert_eq!(runs[1]["trace"]["when"][1], json!({"t": "-", "v": "ready"}), "the value it saw");
    let list = api.get("/rules").await.good();
    assert_eq!((list["items"][0]["fired"].as_i64(), text(&list["items"][0], "last_outcome")), (Some(1), "nothing"));
}

#[tokio::test]
async fn missing_data_neither_fires_nor_leaves_a_hole() {
    let (app, api) = TestApp::with_api().await;
    let whatsapp = app.connect_whatsapp(&api).await;
    let chat = whatsapp.chat_begun(&api, PHONE).await;
    let not = test("contact.email", json!({"is": "not_equal", "value": "a@b.example"}));
    let doubtful = published(&api, "Без почты", "order.created", not, say("Здравствуйте")).await;
    let hole = published(&api, "С дырой", "order.created", always(), say("Пишем на {{contact.email}}")).await;
    order(&api, &chat).await;
    let run = &runs(&api, &doubtful).await[0];
    assert_eq!((text(run, "outcome"), text(run, "note")), ("nothing", "no_data"));
    let run = &runs(&api, &hole).await[0];
    assert_eq!((text(run, "outcome"), text(run, "note")), ("blocked", "missing_fields"));
    assert_eq!(text(&run["trace"]["steps"][0], "detail"), "contact.email");
    assert_eq!(got(&whatsapp).await, [""; 0]);
}

#[tokio::test]
async fn of_two_rules_that_write_the_first_wins() {
    let (app, api) = TestApp::with_api().await;
    let whatsapp = app.connect_whatsapp(&api).await;
    let chat = whatsapp.chat_begun(&api, PHONE).await;
    let first = published(&api, "Первое", "order.created", always(), say("Первое")).await;
    let second = published(&api, "Второе", "order.created", always(), say("Второе")).await;
    let quiet =
        published(&api, "Тихое", "order.created", always(), json!([{"act": {"do": "comment", "text": "Тихо"}}])).await;
    let shadow = published(&api, "Вхолостую", "order.created", always(), say("Тень")).await;
    api.patch(&format!("/rules/{shadow}"), json!({"state": "shadow"})).await.good();
    let order = order(&api, &chat).await;
    eventually("the message is sent", async || (!got(&whatsapp).await.is_empty()).then_some(())).await;
    assert_eq!(got(&whatsapp).await, ["Первое"]);
    let run = &runs(&api, &second).await[0];
    assert_eq!((text(run, "outcome"), text(run, "note").to_owned()), ("blocked", format!("other_rule:{first}")));
    assert_eq!(text(&runs(&api, &quiet).await[0], "outcome"), "done");
    let card = api.get(&format!("/orders/{order}")).await.good();
    assert_eq!(text(&card["comments"][0], "text"), "Тихо");
    let run = &runs(&api, &shadow).await[0];
    assert_eq!((run["shadow"].as_bool(), text(&run["trace"]["steps"][0], "result")), (Some(true), "would"));
}

#[tokio::test]
async fn a_repeated_webhook_starts_nothing_twice() {
    let (app, api) = TestApp::with_api().await;
    let whatsapp = app.connect_whatsapp(&api).await;
    let about = test("message.text", json!({"is": "contains", "value": "гарантия"}));
    let rule = published(&api, "Гарантия", "message.received", about, say("Гарантия — полгода")).await;
    whatsapp.customer_writes(PHONE, "Есть ГАРАНТИЯ?").await;
    eventually("the answer is sent", async || (!got(&whatsapp).await.is_empty()).then_some(())).await;
    for _ in 0..3 {
        whatsapp.ask("replay", json!({})).await;
    }
    api.events_applied().await;
    assert_eq!((runs(&api, &rule).await.len(), got(&whatsapp).await.len()), (1, 1));
}

#[tokio::test]
async fn a_rule_that_starts_itself_is_stopped_and_named() {
    let (app, api) = TestApp::with_api().await;
    let whatsapp = app.connect_whatsapp(&api).await;
    let chat = whatsapp.chat_begun(&api, PHONE).await;
    let again = json!([{"act": {"do": "create_order", "title": "Ещё один"}}]);
    let rule = published(&api, "Круг", "order.created", always(), again).await;
    order(&api, &chat).await;
    let orders = api.all("/orders", 50).await;
    assert_eq!(orders.len(), 9, "the first and eight in a chain");
    let card = api.get(&format!("/rules/{rule}")).await.good();
    assert_eq!(text(&card, "state"), "off");
    let last: Json = runs(&api, &rule).await.pop().unwrap();
    assert!(runs(&api, &rule).await.iter().any(|run| text(run, "note") == "loop"), "{last}");
}

#[tokio::test]
async fn a_failed_step_is_said_and_undoes_itself_only() {
    let (_app, api) = TestApp::with_api().await;
    let contact = text(&api.post("/contacts", json!({"name": "Анна"})).await.good(), "id").to_owned();
    let then = json!([
        {"act": {"do": "comment", "text": "Начали"}},
        {"act": {"do": "change_order", "status": "delivered"}},
        {"act": {"do": "comment", "text": "Не дойдёт"}},
    ]);
    let rule = published(&api, "Сдать", "order.created", always(), then).await;
    let new = json!({"contact_id": contact, "items": [{"name": "Ремонт", "price_minor": 100}]});
    let order = api.post("/orders", new).await.good();
    let run = &runs(&api, &rule).await[0];
    assert_eq!((text(run, "outcome"), text(run, "note")), ("failed", "transition_not_allowed"));
    let card = api.get(&format!("/orders/{}", text(&order, "id"))).await.good();
    let comments: Vec<_> = card["comments"].as_array().unwrap().iter().map(|one| text(one, "text")).collect();
    assert_eq!((comments, text(&card, "status")), (vec!["Начали"], "new"));
}
