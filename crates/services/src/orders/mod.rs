//! Orders: lines with the prices of their moment, a status machine, a history, and the notice to the customer.

mod change;
mod create;
mod discuss;
mod items;
mod list;
mod notice;

pub use change::change;
pub(crate) use change::change_in;
pub use create::create;
pub(crate) use create::create_in;
pub(crate) use discuss::comment_in;
pub use discuss::{attach, comment};
pub use list::{board, get, list};
