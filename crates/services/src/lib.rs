//! What Pult does: one file per use case, grouped by resource, and the pipeline that carries everything outside.
//! Doors (pages, REST, CLI) translate and call here; nothing here knows HTTP handlers or components.
//!
//! Every operation takes a [`Cx`] (who, which organisation, clock), names its permission with [`Cx::allow`] in its first
//! line, and writes through a [`Work`]: change, journal line, jobs and live hints in one transaction.

mod app;
mod changes;
mod clock;
mod cx;
mod error;
mod memo;
mod vault;
mod work;

pub mod accounts;
pub mod chats;
pub mod connections;
pub mod contacts;
pub mod copies;
pub mod dashboard;
pub mod files;
pub mod find;
pub mod gauges;
pub mod health;
pub mod journal;
pub mod live;
pub mod look;
pub mod metrics;
pub mod nodes;
pub mod orders;
pub mod pipeline;
pub mod products;
pub mod push;
pub mod rates;
pub mod resealing;
pub mod rest;
pub mod retention;
pub mod reviews;
pub mod rules;
pub mod seals;
pub mod search;
pub mod stops;
pub mod traces;
pub mod trip;
pub mod validate;
pub mod zone;

pub use app::{App, Config, Mailer};
pub use clock::random_bytes;
pub use clock::{Clock, ManualClock, SystemClock};
pub use cx::{Actor, Cx};
pub use domain::{ApiError, ErrorCode};
pub use error::{Error, Result};
pub use vault::{Vault, random_token, token_hash};
pub use work::Work;
