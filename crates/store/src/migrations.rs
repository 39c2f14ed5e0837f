//! The steps of the schema: which there are, which a database has taken, and taking them, all or none.

use crate::{Db, Engine, Error, Result, Tx, walls};
use sqlx::migrate::{MigrateError, Migrator};
use std::borrow::Cow;
use std::collections::BTreeSet;

static SQLITE: Migrator = sqlx::migrate!("../../migrations/sqlite");
static POSTGRES: Migrator = sqlx::migrate!("../../migrations/postgres");

const TAKEN: &str = "SELECT version, checksum FROM _sqlx_migrations ORDER BY version";

/// Two nodes that start at once take the steps one after the other; the number is ours and means nothing.
fn lock_sql() -> &'static str {
    "SELECT pg_advisory_xact_lock(70858000)"
}
fn begun_sql(engine: Engine) -> &'static str {
    match engine {
        Engine::Sqlite => "SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name = '_sqlx_migrations'",
        Engine::Postgres => {
            "SELECT COUNT(*) FROM pg_tables WHERE schemaname = current_schema() AND tablename = '_sqlx_migrations'"
        }
    }
}

fn known(engine: Engine) -> &'static Migrator {
    match engine {
        Engine::Sqlite => &SQLITE,
        Engine::Postgres => &POSTGRES,
    }
}

impl Db {
    /// Brings the schema up to date: all missing steps, or none. Refuses a database of a newer program.
    pub async fn migrate(&self) -> Result<()> {
        let mut looking = self.snapshot().await?;
        let (taken, walled) = (taken(&mut looking).await?, walls::stand(&mut looking).await?);
        drop(looking);
        // Nothing to do is the usual case, and must not wait for whoever writes.
        let all = known(self.engine()).iter().map(|step| (step.version, step.checksum.to_vec()));
        if all.eq(taken) && walled {
            return Ok(());
        }
        let mut tx = self.begin().await?;
        if let Tx::Postgres(transaction) = &mut tx {
            sqlx::query(lock_sql()).execute(&mut **transaction).await?;
        }
        take_steps(&mut tx, None).await?;
        tx.commit().await
    }
}

async fn taken(tx: &mut Tx) -> Result<Vec<(i64, Vec<u8>)>> {
    let begun = begun_sql(tx.engine());
    if write!(tx, c => sqlx::query_scalar::<_, i64>(begun).fetch_one(c))? == 0 {
        return Ok(Vec::new());
    }
    write!(tx, c => sqlx::query_as::<_, (i64, Vec<u8>)>(TAKEN).fetch_all(c))
}

/// The steps a database has taken; none when it was never one of ours.
pub async fn steps(tx: &mut Tx) -> Result<Vec<i64>> {
    Ok(taken(tx).await?.into_iter().map(|(step, _)| step).collect())
}

/// The first of these steps that this program does not know.
pub fn unknown(steps: &[i64]) -> Option<i64> {
    steps.iter().copied().find(|step| !SQLITE.version_exists(*step))
}

/// The newest step there is.
pub fn newest() -> i64 {
    SQLITE.iter().map(|step| step.version).max().unwrap_or_default()
}

/// Takes the steps that are missing (`only` these, else all) within the transaction, and walls the new tables.
pub async fn take_steps(tx: &mut Tx, only: Option<&[i64]>) -> Result<()> {
    let wanted = known(tx.engine()).iter().filter(|step| only.is_none_or(|only| only.contains(&step.version)));
    let steps = Migrator { migrations: Cow::Owned(wanted.cloned().collect()), locking: false, ..Migrator::DEFAULT };
    let done = match tx {
        Tx::Sqlite(transaction) => steps.run_direct(&mut **transaction).await,
        Tx::Postgres(transaction) => steps.run_direct(&mut **transaction).await,
    };
    done.map_err(|error| match error {
        MigrateError::VersionMissing(version) | MigrateError::VersionTooNew(version, _) => Error::TooNew(version),
        MigrateError::Execute(error) => error.into(),
        other => Error::Other(format!("migration: {other}; nothing was changed")),
    })?;
    walls::raise(tx).await
}

/// Columns that hold JSON, as the steps for PostgreSQL say; SQLite keeps it as text.
pub(crate) fn json_columns() -> BTreeSet<(String, String)> {
    let mut found = BTreeSet::new();
    let mut table = "";
    for line in POSTGRES.iter().flat_map(|step| step.sql.lines()) {
        let words: Vec<&str> = line.split_whitespace().collect();
        match words[..] {
            ["CREATE", "TABLE", name, ..] => table = name,
            ["ALTER", "TABLE", name, "ADD", "COLUMN", column, kind, ..] if kind.starts_with("JSONB") => {
                found.insert((name.to_owned(), column.to_owned()));
            }
            [column, kind, ..] if kind.starts_with("JSONB") => {
                found.insert((table.to_owned(), column.to_owned()));
            }
            _ => {}
        }
    }
    found
}

/// Statements built at run time, for the test that prepares every statement on both engines.
pub fn built_statements(engine: Engine) -> Vec<String> {
    let lock = (engine == Engine::Postgres).then(lock_sql);
    [begun_sql(engine)].into_iter().chain(lock).map(str::to_owned).collect()
}
