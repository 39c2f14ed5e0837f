//! Intercom's errors → [`Fail`]: `{"type": "error.list", "request_id", "errors": [{"code", "message", "field"}]}`.
//! The code decides where it is known, else the status.

use crate::http::{Answer, Repeat, unreadable};
use crate::json::Look;
use crate::{Cx, Fail, LimitScope, Rejection};
use serde_json::Value as Json;

/// Calls are counted in windows of this length.
const WINDOW_MS: i64 = 10_000;
/// A reset further away than this is a clock that goes wrong, theirs or ours.
const LONGEST_MS: i64 = 10 * 60 * 1000;

/// What a code asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Class {
    Retry,
    Rate,
    Access,
    /// Somebody else changed it meanwhile.
    Conflict,
    Reject(Rejection),
}

fn class(code: &str) -> Option<Class> {
    use Rejection::BadRequest;
    Some(match code {
        "server_error" | "service_unavailable" => Class::Retry,
        "rate_limit_exceeded" => Class::Rate,
        "unauthorized" | "token_unauthorized" | "api_plan_restricted" | "forbidden" => Class::Access,
        "conflict" | "resource_conflict" => Class::Conflict,
        "parameter_invalid" | "parameter_not_found" | "bad_request" | "client_error" | "intercom_version_invalid" => {
            Class::Reject(BadRequest)
        }
        "data_invalid" | "validation_error" => Class::Reject(BadRequest),
        "not_found" | "conversation_not_found" => Class::Reject(BadRequest),
        _ => return None,
    })
}

/// The JSON of a good answer, or the failure.
pub fn read(answer: &Answer, cx: &Cx<'_>, repeat: Repeat) -> Result<Json, Fail> {
    let body = serde_json::from_slice::<Json>(&answer.body).unwrap_or_default();
    if body.text("type") == "error.list" || !answer.good() {
        return Err(fail(answer, &body, cx, repeat));
    }
    if body.is_object() { Ok(body) } else { Err(unreadable(repeat, "not a JSON object".into())) }
}

fn fail(answer: &Answer, body: &Json, cx: &Cx<'_>, repeat: Repeat) -> Fail {
    let error = body.list("errors").first().unwrap_or(&Json::Null);
    let bare = answer.fail(repeat, cx.now_ms);
    let code = if error.text("code").is_empty() { bare.parts().0.to_owned() } else { error.word("code") };
    let detail = detail(body, error, bare.parts().1);
    let wish = answer.retry_after_ms(cx.now_ms);
    match class(&code) {
        // What the status says of an unclear end is stronger than the words.
        Some(Class::Retry) | None if answer.status >= 500 => with_words(bare, code, detail),
        Some(Class::Retry) => Fail::Transient { after_ms: wish, code, detail },
        Some(Class::Rate) => limited(answer, cx, code, detail),
        Some(Class::Access) => Fail::Reauth { code, detail },
        // Nothing was done. Read afresh it may go, but only a call that can be repeated can be made again.
        Some(Class::Conflict) if repeat == Repeat::Harmless => Fail::Transient { after_ms: wish, code, detail },
        Some(Class::Conflict) => Fail::Rejected { reason: Rejection::BadRequest, code, detail },
        Some(Class::Reject(reason)) => Fail::Rejected { reason, code, detail },
        None => match answer.status {
            // The plan does not include it; that is no fault of the sign-in.
            402 => Fail::Rejected { reason: Rejection::Policy, code, detail },
            409 if repeat == Repeat::Harmless => Fail::Transient { after_ms: wish, code, detail },
            429 => limited(answer, cx, code, detail),
            200..300 => Fail::Rejected { reason: Rejection::BadRequest, code, detail },
            _ => with_words(bare, code, detail),
        },
    }
}

/// Intercom's sentence with the field it means and the number its support asks for.
fn detail(body: &Json, error: &Json, fallback: &str) -> String {
    let mut text = match error.text("message") {
        "" => fallback.to_owned(),
        message => message.to_owned(),
    };
    for (name, value) in [("field", error.text("field")), ("request_id", body.text("request_id"))] {
        if !value.is_empty() {
            text.push_str(&format!(" ({name} {value})"));
        }
    }
    text
}

/// The whole connection waits until the window ends, each job a little longer than the next: all at once would fill the
/// new window in its first moment.
fn limited(answer: &Answer, cx: &Cx<'_>, code: String, detail: String) -> Fail {
    let reset = answer.header("x-ratelimit-reset").trim().parse::<i64>().ok();
    let until_reset = reset.map(|at| at.saturating_mul(1000).saturating_sub(cx.now_ms).clamp(0, LONGEST_MS));
    let wait = until_reset.or_else(|| answer.retry_after_ms(cx.now_ms)).unwrap_or(WINDOW_MS);
    Fail::Limited { scope: LimitScope::Connection, after_ms: Some(wait + jitter(cx.reference)), code, detail }
}

/// Up to a second, always the same for one job.
fn jitter(reference: &str) -> i64 {
    i64::from(reference.bytes().fold(7u32, |sum, byte| sum.wrapping_mul(31).wrapping_add(byte.into())) % 1000)
}

fn with_words(fail: Fail, code: String, detail: String) -> Fail {
    match fail {
        Fail::Transient { after_ms, .. } => Fail::Transient { after_ms, code, detail },
        Fail::Limited { scope, after_ms, .. } => Fail::Limited { scope, after_ms, code, detail },
        Fail::Reauth { .. } => Fail::Reauth { code, detail },
        Fail::Rejected { reason, .. } => Fail::Rejected { reason, code, detail },
        Fail::Unknown { .. } => Fail::Unknown { detail: format!("{code}: {detail}") },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_of_the_contract_has_its_class() {
        let rejected = Class::Reject(Rejection::BadRequest);
        let table: [(&[&str], Class); 5] = [
            (
                &[
                    "parameter_invalid",
                    "parameter_not_found",
                    "bad_request",
                    "client_error",
                    "intercom_version_invalid",
                ],
                rejected,
            ),
            (&["not_found", "conversation_not_found", "data_invalid", "validation_error"], rejected),
            (&["unauthorized", "token_unauthorized", "api_plan_restricted", "forbidden"], Class::Access),
            (&["conflict", "resource_conflict"], Class::Conflict),
            (&["server_error", "service_unavailable"], Class::Retry),
        ];
        for (codes, expected) in table {
            for code in codes {
                assert_eq!(class(code), Some(expected), "{code}");
            }
        }
        assert_eq!((class("rate_limit_exceeded"), class("something_new")), (Some(Class::Rate), None));
    }

    #[test]
    fn jobs_do_not_come_back_together() {
        let waits: std::collections::HashSet<i64> = (0..100).map(|n| jitter(&format!("job:{n}"))).collect();
        assert!(waits.len() > 50 && waits.iter().all(|ms| (0..1000).contains(ms)), "{waits:?}");
        assert_eq!(jitter("job:1"), jitter("job:1"));
    }
}
