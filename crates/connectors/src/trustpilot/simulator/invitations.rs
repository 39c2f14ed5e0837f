//! The host of invitations: templates, mails, links, erasure. Checks what the contract says is refused, and remembers
//! everything accepted.

use super::refusal::{Refusal, coded, details};
use super::routes::{own_unit, parsed, with_person, with_token};
use super::world::{Invitation, Memory, TimeFormat, World};
use crate::json::Look;
use crate::trustpilot::forms::LOCALES;
use axum::Json as Body;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::{Value as Json, json};
use std::sync::Arc;
use time::OffsetDateTime;
use time::PrimitiveDateTime;
use time::format_description::well_known::Rfc3339;
use time::macros::format_description;

type Unit = Path<String>;

pub async fn templates(
    State(world): State<Arc<World>>,
    Path(unit): Unit,
    headers: HeaderMap,
) -> Result<Body<Json>, Refusal> {
    let memory = world.memory();
    with_token(&world, &memory, &headers)?;
    own_unit(&memory, &unit)?;
    Ok(Body(json!({"templates": memory.templates, "links": []})))
}

/// Queues a mail: 202 and no body, whether or not the same reference came before.
pub async fn invite(
    State(world): State<Arc<World>>,
    Path(unit): Unit,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Refusal> {
    let at_ms = world.clock.now_ms();
    let mut memory = world.memory();
    let token = with_token(&world, &memory, &headers)?;
    own_unit(&memory, &unit)?;
    let user = with_person(&memory, token, &headers)?;
    let body = parsed(&headers, &body)?;
    check(&memory, &body)?;
    memory.invitations.push(Invitation { at_ms, unit, user, body });
    let own = &memory.behaviour;
    let status = StatusCode::from_u16(own.invited_status).unwrap_or(StatusCode::ACCEPTED);
    Ok((status, own.invited_body.clone()).into_response())
}

fn check(memory: &Memory, body: &Json) -> Result<(), Refusal> {
    let wrong = |field: &str| Err(details(400, format!("{field} is not valid")));
    for field in ["consumerEmail", "consumerName", "referenceNumber"] {
        if body.text(field).is_empty() {
            return Err(details(400, format!("{field} is required")));
        }
    }
    if !is_email(body.text("consumerEmail")) {
        return Err(details(400, "consumerEmail is not a valid email address"));
    }
    let (sender, locale) = (body.text("senderEmail"), body.text("locale"));
    if !sender.is_empty() && !memory.behaviour.senders.iter().any(|allowed| allowed == sender) {
        return Err(details(400, "senderEmail is not allowed for this account"));
    }
    if !locale.is_empty() && !LOCALES.contains(&locale) {
        return wrong("locale");
    }
    for name in ["serviceReviewInvitation", "productReviewInvitation"] {
        let review = body.at(name);
        let (template, time) = (review.at("templateId"), review.at("preferredSendTime"));
        if !template.is_null() && !memory.templates.iter().any(|known| known.at("id") == template) {
            return Err(coded(400, "400.001", "The template id is not valid."));
        }
        if !time.is_null() && !time.as_str().is_some_and(|text| understood(memory.behaviour.time_format, text)) {
            return wrong("preferredSendTime");
        }
        if !(review.at("tags").is_null() || words(review.at("tags"))) {
            return wrong("tags");
        }
        let page = review.at("redirectUri");
        if !page.is_null() && !page.as_str().is_some_and(|uri| uri.starts_with("http")) {
            return wrong("redirectUri");
        }
        if !review.at("products").is_null() && !review.at("productSkus").is_null() {
            return Err(details(400, "products and productSkus exclude each other"));
        }
    }
    Ok(())
}

fn is_email(text: &str) -> bool {
    text.split_once('@').is_some_and(|(user, host)| !user.is_empty() && host.contains('.') && !host.contains('@'))
}

fn words(value: &Json) -> bool {
    value.as_array().is_some_and(|items| items.iter().all(Json::is_string))
}

fn understood(format: TimeFormat, text: &str) -> bool {
    let iso = OffsetDateTime::parse(text, &Rfc3339).is_ok_and(|at| at.offset().is_utc());
    let american = format_description!("[month]/[day]/[year] [hour]:[minute]:[second]");
    let us = PrimitiveDateTime::parse(text, american).is_ok();
    match format {
        TimeFormat::Any => iso || us,
        TimeFormat::Iso => iso,
        TimeFormat::Us => us,
    }
}

pub async fn link(
    State(world): State<Arc<World>>,
    Path(unit): Unit,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Body<Json>, Refusal> {
    let at_ms = world.clock.now_ms();
    let mut memory = world.memory();
    with_token(&world, &memory, &headers)?;
    own_unit(&memory, &unit)?;
    let body = parsed(&headers, &body)?;
    for field in ["referenceId", "email", "name"] {
        if body.text(field).is_empty() {
            return Err(details(400, format!("{field} is required")));
        }
    }
    if !is_email(body.text("email")) {
        return Err(details(400, "email is not a valid email address"));
    }
    let id = format!("{}{}", world.id(), &world.id()[..8]);
    let url = format!("https://www.trustpilot.com/evaluate-link/{id}");
    memory.links.push(json!({"at_ms": at_ms, "id": id, "url": url, "body": body}));
    Ok(Body(json!({"id": id, "url": url})))
}

/// Takes people out of what was remembered, by address or by age.
pub async fn erase(
    State(world): State<Arc<World>>,
    Path(unit): Unit,
    headers: HeaderMap,
    body: Bytes,
) -> Result<StatusCode, Refusal> {
    let at_ms = world.clock.now_ms();
    let mut memory = world.memory();
    let token = with_token(&world, &memory, &headers)?;
    own_unit(&memory, &unit)?;
    with_person(&memory, token, &headers)?;
    let body = parsed(&headers, &body)?;
    let (emails, older) = (body.at("customerEmails"), body.at("deleteOlderThan"));
    let older = match (emails.is_null(), older.as_str()) {
        (false, None) if words(emails) => None,
        (true, Some(text)) => match OffsetDateTime::parse(text, &Rfc3339) {
            Ok(at) => Some(at.unix_timestamp() * 1000),
            Err(_) => return Err(details(400, "deleteOlderThan is not valid")),
        },
        _ => return Err(details(400, "either customerEmails or deleteOlderThan")),
    };
    for invitation in &mut memory.invitations {
        let email = invitation.body.at("consumerEmail").clone();
        let named = body.list("customerEmails").contains(&email);
        if named || older.is_some_and(|ms| invitation.at_ms < ms) {
            invitation.body["consumerEmail"] = Json::Null;
            invitation.body["consumerName"] = Json::Null;
        }
    }
    memory.erasures.push(json!({"at_ms": at_ms, "body": body}));
    Ok(StatusCode::OK)
}
