//! A webhook call from raw bytes to its answer. Verified before it is read, stored before it is acknowledged.

use crate::App;
use crate::connections::Connected;
use crate::traces::{self, Begun, Kind, Span, SpanId, TraceId};
use connectors::{HookError, InboundEvent, RawHook, Received};
use domain::ids::{ConnectionId, EventId};
use domain::views::ConnectionState;
use std::sync::Arc;
use std::time::Duration;
use store::events::NewEvent;

/// What to answer.
#[derive(Debug, PartialEq, Eq)]
pub enum HookAnswer {
    /// 200 with exactly this text.
    Challenge(String),
    /// 200: all events are durable (or were there already).
    Accepted { stored: usize, repeated: usize },
    /// 404.
    UnknownConnection,
    /// 401, nothing stored.
    Unverified,
    /// 403.
    WrongToken,
    /// 400.
    Malformed(String),
    /// 405.
    Method,
    /// 503 with `Retry-After`: nothing stored.
    Unavailable,
}

/// How long a provider waits for its answer at most: a database of which nothing is heard any more, not even a refusal, is
/// away as well.
const PATIENCE: Duration = Duration::from_secs(10);

/// Largest number of updates taken from one call.
const MOST_EVENTS: usize = 5_000;
/// Of so many of one call a collector is told.
const MOST_SPANS: usize = 100;

/// Takes a call for `/api/hooks/{provider}/{key}`.
pub async fn receive(app: &Arc<App>, provider: &str, key: &str, hook: &RawHook<'_>) -> HookAnswer {
    let answer = tokio::time::timeout(PATIENCE, take(app, provider, key, hook)).await.unwrap_or_else(|_| {
        tracing::error!("A webhook could not be stored in time; the provider is asked to repeat");
        HookAnswer::Unavailable
    });
    match &answer {
        HookAnswer::Accepted { stored, repeated } => {
            app.metrics.hooks_accepted_total.add(1);
            app.metrics.events_stored_total.add(*stored as u64);
            app.metrics.events_repeated_total.add(*repeated as u64);
        }
        HookAnswer::Challenge(_) => app.metrics.hooks_accepted_total.add(1),
        HookAnswer::Unverified | HookAnswer::WrongToken => app.metrics.hooks_unverified_total.add(1),
        _ => app.metrics.hooks_refused_total.add(1),
    }
    answer
}

async fn take(app: &Arc<App>, provider: &str, key: &str, hook: &RawHook<'_>) -> HookAnswer {
    let connection = match app.connections.by_key(app, provider, key).await {
        Ok(Some(connection)) => connection,
        Ok(None) => return HookAnswer::UnknownConnection,
        Err(error) => {
            tracing::error!(%error, "A webhook could not be taken: its connection cannot be read");
            return HookAnswer::Unavailable;
        }
    };
    match connection.connector.receive(&connection.settings, hook) {
        Ok(Received::Challenge(text)) => {
            if let Err(error) = handshake(app, &connection).await {
                tracing::warn!(%error, "A handshake was answered but not recorded");
            }
            HookAnswer::Challenge(text)
        }
        Ok(Received::Events(events)) if events.len() > MOST_EVENTS => {
            HookAnswer::Malformed(format!("more than {MOST_EVENTS} updates in one call"))
        }
        Ok(Received::Events(events)) => store_events(app, &connection, hook, events).await,
        Err(HookError::Unverified) => HookAnswer::Unverified,
        Err(HookError::WrongToken) => HookAnswer::WrongToken,
        Err(HookError::Malformed(why)) => HookAnswer::Malformed(why),
        Err(HookError::Method) => HookAnswer::Method,
    }
}

async fn handshake(app: &Arc<App>, connection: &Connected) -> crate::Result<()> {
    let mut work = crate::Cx::system(app, connection.organisation).work().await?;
    store::connections::handshake(&mut work.tx, connection.organisation, connection.id, work.now).await?;
    // Messages are waited for until one comes; elsewhere a proven address is all there is to set up.
    if connection.state == ConnectionState::Setup && connection.connector.spec().channel.is_none() {
        store::connections::set_state(&mut work.tx, connection.organisation, connection.id, ConnectionState::Active)
            .await?;
        app.connections.forget(connection.id);
    }
    work.journal("connection_handshake", "connection", connection.id, serde_json::json!({})).await?;
    work.hint("connections", connection.id);
    work.commit().await
}

async fn store_events(
    app: &Arc<App>,
    connection: &Connected,
    hook: &RawHook<'_>,
    events: Vec<InboundEvent>,
) -> HookAnswer {
    if events.is_empty() {
        // A call with nothing in it is how some providers try the address.
        if connection.state == ConnectionState::Setup
            && let Err(error) = handshake(app, connection).await
        {
            tracing::warn!(%error, "A try of the address was answered but not recorded");
        }
        return HookAnswer::Accepted { stored: 0, repeated: 0 };
    }
    let (begun, now) = (app.traces.begin(&*app.clock), app.clock.now());
    let headers = shown_headers(hook.headers);
    let mut rows = Vec::with_capacity(events.len());
    for event in events {
        let owner = match owner(app, connection, &event.account).await {
            Ok(owner) => owner,
            Err(error) => {
                tracing::error!(%error, "A webhook could not be taken: the database does not answer");
                return HookAnswer::Unavailable;
            }
        };
        rows.push(NewEvent {
            organisation: connection.organisation,
            id: app.ids.next::<EventId>(now),
            connection: Some(owner),
            kind: event.kind,
            dedupe_key: event.dedupe_key,
            order_key: format!("{owner}:{}", event.order_key),
            headers: headers.clone(),
            data: event.data.to_string(),
            received_at: now,
        });
    }
    let total = rows.len();
    let traced =
        begun.map(|begun| (begun, rows.iter().take(MOST_SPANS).map(|row| (row.id, row.kind.clone())).collect()));
    match app.ingest.store(rows).await {
        Ok(stored) => {
            if let Some((begun, events)) = traced.filter(|_| stored > 0) {
                trace(app, connection, begun, events);
            }
            HookAnswer::Accepted { stored, repeated: total - stored }
        }
        Err(error) => {
            tracing::error!(%error, "Events of a webhook could not be stored; the provider is asked to repeat");
            HookAnswer::Unavailable
        }
    }
}

/// Tells of events that are durable. The request goes on in the trace of the first of them; the others begin their own.
fn trace(app: &App, connection: &Connected, begun: Begun, events: Vec<(EventId, String)>) {
    let Some(first) = events.first().map(|(id, _)| id.to_string()) else { return };
    traces::begins(&first);
    let request = SpanId::root(&first);
    for (number, (id, kind)) in events.into_iter().enumerate() {
        let chain = id.to_string();
        let trace = TraceId::of_chain(&chain);
        let mut span = Span::over(begun, Kind::Producer, "store event", trace, SpanId::about("stored", &chain));
        if number == 0 {
            span = span.under(request);
        } else {
            span.links.push((TraceId::of_chain(&first), request));
        }
        app.traces.record(
            span.with("messaging.system", "pult")
                .with("messaging.operation.name", "store")
                .with("messaging.operation.type", "send")
                .with("messaging.destination.name", "events")
                .with("messaging.message.id", chain)
                .with("pult.provider", connection.connector.spec().id)
                .with("pult.event.kind", kind)
                .with("pult.organisation.id", connection.organisation.to_string()),
        );
    }
}

/// One address may carry events of a neighbour (two numbers of one account): they go to the connection of that number.
/// Without one they stay here and are marked as foreign when they are applied.
async fn owner(app: &App, connection: &Connected, account: &str) -> crate::Result<ConnectionId> {
    if account.is_empty() || account == connection.account {
        return Ok(connection.id);
    }
    let other =
        store::connections::id_by_account(&app.db, connection.organisation, connection.connector.spec().id, account)
            .await?;
    Ok(other.unwrap_or(connection.id))
}

/// Headers for the log, each with its last value. Of what signs or opens something only that it was there.
fn shown_headers(headers: &http::HeaderMap) -> String {
    const MOST: usize = 40;
    const LONGEST: usize = 200;
    // A path may be the secret, and proxies repeat it.
    const SECRET: [&str; 12] =
        ["auth", "cookie", "signature", "hmac", "token", "secret", "key", "password", "uri", "url", "path", "refer"];
    let value = |name: &str, value: &http::HeaderValue| match SECRET.iter().any(|word| name.contains(word)) {
        true => "•••".to_owned(),
        false => domain::text::preview(&String::from_utf8_lossy(value.as_bytes()), LONGEST),
    };
    let one = |(name, of): (&http::HeaderName, &http::HeaderValue)| (name.to_string(), value(name.as_str(), of).into());
    let map: serde_json::Map<String, serde_json::Value> = headers.iter().take(MOST).map(one).collect();
    serde_json::Value::Object(map).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_are_shown_and_nothing_that_signs_or_opens() {
        let mut headers = http::HeaderMap::new();
        for (name, value) in [
            ("x-topic", "orders/paid"),
            ("authorization", "Basic 0123"),
            ("x-hub-signature-256", "sha256=0123"),
            ("x-api-key", "0123"),
            ("cookie", "a=0123"),
            ("x-gitlab-token", "0123"),
            ("x-original-uri", "/api/hooks/webhook/0123"),
        ] {
            headers.insert(name, value.parse().unwrap());
        }
        headers.insert("x-long", "д".repeat(500).as_bytes().try_into().unwrap());
        let shown = shown_headers(&headers);
        assert!(shown.contains("orders/paid") && shown.contains("x-hub-signature-256") && !shown.contains("0123"));
        assert!(shown.len() < 900, "{}", shown.len());
    }
}
