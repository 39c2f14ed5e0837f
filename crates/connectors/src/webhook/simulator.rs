//! The other side of a webhook connection, with memory and faults: a program that posts (signed or not, JSON or a form) and
//! a receiver that checks what Pult sends. Used by tests, the demo and `pult simulate webhook`.
//!
//! The receiver is `POST /in`; a call counts as good when its signature fits the secret (`whsec_…` given in the settings,
//! none is checked before).
//! Control addresses, JSON in and out; a wrong order answers 400 `{"error": sentence}`:
//! - `POST /_sim/callback` `{url, secret?, signature_header?}`: where to post to and how to sign.
//! - `POST /_sim/post` `{body}` (JSON), `{form: {…}}` or `{text, content_type?}`, with `{headers?, unsigned?}`: a call.
//!   Answers `{status, acknowledged}`. `POST /_sim/replay` `{}`: the last call again, byte for byte.
//! - `POST /_sim/answer` `{status}`: what `/in` answers from now on. `POST /_sim/faults`, `POST /_sim/clock`
//!   `{advance_ms}`, `POST /_sim/reset` `{}`.
//! - `GET /_sim/received`: what came to `/in`, `GET /_sim/calls`.

mod player;
mod receiver;

use crate::simulator::{Calls, Clock, FaultOrder, Faults, Serving, bind, lock, serve as listen};
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::routing::{get, post};
use axum::{Json as Body, Router};
use player::Player;
use serde_json::{Map, Value as Json, json};
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

pub use player::signatures;
pub use receiver::Received;

/// The whole simulated world.
#[derive(Debug, Default)]
struct World {
    clock: Clock,
    faults: Faults,
    calls: Calls,
    player: Player,
    received: Mutex<Vec<Received>>,
    /// Secret that calls to `/in` are checked with; "" checks nothing.
    secret: Mutex<String>,
    /// Status `/in` answers; 0 means 200.
    status: Mutex<u16>,
}

/// A running simulator; ends when dropped.
#[derive(Debug)]
pub struct Simulator {
    /// Value for the setting `url`.
    pub url: String,
    world: Arc<World>,
    serving: Serving,
}

impl Simulator {
    /// Starts; port 0 takes a free one.
    pub async fn start(addr: SocketAddr) -> std::io::Result<Self> {
        let (listener, addr) = bind(addr).await?;
        let world = Arc::new(World::default());
        let router = Router::new()
            .route("/_sim/{*order}", post(order))
            .route("/_sim/received", get(received))
            .route(
                "/_sim/calls",
                get(async |State(world): State<Arc<World>>| Body(json!({"items": world.calls.all()}))),
            )
            .with_state(world.clone())
            .merge(receiver::router(world.clone()));
        let serving = listen(listener, addr, router);
        Ok(Self { url: format!("http://{addr}/in"), world, serving })
    }

    /// Settings of a connection that sends here.
    pub fn settings(&self) -> Map<String, Json> {
        json!({"url": self.url}).as_object().cloned().unwrap_or_default()
    }

    /// Faults of `/in`.
    pub fn faults(&self) -> &Faults {
        &self.world.faults
    }

    /// Any control address, without the network: `("post", {...})`.
    pub async fn ask(&self, order: &str, input: Json) -> Result<Json, String> {
        ask(&self.world, order, input).await
    }

    /// What came to `/in` and was answered, oldest first.
    pub fn received(&self) -> Vec<Received> {
        lock(&self.world.received).clone()
    }
}

/// Serves until the process ends.
pub async fn serve(addr: SocketAddr) -> std::io::Result<()> {
    Simulator::start(addr).await?.serving.forever().await;
    Ok(())
}

async fn received(State(world): State<Arc<World>>) -> Body<Json> {
    Body(json!({"items": *lock(&world.received)}))
}

async fn order(
    State(world): State<Arc<World>>,
    Path(order): Path<String>,
    body: Bytes,
) -> Result<Body<Json>, (StatusCode, Body<Json>)> {
    let wrong = |why: String| (StatusCode::BAD_REQUEST, Body(json!({"error": why})));
    let input = match body.is_empty() {
        true => json!({}),
        false => serde_json::from_slice(&body).map_err(|error| wrong(error.to_string()))?,
    };
    ask(&world, &order, input).await.map(Body).map_err(wrong)
}

async fn ask(world: &World, order: &str, input: Json) -> Result<Json, String> {
    use crate::json::Look;
    match order {
        "callback" => {
            input.text("secret").clone_into(&mut lock(&world.secret));
            world.player.call_back(&input)?;
            Ok(json!({}))
        }
        "post" => world.player.post(&input, world.clock.now_ms()).await,
        "replay" => world.player.replay().await,
        "answer" => {
            *lock(&world.status) = input.int("status").and_then(|status| status.try_into().ok()).ok_or("status")?;
            Ok(json!({}))
        }
        "faults" => {
            let order: FaultOrder = serde_json::from_value(input).map_err(|error| error.to_string())?;
            world.faults.order(&order);
            Ok(json!({"waiting": world.faults.waiting()}))
        }
        "clock" => {
            world.clock.advance(input.int("advance_ms").ok_or("advance_ms is missing")?);
            Ok(json!({"now_ms": world.clock.now_ms()}))
        }
        "reset" => {
            lock(&world.received).clear();
            *lock(&world.status) = 0;
            world.clock.reset();
            world.calls.clear();
            world.faults.order(&FaultOrder { clear: true, ..Default::default() });
            Ok(json!({}))
        }
        other => Err(format!("no order {other}")),
    }
}
