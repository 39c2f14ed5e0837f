//! Several programs on one database: what they tell each other, and what becomes of one that is lost.

mod cut;
mod duties;
mod names;
mod told;

use crate::support::Engine;

/// Whether a test of several nodes has nothing to do here: a file of SQLite is for one program.
fn alone() -> bool {
    let alone = Engine::of_this_run() == Engine::Sqlite;
    if alone {
        println!("skipped: a file of SQLite is for one program");
    }
    alone
}
