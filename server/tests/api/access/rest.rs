//! Every REST operation.

use super::{NOTHING, World};
use crate::support::{Api, Reply};
use domain::access::Permission::{self, *};
use reqwest::Method;
use std::collections::BTreeSet;

/// An operation: method, path below `/api/v1`, the one scope it needs, a body that would be accepted. `{word}` stands for
/// the id of such a thing.
struct Operation(&'static str, &'static str, Permission, &'static str);

#[rustfmt::skip]
const OPERATIONS: &[Operation] = &[
    Operation("GET", "/contacts", ContactsRead, ""),
    Operation("POST", "/contacts", ContactsWrite, r#"{"name":"Иван"}"#),
    Operation("GET", "/contacts/{contact}", ContactsRead, ""),
    Operation("PATCH", "/contacts/{contact}", ContactsWrite, r#"{"city":"Тверь"}"#),
    Operation("GET", "/chats", ChatsRead, ""),
    Operation("GET", "/messages?q=готов", ChatsRead, ""),
    Operation("GET", "/chats/{chat}", ChatsRead, ""),
    Operation("PATCH", "/chats/{chat}", ChatsWrite, r#"{"status":"closed"}"#),
    Operation("GET", "/chats/{chat}/messages", ChatsRead, ""),
    Operation("POST", "/chats/{chat}/notes", ChatsWrite, r#"{"text":"Уточнить цену"}"#),
    Operation("POST", "/chats/{chat}/messages", ChatsWrite, r#"{"text":"Здравствуйте"}"#),
    Operation("GET", "/products", ProductsRead, ""),
    Operation("POST", "/products", ProductsWrite, r#"{"name":"Плёнка","price_minor":50000}"#),
    Operation("GET", "/products/{product}", ProductsRead, ""),
    Operation("PATCH", "/products/{product}", ProductsWrite, r#"{"price_minor":60000}"#),
    Operation("GET", "/orders", OrdersRead, ""),
    Operation("POST", "/orders", OrdersWrite, r#"{"contact_id":"{contact}","items":[{"product_id":"{product}","quantity":2}]}"#),
    Operation("GET", "/orders/{order}", OrdersRead, ""),
    Operation("PATCH", "/orders/{order}", OrdersWrite, r#"{"status":"in_progress"}"#),
    Operation("POST", "/orders/{order}/comments", OrdersWrite, r#"{"text":"Позвонить"}"#),
    Operation("GET", "/connections", ConnectionsRead, ""),
    Operation("POST", "/connections", ConnectionsManage, r#"{"provider":"whatsapp","settings":{"phone_number_id":"5","waba_id":"6","app_id":"7","app_secret":"s","access_token":"t","base_url":"http://127.0.0.1:9"}}"#),
    Operation("GET", "/connections/{connection}", ConnectionsRead, ""),
    Operation("POST", "/connections/{connection}/check", ConnectionsManage, "{}"),
    Operation("GET", "/journal", JournalRead, ""),
    Operation("GET", "/events", JournalRead, ""),
    Operation("GET", "/events/{event}", JournalRead, ""),
    Operation("POST", "/events/{event}/replay", JobsManage, "{}"),
    Operation("GET", "/jobs", JournalRead, ""),
    Operation("GET", "/jobs/{job}", JournalRead, ""),
    Operation("POST", "/jobs/{job}/retry", JobsManage, "{}"),
    Operation("POST", "/jobs/{job}/cancel", JobsManage, "{}"),
    Operation("GET", "/stops", ConnectionsRead, ""),
    Operation("POST", "/stops", JobsManage, r#"{"scope":"all","why":"Проверка"}"#),
    Operation("GET", "/stops/held", JournalRead, ""),
    Operation("POST", "/stops/held/drop", JobsManage, r#"{"jobs":[]}"#),
    Operation("POST", "/stops/{stop}/lift", JobsManage, r#"{"send":true}"#),
    Operation("GET", "/rules", RulesRead, ""),
    Operation("POST", "/rules", RulesManage, r#"{"name":"Ещё одно","draft":{"v":1,"trigger":{"event":"order.created"},"when":{"is":"all","of":[]},"then":[]}}"#),
    Operation("GET", "/rules/{rule}", RulesRead, ""),
    Operation("PATCH", "/rules/{rule}", RulesManage, r#"{"state":"off"}"#),
    Operation("POST", "/rules/{rule}/publish", RulesManage, "{}"),
    Operation("POST", "/rules/{rule}/test", RulesRead, r#"{"object_id":"{order}"}"#),
    Operation("GET", "/rules/{rule}/runs", RulesRead, ""),
    Operation("GET", "/runs", RulesRead, ""),
    Operation("GET", "/runs/{run}", RulesRead, ""),
    Operation("POST", "/rules/{rule}/examples", RulesManage, r#"{"occasion_id":"{occasion}","name":"Из жизни","fires":true}"#),
    Operation("DELETE", "/rules/{rule}/examples/{example}", RulesManage, ""),
    Operation("GET", "/rules/{rule}/writes", RulesRead, ""),
    Operation("POST", "/rules/{rule}/undo", RulesManage, r#"{"since":0}"#),
    Operation("POST", "/rules/{rule}/release", RulesManage, r#"{"send":false}"#),
    Operation("GET", "/rules/{rule}/replays", RulesRead, ""),
    Operation("POST", "/rules/{rule}/replays", RulesManage, r#"{"days":7}"#),
    Operation("GET", "/replays/{replay}", RulesRead, ""),
    Operation("POST", "/replays/{replay}/cancel", RulesManage, "{}"),
    Operation("GET", "/contact-fields", ContactsRead, ""),
    Operation("GET", "/contacts/{contact}/fields", ContactsRead, ""),
    Operation("PATCH", "/contacts/{contact}/fields", ContactsWrite, r#"{"fields":{}}"#),
    Operation("GET", "/contacts/{contact}/tags", ContactsRead, ""),
    Operation("PUT", "/contacts/{contact}/tags", ContactsWrite, r#"{"tags":["Постоянный"]}"#),
    Operation("GET", "/contact-duplicates", ContactsRead, ""),
    Operation("POST", "/contact-duplicates/decide", ContactsWrite, r#"{"one_id":"{contact}","other_id":"{spare}","different":true}"#),
    Operation("GET", "/contacts/{contact}/merge?gone_id={spare}", ContactsRead, ""),
    Operation("POST", "/contacts/{contact}/merge", ContactsWrite, r#"{"gone_id":"{spare}"}"#),
    Operation("GET", "/contacts/{contact}/merges", ContactsRead, ""),
    Operation("POST", "/contact-merges/{merge}/undo", ContactsWrite, "{}"),
    Operation("GET", "/contacts/{contact}/timeline", ContactsRead, ""),
    Operation("GET", "/contacts/{contact}/notes", ContactsRead, ""),
    Operation("POST", "/contacts/{contact}/notes", ContactsWrite, r#"{"text":"Перезвонить"}"#),
    Operation("GET", "/contact-notes/{note}", ContactsRead, ""),
    Operation("PATCH", "/contact-notes/{note}", ContactsWrite, r#"{"text":"Перезвонить завтра"}"#),
    Operation("DELETE", "/contact-notes/{note}", ContactsWrite, ""),
    Operation("GET", "/invitations", ReviewsRead, ""),
    Operation("GET", "/invitations/statistics", ReviewsRead, ""),
    Operation("GET", "/invitations/{invitation}", ReviewsRead, ""),
    Operation("POST", "/invitations/{invitation}/retry", ReviewsWrite, "{}"),
    Operation("POST", "/invitations/{invitation}/withdraw", ReviewsWrite, "{}"),
    Operation("POST", "/invitations/{invitation}/decide", ReviewsWrite, r#"{"arrived":true}"#),
    Operation("GET", "/reviews", ReviewsRead, ""),
    Operation("GET", "/reviews/{review}", ReviewsRead, ""),
    Operation("POST", "/reviews/{review}/answer", ReviewsWrite, r#"{"text":"Спасибо"}"#),
    Operation("POST", "/runs/{asking}/decide", RulesManage, r#"{"yes":true}"#),
    Operation("POST", "/runs/{failed}/retry", RulesManage, "{}"),
    Operation("POST", "/runs/retry", RulesManage, "{}"),
    Operation("POST", "/runs/{run}/rerun", RulesManage, "{}"),
    Operation("GET", "/members", MembersRead, ""),
    Operation("GET", "/members/{member}", MembersRead, ""),
    Operation("PATCH", "/members/{member}", MembersManage, r#"{"visibility":"all","team":"Север","capacity":5}"#),
];

impl Operation {
    fn name(&self) -> String {
        format!("{} {}", self.0, self.1)
    }
    /// Calls it with the ids put in by `fill`.
    async fn call(&self, api: &Api, fill: impl Fn(&str) -> String) -> Reply {
        let method = Method::from_bytes(self.0.as_bytes()).unwrap();
        let request = api.request(method, &fill(self.1));
        let request = if self.3.is_empty() {
            request
        } else {
            request.header("content-type", "application/json").body(fill(self.3))
        };
        Reply::of(request).await
    }
}

fn all_scopes_but(left_out: Permission) -> String {
    let scopes = Permission::ALL.iter().filter(|scope| **scope != left_out && **scope != OwnProfile);
    scopes.map(|scope| scope.as_str()).collect::<Vec<_>>().join(",")
}

#[tokio::test]
async fn the_table_holds_every_operation_of_the_document() {
    let world = World::new().await;
    let document = world.app.visit("/api/v1/openapi.json").await.good();
    let plain = |path: &str| {
        let hole = |part: &str| if part.starts_with('{') { "{}".to_owned() } else { part.to_owned() };
        // What stands behind the question mark is no part of the path.
        path.split('?').next().unwrap_or_default().split('/').map(hole).collect::<Vec<_>>().join("/")
    };
    let mut documented = BTreeSet::new();
    for (path, methods) in document["paths"].as_object().unwrap() {
        let path = path.strip_prefix("/api/v1").expect("all paths are below /api/v1");
        documented.extend(
            methods.as_object().unwrap().keys().map(|method| format!("{} {}", method.to_uppercase(), plain(path))),
        );
    }
    let listed: BTreeSet<_> =
        OPERATIONS.iter().map(|operation| format!("{} {}", operation.0, plain(operation.1))).collect();
    assert_eq!(listed, documented);
}

#[tokio::test]
async fn nobody_may_do_anything() {
    let world = World::new().await;
    let before = world.snapshot().await;
    let almost = format!("{}x", world.api.key);
    for operation in OPERATIONS {
        for key in ["", "nonsense", "pult_nonsense", &almost] {
            operation.call(&world.api.with_key(key), |text| world.with_ids(text)).await.refused(401, "unauthenticated");
        }
    }
    for header in ["Bearer", "Bearer ", "Basic b3duZXI6c2VjcmV0", &world.api.key, &format!("bearer: {}", world.api.key)]
    {
        let request = world.app.http.get(format!("{}/api/v1/contacts", world.app.base)).header("authorization", header);
        Reply::of(request).await.refused(401, "unauthenticated");
    }
    // Not in the address either: addresses are written to logs.
    let query = format!("/api/v1/contacts?key={0}&access_token={0}", world.api.key);
    world.app.visit(&query).await.refused(401, "unauthenticated");
    assert_eq!(world.snapshot().await, before);
}

#[tokio::test]
async fn every_scope_but_the_right_one_is_not_enough_and_the_right_one_is() {
    let world = World::new().await;
    let before = world.snapshot().await;
    let needed: BTreeSet<Permission> = OPERATIONS.iter().map(|operation| operation.2).collect();
    for scope in &needed {
        let without = world.app.api(&world.organisation, &all_scopes_but(*scope)).await;
        for operation in OPERATIONS.iter().filter(|operation| operation.2 == *scope) {
            let problem = operation.call(&without, |text| world.with_ids(text)).await.refused(403, "forbidden");
            assert_eq!(problem["args"]["permission"], scope.as_str(), "{}", operation.name());
            // Whether the thing is there makes no difference to those who may not ask.
            operation.call(&without, |text| world.with_nothing(text)).await.refused(403, "forbidden");
        }
    }
    assert_eq!(world.snapshot().await, before, "something was changed without the right");
    for scope in &needed {
        let only = world.app.api(&world.organisation, scope.as_str()).await;
        for operation in OPERATIONS.iter().filter(|operation| operation.2 == *scope) {
            let reply = operation.call(&only, |text| world.with_ids(text)).await;
            // The second operation on a job or an invitation finds what the first has done, and of this rule nothing is held.
            let over = ["/jobs", "/invitations", "/rules/{rule}/release"];
            let late = reply.status == 409 && over.iter().any(|path| operation.1.starts_with(path));
            let good = (200..300).contains(&reply.status) || late;
            assert!(good, "{}: {reply:?}", operation.name());
        }
    }
}

#[tokio::test]
async fn another_organisation_cannot_tell_our_things_from_nothing() {
    let world = World::new().await;
    let before = world.snapshot().await;
    for operation in OPERATIONS {
        if !operation.1.contains('{') {
            continue;
        }
        let ours = operation.call(&world.stranger, |text| world.with_ids(text)).await;
        let nothing = operation.call(&world.stranger, |text| world.with_nothing(text)).await;
        ours.refused(404, "not_found");
        assert_eq!((ours.text, ours.status), (nothing.text, nothing.status), "{}", operation.name());
        // What is no id at all leads nowhere, too.
        let nonsense = operation.1.split('{').next().unwrap().to_owned() + "%27%20OR%201=1--";
        Reply::of(world.stranger.request(Method::GET, &nonsense)).await.refused(404, "not_found");
    }
    for operation in OPERATIONS.iter().filter(|operation| operation.0 == "GET" && !operation.1.contains('{')) {
        let list = operation.call(&world.stranger, str::to_owned).await;
        for id in world.ids.values() {
            assert!(!list.text.contains(id.as_str()), "{}: {}", operation.name(), list.text);
        }
    }
    assert_eq!(world.snapshot().await, before);
}

#[tokio::test]
async fn a_key_ends_where_its_organisation_ends() {
    let world = World::new().await;
    let theirs =
        world.stranger.post("/contacts", serde_json::json!({"name": "Чужой", "phone": "+79990000001"})).await.good();
    // The same phone is no conflict next door.
    world.api.post("/contacts", serde_json::json!({"name": "Наш", "phone": "+79990000001"})).await.good();
    world.api.get(&format!("/contacts/{}", theirs["id"].as_str().unwrap())).await.refused(404, "not_found");
    let found = world.api.get("/contacts?q=79990000001").await.good();
    assert_eq!(found["items"].as_array().unwrap().len(), 1);
    assert_eq!(found["items"][0]["name"], "Наш");
    assert_ne!(theirs["id"], NOTHING);
}
