//! Posting webhooks as Trustpilot does: JSON, several events in one body, no signature. What it does after a bad answer
//! is not documented, so nothing is repeated here; `replay` does that on command.

use super::world::World;
use bytes::Bytes;
use serde_json::{Value as Json, json};

/// How a delivery ended.
#[derive(Clone, Copy, Debug)]
pub struct Delivered {
    /// The status answered; 0 when nobody did.
    pub status: u16,
}

impl Delivered {
    pub fn acknowledged(self) -> bool {
        self.status == 200
    }
}

/// One event of a body.
pub fn event(name: &str, data: Json) -> Json {
    json!({"eventName": name, "version": "1", "eventData": data})
}

impl World {
    /// Posts events in one body.
    pub async fn tell(&self, events: &[Json]) -> Result<Delivered, String> {
        self.deliver(json!({"events": events}).to_string().into()).await
    }

    /// Posts a body and remembers it.
    pub async fn deliver(&self, body: Bytes) -> Result<Delivered, String> {
        let url = {
            let mut memory = self.memory();
            let url = memory.callback.clone().ok_or("no callback address is set")?;
            memory.hooks.push(body.clone());
            url
        };
        Ok(Delivered { status: self.post(&url, body).await })
    }

    /// Remembered bodies again, all or the last ones. Gives how many there were and how many were acknowledged.
    pub async fn replay(&self, last: Option<i64>) -> Result<(usize, usize), String> {
        let (url, bodies) = {
            let memory = self.memory();
            let count = memory.hooks.len();
            let first = last.map_or(0, |last| count.saturating_sub(usize::try_from(last).unwrap_or(0)));
            (memory.callback.clone().ok_or("no callback address is set")?, memory.hooks[first..].to_vec())
        };
        let (posted, mut acknowledged) = (bodies.len(), 0);
        for body in bodies {
            acknowledged += usize::from(self.post(&url, body).await == 200);
        }
        Ok((posted, acknowledged))
    }

    /// The Test button; the address is kept only when it answers 200. What the real test sends is unknown.
    pub async fn connect(&self, url: &str) -> Result<(), String> {
        match self.post(url, json!({"events": []}).to_string().into()).await {
            200 => {
                self.memory().callback = Some(url.to_owned());
                Ok(())
            }
            0 => Err("the callback cannot be reached".into()),
            status => Err(format!("the test was answered {status}")),
        }
    }

    async fn post(&self, url: &str, body: Bytes) -> u16 {
        let request = self.client.post(url).header("content-type", "application/json").body(body);
        match request.send().await {
            Ok(response) => {
                let status = response.status().as_u16();
                // Reads to the end, so that the connection is used again.
                let _ = response.bytes().await;
                status
            }
            Err(_) => 0,
        }
    }
}
