//! `pult audit verify`: a journal nobody touched is whole; whoever writes past the program is found, line by line.

use crate::support::{Api, Json, Organisation, TestApp, eventually, items, json, text};

/// An installation with three clients, whose journal is sealed.
async fn sealed() -> (TestApp, Api, Organisation) {
    let app = TestApp::start().await;
    let organisation = app.organisation("Север").await;
    let api = app.api(&organisation, "*").await;
    for name in ["Марина", "Олег", "Вера"] {
        api.post("/contacts", json!({"name": name})).await.good();
    }
    all_sealed(&app, &api).await;
    (app, api, organisation)
}

/// Waits until every line has its seal; answers what the check says.
async fn all_sealed(app: &TestApp, api: &Api) -> Json {
    let lines = items(&api.get("/journal?limit=100").await.good()).len();
    eventually("every line is sealed", async || {
        let check = app.cli(&["audit", "verify", "--json"]).await.json();
        assert_eq!(check["whole"], true, "{check}");
        (check["organisations"][0]["lines"] == lines).then_some(check)
    })
    .await
}

#[tokio::test]
async fn an_untouched_journal_is_whole_for_people_and_programs() {
    let (app, api, organisation) = sealed().await;
    let check = all_sealed(&app, &api).await["organisations"][0].clone();
    assert_eq!((text(&check, "organisation_id"), &check["found"]), (organisation.id.as_str(), &json!(0)));
    let end = format!("{}:{}", check["position"], text(&check, "hash"));
    let ran = app.cli(&["audit", "verify", "--organisation", &organisation.id, "--expect", &end]).await;
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(ran.out.contains("whole") && ran.out.contains(&end), "{ran:?}");
    let elsewhere = format!("{}:{}", check["position"], "0".repeat(64));
    let ran = app.cli(&["audit", "verify", "--organisation", &organisation.id, "--expect", &elsewhere]).await;
    assert_eq!(ran.code, 1, "{ran:?}");
    let owner = app.owner(&organisation).await;
    let shown = owner.server_fn("journal_whole", json!({})).await.good();
    assert!(shown["found"] == 0 && shown["lines"].as_i64() >= check["lines"].as_i64(), "{shown}");
}

#[tokio::test]
async fn whoever_writes_past_the_program_is_found() {
    let (app, api, organisation) = sealed().await;
    let lines = api.get("/journal?object_kind=contact").await.good();
    let id = |n: usize| text(&items(&lines)[n], "id").to_owned();
    app.database.run(&format!("UPDATE journal SET args = '{{\"name\": \"Никто\"}}' WHERE id = '{}'", id(0))).await;
    app.database.run(&format!("DELETE FROM journal WHERE id = '{}'", id(1))).await;
    app.database.run(&format!("UPDATE journal_seals SET hash = content WHERE journal_id = '{}'", id(2))).await;
    let ran = app.cli(&["audit", "verify", "--json"]).await;
    assert_eq!(ran.code, 1, "{ran:?}");
    let check: Json = serde_json::from_str(&ran.out).unwrap();
    assert_eq!((&check["whole"], &check["organisations"][0]["found"]), (&json!(false), &json!(3)));
    let faults = check["organisations"][0]["faults"].as_array().unwrap();
    let found: Vec<_> = faults.iter().map(|it| (text(it, "kind"), text(it, "journal_id").to_owned())).collect();
    assert_eq!(found, [("rewritten", id(2)), ("removed", id(1)), ("changed", id(0))]);
    // People read the same, and one clear line says that it failed.
    let ran = app.cli(&["audit", "verify"]).await;
    assert!(ran.code == 1 && ran.out.contains("NOT WHOLE") && ran.out.contains(&id(1)), "{ran:?}");
    assert!(ran.err.lines().last().is_some_and(|line| line.starts_with("pult: the journal")), "{ran:?}");
    let shown = app.owner(&organisation).await.server_fn("journal_whole", json!({})).await.good();
    assert_eq!(shown["found"], 3);
}

#[tokio::test]
async fn two_nodes_make_one_chain() {
    let (app, api, _) = sealed().await;
    let _second = app.second_node().await;
    for n in 0..30 {
        api.post("/contacts", json!({"name": format!("Клиент {n}")})).await.good();
    }
    let check = all_sealed(&app, &api).await;
    assert_eq!(check["organisations"][0]["position"], check["organisations"][0]["lines"]);
}

#[tokio::test]
async fn lines_are_found_by_who_what_and_which_rule() {
    let (app, api, organisation) = sealed().await;
    let rule = json!({"name": "Метка", "draft": {"v": 1, "trigger": {"event": "order.created"}, "when": {"is": "all", "of": []},
        "then": [{"act": {"do": "add_tag", "tag": "Покупатель"}}]}});
    let rule = api.post("/rules", rule).await.good();
    let rule = text(&rule, "id").to_owned();
    api.post(&format!("/rules/{rule}/publish"), json!({})).await.good();
    let client = text(&items(&api.get("/contacts").await.good())[0], "id").to_owned();
    let order = json!({"contact_id": client, "items": [{"name": "Работа", "price_minor": 100}]});
    api.post("/orders", order).await.good();
    let codes = async |query: &str| -> Vec<String> {
        let lines = api.get(&format!("/journal?{query}")).await.good();
        items(&lines).iter().map(|line| text(line, "code").to_owned()).collect()
    };
    let of_rule = eventually("the rule has acted", async || {
        Some(codes(&format!("rule_id={rule}")).await).filter(|codes| codes.len() > 2)
    })
    .await;
    assert_eq!(of_rule, ["contact_tagged", "rule_published", "rule_created"]);
    assert_eq!(codes(&format!("object_kind=contact&object_id={client}")).await, ["contact_tagged", "contact_created"]);
    let owner = app.owner(&organisation).await;
    owner.server_fn("contacts_update", json!({"id": client, "contact": {"city": "Тверь"}})).await.good();
    let of_owner = codes(&format!("actor_id={}&object_kind=contact", organisation.owner_id)).await;
    assert_eq!(of_owner, ["contact_changed"]);
    let line = api.get(&format!("/journal?object_id={client}&limit=1")).await.good();
    assert_eq!(items(&line)[0]["args"]["changes"], json!([{"field": "city", "from": "", "to": "Тверь"}]));
    let found = owner.server_fn("journal_objects", json!({"kind": "rule", "q": "мет"})).await.good();
    assert_eq!(found, json!([{"id": rule, "name": "Метка"}]));
}

#[tokio::test]
async fn of_a_secret_only_the_change_is_told() {
    let app = TestApp::start().await;
    let organisation = app.organisation("Север").await;
    let api = app.api(&organisation, "*").await;
    let settings = json!({"phone_number_id": "5", "waba_id": "6", "app_id": "7", "app_secret": "s", "access_token": "прежний",
        "base_url": "http://127.0.0.1:9"});
    let made =
        api.post("/connections", json!({"provider": "whatsapp", "name": "Было", "settings": settings})).await.good();
    let change =
        json!({"provider": "whatsapp", "name": "Стало", "settings": {"phone_number_id": "8", "access_token": "новый"}});
    let owner = app.owner(&organisation).await;
    let input = json!({"id": made["connection"]["id"], "connection": change});
    owner.server_fn("connections_change", input).await.good();
    let lines = api.get("/journal?object_kind=connection").await.good();
    let line = items(&lines).iter().find(|line| line["code"] == "connection_changed").unwrap();
    let changes = line["args"]["changes"].as_array().unwrap();
    for told in [
        json!({"field": "name", "from": "Было", "to": "Стало"}),
        json!({"field": "settings.phone_number_id", "from": "5", "to": "8"}),
        json!({"field": "settings.access_token", "from": "•••", "to": "•••"}),
    ] {
        assert!(changes.contains(&told), "{told} is not in {changes:?}");
    }
    assert!(!line.to_string().contains("прежний") && !line.to_string().contains("новый"), "{line}");
}
