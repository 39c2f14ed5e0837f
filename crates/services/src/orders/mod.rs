//! Orders: lines with the prices of their moment, a status machine, a history, and the notice to the customer.

mod change;
mod create;
mod discuss;
mod items;
mod list;
mod notice;

pub use change::change;
pub use create::create;
pub use discuss::{attach, comment};
pub use list::{board, get, list};
