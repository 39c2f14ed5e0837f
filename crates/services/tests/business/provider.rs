//! A messenger of the tests' own that can be away, and keeps what it was given; and the outbox that sends to it.

use crate::common::TestApp;
use crate::setup::connection;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use domain::ids::ConnectionId;
use domain::views::SaveConnection;
use serde_json::{Value as Json, json};
use services::pipeline::Outbox;
use services::{Cx, connections};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

/// The provider's side.
#[derive(Debug, Default)]
pub struct Provider {
    pub away: AtomicBool,
    pub refused: AtomicU64,
    pub taken: AtomicU64,
    texts: Mutex<Vec<String>>,
}

impl Provider {
    /// Texts it was given, in order.
    pub fn texts(&self) -> Vec<String> {
        self.texts.lock().unwrap().clone()
    }
}

/// A WhatsApp connection to a provider that runs until the last value is dropped.
pub async fn connected(cx: &Cx) -> (ConnectionId, Arc<Provider>, connectors::simulator::Serving) {
    let link = connection(cx).await;
    let provider = Arc::new(Provider::default());
    let serving = serve(provider.clone()).await;
    let settings = json!({"base_url": format!("http://{}", serving.addr)}).as_object().unwrap().clone();
    let input = SaveConnection { provider: "whatsapp".into(), name: String::new(), settings };
    connections::change(cx, link, input).await.unwrap();
    (link, provider, serving)
}

async fn serve(provider: Arc<Provider>) -> connectors::simulator::Serving {
    let answer = async |State(provider): State<Arc<Provider>>, body: Bytes| {
        if provider.away.load(Ordering::SeqCst) {
            provider.refused.fetch_add(1, Ordering::SeqCst);
            return (StatusCode::SERVICE_UNAVAILABLE, axum::Json(json!({"error": {"code": 2, "message": "down"}})));
        }
        let n = provider.taken.fetch_add(1, Ordering::SeqCst);
        let body: Json = serde_json::from_slice(&body).unwrap_or_default();
        if let Some(text) = body.pointer("/text/body").and_then(Json::as_str) {
            provider.texts.lock().unwrap().push(text.to_owned());
        }
        (StatusCode::OK, axum::Json(json!({"messages": [{"id": format!("wamid.out{n}")}], "contacts": []})))
    };
    let (listener, addr) = connectors::simulator::bind(([127, 0, 0, 1], 0).into()).await.unwrap();
    connectors::simulator::serve(listener, addr, axum::Router::new().fallback(answer).with_state(provider))
}

/// Lets the outbox work through so many seconds of the moved clock.
pub async fn drain(t: &TestApp, outbox: &Arc<Outbox>, seconds: usize) {
    for _ in 0..seconds {
        while outbox.lease_due().await.unwrap() > 0 {
            outbox.settle().await;
        }
        t.advance(1_000);
    }
}
