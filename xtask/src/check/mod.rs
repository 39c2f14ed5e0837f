//! `cargo xtask check`: the steps, their order, and the table at the end. What a step does lies in the files beside.

mod arrows;
pub mod budget;
mod fence;
mod lints;
mod suites;
mod supply;

use std::path::PathBuf;
use std::time::{Duration, Instant};

use anyhow::{Result, bail};
use clap::{Args, ValueEnum};

use crate::build;
use crate::postgres::{Cluster, Durability};
use crate::workspace::{WASM, Workspace, run, step};

/// What to check.
#[derive(Args)]
pub struct Options {
    /// Only these steps; all of them when none is named.
    steps: Vec<Step>,
    /// Go on after a failed step, so that everything wrong is seen at once.
    #[arg(long)]
    keep_going: bool,
}

/// One thing that must hold. The order is that of the run: what is quick and fails often comes first.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Step {
    /// Everything is formatted.
    Fmt,
    /// Dependencies between our crates point down.
    Arrows,
    /// House rules no tool knows.
    Lints,
    /// Licences, sources and bans of what comes in from outside; and `docs/security.md` names tests that exist.
    Supply,
    /// The browser's part holds no server.
    Fence,
    /// Clippy on the server's side.
    Clippy,
    /// Clippy on the browser's side.
    ClippyWasm,
    /// Browser's part, site and server.
    Build,
    /// All tests, with SQLite where a database is needed.
    Test,
    /// The tests that need a database again, with PostgreSQL.
    TestPostgres,
    /// The committed REST document is the one the server gives.
    Openapi,
    /// The first page is small enough.
    Budget,
    /// The real program in a real browser.
    E2e,
}

impl Step {
    fn name(self) -> String {
        self.to_possible_value().map_or_else(String::new, |value| value.get_name().to_owned())
    }
}

/// Runs the steps and prints the table.
pub fn check(workspace: &Workspace, options: &Options) -> Result<()> {
    let steps = if options.steps.is_empty() { Step::value_variants() } else { &options.steps };
    let mut check = Check { workspace, cluster: None, program: None };
    let mut table = Vec::new();
    let mut failed = Vec::new();
    for &one in steps {
        eprintln!("\n── {}", one.name());
        let begin = Instant::now();
        let result = check.run(one);
        table.push((one.name(), result.is_ok(), begin.elapsed()));
        if let Err(error) = result {
            eprintln!("✗ {}: {error:#}", one.name());
            failed.push(one.name());
            if !options.keep_going {
                break;
            }
        }
    }
    print_table(&table, steps.len());
    if !failed.is_empty() {
        bail!("failed: {}. One step again: cargo xtask check {}", failed.join(", "), failed[0]);
    }
    Ok(())
}

fn print_table(table: &[(String, bool, Duration)], all: usize) {
    eprintln!();
    for (name, good, took) in table {
        eprintln!("  {} {name:<14}{:>7.1} s", if *good { "✓" } else { "✗" }, took.as_secs_f32());
    }
    let whole: Duration = table.iter().map(|(_, _, took)| *took).sum();
    eprintln!("    {:<14}{:>7.1} s", "together", whole.as_secs_f32());
    if table.len() < all {
        eprintln!("    {} steps were not reached", all - table.len());
    }
}

/// What steps share: made by the first that needs it.
struct Check<'a> {
    workspace: &'a Workspace,
    cluster: Option<Cluster>,
    program: Option<PathBuf>,
}

/// The server's side as one selection, the same for every command: another selection would turn on other features in shared
/// dependencies and compile them once more. `frontend` is the other side; both at once would give `app` both of its features.
const SERVER_SIDE: [&str; 5] = ["--workspace", "--exclude", "frontend", "--exclude", "xtask"];

impl Check<'_> {
    fn run(&mut self, one: Step) -> Result<()> {
        let workspace = self.workspace;
        match one {
            Step::Fmt => run(&mut workspace.cargo(["fmt", "--all", "--check"])),
            Step::Arrows => arrows::check(workspace),
            Step::Lints => lints::check(workspace),
            Step::Supply => supply::check(workspace),
            Step::Fence => fence::check(workspace),
            Step::Clippy => {
                clippy(workspace, &[&SERVER_SIDE[..], &["--all-targets"]].concat())?;
                clippy(workspace, &["--package", "xtask", "--all-targets"])
            }
            Step::ClippyWasm => {
                let browser = ["--package", "frontend", "--package", "app", "--features", "app/hydrate"];
                clippy(workspace, &[&browser[..], &["--lib", "--target", WASM]].concat())
            }
            Step::Build => self.program().map(drop),
            Step::Test => {
                run(&mut workspace.cargo(["test", "--quiet", "--package", "xtask"]))?;
                suites::tests(workspace, suites::Database::Sqlite)
            }
            Step::TestPostgres => suites::tests(workspace, suites::Database::Postgres(self.cluster()?)),
            Step::Openapi => suites::openapi(workspace, &self.program()?),
            Step::Budget => budget::check(&build::site(workspace, false)?),
            Step::E2e => {
                let program = self.program()?;
                suites::browser(workspace, &program, &self.cluster()?)
            }
        }
    }

    /// The server's program, built on first need.
    fn program(&mut self) -> Result<PathBuf> {
        if let Some(program) = &self.program {
            return Ok(program.clone());
        }
        let program = build::build(self.workspace, &build::Options::default())?;
        self.program = Some(program.clone());
        Ok(program)
    }

    /// The address of our own PostgreSQL, started on first need.
    fn cluster(&mut self) -> Result<String> {
        if let Some(cluster) = &self.cluster {
            return Ok(cluster.url());
        }
        let cluster = step("Starting a PostgreSQL of our own", || Cluster::start(Durability::None))?;
        let url = cluster.url();
        self.cluster = Some(cluster);
        Ok(url)
    }
}

fn clippy(workspace: &Workspace, selection: &[&str]) -> Result<()> {
    let mut cargo = workspace.cargo(["clippy", "--quiet"]);
    run(cargo.args(selection).args(["--", "--deny", "warnings"]))
}
