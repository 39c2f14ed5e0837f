//! A program that receives what Pult sends, and checks its signature.

use super::World;
use crate::simulator::{Call, lock};
use crate::webhook::standard;
use axum::Router;
use axum::body::Bytes;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::{self, Next};
use axum::response::Response;
use axum::routing::post;
use serde::Serialize;
use serde_json::{Value as Json, json};
use std::sync::Arc;

/// A call that came.
#[derive(Clone, Debug, Serialize)]
pub struct Received {
    pub id: String,
    pub timestamp: i64,
    /// Whether the signature fits.
    pub signed: bool,
    pub status: u16,
    /// The trace it says it belongs to, "" without one.
    pub traceparent: String,
    pub body: Json,
    /// The bytes as text.
    pub text: String,
}

/// The address calls come to.
pub fn router(world: Arc<World>) -> Router {
    Router::new().route("/in", post(take)).layer(middleware::from_fn_with_state(world.clone(), watch)).with_state(world)
}

async fn watch(State(world): State<Arc<World>>, request: Request, next: Next) -> Response {
    let (method, path) = (request.method().to_string(), request.uri().path().to_owned());
    let response = world.faults.around(request, next, |status, code| json!({"status": status, "code": code})).await;
    let status = response.status().as_u16();
    world.calls.add(Call { at_ms: world.clock.now_ms(), method, path, status });
    response
}

async fn take(State(world): State<Arc<World>>, headers: HeaderMap, body: Bytes) -> (StatusCode, String) {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
    let (id, timestamp) = (text("webhook-id"), text("webhook-timestamp").parse().unwrap_or(0));
    let secret = lock(&world.secret).clone();
    let signed = secret.is_empty() || standard::verify(&secret, &id, timestamp, &body, &text("webhook-signature"));
    let status = match *lock(&world.status) {
        _ if !signed => 401,
        0 => 200,
        status => status,
    };
    let received = Received {
        id,
        timestamp,
        signed,
        status,
        traceparent: text("traceparent"),
        body: serde_json::from_slice(&body).unwrap_or_default(),
        text: String::from_utf8_lossy(&body).into_owned(),
    };
    lock(&world.received).push(received);
    (StatusCode::from_u16(status).unwrap_or_default(), "taken".into())
}
