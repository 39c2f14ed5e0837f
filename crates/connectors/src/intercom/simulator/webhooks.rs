//! Posting notifications as Intercom does: signed over the very bytes, repeated once, paused after many failures. The check
//! of the callback address included.

use super::world::{Hook, Payload, Shape, Signature, World};
use crate::json::Look;
use bytes::Bytes;
use hmac::{Hmac, Mac};
use serde_json::{Value as Json, json};
use sha1::Sha1;
use std::sync::Arc;
use std::time::Duration;

/// How one webhook is to be posted.
#[derive(Clone, Debug)]
pub struct Options {
    pub shape: Shape,
    pub duplicates: u32,
    pub delay_ms: u64,
    pub lost: bool,
    pub signature: Signature,
    /// Another topic than the usual one.
    pub topic: Option<String>,
}

/// How the first attempt to deliver a webhook ended.
#[derive(Clone, Debug, Default)]
pub struct Delivered {
    pub notification: String,
    /// Status the receiver answered, 0 when nobody did; `None` when nothing was attempted yet.
    pub status: Option<u16>,
}

impl Delivered {
    pub fn acknowledged(&self) -> Option<bool> {
        self.status.map(good)
    }
    /// As control addresses answer it.
    pub fn view(&self) -> Json {
        json!({"notification": self.notification, "acknowledged": self.acknowledged(), "status": self.status})
    }
}

/// Any success is enough for Intercom.
pub fn good(status: u16) -> bool {
    (200..300).contains(&status)
}

/// The signature header over these very bytes.
pub fn sign(secret: &str, body: &[u8]) -> String {
    // HMAC takes keys of any length.
    let Ok(mac) = Hmac::<Sha1>::new_from_slice(secret.as_bytes()) else { return String::new() };
    format!("sha1={}", hex::encode(mac.chain_update(body).finalize().into_bytes()))
}

impl World {
    /// The usual way of posting, with what an order asks for.
    pub fn options(&self, input: &Json) -> Result<Options, String> {
        let memory = self.memory();
        let own = &memory.behaviour;
        let read = |name: &str| match input.at(name) {
            Json::Null => None,
            _ => Some(Json::String(input.word(name))),
        };
        let wrong = |error: serde_json::Error| error.to_string();
        Ok(Options {
            shape: read("version").map_or(Ok(own.version), serde_json::from_value).map_err(wrong)?,
            signature: read("signature").map_or(Ok(own.signature), serde_json::from_value).map_err(wrong)?,
            duplicates: input.int("duplicates").map_or(own.duplicates, |n| n.clamp(0, 1_000) as u32),
            delay_ms: input.int("delay").unwrap_or(0).max(0) as u64,
            lost: own.lost || input.flag("lost"),
            topic: crate::json::filled(input.text("topic")),
        })
    }

    /// Posts a notification as ordered.
    pub async fn notify(self: &Arc<Self>, topic: &str, item: Json, options: &Options) -> Result<Delivered, String> {
        let notification = format!("notif_{}", self.uuid());
        let now = self.now_s();
        let envelope = json!({
            "type": "notification_event", "app_id": self.memory().behaviour.app_id,
            "data": {"type": "notification_event_data", "item": item}, "links": {}, "id": notification,
            "topic": options.topic.as_deref().unwrap_or(topic), "delivery_status": "pending", "delivery_attempts": 1,
            "delivered_at": 0, "first_sent_at": now, "created_at": now, "self": null,
        });
        let status = self.deliver(Payload::Notification(envelope), options, true).await?;
        Ok(Delivered { notification, status })
    }

    /// Posts, and repeats in the background what was not acknowledged.
    pub async fn deliver(
        self: &Arc<Self>,
        payload: Payload,
        options: &Options,
        repeat: bool,
    ) -> Result<Option<u16>, String> {
        if options.lost {
            return Ok(None);
        }
        let (life, place) = {
            let mut memory = self.memory();
            if memory.callback.is_none() {
                return Err("no callback address is set".into());
            }
            memory.hooks.push(Hook { payload, signature: options.signature, acknowledged: false, attempts: 0 });
            (memory.life, memory.hooks.len() - 1)
        };
        let (world, duplicates) = (self.clone(), options.duplicates);
        let post = async move {
            let status = world.attempt(life, place).await;
            if !good(status) && repeat {
                let world = world.clone();
                tokio::spawn(async move { world.repeat(life, place).await });
            }
            for _ in 0..duplicates {
                world.attempt(life, place).await;
            }
            status
        };
        if options.delay_ms == 0 {
            return Ok(Some(post.await));
        }
        let delay = Duration::from_millis(options.delay_ms);
        tokio::spawn(async move {
            tokio::time::sleep(delay).await;
            post.await;
        });
        Ok(None)
    }

    async fn repeat(&self, life: u64, place: usize) {
        let (pause, retries) = {
            let behaviour = &self.memory().behaviour;
            (behaviour.retry_ms, behaviour.retries)
        };
        for _ in 0..retries {
            tokio::time::sleep(Duration::from_millis(pause)).await;
            let waiting = self.memory().hook(life, place).is_some_and(|hook| !hook.acknowledged);
            if !waiting || good(self.attempt(life, place).await) {
                return;
            }
        }
    }

    /// One POST of a remembered webhook. Gives the status, 0 when there was none.
    pub async fn attempt(&self, life: u64, place: usize) -> u16 {
        let now_ms = self.clock.now_ms();
        let (url, body, signature) = {
            let mut memory = self.memory();
            if now_ms < memory.paused_until_ms {
                return 0;
            }
            let Some(url) = memory.callback.clone() else { return 0 };
            let secret = memory.behaviour.client_secret.clone();
            let Some(hook) = memory.hook(life, place) else { return 0 };
            hook.attempts += 1;
            let body = match &mut hook.payload {
                Payload::Notification(envelope) => {
                    envelope["delivery_attempts"] = hook.attempts.into();
                    Bytes::from(envelope.to_string())
                }
                Payload::Raw(bytes) => bytes.clone(),
            };
            let signature = match hook.signature {
                Signature::Right => Some(sign(&secret, &body)),
                Signature::Wrong => Some(sign("another-secret", &body)),
                Signature::Missing => None,
            };
            (url, body, signature)
        };
        let mut request = self
            .client
            .post(url)
            .header("content-type", "application/json")
            .header("accept", "application/json")
            .header("user-agent", "intercom-parrot-service-client/1.0")
            .body(body);
        if let Some(signature) = signature {
            request = request.header("x-hub-signature", signature);
        }
        let status = match request.send().await {
            Ok(response) => {
                let status = response.status().as_u16();
                // Reads to the end, so that the connection is used again.
                let _ = response.bytes().await;
                status
            }
            Err(_) => 0,
        };
        self.note(life, place, status);
        status
    }

    /// Remembers how an attempt ended; many failures in a row stop everything for a while.
    fn note(&self, life: u64, place: usize, status: u16) {
        let now_ms = self.clock.now_ms();
        let mut memory = self.memory();
        if memory.life != life {
            return;
        }
        if good(status) {
            memory.failures = 0;
            if let Some(hook) = memory.hook(life, place) {
                hook.acknowledged = true;
            }
            return;
        }
        memory.failures += 1;
        if memory.failures > memory.behaviour.pause_after {
            memory.failures = 0;
            memory.paused_until_ms = now_ms + memory.behaviour.pause_ms;
        }
    }

    /// The check of a new address; it is taken only when it answers with success.
    pub async fn connect(&self, url: &str) -> Result<(), String> {
        if url.is_empty() {
            self.memory().callback = None;
            return Ok(());
        }
        let response = self
            .client
            .head(url)
            .send()
            .await
            .map_err(|error| format!("the callback cannot be reached: {}", error.without_url()))?;
        let status = response.status().as_u16();
        if !good(status) {
            return Err(format!("HEAD was answered with {status}"));
        }
        self.memory().callback = Some(url.into());
        Ok(())
    }
}
