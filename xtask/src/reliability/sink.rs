//! Where effects arrive: the other side of WhatsApp and of somebody's own program in one, which counts every call by the job
//! that made it.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use std::{process, thread};

use anyhow::Result;
use hmac::{Hmac, Mac};
use serde_json::{Value as Json, json};
use sha2::Sha256;

use super::http::{Asked, serve};

const SECRET: &str = "secret-for-proofs";
const APP: &str = "670843887433847";
const NUMBER: &str = "106540352242922";

/// What a job did here.
#[derive(Clone, Debug, Default)]
pub struct Effect {
    pub times: usize,
    /// What it was about: the number of the event that caused it.
    pub about: String,
    /// When it first arrived.
    pub at: Option<Instant>,
}

/// A sink and what it took.
#[derive(Clone)]
pub struct Sink {
    pub addr: SocketAddr,
    effects: Arc<Mutex<BTreeMap<String, Effect>>>,
    /// Messages that have arrived and are not answered yet.
    unanswered: Arc<AtomicUsize>,
}

impl Sink {
    /// Takes so long over a call of this path.
    pub fn start(slow: impl Fn(&str) -> Duration + Clone + Send + 'static) -> Result<Self> {
        let effects: Arc<Mutex<BTreeMap<String, Effect>>> = Arc::default();
        let unanswered: Arc<AtomicUsize> = Arc::default();
        let (taken, waiting) = (effects.clone(), unanswered.clone());
        let addr = serve(move |asked| {
            let said = answer(&asked, &taken);
            let message = usize::from(asked.path.ends_with("/messages"));
            waiting.fetch_add(message, Ordering::SeqCst);
            thread::sleep(slow(&asked.path));
            waiting.fetch_sub(message, Ordering::SeqCst);
            said
        })?;
        Ok(Self { addr, effects, unanswered })
    }
    /// Waits until somebody waits for the answer to a message, at most so long.
    pub fn mid_message(&self, most: Duration) {
        let begun = Instant::now();
        while self.unanswered.load(Ordering::SeqCst) == 0 && begun.elapsed() < most {
            thread::sleep(Duration::from_millis(1));
        }
    }
    /// Effects by job.
    pub fn effects(&self) -> BTreeMap<String, Effect> {
        self.effects.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
    /// Settings of a WhatsApp connection that leads here.
    pub fn whatsapp(&self) -> Json {
        json!({"phone_number_id": NUMBER, "waba_id": "102290129340398", "app_id": APP, "app_secret": SECRET,
            "access_token": "token-for-proofs", "base_url": format!("http://{}", self.addr)})
    }
    /// Settings of a webhook connection that leads here; `path` is `own` or `slow`.
    pub fn webhook(&self, path: &str) -> Json {
        json!({"url": format!("http://{}/{path}", self.addr)})
    }
}

fn answer(asked: &Asked, effects: &Mutex<BTreeMap<String, Effect>>) -> String {
    let body: Json = serde_json::from_str(&asked.body).unwrap_or_default();
    let count = |job: &str, about: &Json| {
        let mut effects = effects.lock().unwrap_or_else(PoisonError::into_inner);
        let effect = effects.entry(job.to_owned()).or_default();
        effect.times += 1;
        effect.at.get_or_insert_with(Instant::now);
        effect.about = about.as_str().unwrap_or_default().to_owned();
    };
    let ends = |end: &str| asked.path.split('?').next().is_some_and(|path| path.ends_with(end));
    let said = if ends("/own") || ends("/slow") {
        let id = asked.headers.get("webhook-id").map(String::as_str).unwrap_or_default();
        if body["type"] != "endpoint.test" {
            count(id.trim_start_matches("msg_"), &body["data"]["number"]);
        }
        json!({})
    } else if ends("/messages") {
        if let Some(job) = body["biz_opaque_callback_data"].as_str() {
            count(&job.trim_start_matches("job:").replace('-', ""), &body["text"]["body"]);
        }
        let id = format!("wamid.{}.{:?}", process::id(), thread::current().id());
        json!({"messaging_product": "whatsapp", "contacts": [{"wa_id": body["to"]}], "messages": [{"id": unique(&id)}]})
    } else if ends("/subscribed_apps") && asked.method == "GET" {
        json!({"data": [{"whatsapp_business_api_data": {"id": APP, "name": "Proof"}}]})
    } else if ends("/message_templates") {
        json!({"data": []})
    } else {
        json!({"success": true})
    };
    said.to_string()
}

fn unique(prefix: &str) -> String {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    format!("{prefix}.{}", NEXT.fetch_add(1, Ordering::Relaxed))
}

/// A WhatsApp webhook in which this phone writes this, with its signature.
pub fn customer_writes(phone: u64, id: &str, text: &str) -> (String, String) {
    let message = json!({"from": phone.to_string(), "id": id, "timestamp": now().to_string(), "type": "text", "text": {"body": text}});
    let value = json!({"messaging_product": "whatsapp",
        "metadata": {"display_phone_number": "15550783881", "phone_number_id": NUMBER},
        "contacts": [{"profile": {"name": "Анна"}, "wa_id": phone.to_string()}], "messages": [message]});
    let entry = json!([{"id": "102290129340398", "changes": [{"value": value, "field": "messages"}]}]);
    let body = json!({"object": "whatsapp_business_account", "entry": entry}).to_string();
    let mut mac = Hmac::<Sha256>::new_from_slice(SECRET.as_bytes()).unwrap_or_else(|_| unreachable!("any key will do"));
    mac.update(body.as_bytes());
    let signature: String = mac.finalize().into_bytes().iter().map(|byte| format!("{byte:02x}")).collect();
    (body, format!("sha256={signature}"))
}

/// The program under proof lives by the real clock, and so must its customers.
#[allow(clippy::disallowed_methods)]
fn now() -> u64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    since.map_or(0, |since| since.as_secs())
}
