//! `cargo xtask bench`: each measurement prints its figure, the floor beside it and the ratio. Nothing here can fail a check.

mod page;

use anyhow::Result;
use clap::Subcommand;

use crate::build;
use crate::postgres::{Cluster, Durability};
use crate::workspace::{Workspace, run, step};

/// What to measure.
#[derive(Subcommand)]
pub enum Bench {
    /// Signed webhooks stored per second on both databases, beside the bare database.
    Ingest,
    /// Time to ready, memory and size of the program.
    Footprint,
    /// Bytes of the first page.
    Page,
    /// Weighing rules, without a database.
    Rules,
    /// The time machine over 100 000 recorded events.
    Replay,
}

/// Measures.
pub fn bench(workspace: &Workspace, bench: &Bench) -> Result<()> {
    match bench {
        Bench::Ingest => {
            let cluster = step("Starting a PostgreSQL of our own", || Cluster::start(Durability::Full))?;
            program(workspace, "ingest", Some(&cluster))
        }
        Bench::Footprint => program(workspace, "footprint", None),
        Bench::Rules => run(&mut workspace.cargo(["bench", "--package", "domain", "--bench", "rules"])),
        Bench::Replay => program(workspace, "replay", None),
        Bench::Page => page::print(&build::site(workspace, false)?),
    }
}

/// Runs one of `server/benches/` against the release program, built as it is handed out.
fn program(workspace: &Workspace, name: &str, cluster: Option<&Cluster>) -> Result<()> {
    build::site(workspace, false)?;
    let mut cargo = workspace.cargo(["bench", "--package", "server", "--features", "embed-site", "--bench", name]);
    cargo.env("PULT_SITE_DIR", workspace.site());
    match cluster {
        Some(cluster) => cargo.env("TEST_POSTGRES_URL", cluster.url()),
        None => cargo.env_remove("TEST_POSTGRES_URL"),
    };
    run(&mut cargo)
}
