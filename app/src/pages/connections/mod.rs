//! Connections: what is connected and how it fares, what can be connected, and the way from nothing to the first event.

mod address;
mod api;
mod facts;
mod grid;
mod one;
mod settings;
mod state;
mod words;

pub use grid::ConnectionsPage;
pub use one::{ConnectionPage, NewConnectionPage};
pub use state::{StateBadge, state_text};
pub use words::provider_icon;
