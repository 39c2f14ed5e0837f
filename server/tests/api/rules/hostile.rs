//! Rules nobody would make by hand: refused with a reason, or bounded; nothing is left half done.

use super::{always, published, runs, say, test};
use crate::support::{Json, TestApp, json, text};

fn tree(when: Json, then: Json) -> Json {
    json!({"v": 1, "trigger": {"event": "order.created"}, "when": when, "then": then})
}

fn nested(depth: usize) -> Json {
    (0..depth).fold(test("order.total", json!({"is": "present"})), |inner, _| json!({"is": "all", "of": [inner]}))
}

#[tokio::test]
async fn hostile_trees_are_refused_and_leave_nothing() {
    let (_app, api) = TestApp::with_api().await;
    let step = json!({"act": {"do": "comment", "text": "Да"}});
    let condition = test("order.total", json!({"is": "present"}));
    let cases = [
        ("an unknown version", json!({"v": 2, "trigger": {"event": "order.created"}, "when": always(), "then": []})),
        (
            "an unknown key",
            json!({"v": 1, "trigger": {"event": "order.created"}, "when": always(), "then": [], "also": 1}),
        ),
        ("an unknown operator", tree(test("order.total", json!({"is": "resembles", "value": "1"})), json!([]))),
        ("a value of another type", tree(test("order.total", json!({"is": "more", "number": "много"})), json!([]))),
        ("an unknown step", tree(always(), json!([{"act": {"do": "run_command", "text": "ls"}}]))),
        ("a step with a foreign key", tree(always(), json!([{"act": {"do": "comment", "text": "Да", "to": "root"}}]))),
        ("groups in groups", tree(nested(200), json!([]))),
        ("groups deeper than people read", tree(nested(9), json!([]))),
        ("too many conditions", tree(json!({"is": "all", "of": vec![condition; 201]}), json!([]))),
        ("too many steps", tree(always(), Json::Array(vec![step; 51]))),
        ("a book", tree(always(), json!([{"act": {"do": "comment", "text": "я".repeat(70_000)}}]))),
        ("no tree", json!("order.created")),
        ("a list", json!([1, 2, 3])),
    ];
    for (what, draft) in cases {
        let reply = api.post("/rules", json!({"name": "Враждебное", "draft": draft})).await;
        reply.refused_somehow();
        assert_eq!(api.get("/rules").await.good()["items"], json!([]), "{what}");
    }
    // The one that is there stays as it was.
    let rule =
        published(&api, "Доброе", "order.created", always(), json!([{"act": {"do": "comment", "text": "Да"}}])).await;
    let before = api.get(&format!("/rules/{rule}")).await.good();
    let bad = json!({"name": "Иное", "draft": tree(nested(9), json!([]))});
    api.patch(&format!("/rules/{rule}"), bad).await.refused_somehow();
    assert_eq!(api.get(&format!("/rules/{rule}")).await.good(), before);
}

#[tokio::test]
async fn template_bombs_end_before_they_go_off() {
    let (app, api) = TestApp::with_api().await;
    let whatsapp = app.connect_whatsapp(&api).await;
    let chat = whatsapp.chat_begun(&api, "79161234567").await;
    let refused = [
        ("never closed", "{{".repeat(20_000)),
        ("inside itself", format!("{}contact.name{}", "{{".repeat(500), "}}".repeat(500))),
        ("a chain of filters", format!("{{{{contact.name{}}}}}", " | upper".repeat(5_000))),
        ("an unknown filter", "{{contact.name | repeat: 1000000}}".to_owned()),
        ("an unknown field", "{{contact.password}}".to_owned()),
    ];
    for (what, words) in refused {
        let made = api.post("/rules", json!({"name": "Бомба", "draft": tree(always(), say(&words))})).await;
        // As a draft it may be kept, to be mended; it is never published.
        if made.status >= 300 {
            made.refused_somehow();
            continue;
        }
        let publish = format!("/rules/{}/publish", text(&made.json(), "id"));
        assert!(api.post(&publish, json!({})).await.status >= 400, "{what}");
    }
    // Allowed, but it grows when it is filled in: a long name, a hundred times.
    let name = "Марина".repeat(30);
    let contact = text(&api.get(&format!("/chats/{chat}")).await.good(), "contact_id").to_owned();
    api.patch(&format!("/contacts/{contact}"), json!({"name": name})).await.good();
    let rule = published(&api, "Эхо", "order.created", always(), say(&"{{contact.name}}".repeat(100))).await;
    let order = api.post("/orders", json!({"chat_id": chat, "items": [{"name": "Ремонт", "price_minor": 100}]})).await;
    order.good();
    let run = &runs(&api, &rule).await[0];
    assert_eq!((text(run, "outcome"), text(run, "note")), ("blocked", "missing_fields"), "{run}");
    assert_eq!(text(&run["trace"]["steps"][0], "detail"), "too long");
    assert!(run.to_string().len() < 100_000, "what is kept of it is bounded");
    assert!(whatsapp.sent_to("79161234567").is_empty());
}
