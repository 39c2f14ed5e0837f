//! The providers' door: what is let in, what is stored, what it becomes.

mod changes;
mod handshake;
mod odd_content;
mod refused;
mod repeated;
mod routing;
mod statuses;
