//! English words of errors, for people who read answers of REST. Programs read the code.

use domain::{ApiError, ErrorCode};

/// Short title of a code.
pub fn title(code: ErrorCode) -> String {
    let words = code.as_str().replace('_', " ");
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// What happened, what is safe, what to do.
pub fn detail(error: &ApiError) -> String {
    let arg = |name: &str| error.args.get(name).cloned().unwrap_or_default();
    let sentence = match error.code {
        ErrorCode::Unauthenticated => "Give a valid API key as `Authorization: Bearer …`, or sign the webhook.".to_owned(),
        ErrorCode::Forbidden => format!("The key or role lacks `{}`. Nothing was changed.", arg("permission")),
        ErrorCode::NotFound => "There is nothing under this address for you.".to_owned(),
        ErrorCode::BadRequest => format!("The request cannot be read: {}. Nothing was changed.", arg("reason")),
        ErrorCode::Required => "This field is required.".to_owned(),
        ErrorCode::TooLong => format!("At most {} characters.", arg("max")),
        ErrorCode::OutOfRange => format!("Must be between {} and {}.", arg("min"), arg("max")),
        ErrorCode::NotAllowed => "The value is not one of those allowed here.".to_owned(),
        ErrorCode::Stale => "Somebody changed it meanwhile. Load it again and repeat the change with the new `rev`.".to_owned(),
        ErrorCode::AlreadyExists => format!("There is one already ({}). Nothing was changed.", arg("what")),
        ErrorCode::TransitionNotAllowed => format!("An order cannot go from `{}` to `{}`.", arg("from"), arg("to")),
        ErrorCode::ReasonRequired => "This step needs a reason.".to_owned(),
        ErrorCode::AmountTooLarge => "The amount does not fit. Nothing was changed.".to_owned(),
        ErrorCode::WindowClosed => "The channel's 24 hours are over; only an approved template can be sent.".to_owned(),
        ErrorCode::FileTooLarge => format!("The body is larger than {} bytes.", arg("max_bytes")),
        ErrorCode::IdempotencyMismatch => "This Idempotency-Key belongs to another request.".to_owned(),
        ErrorCode::IdempotencyInProgress => "The first request with this Idempotency-Key is still running.".to_owned(),
        ErrorCode::StorageUnavailable => "The database does not answer. Nothing was stored; repeat the request later.".to_owned(),
        ErrorCode::Internal => format!("Something broke on our side (reference {}). The log says more.", arg("reference")),
        code => format!("{}.", title(code)),
    };
    match &error.field {
        Some(field) => format!("{field}: {sentence}"),
        None => sentence,
    }
}
