//! The control addresses (listed in the module above): one function takes an order by name, HTTP only carries it.

use super::world::{SECRET, Someone, World};
use crate::identity::facebook::sign;
use crate::json::{Look, filled};
use crate::simulator::FaultOrder;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::routing::{get, post};
use axum::{Json as Body, Router};
use serde_json::{Value as Json, json};
use std::sync::Arc;

type Wrong = (StatusCode, Body<Json>);

/// Routes below `/_sim`.
pub fn router(world: Arc<World>) -> Router {
    Router::new()
        .route("/_sim/{*order}", post(order))
        .route("/_sim/config", get(async |State(world): State<Arc<World>>| Body(world.config())))
        .route("/_sim/calls", get(async |State(world): State<Arc<World>>| Body(json!({"items": world.calls.all()}))))
        .route("/_sim/state", get(state))
        .with_state(world)
}

async fn state(State(world): State<Arc<World>>) -> Body<Json> {
    let memory = world.memory();
    Body(json!({
        "now_ms": world.clock.now_ms(), "url": world.url, "people": memory.people, "spoilt": memory.spoilt,
        "codes": memory.grants.len(), "key": memory.key, "faults_waiting": world.faults.waiting(),
    }))
}

async fn order(State(world): State<Arc<World>>, Path(order): Path<String>, body: Bytes) -> Result<Body<Json>, Wrong> {
    let wrong = |why: String| (StatusCode::BAD_REQUEST, Body(json!({"error": why})));
    let input = match body.is_empty() {
        true => json!({}),
        false => serde_json::from_slice(&body).map_err(|error| wrong(error.to_string()))?,
    };
    ask(&world, &order, input).await.map(Body).map_err(wrong)
}

/// Carries out one order.
pub async fn ask(world: &Arc<World>, order: &str, input: Json) -> Result<Json, String> {
    match order {
        "person" => person(world, &input),
        "spoil" => {
            let how = filled(input.text("how")).ok_or("how is missing")?;
            let times = input.int("times").unwrap_or(1).clamp(0, 1_000);
            let mut memory = world.memory();
            memory.spoilt.extend((0..times).map(|_| how.clone()));
            Ok(json!({"waiting": memory.spoilt.len()}))
        }
        "rotate" => {
            let mut memory = world.memory();
            memory.key = world.signers.after(memory.key);
            Ok(json!({"key": memory.key}))
        }
        "signed" => signed(world, &input).await,
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
            world.reset();
            Ok(json!({}))
        }
        other => Err(format!("no order {other}")),
    }
}

fn person(world: &World, input: &Json) -> Result<Json, String> {
    let id = filled(input.text("id")).ok_or("id is missing")?;
    let mut memory = world.memory();
    let before = memory.people.iter().position(|one| one.id == id).map(|place| memory.people.remove(place));
    let unknown = Someone { id, name: "Гость".into(), email: None, verified: false, hosted: None };
    let mut someone = before.unwrap_or(unknown);
    if let Some(name) = filled(input.text("name")) {
        someone.name = name;
    }
    if input.get("email").is_some() {
        someone.email = filled(input.text("email"));
    }
    if input.get("verified").is_some() {
        someone.verified = input.flag("verified");
    }
    if input.get("hosted").is_some() {
        someone.hosted = filled(input.text("hosted"));
    }
    memory.people.push(someone.clone());
    Ok(json!(someone))
}

/// Facebook's call when somebody takes an application away or wants to be forgotten.
async fn signed(world: &World, input: &Json) -> Result<Json, String> {
    let url = filled(input.text("url")).ok_or("url is missing")?;
    let issued_at = input.int("issued_at").unwrap_or(world.clock.now_ms() / 1000);
    let payload = json!({"algorithm": "HMAC-SHA256", "issued_at": issued_at, "user_id": input.text("person")});
    let secret = filled(input.text("secret")).unwrap_or_else(|| SECRET.to_owned());
    let form = [("signed_request", sign(&secret, &payload.to_string()))];
    let sent = crate::http::client().post(url).form(&form).send().await;
    let answer = sent.map_err(|error| error.without_url().to_string())?;
    let status = answer.status().as_u16();
    let text = answer.text().await.map_err(|error| error.without_url().to_string())?;
    Ok(json!({"status": status, "body": serde_json::from_str::<Json>(&text).unwrap_or(text.into())}))
}
