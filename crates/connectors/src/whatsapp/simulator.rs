//! Meta's side of the contract, with memory and faults: what the Cloud API does, and what customers do with their phones.
//! Used by tests, end-to-end runs, the demo and `pult simulate whatsapp`. Knows nothing of Pult but the callback address.
//!
//! Provider's addresses (§2 of the contract): `/{version}/{phone_number_id}/messages` and `…/media`, media, templates,
//! `subscribed_apps` (calls the callback's handshake), phone number fields. Default ids are those of the contract's
//! examples, secrets are `app-secret-for-tests` and `token-for-tests`.
//!
//! Control addresses, JSON in and out; a wrong order answers 400 `{"error": sentence}`:
//! - `POST /_sim/callback` `{url, verify_token}`: the App Dashboard's form; calls the handshake. 200 `{verified: true}`
//!   or 400. The address is used from then on (so is one given to `subscribed_apps`).
//! - `POST /_sim/customer/message` `{phone, name?, user_id?, hide_phone?, …}` and one of `text`, `image | video | audio |
//!   voice | document | sticker` (`true` or `{caption?, filename?, mime?, base64?}`), `location`, `contacts`,
//!   `button` (`{payload, text}`), `choice` (`{id, title, description?, list?}`), `form` (fields), `order`,
//!   `reaction` (`{message_id, emoji}`), `edit` (`{id, text}`), `revoke` (`{id}`), `new_phone`, `unsupported`, `raw` (a
//!   message object as Meta writes it); with `reply_to`, `forwarded`, `referral`. A message id may be `"last"`: the
//!   latest message of the other side (for edit and revoke: of the customer). Answers `{id, acknowledged, status}` after
//!   the first delivery attempt.
//! - `POST /_sim/customer/preference` `{phone, value}`: `stop` or `resume` for marketing.
//! - `POST /_sim/echo` `{phone, text}`: the business wrote from the phone app.
//! - `POST /_sim/status` `{id | ids, status, code?}`: statuses out of turn; several ids travel in one POST.
//! - `POST /_sim/webhook` `{field, value}` or `{body, signature?}` (text sent as it is): any other webhook, once.
//! - `POST /_sim/template` `{name, language, status, reason?}`: the fate of a template, with its webhook.
//! - `POST /_sim/burst` `{messages, customers?, concurrency?, per_second?, batch?, retry?, text?}`: many messages; answers
//!   `{acknowledged: [ids], failed: [ids], took_ms}`. With `retry` the failed ones are repeated as Meta does.
//! - `POST /_sim/replay` `{last?}`: the webhooks of before once more, byte for byte; answers `{posted, acknowledged}`.
//! - `POST /_sim/faults` (see [`FaultOrder`](crate::simulator::FaultOrder)), `POST /_sim/clock` `{advance_ms}`,
//!   `POST /_sim/settings` (some fields of [`Behaviour`]), `POST /_sim/reset` `{}`.
//! - `GET /_sim/sent?to=`, `/_sim/calls`, `/_sim/state`.

mod control;
mod customer;
mod graph;
mod messages;
mod statuses;
mod webhooks;
mod world;

use crate::simulator::{Faults, Serving, bind, serve as listen};
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
        let base_url = format!("http://{addr}");
        let world = Arc::new(World::new(base_url.clone()));
        let router = control::router(world.clone()).merge(graph::router(world.clone()));
        Ok(Self { base_url, world, serving: listen(listener, addr, router) })
    }

    /// Where it listens.
    pub fn addr(&self) -> SocketAddr {
        self.serving.addr
    }

    /// Settings of a connection that fits this simulator. `verify_token` is left to the connection.
    pub fn settings(&self) -> Map<String, Json> {
        let memory = self.world.memory();
        let own = &memory.behaviour;
        let settings = json!({
            "phone_number_id": own.phone_number_id, "waba_id": own.waba_id, "app_id": own.app_id,
            "app_secret": own.app_secret, "access_token": own.access_token, "api_version": "v25.0",
            "base_url": self.base_url,
        });
        settings.as_object().cloned().unwrap_or_default()
    }

    /// Faults of the provider's addresses.
    pub fn faults(&self) -> &Faults {
        &self.world.faults
    }

    /// Any control address, without the network: `("customer/message", {...})`.
    pub async fn ask(&self, order: &str, input: Json) -> Result<Json, String> {
        control::ask(&self.world, order, input).await
    }

    /// Messages accepted for sending, oldest first, as `GET /_sim/sent` gives them.
    pub fn sent(&self) -> Vec<Json> {
        self.world.memory().sent.iter().map(world::Sent::view).collect()
    }
}

/// Serves until the process ends.
pub async fn serve(addr: SocketAddr) -> std::io::Result<()> {
    Simulator::start(addr).await?.serving.forever().await;
    Ok(())
}
