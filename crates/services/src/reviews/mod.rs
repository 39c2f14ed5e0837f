//! Reviews: inviting people to them, once per case whatever happens, and what they wrote.
//!
//! The service that sends invitations cannot be asked whether it did. So the ledger (`store::reviews`) decides: a row is
//! written, unique by account and reference, in the transaction that also writes the job, before any call is made.

mod answer;
mod attention;
mod invite;
mod list;
mod settle;
mod told;

pub use answer::answer;
pub use attention::attention;
pub(crate) use invite::{Case, invite};
pub use list::{invitation, invitation_card, invitations, review, reviews, statistics};
pub(crate) use settle::{cancelled, ended, requeued};
pub use settle::{decide, retry, withdraw};
pub(crate) use told::{Told, completed, told};
