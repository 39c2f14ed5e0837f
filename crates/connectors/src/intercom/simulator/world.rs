//! What Intercom remembers: the workspace, its behaviour, contacts, conversations, tags and webhooks.
//! Only state and small steps on it; the protocol is in the neighbours.

use crate::json::Look;
use crate::simulator::{Calls, Clock, Faults, lock};
use bytes::Bytes;
use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};
use std::collections::{BTreeMap, HashMap};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard};
use std::time::Duration;

/// Calls are counted in windows of this length.
pub const WINDOW_S: i64 = 10;
/// Merged contacts are followed this far.
const HOPS: usize = 3;

/// Shape of webhooks, as chosen in the app's settings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Shape {
    #[serde(rename = "1")]
    One,
    #[serde(rename = "2")]
    Two,
    /// Like 2.x, with plain text instead of HTML.
    #[serde(rename = "2.15")]
    Plain,
}

/// How webhooks are signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Signature {
    Right,
    Wrong,
    Missing,
}

/// A teammate.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Admin {
    pub id: String,
    pub name: String,
    pub email: String,
}

/// Everything that can be switched; `POST /_sim/settings` takes any part of it.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Behaviour {
    pub app_id: String,
    pub client_secret: String,
    pub access_token: String,
    pub app_name: String,
    pub region: String,
    pub timezone: String,
    /// The first one owns the token.
    pub admins: Vec<Admin>,
    pub version: Shape,
    pub signature: Signature,
    /// Every webhook is posted this many times more.
    pub duplicates: u32,
    /// Webhooks are made and never posted.
    pub lost: bool,
    /// Whether conversations in webhooks have statistics; often they do not.
    pub statistics: bool,
    /// Pause before a webhook that was not answered with success is repeated, and how often.
    pub retry_ms: u64,
    pub retries: u32,
    /// After more than this many failures in a row nothing is posted for a while.
    pub pause_after: u32,
    pub pause_ms: i64,
    /// Calls per window of ten seconds; 0 switches the limit off.
    pub rate_limit: u32,
    /// Versions before 2.16 answer with the heir of a merged contact instead of 404.
    pub survivor: bool,
    /// What is younger than this is not found by searches.
    pub search_delay_ms: i64,
}

impl Default for Behaviour {
    fn default() -> Self {
        let admin = |id: &str, name: &str, email: &str| Admin { id: id.into(), name: name.into(), email: email.into() };
        Self {
            app_id: "abc123xy".into(),
            client_secret: "client-secret-for-tests".into(),
            access_token: "token-for-tests".into(),
            app_name: "Мастерская «Север»".into(),
            region: "US".into(),
            timezone: "Europe/Moscow".into(),
            admins: vec![
                admin("991267715", "Ольга", "olga@example.com"),
                admin("991267716", "Илья", "ilya@example.com"),
            ],
            version: Shape::Two,
            signature: Signature::Right,
            duplicates: 0,
            lost: false,
            statistics: false,
            retry_ms: 60_000,
            retries: 1,
            pause_after: 1_000,
            pause_ms: 15 * 60 * 1000,
            rate_limit: 1_667,
            survivor: false,
            search_delay_ms: 0,
        }
    }
}

impl Behaviour {
    /// A teammate by id or name.
    pub fn admin(&self, who: &str) -> Option<&Admin> {
        self.admins.iter().find(|admin| admin.id == who || admin.name == who)
    }
}

/// What a webhook carries.
#[derive(Clone, Debug)]
pub enum Payload {
    /// Written anew for each attempt, which it counts.
    Notification(Json),
    Raw(Bytes),
}

/// A webhook.
#[derive(Clone, Debug)]
pub struct Hook {
    pub payload: Payload,
    pub signature: Signature,
    pub acknowledged: bool,
    pub attempts: u32,
}

/// State behind one lock; never held over an await.
#[derive(Debug, Default)]
pub struct Memory {
    pub behaviour: Behaviour,
    pub callback: Option<String>,
    pub contacts: BTreeMap<String, Json>,
    /// Contacts that were merged into another.
    pub merged: HashMap<String, String>,
    /// In the shape of `GET /conversations/{id}`, with all parts and plain texts.
    pub conversations: BTreeMap<String, Json>,
    pub tags: Vec<Json>,
    pub hooks: Vec<Hook>,
    /// Failed attempts in a row.
    pub failures: u32,
    pub paused_until_ms: i64,
    /// Number of the window and calls in it.
    pub window: (i64, u32),
    /// Grows with each reset; work of an earlier life stops.
    pub life: u64,
}

impl Memory {
    /// The state of a webhook, unless it was forgotten by a reset.
    pub fn hook(&mut self, life: u64, place: usize) -> Option<&mut Hook> {
        if self.life == life { self.hooks.get_mut(place) } else { None }
    }
    /// The contact a merged one became.
    pub fn heir(&self, id: &str) -> Option<String> {
        let mut heir = self.merged.get(id)?;
        for _ in 1..HOPS {
            heir = self.merged.get(heir).unwrap_or(heir);
        }
        Some(heir.clone())
    }
    /// A tag by name, made when there is none.
    pub fn tag(&mut self, name: &str, id: String) -> Json {
        if let Some(known) = self.tags.iter().find(|tag| tag.text("name") == name) {
            return known.clone();
        }
        let tag = json!({"type": "tag", "id": id, "name": name});
        self.tags.push(tag.clone());
        tag
    }
}

/// The whole simulated world.
#[derive(Debug)]
pub struct World {
    pub clock: Clock,
    pub faults: Faults,
    pub calls: Calls,
    pub client: reqwest::Client,
    memory: Mutex<Memory>,
    next: AtomicU64,
}

impl World {
    pub fn new() -> Self {
        Self {
            clock: Clock::default(),
            faults: Faults::default(),
            calls: Calls::default(),
            // A webhook must be answered within five seconds.
            client: crate::http::client_with_timeout(Duration::from_secs(5)),
            memory: Mutex::default(),
            next: AtomicU64::new(1),
        }
    }
    pub fn memory(&self) -> MutexGuard<'_, Memory> {
        lock(&self.memory)
    }
    pub fn now_s(&self) -> i64 {
        self.clock.now_ms() / 1000
    }
    /// Forgets everything but the callback.
    pub fn reset(&self) {
        let mut memory = self.memory();
        let callback = memory.callback.take();
        *memory = Memory { callback, life: memory.life + 1, ..Memory::default() };
        self.clock.reset();
        self.faults.order(&crate::simulator::FaultOrder { clear: true, ..Default::default() });
        self.calls.clear();
    }
    fn count(&self) -> u64 {
        self.next.fetch_add(1, Ordering::Relaxed)
    }
    /// A new number as id of 15 digits, different from those of any earlier start, growing.
    pub fn number_id(&self) -> String {
        format!("2{:08}{:06}", self.clock.started_ms() / 1000 % 100_000_000, self.count())
    }
    /// A new contact id.
    pub fn contact_id(&self) -> String {
        format!("{:08x}{:016x}", self.clock.started_ms() / 1000, self.count())
    }
    /// A new id shaped like a UUID.
    pub fn uuid(&self) -> String {
        let (start, count) = (self.clock.started_ms() as u64, self.count());
        format!("{:08x}-{:04x}-4000-8000-{count:012x}", start >> 16 & 0xffff_ffff, start & 0xffff)
    }
    /// Counts a call in its window: whether it is still allowed, and limit, remaining, reset for the headers.
    pub fn count_call(&self) -> (bool, [i64; 3]) {
        let number = self.now_s().div_euclid(WINDOW_S);
        let mut memory = self.memory();
        if memory.window.0 != number {
            memory.window = (number, 0);
        }
        let limit = memory.behaviour.rate_limit;
        let allowed = limit == 0 || memory.window.1 < limit;
        if allowed {
            memory.window.1 += 1;
        }
        let remaining = i64::from(limit) - i64::from(memory.window.1);
        (allowed, [i64::from(limit), remaining.max(0), (number + 1) * WINDOW_S])
    }
}
