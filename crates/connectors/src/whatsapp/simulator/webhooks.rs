//! Posting webhooks as Meta does: escaped, signed, repeated until 200. Handshake included.

use super::world::{Behaviour, Callback, Hook, Signature, World};
use crate::simulator::ascii;
use bytes::Bytes;
use hmac::{Hmac, Mac};
use serde_json::{Value as Json, json};
use sha2::Sha256;
use std::sync::Arc;
use std::time::Duration;

/// How the first attempt to deliver a webhook ended.
#[derive(Clone, Copy, Debug)]
pub struct Delivered {
    /// The status answered; 0 when nobody did.
    pub status: u16,
    /// Place among the remembered webhooks, and the life it belongs to.
    pub place: usize,
    pub life: u64,
}

impl Delivered {
    pub fn acknowledged(&self) -> bool {
        self.status == 200
    }
}

/// A POST body with one change.
pub fn envelope(waba_id: &str, field: &str, value: &Json) -> Json {
    json!({
        "object": "whatsapp_business_account",
        "entry": [{"id": waba_id, "changes": [{"value": value, "field": field}]}],
    })
}

/// The value of field `messages` with one array filled.
pub fn value(own: &Behaviour, contacts: &[Json], name: &str, items: &[Json]) -> Json {
    let mut value = json!({
        "messaging_product": "whatsapp",
        "metadata": {"display_phone_number": own.display_phone_number, "phone_number_id": own.phone_number_id},
    });
    if !contacts.is_empty() {
        value["contacts"] = contacts.into();
    }
    value[name] = items.into();
    value
}

/// The signature header over these very bytes.
pub fn sign(secret: &str, body: &[u8]) -> String {
    // HMAC takes keys of any length.
    let Ok(mac) = Hmac::<Sha256>::new_from_slice(secret.as_bytes()) else { return String::new() };
    format!("sha256={}", hex::encode(mac.chain_update(body).finalize().into_bytes()))
}

impl World {
    /// Posts a change; repeats it in the background when it was not acknowledged, and as often as `duplicates` says.
    pub async fn post(self: &Arc<Self>, field: &str, value: &Json) -> Result<Delivered, String> {
        let (body, duplicates) = {
            let memory = self.memory();
            (ascii(&envelope(&memory.behaviour.waba_id, field, value)), memory.behaviour.duplicates)
        };
        let delivered = self.deliver(body.into(), None, true).await?;
        for _ in 0..duplicates {
            self.attempt(delivered.life, delivered.place).await;
        }
        Ok(delivered)
    }

    /// Posts a body once, signed as ordered; `repeat` until 200 in the background.
    pub async fn deliver(
        self: &Arc<Self>,
        body: Bytes,
        signature: Option<Signature>,
        repeat: bool,
    ) -> Result<Delivered, String> {
        let (life, place) = {
            let mut memory = self.memory();
            if memory.callback.is_none() {
                return Err("no callback address is set".into());
            }
            let secret = &memory.behaviour.app_secret;
            let signature = match signature.unwrap_or(memory.behaviour.signature) {
                Signature::Right => Some(sign(secret, &body)),
                Signature::Wrong => Some(sign("another-secret", &body)),
                Signature::Missing => None,
            };
            memory.hooks.push(Hook { body, signature, acknowledged: false, attempts: 0 });
            (memory.life, memory.hooks.len() - 1)
        };
        let status = self.attempt(life, place).await;
        if status != 200 && repeat {
            let world = self.clone();
            tokio::spawn(async move { world.repeat(life, place).await });
        }
        Ok(Delivered { status, place, life })
    }

    async fn repeat(&self, life: u64, place: usize) {
        let (first, retries) = {
            let behaviour = &self.memory().behaviour;
            (behaviour.retry_first_ms, behaviour.retries)
        };
        for turn in 0..retries {
            tokio::time::sleep(Duration::from_millis(first.saturating_mul(1 << turn.min(12)))).await;
            let waiting = self.memory().hook(life, place).is_some_and(|hook| !hook.acknowledged);
            if !waiting || self.attempt(life, place).await == 200 {
                return;
            }
        }
    }

    /// One POST of a remembered webhook. Gives the status, 0 when there was none.
    pub async fn attempt(&self, life: u64, place: usize) -> u16 {
        let (url, body, signature) = {
            let mut memory = self.memory();
            let Some(url) = memory.callback.as_ref().map(|callback| callback.url.clone()) else { return 0 };
            let Some(hook) = memory.hook(life, place) else { return 0 };
            hook.attempts += 1;
            (url, hook.body.clone(), hook.signature.clone())
        };
        let mut request = self.client.post(url).header("content-type", "application/json").body(body);
        if let Some(signature) = signature {
            request = request.header("x-hub-signature-256", signature);
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
        if status == 200
            && let Some(hook) = self.memory().hook(life, place)
        {
            hook.acknowledged = true;
        }
        status
    }

    /// The handshake; the address is taken only when it answers the challenge.
    pub async fn connect(&self, url: &str, verify_token: &str) -> Result<(), String> {
        let challenge = self.number_id();
        let query = [("hub.mode", "subscribe"), ("hub.challenge", &challenge), ("hub.verify_token", verify_token)];
        let response = self
            .client
            .get(url)
            .query(&query)
            .send()
            .await
            .map_err(|error| format!("the callback cannot be reached: {}", error.without_url()))?;
        let status = response.status().as_u16();
        let body = response.text().await.unwrap_or_default();
        if status != 200 {
            return Err(format!("HTTP Status Code = {status}"));
        }
        if body != challenge {
            return Err("the answer is not the challenge".into());
        }
        self.memory().callback = Some(Callback { url: url.into(), verify_token: verify_token.into() });
        Ok(())
    }
}
