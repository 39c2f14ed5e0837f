//! The pure heart of Pult: words, rules and arithmetic of the business, without input or output.
//! Compiles natively and to WebAssembly. It knows no other crate of the workspace.
//!
//! Optional features only add conversions: `sql` (columns), `openapi` (schemas).

mod macros;

pub mod access;
pub mod channel;
pub mod chats;
pub mod custom;
pub mod delivery;
pub mod duplicates;
pub mod error;
pub mod fair;
pub mod ids;
pub mod look;
pub mod money;
pub mod orders;
pub mod pace;
pub mod phone;
pub mod queue;
pub mod routing;
pub mod rules;
pub mod seal;
pub mod silence;
pub mod text;
pub mod views;

pub use error::{ApiError, ErrorCode};
