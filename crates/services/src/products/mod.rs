//! The catalogue of products and services.

mod list;
mod save;

pub use list::{get, list};
pub use save::{create, update};
