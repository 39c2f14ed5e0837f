//! Housekeeping of accounts: what ran out is forgotten.

use crate::{App, Result};

/// Deletes sessions, links of mails and attempts that ran out. Run now and then by one worker.
pub async fn sweep(app: &App) -> Result<()> {
    let now = app.clock.now();
    let mut tx = app.db.begin().await?;
    store::accounts::delete_old_sessions(&mut tx, now).await?;
    store::accounts::delete_old_tokens(&mut tx, now).await?;
    store::identities::delete_old(&mut tx, now - connectors::identity::LIFETIME_MS).await?;
    Ok(tx.commit().await?)
}
