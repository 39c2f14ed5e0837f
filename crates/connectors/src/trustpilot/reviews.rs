//! Reading reviews: the sweep that finds what no webhook told, and the one review that confirms what a webhook did tell.
//! Both give reviews in the shape of a webhook's `eventData`, so that they are stored and understood as the same events.

use super::api::{Host, address, object, private, public, unit};
use super::{hooks, map, setting};
use crate::http::{Repeat, bad_request, unreadable};
use crate::json::{Look, filled};
use crate::{Cx, Fail, Swept};
use serde_json::{Value as Json, json};

/// Reviews of a page at most.
const PER_PAGE: i64 = 100;

/// One page: `{"items": […], "page", "per_page", "more"}`.
pub async fn page(cx: &Cx<'_>, input: &Json) -> Result<Json, Fail> {
    let number = |name: &str, default: i64| match input.at(name) {
        Json::Null => Ok(default),
        _ => input.int(name).filter(|n| *n > 0).ok_or_else(|| bad_request("input", format!("{name} is no number"))),
    };
    let (page, per_page) = (number("page", 1)?, number("per_page", PER_PAGE)?.min(PER_PAGE));
    let reference = input.word("reference");
    let (page_text, per_page_text) = (page.to_string(), per_page.to_string());
    let mut query = vec![("perPage", per_page_text.as_str()), ("page", page_text.as_str())];
    if !reference.is_empty() {
        query.push(("referenceId", &reference));
    }
    let unit = unit(cx).await?;
    let url = address(cx, Host::Api, &["private", "business-units", &unit, "reviews"])?;
    let answer = private(cx, cx.http.get(url).query(&query), Repeat::Harmless).await?;
    let found = answer.get("reviews").and_then(Json::as_array);
    let found = found.ok_or_else(|| unreadable(Repeat::Harmless, "no reviews".into()))?;
    let items: Vec<Json> = found.iter().filter_map(|review| event_data(cx, review)).collect();
    Ok(json!({"items": items, "page": page, "per_page": per_page, "more": found.len() as i64 >= per_page}))
}

/// Pages of one pass at most: two thousand reviews.
const MOST_PAGES: i64 = 20;

/// The events of one page, and what to ask for next. Newest reviews come first, so a pass ends where reviews are older than
/// what it looks for; a week is added, within which most changes to a review are made.
pub fn swept(input: &Json, page: &Json) -> Swept {
    const WEEK_MS: i64 = 7 * 24 * 60 * 60 * 1000;
    let (number, since) = (input.int("page").unwrap_or(1), input.int("since_ms").unwrap_or(0));
    let items = page.list("items");
    let oldest = items.iter().map(|item| map::at_ms(item.text("createdAt"))).min().unwrap_or(0);
    let more = page.flag("more") && number < MOST_PAGES && oldest >= since.saturating_sub(WEEK_MS);
    Swept {
        events: items.iter().cloned().map(hooks::found).collect(),
        next: more.then(|| json!({"page": number + 1, "since_ms": since})),
    }
}

/// The public review, known to everybody by its id.
pub async fn one(cx: &Cx<'_>, given: &str) -> Result<Json, Fail> {
    let answer = object(public(cx, &["reviews", &id(given)?], &[]).await?)?;
    event_data(cx, &answer).ok_or_else(|| unreadable(Repeat::Harmless, "no review id".into()))
}

/// An id fit for an address.
pub fn id(given: &str) -> Result<String, Fail> {
    let plain = !given.is_empty() && given.bytes().all(|b| b.is_ascii_alphanumeric());
    if plain { Ok(given.to_owned()) } else { Err(bad_request("input", "id is no review id")) }
}

/// A review as a webhook would tell it, with our answer where there is one: webhooks never carry that.
fn event_data(cx: &Cx<'_>, review: &Json) -> Option<Json> {
    let id = filled(&review.word("id"))?;
    let consumer = review.at("consumer");
    let name = filled(consumer.text("name")).unwrap_or_else(|| consumer.text("displayName").into());
    let link = |given: &Json, kind: &str, id: &str| match filled(given.text("link")) {
        Some(link) => json!(link),
        None if id.is_empty() => Json::Null,
        None => json!(format!("{}/v1/{kind}/{id}", setting(cx.settings, "api_url").trim_end_matches('/'))),
    };
    let mut data = json!({
        "id": id, "language": review.at("language"), "title": review.at("title"), "text": review.at("text"),
        "referenceId": review.at("referenceId"), "stars": review.at("stars"), "createdAt": review.at("createdAt"),
        "isVerified": review.at("isVerified"), "locationId": review.at("locationId"), "tags": review.list("tags"),
        "link": link(review, "reviews", &id),
        "consumer": {
            "id": consumer.at("id"), "name": name, "link": link(consumer, "consumers", &consumer.word("id")),
        },
    });
    if !review.at("companyReply").is_null() {
        data["companyReply"] = review.at("companyReply").clone();
    }
    crate::json::scrub(&mut data);
    Some(data)
}
