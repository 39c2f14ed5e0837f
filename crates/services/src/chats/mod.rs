//! Chats: what comes in, what goes out, who has them, and canned replies.

mod by_clock;
mod calls;
mod canned;
mod change;
pub mod inbound;
pub mod later;
mod looking;
mod note;
mod otherwise;
pub mod outgoing;
mod read;
pub mod reports;
mod retry;
mod routing;

pub(crate) use by_clock::run as run_by_clock;
pub use by_clock::{tidy, wake};
pub use calls::calls;
pub use canned::{delete as delete_canned, list as canned, save as save_canned};
pub(crate) use change::{assign_in, handed_over, set_status_in};
pub use change::{change, change_all, note_in};
pub use looking::{left, looking};
pub use note::write as write_note;
pub use outgoing::send;
pub use read::{back_to, counts, get, list, message, older};
pub use retry::retry;
pub use routing::give_out;
pub(crate) use routing::run as run_routing;
