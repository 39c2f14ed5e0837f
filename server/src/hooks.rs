//! `/api/hooks/{provider}/{key}`: raw bytes in, the pipeline's answer out.

use crate::guard::problem;
use crate::state::AppState;
use axum::Router;
use axum::body::to_bytes;
use axum::extract::{Path, Request, State};
use axum::response::{IntoResponse, Response};
use axum::routing::any;
use connectors::RawHook;
use domain::{ApiError, ErrorCode};
use http::{HeaderValue, StatusCode, header};
use services::pipeline::{HookAnswer, receive};
use std::sync::Arc;

/// The route.
pub fn routes() -> Router<AppState> {
    Router::new().route("/api/hooks/{provider}/{key}", any(hook))
}

async fn hook(
    State(state): State<AppState>,
    Path((provider, key)): Path<(String, String)>,
    request: Request,
) -> Response {
    if !state.is_ready() {
        return problem(ApiError::new(ErrorCode::StorageUnavailable));
    }
    take(&state.app, &provider, &key, request).await
}

/// Hands a provider's call over and answers it.
pub async fn take(app: &Arc<services::App>, provider: &str, key: &str, request: Request) -> Response {
    let Some(connector) = connectors::find(provider) else { return problem(ApiError::new(ErrorCode::NotFound)) };
    let (parts, body) = request.into_parts();
    let limit = connector.spec().max_body;
    let body = match to_bytes(body, limit).await {
        Ok(body) => body,
        Err(_) => return problem(ApiError::new(ErrorCode::FileTooLarge).arg("max_bytes", limit)),
    };
    let hook = RawHook {
        method: &parts.method,
        query: parts.uri.query().unwrap_or_default(),
        headers: &parts.headers,
        body: &body,
        now_ms: app.clock.now(),
    };
    match receive(app, provider, key, &hook).await {
        HookAnswer::Challenge(text) => {
            ([(header::CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"))], text).into_response()
        }
        HookAnswer::Accepted { .. } => StatusCode::OK.into_response(),
        HookAnswer::UnknownConnection => problem(ApiError::new(ErrorCode::NotFound)),
        HookAnswer::Unverified => problem(ApiError::new(ErrorCode::Unauthenticated)),
        HookAnswer::WrongToken => problem(ApiError::new(ErrorCode::Forbidden).arg("permission", "verify_token")),
        HookAnswer::Malformed(why) => problem(ApiError::new(ErrorCode::BadRequest).arg("reason", why)),
        HookAnswer::Method => StatusCode::METHOD_NOT_ALLOWED.into_response(),
        HookAnswer::Unavailable => problem(ApiError::new(ErrorCode::StorageUnavailable)),
    }
}
