//! From a closed conversation to everything rules want to know, whatever happens on the way.

use super::{Stage, understood};
use crate::{Fail, LimitScope, Rejection};
use domain::channel::ChannelEvent;
use serde_json::{Value as Json, json};

#[tokio::test]
async fn a_closed_conversation_becomes_a_known_customer() {
    let stage = Stage::connected().await;
    let order = json!({"email": "anna@example.com", "name": "Анна", "phone": "+79990000003", "locale": "ru",
        "external_id": "70", "rating": 5, "tags": ["VIP"], "admin": "Ольга", "unsubscribed": true});
    let done = stage.ask("close", order).await;
    let event = stage.events().pop().expect("an event");
    let fields = stage.completed(&event).await;
    let expected = json!({
        "conversation_id": done["conversation"], "contact_id": done["contact"], "state": "closed",
        "source_type": "conversation", "tags": ["VIP"], "rating": 5, "ticket": false, "ai_agent": false,
        "closed_by": "admin", "admin_id": "991267715", "admin_name": "Ольга", "external_id": "70",
        "link": format!("https://app.example.com/conversations/{}", done["conversation"].as_str().expect("an id")),
        "email": "anna@example.com", "name": "Анна", "role": "user", "phone": "+79990000003", "locale": "ru",
        "hard_bounced": false, "unsubscribed": true, "spam": false,
    });
    assert_eq!(Json::Object(fields), expected);
    let facts = stage.act("check", json!({})).await.expect("checked");
    assert_eq!((&facts["app_name"], &facts["admin_name"]), (&json!("Мастерская «Север»"), &json!("Ольга")));
}

#[tokio::test]
async fn a_merged_contact_is_found_in_every_version() {
    let stage = Stage::connected().await;
    let order = json!({"role": "lead", "name": "Анна", "email": "anna@example.com"});
    let done = stage.ask("close", order).await;
    let heir = stage.ask("contact", json!({"name": "Анна Петрова", "external_id": "70"})).await["contact"].clone();
    stage.ask("merge", json!({"from": done["contact"], "into": heir})).await;
    stage.ask("contact", json!({"contact": heir, "email": "anna@example.com"})).await;
    let event = stage.events().into_iter().find(|event| event.kind == "conversation_closed").expect("a closing");
    let ChannelEvent::Happened { lookup: Some(lookup), .. } = understood(&event) else { panic!("{event:?}") };
    // 404 and a search, 410 with a link, the heir at once.
    for (version, survivor, calls) in [("2.14", false, 2), ("2.16", false, 2), ("2.14", true, 1)] {
        stage.ask("settings", json!({"survivor": survivor})).await;
        let before = stage.sim.calls().len();
        let settings = stage.settings_with("version", version);
        let got = stage.act_with("contact", lookup.input.clone(), &settings).await.expect("a contact");
        assert_eq!(
            (&got["fields"]["contact_id"], &got["fields"]["name"]),
            (&heir, &json!("Анна Петрова")),
            "{version}"
        );
        assert_eq!(stage.sim.calls().len() - before, calls, "{version}");
    }
    stage.ask("settings", json!({"survivor": false, "search_delay_ms": 60_000})).await;
    let young = stage.act("contact", lookup.input.clone()).await;
    assert!(matches!(young, Err(Fail::Rejected { reason: Rejection::Unreachable, .. })), "{young:?}");
    let wrong = stage.act_with("contact", lookup.input, &stage.settings_with("version", "9.9")).await;
    assert!(matches!(&wrong, Err(fail) if fail.parts().0 == "intercom_version_invalid"), "{wrong:?}");
}

#[tokio::test]
async fn limits_faults_and_a_wrong_token() {
    let stage = Stage::new().await;
    stage.ask("settings", json!({"rate_limit": 2})).await;
    let mut limited = None;
    // The window may end between the calls, but not three times in a row.
    for _ in 0..12 {
        if let Err(fail) = stage.act("check", json!({})).await {
            limited = Some(fail);
            break;
        }
    }
    let Some(Fail::Limited { scope, after_ms: Some(wait), code, .. }) = limited else { panic!("{limited:?}") };
    assert_eq!((scope, code.as_str()), (LimitScope::Connection, "rate_limit_exceeded"));
    assert!((0..=11_000).contains(&wait), "{wait}");
    stage.ask("clock", json!({"advance_ms": wait})).await;
    stage.act("check", json!({})).await.expect("a new window");
    stage.ask("settings", json!({"rate_limit": 0})).await;

    for (status, wanted) in [(429, "rate"), (500, "temporary"), (503, "temporary"), (401, "access"), (403, "access")] {
        stage.sim.faults().fail_next(1, status, 1);
        let fail = stage.act("check", json!({})).await.expect_err("a fault");
        assert!(fail.to_string().starts_with(wanted), "{status}: {fail}");
    }
    let stranger = stage.act_with("check", json!({}), &stage.settings_with("access_token", "x")).await;
    assert!(matches!(&stranger, Err(Fail::Reauth { code, .. }) if code == "unauthorized"), "{stranger:?}");
    let neighbour = stage.act_with("check", json!({}), &stage.settings_with("app_id", "x")).await;
    assert!(matches!(&neighbour, Err(Fail::Reauth { code, .. }) if code == "other_app"), "{neighbour:?}");
}

#[tokio::test]
async fn the_sweep_finds_what_was_lost_and_nothing_twice() {
    let stage = Stage::connected().await;
    let now = stage.ask("clock", json!({"advance_ms": 0})).await["now_ms"].as_i64().expect("a time") / 1000;
    stage.ask("start", json!({"email": "open@example.com"})).await;
    let order = json!({"email": "anna@example.com", "admin": "Илья", "rating": 5});
    stage.ask("close", order).await;
    let told = stage.events().into_iter().find(|event| event.kind == "conversation_closed").expect("a closing");
    let lost = json!({"email": "boris@example.com", "by": "bot", "lost": true});
    let lost = stage.ask("close", lost).await;
    stage.ask("settings", json!({"lost": true})).await;
    stage.ask("burst", json!({"conversations": 55})).await;

    let (mut items, mut cursor, mut pages) = (Vec::new(), Json::Null, 0);
    loop {
        let page = stage.act("closed_since", json!({"since": now, "cursor": cursor})).await.expect("a page");
        items.extend(page["items"].as_array().cloned().expect("items"));
        cursor = page["next"].clone();
        pages += 1;
        assert_eq!(page["total"], 57);
        if cursor.is_null() {
            break;
        }
    }
    assert_eq!((items.len(), pages), (57, 2));
    let by_key = |key: &str| items.iter().filter(|item| item["dedupe_key"] == key).count();
    assert_eq!(by_key(&told.dedupe_key), 1, "the webhook's key");
    let found = items.iter().find(|item| item["data"]["item"]["id"] == lost["conversation"]).expect("the lost one");
    let text = |name: &str| found[name].as_str().expect("text").to_owned();
    let event = crate::InboundEvent {
        kind: text("kind"),
        dedupe_key: text("dedupe_key"),
        order_key: text("order_key"),
        account: text("account"),
        data: found["data"].clone(),
    };
    let fields = stage.completed(&event).await;
    assert_eq!((&fields["closed_by"], &fields["email"]), (&json!("bot"), &json!("boris@example.com")));
    assert_eq!(fields["unsubscribed"], false);

    // Ten minutes of overlap, not more.
    let later = stage.act("closed_since", json!({"since": now + 500})).await.expect("a page");
    assert_eq!(later["total"], 57);
    let after = stage.act("closed_since", json!({"since": now + 2_000})).await.expect("a page");
    assert_eq!(after["items"], json!([]));
}

#[tokio::test]
async fn tags_and_notes_are_left_behind() {
    let stage = Stage::connected().await;
    let done = stage.ask("close", json!({"email": "anna@example.com", "tags": ["VIP"]})).await;
    let id = done["conversation"].clone();
    for name in ["pult-invited", "Pult-Invited"] {
        let got = stage.act("tag", json!({"conversation_id": id, "tag": name})).await.expect("tagged");
        assert_eq!(got["tag"], "pult-invited", "one tag, however it is spelt");
    }
    let noted = stage.act("note", json!({"conversation_id": id, "text": "Приглашён", "admin_id": "991267716"})).await;
    let noted = noted.expect("noted");
    let conversation = stage.sim.conversations().remove(0);
    let names: Vec<&Json> = conversation["tags"]["tags"].as_array().expect("tags").iter().map(|t| &t["name"]).collect();
    assert_eq!(names, ["VIP", "pult-invited"]);
    let parts = conversation["conversation_parts"]["conversation_parts"].as_array().expect("parts");
    let note = parts.last().expect("a note");
    assert_eq!(
        (&note["part_type"], &note["body"], &note["author"]["name"]),
        (&json!("note"), &json!("Приглашён"), &json!("Илья"))
    );
    assert_eq!(note["id"], noted["external_id"]);
    let missing = stage.act("tag", json!({"conversation_id": "1", "tag": "VIP"})).await;
    assert!(matches!(&missing, Err(fail) if fail.parts().0 == "conversation_not_found"), "{missing:?}");
    // Closing through the API tells it by webhook too.
    let before = stage.once(2).await.len();
    let url = format!("{}/conversations/{}/parts", stage.sim.base_url, id.as_str().expect("an id"));
    let body = json!({"message_type": "close", "type": "admin", "admin_id": "991267716"});
    let answer = stage.client.post(url).bearer_auth("token-for-tests").json(&body).send().await.expect("an answer");
    assert_eq!(answer.status(), 200);
    let last = stage.once(before + 1).await.pop().expect("a closing");
    let ChannelEvent::Happened { trigger, fields, .. } = understood(&last) else { panic!("{last:?}") };
    assert_eq!((trigger.as_str(), &fields["admin_name"]), ("conversation_closed", &json!("Илья")));
}

#[tokio::test]
async fn a_conversation_is_closed_and_opened_but_not_over_what_somebody_did_since() {
    let stage = Stage::connected().await;
    let done = stage.ask("close", json!({"email": "anna@example.com"})).await;
    let id = done["conversation"].clone();
    let input = |expect: &str| json!({"conversation_id": id, "admin_id": "991267716", "expect": expect});
    let state = || stage.sim.conversations().remove(0)["state"].clone();
    let opened = stage.act("open", input("closed")).await.expect("opened");
    assert_eq!((&opened["before"], state()), (&json!("closed"), json!("open")));
    // It is so already: nothing to do, and no fault.
    let again = stage.act("open", json!({"conversation_id": id, "admin_id": "991267716"})).await.expect("open");
    assert_eq!(again["before"], "open");
    let late = stage.act("open", input("closed")).await;
    assert!(matches!(&late, Err(Fail::Rejected { code, .. }) if code == crate::CHANGED_SINCE), "{late:?}");
    stage.act("close", input("open")).await.expect("closed");
    assert_eq!(state(), "closed");
}
