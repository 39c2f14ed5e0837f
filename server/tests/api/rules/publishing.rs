//! Drafts, problems, versions, trying out.

use super::{always, published, runs, say, test};
use crate::support::{TestApp, json, text};

#[tokio::test]
async fn a_draft_with_problems_is_kept_and_not_published() {
    let (_app, api) = TestApp::with_api().await;
    let when = test("order.colour", json!({"is": "equal", "value": "red"}));
    let draft =
        json!({"v": 1, "trigger": {"event": "order.created"}, "when": when, "then": say("Привет, {{contact.nick}}")});
    let rule = api.post("/rules", json!({"name": "Черновик", "draft": draft})).await.good();
    let path = format!("/rules/{}", text(&rule, "id"));
    let problems: Vec<_> =
        rule["problems"].as_array().unwrap().iter().map(|p| (text(p, "at"), text(p, "code"))).collect();
    assert_eq!(problems, [("when", "unknown_field"), ("then/0", "unknown_field")]);
    api.post(&format!("{path}/publish"), json!({})).await.refused(422, "rule_invalid");
    api.patch(&path, json!({"state": "on"})).await.refused(422, "not_allowed");
    let good = json!({"v": 1, "trigger": {"event": "order.created"}, "when": always(), "then": say("Привет")});
    let rev = rule["rev"].as_i64().unwrap();
    api.patch(&path, json!({"draft": good, "rev": rev})).await.good();
    api.patch(&path, json!({"name": "Другое", "rev": rev})).await.refused(409, "stale");
    let first = api.post(&format!("{path}/publish"), json!({})).await.good();
    assert_eq!((text(&first, "state"), first["version"].as_i64()), ("on", Some(1)));
    // The published version stays while the draft goes on.
    api.patch(&path, json!({"draft": draft})).await.good();
    let card = api.get(&path).await.good();
    assert_eq!(
        (card["versions"][0]["tree"]["then"][0]["act"]["text"].as_str(), card["version"].as_i64()),
        (Some("Привет"), Some(1))
    );
}

#[tokio::test]
async fn hostile_drafts_are_refused_with_a_reason() {
    let (_app, api) = TestApp::with_api().await;
    let deep = (0..40).fold(always(), |inner, _| json!({"is": "any", "of": [inner]}));
    let tree = |when, then| json!({"v": 1, "trigger": {"event": "order.created"}, "when": when, "then": then});
    let mut unknown = tree(always(), json!([]));
    unknown["script"] = json!("alert(1)");
    let table = [
        tree(deep, json!([])),
        tree(json!({"is": "any", "of": vec![always(); 500]}), json!([])),
        tree(always(), json!(vec![json!({"act": {"do": "stop"}}); 100])),
        tree(always(), json!([{"act": {"do": "drop_table"}}])),
        tree(always(), say("\u{0}")),
        unknown,
        json!({"v": 9, "trigger": {"event": "order.created"}, "when": always(), "then": []}),
        json!([]),
    ];
    for draft in table {
        let reply = api.post("/rules", json!({"name": "Злое", "draft": draft})).await;
        reply.refused(400, "bad_request");
    }
    api.post("/rules", json!({"name": " ", "draft": tree(always(), json!([]))})).await.refused(422, "required");
    api.post("/rules", json!({"name": "Без черновика"})).await.refused(422, "required");
    assert_eq!(api.all("/rules", 50).await.len(), 0);
}

#[tokio::test]
async fn trying_out_changes_nothing() {
    let (_app, api) = TestApp::with_api().await;
    let contact = text(&api.post("/contacts", json!({"name": "Анна Петрова"})).await.good(), "id").to_owned();
    let new = json!({"contact_id": contact, "items": [{"name": "Ремонт", "price_minor": 100}]});
    let order = text(&api.post("/orders", new).await.good(), "id").to_owned();
    let when = json!({"is": "none", "of": [test("order.status", json!({"is": "equal", "value": "new"}))]});
    let rule = published(&api, "Проба", "order.created", when, say("x")).await;
    let path = format!("/rules/{rule}");
    let tried = api.post(&format!("{path}/test"), json!({"object_id": order})).await.good();
    assert_eq!((text(&tried, "truth"), &tried["trace"]["when"][1]), ("-", &json!({"t": "+", "v": "new"})));
    let draft = json!({"v": 1, "trigger": {"event": "order.created"}, "when": always(), "then": [
        {"act": {"do": "comment", "text": "Заказ {{order.number}} для {{contact.city | default: кого-то}}"}},
        {"act": {"do": "notify", "member": "00000000-0000-7000-8000-000000000001", "text": "{{contact.email}}"}},
    ]});
    api.patch(&path, json!({"draft": draft})).await.good();
    let tried = api.post(&format!("{path}/test"), json!({"object_id": order})).await.good();
    let steps: Vec<_> = tried["trace"]["steps"]
        .as_array()
        .unwrap()
        .iter()
        .map(|step| (text(step, "result"), text(step, "detail")))
        .collect();
    assert_eq!(steps, [("would", "Заказ 1 для кого-то"), ("blocked", "contact.email")]);
    assert_eq!(runs(&api, &rule).await.len(), 0);
    let card = api.get(&format!("/orders/{order}")).await.good();
    assert_eq!(card["comments"].as_array().unwrap().len(), 0);
    api.post(&format!("{path}/test"), json!({"object_id": rule})).await.refused(404, "not_found");
}
