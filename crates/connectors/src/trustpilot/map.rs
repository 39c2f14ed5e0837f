//! What a stored event of Trustpilot means. Pure. An error is returned only where an event lacks what makes it a review;
//! a time the provider left out (a deletion has none) is 0.

use super::hooks::FOUND;
use crate::NormaliseError;
use crate::json::{Look, filled};
use domain::channel::{ChannelEvent, Lookup, ReviewContent};
use serde_json::{Value as Json, json};
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

/// The meaning of one event.
pub fn normalise(kind: &str, data: &Json) -> Result<ChannelEvent, NormaliseError> {
    let content = match kind {
        "review_created" | "review_updated" | FOUND => Some(content(data)?),
        "review_deleted" => None,
        _ => {
            let name = data.text("eventName");
            return Ok(ChannelEvent::Ignored { why: if name.is_empty() { kind.into() } else { name.into() } });
        }
    };
    let external_id = filled(&data.word("id")).ok_or_else(|| NormaliseError("no id".into()))?;
    let at_ms = at_ms(data.text("createdAt"));
    let reference = filled(&data.word("referenceId"));
    // Webhooks carry no signature: what they tell is true once the service says so itself.
    let lookup = (kind != FOUND).then(|| Lookup { action: "review".into(), input: json!({"id": external_id}) });
    Ok(ChannelEvent::Review { external_id, reference, at_ms, content, lookup })
}

fn content(data: &Json) -> Result<ReviewContent, NormaliseError> {
    let stars = data.int("stars").and_then(|stars| u8::try_from(stars).ok()).filter(|stars| (1..=5).contains(stars));
    Ok(ReviewContent {
        stars: stars.ok_or_else(|| NormaliseError("stars are not 1 to 5".into()))?,
        title: data.text("title").into(),
        text: data.text("text").into(),
        language: data.text("language").into(),
        author: data.at("consumer").text("name").into(),
        answer: answer(data.at("companyReply")),
        link: filled(data.text("link")),
    })
}

/// Only a sweep brings our answer; the contract does not show its shape.
fn answer(reply: &Json) -> Option<String> {
    [reply.text("text"), reply.text("message"), reply.as_str().unwrap_or_default()].into_iter().find_map(filled)
}

pub fn at_ms(text: &str) -> i64 {
    OffsetDateTime::parse(text, &Rfc3339).map_or(0, |at| (at.unix_timestamp_nanos() / 1_000_000) as i64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn times_with_and_without_fractions() {
        assert_eq!(at_ms("2026-10-10T09:34:44Z"), 1_791_624_884_000);
        assert_eq!(at_ms("2026-10-10T12:34:44.250+03:00"), 1_791_624_884_250);
        assert_eq!((at_ms("yesterday"), at_ms("")), (0, 0));
    }

    #[test]
    fn our_answer_is_found_in_any_shape() {
        for reply in [json!({"text": "Спасибо"}), json!({"message": "Спасибо"}), json!("Спасибо")]
        {
            assert_eq!(answer(&reply).as_deref(), Some("Спасибо"), "{reply}");
        }
        assert_eq!((answer(&Json::Null), answer(&json!({"text": ""}))), (None, None));
    }
}
