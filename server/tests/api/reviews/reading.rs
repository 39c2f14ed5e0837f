//! Reviews as they come, change and go, and answering them.

use super::{Stage, anna};
use crate::support::{Json, eventually, items, json, text};
use connectors::simulator::FaultOrder;

impl Stage {
    /// The only review, once this holds for it.
    async fn review(&self, what: &str, enough: impl Fn(&Json) -> bool) -> Json {
        eventually(what, async || {
            let list = self.api.get("/reviews").await.good();
            items(&list).iter().find(|review| enough(review)).cloned()
        })
        .await
    }
}

#[tokio::test]
async fn a_review_is_matched_to_its_conversation_and_follows_changes() {
    let stage = Stage::new().await;
    let conversation = stage.intercom.closes(anna()).await;
    let sent = stage.invitation("sent").await;
    let told = json!({"stars": 5, "title": "Отлично", "text": "Быстро помогли", "author": "Анна",
        "reference": format!("ic-{conversation}")});
    stage.trustpilot.ask("review", told).await;
    let review = stage.review("the review is there", |_| true).await;
    assert_eq!((review["stars"].as_i64(), text(&review, "body")), (Some(5), "Быстро помогли"));
    assert_eq!((&review["invitation_id"], text(&review, "member")), (&sent["id"], "Илья"));
    assert_eq!(text(&review, "case_id"), conversation);
    assert_eq!(stage.invitation("sent").await["stars"], 5);
    stage.trustpilot.ask("review/update", json!({"id": "last", "stars": 3, "text": "Сломалось"})).await;
    stage.review("the change is seen", |review| review["stars"] == 3).await;
    stage.trustpilot.ask("review/delete", json!({"id": "last"})).await;
    let gone = stage.review("it was taken down", |review| review["removed_at"].is_i64()).await;
    assert_eq!(gone["id"], review["id"]);
    let counted = stage.api.get("/invitations/statistics").await.good();
    assert_eq!(counted["stars"], json!([0, 0, 0, 0, 0]));
}

#[tokio::test]
async fn what_a_webhook_tells_is_believed_only_when_the_service_says_so() {
    let stage = Stage::new().await;
    let lie = json!({"events": [{"eventName": "service-review-created", "version": "1",
        "eventData": {"id": "62c8968be77911f2449e9f74", "stars": 1, "title": "Ужас", "text": "Выдумка"}}]});
    stage.trustpilot.ask("webhook", json!({"body": lie.to_string()})).await;
    stage.quiet().await;
    assert!(items(&stage.api.get("/reviews").await.good()).is_empty());
    // And one that says a review is gone while it is there.
    stage.trustpilot.ask("review", json!({"stars": 4, "author": "Борис"})).await;
    let review = stage.review("the review is there", |_| true).await;
    let lie = json!({"events": [{"eventName": "service-review-deleted", "version": "1",
        "eventData": {"id": review["external_id"]}}]});
    stage.trustpilot.ask("webhook", json!({"body": lie.to_string()})).await;
    stage.quiet().await;
    assert!(stage.review("it is there", |_| true).await["removed_at"].is_null());
}

#[tokio::test]
async fn a_review_no_webhook_told_of_is_found() {
    let mut stage = Stage::new().await;
    stage.trustpilot.ask("review", json!({"stars": 2, "author": "Вера", "quiet": true})).await;
    stage.app.restart().await;
    let review = stage.review("the sweep found it", |_| true).await;
    assert_eq!((review["stars"].as_i64(), text(&review, "author")), (Some(2), "Вера"));
}

#[tokio::test]
async fn an_answer_reaches_the_service_once() {
    let stage = Stage::new().await;
    stage.trustpilot.ask("review", json!({"stars": 2, "author": "Вера"})).await;
    let review = stage.review("the review is there", |_| true).await;
    let path = format!("/reviews/{}/answer", text(&review, "id"));
    stage.api.post(&path, json!({"text": "  "})).await.refused(422, "required");
    stage.api.post(&path, json!({"text": "Спасибо, исправили"})).await.good();
    stage.review("the answer arrived", |review| review["answer_state"] == "done").await;
    let calls = stage.trustpilot.sim.calls();
    assert_eq!(calls.iter().filter(|call| call.path.ends_with("/reply")).count(), 1);
    let unanswered = stage.api.get("/reviews?unanswered=true").await.good();
    assert!(items(&unanswered).is_empty());
}

#[tokio::test]
async fn a_bad_review_starts_a_rule() {
    let stage = Stage::new().await;
    let bad = crate::rules::test("event.stars", json!({"is": "less", "number": 3}));
    let make = json!([{"act": {"do": "create_order", "title": "Разобраться с отзывом {{event.author}}"}}]);
    crate::rules::published(&stage.api, "Плохой отзыв", "trustpilot.review_created", bad, make).await;
    let conversation = stage.intercom.closes(anna()).await;
    stage.invitation("sent").await;
    stage
        .trustpilot
        .ask("review", json!({"stars": 1, "author": "Анна", "reference": format!("ic-{conversation}")}))
        .await;
    let order =
        eventually("an order is made", async || items(&stage.api.get("/orders").await.good()).first().cloned()).await;
    assert_eq!(text(&order, "title"), "Разобраться с отзывом Анна");
}

#[tokio::test]
async fn a_review_whose_answer_was_refused_still_waits_for_one() {
    let stage = Stage::new().await;
    stage.trustpilot.ask("review", json!({"stars": 2, "author": "Вера"})).await;
    let review = stage.review("the review is there", |_| true).await;
    let refuse = FaultOrder { fail_next: 1, status: 400, on: "/reply".into(), ..FaultOrder::default() };
    stage.trustpilot.sim.faults().order(&refuse);
    let path = format!("/reviews/{}/answer", text(&review, "id"));
    stage.api.post(&path, json!({"text": "Простите"})).await.good();
    let refused = stage.review("the answer was refused", |review| review["answer_state"] == "dead").await;
    assert_eq!(text(&refused, "answer_code"), "400");
    let waiting = stage.api.get("/reviews?max_stars=2&unanswered=true").await.good();
    assert_eq!(items(&waiting).len(), 1, "{waiting}");
    assert!(items(&stage.api.get("/reviews?max_stars=1").await.good()).is_empty());
    stage.api.post(&path, json!({"text": "Простите, исправили"})).await.good();
    stage.review("the answer arrived", |review| review["answer_state"] == "done").await;
    assert!(items(&stage.api.get("/reviews?unanswered=true").await.good()).is_empty());
}

#[tokio::test]
async fn a_proven_address_is_all_there_is_to_set_up() {
    let stage = Stage::new().await;
    let list = stage.api.get("/connections").await.good();
    for id in [&stage.intercom.connection_id, &stage.trustpilot.connection_id] {
        let connection = items(&list).iter().find(|one| text(one, "id") == id).expect("the connection");
        assert_eq!(text(connection, "state"), "active", "{connection}");
        assert!(connection["handshake_at"].is_i64(), "{connection}");
    }
}
