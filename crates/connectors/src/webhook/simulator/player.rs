//! A program that posts webhooks to Pult.

use crate::json::{Look, filled};
use crate::simulator::lock;
use crate::webhook::standard;
use base64::Engine as _;
use bytes::Bytes;
use hmac::{Hmac, Mac};
use serde_json::{Value as Json, json};
use sha2::Sha256;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

/// Where it posts, how it signs, and what it posted last.
#[derive(Debug)]
pub struct Player {
    client: reqwest::Client,
    target: Mutex<Target>,
    last: Mutex<Option<Posted>>,
    count: AtomicU64,
}

#[derive(Clone, Debug, Default)]
struct Target {
    url: String,
    secret: String,
    header: String,
}

#[derive(Clone, Debug)]
struct Posted {
    body: Bytes,
    headers: Vec<(String, String)>,
}

impl Default for Player {
    fn default() -> Self {
        let client = crate::http::client();
        Self { client, target: Mutex::default(), last: Mutex::default(), count: AtomicU64::new(1) }
    }
}

impl Player {
    /// Sets where to post to.
    pub fn call_back(&self, order: &Json) -> Result<(), String> {
        let url = filled(order.text("url")).ok_or("url is missing")?;
        let (secret, header) = (order.text("secret").to_owned(), order.text("signature_header").to_owned());
        *lock(&self.target) = Target { url, secret, header };
        Ok(())
    }

    /// Posts one call.
    pub async fn post(&self, order: &Json, now_ms: i64) -> Result<Json, String> {
        let (body, kind) = match (order.get("body"), order.get("form"), order.get("text")) {
            (Some(body), _, _) => (body.to_string(), "application/json".to_owned()),
            (_, Some(form), _) => (written(form), "application/x-www-form-urlencoded".to_owned()),
            (_, _, Some(text)) => (text.as_str().unwrap_or_default().to_owned(), order.text("content_type").to_owned()),
            _ => return Err("body, form or text is needed".into()),
        };
        let mut headers = Vec::new();
        if !kind.is_empty() {
            headers.push(("content-type".to_owned(), kind));
        }
        for (name, value) in order.at("headers").as_object().into_iter().flatten() {
            headers.push((name.clone(), value.as_str().unwrap_or_default().to_owned()));
        }
        if !order.flag("unsigned") {
            headers.extend(self.signature(body.as_bytes(), now_ms));
        }
        self.send(Posted { body: body.into(), headers }).await
    }

    /// The last call once more.
    pub async fn replay(&self) -> Result<Json, String> {
        let last = lock(&self.last).clone().ok_or("nothing was posted yet")?;
        self.send(last).await
    }

    fn signature(&self, body: &[u8], now_ms: i64) -> Vec<(String, String)> {
        let Target { secret, header, .. } = lock(&self.target).clone();
        let count = self.count.fetch_add(1, Ordering::Relaxed);
        if header.is_empty() {
            return Vec::new();
        }
        if header.eq_ignore_ascii_case("webhook-signature") {
            let (id, at) = (format!("msg_sim{count}"), now_ms / 1_000);
            let signature = standard::sign(&secret, &id, at, body).unwrap_or_default();
            return vec![
                ("webhook-id".into(), id),
                ("webhook-timestamp".into(), at.to_string()),
                ("webhook-signature".into(), signature),
            ];
        }
        vec![(header, format!("sha256={}", hex::encode(hmac(&secret, body))))]
    }

    async fn send(&self, posted: Posted) -> Result<Json, String> {
        let url = lock(&self.target).url.clone();
        if url.is_empty() {
            return Err("no callback address is set".into());
        }
        let mut request = self.client.post(url).body(posted.body.clone());
        for (name, value) in &posted.headers {
            request = request.header(name, value);
        }
        *lock(&self.last) = Some(posted);
        let status = match request.send().await {
            Ok(response) => response.status().as_u16(),
            Err(_) => 0,
        };
        Ok(json!({"status": status, "acknowledged": status == 200}))
    }
}

/// HMAC-SHA256 with the secret as it is shown.
fn hmac(secret: &str, body: &[u8]) -> Vec<u8> {
    let Ok(mac) = Hmac::<Sha256>::new_from_slice(secret.as_bytes()) else { return Vec::new() };
    mac.chain_update(body).finalize().into_bytes().to_vec()
}

/// The value of a header in the simple scheme, in hexadecimal and in base64.
pub fn signatures(secret: &str, body: &[u8]) -> [String; 2] {
    let mac = hmac(secret, body);
    [hex::encode(&mac), base64::engine::general_purpose::STANDARD.encode(&mac)]
}

fn written(form: &Json) -> String {
    let mut text = url::form_urlencoded::Serializer::new(String::new());
    for (name, value) in form.as_object().into_iter().flatten() {
        let values = value.as_array().map_or(std::slice::from_ref(value), Vec::as_slice);
        for value in values {
            text.append_pair(name, &crate::json::word(value));
        }
    }
    text.finish()
}
