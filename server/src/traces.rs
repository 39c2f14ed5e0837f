//! Requests as spans for a collector of traces. The route is told, never the address itself: addresses hold keys and links.

use crate::state::AppState;
use axum::extract::{MatchedPath, Request, State};
use axum::middleware::Next;
use axum::response::Response;
use http::Version;
use services::traces::{Kind, Span, SpanId, TraceId, of_request};

/// Left by the answer to a panic: its words, where they stand in the program itself.
#[derive(Clone, Copy, Debug)]
pub struct Panicked(pub Option<&'static str>);

/// Tells of a request once its answer begins.
pub async fn request(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let Some(begun) = state.app.traces.begin(&*state.app.clock) else { return next.run(request).await };
    let method = match request.method().as_str() {
        known @ ("GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE" | "OPTIONS") => known.to_owned(),
        _ => "_OTHER".to_owned(),
    };
    let route = request.extensions().get::<MatchedPath>().map(|route| route.as_str().to_owned());
    let version = match request.version() {
        Version::HTTP_2 => "2",
        Version::HTTP_10 => "1.0",
        _ => "1.1",
    };
    let (response, chain) = of_request(next.run(request)).await;
    let name = match &route {
        Some(route) => format!("{method} {route}"),
        None => method.clone(),
    };
    let status = response.status().as_u16();
    let mut span = Span::over(begun, Kind::Server, name, TraceId::of_chain(&chain), SpanId::root(&chain))
        .with("http.request.method", method)
        .with("http.response.status_code", i64::from(status))
        .with("url.scheme", if state.app.config.secure() { "https" } else { "http" })
        .with("network.protocol.version", version);
    if let Some(route) = route {
        span = span.with("http.route", route);
    }
    span = match response.extensions().get::<Panicked>() {
        Some(Panicked(words)) => span.failed("panic", *words),
        None if status >= 500 => span.failed(status.to_string(), None),
        None => span,
    };
    state.app.traces.record(span);
    response
}
