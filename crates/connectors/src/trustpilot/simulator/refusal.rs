//! How Trustpilot says no: several shapes, none of them everywhere. Member names are the contract's, sentences invented.

use axum::Json as Body;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::{Value as Json, json};

/// A refused call.
#[derive(Debug)]
pub struct Refusal {
    pub status: u16,
    pub body: Json,
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::BAD_REQUEST);
        (status, Body(self.body)).into_response()
    }
}

fn refusal(status: u16, body: Json) -> Refusal {
    Refusal { status, body }
}

/// The gateway in front: sign-in, quotas, unknown paths.
pub fn fault(status: u16, sentence: &str, code: &str) -> Refusal {
    refusal(status, json!({"fault": {"faultstring": sentence, "detail": {"errorcode": code}}}))
}

/// A token that is missing, wrong or too old.
pub fn bad_token() -> Refusal {
    fault(401, "Invalid Access Token", "keymanagement.service.invalid_access_token")
}

/// A path this host does not have.
pub fn no_path() -> Refusal {
    fault(404, "Unable to identify proxy for this path", "messaging.adaptors.http.flow.ApplicationNotFound")
}

/// Too many of something.
pub fn too_many(sentence: &str) -> Refusal {
    fault(429, sentence, "policies.ratelimit.QuotaViolation")
}

/// What the invitation service says of a field.
pub fn details(status: u16, sentence: impl Into<String>) -> Refusal {
    refusal(status, json!({"details": sentence.into()}))
}

/// What it says of things it looked up.
pub fn coded(status: u16, code: &str, sentence: &str) -> Refusal {
    refusal(status, json!({"ErrorCode": code, "Error": sentence}))
}

pub fn message(status: u16, sentence: &str) -> Refusal {
    refusal(status, json!({"message": sentence}))
}

/// Sign-in says little on purpose.
pub fn reason(status: u16, sentence: &str) -> Refusal {
    refusal(status, json!({"reason": sentence}))
}

/// The body of an ordered fault: `code` picks the shape, anything else the usual one of the status.
pub fn ordered(status: u16, code: i64) -> Json {
    let sentence = "Ordered fault.";
    let shape = match (code, status) {
        (1..=6, _) => code,
        (_, 401 | 404 | 429) => 1,
        (_, 400) => 4,
        _ => 3,
    };
    match shape {
        1 => fault(status, sentence, "ordered.fault").body,
        2 => coded(status, "ordered.fault", sentence).body,
        3 => message(status, sentence).body,
        4 => details(status, sentence).body,
        5 => reason(status, sentence).body,
        _ => sentence.into(),
    }
}
