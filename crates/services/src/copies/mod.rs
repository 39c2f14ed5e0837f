//! Copies of a whole installation (OPS-4): made of a running server, restored elsewhere, or moved straight to PostgreSQL.
//! All three read every table as typed rows in the order of its key and write them the same way, whatever the engine;
//! what was written is read back and compared with what was read before anything is committed.
//!
//! A copy is one compressed file of JSON lines ([`file`]), so `zcat FILE | head` shows what it is. Work of the operator:
//! errors are sentences.

mod backup;
mod file;
mod load;
mod moving;
mod quarantine;
mod restore;
mod sums;

pub use backup::{Made, Wanted, backup};
pub use file::Head;
pub use moving::move_to;
pub use quarantine::Quarantined;
pub use restore::{Copy, restore};
pub use sums::Sum;

use anyhow::{Result, bail};
use store::{Tx, migrations};

/// The steps a database to be read has taken.
async fn steps_of(source: &mut Tx) -> Result<Vec<i64>> {
    let steps = migrations::steps(source).await?;
    if steps.is_empty() {
        bail!("the database is not one of Pult (DATABASE_URL): there is nothing to read");
    }
    if let Some(step) = migrations::unknown(&steps) {
        return Err(store::Error::TooNew(step).into());
    }
    Ok(steps)
}
