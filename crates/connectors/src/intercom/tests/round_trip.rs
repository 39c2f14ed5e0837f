//! The connector and the simulator against each other: what one does, the other must understand.

mod delivering;
mod looking_up;

use super::{Intercom, understood};
use crate::intercom::simulator::Simulator;
use crate::simulator::{Serving, bind, lock, serve};
use crate::{
    ActionCall, Connector, Cx, Fail, HookError, InboundEvent, Memory, RawHook, Received, Settings, http as edge,
};
use axum::Router;
use axum::extract::Request;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::channel::ChannelEvent;
use serde_json::{Map, Value as Json, json};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// What the receiving end knows.
#[derive(Default)]
struct Inbox {
    settings: Settings,
    events: Vec<InboundEvent>,
    /// Statuses answered to webhooks, newest last.
    answers: Vec<u16>,
    /// This many webhooks are answered 503 first.
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

impl Stage {
    async fn new() -> Self {
        let sim = Simulator::start(([127, 0, 0, 1], 0).into()).await.expect("a port");
        let inbox = Arc::new(Mutex::new(Inbox { settings: Settings::new(sim.settings()), ..Inbox::default() }));
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
        stage.ask("settings", json!({"retry_ms": 5})).await;
        stage
    }

    /// With the webhook address known to the simulator.
    async fn connected() -> Self {
        let stage = Self::new().await;
        let done = stage.ask("callback", json!({"url": stage.callback})).await;
        assert_eq!(done, json!({"verified": true}));
        stage
    }

    async fn ask(&self, order: &str, input: Json) -> Json {
        self.sim.ask(order, input).await.expect("carried out")
    }

    async fn act(&self, action: &str, input: Json) -> Result<Json, Fail> {
        self.act_with(action, input, &self.settings()).await
    }

    async fn act_with(&self, action: &str, input: Json, settings: &Settings) -> Result<Json, Fail> {
        let memory = Memory::default();
        let now_ms = self.ask("clock", json!({"advance_ms": 0})).await["now_ms"].as_i64().expect("a time");
        let cx = Cx {
            http: &self.client,
            settings,
            now_ms,
            reference: "job:7f3a",
            attempt: 0,
            memory: &memory,
            private_nets: true,
        };
        Intercom.act(&cx, &ActionCall { action: action.into(), input, file: None }).await.map(|acted| acted.json)
    }

    fn settings(&self) -> Settings {
        lock(&self.inbox).settings.clone()
    }

    fn settings_with(&self, name: &str, value: &str) -> Settings {
        let mut map = self.settings().map().clone();
        map.insert(name.into(), value.into());
        Settings::new(map)
    }

    fn events(&self) -> Vec<InboundEvent> {
        lock(&self.inbox).events.clone()
    }

    /// The events, once there are this many.
    async fn once(&self, count: usize) -> Vec<InboundEvent> {
        for _ in 0..1_000 {
            if self.events().len() >= count {
                return self.events();
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        panic!("not {count}: {:?}", self.events());
    }

    /// Fields of an event with those its look-up brings, as rules see them.
    async fn completed(&self, event: &InboundEvent) -> Map<String, Json> {
        let ChannelEvent::Happened { mut fields, lookup, .. } = understood(event) else { panic!("{event:?}") };
        let lookup = lookup.expect("a look-up");
        let answer = self.act(&lookup.action, lookup.input).await.expect("looked up");
        fields.extend(answer["fields"].as_object().cloned().expect("fields"));
        fields
    }
}

async fn take(inbox: Arc<Mutex<Inbox>>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let body = axum::body::to_bytes(body, 4 << 20).await.expect("a body");
    let mut inbox = lock(&inbox);
    let hook = RawHook { method: &parts.method, query: "", headers: &parts.headers, body: &body, now_ms: 0 };
    let status = match Intercom.receive(&inbox.settings, &hook) {
        Ok(Received::Challenge(text)) => return text.into_response(),
        Ok(Received::Events(_)) if inbox.down > 0 => {
            inbox.down -= 1;
            503
        }
        Ok(Received::Events(events)) => {
            inbox.events.extend(events);
            200
        }
        Err(HookError::Malformed(_)) => 400,
        Err(_) => 401,
    };
    inbox.answers.push(status);
    StatusCode::from_u16(status).expect("a status").into_response()
}
