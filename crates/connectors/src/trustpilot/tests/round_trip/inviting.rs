//! Facts, invitations, links and erasure.

use super::{NOW, Stage};
use crate::trustpilot::simulator::Simulator;
use crate::trustpilot::tests::fixtures::json as read;
use crate::{Fail, Rejection};
use serde_json::{Value as Json, json};

#[tokio::test]
async fn facts_for_the_card() {
    let stage = Stage::new().await;
    let facts = stage.act("check", json!({})).await.expect("facts");
    let templates = json!([
        {"id": "507f191e810c19729de860ea", "name": "Default service review", "locale": "en-US",
         "type": "service-review", "default": true},
        {"id": "507f191e810c19729de860eb", "name": "Русский", "locale": "ru-RU", "type": "service-review",
         "default": false},
    ]);
    let expected = json!({
        "id": "46d6a890000064000500e0c3", "name": "Example", "domain": "example.com", "score": 4.4, "stars": 4.5,
        "reviews": 10, "status": "active", "templates": templates, "template_known": true, "person_known": true,
    });
    assert_eq!(facts, expected);
    // By id, with a template that is gone and nobody to act for.
    let other = json!({
        "business_unit": "46d6a890000064000500e0c3", "template_id": "507f191e810c19729de860ff", "business_user_id": "",
    });
    let facts = stage.act_with(other, "check", json!({})).await.expect("facts");
    assert_eq!((&facts["template_known"], &facts["person_known"]), (&json!(false), &json!(false)));
    assert_eq!((&facts["name"], &facts["id"]), (&expected["name"], &expected["id"]));
    let got = stage.act_with(json!({"business_unit": "nobody.example"}), "check", json!({})).await;
    assert!(matches!(&got, Err(Fail::Rejected { code, .. }) if code == "404"), "{got:?}");
    let got = stage.act_with(json!({"business_unit": "46d6a890000064000500e0ff"}), "check", json!({})).await;
    assert!(matches!(&got, Err(Fail::Reauth { code, .. }) if code == "403"), "{got:?}");
    stage.ask("settings", json!({"plan": false})).await;
    let got = stage.act("check", json!({})).await;
    assert!(matches!(&got, Err(Fail::Reauth { detail, .. }) if detail.contains("plan")), "{got:?}");
}

#[tokio::test]
async fn the_answers_of_the_simulator_are_those_of_the_contract() {
    let stage = Stage::new().await;
    stage.act("reviews", json!({})).await.expect("signed in");
    let token = stage.memory.lock().await["token"]["access"].as_str().expect("a token").to_owned();
    let unit = "v1/private/business-units/46d6a890000064000500e0c3";
    let get = async |url: String| {
        let request = stage.client.get(url).bearer_auth(&token).header("apikey", "api-key-for-tests");
        request.send().await.expect("an answer").json::<Json>().await.expect("JSON")
    };
    let (api, invitations) = (&stage.sim.api_url, &stage.sim.invitations_url);
    assert_eq!(get(format!("{api}/v1/business-units/find?name=example.com")).await, read("unit"));
    assert_eq!(get(format!("{invitations}/{unit}/templates")).await, read("templates"));
}

#[tokio::test]
async fn an_invitation_is_recorded_once() {
    let stage = Stage::new().await;
    let input = json!({
        "reference": "ic-215474300000001", "email": "anna@example.com", "name": "Анна", "tags": ["intercom"],
        "send_at_ms": NOW + 60_000, "template_id": "507f191e810c19729de860eb",
    });
    let done = stage.act("invite", input).await.expect("accepted");
    assert_eq!(done, json!({"reference": "ic-215474300000001", "accepted": true}));
    let [found] = stage.sim.invitations().try_into().expect("one invitation");
    assert_eq!((&found["reference"], &found["email"]), (&json!("ic-215474300000001"), &json!("anna@example.com")));
    assert_eq!((&found["name"], &found["user"]), (&json!("Анна"), &json!("62c8968b0000640001775d01")));
    let review = &found["body"]["serviceReviewInvitation"];
    assert_eq!(review["preferredSendTime"], "2026-10-09T10:01:00Z");
    // The same reference again is accepted there, and seen by the detector.
    let state = async || {
        let answer = stage.client.get(format!("{}/_sim/invitations", stage.sim.api_url)).send().await;
        answer.expect("an answer").json::<Json>().await.expect("JSON")
    };
    assert_eq!(state().await["duplicates"], json!({}));
    stage.invite("ic-215474300000001").await.expect("accepted");
    assert_eq!(state().await["duplicates"], json!({"ic-215474300000001": 2}));
}

#[tokio::test]
async fn the_sending_time_can_be_written_in_the_older_way() {
    let stage = Stage::new().await;
    stage.ask("settings", json!({"time_format": "us"})).await;
    let input = json!({"reference": "ic-1", "email": "anna@example.com", "send_at_ms": NOW + 60_000});
    let got = stage.act("invite", input.clone()).await;
    assert!(matches!(&got, Err(Fail::Rejected { detail, .. }) if detail.contains("preferredSendTime")), "{got:?}");
    stage.act_with(json!({"time_format": "us"}), "invite", input).await.expect("accepted");
    let review = stage.sim.invitations()[0]["body"]["serviceReviewInvitation"].clone();
    assert_eq!(review["preferredSendTime"], "10/09/2026 10:01:00");
}

#[tokio::test]
async fn what_the_service_refuses() {
    let stage = Stage::new().await;
    let input = json!({"reference": "ic-1", "email": "anna@example.com"});
    let refused = async |other: Json| stage.act_with(other, "invite", input.clone()).await.expect_err("refused");
    let got = refused(json!({"template_id": "507f191e810c19729de860ff"})).await;
    assert!(matches!(&got, Fail::Rejected { reason: Rejection::BadRequest, code, .. } if code == "400.001"), "{got:?}");
    let got = refused(json!({"sender_email": "stranger@example.com"})).await;
    assert!(matches!(&got, Fail::Rejected { detail, .. } if detail.contains("senderEmail")), "{got:?}");
    for nobody in ["", "62c8968b0000640001775d99"] {
        let got = refused(json!({"business_user_id": nobody})).await;
        assert!(matches!(&got, Fail::Reauth { code, .. } if code == "403"), "{got:?}");
    }
    stage.ask("template", json!({"id": "507f191e810c19729de860ea", "remove": true})).await;
    let got = refused(json!({"template_id": "507f191e810c19729de860ea"})).await;
    assert_eq!(got.parts().0, "400.001");
    for (status, wanted) in [(400, "rejected"), (403, "access"), (404, "rejected"), (429, "rate"), (500, "temporary")] {
        for code in 0..=6 {
            let order = json!({"fail_next": 1, "status": status, "code": code, "on": "/email-invitations"});
            stage.ask("faults", order).await;
            let fail = stage.invite("ic-1").await.expect_err("ordered");
            assert!(fail.to_string().starts_with(wanted), "{status} {code}: {fail}");
            let sentence = fail.parts().1;
            let expected = if code == 0 { format!("HTTP {status}") } else { "Ordered fault.".into() };
            assert_eq!(sentence.trim_matches('"'), expected, "{status} {code}");
            if let Fail::Limited { after_ms, .. } = fail {
                assert!(after_ms.is_some_and(|ms| ms >= 60_000), "{after_ms:?}");
            }
        }
    }
    assert!(stage.sim.invitations().is_empty());
}

#[tokio::test]
async fn an_invitation_without_an_answer_has_an_unknown_end() {
    let mut stage = Stage::new().await;
    stage.act("check", json!({})).await.expect("signed in");
    stage.client = crate::http::client_with_timeout(std::time::Duration::from_millis(200));
    for (fault, recorded) in [("swallow", 1), ("hang", 1)] {
        stage.ask("faults", json!({fault: 1, "on": "/email-invitations"})).await;
        let got = stage.invite("ic-1").await;
        assert!(matches!(got, Err(Fail::Unknown { .. })), "{fault}: {got:?}");
        assert_eq!(stage.sim.invitations().len(), recorded, "{fault}");
    }
    // Nothing was sent when already the sign-in gave no answer.
    stage.ask("faults", json!({"hang": 1, "on": "/accesstoken"})).await;
    let input = json!({"reference": "ic-2", "email": "anna@example.com"});
    let call = ("invite", input);
    let memory = crate::Memory::default();
    let got = crate::trustpilot::tests::act(&stage.client, &stage.settings, &memory, NOW, call).await;
    assert!(matches!(got, Err(Fail::Transient { .. })), "{got:?}");
}

#[tokio::test]
async fn each_host_knows_its_own_paths_only() {
    let stage = Stage::new().await;
    let (api, invitations) = (stage.sim.api_url.as_str(), stage.sim.invitations_url.as_str());
    assert_ne!(api, invitations);
    let not_found =
        |got: &Result<Json, Fail>| matches!(got, Err(Fail::Rejected { code, .. }) if code.contains("NotFound"));
    let input = json!({"reference": "ic-1", "email": "anna@example.com"});
    for action in ["invite", "link"] {
        let got = stage.act_with(json!({"invitations_url": api}), action, input.clone()).await;
        assert!(not_found(&got), "{action}: {got:?}");
    }
    let got = stage.act_with(json!({"api_url": invitations}), "review", json!({"id": "a1"})).await;
    assert!(not_found(&got), "{got:?}");
    // A sign-in at the wrong host is a broken set-up.
    let got = stage.act_with(json!({"api_url": invitations}), "check", json!({})).await;
    assert!(matches!(got, Err(Fail::Reauth { .. })), "{got:?}");
    assert!(stage.sim.invitations().is_empty());
}

#[tokio::test]
async fn the_second_host_takes_the_next_port() {
    let start = async |port| Simulator::start(([127, 0, 0, 1], port).into()).await;
    assert!(start(u16::MAX).await.is_err());
    for port in (21_000..22_000).step_by(2) {
        // Others may sit on any of them.
        let Ok(sim) = start(port).await else { continue };
        assert_eq!(sim.addrs().map(|addr| addr.port()), [port, port + 1]);
        let settings = sim.settings();
        assert_eq!(settings["invitations_url"], format!("http://127.0.0.1:{}", port + 1));
        return;
    }
    panic!("no two ports");
}

#[tokio::test]
async fn links_and_erasure() {
    let stage = Stage::new().await;
    let input = json!({"reference": "ic-1", "email": "anna@example.com", "tags": "intercom, support"});
    let link = stage.act("link", input).await.expect("a link");
    let id = link["id"].as_str().expect("an id");
    assert_eq!(id.len(), 32);
    assert_eq!(link["url"], format!("https://www.trustpilot.com/evaluate-link/{id}"));
    stage.invite("ic-1").await.expect("accepted");
    stage.act("invite", json!({"reference": "ic-2", "email": "oleg@example.com"})).await.expect("accepted");
    stage.act("erase", json!({"emails": ["anna@example.com"]})).await.expect("erased");
    let emails = || stage.sim.invitations().iter().map(|found| found["email"].clone()).collect::<Vec<_>>();
    assert_eq!(emails(), [Json::Null, json!("oleg@example.com")]);
    // The simulator has the time of the day.
    stage.act("erase", json!({"older_than_ms": 4_102_444_800_000_i64})).await.expect("erased");
    assert_eq!(emails(), [Json::Null, Json::Null]);
}
