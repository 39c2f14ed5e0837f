//! Reliability, proven: commands that try to make Pult lose, repeat or forget something.

mod simulate;

use anyhow::Result;
use clap::Subcommand;

/// What to prove.
#[derive(Subcommand)]
pub enum Proof {
    /// The queue under virtual time: thousands of histories with crashes, clock steps, repeats and a slow database.
    Simulate(simulate::Options),
}

/// Proves it, or fails.
pub fn prove(proof: &Proof) -> Result<()> {
    match proof {
        Proof::Simulate(options) => simulate::simulate(options),
    }
}
