//! Intercom: closed conversations and who had them. This file only ties the parts together:
//! `spec` says what it can do, `hooks` turns raw bytes into events, `item` reads both shapes of a conversation, `map`
//! gives events their meaning, `calls` and `search` act, `errors` classifies Intercom's error codes, `simulator` is
//! Intercom's side for tests and demo.

mod calls;
mod errors;
mod hooks;
mod item;
mod map;
mod search;
pub mod simulator;
mod spec;
#[cfg(test)]
mod tests;

use crate::{
    Acted, ActionCall, Connector, Cx, Fail, HookError, NormaliseError, RawHook, Received, Settings, Spec, Swept, http,
};
use async_trait::async_trait;
use domain::channel::ChannelEvent;
use serde_json::Value as Json;

pub use spec::SPEC;

/// The connector of Intercom.
#[derive(Debug)]
pub struct Intercom;

#[async_trait]
impl Connector for Intercom {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn account(&self, settings: &Settings) -> String {
        settings.get("app_id").to_owned()
    }
    fn receive(&self, settings: &Settings, hook: &RawHook<'_>) -> Result<Received, HookError> {
        hooks::receive(settings, hook)
    }
    fn normalise(&self, kind: &str, data: &Json) -> Result<ChannelEvent, NormaliseError> {
        map::normalise(kind, data)
    }
    fn sweep(&self, since_ms: i64) -> Json {
        serde_json::json!({"since": since_ms / 1000})
    }
    fn swept(&self, _: &Settings, input: &Json, page: &Json) -> Swept {
        search::swept(input, page)
    }
    async fn act(&self, cx: &Cx<'_>, call: &ActionCall) -> Result<Acted, Fail> {
        calls::act(cx, call).await.map_err(|fail| http::redacted(fail, &SPEC, cx.settings))
    }
}

/// A setting, or its default where it was left empty.
fn setting<'a>(settings: &'a Settings, name: &str) -> &'a str {
    match settings.get(name) {
        "" => SPEC.settings.iter().find(|s| s.name == name).and_then(|s| s.default).unwrap_or_default(),
        value => value,
    }
}
