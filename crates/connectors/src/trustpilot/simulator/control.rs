//! The control addresses (listed in the module above): one function takes an order by name, HTTP only carries it.

use super::webhooks::{Delivered, event};
use super::world::{Behaviour, Invitation, World, template};
use crate::json::{Look, filled};
use crate::simulator::FaultOrder;
use axum::body::Bytes;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::routing::{get, post};
use axum::{Json as Body, Router};
use serde_json::{Value as Json, json};
use std::collections::HashMap;
use std::sync::Arc;

type Wrong = (StatusCode, Body<Json>);

/// Routes below `/_sim`.
pub fn router(world: Arc<World>) -> Router {
    Router::new()
        .route("/_sim/{*order}", post(order))
        .route("/_sim/invitations", get(invitations))
        .route("/_sim/links", get(async |State(world): State<Arc<World>>| items(&world.memory().links)))
        .route("/_sim/erasures", get(async |State(world): State<Arc<World>>| items(&world.memory().erasures)))
        .route("/_sim/reviews", get(async |State(world): State<Arc<World>>| items(&world.memory().reviews)))
        .route("/_sim/calls", get(async |State(world): State<Arc<World>>| Body(json!({"items": world.calls.all()}))))
        .route("/_sim/state", get(state))
        .with_state(world)
}

fn items(items: &[Json]) -> Body<Json> {
    Body(json!({"items": items}))
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
        "callback" => {
            world.connect(input.text("url")).await?;
            Ok(json!({"verified": true}))
        }
        "review" => tell(world, "service-review-created", world.write(&input)?, &input).await,
        "review/update" => tell(world, "service-review-updated", world.rewrite(&input)?, &input).await,
        "review/delete" => tell(world, "service-review-deleted", world.take_down(&input)?, &input).await,
        "unknown" => tell(world, "service-review-illuminated", json!({"id": world.id()}), &input).await,
        "webhook" => {
            let delivered = match input.at("body").as_str() {
                Some(text) => world.deliver(text.to_owned().into()).await?,
                None => world.tell(input.list("events")).await?,
            };
            Ok(outcome(delivered))
        }
        "replay" => {
            let (posted, acknowledged) = world.replay(input.int("last")).await?;
            Ok(json!({"posted": posted, "acknowledged": acknowledged}))
        }
        "expire" => {
            let mut memory = world.memory();
            for token in &mut memory.tokens {
                token.until_ms = 0;
                if input.flag("refresh") {
                    token.refresh_until_ms = 0;
                }
            }
            Ok(json!({"expired": memory.tokens.len()}))
        }
        "template" => change_template(world, &input),
        "faults" => {
            let order: FaultOrder = serde_json::from_value(input).map_err(|error| error.to_string())?;
            world.faults.order(&order);
            Ok(json!({"waiting": world.faults.waiting()}))
        }
        "clock" => {
            world.clock.advance(input.int("advance_ms").ok_or("advance_ms is missing")?);
            Ok(json!({"now_ms": world.clock.now_ms()}))
        }
        "settings" => settings(world, input),
        "reset" => {
            world.reset();
            Ok(json!({}))
        }
        other => Err(format!("no order {other}")),
    }
}

/// Posts one event, unless the order wants silence.
async fn tell(world: &World, name: &str, data: Json, order: &Json) -> Result<Json, String> {
    let id = data["id"].clone();
    let mut answer = match order.flag("quiet") {
        true => json!({"acknowledged": false, "status": null}),
        false => outcome(world.tell(&[event(name, data)]).await?),
    };
    answer["id"] = id;
    Ok(answer)
}

fn outcome(delivered: Delivered) -> Json {
    json!({"acknowledged": delivered.acknowledged(), "status": delivered.status})
}

fn change_template(world: &World, input: &Json) -> Result<Json, String> {
    let id = filled(input.text("id")).ok_or("id is missing")?;
    let mut memory = world.memory();
    memory.templates.retain(|known| known.text("id") != id);
    if !input.flag("remove") {
        let name = filled(input.text("name")).unwrap_or_else(|| "Template".into());
        let locale = filled(input.text("locale")).unwrap_or_else(|| "ru-RU".into());
        memory.templates.push(template(&id, &name, &locale, input.flag("default")));
    }
    Ok(json!({"templates": memory.templates}))
}

/// Merges the given fields into the behaviour.
fn settings(world: &World, input: Json) -> Result<Json, String> {
    let Json::Object(given) = input else { return Err("an object is needed".into()) };
    let mut memory = world.memory();
    let mut merged = serde_json::to_value(&memory.behaviour).map_err(|error| error.to_string())?;
    for (key, value) in given {
        merged[key.as_str()] = value;
    }
    memory.behaviour = serde_json::from_value::<Behaviour>(merged.clone()).map_err(|error| error.to_string())?;
    Ok(merged)
}

async fn invitations(State(world): State<Arc<World>>, Query(query): Query<HashMap<String, String>>) -> Body<Json> {
    let memory = world.memory();
    let reference = query.get("reference");
    let wanted = |found: &&Invitation| reference.is_none_or(|reference| found.reference() == reference);
    let items: Vec<Json> = memory.invitations.iter().filter(wanted).map(Invitation::view).collect();
    Body(json!({"items": items, "duplicates": memory.duplicates()}))
}

async fn state(State(world): State<Arc<World>>) -> Body<Json> {
    let memory = world.memory();
    let now = world.clock.now_ms();
    Body(json!({
        "now_ms": now, "api_url": world.api_url, "invitations_url": world.invitations_url,
        "callback": memory.callback, "behaviour": memory.behaviour, "templates": memory.templates,
        "tokens": {"given": memory.tokens.len(), "good": memory.tokens.iter().filter(|t| now < t.until_ms).count()},
        "invitations": memory.invitations.len(), "duplicates": memory.duplicates(), "links": memory.links.len(),
        "erasures": memory.erasures.len(), "reviews": memory.reviews.len(), "webhooks": memory.hooks.len(),
        "faults_waiting": world.faults.waiting(),
    }))
}
