//! The demo.

/// Runs it.
pub async fn run() -> anyhow::Result<()> {
    anyhow::bail!("not yet")
}
