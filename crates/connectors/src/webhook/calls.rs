//! Sending: one POST by Standard Webhooks. The same job is the same id and the same bytes each time; only the time of the
//! attempt and with it the signature change.

use super::standard;
use crate::address;
use crate::http::{Repeat, bad_request, call_beginning, traceparent};
use crate::json::Look;
use crate::{Acted, ActionCall, Cx, Fail, Rejection};
use serde_json::{Value as Json, json};
use std::time::Duration;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

/// Most read of an answer, and kept of it.
const ANSWER_LIMIT: usize = 64 * 1024;
const KEPT: usize = 400;
/// A receiver's wish to wait is followed up to this.
const MOST_WAIT_MS: i64 = 60 * 60 * 1000;

/// A whole call: programs of one's own answer at once or not at all.
const TIMEOUT: Duration = Duration::from_secs(15);

/// Makes one call.
pub async fn act(cx: &Cx<'_>, call: &ActionCall) -> Result<Acted, Fail> {
    let json = match call.action.as_str() {
        // Without an address to send to there is nobody to ask.
        "check" if cx.settings.get("url").trim().is_empty() => json!({}),
        "check" => {
            post(cx, &json!({"type": "endpoint.test", "at_ms": cx.now_ms, "data": {"message": "ping"}})).await?;
            json!({})
        }
        "call" => post(cx, &call.input).await?,
        other => return Err(bad_request("unknown_action", other)),
    };
    Ok(Acted { json, file: None })
}

async fn post(cx: &Cx<'_>, input: &Json) -> Result<Json, Fail> {
    let url = address::checked(cx.settings.get("url").trim(), cx.private_nets)?;
    let body = body(input)?;
    let (id, timestamp) = (id(cx.reference), cx.now_ms.div_euclid(1_000));
    let signature = standard::sign(cx.settings.get("secret"), &id, timestamp, body.as_bytes());
    let signature = signature.ok_or_else(|| bad_request("secret", "the secret is empty or not readable"))?;
    let mut request = cx
        .http
        .post(url)
        .timeout(TIMEOUT)
        .header("content-type", "application/json")
        .header("webhook-id", id)
        .header("webhook-timestamp", timestamp)
        .header("webhook-signature", signature)
        .body(body);
    if let Some(trace) = traceparent() {
        request = request.header("traceparent", trace);
    }
    let answer = call_beginning(request, Repeat::Harmless, ANSWER_LIMIT).await?;
    let said = said(&answer.body);
    if answer.good() {
        return Ok(json!({"status": answer.status, "said": said}));
    }
    let detail =
        if said.is_empty() { format!("HTTP {}", answer.status) } else { format!("HTTP {}: {said}", answer.status) };
    Err(match answer.fail(Repeat::Harmless, cx.now_ms) {
        Fail::Transient { after_ms, code, .. } => Fail::Transient { after_ms: after_ms.map(bounded), code, detail },
        Fail::Limited { scope, after_ms, code, .. } => {
            Fail::Limited { scope, after_ms: after_ms.map(bounded), code, detail }
        }
        Fail::Reauth { code, .. } => Fail::Reauth { code, detail },
        Fail::Rejected { code, .. } => {
            let gone = matches!(answer.status, 404 | 410);
            let reason = if gone { Rejection::NotFound } else { Rejection::BadRequest };
            Fail::Rejected { reason, code, detail }
        }
        fail @ Fail::Unknown { .. } => fail,
    })
}

fn bounded(wait_ms: i64) -> i64 {
    wait_ms.min(MOST_WAIT_MS)
}

/// The bytes of an event, the same for the same input.
fn body(input: &Json) -> Result<String, Fail> {
    let kind = input.text("type");
    if !domain::rules::act::is_event_name(kind) {
        return Err(bad_request("type", "the event's name is empty or has other than letters, digits, _ and dots"));
    }
    let at = OffsetDateTime::from_unix_timestamp_nanos(i128::from(input.int("at_ms").unwrap_or(0)) * 1_000_000);
    let at = at.ok().and_then(|at| at.format(&Rfc3339).ok());
    let at = at.ok_or_else(|| bad_request("at_ms", "the time of the event cannot be written"))?;
    Ok(json!({"type": kind, "timestamp": at, "data": input.at("data")}).to_string())
}

/// Our reference of the job as an id without dots and dashes.
fn id(reference: &str) -> String {
    let plain: String = reference.chars().filter(char::is_ascii_alphanumeric).collect();
    format!("msg_{}", plain.strip_prefix("job").unwrap_or(&plain))
}

/// The beginning of an answer, in one line.
fn said(body: &[u8]) -> String {
    let text = String::from_utf8_lossy(&body[..body.len().min(KEPT * 4)]);
    let plain: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    domain::text::preview(&plain, KEPT)
}
