//! «Заявка с сайта → клиент и заказ», and saving a client in general.

use super::*;
use crate::rules::test;

fn always() -> Json {
    json!({"is": "all", "of": []})
}

fn save(name: &str, phone: &str, email: &str) -> Json {
    json!({"act": {"do": "save_contact", "name": name, "phone": phone, "email": email}})
}

#[tokio::test]
async fn the_recipe_makes_a_client_and_an_order_once() {
    let app = TestApp::start().await;
    let organisation = app.organisation("Север").await;
    let api = app.api(&organisation, "*").await;
    let owner = app.owner(&organisation).await;
    let hook = Hook::new(&app, &api, json!({})).await;
    let rule = owner.server_fn("rules_begin", json!({"name": "Заявка", "recipe": "webhook_order"})).await.good();
    let rule = rule.as_str().unwrap().to_owned();
    // Before anything has come nobody knows what the form calls its fields: the blocks say so.
    api.post(&format!("/rules/{rule}/publish"), json!({})).await.refused(422, "rule_invalid");
    let card = api.get(&format!("/rules/{rule}")).await.good();
    let places: Vec<_> =
        card["problems"].as_array().unwrap().iter().map(|one| (text(one, "at"), text(one, "what"))).collect();
    let expected = [
        ("then/0", "event.name"),
        ("then/0", "event.phone"),
        ("then/0", "event.email"),
        ("then/1", "event.form"),
        ("then/1", "event.comment"),
    ];
    assert_eq!(places, expected);
    let form = [
        ("form", "Обратный звонок"),
        ("name", "Анна"),
        ("phone", "8 (916) 123-45-67"),
        ("email", "anna@example.org"),
        ("comment", "Позвоните после 18:00"),
    ];
    hook.submits(&api, &form).await;
    assert!(items(&api.get("/contacts").await.good()).is_empty(), "a posted form makes no client by itself");
    api.post(&format!("/rules/{rule}/publish"), json!({})).await.good();

    let second = [form[0], form[1], ("phone", "+79161234567"), ("comment", "Срочно")];
    hook.submits(&api, &second).await;
    hook.submits(&api, &second).await;
    let contacts = api.all("/contacts", 50).await;
    assert_eq!(contacts.len(), 1, "{contacts:?}");
    assert_eq!((text(&contacts[0], "name"), text(&contacts[0], "phone")), ("Анна", "+79161234567"));
    let orders = api.all("/orders", 50).await;
    assert_eq!(orders.len(), 1, "{orders:?}");
    assert_eq!(text(&orders[0], "title"), "Обратный звонок: Срочно");
    assert_eq!(orders[0]["contact_id"], contacts[0]["id"]);

    let runs = runs(&api, &rule).await;
    assert_eq!(runs.len(), 1);
    assert_eq!((text(&runs[0], "outcome"), text(&runs[0], "object_kind")), ("done", "webhook"));
    assert_eq!(runs[0]["contact_id"], contacts[0]["id"], "the run is about the client it saved");
    let steps = runs[0]["trace"]["steps"].as_array().unwrap();
    assert_eq!((text(&steps[0], "act"), text(&steps[0], "detail")), ("save_contact", "Анна, +79161234567"));
    assert_eq!(steps[0]["made"], json!(["contact", contacts[0]["id"]]));
    assert_eq!((text(&steps[1], "act"), &steps[1]["made"][0]), ("create_order", &json!("order")));

    // The same phone another time: the same client, who has got an e-mail by now.
    hook.submits(&api, &[("name", "Аня"), ("phone", "9161234567"), ("email", "Anna@Example.org")]).await;
    let contacts = api.all("/contacts", 50).await;
    assert_eq!(
        (contacts.len(), text(&contacts[0], "name"), text(&contacts[0], "email")),
        (1, "Анна", "Anna@Example.org")
    );
    assert_eq!(api.all("/orders", 50).await.len(), 2);
    // Only the e-mail: still the same.
    hook.submits(&api, &[("email", "anna@example.org"), ("comment", "Ещё")]).await;
    assert_eq!((api.all("/contacts", 50).await.len(), api.all("/orders", 50).await.len()), (1, 3));
}

#[tokio::test]
async fn later_steps_know_the_client_as_they_are() {
    let (app, api) = TestApp::with_api().await;
    let hook = Hook::new(&app, &api, json!({})).await;
    api.post("/contacts", json!({"name": "Анна Петрова", "phone": "+79161234567"})).await.good();
    hook.says(&api, json!({"who": "Аня", "tel": "none"})).await;
    let vip = test("contact.tags", json!({"is": "has", "value": "сайт"}));
    let then = json!([
        save("{{event.who}}", "{{event.tel}}", ""),
        {"act": {"do": "add_tag", "tag": "сайт"}},
        {"act": {"do": "branch", "when": vip,
            "then": [{"act": {"do": "stop"}}],
            "otherwise": [{"act": {"do": "create_order", "title": "{{contact.name}} ({{event.who}})"}}]}},
    ]);
    let rule = published(&api, "Сайт", "webhook.received", always(), then).await;
    hook.says(&api, json!({"who": "Аня", "tel": "8 916 123-45-67"})).await;
    let run = &runs(&api, &rule).await[0];
    assert_eq!(text(run, "outcome"), "done", "{run}");
    let orders = api.all("/orders", 50).await;
    assert_eq!(text(&orders[0], "title"), "Анна Петрова (Аня)", "the name somebody typed stays");
    let acts: Vec<_> = run["trace"]["steps"].as_array().unwrap().iter().map(|step| text(step, "act")).collect();
    assert_eq!(
        acts,
        ["save_contact", "branch", "add_tag", "create_order"],
        "the branch is decided with the client known"
    );
    // A new client has at least what was said of them.
    hook.says(&api, json!({"who": "Борис", "tel": "+375 29 123-45-67"})).await;
    assert_eq!(text(&api.all("/orders", 50).await[0], "title"), "Борис (Борис)");
}

#[tokio::test]
async fn nobody_is_made_of_a_name_alone() {
    let (app, api) = TestApp::with_api().await;
    let hook = Hook::new(&app, &api, json!({})).await;
    hook.says(&api, json!({"name": "?", "tel": "?", "mail": "?"})).await;
    let then = json!([save("{{event.name}}", "{{event.tel}}", "{{event.mail | default: }}"), {"act": {"do": "create_order", "title": "Заявка"}}]);
    let rule = published(&api, "Сайт", "webhook.received", always(), then).await;
    hook.says(&api, json!({"name": "Анна", "tel": "позвоните", "mail": "не скажу"})).await;
    let run = &runs(&api, &rule).await[0];
    assert_eq!((text(run, "outcome"), text(run, "note")), ("failed", "nobody_named"));
    assert!(items(&api.get("/contacts").await.good()).is_empty() && items(&api.get("/orders").await.good()).is_empty());
    // Trying again fails again and makes nothing either.
    let again = api.post(&format!("/runs/{}/retry", text(run, "id")), json!({})).await.good();
    assert_eq!(text(&again, "outcome"), "failed");
    assert!(items(&api.get("/contacts").await.good()).is_empty());
    // One good address is enough.
    hook.says(&api, json!({"name": "Анна", "tel": "позвоните", "mail": "anna@example.org"})).await;
    assert_eq!((api.all("/contacts", 50).await.len(), api.all("/orders", 50).await.len()), (1, 1));
}

#[tokio::test]
async fn what_would_happen_is_said_without_doing_it() {
    let (app, api) = TestApp::with_api().await;
    let hook = Hook::new(&app, &api, json!({})).await;
    hook.says(&api, json!({"name": "Анна", "phone": "89161234567"})).await;
    let then = json!([save("{{event.name}}", "{{event.phone}}", ""), {"act": {"do": "create_order", "title": "Для {{contact.name}}"}}]);
    let draft = json!({"v": 1, "trigger": {"event": "webhook.received"}, "when": always(), "then": then});
    let id = text(&api.post("/rules", json!({"name": "Сайт", "draft": draft})).await.good(), "id").to_owned();
    api.post(&format!("/rules/{id}/publish"), json!({})).await.good();
    api.patch(&format!("/rules/{id}"), json!({"state": "shadow"})).await.good();
    hook.says(&api, json!({"name": "Борис", "phone": "89161234568"})).await;
    let run = &runs(&api, &id).await[0];
    let steps: Vec<_> = run["trace"]["steps"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (text(one, "result"), text(one, "detail")))
        .collect();
    assert_eq!(steps, [("would", "Борис, 89161234568"), ("would", "Для Борис")]);
    // The time machine says the same of what was recorded before the rule was.
    let replay = api.post(&format!("/rules/{id}/replays"), json!({"days": 1})).await.good();
    let path = format!("/replays/{}", text(&replay, "id"));
    let done = crate::support::eventually("the replay is done", async || {
        let replay = api.get(&path).await.good();
        (text(&replay, "state") == "done").then_some(replay)
    })
    .await;
    let acts: Vec<&Json> = done["report"]["rows"].as_array().unwrap().iter().map(|row| &row["after"]["acts"]).collect();
    assert!(acts.contains(&&json!(["save_contact: Анна, 89161234567", "create_order: Для Анна"])), "{done}");
    assert!(items(&api.get("/contacts").await.good()).is_empty());
}
