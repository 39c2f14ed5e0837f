//! `cargo xtask fuzz`: every reader of outside bytes under far more changed inputs than in everyday tests. The readers of webhooks
//! get payloads torn and mixed from the contracts' own (`connectors/src/conformance/fuzz.rs`); the readers of texts — phones, money,
//! templates, rules —, of uploaded files and of copies their property tests with many more cases.

use anyhow::Result;

use crate::workspace::{Workspace, run, step};

/// How much.
#[derive(clap::Args)]
pub struct Options {
    /// Changed payloads of each provider.
    #[arg(long, default_value_t = 50_000)]
    rounds: u64,
    /// Cases of each property of `domain`.
    #[arg(long, default_value_t = 5_000)]
    cases: u64,
}

/// Fuzzes.
pub fn fuzz(workspace: &Workspace, options: &Options) -> Result<()> {
    step(&format!("{} changed payloads of each provider", options.rounds), || {
        let mut cargo = workspace.cargo(["test", "--quiet", "--package", "connectors", "--lib", "conform"]);
        run(cargo.env("PULT_FUZZ_ROUNDS", options.rounds.to_string()))
    })?;
    step(&format!("{} cases of each property of texts, rules, files and copies", options.cases), || {
        let mut cargo = workspace.cargo(["test", "--quiet", "--package", "domain", "--package", "services", "--lib"]);
        run(cargo.env("PROPTEST_CASES", options.cases.to_string()))
    })
}
