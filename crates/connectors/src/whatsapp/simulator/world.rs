//! What Meta remembers: the account, its behaviour, customers, messages, files, templates and webhooks.
//! Only state and small steps on it; the protocol is in the neighbours.

use crate::simulator::{Calls, Clock, Faults, lock};
use bytes::Bytes;
use domain::queue::Bucket;
use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard};

pub const DAY_MS: i64 = 24 * 60 * 60 * 1000;
/// A media address lives this long.
pub const MEDIA_URL_MS: i64 = 5 * 60 * 1000;

/// Order of the statuses of one message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Order {
    Forward,
    Reverse,
}

/// How webhooks are signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Signature {
    Right,
    Wrong,
    Missing,
}

/// How a closed window is reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WindowError {
    /// In the answer to the call.
    Answer,
    /// Accepted first, then a status `failed`.
    Status,
}

/// Everything that can be switched; `POST /_sim/settings` takes any part of it.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Behaviour {
    pub phone_number_id: String,
    pub waba_id: String,
    pub app_id: String,
    pub app_secret: String,
    pub access_token: String,
    pub display_phone_number: String,
    pub verified_name: String,
    /// Statuses follow a sent message by themselves.
    pub statuses: bool,
    /// Delays after the step before.
    pub sent_ms: u64,
    pub delivered_ms: u64,
    /// Null: the customer never reads.
    pub read_ms: Option<u64>,
    pub order: Order,
    /// Every webhook is posted this many times more.
    pub duplicates: u32,
    pub signature: Signature,
    /// Pause before the first repetition of a webhook that was not answered 200; doubles each time.
    pub retry_first_ms: u64,
    pub retries: u32,
    /// Whether free-form messages need a message of the customer within 24 hours.
    pub window: bool,
    pub window_error: WindowError,
    /// Messages per second of the number; 0 switches the limit off.
    pub number_per_second: f64,
    /// Messages at once to one person, and the pause that repays one; 0 switches the limit off.
    pub pair_burst: f64,
    pub pair_interval_ms: f64,
    /// Customers whose messages fail later, with the code.
    pub undeliverable: BTreeMap<String, i64>,
    /// Numbers whose `wa_id` is another than what was sent to.
    pub wa_ids: BTreeMap<String, String>,
    /// A created template is approved after this; null: stays pending.
    pub approve_ms: Option<u64>,
}

impl Default for Behaviour {
    fn default() -> Self {
        Self {
            phone_number_id: "106540352242922".into(),
            waba_id: "102290129340398".into(),
            app_id: "670843887433847".into(),
            app_secret: "app-secret-for-tests".into(),
            access_token: "token-for-tests".into(),
            display_phone_number: "15550783881".into(),
            verified_name: "Мастерская «Север»".into(),
            statuses: true,
            sent_ms: 50,
            delivered_ms: 150,
            read_ms: Some(600),
            order: Order::Forward,
            duplicates: 0,
            signature: Signature::Right,
            retry_first_ms: 500,
            retries: 12,
            window: true,
            window_error: WindowError::Answer,
            number_per_second: 80.0,
            pair_burst: 45.0,
            pair_interval_ms: 6_000.0,
            undeliverable: BTreeMap::new(),
            wa_ids: BTreeMap::new(),
            approve_ms: Some(300),
        }
    }
}

/// Where webhooks go.
#[derive(Clone, Debug, Serialize)]
pub struct Callback {
    pub url: String,
    pub verify_token: String,
}

/// What is known of a customer, by `wa_id` or user id.
#[derive(Debug, Default)]
pub struct Customer {
    pub name: String,
    pub user_id: String,
    pub last_inbound_ms: Option<i64>,
    pub last_inbound_id: String,
    pub no_marketing: bool,
    pub pair: Option<Bucket>,
}

/// A message accepted for sending.
#[derive(Clone, Debug)]
pub struct Sent {
    pub id: String,
    pub at_ms: i64,
    /// `wa_id`, "" when sent to a user id.
    pub to: String,
    pub user_id: String,
    pub category: String,
    pub body: Json,
    pub statuses: Vec<String>,
}

impl Sent {
    /// As `GET /_sim/sent` gives it.
    pub fn view(&self) -> Json {
        json!({
            "id": self.id, "at_ms": self.at_ms, "to": self.to, "user_id": self.user_id, "type": self.body["type"],
            "body": self.body, "statuses": self.statuses, "reference": self.body["biz_opaque_callback_data"],
        })
    }
}

/// A file.
#[derive(Clone, Debug)]
pub struct Media {
    pub mime: String,
    pub bytes: Bytes,
    pub url_until_ms: i64,
    pub url_key: String,
}

/// A webhook as posted.
#[derive(Clone, Debug)]
pub struct Hook {
    pub body: Bytes,
    pub signature: Option<String>,
    pub acknowledged: bool,
    pub attempts: u32,
}

/// State behind one lock; never held over an await.
#[derive(Debug, Default)]
pub struct Memory {
    pub behaviour: Behaviour,
    pub callback: Option<Callback>,
    pub subscribed: bool,
    pub customers: HashMap<String, Customer>,
    pub inbound: HashSet<String>,
    pub sent: Vec<Sent>,
    pub media: HashMap<String, Media>,
    pub templates: Vec<Json>,
    pub hooks: Vec<Hook>,
    pub number: Option<Bucket>,
    pub blocked: HashSet<String>,
    /// Grows with each reset; work of an earlier life stops.
    pub life: u64,
}

impl Memory {
    fn fresh(life: u64) -> Self {
        Self { templates: templates(), life, ..Self::default() }
    }
    /// The state of a webhook, unless it was forgotten by a reset.
    pub fn hook(&mut self, life: u64, place: usize) -> Option<&mut Hook> {
        if self.life == life { self.hooks.get_mut(place) } else { None }
    }
}

/// The whole simulated world.
#[derive(Debug)]
pub struct World {
    pub base_url: String,
    pub clock: Clock,
    pub faults: Faults,
    pub calls: Calls,
    pub client: reqwest::Client,
    memory: Mutex<Memory>,
    next: AtomicU64,
}

impl World {
    pub fn new(base_url: String) -> Self {
        Self {
            base_url,
            clock: Clock::default(),
            faults: Faults::default(),
            calls: Calls::default(),
            client: crate::http::client(),
            memory: Mutex::new(Memory::fresh(0)),
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
        *memory = Memory { callback, ..Memory::fresh(memory.life + 1) };
        self.clock.reset();
        self.faults.order(&crate::simulator::FaultOrder { clear: true, ..Default::default() });
        self.calls.clear();
    }
    fn count(&self) -> u64 {
        self.next.fetch_add(1, Ordering::Relaxed)
    }
    /// A new message id, different from those of any earlier start.
    pub fn wamid(&self) -> String {
        format!("wamid.HBgL{:012X}FQIAERgS{:08X}", self.clock.started_ms(), self.count())
    }
    /// A new number as id (media, templates).
    pub fn number_id(&self) -> String {
        format!("{}{:06}", self.clock.started_ms() % 10_000_000_000, self.count())
    }
    /// Keeps a file and gives its id.
    pub fn keep(&self, mime: &str, bytes: Bytes) -> String {
        let id = self.number_id();
        let media = Media { mime: mime.to_owned(), bytes, url_until_ms: 0, url_key: String::new() };
        self.memory().media.insert(id.clone(), media);
        id
    }
}

/// A template as the management address lists it.
pub fn template(name: &str, language: &str, category: &str, components: Json, status: &str, id: &str) -> Json {
    json!({
        "id": id, "name": name, "language": language, "status": status, "category": category,
        "components": components,
    })
}

fn templates() -> Vec<Json> {
    let body =
        |text: &str, example: &[&str]| json!([{"type": "BODY", "text": text, "example": {"body_text": [example]}}]);
    let ready = body("{{1}}, заказ {{2}} готов.", &["Анна", "1042"]);
    let status = body("{{1}}, статус заказа {{2}}: {{3}}.", &["Анна", "1042", "Готов"]);
    let hello = json!([{"type": "BODY", "text": "Здравствуйте! Чем мы можем помочь?"}]);
    vec![
        template("order_ready", "ru", "UTILITY", ready, "APPROVED", "572279198452421"),
        template("order_status", "ru", "UTILITY", status, "APPROVED", "572279198452422"),
        template("hello", "ru", "MARKETING", hello, "APPROVED", "572279198452423"),
    ]
}
