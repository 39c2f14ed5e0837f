//! `/api/live`: the stream of hints of one tab. Starts where the page was rendered (`?after=`) or where the connection broke
//! (`Last-Event-ID`); a reader that missed too much is told to load everything again.

use crate::guard::problem;
use crate::state::AppState;
use app::door::Caller;
use axum::extract::{Query, State};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Extension, Router};
use domain::views::Hint;
use futures::stream::{self, Stream, StreamExt};
use http::HeaderMap;
use services::{Cx, live};
use std::convert::Infallible;
use std::time::Duration;
use tokio::sync::broadcast::error::RecvError;

/// How often an open stream proves that its caller may still listen.
const RECHECK: Duration = Duration::from_secs(20);

/// The route.
pub fn routes() -> Router<AppState> {
    Router::new().route("/api/live", get(open))
}

#[derive(serde::Deserialize)]
struct Start {
    after: Option<i64>,
}

async fn open(
    State(state): State<AppState>,
    Extension(Caller(caller)): Extension<Caller>,
    Query(start): Query<Start>,
    headers: HeaderMap,
) -> Response {
    let cx = match caller {
        Ok(cx) => cx,
        Err(error) => return problem(error),
    };
    let last = headers.get("last-event-id").and_then(|v| v.to_str().ok()).and_then(|v| v.parse().ok());
    match hints(&state, cx, last.or(start.after)).await {
        Ok(events) => {
            let mut response =
                Sse::new(events).keep_alive(KeepAlive::new().interval(Duration::from_secs(15))).into_response();
            // Proxies must not gather the stream.
            response.headers_mut().insert("x-accel-buffering", http::HeaderValue::from_static("no"));
            response
        }
        Err(error) => problem(error.into_api()),
    }
}

fn event(hint: &Hint) -> Event {
    let data = serde_json::to_string(hint).unwrap_or_default();
    Event::default().event("hint").id(hint.rev.to_string()).data(data)
}

fn resync() -> Event {
    Event::default().event("resync").data("{}")
}

async fn hints(
    state: &AppState,
    cx: Cx,
    after: Option<i64>,
) -> services::Result<impl Stream<Item = Result<Event, Infallible>> + use<>> {
    // Subscribed before the replay is read, so that nothing falls between.
    let receiver = state.app.live.subscribe();
    let missed = match after {
        Some(after) => live::replay(&state.app, cx.organisation, after)
            .await?
            .map_or_else(|| vec![resync()], |missed| missed.iter().map(event).collect()),
        None => Vec::new(),
    };
    let recheck = tokio::time::interval_at(tokio::time::Instant::now() + RECHECK, RECHECK);
    let listening = stream::unfold(
        (receiver, recheck, cx, state.stopping.clone()),
        async |(mut receiver, mut recheck, cx, stopping)| {
            loop {
                let event = tokio::select! {
                    () = stopping.cancelled() => return None,
                    _ = recheck.tick() => {
                        let user = cx.user()?;
                        match services::accounts::authenticate(&cx.app, user, Some(cx.organisation)).await {
                            Ok(now) if now.organisation == cx.organisation => continue,
                            // Not a database hiccup but a decision: the page learns it with its next request.
                            Ok(_) => return None,
                            Err(services::Error::Api(_)) => return None,
                            Err(_) => continue,
                        }
                    }
                    row = receiver.recv() => match row {
                        Ok(row) if row.organisation_id == cx.organisation => event(&live::hint(&row)),
                        Ok(_) => continue,
                        Err(RecvError::Lagged(_)) => resync(),
                        Err(RecvError::Closed) => return None,
                    },
                };
                return Some((event, (receiver, recheck, cx, stopping)));
            }
        },
    );
    Ok(stream::iter(missed).chain(listening).map(Ok))
}
