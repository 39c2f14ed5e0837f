//! A push service with the browsers behind it, with memory and faults: it makes subscriptions as a browser does, checks who
//! sends (RFC 8292), and opens what was sent with the keys it made itself. Used by tests and `pult simulate push`.
//!
//! `POST /push/{subscription}` is the address notices come to.
//! Control addresses, JSON in and out; a wrong order answers 400 `{"error": sentence}`:
//! - `POST /_sim/subscribe` `{key?}`: a browser subscribes, for notices signed with this public key alone. Answers
//!   `{endpoint, p256dh, auth}`.
//! - `POST /_sim/gone` `{endpoint}`: the browser is reached there no more: 410 from now on.
//! - `POST /_sim/faults`, `POST /_sim/clock` `{advance_ms}` or `{now_ms}`, `POST /_sim/reset` `{}`.
//! - `GET /_sim/taken`: what came and could be read, oldest first; `GET /_sim/calls`, `GET /_sim/state`.

use super::seal::{Keys, auth};
use super::{Subscription, decoded, encoded, vapid};
use crate::json::Look;
use crate::simulator::{Call, Calls, Clock, FaultOrder, Faults, Serving, bind, lock, serve as listen};
use aes_gcm::Nonce;
use aes_gcm::aead::Aead;
use axum::body::Bytes;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::{self, Next};
use axum::response::Response;
use axum::routing::{get, post};
use axum::{Json as Body, Router};
use p256::elliptic_curve::sec1::ToEncodedPoint;
use p256::{PublicKey, SecretKey};
use serde::Serialize;
use serde_json::{Value as Json, json};
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

/// A signed word may hold this long, says the standard.
const DAY_S: i64 = 24 * 60 * 60;
/// Largest body, says the standard.
const MOST: usize = 4_096;

/// A browser that subscribed.
#[derive(Debug)]
struct Browser {
    secret: SecretKey,
    auth: String,
    /// Public key of whoever may send; "" for anybody.
    key: String,
    gone: bool,
}

/// A notice as the browser got it.
#[derive(Clone, Debug, Serialize)]
pub struct Taken {
    pub endpoint: String,
    pub status: u16,
    /// What was said, decrypted.
    pub text: String,
    /// The same read as JSON, or null.
    pub json: Json,
    pub ttl: u32,
    pub urgency: String,
    pub topic: String,
    /// What the signed word claims.
    pub claims: Json,
}

/// The whole simulated world.
#[derive(Debug, Default)]
struct World {
    url: String,
    clock: Clock,
    faults: Faults,
    calls: Calls,
    browsers: Mutex<HashMap<String, Browser>>,
    taken: Mutex<Vec<Taken>>,
}

/// A running simulator; ends when dropped.
#[derive(Debug)]
pub struct Simulator {
    /// Where it listens.
    pub url: String,
    world: Arc<World>,
    serving: Serving,
}

impl Simulator {
    /// Starts; port 0 takes a free one.
    pub async fn start(addr: SocketAddr) -> std::io::Result<Self> {
        let (listener, addr) = bind(addr).await?;
        let url = format!("http://{addr}");
        let world = Arc::new(World { url: url.clone(), ..World::default() });
        let pushes = Router::new()
            .route("/push/{subscription}", post(take))
            .layer(middleware::from_fn_with_state(world.clone(), watch))
            .with_state(world.clone());
        let router = Router::new()
            .route("/_sim/{*order}", post(order))
            .route("/_sim/taken", get(async |State(world): State<Arc<World>>| items(&*lock(&world.taken))))
            .route("/_sim/calls", get(async |State(world): State<Arc<World>>| items(&world.calls.all())))
            .route("/_sim/state", get(state))
            .with_state(world.clone())
            .merge(pushes);
        Ok(Self { url, world, serving: listen(listener, addr, router) })
    }

    /// Faults of the push service.
    pub fn faults(&self) -> &Faults {
        &self.world.faults
    }

    /// Any control address, without the network: `("subscribe", {...})`.
    pub async fn ask(&self, order: &str, input: Json) -> Result<Json, String> {
        ask(&self.world, order, &input)
    }

    /// Notices that came and could be read, oldest first.
    pub fn taken(&self) -> Vec<Taken> {
        lock(&self.world.taken).clone()
    }

    /// How many calls came, whatever became of them.
    pub fn calls(&self) -> usize {
        self.world.calls.all().len()
    }
}

/// Serves until the process ends.
pub async fn serve(addr: SocketAddr) -> std::io::Result<()> {
    Simulator::start(addr).await?.serving.forever().await;
    Ok(())
}

fn items(items: &impl Serialize) -> Body<Json> {
    Body(json!({"items": items}))
}

async fn state(State(world): State<Arc<World>>) -> Body<Json> {
    let browsers = lock(&world.browsers).len();
    Body(
        json!({"url": world.url, "browsers": browsers, "taken": lock(&world.taken).len(), "faults_waiting": world.faults.waiting()}),
    )
}

async fn watch(State(world): State<Arc<World>>, request: Request, next: Next) -> Response {
    let (method, path) = (request.method().to_string(), request.uri().path().to_owned());
    let response = world.faults.around(request, next, |status, code| json!({"code": status, "errno": code})).await;
    let status = response.status().as_u16();
    world.calls.add(Call { at_ms: world.clock.now_ms(), method, path, status });
    response
}

async fn take(
    State(world): State<Arc<World>>,
    Path(subscription): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> (StatusCode, String) {
    match delivered(&world, &subscription, &headers, &body) {
        Ok(taken) => {
            lock(&world.taken).push(taken);
            (StatusCode::CREATED, String::new())
        }
        Err((status, why)) => (StatusCode::from_u16(status).unwrap_or_default(), why.to_owned()),
    }
}

/// What the push service checks, and then what the browser reads.
fn delivered(
    world: &World,
    subscription: &str,
    headers: &HeaderMap,
    body: &[u8],
) -> Result<Taken, (u16, &'static str)> {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
    let browsers = lock(&world.browsers);
    let browser = browsers.get(subscription).ok_or((404, "no such subscription"))?;
    if browser.gone {
        return Err((410, "the subscription is over"));
    }
    if body.len() > MOST {
        return Err((413, "more than 4096 bytes"));
    }
    let (claims, key) = vapid::verified(&text("authorization")).ok_or((401, "the signature does not fit"))?;
    let (now, until) = (world.clock.now_ms() / 1_000, claims.int("exp").unwrap_or(0));
    if claims.text("aud") != world.url || until <= now || until > now + DAY_S {
        return Err((401, "the signed word is for somebody else, or for another time"));
    }
    if !claims.text("sub").starts_with("http") && !claims.text("sub").starts_with("mailto:") {
        return Err((401, "nobody to write to"));
    }
    if !browser.key.is_empty() && browser.key != key {
        return Err((403, "not the key the browser subscribed for"));
    }
    let (topic, ttl) = (text("topic"), text("ttl").parse().map_err(|_| (400, "no TTL"))?);
    let good = topic.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'));
    if topic.len() > 32 || !good || text("content-encoding") != "aes128gcm" {
        return Err((400, "a header is wrong"));
    }
    let plain = opened(browser, body).ok_or((400, "the browser cannot read it"))?;
    let said = String::from_utf8_lossy(&plain).into_owned();
    Ok(Taken {
        endpoint: format!("{}/push/{subscription}", world.url),
        status: 201,
        json: serde_json::from_str(&said).unwrap_or_default(),
        text: said,
        ttl,
        urgency: text("urgency"),
        topic,
        claims,
    })
}

/// Decrypts as a browser does.
fn opened(browser: &Browser, body: &[u8]) -> Option<Vec<u8>> {
    let (salt, rest) = body.split_at_checked(16)?;
    let (_record, rest) = rest.split_at_checked(4)?;
    let (length, rest) = rest.split_first()?;
    let (sender, sealed) = rest.split_at_checked(usize::from(*length))?;
    let own = browser.secret.public_key().to_encoded_point(false);
    let other = PublicKey::from_sec1_bytes(sender).ok()?;
    let keys = Keys::of(&browser.secret, &other, &auth(&browser.auth)?, own.as_bytes(), sender, salt)?;
    let mut plain = keys.cipher.decrypt(Nonce::from_slice(&keys.nonce), sealed).ok()?;
    // Behind the text: the sign of the last record, and zeros nobody must read.
    while plain.last() == Some(&0) {
        plain.pop();
    }
    (plain.pop() == Some(2)).then_some(plain)
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
    ask(&world, &order, &input).map(Body).map_err(wrong)
}

fn ask(world: &World, order: &str, input: &Json) -> Result<Json, String> {
    match order {
        "subscribe" => Ok(json!(subscribe(world, input)?)),
        "gone" => {
            let id = input.text("endpoint").rsplit('/').next().unwrap_or_default().to_owned();
            lock(&world.browsers).get_mut(&id).ok_or("no such subscription")?.gone = true;
            Ok(json!({}))
        }
        "faults" => {
            let order: FaultOrder = serde_json::from_value(input.clone()).map_err(|error| error.to_string())?;
            world.faults.order(&order);
            Ok(json!({"waiting": world.faults.waiting()}))
        }
        "clock" => {
            let ms = input.int("now_ms").map(|now| now - world.clock.now_ms()).or(input.int("advance_ms"));
            world.clock.advance(ms.ok_or("advance_ms or now_ms is missing")?);
            Ok(json!({"now_ms": world.clock.now_ms()}))
        }
        "reset" => {
            lock(&world.taken).clear();
            world.clock.reset();
            world.calls.clear();
            world.faults.order(&FaultOrder { clear: true, ..Default::default() });
            Ok(json!({}))
        }
        other => Err(format!("no order {other}")),
    }
}

/// A browser subscribes. Its keys follow from their number: a simulator needs secrets nobody guesses as little as a stage
/// needs a real safe.
fn subscribe(world: &World, input: &Json) -> Result<Subscription, String> {
    let key = input.text("key").to_owned();
    if !key.is_empty() && decoded(&key).is_none_or(|bytes| bytes.len() != 65) {
        return Err("the key is not 65 bytes in base64url".into());
    }
    let mut browsers = lock(&world.browsers);
    let number = browsers.len();
    let digest = |what: &str| Sha256::digest(format!("{what} {number} of {}", world.clock.started_ms()));
    let secret = SecretKey::from_slice(&digest("key")).map_err(|error| error.to_string())?;
    let (auth, id) = (encoded(&digest("auth")[..16]), encoded(digest("id")));
    let p256dh = encoded(secret.public_key().to_encoded_point(false).as_bytes());
    browsers.insert(id.clone(), Browser { secret, auth: auth.clone(), key, gone: false });
    Ok(Subscription { endpoint: format!("{}/push/{id}", world.url), p256dh, auth })
}
