//! What each payload of the contract means.

use super::fixtures::fixture;
use super::{Connector, Trustpilot, body, receive};
use domain::channel::{ChannelEvent, Lookup, ReviewContent};
use serde_json::{Value as Json, json};

const ID: &str = "62c8968be77911f2449e9f74";

fn meaning(body: &str) -> ChannelEvent {
    let [event] = receive(body).try_into().expect("one event");
    Trustpilot.normalise(&event.kind, &event.data).expect("understood")
}

fn review(at_ms: i64, content: Option<ReviewContent>) -> ChannelEvent {
    let reference = Some("ic-215474300000001".into());
    ChannelEvent::Review { external_id: ID.into(), reference, at_ms, content, lookup: lookup(ID) }
}

/// A webhook carries no signature, so the review is asked for.
fn lookup(id: &str) -> Option<Lookup> {
    Some(Lookup { action: "review".into(), input: json!({"id": id}) })
}

fn content(stars: u8, text: &str) -> ReviewContent {
    ReviewContent {
        stars,
        title: "Отлично".into(),
        text: text.into(),
        language: "ru".into(),
        author: "Анна".into(),
        answer: None,
        link: Some(format!("https://api.trustpilot.com/v1/reviews/{ID}")),
    }
}

#[test]
fn reviews_come_change_and_go() {
    let at_ms = 1_791_624_884_000;
    assert_eq!(meaning(fixture("review_created")), review(at_ms, Some(content(5, "Быстро помогли"))));
    assert_eq!(meaning(fixture("review_updated")), review(at_ms, Some(content(4, "Дополняю отзыв"))));
    assert_eq!(meaning(fixture("review_deleted")), review(0, None));
}

#[test]
fn what_is_missing_is_empty() {
    let event = meaning(&body("service-review-created", &json!({"id": "a1", "stars": "3", "referenceId": null})));
    let empty = String::new;
    let (title, text, language, author) = (empty(), empty(), empty(), empty());
    let content = Some(ReviewContent { stars: 3, title, text, language, author, answer: None, link: None });
    let (external_id, lookup) = ("a1".into(), lookup("a1"));
    assert_eq!(event, ChannelEvent::Review { external_id, reference: None, at_ms: 0, content, lookup });
}

#[test]
fn without_id_or_stars_it_is_no_review() {
    let refused = |kind: &str, data: Json| Trustpilot.normalise(kind, &data).is_err();
    for data in [json!({}), json!(null), json!({"id": ""}), json!({"id": []})] {
        assert!(refused("review_deleted", data.clone()), "{data}");
    }
    for stars in [json!(0), json!(6), json!(-1), json!(300), json!(null), json!("many")] {
        assert!(refused("review_created", json!({"id": "a1", "stars": stars})), "{stars}");
    }
    assert!(!refused("review_deleted", json!({"id": "a1"})), "a deletion needs no stars");
}
