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
    /// Event → rule → HTTP call → recorded, beside Node-RED.
    Pipeline,
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
        Bench::Pipeline => program(workspace, "pipeline", None),
        Bench::Page => page::print(&build::site(workspace, false)?),
    }
}

/// Runs one of `server/benches/` against the release program, built as it is handed out.
fn program(workspace: &Workspace, name: &str, cluster: Option<&Cluster>) -> Result<()> {
    build::site(workspace, false)?;
    let mut cargo = workspace.cargo(["bench", "--package", "server", "--features", "embed-site", "--bench", name]);
    cargo.env("PULT_SITE_DIR", workspace.site());
    if let (true, Some(red)) = (name == "pipeline", node_red(workspace)) {
        cargo.env("PULT_BENCH_NODE_RED", red);
    }
    match cluster {
        Some(cluster) => cargo.env("TEST_POSTGRES_URL", cluster.url()),
        None => cargo.env_remove("TEST_POSTGRES_URL"),
    };
    run(&mut cargo)
}

/// Node-RED from the package registry, for comparison; `None` where it cannot be had.
fn node_red(workspace: &Workspace) -> Option<std::path::PathBuf> {
    let folder = workspace.target.join("bench/node-red");
    let program = folder.join("node_modules/node-red/red.js");
    if !program.exists() {
        std::fs::create_dir_all(&folder).ok()?;
        let mut npm = std::process::Command::new("npm");
        npm.args(["install", "--no-audit", "--no-fund", "--silent", "node-red@4"]).current_dir(&folder);
        if let Err(error) = step("Installing Node-RED for comparison", || run(&mut npm)) {
            eprintln!("{error:#}");
        }
    }
    program.exists().then_some(program)
}
