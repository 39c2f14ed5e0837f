//! dev
use crate::workspace::Workspace;
use anyhow::Result;
pub fn dev(_: &Workspace) -> Result<()> {
    Ok(())
}
