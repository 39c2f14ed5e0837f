//! Reliability, proven: commands that try to make Pult lose, repeat or forget something. Each says what it found in figures
//! and fails when a promise is broken.

mod disk;
mod fuzz;
mod http;
mod noisy;
mod powercut;
mod random;
mod simulate;
mod sink;
mod stage;
mod storm;

use anyhow::Result;
use clap::Subcommand;

use crate::workspace::Workspace;

/// What to prove.
#[derive(Subcommand)]
pub enum Proof {
    /// The queue under virtual time: thousands of histories with crashes, clock steps, repeats and a slow database.
    Simulate(simulate::Options),
    /// `kill -9` under load on both databases, and an auditor.
    Storm(storm::Options),
    /// One organisation with 50 000 waiting jobs among twenty quiet ones: how long those wait.
    Noisy(noisy::Options),
    /// Power cuts: files made of what was flushed and a random part of the rest.
    Powercut(powercut::Options),
    /// Every reader of outside bytes under torn and mixed inputs.
    Fuzz(fuzz::Options),
}

/// Proves it, or fails.
pub fn prove(workspace: &Workspace, proof: &Proof) -> Result<()> {
    match proof {
        Proof::Simulate(options) => simulate::simulate(options),
        Proof::Storm(options) => storm::storm(workspace, options),
        Proof::Noisy(options) => noisy::noisy(workspace, options),
        Proof::Powercut(options) => powercut::powercut(workspace, options),
        Proof::Fuzz(options) => fuzz::fuzz(workspace, options),
    }
}
