//! The control addresses (listed in the module above): one function takes an order by name, HTTP only carries it.

use super::desk::Step;
use super::webhooks::{Delivered, good};
use super::world::{Behaviour, Payload, World};
use crate::json::Look;
use crate::simulator::FaultOrder;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, Path, State};
use axum::http::StatusCode;
use axum::routing::{get, post};
use axum::{Json as Body, Router};
use futures::StreamExt;
use serde_json::{Value as Json, json};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Most conversations one burst may have.
const BURST: usize = 1_000_000;

type Wrong = (StatusCode, Body<Json>);

/// Routes below `/_sim`.
pub fn router(world: Arc<World>) -> Router {
    Router::new()
        .route("/_sim/{*order}", post(order))
        .route("/_sim/conversations", get(conversations))
        .route("/_sim/contacts", get(contacts))
        .route("/_sim/calls", get(calls))
        .route("/_sim/state", get(state))
        .layer(DefaultBodyLimit::max(16 * 1024 * 1024))
        .with_state(world)
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
        "start" => told(world, world.start(&input), &input).await,
        "close" => told(world, world.close(&input), &input).await,
        "reply" => told(world, world.reply(&input, false), &input).await,
        "reopen" => told(world, world.reopen(&input), &input).await,
        "assign" => told(world, world.assign(&input), &input).await,
        "rate" => told(world, world.rate(&input.word("conversation"), &input), &input).await,
        "delete" => delete(world, &input).await,
        "contact" => contact(world, &input).await,
        "merge" => {
            world.merge(input.text("from"), input.text("into"))?;
            Ok(json!({}))
        }
        "ping" => {
            let item = json!({"type": "ping", "message": "pult"});
            Ok(world.notify("ping", item, &world.options(&input)?).await?.view())
        }
        "webhook" => webhook(world, &input).await,
        "burst" => burst(world, &input).await,
        "replay" => replay(world, input.int("last")).await,
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

/// Posts the webhook of a step and says what became of it.
async fn told(world: &Arc<World>, step: Result<Step, String>, input: &Json) -> Result<Json, String> {
    let (step, options) = (step?, world.options(input)?);
    let mut view = world.tell(&step, &options).await?.view();
    let memory = world.memory();
    let conversation = memory.conversations.get(&step.conversation);
    view["contact"] = conversation.map(|c| c["contacts"]["contacts"][0]["id"].clone()).unwrap_or_default();
    view["conversation"] = step.conversation.into();
    Ok(view)
}

async fn delete(world: &Arc<World>, input: &Json) -> Result<Json, String> {
    let id = input.word("conversation");
    world.memory().conversations.remove(&id).ok_or("no such conversation")?;
    let item = json!({"type": "conversation", "id": id});
    Ok(world.notify("conversation.deleted", item, &world.options(input)?).await?.view())
}

async fn contact(world: &Arc<World>, input: &Json) -> Result<Json, String> {
    let (id, topic) = world.customer(input)?;
    let item = world.memory().contacts.get(&id).cloned().unwrap_or_default();
    let options = world.options(input)?;
    let silent = world.memory().callback.is_none();
    let mut view = match topic {
        Some(topic) if !silent => world.notify(topic, item, &options).await?.view(),
        _ => Delivered::default().view(),
    };
    view["contact"] = id.into();
    Ok(view)
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

async fn webhook(world: &Arc<World>, input: &Json) -> Result<Json, String> {
    let options = world.options(input)?;
    let Some(text) = input.at("body").as_str() else {
        return Ok(world.notify(input.text("topic"), input.at("item").clone(), &options).await?.view());
    };
    let status = world.deliver(Payload::Raw(text.to_owned().into()), &options, false).await?;
    Ok(Delivered { notification: String::new(), status }.view())
}

async fn burst(world: &Arc<World>, input: &Json) -> Result<Json, String> {
    let number = |name: &str, default: i64| input.int(name).unwrap_or(default).max(1) as usize;
    let (count, customers) = (number("conversations", 1).min(BURST), number("customers", 1));
    let (concurrency, per_second) = (number("concurrency", 16).min(1_024), input.int("per_second").unwrap_or(0));
    let options = world.options(input)?;
    let started = Instant::now();
    // Made once, so that finding a customer again by e-mail does not slow the burst down.
    let mut contacts = Vec::with_capacity(customers.min(count));
    for n in 1..=customers.min(count) {
        let customer = json!({"email": format!("client{n}@example.com"), "name": format!("Клиент {n}")});
        contacts.push(world.customer(&customer)?.0);
    }
    let closings = futures::stream::iter((0..count).map(|place| {
        let (world, options) = (world.clone(), options.clone());
        let order = json!({"contact": contacts[place % contacts.len()]});
        async move {
            if per_second > 0 {
                let due = Duration::from_secs_f64(place as f64 / per_second as f64);
                tokio::time::sleep(due.saturating_sub(started.elapsed())).await;
            }
            let step = world.close(&order)?;
            let delivered = world.tell(&step, &options).await?;
            Ok::<_, String>((step.conversation, delivered.acknowledged() == Some(true)))
        }
    }));
    let results: Vec<_> = closings.buffer_unordered(concurrency).collect().await;
    let (mut acknowledged, mut failed) = (Vec::new(), Vec::new());
    for result in results {
        let (id, done) = result?;
        if done { acknowledged.push(id) } else { failed.push(id) }
    }
    let took_ms = started.elapsed().as_millis() as u64;
    Ok(json!({"acknowledged": acknowledged, "failed": failed, "took_ms": took_ms}))
}

/// Posts remembered webhooks again, all or the last ones.
async fn replay(world: &Arc<World>, last: Option<i64>) -> Result<Json, String> {
    let (life, count) = {
        let memory = world.memory();
        (memory.life, memory.hooks.len())
    };
    let first = last.map_or(0, |last| count.saturating_sub(usize::try_from(last).unwrap_or(0)));
    let mut acknowledged = 0;
    for place in first..count {
        if good(world.attempt(life, place).await) {
            acknowledged += 1;
        }
    }
    Ok(json!({"posted": count - first, "acknowledged": acknowledged}))
}

async fn conversations(State(world): State<Arc<World>>) -> Body<Json> {
    Body(json!({"items": world.memory().conversations.values().collect::<Vec<_>>()}))
}

async fn contacts(State(world): State<Arc<World>>) -> Body<Json> {
    Body(json!({"items": world.memory().contacts.values().collect::<Vec<_>>()}))
}

async fn calls(State(world): State<Arc<World>>) -> Body<Json> {
    Body(json!({"items": world.calls.all()}))
}

async fn state(State(world): State<Arc<World>>) -> Body<Json> {
    let memory = world.memory();
    let acknowledged = memory.hooks.iter().filter(|hook| hook.acknowledged).count();
    let attempts: u64 = memory.hooks.iter().map(|hook| u64::from(hook.attempts)).sum();
    Body(json!({
        "now_ms": world.clock.now_ms(), "callback": memory.callback, "behaviour": memory.behaviour,
        "contacts": memory.contacts.len(), "conversations": memory.conversations.len(), "tags": memory.tags,
        "merged": memory.merged, "paused_until_ms": memory.paused_until_ms, "faults_waiting": world.faults.waiting(),
        "webhooks": {"all": memory.hooks.len(), "acknowledged": acknowledged, "attempts": attempts},
    }))
}
