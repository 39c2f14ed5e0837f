//! Through the pages' door: recipes, what is offered, something to try on, and two people at one rule.

use super::{Refused, always, say};
use crate::support::{TestApp, json, text};

#[tokio::test]
async fn every_recipe_makes_a_rule_that_can_be_published() {
    let app = TestApp::start().await;
    let organisation = app.organisation("Север").await;
    let owner = app.owner(&organisation).await;
    // One of them invites through whatever connection can.
    let _trustpilot = app.connect_trustpilot(&app.api(&organisation, "*").await).await;
    // Another reads a form, whose names must have been seen.
    let api = app.api(&organisation, "*").await;
    let hook = api.post("/connections", json!({"provider": "webhook", "settings": {}})).await.good();
    let form =
        json!({"form": "Заявка", "name": "Анна", "phone": "+79161234567", "email": "a@b.example", "comment": "Да"});
    let address = format!("{}{}", app.base, text(&hook, "webhook_path"));
    assert_eq!(app.http.post(address).json(&form).send().await.unwrap().status(), 200);
    api.events_applied().await;
    let offer = owner.server_fn("rules_offer", json!({})).await.good();
    let recipes = offer["recipes"].as_array().unwrap().clone();
    assert!(recipes.len() >= 4);
    for recipe in &recipes {
        let id = owner.server_fn("rules_begin", json!({"name": "Из заготовки", "recipe": recipe})).await.good();
        let version = owner.server_fn("rules_publish", json!({"id": id, "how": {}})).await.good();
        assert_eq!(version.as_i64(), Some(1), "{recipe}");
    }
    let blank = owner.server_fn("rules_begin", json!({"name": "Пустое", "recipe": null})).await.good();
    owner.server_fn("rules_publish", json!({"id": blank, "how": {}})).await.refused_with(422, "rule_invalid");
    owner
        .server_fn("rules_begin", json!({"name": "Нет такой", "recipe": "nonsense"}))
        .await
        .refused_with(422, "not_allowed");
    owner.server_fn("rules_begin", json!({"name": " ", "recipe": null})).await.refused_with(422, "required");
    let lines = owner.server_fn("rules_list", json!({})).await.good();
    assert_eq!(lines.as_array().unwrap().len(), recipes.len() + 1);
}

#[tokio::test]
async fn recent_things_come_with_the_facts_an_evaluation_sees() {
    let app = TestApp::start().await;
    let organisation = app.organisation("Север").await;
    let api = app.api(&organisation, "*").await;
    let owner = app.owner(&organisation).await;
    let contact = text(&api.post("/contacts", json!({"name": "Анна Петрова"})).await.good(), "id").to_owned();
    let new = json!({"contact_id": contact, "items": [{"name": "Ремонт", "price_minor": 100}]});
    let order = text(&api.post("/orders", new).await.good(), "id").to_owned();
    let recent = owner.server_fn("rules_recent", json!({"event": "order.created"})).await.good();
    assert_eq!((text(&recent[0], "kind"), text(&recent[0], "contact_name")), ("order", "Анна Петрова"));
    api.patch(&format!("/orders/{order}"), json!({"items": [{"name": "Ремонт", "price_minor": 700}]})).await.good();
    // What was recorded is as it was then, the order itself as it is now.
    for (id, total) in [(text(&recent[0], "id"), 100), (order.as_str(), 700)] {
        let facts = owner.server_fn("rules_facts", json!({"event": "order.created", "object_id": id})).await.good();
        assert_eq!(facts["fields"]["order.total"].as_i64(), Some(total));
        assert!(facts["hours"]["days"].is_array());
    }
    owner.server_fn("rules_recent", json!({"event": "nothing"})).await.refused_with(404, "not_found");
}

#[tokio::test]
async fn the_second_of_two_editors_is_told() {
    let app = TestApp::start().await;
    let organisation = app.organisation("Север").await;
    let owner = app.owner(&organisation).await;
    let id = owner.server_fn("rules_begin", json!({"name": "Общее", "recipe": null})).await.good();
    let desk = owner.server_fn("rules_get", json!({"id": id})).await.good();
    let rev = desk["rule"]["rev"].as_i64().unwrap();
    let draft = json!({"v": 1, "trigger": {"event": "order.created"}, "when": always(), "then": say("Привет")});
    let change = |text: &str| {
        let mut draft = draft.clone();
        draft["then"][0]["act"]["text"] = json!(text);
        json!({"id": id, "change": {"draft": draft, "rev": rev}})
    };
    let first = owner.server_fn("rules_edit", change("Первый")).await.good();
    assert_eq!(first["rev"].as_i64(), Some(rev + 1));
    owner.server_fn("rules_edit", change("Второй")).await.refused_with(409, "stale");
    let desk = owner.server_fn("rules_get", json!({"id": id})).await.good();
    assert_eq!(text(&desk["draft"]["then"][0]["act"], "text"), "Первый");
}
