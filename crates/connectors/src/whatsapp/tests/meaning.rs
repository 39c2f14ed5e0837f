//! What each payload of the contract means.

use super::fixtures::fixture;
use super::{body, body_with, meaning, receive};
use crate::Connector;
use domain::channel::{ChannelEvent, Person, ProviderError, RemoteFile};
use domain::chats::MessageKind;
use domain::delivery::Delivery;
use serde_json::{Value as Json, json};

const WAMID: &str = "wamid.HBgLNzkxNjEyMzQ1NjcVAgASGBQzQUFB00";
const OURS: &str = "wamid.HBgLNzkxNjEyMzQ1NjcVAgARGBI5QTND000";

fn anna() -> Person {
    Person {
        user_id: Some("RU.13491208655302741918".into()),
        address: Some("79161234567".into()),
        phone: Some("+79161234567".into()),
        name: Some("Анна Петрова".into()),
    }
}

fn by_phone(address: &str) -> Person {
    Person { address: Some(address.into()), phone: Some(format!("+{address}")), ..Person::default() }
}

/// Message fixtures: number of the id, kind, text, answered message, meta, file.
type Row<'a> = (&'a str, &'a str, MessageKind, &'a str, Option<&'a str>, Json, Option<RemoteFile>);

fn file(mime: &str, name: Option<&str>) -> Option<RemoteFile> {
    Some(RemoteFile {
        id: "1375002857712345".into(),
        mime: mime.into(),
        name: name.map(str::to_owned),
        sha256: Some("4654Jh2ij6PzUvJ2ygrrtegrZMzRxkEPwc24Oyib4s0=".into()),
    })
}

#[test]
fn messages_of_customers() {
    let referral = json!({"source_url":"https://fb.me/3cr4Wqqkv","source_id":"120226305854810726","source_type":"ad",
        "headline":"Ремонт за 1 день","body":"Скидка 10%","media_type":"image",
        "image_url":"https://scontent.xx.fbcdn.net/v/t45.1-4/1.jpg","ctwa_clid":"Aff-n8ZTODiE79d22KtAwQKj9e",
        "welcome_message":{"text":"Чем помочь?"}});
    let card = json!([{"name":{"formatted_name":"Иван Сидоров","first_name":"Иван","last_name":"Сидоров"},
        "phones":[{"phone":"+7 916 765-43-21","wa_id":"79167654321","type":"CELL"}],"org":{"company":"ООО Ромашка"}}]);
    let place = json!({"latitude":55.7558,"longitude":37.6173,"name":"Склад","address":"Москва, Тверская 1",
        "url":"https://maps.example/1"});
    let cart = json!({"catalog_id":"354160437058781","total_minor":298_000,"currency":"RUB",
        "items":[{"sku":"SKU-1","quantity":2,"price_minor":149_000,"currency":"RUB"}]});
    let lost = json!([{"code":131000,"title":"Something went wrong","message":"Something went wrong",
        "error_data":{"details":"Unsupported webhook payload"}}]);
    let strange = json!([{"code":131051,"title":"Message type unknown","message":"Message type unknown",
        "error_data":{"details":"Message type is currently not supported."}}]);
    use MessageKind::*;
    let rows: Vec<Row<'_>> = vec![
        ("text", "01", Text, "Здравствуйте, где мой заказ 1042?", None, json!({}), None),
        ("text_reply", "02", Text, "Да, подтверждаю", Some("1"), json!({}), None),
        ("text_from_ad", "03", Text, "Хочу узнать цену", None, json!({"referral": referral}), None),
        ("image", "04", Image, "Вот фото поломки", None, json!({}), file("image/jpeg", None)),
        ("audio_voice", "05", Voice, "", None, json!({}), file("audio/ogg; codecs=opus", None)),
        ("document", "06", Document, "Акт", None, json!({}), file("application/pdf", Some("акт.pdf"))),
        ("sticker", "07", Sticker, "", None, json!({}), file("image/webp", None)),
        ("location", "08", Location, "", None, place, None),
        ("contacts", "09", Contacts, "", None, json!({"contacts": card}), None),
        (
            "interactive_button",
            "10",
            Choice,
            "Подтвердить",
            Some("2"),
            json!({"payload":"order:1042:confirm","title":"Подтвердить"}),
            None,
        ),
        (
            "interactive_list",
            "11",
            Choice,
            "10:00-12:00",
            Some("3"),
            json!({"payload":"slot:10-12","title":"10:00-12:00","description":"Завтра"}),
            None,
        ),
        (
            "interactive_flow",
            "12",
            Form,
            "",
            Some("4"),
            json!({"name":"flow","body":"Sent","flow_token":"tok-1","fields":{"rating":"5"}}),
            None,
        ),
        ("button", "13", Choice, "Да", Some("5"), json!({"payload":"invite:42:yes","title":"Да"}), None),
        ("order", "15", Cart, "побыстрее", None, cart, None),
        ("unsupported", "18", Unsupported, "", None, json!({"type":"unsupported","errors":strange}), None),
        ("value_level_error", "21", Unsupported, "", Some("6"), json!({"type":"interactive","errors":lost}), None),
    ];
    for (name, number, kind, text, reply_to, meta, file) in rows {
        let (event, got) = meaning(fixture(name));
        assert_eq!(event.kind, "message", "{name}");
        let number_ms = 1_789_600_000_000 + 60_000 * number.parse::<i64>().expect("a number");
        let expected = ChannelEvent::Message {
            from: anna(),
            external_id: format!("{WAMID}{number}"),
            at_ms: number_ms,
            kind,
            text: text.into(),
            file,
            reply_to: reply_to.map(|n| format!("{OURS}{n}")),
            meta,
        };
        assert_eq!(got, expected, "{name}");
    }
}

#[test]
fn what_customers_do_to_messages() {
    let at = |n: i64| 1_789_600_000_000 + 60_000 * n;
    let thumb = Some("👍".to_owned());
    let to = format!("{OURS}1");
    assert_eq!(
        meaning(fixture("reaction")).1,
        ChannelEvent::Reaction { from: anna(), external_id: to.clone(), emoji: thumb, at_ms: at(14) }
    );
    for reaction in [json!({"message_id": to, "emoji": ""}), json!({"message_id": to})] {
        let message = json!({"from": "79161234567", "id": "w", "type": "reaction", "reaction": reaction});
        let got = meaning(&body_with(&message)).1;
        assert!(matches!(got, ChannelEvent::Reaction { emoji: None, .. }), "{got:?}");
    }
    let (first, fixed) = (format!("{WAMID}01"), "Исправил: заказ 1043".to_owned());
    assert_eq!(
        meaning(fixture("edit")).1,
        ChannelEvent::Edit { external_id: first.clone(), text: fixed, at_ms: at(19) }
    );
    assert_eq!(meaning(fixture("revoke")).1, ChannelEvent::Revoke { external_id: first, at_ms: at(20) });
}

#[test]
fn addresses_that_change() {
    let (event, moved) = meaning(fixture("system_number_changed"));
    assert_eq!((event.kind.as_str(), event.order_key.as_str()), ("system", "chat:79161234567"));
    let (from, to) = (by_phone("79161234567"), by_phone("79160000001"));
    assert_eq!(moved, ChannelEvent::Moved { from, to, at_ms: 1_789_600_960_000 });
    let identity = meaning(fixture("system_identity_changed")).1;
    assert_eq!(identity, ChannelEvent::Ignored { why: "system: customer_identity_changed".into() });

    let id = |id: &str| Person { user_id: Some(id.into()), ..Person::default() };
    let system = json!({"type": "user_changed_user_id", "user_id": "RU.2", "previous_user_id": "RU.1"});
    let message = json!({"id": "w", "timestamp": "5", "type": "system", "system": system});
    assert_eq!(meaning(&body_with(&message)).1, ChannelEvent::Moved { from: id("RU.1"), to: id("RU.2"), at_ms: 5_000 });
    let update = json!([{"wa_id": "79161234567", "user_id": {"previous": "RU.1", "current": "RU.2"}, "timestamp": 5}]);
    let (event, moved) = meaning(&body("user_id_update", &json!({"user_id_update": update})));
    assert_eq!((event.kind.as_str(), event.order_key.as_str()), ("moved", "chat:79161234567"));
    let old = Person { user_id: Some("RU.1".into()), ..by_phone("79161234567") };
    let new = Person { user_id: Some("RU.2".into()), ..by_phone("79161234567") };
    assert_eq!(moved, ChannelEvent::Moved { from: old, to: new, at_ms: 5_000 });
}

#[test]
fn statuses() {
    let expected = |status, error| ChannelEvent::Status {
        external_id: format!("{OURS}1"),
        reference: Some("job:7f3a".into()),
        status,
        at_ms: 1_789_601_000_000,
        error,
        recipient: by_phone("79161234567"),
    };
    for (name, status) in [
        ("status_sent", Delivery::Sent),
        ("status_delivered", Delivery::Delivered),
        ("status_read", Delivery::Read),
        ("status_played", Delivery::Played),
    ] {
        assert_eq!(meaning(fixture(name)).1, expected(status, None), "{name}");
    }
    let detail = "Message failed to send because more than 24 hours have passed since the customer last replied to \
                  this number.";
    let error = ProviderError { code: "131047".into(), detail: detail.into(), window_closed: true };
    assert_eq!(meaning(fixture("status_failed")).1, expected(Delivery::Failed, Some(error)));

    let (event, group) = meaning(fixture("status_group"));
    assert_eq!(event.order_key, "chat:120363000000000001");
    let ChannelEvent::Status { recipient, status: Delivery::Read, .. } = group else { panic!("{group:?}") };
    assert_eq!(recipient, Person { address: Some("120363000000000001".into()), ..Person::default() });
}

#[test]
fn the_business_and_its_account() {
    let (event, echo) = meaning(fixture("echo"));
    assert_eq!((event.kind.as_str(), event.order_key.as_str()), ("echo", "chat:79161234567"));
    let expected = ChannelEvent::Echo {
        to: by_phone("79161234567"),
        external_id: "wamid.HBgLNzkxNjEyMzQ1NjcVAgARGBI5QTNE0009".into(),
        at_ms: 1_789_602_000_000,
        kind: MessageKind::Text,
        text: "Отправил с телефона".into(),
        file: None,
        meta: json!({}),
    };
    assert_eq!(echo, expected);
    assert_eq!(
        meaning(fixture("preference_stop")).1,
        ChannelEvent::Preference { person: anna(), marketing: false, at_ms: 1_789_602_500_000 }
    );
    let template = |name: &str, status: Option<&str>, category: Option<&str>, reason: Option<&str>| {
        let own = |text: Option<&str>| text.map(str::to_owned);
        let language = "ru".into();
        ChannelEvent::Template {
            name: name.into(),
            language,
            status: own(status),
            category: own(category),
            reason: own(reason),
        }
    };
    let why = "INVALID_FORMAT. Parameters placed next to each other. Separate parameters with text";
    let rejected = template("abandoned_cart", Some("REJECTED"), Some("MARKETING"), Some(why));
    assert_eq!(meaning(fixture("template_status")).1, rejected);
    assert_eq!(meaning(fixture("template_quality")).1, template("welcome", None, None, Some("quality: YELLOW")));
    assert_eq!(meaning(fixture("template_category")).1, template("welcome", None, Some("MARKETING"), None));
    let account =
        |event: &str, stop, detail: &str| ChannelEvent::Account { event: event.into(), stop, detail: detail.into() };
    assert_eq!(
        meaning(fixture("account")).1,
        account("ACCOUNT_RESTRICTION", true, "RESTRICTED_BIZ_INITIATED_MESSAGING")
    );
    for (value, stop) in [
        (json!({"event": "DISABLED_UPDATE", "ban_info": {"waba_ban_state": "DISABLE"}}), true),
        (json!({"event": "DISABLED_UPDATE", "ban_info": {"waba_ban_state": "REINSTATE"}}), false),
        (json!({"event": "ACCOUNT_VIOLATION", "violation_info": {"violation_type": "SPAM"}}), false),
        (json!({"event": "ACCOUNT_DELETED"}), true),
        (json!({"event": "PARTNER_ADDED"}), false),
        (
            json!({"event": "ACCOUNT_RESTRICTION",
                   "restriction_info": [{"restriction_type": "RESTRICTED_ADD_PHONE_NUMBER_ACTION"}]}),
            false,
        ),
    ] {
        let got = meaning(&body("account_update", &value)).1;
        assert!(matches!(got, ChannelEvent::Account { stop: s, .. } if s == stop), "{value}: {got:?}");
    }
    let errors = json!({"errors": [{"code": 131031, "title": "Business Account locked"}]});
    assert_eq!(meaning(&body("messages", &errors)).1, account("error 131031", false, "Business Account locked"));
}

#[test]
fn unknown_types_are_shown_and_unknown_fields_ignored() {
    let message = json!({"from": "79161234567", "id": "w", "timestamp": "1", "type": "poll", "poll": {"q": "?"},
                         "context": {"forwarded": true, "frequently_forwarded": true,
                                     "referred_product": {"catalog_id": "1", "product_retailer_id": "2"}}});
    let ChannelEvent::Message { kind, meta, reply_to, .. } = meaning(&body_with(&message)).1 else { panic!() };
    assert_eq!((kind, reply_to), (MessageKind::Unsupported, None));
    assert_eq!(
        meta,
        json!({"type": "poll", "forwarded": true, "frequently_forwarded": true,
               "product": {"catalog_id": "1", "product_retailer_id": "2"}})
    );
    for field in ["security", "calls", "history", "brand_new_field"] {
        let got = meaning(&body(field, &json!({"x": 1}))).1;
        assert_eq!(got, ChannelEvent::Ignored { why: field.into() });
    }
    let status = json!({"statuses": [{"id": "w", "status": "warning", "recipient_id": "7900"}]});
    assert!(matches!(meaning(&body("messages", &status)).1, ChannelEvent::Ignored { .. }));
    // Nobody wrote it: there is no chat to put it in.
    let event = receive(&body_with(&json!({"id": "w", "type": "text", "text": {"body": "x"}}))).remove(0);
    assert!(crate::whatsapp::Whatsapp.normalise(&event.kind, &event.data).is_err());
}
