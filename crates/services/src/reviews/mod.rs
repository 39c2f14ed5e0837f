//! Reviews: inviting people to them, once per case whatever happens, and what they wrote.
//!
//! The service that sends invitations cannot be asked whether it did. So the ledger (`store::reviews`) decides: a row is
//! written, unique by account and reference, in the transaction that also writes the job, before any call is made.

mod answer;
mod invite;
mod list;
mod settle;
mod told;

pub use answer::answer;
pub(crate) use invite::{Case, invite};
pub use list::{invitation, invitations, review, reviews, statistics};
pub(crate) use settle::{cancelled, ended, requeued};
pub use settle::{decide, retry};
pub(crate) use told::{Told, completed, told};
