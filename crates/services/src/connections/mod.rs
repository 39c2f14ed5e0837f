//! Connections: settings with sealed secrets, the cache webhooks are verified from, set-up and states.

mod cache;
mod lost;
mod manage;
mod state;
mod watch;

pub(crate) use cache::keep_memory;
pub use cache::{Cache, Connected};
pub(crate) use cache::{memory_row, vault_row};
pub(crate) use lost::part_with_lost_secrets;
pub use manage::{change, check, describe, find_templates, get, list, providers, save, switch};
pub use state::{pause_for_reauth, resume};
pub use watch::watch;
