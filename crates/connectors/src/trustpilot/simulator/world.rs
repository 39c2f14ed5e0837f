//! What Trustpilot remembers: the account, its behaviour, tokens, templates, invitations, reviews and webhooks.
//! Only state and small steps on it; the protocol is in the neighbours.

use crate::simulator::{Calls, Clock, Faults, lock};
use bytes::Bytes;
use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard};

/// Which sending times are understood; the provider's pages show two.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TimeFormat {
    Any,
    Iso,
    Us,
}

/// Everything that can be switched; `POST /_sim/settings` takes any part of it.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Behaviour {
    pub api_key: String,
    pub api_secret: String,
    pub username: String,
    pub password: String,
    /// Good for the grant `authorization_code`.
    pub code: String,
    /// Who may act when the application signs in by itself.
    pub business_user_id: String,
    /// Whether that person, or the one who signs in, is Admin or Manager.
    pub may_act: bool,
    /// Whether the account's plan includes the calls.
    pub plan: bool,
    pub business_unit_id: String,
    pub domain: String,
    pub display_name: String,
    /// Units that exist, but are somebody else's.
    pub foreign_units: Vec<String>,
    /// Seconds a token lives, and its refresh token.
    pub expires_in: i64,
    pub refresh_expires_in: i64,
    /// Tokens with more than an hour to live at the same time; who asks for one more is answered 429. With 1 every early
    /// renewal is.
    pub tokens_at_once: usize,
    /// Senders allowed in the account.
    pub senders: Vec<String>,
    pub time_format: TimeFormat,
    /// What an accepted invitation is answered.
    pub invited_status: u16,
    pub invited_body: String,
}

impl Default for Behaviour {
    fn default() -> Self {
        Self {
            api_key: "api-key-for-tests".into(),
            api_secret: "api-secret-for-tests".into(),
            username: "owner@example.com".into(),
            password: "password-for-tests".into(),
            code: "code-for-tests".into(),
            business_user_id: "62c8968b0000640001775d01".into(),
            may_act: true,
            plan: true,
            business_unit_id: "46d6a890000064000500e0c3".into(),
            domain: "example.com".into(),
            display_name: "Example".into(),
            foreign_units: vec!["46d6a890000064000500e0ff".into()],
            expires_in: 360_000,
            refresh_expires_in: 7_776_000,
            tokens_at_once: 100,
            senders: vec!["noreply.invitations@trustpilot.com".into()],
            time_format: TimeFormat::Any,
            invited_status: 202,
            invited_body: String::new(),
        }
    }
}

/// A token that was given out.
#[derive(Clone, Debug)]
pub struct Token {
    pub access: String,
    pub until_ms: i64,
    /// Empty when the application signed in: then every call names the person who acts.
    pub refresh: String,
    pub refresh_until_ms: i64,
}

/// An accepted invitation.
#[derive(Clone, Debug)]
pub struct Invitation {
    pub at_ms: i64,
    pub unit: String,
    /// The person named in the header.
    pub user: String,
    pub body: Json,
}

impl Invitation {
    pub fn reference(&self) -> &str {
        self.body["referenceNumber"].as_str().unwrap_or_default()
    }
    /// As `GET /_sim/invitations` gives it.
    pub fn view(&self) -> Json {
        json!({
            "at_ms": self.at_ms, "unit": self.unit, "user": self.user, "reference": self.reference(),
            "email": self.body["consumerEmail"], "name": self.body["consumerName"], "body": self.body,
        })
    }
}

/// State behind one lock; never held over an await.
#[derive(Debug, Default)]
pub struct Memory {
    pub behaviour: Behaviour,
    pub callback: Option<String>,
    pub tokens: Vec<Token>,
    pub templates: Vec<Json>,
    pub invitations: Vec<Invitation>,
    pub links: Vec<Json>,
    pub erasures: Vec<Json>,
    /// As the private address lists them, oldest first.
    pub reviews: Vec<Json>,
    pub hooks: Vec<Bytes>,
}

impl Memory {
    fn fresh() -> Self {
        Self { templates: templates(), ..Self::default() }
    }
    /// References that came more than once, with how often.
    pub fn duplicates(&self) -> BTreeMap<&str, usize> {
        let mut counts = BTreeMap::new();
        for invitation in &self.invitations {
            *counts.entry(invitation.reference()).or_insert(0) += 1;
        }
        counts.retain(|_, count| *count > 1);
        counts
    }
}

/// The whole simulated world.
#[derive(Debug)]
pub struct World {
    pub api_url: String,
    pub invitations_url: String,
    pub clock: Clock,
    pub faults: Faults,
    pub calls: Calls,
    pub client: reqwest::Client,
    memory: Mutex<Memory>,
    next: AtomicU64,
}

impl World {
    pub fn new(api_url: String, invitations_url: String) -> Self {
        Self {
            api_url,
            invitations_url,
            clock: Clock::default(),
            faults: Faults::default(),
            calls: Calls::default(),
            client: crate::http::client(),
            memory: Mutex::new(Memory::fresh()),
            next: AtomicU64::new(1),
        }
    }
    pub fn memory(&self) -> MutexGuard<'_, Memory> {
        lock(&self.memory)
    }
    /// Forgets everything but the callback.
    pub fn reset(&self) {
        let mut memory = self.memory();
        let callback = memory.callback.take();
        *memory = Memory { callback, ..Memory::fresh() };
        self.clock.reset();
        self.faults.order(&crate::simulator::FaultOrder { clear: true, ..Default::default() });
        self.calls.clear();
    }
    /// A new id of 24 hexadecimal digits, different from those of any earlier start.
    pub fn id(&self) -> String {
        format!("{:014x}{:010x}", self.clock.started_ms(), self.next.fetch_add(1, Ordering::Relaxed))
    }
    /// The provider's time as it writes it.
    pub fn now_text(&self) -> String {
        let at = time::OffsetDateTime::from_unix_timestamp(self.clock.now_ms() / 1_000);
        at.ok().and_then(|at| at.format(&time::format_description::well_known::Rfc3339).ok()).unwrap_or_default()
    }
}

/// A template as listed.
pub fn template(id: &str, name: &str, locale: &str, default: bool) -> Json {
    json!({"id": id, "name": name, "isDefaultTemplate": default, "locale": locale, "type": "service-review"})
}

fn templates() -> Vec<Json> {
    vec![
        template("507f191e810c19729de860ea", "Default service review", "en-US", true),
        template("507f191e810c19729de860eb", "Русский", "ru-RU", false),
    ]
}
