//! Checks of typed input, each answering with a stable code on its field.

use crate::Result;
use domain::{ApiError, ErrorCode};

/// A required single-line text: trimmed, not empty, at most `max` characters.
pub fn required(field: &str, text: &str, max: usize) -> Result<String> {
    let text = optional(field, text, max)?;
    if text.is_empty() { Err(ApiError::new(ErrorCode::Required).field(field).into()) } else { Ok(text) }
}

/// A text that may be empty: trimmed, at most `max` characters, no control characters but line breaks.
pub fn optional(field: &str, text: &str, max: usize) -> Result<String> {
    let text = text.trim();
    if text.chars().count() > max {
        return Err(ApiError::new(ErrorCode::TooLong).arg("max", max).field(field).into());
    }
    Ok(text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect())
}

/// An e-mail address, or nothing.
pub fn email(field: &str, text: &str) -> Result<Option<String>> {
    let text = text.trim();
    match text {
        "" => Ok(None),
        _ if domain::text::is_email(text) => Ok(Some(text.to_owned())),
        _ => Err(ApiError::new(ErrorCode::BadEmail).field(field).into()),
    }
}

/// A phone in any form people write, as E.164, or nothing.
pub fn phone(field: &str, text: &str) -> Result<Option<String>> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    domain::phone::normalise(text).map(Some).ok_or_else(|| ApiError::new(ErrorCode::BadPhone).field(field).into())
}

/// Page size: 50 unless asked, 1 to 200.
pub fn limit(asked: Option<u32>) -> i64 {
    i64::from(asked.unwrap_or(50).clamp(1, 200))
}

/// A cursor that is just an id.
pub fn id_cursor<T: std::str::FromStr>(cursor: Option<&str>) -> Result<Option<T>> {
    cursor
        .filter(|c| !c.is_empty())
        .map(|c| c.parse().map_err(|_| ApiError::new(ErrorCode::NotAllowed).field("cursor").into()))
        .transpose()
}
