//! How invitations end: refused, retried, unknown and decided, over a kill.

use super::{Stage, anna};
use crate::support::{eventually, items, json, text};
use connectors::simulator::FaultOrder;

fn on_invitations(order: FaultOrder) -> FaultOrder {
    FaultOrder { on: "email-invitations".into(), ..order }
}

#[tokio::test]
async fn a_refusal_ends_at_once_with_its_reason_and_may_be_repeated_by_hand() {
    let stage = Stage::new().await;
    let refuse = FaultOrder { fail_next: 1, status: 400, code: 4, ..FaultOrder::default() };
    stage.trustpilot.sim.faults().order(&on_invitations(refuse));
    let conversation = stage.intercom.closes(anna()).await;
    let failed = stage.invitation("failed").await;
    assert_eq!((text(&failed, "code"), failed["attempts"].as_i64()), ("400", Some(1)));
    assert!(!text(&failed, "detail").is_empty());
    let id = text(&failed, "id");
    let on = stage.api.post(&format!("/invitations/{id}/retry"), json!({})).await.good();
    assert_eq!(text(&on, "state"), "pending");
    stage.invitation("sent").await;
    assert_eq!(stage.trustpilot.invited(), [format!("ic-{conversation}")]);
    stage.api.post(&format!("/invitations/{id}/retry"), json!({})).await.refused(409, "job_state");
}

#[tokio::test]
async fn a_failure_that_passes_is_tried_again_after_five_seconds() {
    let stage = Stage::new().await;
    let busy = FaultOrder { fail_next: 1, status: 503, ..FaultOrder::default() };
    stage.trustpilot.sim.faults().order(&on_invitations(busy));
    stage.intercom.closes(anna()).await;
    let waiting = eventually("a try failed", async || {
        let list = stage.api.get("/invitations?state=pending").await.good();
        items(&list).iter().find(|one| one["attempts"] == 1).cloned()
    })
    .await;
    assert_eq!((text(&waiting, "code"), waiting["next_at"].is_i64()), ("503", true), "{waiting}");
    let sent = stage.invitation("sent").await;
    assert_eq!((text(&sent, "code"), sent["attempts"].as_i64()), ("", Some(1)));
    let job = stage.api.get(&format!("/jobs/{}", text(&sent, "job_id"))).await.good();
    let began: Vec<i64> = job["attempts_made"]
        .as_array()
        .or(job["attempts"].as_array())
        .unwrap()
        .iter()
        .map(|a| a["started_at"].as_i64().unwrap())
        .collect();
    assert!(began[1] - began[0] >= 5_000, "{began:?}");
    assert_eq!(stage.trustpilot.invited().len(), 1);
}

#[tokio::test]
async fn a_call_that_broke_off_is_not_repeated_but_decided() {
    let stage = Stage::new().await;
    // The first is taken and its answer lost, the second neither taken nor answered: from outside both look the same.
    let lost = FaultOrder { swallow: 1, ..FaultOrder::default() };
    stage.trustpilot.sim.faults().order(&on_invitations(lost));
    let first = stage.intercom.closes(anna()).await;
    let unknown = stage.invitation("unknown").await;
    let id = text(&unknown, "id").to_owned();
    // Neither a new closing nor a careless retry sends it again.
    stage.intercom.ask("reopen", json!({"conversation": first})).await;
    stage.intercom.ask("clock", json!({"advance_ms": 5_000})).await;
    stage.intercom.closes(json!({"conversation": first})).await;
    stage.api.post(&format!("/invitations/{id}/retry"), json!({})).await.refused(409, "job_state");
    assert_eq!(stage.trustpilot.invited().len(), 1);
    let decided = stage.api.post(&format!("/invitations/{id}/decide"), json!({"arrived": true})).await.good();
    assert_eq!(text(&decided, "state"), "sent");
    stage.api.post(&format!("/invitations/{id}/decide"), json!({"arrived": false})).await.refused(409, "job_state");
    let hang = FaultOrder { hang: 1, ..FaultOrder::default() };
    stage.trustpilot.sim.faults().order(&on_invitations(hang));
    let second = stage.intercom.closes(json!({"email": "boris@example.com"})).await;
    let unknown = stage.invitation("unknown").await;
    let id = text(&unknown, "id");
    stage.api.post(&format!("/invitations/{id}/decide"), json!({"arrived": false})).await.good();
    eventually("both are sent", async || {
        (items(&stage.api.get("/invitations?state=sent").await.good()).len() == 2).then_some(())
    })
    .await;
    assert_eq!(stage.trustpilot.invited(), [format!("ic-{first}"), format!("ic-{second}")]);
}

#[tokio::test]
async fn a_kill_between_call_and_record_invites_nobody_twice() {
    let mut stage = Stage::new().await;
    stage.trustpilot.sim.faults().order(&on_invitations(FaultOrder { swallow: 1, ..FaultOrder::default() }));
    stage.intercom.closes(anna()).await;
    eventually("the service took it", async || (!stage.trustpilot.invited().is_empty()).then_some(())).await;
    stage.app.kill9().await;
    stage.app.serve().await;
    let unknown = stage.invitation("unknown").await;
    assert_eq!(text(&unknown, "code"), "interrupted");
    stage.intercom.ask("replay", json!({})).await;
    stage.quiet().await;
    assert_eq!(stage.trustpilot.invited().len(), 1);
}

#[tokio::test]
async fn a_refused_sign_in_holds_everything_until_it_works_again() {
    let stage = Stage::new().await;
    stage.trustpilot.ask("expire", json!({"refresh": true})).await;
    let refuse = FaultOrder { fail_next: 8, status: 401, ..FaultOrder::default() };
    stage.trustpilot.sim.faults().order(&refuse);
    stage.intercom.closes(anna()).await;
    let connection = format!("/connections/{}", stage.trustpilot.connection_id);
    eventually("the connection asks for a sign-in", async || {
        let card = stage.api.get(&connection).await.good();
        (card["connection"]["state"] == "reauth" || card["state"] == "reauth").then_some(())
    })
    .await;
    assert!(stage.trustpilot.invited().is_empty());
    stage.trustpilot.sim.faults().order(&FaultOrder { clear: true, ..FaultOrder::default() });
    stage.api.post(&format!("{connection}/check"), json!({})).await.good();
    stage.invitation("sent").await;
    assert_eq!(stage.trustpilot.invited().len(), 1);
}
