//! Webhooks of one's own: a site's form, a shop's builder, Make, an own program. This file only ties the parts together:
//! `spec` says what it can do, `proof` checks who calls, `body` reads JSON and forms, `hooks` makes events of them, `map`
//! flattens an event into named values, `standard` is the signature scheme of Standard Webhooks, `address` keeps calls
//! out of private networks, `calls` sends, `simulator` is the other side for tests and demo.

pub(crate) mod address;
mod body;
mod calls;
mod hooks;
mod map;
mod proof;
pub mod simulator;
mod spec;
pub mod standard;
#[cfg(test)]
mod tests;

use crate::{
    Acted, ActionCall, Connector, Cx, Fail, HookError, NormaliseError, RawHook, Received, Settings, Spec, http,
};
use async_trait::async_trait;
use domain::channel::ChannelEvent;
use serde_json::Value as Json;

pub use spec::SPEC;

/// The connector of webhooks of one's own.
#[derive(Debug)]
pub struct Webhook;

#[async_trait]
impl Connector for Webhook {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    /// There is no account behind an address: an organisation may have as many as it likes.
    fn account(&self, _: &Settings) -> String {
        String::new()
    }
    /// The form in which tools of Standard Webhooks expect a secret.
    fn generated(&self, token: String) -> String {
        standard::secret(token.as_bytes())
    }
    fn receive(&self, settings: &Settings, hook: &RawHook<'_>) -> Result<Received, HookError> {
        hooks::receive(settings, hook)
    }
    fn normalise(&self, kind: &str, data: &Json) -> Result<ChannelEvent, NormaliseError> {
        map::normalise(kind, data)
    }
    async fn act(&self, cx: &Cx<'_>, call: &ActionCall) -> Result<Acted, Fail> {
        let done = calls::act(cx, address::client(cx.private_nets), call).await;
        done.map_err(|fail| http::redacted(fail, &SPEC, cx.settings))
    }
}
