//! bench
use crate::workspace::Workspace;
use anyhow::Result;
#[derive(clap::Subcommand)]
pub enum Bench {
    Page,
}
pub fn bench(_: &Workspace, _: &Bench) -> Result<()> {
    Ok(())
}
