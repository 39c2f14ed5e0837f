//! Connectors: everything Pult knows about outside services. One folder per provider, one line in [`ALL`].
//! A connector never touches the database and holds no state; it translates.
//!
//! To add a provider:
//! 1. a folder with `mod.rs` (the [`Connector`]), `hooks.rs` (raw bytes → events), `map.rs` (events → meaning),
//!    `calls.rs` (actions), `simulator.rs` (the provider's side), `fixtures/*.json` (payloads of its contract);
//! 2. a line in [`ALL`]; 3. `conformance::run(&Suite { … })` in its tests.

pub mod address;
pub mod conformance;
mod contract;
pub mod http;
pub mod identity;
pub mod intercom;
mod json;
pub mod push;
pub mod simulator;
pub mod trustpilot;
mod typed;
pub mod webhook;
pub mod whatsapp;

pub use contract::*;
pub use typed::{host, look_at};

/// Every provider, in the order of the connection cards.
pub static ALL: &[&dyn Connector] =
    &[&whatsapp::Whatsapp, &intercom::Intercom, &trustpilot::Trustpilot, &webhook::Webhook];

/// The connector of a provider id.
pub fn find(provider: &str) -> Option<&'static dyn Connector> {
    ALL.iter().copied().find(|c| c.spec().id == provider)
}
