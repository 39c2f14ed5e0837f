//! `/api/live`: the stream of hints of one tab. Starts where the page was rendered (`?after=`) or where the connection broke
//! (`Last-Event-ID`); a reader that missed too much is told to load everything again.

use crate::caller;
use crate::guard::problem;
use crate::state::AppState;
use app::door::Caller;
use axum::extract::{Query, State};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Extension, Router};
use domain::ErrorCode;
use domain::views::Hint;
use futures::stream::{self, Stream, StreamExt};
use http::HeaderMap;
use services::Cx;
use services::accounts::sessions::Session;
use services::live::{self, HintRow};
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::RecvError;
use tokio::time::Interval;

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
    session: Session,
    Query(start): Query<Start>,
    headers: HeaderMap,
) -> Response {
    let cx = match caller {
        Ok(cx) => cx,
        Err(error) => return problem(error),
    };
    let last = headers.get("last-event-id").and_then(|v| v.to_str().ok()).and_then(|v| v.parse().ok());
    match hints(&state, session, cx, last.or(start.after)).await {
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
    session: Session,
    cx: Cx,
    after: Option<i64>,
) -> services::Result<impl Stream<Item = Result<Event, Infallible>> + use<>> {
    // Subscribed before the replay is read, so that nothing falls between.
    let receiver = state.app.live.subscribe();
    let missed = match after {
        Some(after) => live::replay(&state.app, cx.sight(), after)
            .await?
            .map_or_else(|| vec![resync()], |missed| missed.iter().map(event).collect()),
        None => Vec::new(),
    };
    let recheck = tokio::time::interval_at(tokio::time::Instant::now() + RECHECK, RECHECK);
    let reader = Reader { state: state.clone(), session, cx, receiver, recheck };
    let listening = stream::unfold(reader, async |mut reader| reader.next().await.map(|event| (event, reader)));
    Ok(stream::iter(missed).chain(listening).map(Ok))
}

/// An open stream.
struct Reader {
    state: AppState,
    session: Session,
    cx: Cx,
    receiver: Receiver<Arc<HintRow>>,
    recheck: Interval,
}

impl Reader {
    /// What to tell next; `None` ends the stream.
    async fn next(&mut self) -> Option<Event> {
        loop {
            let row = tokio::select! {
                () = self.state.stopping.cancelled() => return None,
                _ = self.recheck.tick() => {
                    if self.may_listen().await { continue } else { return None }
                }
                row = self.receiver.recv() => row,
            };
            match row {
                Ok(row) if row.organisation_id == self.cx.organisation => {
                    // Something about this very person may be the end of their session.
                    let own = row.topic == "me" && self.cx.user().is_some_and(|user| row.object_id == user.to_string());
                    if own && !self.may_listen().await {
                        return None;
                    }
                    return Some(event(&live::hint(&row, self.cx.sight())));
                }
                Ok(_) => {}
                Err(RecvError::Lagged(_)) => return Some(resync()),
                Err(RecvError::Closed) => return None,
            }
        }
    }

    /// Whether session and membership are still good. A database in trouble is no answer: the stream stays.
    async fn may_listen(&self) -> bool {
        match caller::again(&self.state, &self.session).await {
            // With other eyes the page has to be seen anew: the browser opens the stream again.
            Ok(now) => now.sight() == self.cx.sight() && now.user() == self.cx.user(),
            Err(error) => matches!(error.code, ErrorCode::StorageUnavailable | ErrorCode::Internal),
        }
    }
}
