//! Our calls and what becomes of them.

use super::Stage;
use crate::{Fail, FileBytes, LimitScope, Rejection};
use domain::channel::ChannelEvent;
use domain::delivery::Delivery;
use serde_json::json;

fn code(fail: &Fail) -> &str {
    fail.parts().0
}

#[tokio::test]
async fn subscribing_calls_the_handshake_and_checks_the_application() {
    let stage = Stage::new().await;
    let input = json!({"callback_url": stage.callback});
    let done = stage.act("subscribe", input.clone()).await.expect("subscribed").json;
    assert_eq!(done, json!({"subscribed": true, "apps": ["Pult"]}));
    let foreign = stage.settings_with("app_id", "1");
    let got = stage.act_with("subscribe", input.clone(), None, &foreign).await.expect_err("a foreign application");
    assert!(matches!(&got, Fail::Reauth { code, .. } if code == "not_subscribed"), "{got:?}");
    let wrong = stage.settings_with("verify_token", "another");
    let got = stage.act_with("subscribe", input, None, &wrong).await.expect_err("a failed handshake");
    assert!(matches!(&got, Fail::Rejected { code, .. } if code == "2200"), "{got:?}");
    assert!(stage.sim.ask("callback", json!({"url": stage.callback, "verify_token": "x"})).await.is_err());
}

#[tokio::test]
async fn facts_and_templates_over_pages() {
    let stage = Stage::connected().await;
    let facts = stage.act("check", json!({})).await.expect("facts").json;
    assert_eq!(facts["display_phone_number"], "+15550783881");
    assert_eq!((&facts["quality_rating"], &facts["throughput"]), (&json!("GREEN"), &json!("STANDARD")));
    let url = format!("{}/v25.0/102290129340398/message_templates", stage.sim.base_url);
    for number in 0..120 {
        let body = json!({"name": format!("extra_{number}"), "language": "ru", "category": "UTILITY",
                          "components": [{"type": "BODY", "text": "{{1}}"}]});
        let request = stage.client.post(&url).bearer_auth("token-for-tests").json(&body);
        assert_eq!(request.send().await.expect("an answer").status(), 200);
    }
    let items = stage.act("templates", json!({})).await.expect("templates").json["items"].clone();
    assert_eq!(items.as_array().map(Vec::len), Some(123));
    assert_eq!(
        items[1],
        json!({"name": "order_status", "language": "ru", "status": "APPROVED", "category": "UTILITY", "params": 3,
               "body": "{{1}}, статус заказа {{2}}: {{3}}.", "buttons": []})
    );
    let news = stage.once("template", 120).await;
    assert!(matches!(&news[0], ChannelEvent::Template { status: Some(s), reason: None, .. } if s == "APPROVED"));
    let got = stage.act_with("check", json!({}), None, &stage.settings_with("access_token", "old")).await;
    assert!(matches!(got, Err(Fail::Reauth { ref code, .. }) if code == "190"), "{got:?}");
    let got = stage.act_with("check", json!({}), None, &stage.settings_with("phone_number_id", "1")).await;
    assert!(matches!(got, Err(Fail::Rejected { ref code, .. }) if code == "100"), "{got:?}");
}

#[tokio::test]
async fn a_text_is_sent_delivered_and_read() {
    let stage = Stage::connected().await;
    stage.hears(json!({"text": "Где мой заказ?", "user_id": "RU.1349"})).await;
    let sent = stage.says("Готов").await.expect("accepted");
    assert_eq!((&sent["address"], &sent["user_id"]), (&json!("79161234567"), &json!("RU.1349")));
    let statuses: Vec<_> = stage.once("status", 3).await.into_iter().filter_map(status).collect();
    let expected = [Delivery::Sent, Delivery::Delivered, Delivery::Read].map(|s| (sent["external_id"].clone(), s));
    assert_eq!(statuses, expected);
    let arrived = stage.sim.sent();
    assert_eq!(arrived[0]["body"]["text"]["body"], "Готов");
    assert_eq!((&arrived[0]["to"], &arrived[0]["reference"]), (&json!("79161234567"), &json!("job:7f3a")));
    let order = stage.events().iter().map(|event| event.order_key.clone()).collect::<Vec<_>>();
    assert!(order.iter().all(|key| key == "chat:79161234567"), "{order:?}");
}

fn status(event: ChannelEvent) -> Option<(serde_json::Value, Delivery)> {
    match event {
        ChannelEvent::Status { external_id, status, reference, .. } => {
            assert_eq!(reference.as_deref(), Some("job:7f3a"));
            Some((external_id.into(), status))
        }
        _ => None,
    }
}

#[tokio::test]
async fn a_closed_window_takes_templates_only() {
    let stage = Stage::connected().await;
    let closed = |got: &Fail| matches!(got, Fail::Rejected { reason: Rejection::WindowClosed, .. });
    assert!(closed(&stage.says("я").await.expect_err("no window yet")));
    stage.hears(json!({"text": "я"})).await;
    stage.says("я").await.expect("an open window");
    stage.ask("clock", json!({"advance_ms": 24 * 60 * 60 * 1000})).await;
    assert!(closed(&stage.says("я").await.expect_err("a day later")));
    let template = |name: &str, language: &str, params: &[&str]| {
        let content = json!({"is": "template", "name": name, "language": language, "params": params});
        json!({"to": {"address": "79161234567"}, "content": content})
    };
    let done = stage.act("send", template("order_status", "ru", &["Анна", "1042", "Готов"])).await.expect("sent");
    assert_eq!(done.json["message_status"], "accepted");
    for (name, language, params, wanted) in [
        ("order_status", "ru", &["Анна"][..], "132000"),
        ("order_status", "ru_RU", &["Анна", "1042", "Готов"], "132001"),
        ("no_such", "ru", &[], "132001"),
    ] {
        let got = stage.act("send", template(name, language, params)).await.expect_err("refused");
        assert!(matches!(&got, Fail::Rejected { reason: Rejection::Template, code, .. } if code == wanted), "{got:?}");
    }
    stage.ask("template", json!({"name": "order_status", "status": "PAUSED"})).await;
    let got = stage.act("send", template("order_status", "ru", &["Анна", "1042", "Готов"])).await.expect_err("paused");
    assert_eq!(code(&got), "132015");
    stage.ask("settings", json!({"window_error": "status"})).await;
    stage.says("я").await.expect("accepted at first");
    let failed = stage.once("status", 7).await;
    let late = failed.iter().any(|event| {
        matches!(event, ChannelEvent::Status { status: Delivery::Failed, error: Some(e), .. } if e.code == "131047")
    });
    assert!(late, "{failed:?}");
}

#[tokio::test]
async fn every_content_is_accepted() {
    let stage = Stage::connected().await;
    let question = stage.hears(json!({"text": "я"})).await;
    let contents = [
        json!({"is": "text", "body": "x"}),
        json!({"is": "buttons", "body": "Подтвердить?", "buttons": [{"id": "yes", "title": "Да"}]}),
        json!({"is": "list", "body": "Когда?", "action": "Выбрать", "sections": [{"title": "Завтра",
               "rows": [{"id": "a", "title": "10:00", "description": "Олег"}]}]}),
        json!({"is": "location", "latitude": 55.7, "longitude": 37.6, "name": "Склад", "address": ""}),
        json!({"is": "reaction", "external_id": question, "emoji": "👍"}),
    ];
    for content in contents {
        let input = json!({"to": {"address": "79161234567"}, "reply_to": question, "content": content});
        stage.act("send", input).await.unwrap_or_else(|fail| panic!("{content}: {fail}"));
    }
    assert_eq!(stage.sim.sent()[0]["body"]["context"]["message_id"], question.as_str());
    let file = FileBytes { mime: "application/pdf".into(), name: "счёт.pdf".into(), bytes: "%PDF".into() };
    let content = json!({"is": "file", "kind": "document", "caption": "Счёт"});
    let input = json!({"to": {"address": "79161234567"}, "content": content});
    stage.act_with("send", input, Some(file), &stage.settings()).await.expect("a file");
    let sent = stage.sim.sent().pop().expect("a message");
    assert_eq!(sent["body"]["document"]["filename"], "счёт.pdf");
    let id = sent["body"]["document"]["id"].as_str().expect("a media id").to_owned();
    let back = stage.act("media", json!({"id": id})).await.expect("a download").file.expect("bytes");
    assert_eq!((&back.bytes[..], back.mime.as_str()), (&b"%PDF"[..], "application/pdf"));
    stage.act("mark_read", json!({"message_id": question, "typing": true})).await.expect("marked");
    assert!(stage.act("mark_read", json!({"message_id": "wamid.other"})).await.is_err());
    let input = json!({"to": {"user_id": "RU.1349"}, "content": {"is": "template", "name": "hello", "language": "ru"}});
    let done = stage.act("send", input).await.expect("to a user id").json;
    assert_eq!((&done["address"], &done["user_id"]), (&json!(null), &json!("RU.1349")));
}

#[tokio::test]
async fn rates_of_the_number_and_of_a_pair() {
    let stage = Stage::connected().await;
    stage.hears(json!({"text": "я"})).await;
    stage.ask("settings", json!({"pair_burst": 2})).await;
    stage.says("1").await.expect("first");
    stage.says("2").await.expect("second");
    let got = stage.says("3").await.expect_err("too many");
    let pair = Fail::Limited {
        scope: LimitScope::Recipient,
        after_ms: Some(1_000),
        code: "131056".into(),
        detail: got.parts().1.into(),
    };
    assert_eq!(got, pair);
    stage.ask("settings", json!({"pair_burst": 0, "number_per_second": 1})).await;
    stage.says("4").await.expect("first of this second");
    let got = stage.says("5").await.expect_err("too fast");
    assert!(matches!(&got, Fail::Limited { scope: LimitScope::Connection, code, .. } if code == "130429"), "{got:?}");
    stage.ask("customer/preference", json!({"phone": "79160000002", "value": "stop"})).await;
    stage.ask("settings", json!({"number_per_second": 0, "undeliverable": {"79160000001": 131026}})).await;
    let hello =
        |to: &str| json!({"to": {"address": to}, "content": {"is": "template", "name": "hello", "language": "ru"}});
    stage.act("send", hello("79160000001")).await.expect("accepted, to fail later");
    let got = stage.act("send", hello("79160000002")).await.expect_err("opted out");
    assert!(matches!(&got, Fail::Rejected { reason: Rejection::Unreachable, .. }), "{got:?}");
}

#[tokio::test]
async fn faults_on_command() {
    let stage = Stage::connected().await;
    stage.hears(json!({"text": "я"})).await;
    stage.sim.faults().fail_next(1, 429, 130429);
    assert!(matches!(stage.says("1").await, Err(Fail::Limited { .. })));
    stage.sim.faults().fail_next(1, 500, 0);
    assert!(matches!(stage.says("2").await, Err(Fail::Transient { .. })));
    assert!(stage.sim.sent().is_empty());
    stage.says("3").await.expect("no fault left");

    let mut impatient = Stage::connected().await;
    impatient.client = crate::http::client_with_timeout(std::time::Duration::from_millis(200));
    impatient.hears(json!({"text": "я"})).await;
    impatient.ask("faults", json!({"hang": 1, "on": "messages"})).await;
    assert!(matches!(impatient.says("1").await, Err(Fail::Unknown { .. })));
    assert!(impatient.sim.sent().is_empty());
    impatient.ask("faults", json!({"swallow": 1})).await;
    assert!(matches!(impatient.says("2").await, Err(Fail::Unknown { .. })));
    // It went out after all, and the status names the job.
    assert_eq!(impatient.sim.sent().len(), 1);
    assert!(impatient.once("status", 3).await.into_iter().filter_map(status).count() >= 3);
    impatient.ask("faults", json!({"fail_next": 5, "clear": true, "status": 503})).await;
    impatient.ask("reset", json!({})).await;
    assert_eq!(impatient.sim.faults().waiting(), 0);
}
