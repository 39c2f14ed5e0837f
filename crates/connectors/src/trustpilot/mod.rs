//! Trustpilot: invitations to review, and the reviews that follow. This file only ties the parts together:
//! `spec` says what it can do, `hooks` turns raw bytes into events, `map` gives events their meaning, `token` keeps the
//! sign-in, `api` makes signed calls to the two hosts, `calls` and `forms` act, `reviews` reads them,
//! `errors` classifies the several shapes of error, `simulator` is Trustpilot's side for tests and demo.

mod api;
mod calls;
mod errors;
mod forms;
mod hooks;
mod map;
mod reviews;
pub mod simulator;
mod spec;
#[cfg(test)]
mod tests;
mod token;

use crate::{
    Acted, ActionCall, Connector, Cx, Fail, HookError, NormaliseError, RawHook, Received, Settings, Spec, Swept, http,
};
use async_trait::async_trait;
use domain::channel::ChannelEvent;
use serde_json::Value as Json;

pub use spec::SPEC;

/// The connector of Trustpilot for business.
#[derive(Debug)]
pub struct Trustpilot;

#[async_trait]
impl Connector for Trustpilot {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn account(&self, settings: &Settings) -> String {
        settings.get("business_unit").to_owned()
    }
    fn receive(&self, _: &Settings, hook: &RawHook<'_>) -> Result<Received, HookError> {
        hooks::receive(hook)
    }
    fn normalise(&self, kind: &str, data: &Json) -> Result<ChannelEvent, NormaliseError> {
        map::normalise(kind, data)
    }
    fn sweep(&self, since_ms: i64) -> Json {
        serde_json::json!({"page": 1, "since_ms": since_ms})
    }
    fn swept(&self, _: &Settings, input: &Json, page: &Json) -> Swept {
        reviews::swept(input, page)
    }
    async fn act(&self, cx: &Cx<'_>, call: &ActionCall) -> Result<Acted, Fail> {
        match calls::act(cx, call).await {
            Err(fail) => {
                let hidden = token::hidden(cx).await;
                let hidden: Vec<&str> = hidden.iter().map(String::as_str).collect();
                Err(http::redacted(errors::hide(fail, &hidden), &SPEC, cx.settings))
            }
            done => done,
        }
    }
}

/// A setting, or its default where it was left empty.
fn setting<'a>(settings: &'a Settings, name: &str) -> &'a str {
    match settings.get(name).trim() {
        "" => SPEC.settings.iter().find(|s| s.name == name).and_then(|s| s.default).unwrap_or_default(),
        value => value,
    }
}
