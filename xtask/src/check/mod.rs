//! `cargo xtask check`.
use crate::workspace::Workspace;
use anyhow::Result;
#[derive(clap::Args)]
pub struct Options {}
pub fn check(_: &Workspace, _: &Options) -> Result<()> {
    Ok(())
}
