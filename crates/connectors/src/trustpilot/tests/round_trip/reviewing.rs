//! What reviewers do, as webhooks and as found by a sweep; our answers to it.

use super::{Stage, lock};
use crate::trustpilot::tests::{body, receive};
use crate::{Connector, Fail, trustpilot::Trustpilot};
use domain::channel::{ChannelEvent, ReviewContent};
use serde_json::{Value as Json, json};

fn parts(event: &ChannelEvent) -> (&str, Option<&str>, Option<&ReviewContent>) {
    match event {
        ChannelEvent::Review { external_id, reference, content, .. } => {
            (external_id, reference.as_deref(), content.as_ref())
        }
        other => panic!("no review: {other:?}"),
    }
}

#[tokio::test]
async fn a_review_comes_changes_and_goes() {
    let stage = Stage::connected().await;
    let order = json!({"stars": 2, "title": "Долго", "text": "Ждал неделю", "reference": "ic-7", "author": "Олег",
                       "tags": ["intercom"]});
    let done = stage.ask("review", order).await;
    assert_eq!((&done["acknowledged"], &done["status"]), (&json!(true), &json!(200)));
    let id = done["id"].as_str().expect("an id");
    stage.ask("review/update", json!({"id": id, "stars": 4, "text": "Всё исправили"})).await;
    stage.ask("review/delete", json!({"id": "last"})).await;
    let meanings = stage.meanings();
    let [first, second, third] = [0, 1, 2].map(|place| parts(&meanings[place]));
    let content = first.2.expect("a review");
    assert_eq!((first.0, first.1, content.stars, content.author.as_str()), (id, Some("ic-7"), 2, "Олег"));
    let changed = second.2.expect("a review");
    assert_eq!((second.0, changed.stars, changed.text.as_str()), (id, 4, "Всё исправили"));
    assert_eq!((third.0, third.1, third.2), (id, Some("ic-7"), None));
    let kinds: Vec<String> = stage.events().iter().map(|event| event.kind.clone()).collect();
    assert_eq!(kinds, ["review_created", "review_updated", "review_deleted"]);
    assert_eq!(stage.events()[0].data["tags"], json!([{"group": "Generic", "value": "intercom"}]));
}

#[tokio::test]
async fn strange_and_repeated_webhooks() {
    let stage = Stage::connected().await;
    stage.ask("unknown", json!({})).await;
    assert!(matches!(&stage.meanings()[0], ChannelEvent::Ignored { why } if why.starts_with("service-review-")));
    stage.ask("review", json!({})).await;
    let before = stage.events();
    let done = stage.ask("replay", json!({"last": 1})).await;
    assert_eq!(done, json!({"posted": 1, "acknowledged": 1}));
    let after = stage.events();
    assert_eq!(after.len(), 3);
    assert_eq!(after[2], before[1], "a repeat is the same event with the same keys");
    let done = stage.ask("webhook", json!({"body": "no json"})).await;
    assert_eq!(done["status"], 400);
    let events = [json!({"eventName": "service-review-deleted", "eventData": {"id": "a1"}}), json!({})];
    stage.ask("webhook", json!({"events": events})).await;
    assert_eq!(stage.events().len(), 5);
}

#[tokio::test]
async fn an_address_is_kept_only_when_its_test_succeeds() {
    let stage = Stage::new().await;
    assert!(stage.sim.ask("review", json!({})).await.is_err(), "nowhere to post");
    let wrong = format!("{}/nobody", stage.sim.api_url);
    assert!(stage.sim.ask("callback", json!({"url": wrong})).await.is_err());
    assert!(stage.sim.ask("review", json!({})).await.is_err(), "still nowhere");
    stage.ask("callback", json!({"url": stage.callback})).await;
    assert_eq!(stage.ask("review", json!({})).await["acknowledged"], true);
}

#[tokio::test]
async fn a_sweep_finds_the_same_events() {
    let stage = Stage::connected().await;
    for (number, quiet) in [(1, false), (2, true), (3, true)] {
        let order = json!({"stars": 5, "reference": format!("ic-{number}"), "tags": ["intercom"], "quiet": quiet});
        stage.ask("review", order).await;
    }
    let page = stage.act("reviews", json!({"page": 1, "per_page": 2})).await.expect("a page");
    assert_eq!((&page["page"], &page["per_page"], &page["more"]), (&json!(1), &json!(2), &json!(true)));
    let rest = stage.act("reviews", json!({"page": "2", "per_page": 2})).await.expect("a page");
    assert_eq!(rest["more"], false);
    let items: Vec<Json> =
        [&page, &rest].iter().flat_map(|page| page["items"].as_array().expect("items").clone()).collect();
    let references: Vec<&str> = items.iter().filter_map(|item| item["referenceId"].as_str()).collect();
    assert_eq!(references, ["ic-3", "ic-2", "ic-1"]);
    // The one that was told is the very same event, key and all.
    let [swept] = receive(&body("service-review-created", &items[2])).try_into().expect("one event");
    assert_eq!(vec![swept], stage.events());
    let found = stage.act("reviews", json!({"reference": "ic-2"})).await.expect("a page");
    assert_eq!(found["items"].as_array().map(Vec::len), Some(1));
    assert_eq!(found["items"][0]["referenceId"], "ic-2");
}

#[tokio::test]
async fn one_review_confirms_what_was_told() {
    let stage = Stage::connected().await;
    let id = stage.ask("review", json!({"stars": 3, "reference": "ic-1"})).await["id"].clone();
    let review = stage.act("review", json!({"id": id})).await.expect("a review");
    let told = lock(&stage.events)[0].data.clone();
    for name in ["id", "stars", "title", "text", "language", "createdAt", "consumer", "link"] {
        assert_eq!(review[name], told[name], "{name}");
    }
    assert_eq!(stage.calls("/accesstoken"), 0, "everybody may read it");
    stage.ask("review/delete", json!({"id": id})).await;
    let got = stage.act("review", json!({"id": id})).await;
    assert!(matches!(&got, Err(Fail::Rejected { code, .. }) if code == "404"), "{got:?}");
    let got = stage.act_with(json!({"api_key": "wrong"}), "review", json!({"id": id})).await;
    assert!(matches!(got, Err(Fail::Reauth { .. })), "{got:?}");
}

#[tokio::test]
async fn our_answer_is_seen_by_the_next_sweep() {
    let stage = Stage::connected().await;
    let id = stage.ask("review", json!({"reference": "ic-1"})).await["id"].clone();
    let done = stage.act("reply", json!({"id": id, "message": "Спасибо, Анна"})).await.expect("answered");
    assert_eq!(done, json!({"id": id, "replied": true}));
    let page = stage.act("reviews", json!({})).await.expect("a page");
    let meaning = Trustpilot.normalise("review_updated", &page["items"][0]).expect("understood");
    assert_eq!(parts(&meaning).2.and_then(|content| content.answer.as_deref()), Some("Спасибо, Анна"));
    let got = stage.act("reply", json!({"id": "62c8968be77911f2449e9f74", "message": "Кому?"})).await;
    assert!(matches!(&got, Err(Fail::Rejected { code, .. }) if code == "404"), "{got:?}");
}
