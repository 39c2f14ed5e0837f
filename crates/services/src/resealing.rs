//! Changing the secret key while everything goes on: the program knows the old keys beside the current one, and everything
//! sealed with them is sealed anew, row by row, as often as it takes. When nothing is left, the old keys may go.
//!
//! Whoever seals something in a new place adds it here; a test looks for them.

use crate::accounts::mail;
use crate::connections::{memory_row, vault_row};
use crate::{App, Result, accounts, push};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use std::sync::Arc;
use store::sealed as rows;

/// What resealing has found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Resealed {
    /// Sealed anew.
    pub done: u64,
    /// Sealed with a key that is not known here.
    pub lost: u64,
}

/// Seals with the current key what an old one has sealed.
pub async fn reseal(app: &Arc<App>) -> Result<Resealed> {
    let mut all = Resealed::default();
    let key = app.vault.key_id();
    for row in rows::connections(&app.db, key).await? {
        if let Some(new) = anew(app, &vault_row(row.1), &row.2, &mut all)? {
            let mut tx = app.db.of(row.0).begin().await?;
            rows::put_secrets(&mut tx, &row, &new).await?;
            tx.commit().await?;
            app.connections.forget(row.1);
        }
    }
    for row in rows::memories(&app.db, key).await? {
        if let Some(new) = anew(app, &memory_row(row.1), &row.2, &mut all)? {
            let mut tx = app.db.of(row.0).begin().await?;
            rows::put_memory(&mut tx, &row, &new).await?;
            tx.commit().await?;
        }
    }
    for (user, old) in rows::factors(&app.db, key).await? {
        if let Some(new) = anew(app, &accounts::second_factor::place(user), &old, &mut all)? {
            let mut tx = app.db.begin().await?;
            rows::put_factor(&mut tx, user, &old, &new).await?;
            tx.commit().await?;
        }
    }
    for (name, old) in rows::push_keys(&app.db, key).await? {
        if let Some(new) = anew(app, &push::key_row(&name), &old, &mut all)? {
            let mut tx = app.db.begin().await?;
            rows::put_push_key(&mut tx, &name, &old, &new).await?;
            tx.commit().await?;
        }
    }
    for row in rows::devices(&app.db, key).await? {
        if let Some(new) = anew(app, &push::row_of(row.1), &row.2, &mut all)? {
            let mut tx = app.db.of(row.0).begin().await?;
            rows::put_device(&mut tx, &row, &new).await?;
            tx.commit().await?;
        }
    }
    for (organisation, id, mut payload) in rows::letters(&app.db, mail::KIND).await? {
        let sealed = payload.get("sealed").and_then(|text| STANDARD.decode(text.as_str()?).ok()).unwrap_or_default();
        if sealed.starts_with(&key) {
            continue;
        }
        if let Some(new) = anew(app, &mail::row_of(organisation, &payload), &sealed, &mut all)? {
            payload["sealed"] = STANDARD.encode(new).into();
            let mut tx = app.db.of(organisation).begin().await?;
            rows::put_letter(&mut tx, organisation, id, &payload).await?;
            tx.commit().await?;
        }
    }
    derived(app, &mut all).await?;
    Ok(all)
}

/// What was sealed with an old key, sealed with the current one; `None` when that key is not known.
fn anew(app: &App, place: &str, sealed: &[u8], all: &mut Resealed) -> Result<Option<Vec<u8>>> {
    if !app.vault.knows(sealed) {
        all.lost += 1;
        return Ok(None);
    }
    let plain = app.vault.open(place, sealed)?;
    all.done += 1;
    Ok(Some(app.vault.seal(place, &plain)?))
}

/// What was hashed with something derived from an old key cannot be hashed anew, so what was derived outlives that key.
async fn derived(app: &Arc<App>, all: &mut Resealed) -> Result<()> {
    let purpose = accounts::second_factor::RECOVERY_CODES;
    let mut tx = app.db.begin().await?;
    let kept = rows::derived(&app.db).await?;
    for (id, secret) in app.vault.old_derived(purpose) {
        let id = hex::encode(id);
        if !kept.iter().any(|(of, key, _)| of == purpose && *key == id) {
            rows::put_derived(&mut tx, purpose, &id, &app.vault.seal(&derived_row(purpose, &id), &secret)?).await?;
            all.done += 1;
        }
    }
    for (purpose, id, sealed) in kept.iter().filter(|(_, _, sealed)| !sealed.starts_with(&app.vault.key_id())) {
        if let Some(new) = anew(app, &derived_row(purpose, id), sealed, all)? {
            rows::put_derived(&mut tx, purpose, id, &new).await?;
        }
    }
    Ok(tx.commit().await?)
}

fn derived_row(purpose: &str, key: &str) -> String {
    format!("derived_secrets/{purpose}/{key}")
}

/// Everything that was ever derived for a purpose: from the current key, from old ones, from those that are gone.
pub(crate) async fn ever_derived(app: &App, purpose: &str) -> Result<Vec<Vec<u8>>> {
    let mut all = vec![app.vault.derive(purpose).to_vec()];
    all.extend(app.vault.old_derived(purpose).map(|(_, secret)| secret.to_vec()));
    for (_, id, sealed) in rows::derived(&app.db).await?.iter().filter(|(of, ..)| of == purpose) {
        all.extend(app.vault.open(&derived_row(purpose, id), sealed).ok());
    }
    Ok(all)
}

/// How much is still sealed with another key than the current one.
pub async fn left(app: &App) -> Result<usize> {
    let key = app.vault.key_id();
    let letters = rows::letters(&app.db, mail::KIND).await?;
    let old = letters.iter().filter(|(.., payload)| {
        let sealed = payload.get("sealed").and_then(|text| STANDARD.decode(text.as_str()?).ok());
        sealed.is_some_and(|sealed| !sealed.starts_with(&key))
    });
    let derived = rows::derived(&app.db).await?;
    Ok(rows::connections(&app.db, key).await?.len()
        + rows::memories(&app.db, key).await?.len()
        + rows::factors(&app.db, key).await?.len()
        + rows::push_keys(&app.db, key).await?.len()
        + rows::devices(&app.db, key).await?.len()
        + old.count()
        + derived.iter().filter(|(_, _, sealed)| !sealed.starts_with(&key)).count())
}

#[cfg(test)]
mod tests {
    #[test]
    fn whoever_seals_is_known_here() {
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        let (mut folders, mut found) = (vec![root.clone()], Vec::new());
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else if std::fs::read_to_string(&path).unwrap().contains("vault.seal(") {
                    found.push(path.strip_prefix(&root).unwrap().to_string_lossy().into_owned());
                }
            }
        }
        found.sort();
        let known = [
            "accounts/mail.rs",
            "accounts/second_factor.rs",
            "connections/cache.rs",
            "connections/lost.rs",
            "connections/manage.rs",
            "push/devices.rs",
            "push/keys.rs",
            "resealing.rs",
            "vault.rs",
        ];
        assert_eq!(found, known, "a new place that seals: teach `reseal` to find it, then name it here");
    }
}
