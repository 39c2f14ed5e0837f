//! `/healthz`, `/readyz`, `/metrics`: for supervisors and monitoring.

use crate::state::AppState;
use axum::Router;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use http::{StatusCode, header};
use std::time::Duration;

/// How long the database may take to prove that it answers.
const PATIENCE: Duration = Duration::from_secs(3);

/// The routes.
pub fn routes() -> Router<AppState> {
    Router::new().route("/healthz", get("alive")).route("/readyz", get(ready)).route("/metrics", get(metrics))
}

async fn ready(State(state): State<AppState>) -> Response {
    // A network that swallows everything is no answer either.
    let database = matches!(tokio::time::timeout(PATIENCE, state.app.db.ping()).await, Ok(Ok(())));
    let good = state.is_ready() && database;
    let body = serde_json::json!({"ready": good, "workers": state.is_ready(), "database": database});
    (if good { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE }, axum::Json(body)).into_response()
}

async fn metrics(State(state): State<AppState>) -> Response {
    let text = state.app.metrics.render() + &services::gauges::render(&state.app).await;
    ([(header::CONTENT_TYPE, "text/plain; version=0.0.4")], text).into_response()
}
