//! Intercom's side of the contract, with memory and faults: what its API does, and what customers and teammates do there.
//! Used by tests, end-to-end runs, the demo and `pult simulate intercom`. Knows nothing of Pult but the callback address.
//!
//! Provider's addresses: `/me`, `/admins`, `/tags`, `/contacts/{id}` (404, 410 for a merged one), `/contacts/search`,
//! `/contacts/{id}/notes`, `/conversations/{id}` and below it `/tags`, `/reply`, `/parts`, `/conversations/search`. Writes
//! post their webhooks. Secrets are `client-secret-for-tests` and `token-for-tests`.
//!
//! Control addresses, JSON in and out; a wrong order answers 400 `{"error": sentence}`:
//! - `POST /_sim/callback` `{url}`: the form of the Developer Hub; asks `HEAD`. 200 `{verified: true}` or 400. `""` takes the
//!   address away.
//! - `POST /_sim/start` a customer and `text?`, `source_type?`, `ticket?`: a conversation begins. A customer is `contact` (an
//!   id), else `email`, else somebody new; with `name?`, `role?`, `external_id?`, `phone?`, `locale?`, `hard_bounced?`,
//!   `unsubscribed?`, `spam?`, which also change who is known already.
//! - `POST /_sim/close` `{conversation}` or a customer as above (the conversation then begins silently), `by?` (`admin`, `bot`,
//!   `user`), `admin?` (name or id), `rating?`, `remark?`, `tags?`: it is closed.
//! - `POST /_sim/reply` `{conversation, text, by?, admin?}`, `/_sim/reopen` `{conversation}`, `/_sim/assign` `{conversation,
//!   admin}`, `/_sim/rate` `{conversation, rating, remark?}`, `/_sim/delete` `{conversation}`.
//! - `POST /_sim/contact` a customer: made or changed, with the webhook of what happened; `/_sim/merge` `{from, into}`.
//! - `POST /_sim/ping` `{}`; `/_sim/webhook` `{topic, item}` or `{body, signature?}` (text sent as it is): any other webhook.
//!   All orders above take `version?` (`1`, `2`, `2.15`: the shape), `duplicates?`, `delay?` (milliseconds; a later webhook
//!   overtakes), `lost?` (nothing is posted), `signature?` (`right`, `wrong`, `missing`), `topic?` (another one than usual)
//!   and answer `{conversation?, contact?, notification, acknowledged, status}` after the first attempt; `acknowledged` is
//!   null while nothing was attempted.
//! - `POST /_sim/burst` `{conversations, customers?, concurrency?, per_second?, …options}`: many closings; answers
//!   `{acknowledged: [conversations], failed: [conversations], took_ms}`.
//! - `POST /_sim/replay` `{last?}`: the webhooks of before once more; answers `{posted, acknowledged}`.
//! - `POST /_sim/faults` (see [`FaultOrder`](crate::simulator::FaultOrder)), `POST /_sim/clock` `{advance_ms}`,
//!   `POST /_sim/settings` (some fields of [`Behaviour`]), `POST /_sim/reset` `{}`.
//! - `GET /_sim/conversations`, `/_sim/contacts`, `/_sim/calls`, `/_sim/state`.

mod api;
mod control;
mod desk;
mod query;
mod shapes;
mod webhooks;
mod world;

use crate::simulator::{Call, Faults, Serving, bind, serve as listen};
use serde_json::{Map, Value as Json, json};
use std::net::SocketAddr;
use std::sync::Arc;
use world::World;

pub use webhooks::sign;
pub use world::Behaviour;

/// A running simulator; ends when dropped.
#[derive(Debug)]
pub struct Simulator {
    /// Value for the setting `base_url`.
    pub base_url: String,
    world: Arc<World>,
    serving: Serving,
}

impl Simulator {
    /// Starts on the address; port 0 takes a free one.
    pub async fn start(addr: SocketAddr) -> std::io::Result<Self> {
        let (listener, addr) = bind(addr).await?;
        let world = Arc::new(World::new());
        let router = control::router(world.clone()).merge(api::router(world.clone()));
        Ok(Self { base_url: format!("http://{addr}"), world, serving: listen(listener, addr, router) })
    }

    /// Where it listens.
    pub fn addr(&self) -> SocketAddr {
        self.serving.addr
    }

    /// Settings of a connection that fits this simulator.
    pub fn settings(&self) -> Map<String, Json> {
        let memory = self.world.memory();
        let own = &memory.behaviour;
        let settings = json!({
            "access_token": own.access_token, "client_secret": own.client_secret, "app_id": own.app_id,
            "base_url": self.base_url, "version": "2.14",
        });
        settings.as_object().cloned().unwrap_or_default()
    }

    /// Faults of the provider's addresses.
    pub fn faults(&self) -> &Faults {
        &self.world.faults
    }

    /// Any control address, without the network: `("close", {...})`.
    pub async fn ask(&self, order: &str, input: Json) -> Result<Json, String> {
        control::ask(&self.world, order, input).await
    }

    /// The latest calls of the provider's addresses, oldest first.
    pub fn calls(&self) -> Vec<Call> {
        self.world.calls.all()
    }

    /// All conversations with all their parts, oldest first, as `GET /_sim/conversations` gives them.
    pub fn conversations(&self) -> Vec<Json> {
        self.world.memory().conversations.values().cloned().collect()
    }
}

/// Serves until the process ends.
pub async fn serve(addr: SocketAddr) -> std::io::Result<()> {
    Simulator::start(addr).await?.serving.forever().await;
    Ok(())
}
