//! A collector of traces: takes OTLP in its JSON form over HTTP, or never answers.

use super::{Json, eventually, text};
use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::routing::post;
use http::{HeaderMap, StatusCode};
use std::sync::{Arc, Mutex};

#[derive(Debug, Default)]
struct Taken {
    bodies: Vec<Vec<u8>>,
    headers: Vec<HeaderMap>,
}

/// A collector and what came to it.
#[derive(Debug)]
pub struct Collector {
    pub url: String,
    taken: Arc<Mutex<Taken>>,
    serving: tokio::task::JoinHandle<()>,
}

/// A span that came.
#[derive(Clone, Debug)]
pub struct Span {
    pub trace: String,
    pub id: String,
    pub parent: String,
    pub name: String,
    pub json: Json,
}

impl Span {
    /// An attribute, "" when absent.
    pub fn attribute(&self, name: &str) -> String {
        let all = self.json["attributes"].as_array().into_iter().flatten();
        let value = all.filter(|one| one["key"] == name).map(|one| &one["value"]).next();
        value.and_then(|value| value["stringValue"].as_str().or(value["intValue"].as_str())).unwrap_or("").to_owned()
    }
}

fn keep(taken: &Mutex<Taken>, headers: HeaderMap, body: &[u8]) {
    let mut taken = taken.lock().unwrap();
    taken.bodies.push(body.to_vec());
    taken.headers.push(headers);
}

impl Collector {
    /// One that takes everything.
    pub async fn start() -> Self {
        Self::serving(false).await
    }
    /// One that takes connections and never answers.
    pub async fn hanging() -> Self {
        Self::serving(true).await
    }

    async fn serving(hangs: bool) -> Self {
        let taken = Arc::<Mutex<Taken>>::default();
        let take = async move |State(taken): State<Arc<Mutex<Taken>>>, headers: HeaderMap, body: Bytes| {
            keep(&taken, headers, &body);
            if hangs {
                std::future::pending::<()>().await;
            }
            (StatusCode::OK, "{}")
        };
        let router = Router::new().route("/v1/traces", post(take)).with_state(taken.clone());
        let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.expect("a port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let serving = tokio::spawn(async move { drop(axum::serve(listener, router).await) });
        Self { url, taken, serving }
    }

    /// How many requests came.
    pub fn requests(&self) -> usize {
        self.taken.lock().unwrap().bodies.len()
    }
    /// A header of the first request.
    pub fn header(&self, name: &str) -> String {
        let taken = self.taken.lock().unwrap();
        let value = taken.headers.first().and_then(|headers| headers.get(name)?.to_str().ok());
        value.unwrap_or_default().to_owned()
    }
    /// Every byte that came.
    pub fn bytes(&self) -> Vec<u8> {
        self.taken.lock().unwrap().bodies.concat()
    }
    /// Attributes of what speaks.
    pub fn resource(&self) -> Json {
        let bodies = self.taken.lock().unwrap().bodies.clone();
        let first: Json = serde_json::from_slice(bodies.first().expect("a request")).expect("JSON");
        first["resourceSpans"][0]["resource"].clone()
    }
    /// All spans so far.
    pub fn spans(&self) -> Vec<Span> {
        let bodies = self.taken.lock().unwrap().bodies.clone();
        let mut spans = Vec::new();
        for body in bodies {
            let body: Json = serde_json::from_slice(&body).expect("JSON");
            for json in body["resourceSpans"][0]["scopeSpans"][0]["spans"].as_array().expect("spans") {
                spans.push(Span {
                    trace: text(json, "traceId").to_owned(),
                    id: text(json, "spanId").to_owned(),
                    parent: json["parentSpanId"].as_str().unwrap_or_default().to_owned(),
                    name: text(json, "name").to_owned(),
                    json: json.clone(),
                });
            }
        }
        spans
    }
    /// The first span that fits, once it is there.
    pub async fn span(&self, what: &str, fits: impl Fn(&Span) -> bool) -> Span {
        eventually(what, async || self.spans().into_iter().find(&fits)).await
    }
}

impl Drop for Collector {
    fn drop(&mut self) {
        self.serving.abort();
    }
}
