//! The other side of signing in, with memory and faults: an OpenID Connect provider, Facebook, Яндекс ID and VK ID on one
//! address. Used by tests, end-to-end runs, the demo and `pult simulate identity`. Knows nothing of Pult.
//!
//! The provider is the address itself (`/.well-known/openid-configuration`, `/authorize`, `/token`, `/keys`); the others live
//! below `/facebook` and `/graph`, `/yandex`, `/vk`. Whoever comes to sign in picks who they are; with `person=ID` or `deny` in
//! the query nobody is asked. Client and secret are `client-for-tests` and `secret-for-tests` everywhere. The keys it signs with
//! are no secret: they lie in the source.
//!
//! Control addresses, JSON in and out; a wrong order answers 400 `{"error": sentence}`:
//! - `POST /_sim/person` `{id, name?, email?, verified?, hosted?}` adds somebody or changes them (`email: null`: none).
//! - `POST /_sim/spoil` `{how, times?}`: the next tokens of identity are wrong in that way: `aud`, `azp`, `iss`, `nonce`,
//!   `exp`, `exp_text`, `iat`, `at_hash`, `sub`, `none`, `hs256`, `signature`, `kid`; with `absent` there is none.
//! - `POST /_sim/rotate` `{}`: from now on it signs with another key and publishes only that one.
//! - `POST /_sim/signed` `{person, url, issued_at?, secret?}`: Facebook tells `url` that somebody takes us away; answers
//!   `{status, body}`.
//! - `POST /_sim/faults` (see [`FaultOrder`](crate::simulator::FaultOrder)), `POST /_sim/clock` `{advance_ms}`,
//!   `POST /_sim/reset` `{}`.
//! - `GET /_sim/config` gives what Pult's `PULT_SIGN_IN_FILE` takes, `GET /_sim/calls`, `GET /_sim/state`.

mod control;
mod flow;
mod page;
mod sign;
mod world;

use crate::simulator::{Call, Faults, Serving, bind, serve as listen};
use serde_json::Value as Json;
use std::net::SocketAddr;
use std::sync::Arc;
use world::World;

#[cfg(test)]
pub(super) mod parts {
    //! What tests of tokens take from here.
    pub use super::sign::Signers;
    pub use super::world::{Grant, Someone};
}

/// A running simulator; ends when dropped.
#[derive(Debug)]
pub struct Simulator {
    /// Its address, and the issuer.
    pub url: String,
    world: Arc<World>,
    serving: Serving,
}

impl Simulator {
    /// Starts on an address; port 0 takes a free one.
    pub async fn start(addr: SocketAddr) -> std::io::Result<Self> {
        let (listener, addr) = bind(addr).await?;
        let url = format!("http://{addr}");
        let world = Arc::new(World::new(url.clone()).map_err(std::io::Error::other)?);
        let router = control::router(world.clone()).merge(flow::router(world.clone()));
        Ok(Self { url, world, serving: listen(listener, addr, router) })
    }

    /// What `PULT_SIGN_IN_FILE` takes for all that is simulated here.
    pub fn config(&self) -> Json {
        self.world.config()
    }

    /// Faults of the provider's addresses.
    pub fn faults(&self) -> &Faults {
        &self.world.faults
    }

    /// Any control address, without the network: `("rotate", {})`.
    pub async fn ask(&self, order: &str, input: Json) -> Result<Json, String> {
        control::ask(&self.world, order, input).await
    }

    /// Calls that were answered, oldest first.
    pub fn calls(&self) -> Vec<Call> {
        self.world.calls.all()
    }
}

/// Serves until the process ends.
pub async fn serve(addr: SocketAddr) -> std::io::Result<()> {
    let Simulator { serving, url, .. } = Simulator::start(addr).await?;
    println!("Identity simulator: {url}");
    serving.forever().await;
    Ok(())
}
