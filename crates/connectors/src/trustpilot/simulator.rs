//! Trustpilot's side of the contract, with memory and faults: sign-in, invitations, and what reviewers write.
//! Used by tests, end-to-end runs, the demo and `pult simulate trustpilot`. Knows nothing of Pult but the webhook address.
//!
//! Two hosts, so two ports: `api` (tokens, business units, reviews) and `invitations` (templates, invitations, links,
//! erasure). A path of one is unknown to the other. Default ids are those of the contract's examples, secrets are
//! `api-key-for-tests`, `api-secret-for-tests`, `password-for-tests`.
//!
//! Control addresses, on the port of `api`, JSON in and out; a wrong order answers 400 `{"error": sentence}`:
//! - `POST /_sim/callback` `{url}`: the webhook form with its Test button; the address is kept when the test is answered
//!   200.
//! - `POST /_sim/review` `{stars?, title?, text?, language?, author?, reference?, tags?, verified?, location?, quiet?}`:
//!   somebody reviews; `quiet` posts no webhook. `tags` are words. Answers `{id, acknowledged, status}`.
//! - `POST /_sim/review/update` `{id, …}` with what changes, `POST /_sim/review/delete` `{id}`, both with `quiet?`; the id
//!   may be `"last"`.
//! - `POST /_sim/unknown` `{}`: an event nobody announced. `POST /_sim/webhook` `{events: […]}` or `{body}` (text sent as
//!   it is): any other webhook. `POST /_sim/replay` `{last?}`: the webhooks of before once more, byte for byte; answers
//!   `{posted, acknowledged}`.
//! - `POST /_sim/expire` `{refresh?}`: the tokens given so far are refused at once, refresh tokens too if asked.
//! - `POST /_sim/template` `{id, name?, locale?, default?}` adds or changes one, `{id, remove: true}` takes it away.
//! - `POST /_sim/faults` (see [`FaultOrder`](crate::simulator::FaultOrder); `code` picks the shape of the error: 1 fault,
//!   2 Error, 3 message, 4 details, 5 reason, 6 text, other than that the usual one of the status), `POST /_sim/clock`
//!   `{advance_ms}`, `POST /_sim/settings` (some fields of [`Behaviour`]), `POST /_sim/reset` `{}`.
//! - `GET /_sim/invitations?reference=` (with `duplicates`: references that came more than once), `/_sim/links`,
//!   `/_sim/erasures`, `/_sim/reviews`, `/_sim/calls`, `/_sim/state`.

mod control;
mod invitations;
mod oauth;
mod refusal;
mod reviews;
mod routes;
mod webhooks;
mod world;

use crate::simulator::{Call, Faults, Serving, bind, serve as listen};
use serde_json::{Map, Value as Json, json};
use std::net::SocketAddr;
use std::sync::Arc;
use world::World;

pub use world::{Behaviour, TimeFormat};

/// A running simulator; ends when dropped.
#[derive(Debug)]
pub struct Simulator {
    /// Value for the setting `api_url`.
    pub api_url: String,
    /// Value for the setting `invitations_url`.
    pub invitations_url: String,
    world: Arc<World>,
    api: Serving,
    invitations: Serving,
}

impl Simulator {
    /// Starts with `api` on the address and `invitations` on the next port; port 0 takes two free ones.
    pub async fn start(addr: SocketAddr) -> std::io::Result<Self> {
        let mut second = addr;
        if addr.port() != 0 {
            let next = addr.port().checked_add(1);
            second.set_port(next.ok_or_else(|| std::io::Error::other("no port after this one"))?);
        }
        Self::start_on(addr, second).await
    }

    /// Starts the two hosts on their addresses.
    pub async fn start_on(api: SocketAddr, invitations: SocketAddr) -> std::io::Result<Self> {
        let (api, api_addr) = bind(api).await?;
        let (invitations, invitations_addr) = bind(invitations).await?;
        let (api_url, invitations_url) = (format!("http://{api_addr}"), format!("http://{invitations_addr}"));
        let world = Arc::new(World::new(api_url.clone(), invitations_url.clone()));
        let router = control::router(world.clone()).merge(routes::api(world.clone()));
        let api = listen(api, api_addr, router);
        let invitations = listen(invitations, invitations_addr, routes::invitations(world.clone()));
        Ok(Self { api_url, invitations_url, world, api, invitations })
    }

    /// Where `api` and `invitations` listen.
    pub fn addrs(&self) -> [SocketAddr; 2] {
        [self.api.addr, self.invitations.addr]
    }

    /// Settings of a connection that fits this simulator; the application signs in, not a person.
    pub fn settings(&self) -> Map<String, Json> {
        let memory = self.world.memory();
        let own = &memory.behaviour;
        let settings = json!({
            "api_key": own.api_key, "api_secret": own.api_secret, "business_unit": own.domain,
            "business_user_id": own.business_user_id, "api_url": self.api_url, "invitations_url": self.invitations_url,
        });
        settings.as_object().cloned().unwrap_or_default()
    }

    /// Faults of the provider's addresses, of both hosts.
    pub fn faults(&self) -> &Faults {
        &self.world.faults
    }

    /// Any control address, without the network: `("review", {...})`.
    pub async fn ask(&self, order: &str, input: Json) -> Result<Json, String> {
        control::ask(&self.world, order, input).await
    }

    /// Invitations accepted, oldest first, as `GET /_sim/invitations` gives them.
    pub fn invitations(&self) -> Vec<Json> {
        self.world.memory().invitations.iter().map(world::Invitation::view).collect()
    }

    /// Calls of the provider's addresses that were answered, oldest first.
    pub fn calls(&self) -> Vec<Call> {
        self.world.calls.all()
    }
}

/// Serves both hosts until the process ends, `invitations` on the port after `addr`.
pub async fn serve(addr: SocketAddr) -> std::io::Result<()> {
    let Simulator { api, invitations, .. } = Simulator::start(addr).await?;
    tokio::join!(api.forever(), invitations.forever());
    Ok(())
}
