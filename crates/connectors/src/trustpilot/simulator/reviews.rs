//! The host of everything else: the profile, reviews for the owner and for everybody, answers to them, and reviewers.

use super::refusal::{Refusal, details, message};
use super::routes::{own_unit, parsed, with_key, with_token};
use super::world::{Memory, World};
use crate::json::Look;
use axum::Json as Body;
use axum::body::Bytes;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode};
use serde_json::{Map, Value as Json, json};
use std::collections::HashMap;
use std::sync::Arc;

type Params = Query<HashMap<String, String>>;
type Answer = Result<Body<Json>, Refusal>;

fn unit(memory: &Memory) -> Json {
    let own = &memory.behaviour;
    json!({
        "id": own.business_unit_id, "displayName": own.display_name,
        "name": {"identifying": own.domain, "referring": [own.domain]}, "websiteUrl": format!("https://{}", own.domain),
        "country": "US", "numberOfReviews": {"total": 10, "usedForTrustScoreCalculation": 9, "oneStar": 0, "twoStars": 0,
                                             "threeStars": 1, "fourStars": 2, "fiveStars": 7},
        "status": "active", "score": {"stars": 4.5, "trustScore": 4.4}, "badFit": false, "links": [],
    })
}

pub async fn find(State(world): State<Arc<World>>, Query(query): Params, headers: HeaderMap) -> Answer {
    let memory = world.memory();
    with_key(&memory, &headers)?;
    match query.get("name") == Some(&memory.behaviour.domain) {
        true => Ok(Body(unit(&memory))),
        false => Err(message(404, "The business unit does not exist.")),
    }
}

/// Unverified, like its use by the connector.
pub async fn profile(State(world): State<Arc<World>>, Path(id): Path<String>, headers: HeaderMap) -> Answer {
    let memory = world.memory();
    with_key(&memory, &headers)?;
    match id == memory.behaviour.business_unit_id {
        true => Ok(Body(unit(&memory))),
        false => Err(message(404, "The business unit does not exist.")),
    }
}

/// Newest first.
pub async fn list(
    State(world): State<Arc<World>>,
    Path(unit): Path<String>,
    Query(query): Params,
    headers: HeaderMap,
) -> Answer {
    let memory = world.memory();
    with_token(&world, &memory, &headers)?;
    own_unit(&memory, &unit)?;
    let number = |name: &str, default: usize| {
        let given = query.get(name).map_or(Some(default), |text| text.parse().ok());
        given.filter(|n| *n > 0).ok_or_else(|| details(400, format!("{name} is not valid")))
    };
    let (page, per_page) = (number("page", 1)?, number("perPage", 20)?.min(100));
    let reference = query.get("referenceId");
    let wanted = |review: &&Json| reference.is_none_or(|reference| review.text("referenceId") == reference);
    let reviews: Vec<&Json> =
        memory.reviews.iter().rev().filter(wanted).skip((page - 1).saturating_mul(per_page)).take(per_page).collect();
    Ok(Body(json!({"reviews": reviews, "links": []})))
}

/// What everybody sees: the owner's reference is nobody else's business (unverified).
pub async fn one(State(world): State<Arc<World>>, Path(id): Path<String>, headers: HeaderMap) -> Answer {
    let memory = world.memory();
    with_key(&memory, &headers)?;
    let mut review = find_review(&memory, &id).cloned().ok_or_else(|| message(404, "The review does not exist."))?;
    if let Some(review) = review.as_object_mut() {
        review.remove("referenceId");
        review.remove("tags");
    }
    Ok(Body(review))
}

/// Unverified, like its use by the connector. A second answer takes the place of the first.
pub async fn reply(
    State(world): State<Arc<World>>,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<StatusCode, Refusal> {
    let now = world.now_text();
    let mut memory = world.memory();
    with_token(&world, &memory, &headers)?;
    let body = parsed(&headers, &body)?;
    let text = body.text("message");
    if text.is_empty() {
        return Err(details(400, "message is required"));
    }
    let review = memory.reviews.iter_mut().find(|review| review.text("id") == id);
    let review = review.ok_or_else(|| message(404, "The review does not exist."))?;
    review["companyReply"] = json!({"text": text, "createdAt": now});
    Ok(StatusCode::CREATED)
}

fn find_review<'a>(memory: &'a Memory, id: &str) -> Option<&'a Json> {
    memory.reviews.iter().find(|review| review.text("id") == id)
}

/// A review as a webhook tells it.
pub fn event_data(world: &World, review: &Json) -> Json {
    let (id, consumer) = (review.text("id"), review.at("consumer"));
    json!({
        "id": id, "language": review["language"], "title": review["title"], "text": review["text"],
        "referenceId": review["referenceId"], "stars": review["stars"], "createdAt": review["createdAt"],
        "isVerified": review["isVerified"], "locationId": review["locationId"], "tags": review["tags"],
        "link": format!("{}/v1/reviews/{id}", world.api_url),
        "consumer": {
            "id": consumer["id"], "name": consumer["displayName"],
            "link": format!("{}/v1/consumers/{}", world.api_url, consumer.text("id")),
        },
    })
}

impl World {
    /// Somebody writes a review. Gives its webhook's `eventData`.
    pub fn write(&self, order: &Json) -> Result<Json, String> {
        let mut review = json!({
            "id": self.id(), "stars": 5, "title": "Отлично", "text": "Быстро помогли", "language": "ru",
            "createdAt": self.now_text(), "referenceId": null, "isVerified": true, "locationId": null, "tags": [],
            "consumer": {"id": self.id(), "displayName": "Анна"}, "companyReply": null,
        });
        change(&mut review, order)?;
        let data = event_data(self, &review);
        self.memory().reviews.push(review);
        Ok(data)
    }

    /// The reviewer changes it.
    pub fn rewrite(&self, order: &Json) -> Result<Json, String> {
        let mut memory = self.memory();
        let place = place(&memory, order.text("id"))?;
        let mut review = memory.reviews[place].clone();
        change(&mut review, order)?;
        memory.reviews[place] = review.clone();
        Ok(event_data(self, &review))
    }

    /// It is taken down. A deletion tells little more than the id.
    pub fn take_down(&self, order: &Json) -> Result<Json, String> {
        let mut memory = self.memory();
        let place = place(&memory, order.text("id"))?;
        let review = memory.reviews.remove(place);
        Ok(json!({"id": review["id"], "referenceId": review["referenceId"], "stars": review["stars"]}))
    }
}

fn place(memory: &Memory, id: &str) -> Result<usize, String> {
    let place = match id {
        "last" => memory.reviews.len().checked_sub(1),
        id => memory.reviews.iter().position(|review| review.text("id") == id),
    };
    place.ok_or_else(|| format!("no review {id}"))
}

fn change(review: &mut Json, order: &Json) -> Result<(), String> {
    let Json::Object(order) = order else { return Err("an object is needed".into()) };
    for (name, value) in order {
        match name.as_str() {
            "id" | "quiet" => {}
            "stars" | "title" | "text" | "language" => review[name.as_str()] = value.clone(),
            "author" => review["consumer"]["displayName"] = value.clone(),
            "reference" => review["referenceId"] = value.clone(),
            "verified" => review["isVerified"] = value.clone(),
            "location" => review["locationId"] = value.clone(),
            "tags" => {
                let words = value.as_array().ok_or("tags are words")?;
                let tags = words.iter().map(|word| {
                    Json::Object(Map::from_iter([("group".into(), json!("Generic")), ("value".into(), word.clone())]))
                });
                review["tags"] = tags.collect();
            }
            other => return Err(format!("no field {other}")),
        }
    }
    Ok(())
}
