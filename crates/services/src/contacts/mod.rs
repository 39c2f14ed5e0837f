//! Contacts: one card per person over all channels.

mod card;
pub mod custom;
pub mod duplicates;
mod happened;
mod identity;
mod list;
pub mod merging;
pub mod notes;
mod save;
mod search;
pub mod tags;
mod timeline;
mod told;

pub use card::get;
pub(crate) use happened::created;
pub use identity::{find_or_create_by_identity, move_identity};
pub use list::list;
pub use save::{create, update};
pub use search::patterns;
pub use timeline::timeline;
pub(crate) use told::{Told, known, of_service, saved};
