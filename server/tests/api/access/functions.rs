//! Every server function of the pages.

use super::World;
use crate::support::{Browser, Json, Reply, json, text};
use domain::access::Permission::{self, *};
use domain::access::Role;
use std::collections::BTreeSet;
use std::path::Path;

/// What is answered to another organisation's ids.
#[derive(PartialEq)]
enum Foreign {
    /// `not_found`, or nothing foreign can be named.
    NotFound,
    /// An empty list.
    Empty,
}
use Foreign::{Empty, NotFound};

/// A function: name, the right it needs, an input that would be accepted, and what strangers get. `{word}` stands for an id.
struct Function(&'static str, Permission, &'static str, Foreign);

/// Functions that take form fields instead of JSON.
const FORMS: [&str; 4] = ["me", "presence_set", "presence_seen", "presence_away"];

#[rustfmt::skip]
const FUNCTIONS: &[Function] = &[
    Function("me", OwnProfile, "", NotFound),
    Function("presence_set", OwnProfile, "presence=busy", NotFound),
    Function("presence_seen", OwnProfile, "looking=true", NotFound),
    Function("presence_away", OwnProfile, "", NotFound),
    Function("push_here", OwnProfile, r#"{"endpoint":null}"#, NotFound),
    Function("push_subscribe", OwnProfile, r#"{"input":{"endpoint":"https://push.example.net/1","p256dh":"BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4","auth":"BTBZMqHH6r4Tts7J_aSIgg"}}"#, NotFound),
    Function("push_keep", OwnProfile, r#"{"input":{"endpoint":"https://push.example.net/2","p256dh":"BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4","auth":"BTBZMqHH6r4Tts7J_aSIgg"},"before":"0198c0de-0000-7000-8000-000000000000"}"#, NotFound),
    Function("push_remove", OwnProfile, r#"{"id":"{device}"}"#, NotFound),
    Function("push_test", OwnProfile, r#"{"id":"{device}"}"#, NotFound),
    Function("profile_save", OwnProfile, r#"{"input":{"name":"Анна","language":"ru","notifications":{"sound":true,"mail_on_trouble":true}}}"#, NotFound),
    Function("profile_language", OwnProfile, r#"{"code":"ru"}"#, NotFound),
    Function("profile_password", OwnProfile, r#"{"current":"не тот","password":"синий кит 9"}"#, NotFound),
    Function("profile_confirm", OwnProfile, "{}", NotFound),
    Function("sessions_list", OwnProfile, "{}", NotFound),
    Function("sessions_end", OwnProfile, r#"{"id":"{session}"}"#, NotFound),
    Function("sessions_end_others", OwnProfile, "{}", NotFound),
    Function("palette_find", OwnProfile, r#"{"text":"заказ"}"#, NotFound),
    Function("home_dashboard", DashboardRead, "{}", NotFound),
    Function("chats_list", ChatsRead, r#"{"filter":{}}"#, NotFound),
    Function("chats_counts", ChatsRead, "{}", NotFound),
    Function("chats_thread", ChatsRead, r#"{"id":"{chat}"}"#, NotFound),
    Function("chats_back_to", ChatsRead, r#"{"id":"{chat}","shown":"{message}","wanted":"{message}"}"#, NotFound),
    Function("messages_find", ChatsRead, r#"{"query":{"q":"готов"}}"#, Empty),
    Function("chats_calls", ChatsRead, r#"{"since":0}"#, NotFound),
    Function("chats_older", ChatsRead, r#"{"id":"{chat}","cursor":"{message}"}"#, NotFound),
    Function("chats_send", ChatsWrite, r#"{"id":"{chat}","message":{"text":"Да"}}"#, NotFound),
    Function("chats_retry", ChatsWrite, r#"{"id":"{message}"}"#, NotFound),
    Function("chats_change", ChatsWrite, r#"{"id":"{chat}","change":{"do":"no_answer_needed"}}"#, NotFound),
    Function("chats_note", ChatsWrite, r#"{"id":"{chat}","note":{"text":"Уточнить цену","mentions":[]}}"#, NotFound),
    Function("chats_looking", ChatsRead, r#"{"id":"{chat}","typing":false}"#, NotFound),
    Function("chats_left", ChatsRead, r#"{"id":"{chat}"}"#, NotFound),
    Function("chats_later_plan", ChatsWrite, r#"{"id":"{chat}","later":{"message":{"text":"Напоминаем"},"send_at":{tomorrow}}}"#, NotFound),
    Function("chats_later_change", ChatsWrite, r#"{"id":"{later}","later":{"message":{"text":"Напоминаем"},"send_at":{tomorrow}}}"#, NotFound),
    Function("chats_later_cancel", ChatsWrite, r#"{"id":"{later}"}"#, NotFound),
    Function("chats_templates", ChatsRead, r#"{"id":"{connection}"}"#, Empty),
    Function("chats_members", MembersRead, "{}", NotFound),
    Function("canned_list", ChatsRead, "{}", NotFound),
    Function("canned_save", ChatsWrite, r#"{"id":"{canned}","reply":{"shortcut":"hello","title":"Привет","text":"Здравствуйте"}}"#, NotFound),
    Function("canned_delete", ChatsWrite, r#"{"id":"{canned}"}"#, NotFound),
    Function("contacts_list", ContactsRead, r#"{"filter":{}}"#, NotFound),
    Function("contacts_get", ContactsRead, r#"{"id":"{contact}"}"#, NotFound),
    Function("contacts_create", ContactsWrite, r#"{"contact":{"name":"Иван"}}"#, NotFound),
    Function("contacts_update", ContactsWrite, r#"{"id":"{contact}","contact":{"city":"Тверь"}}"#, NotFound),
    Function("contacts_fields", ContactsWrite, r#"{"id":"{contact}","values":{"fields":{}}}"#, NotFound),
    Function("contacts_duplicates", ContactsRead, r#"{"filter":{}}"#, NotFound),
    Function("contacts_duplicates_count", ContactsRead, "{}", NotFound),
    Function("contacts_differ", ContactsWrite, r#"{"pair":{"one_id":"{contact}","other_id":"{spare}","different":true}}"#, NotFound),
    Function("contacts_merge_preview", ContactsRead, r#"{"kept":"{contact}","gone":"{spare}"}"#, NotFound),
    Function("contacts_merge", ContactsWrite, r#"{"kept":"{contact}","merge":{"gone_id":"{spare}"}}"#, NotFound),
    Function("contacts_part", ContactsWrite, r#"{"id":"{merge}"}"#, NotFound),
    Function("contacts_timeline", ContactsRead, r#"{"id":"{contact}","filter":{}}"#, NotFound),
    Function("contacts_note_write", ContactsWrite, r#"{"id":"{contact}","note":{"text":"Перезвонить"}}"#, NotFound),
    Function("contacts_note_edit", ContactsWrite, r#"{"id":"{note}","note":{"text":"Перезвонить"}}"#, NotFound),
    Function("contacts_note_delete", ContactsWrite, r#"{"id":"{note}"}"#, NotFound),
    Function("contacts_tags", ContactsWrite, r#"{"id":"{contact}","tags":["Новый"]}"#, NotFound),
    Function("products_list", ProductsRead, r#"{"filter":{}}"#, NotFound),
    Function("products_get", ProductsRead, r#"{"id":"{product}"}"#, NotFound),
    Function("products_create", ProductsWrite, r#"{"product":{"name":"Плёнка","price_minor":50000}}"#, NotFound),
    Function("products_update", ProductsWrite, r#"{"id":"{product}","product":{"price_minor":60000}}"#, NotFound),
    Function("orders_list", OrdersRead, r#"{"filter":{}}"#, NotFound),
    Function("orders_board", OrdersRead, r#"{"filter":{}}"#, NotFound),
    Function("orders_get", OrdersRead, r#"{"id":"{order}"}"#, NotFound),
    Function("orders_create", OrdersWrite, r#"{"order":{"contact_id":"{contact}","items":[{"name":"Работа","price_minor":100}]}}"#, NotFound),
    Function("orders_change", OrdersWrite, r#"{"id":"{order}","change":{"title":"Другое"}}"#, NotFound),
    Function("orders_comment", OrdersWrite, r#"{"id":"{order}","text":"Позвонить"}"#, NotFound),
    Function("orders_attach", OrdersWrite, r#"{"id":"{order}","file":"{file}"}"#, NotFound),
    Function("orders_assignees", MembersRead, "{}", NotFound),
    Function("members_list", MembersRead, "{}", NotFound),
    Function("members_role", MembersManage, r#"{"user":"{seller}","role":"technician"}"#, NotFound),
    Function("members_presence", MembersRead, r#"{"user":"{seller}"}"#, Empty),
    Function("members_place", MembersManage, r#"{"user":"{seller}","place":{"visibility":"own","team":"","capacity":null}}"#, NotFound),
    Function("members_deactivate", MembersManage, r#"{"user":"{seller}","hand_over_to":null}"#, NotFound),
    Function("members_reactivate", MembersManage, r#"{"user":"{seller}"}"#, NotFound),
    Function("members_reset_factor", MembersManage, r#"{"user":"{seller}"}"#, NotFound),
    Function("profile_ways_in", OwnProfile, "{}", NotFound),
    Function("profile_unlink", OwnProfile, r#"{"id":"{way}"}"#, NotFound),
    Function("profile_second_factor", OwnProfile, "{}", NotFound),
    Function("organisation_factor", SettingsRead, "{}", NotFound),
    Function("organisation_require_factor", SettingsManage, r#"{"required":false}"#, NotFound),
    Function("invites_list", MembersManage, "{}", NotFound),
    Function("invites_create", MembersManage, r#"{"email":"new@sever.example","role":"seller"}"#, NotFound),
    Function("invites_revoke", MembersManage, r#"{"id":"{invite}"}"#, NotFound),
    Function("connections_list", ConnectionsRead, "{}", NotFound),
    Function("connections_providers", ConnectionsRead, "{}", NotFound),
    Function("connections_get", ConnectionsRead, r#"{"id":"{connection}"}"#, NotFound),
    Function("connections_create", ConnectionsManage, r#"{"connection":{"provider":"whatsapp","settings":{"phone_number_id":"5"}}}"#, NotFound),
    Function("connections_change", ConnectionsManage, r#"{"id":"{connection}","connection":{"provider":"whatsapp","name":"Другое","settings":{"phone_number_id":"5"}}}"#, NotFound),
    Function("connections_check", ConnectionsManage, r#"{"id":"{connection}"}"#, NotFound),
    Function("connections_switch", ConnectionsManage, r#"{"id":"{connection}","on":false}"#, NotFound),
    Function("connections_templates", ChatsRead, r#"{"id":"{connection}"}"#, Empty),
    Function("reviews_attention", ReviewsRead, "{}", NotFound),
    Function("invitations_list", ReviewsRead, r#"{"filter":{}}"#, NotFound),
    Function("invitations_get", ReviewsRead, r#"{"id":"{invitation}"}"#, NotFound),
    Function("invitations_retry", ReviewsWrite, r#"{"id":"{invitation}"}"#, NotFound),
    Function("stops_board", ConnectionsRead, "{}", NotFound),
    Function("stops_held", JournalRead, r#"{"filter":{}}"#, Empty),
    Function("stops_pull", JobsManage, r#"{"stop":{"scope":"all","target":"","why":""}}"#, NotFound),
    Function("stops_lift", JobsManage, r#"{"id":"{stop}","send":true}"#, NotFound),
    Function("stops_drop", JobsManage, r#"{"jobs":[]}"#, NotFound),
    Function("invitations_withdraw", ReviewsWrite, r#"{"id":"{invitation}"}"#, NotFound),
    Function("invitations_decide", ReviewsWrite, r#"{"id":"{invitation}","arrived":true}"#, NotFound),
    Function("reviews_list", ReviewsRead, r#"{"filter":{}}"#, NotFound),
    Function("reviews_get", ReviewsRead, r#"{"id":"{review}"}"#, NotFound),
    Function("reviews_answer", ReviewsWrite, r#"{"id":"{review}","text":"Спасибо"}"#, NotFound),
    Function("reviews_statistics", ReviewsRead, r#"{"days":7}"#, NotFound),
    Function("journal_list", JournalRead, r#"{"filter":{}}"#, NotFound),
    Function("journal_objects", JournalRead, r#"{"kind":"organisation","q":""}"#, Empty),
    Function("journal_whole", SettingsManage, "{}", NotFound),
    Function("journal_events", JournalRead, r#"{"filter":{}}"#, NotFound),
    Function("journal_event", JournalRead, r#"{"id":"{event}"}"#, NotFound),
    Function("journal_replay", JobsManage, r#"{"id":"{event}"}"#, NotFound),
    Function("journal_jobs", JournalRead, r#"{"filter":{}}"#, NotFound),
    Function("journal_job", JournalRead, r#"{"id":"{job}"}"#, NotFound),
    Function("journal_retry", JobsManage, r#"{"id":"{job}"}"#, NotFound),
    Function("journal_retry_dead", JobsManage, "{}", NotFound),
    Function("journal_cancel", JobsManage, r#"{"id":"{job}"}"#, NotFound),
    Function("journal_connections", ConnectionsRead, "{}", NotFound),
    Function("rules_list", RulesRead, "{}", NotFound),
    Function("rules_get", RulesRead, r#"{"id":"{rule}"}"#, NotFound),
    Function("rules_offer", RulesRead, "{}", NotFound),
    Function("rules_begin", RulesManage, r#"{"name":"Новое","recipe":null}"#, NotFound),
    Function("rules_edit", RulesManage, r#"{"id":"{rule}","change":{"name":"Другое"}}"#, NotFound),
    Function("rules_writes", RulesRead, r#"{"id":"{rule}","since":{"since":0}}"#, NotFound),
    Function("rules_undo", RulesManage, r#"{"id":"{rule}","since":{"since":0}}"#, NotFound),
    Function("rules_reach", RulesManage, r#"{"id":"{rule}"}"#, NotFound),
    Function("rules_publish", RulesManage, r#"{"id":"{rule}","how":{}}"#, NotFound),
    Function("rules_shift", RulesManage, r#"{"id":"{rule}","earlier":true}"#, NotFound),
    Function("rules_example", RulesManage, r#"{"id":"{rule}","example":{"occasion_id":"{occasion}","name":"Из жизни","fires":true}}"#, NotFound),
    Function("rules_forget_example", RulesManage, r#"{"id":"{rule}","example":"{example}"}"#, NotFound),
    Function("rules_release", RulesManage, r#"{"id":"{rule}","send":false}"#, NotFound),
    Function("replays_list", RulesRead, r#"{"id":"{rule}"}"#, NotFound),
    Function("replays_start", RulesManage, r#"{"id":"{rule}","days":7}"#, NotFound),
    Function("replays_cancel", RulesManage, r#"{"id":"{replay}"}"#, NotFound),
    Function("rules_recent", RulesRead, r#"{"event":"order.created"}"#, NotFound),
    Function("rules_facts", RulesRead, r#"{"object_id":"{order}","event":"order.created"}"#, NotFound),
    Function("runs_list", RulesRead, r#"{"filter":{}}"#, NotFound),
    Function("runs_get", RulesRead, r#"{"id":"{run}"}"#, NotFound),
    Function("runs_decide", RulesManage, r#"{"id":"{asking}","yes":true}"#, NotFound),
    Function("runs_retry", RulesManage, r#"{"id":"{failed}"}"#, NotFound),
    Function("runs_rerun", RulesManage, r#"{"id":"{run}"}"#, NotFound),
    Function("runs_retry_all", RulesManage, r#"{"filter":{}}"#, NotFound),
    Function("settings_get", SettingsRead, "{}", NotFound),
    Function("settings_health", SettingsRead, "{}", NotFound),
    Function("settings_save", SettingsManage, r#"{"input":{"name":"Другое","time_zone":"Europe/Moscow","currency":"RUB","settings":{},"rev":0}}"#, NotFound),
    Function("settings_address", OwnProfile, "{}", NotFound),
    Function("look_logo_remove", SettingsManage, "{}", NotFound),
    Function("look_domain", SettingsRead, "{}", NotFound),
    Function("look_domain_claim", SettingsManage, r#"{"host":"pult.sever.example"}"#, NotFound),
    Function("look_domain_check", SettingsManage, "{}", NotFound),
    Function("look_domain_remove", SettingsManage, "{}", NotFound),
    Function("keys_list", KeysManage, "{}", NotFound),
    Function("keys_create", KeysManage, r#"{"name":"Сайт","scopes":"orders:read","expires_at":null}"#, NotFound),
    Function("keys_revoke", KeysManage, r#"{"id":"{key}"}"#, NotFound),
];

impl Function {
    async fn call(&self, browser: &Browser, fill: impl Fn(&str) -> String) -> Reply {
        let input = fill(self.2);
        if FORMS.contains(&self.0) {
            let fields: Vec<_> = input.split('&').filter_map(|pair| pair.split_once('=')).collect();
            return browser.server_fn_form(self.0, &fields).await;
        }
        browser.server_fn(self.0, serde_json::from_str(&input).expect(self.0)).await
    }
}

/// A refusal of a server function: status and code.
#[track_caller]
fn refused(reply: &Reply, name: &str, status: u16, code: &str) {
    assert_eq!(reply.status, status, "{name}: {}", reply.text);
    assert_eq!(reply.json()["code"], code, "{name}: {}", reply.text);
}

/// The world with people in it, and one of everything only people have. Gives a browser of each role, the owner's first.
async fn peopled() -> (World, Vec<(Role, Browser)>) {
    let mut world = World::new().await;
    let owner = world.app.owner(&world.organisation).await;
    let made =
        owner.server_fn("invites_create", json!({"email": "later@sever.example", "role": "seller"})).await.good();
    world.ids.insert("invite", text(&made, "id").to_owned());
    let made = owner
        .server_fn("keys_create", json!({"name": "Сайт", "scopes": "orders:read", "expires_at": null}))
        .await
        .good();
    world.ids.insert("key", text(&made, "id").to_owned());
    let reply = json!({"shortcut": "bye", "title": "Пока", "text": "До свидания"});
    let made = owner.server_fn("canned_save", json!({"id": null, "reply": reply})).await.good();
    world.ids.insert("canned", made.as_str().unwrap().to_owned());
    let later = world.with_ids(r#"{"id":"{chat}","later":{"message":{"text":"Напоминаем"},"send_at":{tomorrow}}}"#);
    let planned = owner.server_fn("chats_later_plan", serde_json::from_str(&later).unwrap()).await.good();
    world.ids.insert("later", planned.as_str().unwrap().to_owned());
    let browser = json!({"endpoint": "https://push.example.net/owner", "p256dh": "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4", "auth": "BTBZMqHH6r4Tts7J_aSIgg"});
    owner.server_fn("push_subscribe", json!({"input": browser})).await.good();
    let here = owner.server_fn("push_here", json!({"endpoint": null})).await.good();
    world.ids.insert("device", text(&here["devices"][0], "id").to_owned());
    let sessions = owner.server_fn("sessions_list", json!({})).await.good();
    world.ids.insert("session", text(&sessions[0], "id").to_owned());
    // A way in of the owner's, as a service would have made it.
    let way = text(&sessions[0], "id");
    let owner_id = &world.organisation.owner_id;
    let row = format!("('google', '1', '{way}', '{owner_id}', 'anna@sever.example', 1, 1)");
    let columns = "provider, subject, id, user_id, label, created_at, used_at";
    world.app.database.run(&format!("INSERT INTO identities ({columns}) VALUES {row}")).await;
    world.ids.insert("way", way.to_owned());
    let uploaded = owner.upload("note.txt", b"words".to_vec()).await.good();
    world.ids.insert("file", text(&uploaded, "id").to_owned());
    let (_, seller) = world.member(&owner, Role::Seller, "one@sever.example").await;
    world.ids.insert("seller", seller);
    let mut people = vec![(Role::Owner, owner.clone())];
    for role in Role::ALL.iter().filter(|role| **role != Role::Owner) {
        people.push((*role, world.member(&owner, *role, &format!("{role}@sever.example")).await.0));
    }
    (world, people)
}

#[test]
fn the_table_holds_every_server_function() {
    fn collect(folder: &Path, names: &mut BTreeSet<String>) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                collect(&path, names);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let source = std::fs::read_to_string(&path).unwrap();
                for (place, _) in source.match_indices("#[server") {
                    let attribute = source[place..].split(']').next().unwrap();
                    let (_, rest) = attribute
                        .split_once("endpoint = \"")
                        .unwrap_or_else(|| panic!("{}: a server function without an endpoint", path.display()));
                    assert!(attribute.contains("prefix = \"/api/ui\""), "{}: {attribute}", path.display());
                    assert!(!attribute.contains("Get"), "{}: changes must not be a GET: {attribute}", path.display());
                    names.insert(rest.split('"').next().unwrap().to_owned());
                }
            }
        }
    }
    let mut written = BTreeSet::new();
    collect(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../app/src"), &mut written);
    let listed: BTreeSet<String> = FUNCTIONS.iter().map(|function| function.0.to_owned()).collect();
    assert_eq!(listed, written);
}

#[tokio::test]
async fn nobody_may_call_anything() {
    let (world, _people) = peopled().await;
    let before = world.snapshot().await;
    let mut forged = world.app.browser();
    forged.cookie = "pult=AAAAAAAAAAAAAAAAAAAAAA".into();
    for function in FUNCTIONS {
        for browser in [&world.app.browser(), &forged] {
            let reply = function.call(browser, |text| world.with_ids(text)).await;
            refused(&reply, function.0, 401, "unauthenticated");
        }
        // A key is for REST, not for pages.
        let request =
            world.app.http.post(format!("{}/api/ui/{}", world.app.base, function.0)).bearer_auth(&world.api.key);
        let kind = if FORMS.contains(&function.0) { "application/x-www-form-urlencoded" } else { "application/json" };
        let reply = Reply::of(request.header("content-type", kind).body(world.with_ids(function.2))).await;
        refused(&reply, function.0, 401, "unauthenticated");
        // Nor does an address alone do anything.
        let reply = Reply::of(world.app.http.get(format!("{}/api/ui/{}", world.app.base, function.0))).await;
        assert!(reply.status == 404 || reply.status == 405, "GET {}: {}", function.0, reply.status);
    }
    assert_eq!(world.snapshot().await, before);
}

#[tokio::test]
async fn each_role_may_do_what_the_table_of_rights_says() {
    let (world, members) = peopled().await;
    let before = world.snapshot().await;
    for function in FUNCTIONS {
        for (role, browser) in members.iter().filter(|(role, _)| !role.allows(function.1)) {
            let reply = function.call(browser, |text| world.with_ids(text)).await;
            assert_eq!(reply.status, 403, "{} as {role}: {}", function.0, reply.text);
            refused(&reply, function.0, 403, "forbidden");
        }
    }
    assert_eq!(world.snapshot().await, before, "something was changed without the right");
    for function in FUNCTIONS {
        for (role, browser) in members.iter().filter(|(role, _)| role.allows(function.1)) {
            // With ids of nothing: it is the right that is looked at, not the work.
            let reply = function.call(browser, |text| world.with_nothing(text)).await;
            let code = if reply.status < 400 { String::new() } else { text(&reply.json(), "code").to_owned() };
            assert!(reply.status < 500, "{} as {role}: {reply:?}", function.0);
            assert!(code != "forbidden" && code != "unauthenticated", "{} as {role}: {reply:?}", function.0);
        }
    }
}

#[tokio::test]
async fn another_organisation_cannot_tell_our_things_from_nothing() {
    let (world, _people) = peopled().await;
    let before = world.snapshot().await;
    let stranger = world.app.owner(&world.strange_organisation).await;
    for function in FUNCTIONS {
        if !function.2.contains("\"{") {
            continue;
        }
        let ours = function.call(&stranger, |text| world.with_ids(text)).await;
        let nothing = function.call(&stranger, |text| world.with_nothing(text)).await;
        assert_eq!((ours.status, &ours.text), (nothing.status, &nothing.text), "{}", function.0);
        match function.3 {
            NotFound => refused(&ours, function.0, 404, "not_found"),
            Empty => assert_eq!(ours.good(), json!([]), "{}", function.0),
        }
    }
    for function in
        FUNCTIONS.iter().filter(|function| !function.2.contains("\"{") && function.0 != "sessions_end_others")
    {
        let reply = function.call(&stranger, str::to_owned).await;
        for id in world.ids.values() {
            assert!(!reply.text.contains(id.as_str()), "{}: {}", function.0, reply.text);
        }
    }
    assert_eq!(world.snapshot().await, before);
    let me: Json = stranger.server_fn_form("me", &[]).await.good();
    assert_eq!(me["organisation"]["id"], world.strange_organisation.id.as_str());
}
