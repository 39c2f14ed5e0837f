//! Fields appear in rules as they come.

use super::*;
use crate::rules::test;

/// What a rule on webhooks may read of the event, by name.
async fn fields(api: &Api, rule: &str) -> Vec<(String, String, String, String)> {
    let card = api.get(&format!("/rules/{rule}")).await.good();
    let own = card["fields"].as_array().unwrap().iter().filter(|field| text(field, "key").starts_with("event."));
    let word = |field: &Json, name: &str| field[name].as_str().unwrap_or_default().to_owned();
    own.map(|f| (word(f, "key"), word(f, "kind"), word(f, "label"), word(f, "sample"))).collect()
}

async fn rule(api: &Api, connection: Option<&str>, field: &str, op: Json) -> String {
    let mut draft = json!({"v": 1, "trigger": {"event": "webhook.received"}, "when": test(field, op),
        "then": [{"act": {"do": "stop"}}]});
    if let Some(connection) = connection {
        draft["trigger"]["connection_id"] = connection.into();
    }
    text(&api.post("/rules", json!({"name": "Сумма", "draft": draft})).await.good(), "id").to_owned()
}

#[tokio::test]
async fn a_field_can_be_named_once_it_has_come() {
    let (app, api) = TestApp::with_api().await;
    let hook = Hook::new(&app, &api, json!({})).await;
    let more = json!({"is": "more", "number": 1000});
    let id = rule(&api, None, "event.order.sum", more).await;
    let problem = api.post(&format!("/rules/{id}/publish"), json!({})).await.refused(422, "rule_invalid");
    assert!(problem.to_string().contains("unknown_field"), "{problem}");
    assert_eq!(fields(&api, &id).await, []);
    hook.says(
        &api,
        json!({"order": {"sum": 900, "at": "2026-11-20T10:00:00Z", "tags": ["vip"], "paid": true},
        "Ваше имя": "Анна", "client": {"phone": "8 916 123-45-67", "none": null}}),
    )
    .await;
    let learnt = |key: &str, kind: &str, label: &str, sample: &str| {
        (format!("event.{key}"), kind.to_owned(), label.to_owned(), sample.to_owned())
    };
    let expected = [
        learnt("client.phone", "phone", "client.phone", "8 916 123-45-67"),
        learnt("order.at", "date", "order.at", "2026-11-20T10:00:00Z"),
        learnt("order.paid", "flag", "order.paid", "true"),
        learnt("order.sum", "number", "order.sum", "900"),
        learnt("order.tags", "list", "order.tags", "vip"),
        learnt("Ваше_имя", "text", "Ваше имя", "Анна"),
    ];
    assert_eq!(fields(&api, &id).await, expected);
    api.post(&format!("/rules/{id}/publish"), json!({})).await.good();
    hook.says(&api, json!({"order": {"sum": 1500.5}})).await;
    hook.says(&api, json!({"order": {"sum": 10}})).await;
    let outcomes: Vec<_> = runs(&api, &id)
        .await
        .iter()
        .map(|run| (text(run, "outcome").to_owned(), run["trace"]["when"][0].clone()))
        .collect();
    let seen =
        [("done".to_owned(), json!({"t": "+", "v": 1500.5})), ("nothing".to_owned(), json!({"t": "-", "v": 10}))];
    assert_eq!(outcomes, seen);
    // A value of another kind makes it a text for good: the rule says so instead of guessing.
    hook.says(&api, json!({"order": {"sum": "много"}})).await;
    assert_eq!(fields(&api, &id).await[3].1, "text");
    let card = api.get(&format!("/rules/{id}")).await.good();
    assert_eq!(text(&card["problems"][0], "code"), "wrong_operator");
}

#[tokio::test]
async fn a_rule_on_one_connection_knows_that_ones_fields() {
    let (app, api) = TestApp::with_api().await;
    let (first, second) = (Hook::new(&app, &api, json!({})).await, Hook::new(&app, &api, json!({})).await);
    first.says(&api, json!({"a": 1})).await;
    second.says(&api, json!({"b": 2, "a": "текст"})).await;
    let present = || json!({"is": "present"});
    let any = rule(&api, None, "event.b", present()).await;
    let of_first = rule(&api, Some(&first.connection_id), "event.b", present()).await;
    let of_second = rule(&api, Some(&second.connection_id), "event.b", present()).await;
    let names = async |rule: &str| fields(&api, rule).await.into_iter().map(|f| (f.0, f.1)).collect::<Vec<_>>();
    let pair = |name: &str, kind: &str| (name.to_owned(), kind.to_owned());
    assert_eq!(names(&any).await, [pair("event.a", "text"), pair("event.b", "number")]);
    assert_eq!(names(&of_first).await, [pair("event.a", "number")]);
    assert_eq!(names(&of_second).await, [pair("event.a", "text"), pair("event.b", "number")]);
    api.post(&format!("/rules/{of_first}/publish"), json!({})).await.refused(422, "rule_invalid");
    api.post(&format!("/rules/{of_second}/publish"), json!({})).await.good();
    // Another organisation learns nothing of this.
    let other = app.organisation("Юг").await;
    let stranger = app.api(&other, "*").await;
    assert_eq!(fields(&stranger, &rule(&stranger, None, "event.a", present()).await).await, []);
}

#[tokio::test]
async fn two_hundred_fields_are_learnt_and_no_more() {
    let (app, api) = TestApp::with_api().await;
    let hook = Hook::new(&app, &api, json!({})).await;
    let many =
        |from: usize, to: usize| -> Json { Json::Object((from..to).map(|n| (format!("f{n:04}"), n.into())).collect()) };
    hook.says(&api, many(0, 150)).await;
    hook.says(&api, many(100, 400)).await;
    let id = rule(&api, None, "event.f0001", json!({"is": "present"})).await;
    assert_eq!(fields(&api, &id).await.len(), 200);
    api.post(&format!("/rules/{id}/publish"), json!({})).await.good();
    hook.says(&api, json!({"f0001": 1, "f9999": 2})).await;
    let run = &runs(&api, &id).await[0];
    assert_eq!(text(run, "outcome"), "done");
}
