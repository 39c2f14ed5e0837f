//! The program under test and the people around it: an installation with its own data, integrators with keys, people with
//! browsers, and the provider's simulator. Everything goes through the doors; nothing here reaches into the program.

mod app;
mod between;
mod browser;
mod client;
mod collector;
mod database;
mod services;
mod stream;
mod whatsapp;

pub use app::{Organisation, PASSWORD, Ran, TestApp, figure};
pub use between::Between;
pub use browser::{Browser, form_fields};
pub use client::{Api, Reply};
pub use collector::Collector;
pub use database::{Database, Engine};
pub use services::{Intercom, Trustpilot};
pub use stream::Stream;
pub use whatsapp::{Whatsapp, envelope, text_message, value_of};

pub use serde_json::{Value as Json, json};

use std::time::{Duration, Instant};

/// How long a condition may take to come true. Generous: it is only waited out by a test that fails.
const PATIENCE: Duration = Duration::from_secs(60);

/// Looks again and again until there is something to see.
pub async fn eventually<T>(what: &str, mut look: impl AsyncFnMut() -> Option<T>) -> T {
    let begin = Instant::now();
    loop {
        if let Some(found) = look().await {
            return found;
        }
        assert!(begin.elapsed() < PATIENCE, "waited in vain until {what}");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

/// The text under a key.
#[track_caller]
pub fn text<'a>(json: &'a Json, name: &str) -> &'a str {
    json[name].as_str().unwrap_or_else(|| panic!("no text `{name}` in {json}"))
}

/// The entries of a list answer.
#[track_caller]
pub fn items(json: &Json) -> &[Json] {
    json["items"].as_array().unwrap_or_else(|| panic!("no `items` in {json}"))
}
