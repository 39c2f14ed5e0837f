//! The key pair of the installation, for which browsers subscribe (VAPID): made once, kept sealed.

use crate::clock::random_bytes;
use crate::{App, Result};
use anyhow::anyhow;
use connectors::push::Vapid;
use std::sync::Arc;
use store::Tx;
use tokio::sync::OnceCell;

/// Its name in the table.
const NAME: &str = "vapid";

/// The key, once it was asked for.
#[derive(Debug, Default)]
pub struct Keys(OnceCell<Arc<Vapid>>);

impl Keys {
    /// The key of the installation; the first to ask makes it.
    pub(crate) async fn get(&self, app: &App) -> Result<Arc<Vapid>> {
        self.0.get_or_try_init(|| load(app)).await.cloned()
    }
}

/// What is sealed with the row.
pub(crate) fn key_row(name: &str) -> String {
    format!("push_keys/{name}")
}

async fn load(app: &App) -> Result<Arc<Vapid>> {
    let mut tx = app.db.begin().await?;
    part_with_lost_key(app, &mut tx).await?;
    let fresh = app.vault.seal(&key_row(NAME), &fresh()[..])?;
    store::push::insert_key(&mut tx, NAME, &fresh).await?;
    // Another node may have been faster.
    let sealed = store::push::key(&mut tx, NAME).await?.ok_or_else(|| anyhow!("the key of notices was not kept"))?;
    tx.commit().await?;
    let secret = app.vault.open(&key_row(NAME), &sealed)?;
    let vapid = Vapid::new(&secret).ok_or_else(|| anyhow!("the key of notices is damaged"))?;
    Ok(Arc::new(vapid))
}

/// A copy was restored without the key its secrets were sealed with: no browser listens to us any more, and each is asked
/// anew. Works on all organisations.
pub(crate) async fn part_with_lost_key(app: &App, tx: &mut Tx) -> Result<()> {
    if let Some(sealed) = store::push::key(tx, NAME).await?
        && !app.vault.knows(&sealed)
    {
        store::push::part_with_key(tx, NAME, &sealed).await?;
    }
    Ok(())
}

/// A random number that is a key.
fn fresh() -> [u8; 32] {
    loop {
        let secret = random_bytes::<32>();
        if Vapid::new(&secret).is_some() {
            return secret;
        }
    }
}
