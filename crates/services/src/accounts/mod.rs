//! Accounts: people, organisations, members, sessions, invitations and API keys.
//!
//! Owns who somebody is and what they may be; every other folder only asks [`crate::Cx`]. Operations of signed-in people
//! take a `Cx`; those that come before there is one (sign-up, sign-in, links from mails) take the [`crate::App`].

mod common;
mod dress;
mod limiter;
mod me;
mod password;
mod person;
mod sign_in;
mod sign_up;
mod sweep;
mod totp;

pub mod email;
pub mod identities;
pub mod invites;
pub mod keys;
pub mod mail;
pub mod members;
pub mod organisation;
pub mod profile;
pub mod recovery;
pub mod second_factor;
pub mod sessions;
pub mod setup;

pub use limiter::AttemptLimiter;
pub use me::me;
pub use organisation::{organisation_settings, organisation_zone};
pub use password::MIN_PASSWORD;
pub use person::SignedIn;
pub use sessions::Sessions;
pub(crate) use sign_in::acting;
pub use sign_in::{authenticate, sign_in, switch};
pub use sign_up::{sign_up, sign_up_by};
pub use sweep::sweep;
