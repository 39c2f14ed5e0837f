//! The project's own commands: `cargo xtask build | check | dev | bench | simulate | storm | noisy | powercut | fuzz`. This file only reads the command line.

mod bench;
mod build;
mod check;
mod dev;
mod postgres;
mod reliability;
mod workspace;

use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};

use workspace::Workspace;

#[derive(Parser)]
#[command(name = "cargo xtask", about = "Builds, checks and measures Pult")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Build the browser's part, the style sheet and the server.
    Build(build::Options),
    /// Run everything that must hold: format, lints, tests on both databases, size budget, browser.
    Check(check::Options),
    /// Build quickly, start the demo, and do it again whenever a file changes.
    Dev,
    /// Measure, and print each figure beside its floor.
    #[command(subcommand)]
    Bench(bench::Bench),
    #[command(flatten)]
    Prove(reliability::Proof),
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match run(arguments.command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("✗ {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command) -> Result<()> {
    let workspace = Workspace::locate()?;
    match command {
        Command::Build(options) => {
            let built = build::build(&workspace, &options)?;
            println!("{}", built.display());
            Ok(())
        }
        Command::Check(options) => check::check(&workspace, &options),
        Command::Dev => dev::dev(&workspace),
        Command::Bench(bench) => bench::bench(&workspace, &bench),
        Command::Prove(proof) => reliability::prove(&workspace, &proof),
    }
}
