//! What each payload of the contract means.

use super::fixtures::{ALL, CONTACT, CONVERSATION, fixture};
use super::{Intercom, body, meaning, receive, understood};
use crate::Connector;
use crate::intercom::{SPEC, hooks, map};
use domain::channel::{ChannelEvent, Lookup, Person};
use serde_json::{Value as Json, json};

const ANNA: &str = "6762f1261bb69f9f2193bba7";

fn anna() -> Person {
    Person {
        user_id: Some(ANNA.into()),
        address: Some("anna@example.com".into()),
        phone: None,
        name: Some("Анна".into()),
    }
}

/// What every conversation with Anna says.
fn with_anna(more: Json) -> Json {
    let mut fields = json!({
        "conversation_id": "215474300000001", "state": "open", "source_type": "conversation", "tags": [],
        "ticket": false, "assignee_id": "991267715", "contact_id": ANNA, "external_id": "70",
        "email": "anna@example.com", "name": "Анна", "role": "user",
    });
    for (name, value) in more.as_object().expect("an object") {
        fields[name.as_str()] = value.clone();
    }
    fields
}

fn look_up_anna() -> Lookup {
    Lookup { action: "contact".into(), input: json!({"id": ANNA, "external_id": "70", "email": "anna@example.com"}) }
}

fn happened(trigger: &str, at: i64, fields: &Json) -> ChannelEvent {
    ChannelEvent::Happened {
        trigger: trigger.into(),
        about: fields["conversation_id"].as_str().expect("an id").into(),
        at_ms: at * 1000,
        person: anna(),
        fields: fields.as_object().cloned().expect("an object"),
        lookup: Some(look_up_anna()),
    }
}

#[test]
fn conversations_of_a_known_customer() {
    let olga = |more: Json| {
        let mut fields = with_anna(more);
        fields["admin_id"] = "991267715".into();
        fields["admin_name"] = "Ольга".into();
        fields
    };
    let link = "https://app.example.com/a/apps/abc123xy/conversations/215474300000001";
    for (name, trigger, at, fields) in [
        ("closed", "conversation_closed", 1_760_003_600, olga(json!({"state": "closed", "closed_by": "admin"}))),
        ("replied", "conversation_replied", 1_760_003_000, with_anna(json!({"author": "user", "text": "Спасибо!"}))),
        (
            "replied_by_admin",
            "conversation_replied",
            1_760_003_100,
            olga(
                json!({"author": "admin", "text": "Рады помочь.\nЗаказ \"1042\" в пути", "tags": ["VIP"], "link": link}),
            ),
        ),
        (
            "replied_by_bot",
            "conversation_replied",
            1_760_003_200,
            with_anna(json!({"author": "bot", "text": "Передаю коллегам", "ai_agent": true})),
        ),
        ("assigned", "conversation_assigned", 1_760_000_150, olga(json!({"team_id": "5017691"}))),
        ("opened", "conversation_opened", 1_760_007_200, olga(json!({"reopened": 1}))),
        (
            "rated",
            "conversation_rated",
            1_760_003_700,
            olga(json!({"state": "closed", "rating": 5, "remark": "Быстро"})),
        ),
    ] {
        let (event, got) = meaning(fixture(name));
        assert_eq!(event.kind, trigger, "{name}");
        assert_eq!(got, happened(trigger, at, &fields), "{name}");
    }
}

#[test]
fn a_bot_that_answers_and_closes() {
    let [reply, closing] = receive(fixture("closed_by_bot")).try_into().expect("two events");
    let shared = json!({"state": "closed", "reopened": 0});
    let mut said = with_anna(shared.clone());
    said["author"] = "bot".into();
    said["text"] = "Хорошего дня!".into();
    assert_eq!(understood(&reply), happened("conversation_replied", 1_760_003_600, &said));
    let mut closed = with_anna(shared);
    closed["closed_by"] = "bot".into();
    assert_eq!(understood(&closing), happened("conversation_closed", 1_760_003_600, &closed));
}

#[test]
fn the_old_shape_means_the_same() {
    let (_, got) = meaning(fixture("closed_v1"));
    let mut fields = with_anna(json!({
        "conversation_id": "215474300000003", "state": "closed", "closed_by": "admin", "admin_id": "991267715",
        "admin_name": "Ольга", "link": "https://app.example.com/a/apps/abc123xy/conversations/215474300000003",
    }));
    fields.as_object_mut().expect("an object").remove("source_type");
    assert_eq!(got, happened("conversation_closed", 1_760_003_600, &fields));
}

#[test]
fn somebody_without_name_and_address() {
    let (_, got) = meaning(fixture("created"));
    let id = "6762f1261bb69f9f2193bba8";
    let fields = json!({
        "conversation_id": "215474300000002", "state": "open", "source_type": "conversation", "tags": [],
        "ticket": false, "contact_id": id, "role": "lead", "text": "Сколько стоит доставка?",
    });
    let expected = ChannelEvent::Happened {
        trigger: "conversation_started".into(),
        about: "215474300000002".into(),
        at_ms: 1_760_010_000_000,
        person: Person { user_id: Some(id.into()), ..Person::default() },
        fields: fields.as_object().cloned().expect("an object"),
        lookup: Some(Lookup { action: "contact".into(), input: json!({"id": id}) }),
    };
    assert_eq!(got, expected);
}

#[test]
fn what_has_no_consequences() {
    for name in ["contact_created", "contact_unsubscribed", "deleted", "noted", "ping", "snoozed"] {
        let (event, got) = meaning(fixture(name));
        let ChannelEvent::Ignored { why } = got else { panic!("{name}: {got:?}") };
        assert_eq!(why, event.kind);
    }
    let (_, nobody) = meaning(&body("conversation.admin.closed", &json!({"id": "1", "contacts": {"contacts": []}})));
    assert_eq!(nobody, ChannelEvent::Ignored { why: "no contact".into() });
    let nameless = receive(&body("conversation.admin.closed", &json!({}))).remove(0);
    assert!(Intercom.normalise(&nameless.kind, &nameless.data).is_err());
}

#[test]
fn a_swept_closing_is_the_event_its_webhook_was() {
    let webhook = receive(fixture("closed")).remove(0);
    let mut item: Json = serde_json::from_str(CONVERSATION).expect("JSON");
    item.as_object_mut().expect("an object").remove("conversation_parts");
    let swept = hooks::swept("abc123xy", item.clone()).expect("an event");
    assert_eq!(
        (&swept.kind, &swept.dedupe_key, &swept.order_key, &swept.account),
        (&webhook.kind, &webhook.dedupe_key, &webhook.order_key, &webhook.account)
    );
    let ChannelEvent::Happened { about, at_ms, fields, lookup, .. } = understood(&swept) else { panic!("{swept:?}") };
    assert_eq!((about.as_str(), at_ms), ("215474300000001", 1_760_003_600_000));
    assert_eq!((&fields["tags"], &fields["rating"], &fields["reopened"]), (&json!(["VIP"]), &json!(5), &json!(0)));
    assert!(!fields.contains_key("closed_by"), "nobody said who closed");
    let again = Lookup { action: "conversation".into(), input: json!({"id": about, "with_contact": true}) };
    assert_eq!(lookup, Some(again));
    item["statistics"] = Json::Null;
    assert_eq!(hooks::swept("abc123xy", item), None);
}

#[test]
fn a_contact_says_whether_it_may_be_written_to() {
    let contact = serde_json::from_str(CONTACT).expect("JSON");
    let expected = json!({
        "contact_id": ANNA, "external_id": "70", "email": "anna@example.com", "name": "Анна",
        "phone": "+79990000003", "role": "user", "locale": "ru", "hard_bounced": false, "unsubscribed": false,
        "spam": false,
    });
    assert_eq!(Json::Object(map::contact_fields(&contact)), expected);
}

#[test]
fn every_field_is_declared() {
    let contact = map::contact_fields(&serde_json::from_str(CONTACT).expect("JSON"));
    for (name, payload) in ALL {
        for event in receive(payload) {
            let ChannelEvent::Happened { trigger, fields, lookup, .. } = understood(&event) else { continue };
            let declared = SPEC.triggers.iter().find(|t| t.kind == trigger).expect("a declared trigger");
            for field in fields.keys().chain(contact.keys()) {
                assert!(declared.fields.iter().any(|f| f.name == field), "{name}: {trigger} has no {field}");
            }
            for field in declared.fields.iter().filter(|field| field.required) {
                assert!(fields.contains_key(field.name), "{name}: {} is missing", field.name);
            }
            let lookup = lookup.expect("a look-up");
            let action = SPEC.actions.iter().find(|a| a.id == lookup.action).expect("a declared action");
            for input in lookup.input.as_object().expect("an object").keys() {
                assert!(action.inputs.iter().any(|i| i.name == input), "{name}: {} has no {input}", action.id);
            }
        }
    }
}
