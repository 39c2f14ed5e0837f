//! The control addresses (listed in the module above): one function takes an order by name, HTTP only carries it.

use super::webhooks::value;
use super::world::{Behaviour, Sent, Signature, World};
use crate::json::{Look, filled};
use crate::simulator::FaultOrder;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, Path, Query, State};
use axum::http::StatusCode;
use axum::routing::{get, post};
use axum::{Json as Body, Router};
use futures::StreamExt;
use serde_json::{Value as Json, json};
use std::collections::HashMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Most messages one burst may have.
const BURST: usize = 1_000_000;

type Wrong = (StatusCode, Body<Json>);

/// Routes below `/_sim`.
pub fn router(world: Arc<World>) -> Router {
    Router::new()
        .route("/_sim/{*order}", post(order))
        .route("/_sim/sent", get(sent))
        .route("/_sim/calls", get(calls))
        .route("/_sim/state", get(state))
        .layer(DefaultBodyLimit::max(110 * 1024 * 1024))
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
            world.connect(input.text("url"), input.text("verify_token")).await?;
            Ok(json!({"verified": true}))
        }
        "customer/message" => {
            let (change, id) = world.act_as_customer(&input)?;
            let delivered = world.post("messages", &change).await?;
            Ok(json!({"id": id, "acknowledged": delivered.acknowledged(), "status": delivered.status}))
        }
        "customer/preference" => Ok(json!({"acknowledged": world.prefer(&input).await?})),
        "echo" => {
            let (id, acknowledged) = world.echo(&input).await?;
            Ok(json!({"id": id, "acknowledged": acknowledged}))
        }
        "status" => {
            let several = input.list("ids").iter().filter_map(Json::as_str);
            let ids: Vec<String> = several.map(str::to_owned).chain(filled(input.text("id"))).collect();
            let delivered = world.report(&ids, input.text("status"), input.int("code")).await?;
            Ok(json!({"acknowledged": delivered.acknowledged(), "status": delivered.status}))
        }
        "webhook" => webhook(world, &input).await,
        "template" => {
            let reason = filled(input.text("reason")).unwrap_or_else(|| "NONE".into());
            let language = filled(input.text("language")).unwrap_or_else(|| "ru".into());
            let done = world.judge_template(input.text("name"), &language, input.text("status"), &reason).await?;
            Ok(json!({"acknowledged": done}))
        }
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

/// Merges the given fields into the behaviour.
fn settings(world: &World, input: Json) -> Result<Json, String> {
    let Json::Object(given) = input else { return Err("an object is needed".into()) };
    let mut memory = world.memory();
    let mut merged = serde_json::to_value(&memory.behaviour).map_err(|error| error.to_string())?;
    for (key, value) in given {
        merged[key.as_str()] = value;
    }
    memory.behaviour = serde_json::from_value::<Behaviour>(merged.clone()).map_err(|error| error.to_string())?;
    // Rates may have changed.
    memory.number = None;
    memory.customers.values_mut().for_each(|customer| customer.pair = None);
    Ok(merged)
}

async fn webhook(world: &Arc<World>, input: &Json) -> Result<Json, String> {
    let signature = match input.at("signature") {
        Json::Null => None,
        word => Some(serde_json::from_value::<Signature>(word.clone()).map_err(|error| error.to_string())?),
    };
    let body = match input.at("body").as_str() {
        Some(text) => text.as_bytes().to_vec(),
        None => {
            let waba_id = world.memory().behaviour.waba_id.clone();
            let envelope = super::webhooks::envelope(&waba_id, input.text("field"), input.at("value"));
            crate::simulator::ascii(&envelope)
        }
    };
    let delivered = world.deliver(body.into(), signature, false).await?;
    Ok(json!({"acknowledged": delivered.acknowledged(), "status": delivered.status}))
}

async fn burst(world: &Arc<World>, input: &Json) -> Result<Json, String> {
    let number = |name: &str, default: i64| input.int(name).unwrap_or(default).max(1) as usize;
    let messages = number("messages", 1).min(BURST);
    let (customers, concurrency) = (number("customers", 1), number("concurrency", 16).min(1_024));
    let (batch, per_second) = (number("batch", 1).min(1_000), input.int("per_second").unwrap_or(0));
    let text = filled(input.text("text")).unwrap_or_else(|| "Сообщение".into());
    let repeat = input.flag("retry");
    let started = Instant::now();
    let starts: Vec<usize> = (0..messages).step_by(batch).collect();
    let posts = futures::stream::iter(starts.into_iter().map(|start| {
        let (world, text) = (world.clone(), text.clone());
        async move {
            if per_second > 0 {
                let due = Duration::from_secs_f64(start as f64 / per_second as f64);
                tokio::time::sleep(due.saturating_sub(started.elapsed())).await;
            }
            one_post(&world, start..messages.min(start + batch), customers, &text, repeat).await
        }
    }));
    let results: Vec<_> = posts.buffer_unordered(concurrency).collect().await;
    let (mut acknowledged, mut failed) = (Vec::new(), Vec::new());
    for result in results {
        let (ids, done) = result?;
        if done { acknowledged.extend(ids) } else { failed.extend(ids) }
    }
    let took_ms = started.elapsed().as_millis() as u64;
    Ok(json!({"acknowledged": acknowledged, "failed": failed, "took_ms": took_ms}))
}

async fn one_post(
    world: &Arc<World>,
    range: std::ops::Range<usize>,
    customers: usize,
    text: &str,
    repeat: bool,
) -> Result<(Vec<String>, bool), String> {
    let (mut contacts, mut items, mut ids) = (Vec::new(), Vec::new(), Vec::new());
    for place in range {
        let customer = place % customers;
        let order = json!({
            "phone": format!("7900{customer:07}"), "name": format!("Клиент {}", customer + 1),
            "text": format!("{text} {}", place + 1),
        });
        let (mut change, id) = world.act_as_customer(&order)?;
        contacts.push(change["contacts"][0].take());
        items.push(change["messages"][0].take());
        ids.push(id);
    }
    let (change, waba_id) = {
        let own = &world.memory().behaviour;
        (value(own, &contacts, "messages", &items), own.waba_id.clone())
    };
    let body = crate::simulator::ascii(&super::webhooks::envelope(&waba_id, "messages", &change));
    let delivered = world.deliver(body.into(), None, repeat).await?;
    Ok((ids, delivered.acknowledged()))
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
        if world.attempt(life, place).await == 200 {
            acknowledged += 1;
        }
    }
    Ok(json!({"posted": count - first, "acknowledged": acknowledged}))
}

async fn sent(State(world): State<Arc<World>>, Query(query): Query<HashMap<String, String>>) -> Body<Json> {
    let to = query.get("to").map(|to| to.trim_start_matches(['+', ' ']).to_owned());
    let memory = world.memory();
    let wanted = |sent: &&Sent| to.as_ref().is_none_or(|to| sent.to == *to || sent.user_id == *to);
    Body(json!({"items": memory.sent.iter().filter(wanted).map(Sent::view).collect::<Vec<_>>()}))
}

async fn calls(State(world): State<Arc<World>>) -> Body<Json> {
    Body(json!({"items": world.calls.all()}))
}

async fn state(State(world): State<Arc<World>>) -> Body<Json> {
    let memory = world.memory();
    let acknowledged = memory.hooks.iter().filter(|hook| hook.acknowledged).count();
    let attempts: u64 = memory.hooks.iter().map(|hook| u64::from(hook.attempts)).sum();
    Body(json!({
        "now_ms": world.clock.now_ms(), "callback": memory.callback, "subscribed": memory.subscribed,
        "behaviour": memory.behaviour, "customers": memory.customers.len(), "sent": memory.sent.len(),
        "templates": memory.templates, "faults_waiting": world.faults.waiting(),
        "webhooks": {"all": memory.hooks.len(), "acknowledged": acknowledged, "attempts": attempts},
    }))
}
