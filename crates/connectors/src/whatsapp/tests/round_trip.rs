//! The connector and the simulator against each other: what one does, the other must understand.

mod receiving;
mod sending;

use super::{VERIFY_TOKEN, Whatsapp};
use crate::simulator::{Serving, bind, lock, serve};
use crate::whatsapp::simulator::Simulator;
use crate::{
    Acted, ActionCall, Connector, Cx, Fail, FileBytes, InboundEvent, Memory, RawHook, Received, Settings, http as edge,
};
use axum::Router;
use axum::extract::Request;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::channel::ChannelEvent;
use serde_json::{Value as Json, json};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// What the receiving end knows.
#[derive(Default)]
struct Inbox {
    settings: Settings,
    events: Vec<InboundEvent>,
    /// Statuses answered, newest last.
    answers: Vec<u16>,
    /// This many calls are answered 503 first.
    down: u32,
}

/// The simulator, our settings for it, and an end that receives what it posts.
struct Stage {
    sim: Simulator,
    inbox: Arc<Mutex<Inbox>>,
    callback: String,
    client: reqwest::Client,
    _serving: Serving,
}

/// Statuses quickly, or a test would wait for them.
const QUICK: &str = r#"{"sent_ms": 1, "delivered_ms": 1, "read_ms": 1, "retry_first_ms": 5, "approve_ms": 1}"#;

impl Stage {
    async fn new() -> Self {
        let sim = Simulator::start(([127, 0, 0, 1], 0).into()).await.expect("a port");
        let mut settings = sim.settings();
        settings.insert("verify_token".into(), VERIFY_TOKEN.into());
        let inbox = Arc::new(Mutex::new(Inbox { settings: Settings::new(settings), ..Inbox::default() }));
        let (listener, addr) = bind(([127, 0, 0, 1], 0).into()).await.expect("a port");
        let told = inbox.clone();
        let router = Router::new().fallback(move |request: Request| take(told.clone(), request));
        let stage = Self {
            sim,
            inbox,
            callback: format!("http://{addr}/hook"),
            client: edge::client_with_timeout(Duration::from_secs(5)),
            _serving: serve(listener, addr, router),
        };
        stage.ask("settings", serde_json::from_str(QUICK).expect("JSON")).await;
        stage
    }

    /// With the webhook address known to the simulator.
    async fn connected() -> Self {
        let stage = Self::new().await;
        stage.ask("callback", json!({"url": stage.callback, "verify_token": VERIFY_TOKEN})).await;
        stage
    }

    async fn ask(&self, order: &str, input: Json) -> Json {
        self.sim.ask(order, input).await.expect("carried out")
    }

    async fn act(&self, action: &str, input: Json) -> Result<Acted, Fail> {
        self.act_with(action, input, None, &self.settings()).await
    }

    async fn act_with(
        &self,
        action: &str,
        input: Json,
        file: Option<FileBytes>,
        settings: &Settings,
    ) -> Result<Acted, Fail> {
        let cx = Cx {
            http: &self.client,
            settings,
            now_ms: 0,
            reference: "job:7f3a",
            attempt: 0,
            memory: &Memory::default(),
            private_nets: true,
        };
        Whatsapp.act(&cx, &ActionCall { action: action.into(), input, file }).await
    }

    /// Sends a text to Anna.
    async fn says(&self, text: &str) -> Result<Json, Fail> {
        let input = json!({"to": {"address": "79161234567"}, "content": {"is": "text", "body": text}});
        self.act("send", input).await.map(|acted| acted.json)
    }

    fn settings(&self) -> Settings {
        lock(&self.inbox).settings.clone()
    }

    fn settings_with(&self, name: &str, value: &str) -> Settings {
        let mut map = self.settings().map().clone();
        map.insert(name.into(), value.into());
        Settings::new(map)
    }

    /// Anna writes; her window is open.
    async fn hears(&self, order: Json) -> String {
        let mut order = order;
        order["phone"] = "79161234567".into();
        let done = self.ask("customer/message", order).await;
        assert_eq!(done["acknowledged"], true, "{done}");
        done["id"].as_str().expect("an id").to_owned()
    }

    fn events(&self) -> Vec<InboundEvent> {
        lock(&self.inbox).events.clone()
    }

    fn meanings(&self) -> Vec<ChannelEvent> {
        self.events().iter().map(|e| Whatsapp.normalise(&e.kind, &e.data).expect("understood")).collect()
    }

    /// The meanings, once this many of a kind have come.
    async fn once(&self, kind: &str, count: usize) -> Vec<ChannelEvent> {
        for _ in 0..1_000 {
            if self.events().iter().filter(|event| event.kind == kind).count() >= count {
                return self.meanings();
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        panic!("not {count} of {kind}: {:?}", self.events());
    }
}

async fn take(inbox: Arc<Mutex<Inbox>>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let body = axum::body::to_bytes(body, 4 << 20).await.expect("a body");
    let mut inbox = lock(&inbox);
    let query = parts.uri.query().unwrap_or_default();
    let hook = RawHook { method: &parts.method, query, headers: &parts.headers, body: &body, now_ms: 0 };
    let (status, text) = match Whatsapp.receive(&inbox.settings, &hook) {
        Ok(Received::Challenge(text)) => return text.into_response(),
        Ok(Received::Events(_)) if inbox.down > 0 => {
            inbox.down -= 1;
            (503, String::new())
        }
        Ok(Received::Events(events)) => {
            assert!(body.is_ascii(), "Meta escapes everything else");
            inbox.events.extend(events);
            (200, String::new())
        }
        Err(crate::HookError::WrongToken) => return StatusCode::FORBIDDEN.into_response(),
        Err(error) => (401, error.to_string()),
    };
    inbox.answers.push(status);
    (StatusCode::from_u16(status).expect("a status"), text).into_response()
}
