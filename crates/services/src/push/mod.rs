//! Notices to browsers of members, also while no page is open (CHT-11, web push): whom a chat calls is the same as for open
//! pages (`chats::calls`), but for those who have a page before their eyes and those whose hours are quiet.
//!
//! - [`calling`]: what calls writes one job, if anybody has a device at all; when it is due, it becomes one job per device.
//! - [`sending`]: the call to the push service and what follows from its answer.
//! - [`devices`]: what people switch on and off. - [`keys`]: the key browsers subscribe for.
//!
//! These are notices to members and no sends to clients: a stop does not hold them.

mod calling;
mod devices;
mod keys;
mod sending;

pub(crate) use calling::{Call, FRESH_MS, call, call_devices};
pub(crate) use devices::row_of;
pub use devices::{here, keep, remove, subscribe, test};
pub use keys::Keys;
pub(crate) use keys::{key_row, part_with_lost_key};
pub(crate) use sending::{refused, send, sent};
