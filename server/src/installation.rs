//! What the operator does with a whole installation: copies, moves, migration, a look at its health. Says what was done.

use crate::environment::Environment;
use anyhow::{Context, Result, bail};
use services::copies::{self, Copy, Wanted};
use services::{Clock, SystemClock, Vault};
use std::path::Path;
use std::sync::Arc;
use store::Db;

/// Brings the database up to date.
pub async fn migrate() -> Result<()> {
    let db = Environment::read(false)?.open().await?;
    db.migrate().await?;
    db.close().await;
    println!("The database is up to date (step {}).", store::migrations::newest());
    Ok(())
}

/// Copies database and files into one file.
pub async fn backup(place: &Path, with_key: bool) -> Result<()> {
    let environment = Environment::read(false)?;
    let key = environment.key()?;
    if with_key && !environment.old_keys()?.is_empty() {
        bail!("the secret key is being changed; end that first («pult doctor» says when the old keys may go)");
    }
    if with_key && key.is_none() {
        bail!("there is no secret key yet to put into the copy");
    }
    let db = existing(&environment.database_url, Db::open(&environment.database_url)).await?;
    let key = key.filter(|_| with_key);
    let data_dir = &environment.data_dir;
    let made = copies::backup(&db, &Wanted { place, data_dir, key: key.as_deref(), now: SystemClock.now() }).await?;
    db.close().await;
    println!(
        "Copied to {}: {} tables, {} rows, {} files, {} bytes.",
        place.display(),
        made.tables,
        made.rows,
        made.files,
        made.bytes
    );
    if made.lost > 0 {
        eprintln!(
            "pult: {} files the database knows are missing or damaged in {} and are not in the copy",
            made.lost,
            data_dir.join("files").display()
        );
    }
    if with_key {
        println!("The secret key is in it: whoever has this file can read the passwords of your connections.");
    } else {
        println!(
            "The secret key is not in it: without the key the connections must be signed in anew. Keep it apart ({}).",
            if environment.key_path().exists() {
                environment.key_path().display().to_string()
            } else {
                "PULT_SECRET_KEY".into()
            }
        );
    }
    Ok(())
}

/// Restores a copy, and says what waits for a person.
pub async fn restore(place: &Path, replace: bool) -> Result<()> {
    let environment = Environment::read(false)?;
    let copy = Copy::look_through(place)?;
    let key = environment.key()?;
    let brought = copy.key.as_deref().filter(|_| key.is_none());
    if let (Some(ours), Some(of_copy)) = (&key, &copy.key)
        && ours != of_copy
    {
        bail!(
            "another secret key is here than in the copy; move {} away or unset PULT_SECRET_KEY first, nothing was changed",
            environment.key_path().display()
        );
    }
    let db = Db::open_alone(&environment.database_url).await.context("the database cannot be opened (DATABASE_URL)")?;
    let app = match brought {
        Some(text) => environment.app_with_key(db, false, Arc::new(SystemClock), Vault::from_base64(text)?),
        None => environment.app(db, false)?,
    };
    if let Some(text) = brought {
        environment.keep_key(text)?;
    }
    let restored = copies::restore(&app, &copy, replace).await;
    app.db.close().await;
    if restored.is_err() && brought.is_some() {
        std::fs::remove_file(environment.key_path())?;
    }
    let quarantined = restored?;
    println!(
        "Restored from {}: {} tables, {} rows, {} files.",
        place.display(),
        copy.sums.len(),
        copy.rows(),
        copy.files
    );
    println!(
        "Sending is stopped in {} organisations, {} sends wait: look at them and release or drop them on the page {}/stop.",
        quarantined.organisations, quarantined.held, environment.public_url
    );
    println!("Everybody signs in again.");
    if quarantined.locked > 0 {
        println!(
            "{} connections must be signed in anew: their secrets were sealed with a key that is not here.",
            quarantined.locked
        );
    }
    Ok(())
}

/// Moves from SQLite to an empty PostgreSQL.
pub async fn move_to_postgres(to: &str) -> Result<()> {
    let environment = Environment::read(false)?;
    if !to.starts_with("postgres://") && !to.starts_with("postgresql://") {
        bail!("--to must begin with postgres://");
    }
    if !environment.database_url.starts_with("sqlite:") {
        bail!("this installation uses PostgreSQL already (DATABASE_URL); to change servers, use backup and restore");
    }
    let from = existing(&environment.database_url, Db::open_alone(&environment.database_url)).await?;
    let target = Db::open_alone(to).await.context("the new database cannot be opened (--to)")?;
    let sums = copies::move_to(&from, &target).await?;
    target.close().await;
    from.close().await;
    for sum in &sums {
        println!("{:<24} {:>10}  {}", sum.table, sum.rows, &sum.sha256[..16]);
    }
    println!("Moved and compared: {} tables, {} rows.", sums.len(), sums.iter().map(|sum| sum.rows).sum::<u64>());
    println!(
        "Next: set DATABASE_URL to the new address and start Pult with the same data directory and key. The old database is as it was; keep it until you are content."
    );
    Ok(())
}

/// Opens what must be there already.
async fn existing(url: &str, open: impl Future<Output = store::Result<Db>>) -> Result<Db> {
    if !Db::exists(url)? {
        bail!("there is no database at {url} (DATABASE_URL)");
    }
    open.await.context("the database cannot be opened (DATABASE_URL)")
}

/// Makes a new secret key in the data directory.
pub fn rotate_key() -> Result<()> {
    let environment = Environment::read(false)?;
    environment.rotate_key()?;
    let (new, old) = (environment.key_path(), environment.old_keys_path());
    println!("A new secret key lies in {}, the one before in {}.", new.display(), old.display());
    println!("Next: start Pult again; it seals everything anew while it works.");
    println!("When «pult doctor» says that nothing is sealed with an old key any more, delete {}.", old.display());
    Ok(())
}
