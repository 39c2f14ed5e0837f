//! `/healthz`, `/readyz`, `/metrics`: for supervisors and monitoring.

use crate::state::AppState;
use axum::Router;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use http::{StatusCode, header};

/// The routes.
pub fn routes() -> Router<AppState> {
    Router::new().route("/healthz", get("alive")).route("/readyz", get(ready)).route("/metrics", get(metrics))
}

async fn ready(State(state): State<AppState>) -> Response {
    let database = state.app.db.ping().await;
    let good = state.is_ready() && database.is_ok();
    let body = serde_json::json!({"ready": good, "workers": state.is_ready(), "database": database.is_ok()});
    (if good { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE }, axum::Json(body)).into_response()
}

async fn metrics(State(state): State<AppState>) -> Response {
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4")], state.app.metrics.render()).into_response()
}
