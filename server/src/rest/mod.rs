//! REST v1.

use crate::state::AppState;
use axum::Router;
use domain::{ApiError, ErrorCode};

/// All operations.
pub fn routes(_: &AppState) -> Router<AppState> {
    Router::new()
}

/// Short English title of a code.
pub fn title(code: ErrorCode) -> String {
    code.as_str().replace('_', " ")
}

/// One English sentence about this error.
pub fn detail(error: &ApiError) -> String {
    error.to_string()
}

/// The OpenAPI document.
pub fn document_json() -> anyhow::Result<String> {
    Ok("{}".into())
}
