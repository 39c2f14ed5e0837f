//! `cargo xtask bench`: each measurement prints its figure, the floor beside it and the ratio. Nothing here can fail a check.

mod page;

use anyhow::Result;
use clap::Subcommand;

use crate::build::{self, build};
use crate::workspace::{Workspace, run};

/// What to measure.
#[derive(Subcommand)]
pub enum Bench {
    /// Signed webhooks stored per second on both databases, beside the bare database.
    Ingest,
    /// Time to ready, memory and size of the program.
    Footprint,
    /// Bytes of the first page.
    Page,
}

/// Measures.
pub fn bench(workspace: &Workspace, bench: &Bench) -> Result<()> {
    match bench {
        Bench::Ingest => program(workspace, "ingest"),
        Bench::Footprint => program(workspace, "footprint"),
        Bench::Page => page::print(&build::site(workspace, false)?),
    }
}

/// Runs one of `server/benches/`, optimised, with the release program at hand.
fn program(workspace: &Workspace, name: &str) -> Result<()> {
    let pult = build(workspace, &build::Options { release: true, fast: false })?;
    run(workspace.cargo(["bench", "--package", "server", "--bench", name]).env("PULT_BIN", pult))
}
