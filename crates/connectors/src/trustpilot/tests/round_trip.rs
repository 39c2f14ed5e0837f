//! The connector and the simulator against each other: what one does, the other must understand.

mod inviting;
mod reviewing;
mod signing_in;

use super::{Connector, Trustpilot, with};
use crate::simulator::{Serving, bind, lock, serve};
use crate::trustpilot::simulator::Simulator;
use crate::{Fail, InboundEvent, Memory, RawHook, Received, Settings, http as edge};
use axum::Router;
use axum::extract::Request;
use axum::http::StatusCode;
use domain::channel::ChannelEvent;
use serde_json::{Value as Json, json};
use std::sync::{Arc, Mutex};
use std::time::Duration;

const NOW: i64 = 1_791_540_000_000;
const HOUR: i64 = 60 * 60 * 1000;

/// The simulator, a connection to it, and an end that receives what it posts.
struct Stage {
    sim: Simulator,
    settings: Settings,
    memory: Memory,
    events: Arc<Mutex<Vec<InboundEvent>>>,
    callback: String,
    client: reqwest::Client,
    _serving: Serving,
}

impl Stage {
    /// The application signs in.
    async fn new() -> Self {
        let sim = Simulator::start(([127, 0, 0, 1], 0).into()).await.expect("two ports");
        let events = Arc::default();
        let (listener, addr) = bind(([127, 0, 0, 1], 0).into()).await.expect("a port");
        let told: Arc<Mutex<Vec<InboundEvent>>> = Arc::clone(&events);
        let router = Router::new().fallback(move |request: Request| take(told.clone(), request));
        Self {
            settings: Settings::new(sim.settings()),
            sim,
            memory: Memory::default(),
            events,
            callback: format!("http://{addr}/hook"),
            client: edge::client_with_timeout(Duration::from_secs(5)),
            _serving: serve(listener, addr, router),
        }
    }

    /// A person signs in.
    async fn with_password() -> Self {
        let mut stage = Self::new().await;
        let person = json!({
            "username": "owner@example.com", "password": "password-for-tests", "business_user_id": null,
        });
        stage.settings = with(&stage.settings, person);
        stage
    }

    /// With the webhook address known to the simulator.
    async fn connected() -> Self {
        let stage = Self::new().await;
        stage.ask("callback", json!({"url": stage.callback})).await;
        stage
    }

    async fn ask(&self, order: &str, input: Json) -> Json {
        self.sim.ask(order, input).await.expect("carried out")
    }

    async fn act(&self, action: &str, input: Json) -> Result<Json, Fail> {
        self.act_at(NOW, action, input).await
    }

    async fn act_at(&self, now_ms: i64, action: &str, input: Json) -> Result<Json, Fail> {
        super::act(&self.client, &self.settings, &self.memory, now_ms, (action, input)).await.map(|acted| acted.json)
    }

    /// Another connection, that remembers nothing, with some settings changed.
    async fn act_with(&self, other: Json, action: &str, input: Json) -> Result<Json, Fail> {
        let settings = with(&self.settings, other);
        let done = super::act(&self.client, &settings, &Memory::default(), NOW, (action, input)).await;
        done.map(|acted| acted.json)
    }

    async fn invite(&self, reference: &str) -> Result<Json, Fail> {
        self.act("invite", json!({"reference": reference, "email": "anna@example.com", "name": "Анна"})).await
    }

    /// How many answered calls had this at the end of their path.
    fn calls(&self, end: &str) -> usize {
        self.sim.calls().iter().filter(|call| call.path.ends_with(end)).count()
    }

    fn events(&self) -> Vec<InboundEvent> {
        lock(&self.events).clone()
    }

    fn meanings(&self) -> Vec<ChannelEvent> {
        self.events().iter().map(|e| Trustpilot.normalise(&e.kind, &e.data).expect("understood")).collect()
    }
}

async fn take(events: Arc<Mutex<Vec<InboundEvent>>>, request: Request) -> StatusCode {
    let (parts, body) = request.into_parts();
    let body = axum::body::to_bytes(body, 4 << 20).await.expect("a body");
    let hook = RawHook { method: &parts.method, query: "", headers: &parts.headers, body: &body, now_ms: 0 };
    match Trustpilot.receive(&Settings::default(), &hook) {
        Ok(Received::Events(got)) => {
            lock(&events).extend(got);
            StatusCode::OK
        }
        _ => StatusCode::BAD_REQUEST,
    }
}
