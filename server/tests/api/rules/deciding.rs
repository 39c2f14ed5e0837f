//! Runs that ask a member: who may decide, deciding twice, and what comes of it.

use super::{Refused, always, member, published, runs};
use crate::support::{Api, Json, TestApp, json, text};
use domain::access::Role;

fn ask(member: Option<&str>) -> Json {
    let say = |words: &str| json!([{"act": {"do": "comment", "text": words}}]);
    json!([{"act": {"do": "approve", "member": member, "minutes": 60, "otherwise_yes": false,
        "then": say("Согласовано"), "refused": say("Отказано")}}])
}

async fn order(api: &Api) -> String {
    let contact = text(&api.post("/contacts", json!({"name": "Анна"})).await.good(), "id").to_owned();
    let new = json!({"contact_id": contact, "items": [{"name": "Ремонт", "price_minor": 100}]});
    text(&api.post("/orders", new).await.good(), "id").to_owned()
}

async fn comments(api: &Api, order: &str) -> Vec<String> {
    let card = api.get(&format!("/orders/{order}")).await.good();
    card["comments"].as_array().unwrap().iter().map(|one| text(one, "text").to_owned()).collect()
}

#[tokio::test]
async fn whoever_manages_rules_decides_once_where_nobody_is_named() {
    let app = TestApp::start().await;
    let organisation = app.organisation("Север").await;
    let api = app.api(&organisation, "*").await;
    let owner = app.owner(&organisation).await;
    let (seller, _) = member(&app, &owner, Role::Seller, "seller@sever.example").await;
    let rule = published(&api, "Согласовать", "order.created", always(), ask(None)).await;
    let order = order(&api).await;
    let run = runs(&api, &rule).await.remove(0);
    assert_eq!(text(&run, "outcome"), "waiting");
    let id = text(&run, "id").to_owned();
    let decision = |yes: bool| json!({"id": id, "yes": yes});
    let seen = seller.server_fn("runs_get", json!({"id": id})).await.good();
    assert_eq!((seen["may_decide"].as_bool(), text(&seen, "waits_for")), (Some(false), "approval"));
    seller.server_fn("runs_decide", decision(true)).await.refused_with(403, "forbidden");
    let only_reads = app.api(&organisation, "rules:read").await;
    only_reads.post(&format!("/runs/{id}/decide"), json!({"yes": true})).await.refused(403, "forbidden");
    assert_eq!(comments(&api, &order).await, [""; 0]);
    let seen = owner.server_fn("runs_get", json!({"id": id})).await.good();
    assert_eq!(seen["may_decide"].as_bool(), Some(true));
    owner.server_fn("runs_decide", decision(true)).await.good();
    assert_eq!(comments(&api, &order).await, ["Согласовано"]);
    // The second one changes nothing, whatever it says.
    owner.server_fn("runs_decide", decision(false)).await.refused_with(409, "stale");
    api.post(&format!("/runs/{id}/decide"), json!({"yes": false})).await.refused(409, "stale");
    assert_eq!(comments(&api, &order).await, ["Согласовано"]);
    let run = runs(&api, &rule).await.remove(0);
    let steps = run["trace"]["steps"].as_array().unwrap();
    let told: Vec<_> = steps.iter().map(|step| (text(step, "act"), text(step, "result"))).collect();
    assert_eq!(told, [("approval", "waits"), ("decision", "yes"), ("comment", "done")]);
    assert_eq!((text(&run, "outcome"), text(&steps[1], "detail")), ("done", organisation.owner_id.as_str()));
}

#[tokio::test]
async fn the_named_member_decides_and_nobody_else() {
    let app = TestApp::start().await;
    let organisation = app.organisation("Север").await;
    let api = app.api(&organisation, "*").await;
    let owner = app.owner(&organisation).await;
    let (seller, seller_id) = member(&app, &owner, Role::Seller, "seller@sever.example").await;
    let (other, _) = member(&app, &owner, Role::Seller, "other@sever.example").await;
    let rule = published(&api, "Спросить", "order.created", always(), ask(Some(&seller_id))).await;
    let order = order(&api).await;
    let id = text(&runs(&api, &rule).await[0], "id").to_owned();
    for stranger in [&owner, &other] {
        stranger.server_fn("runs_decide", json!({"id": id, "yes": true})).await.refused_with(403, "forbidden");
    }
    api.post(&format!("/runs/{id}/decide"), json!({"yes": true})).await.refused(403, "forbidden");
    seller.server_fn("runs_decide", json!({"id": id, "yes": false})).await.good();
    assert_eq!(comments(&api, &order).await, ["Отказано"]);
}
