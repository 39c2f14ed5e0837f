//! Chats: what comes in, what goes out, who has them, and canned replies.

mod canned;
mod change;
pub mod inbound;
mod otherwise;
pub mod outgoing;
mod read;
pub mod reports;
mod retry;

pub use canned::{delete as delete_canned, list as canned, save as save_canned};
pub(crate) use change::{assign_in, set_status_in};
pub use change::{change, change_all, note_in};
pub use outgoing::send;
pub use read::{counts, get, list, message, older};
pub use retry::retry;
