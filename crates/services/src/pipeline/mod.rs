//! The pipeline: webhook → inbox → event worker → domain change → outbox → connector → outcome.
//!
//! - [`hook`]: verifies and hands events to [`ingest`], which commits them in groups before anyone is answered.
//! - [`events`]: applies stored events, each with all its consequences, in one transaction.
//! - [`outbox`]: leases jobs ([`reach`], [`pace`]), passes the gates, makes the call ([`run`]), writes the outcome ([`outcome`], many
//!   in one commit: [`ends`]).
//! - [`housekeeping`]: what happens by the clock alone.

mod ends;
mod events;
mod haste;
mod hook;
mod housekeeping;
mod ingest;
pub mod kinds;
pub mod manage;
mod outbox;
mod outcome;
mod pace;
mod reach;
mod run;
mod start;
mod sweeps;
mod traced;

pub use events::apply_due;
pub use haste::Haste;
pub use hook::{HookAnswer, receive};
pub use housekeeping::release_leases;
pub use ingest::Ingest;
pub use kinds::connection_job;
pub(crate) use manage::{cancel_in, discard, requeue};
pub use outbox::Outbox;
pub use start::{Running, start};
pub use sweeps::start_due as sweep_due;
