//! What the simulator remembers: people, codes given and not yet taken, and how the next tokens are to be wrong.

use super::sign::Signers;
use crate::simulator::{Calls, Clock, Faults, lock};
use serde::Serialize;
use serde_json::{Value as Json, json};
use std::collections::VecDeque;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard};

pub const CLIENT: &str = "client-for-tests";
pub const SECRET: &str = "secret-for-tests";

/// Somebody with an account there.
#[derive(Clone, Debug, Serialize)]
pub struct Someone {
    pub id: String,
    pub name: String,
    pub email: Option<String>,
    pub verified: bool,
    /// The company that keeps the address.
    pub hosted: Option<String>,
}

/// A code, and after its exchange the token it became.
#[derive(Clone, Debug)]
pub struct Grant {
    pub code: String,
    pub token: String,
    pub person: Someone,
    pub redirect_uri: String,
    pub challenge: String,
    pub nonce: String,
    pub device_id: String,
    pub until_ms: i64,
    pub used: bool,
}

#[derive(Debug)]
pub struct Memory {
    pub people: Vec<Someone>,
    pub grants: Vec<Grant>,
    pub spoilt: VecDeque<String>,
    /// Which of the keys signs.
    pub key: usize,
}

impl Default for Memory {
    fn default() -> Self {
        let someone = |id: &str, name: &str, email: Option<&str>, verified| Someone {
            id: id.into(),
            name: name.into(),
            email: email.map(str::to_owned),
            verified,
            hosted: None,
        };
        let people = vec![
            someone("110169484474386276334", "Анна Ковалёва", Some("anna@sever.example"), true),
            someone("110169484474386276335", "Борис Ким", Some("boris@sever.example"), false),
            someone("110169484474386276336", "Вера Ли", None, false),
        ];
        Self { people, grants: Vec::new(), spoilt: VecDeque::new(), key: 0 }
    }
}

#[derive(Debug)]
pub struct World {
    pub url: String,
    pub clock: Clock,
    pub faults: Faults,
    pub calls: Calls,
    pub signers: Signers,
    memory: Mutex<Memory>,
    count: AtomicU64,
}

impl World {
    pub fn new(url: String) -> Result<Self, String> {
        let signers = Signers::new()?;
        let (clock, faults, calls, memory, count) = Default::default();
        Ok(Self { url, clock, faults, calls, signers, memory, count })
    }
    pub fn memory(&self) -> MutexGuard<'_, Memory> {
        lock(&self.memory)
    }
    pub fn reset(&self) {
        *self.memory() = Memory::default();
        self.faults.order(&crate::simulator::FaultOrder { clear: true, latency_ms: Some(0), ..Default::default() });
        self.clock.reset();
        self.calls.clear();
    }
    /// Something that was never given before.
    pub fn fresh(&self, what: &str) -> String {
        format!("{what}-{:x}-{}", self.clock.started_ms(), self.count.fetch_add(1, Ordering::Relaxed))
    }
    /// One of the people, by their id.
    pub fn someone(&self, id: &str) -> Option<Someone> {
        self.memory().people.iter().find(|one| one.id == id).cloned()
    }
    pub fn config(&self) -> Json {
        let url = &self.url;
        let of = |issuer: String, api: Option<String>, trust: bool| json!({"client_id": CLIENT, "client_secret": SECRET, "issuer": issuer, "api_url": api, "trust_email": trust});
        json!({
            "google": of(url.clone(), None, true),
            "facebook": of(format!("{url}/facebook"), Some(format!("{url}/graph")), false),
            "yandex": of(format!("{url}/yandex"), Some(format!("{url}/yandex")), false),
            "vk": of(format!("{url}/vk"), Some(format!("{url}/vk")), false),
        })
    }
}
