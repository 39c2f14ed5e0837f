//! Opening a database, migrating it, and beginning transactions.

use crate::{Error, Result};
use sqlx::migrate::Migrator;
use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions, Postgres};
use sqlx::sqlite::{
    Sqlite, SqliteAutoVacuum, SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};
use sqlx::{ConnectOptions, Connection, Transaction};
use std::str::FromStr;
use std::time::Duration;

static SQLITE: Migrator = sqlx::migrate!("../../migrations/sqlite");
static POSTGRES: Migrator = sqlx::migrate!("../../migrations/postgres");

/// The two engines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    Sqlite,
    Postgres,
}

/// An open database.
#[derive(Clone, Debug)]
pub enum Db {
    /// One writer, several readers, and one that moves the log into the file.
    Sqlite { read: SqlitePool, write: SqlitePool, checkpoint: SqlitePool },
    /// Readers have connections of their own: whoever writes may read beside the transaction without waiting for those
    /// who wait for it.
    Postgres { read: PgPool, write: PgPool },
}

/// An open write transaction. Dropped without `commit` it is rolled back.
pub enum Tx {
    Sqlite(Transaction<'static, Sqlite>),
    Postgres(Transaction<'static, Postgres>),
}

impl Db {
    /// Opens `sqlite://path` (made if absent) or `postgres://…`. Does not migrate.
    pub async fn open(url: &str) -> Result<Self> {
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            let options = PgConnectOptions::from_str(url)
                .map_err(|e| Error::Other(format!("DATABASE_URL: {e}")))?
                .application_name("pult")
                .log_slow_statements(tracing::log::LevelFilter::Warn, Duration::from_secs(1));
            let pool = PgPoolOptions::new()
                .acquire_timeout(Duration::from_secs(5))
                // As SQLite's `busy_timeout`: who waits for a lock is told in time to answer 503.
                .after_connect(|connection, _| {
                    Box::pin(
                        async move { sqlx::query("SET lock_timeout = '5s'").execute(connection).await.map(|_| ()) },
                    )
                });
            let write = pool.clone().max_connections(12).connect_with(options.clone()).await?;
            let read = pool.max_connections(8).connect_lazy_with(options);
            return Ok(Db::Postgres { read, write });
        }
        if !url.starts_with("sqlite:") {
            return Err(Error::Other("DATABASE_URL must begin with sqlite:// or postgres://".into()));
        }
        let options = SqliteConnectOptions::from_str(url)
            .map_err(|e| Error::Other(format!("DATABASE_URL: {e}")))?
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(Duration::from_secs(5))
            .statement_cache_capacity(300)
            .log_slow_statements(tracing::log::LevelFilter::Warn, Duration::from_secs(1));
        if let Some(folder) = options.get_filename().parent() {
            std::fs::create_dir_all(folder).map_err(|e| Error::Unavailable(format!("{}: {e}", folder.display())))?;
        }
        let write = SqlitePoolOptions::new()
            .max_connections(1)
            .acquire_timeout(Duration::from_secs(10))
            .idle_timeout(None)
            .max_lifetime(None)
            .test_before_acquire(false)
            // On a full disk SQLite ends a transaction by itself; sqlx then counts it as open for ever. Such a connection
            // is replaced, or nothing could be written until the next start.
            .before_acquire(|connection, _| Box::pin(async move { Ok(!connection.is_in_transaction()) }))
            // The mode is written into the file, so readers must not ask for it.
            // The log is moved into the file beside the writer (see `checkpoint`); only if that falls behind, by the writer.
            .connect_with(
                options
                    .clone()
                    .auto_vacuum(SqliteAutoVacuum::Incremental)
                    .pragma("cache_size", "-16000")
                    .pragma("wal_autocheckpoint", "16000"),
            )
            .await?;
        let checkpoint = SqlitePoolOptions::new()
            .max_connections(1)
            .acquire_timeout(Duration::from_secs(10))
            .test_before_acquire(false)
            .connect_lazy_with(options.clone().create_if_missing(false).pragma("cache_size", "-500"));
        let read = SqlitePoolOptions::new()
            .max_connections(4)
            .acquire_timeout(Duration::from_secs(10))
            .test_before_acquire(false)
            .connect_lazy_with(options.read_only(true).create_if_missing(false));
        Ok(Db::Sqlite { read, write, checkpoint })
    }

    /// Brings the schema up to date. All or nothing per step; refuses a database of a newer program.
    pub async fn migrate(&self) -> Result<()> {
        let done = match self {
            Db::Sqlite { write, .. } => SQLITE.run(write).await,
            Db::Postgres { write, .. } => POSTGRES.run(write).await,
        };
        done.map_err(|error| match error {
            sqlx::migrate::MigrateError::VersionMissing(version)
            | sqlx::migrate::MigrateError::VersionTooNew(version, _) => Error::TooNew(version),
            sqlx::migrate::MigrateError::Execute(error) => error.into(),
            other => Error::Other(format!("migration: {other}")),
        })
    }

    /// Which engine it is, for the few statements that truly differ.
    pub fn engine(&self) -> Engine {
        match self {
            Db::Sqlite { .. } => Engine::Sqlite,
            Db::Postgres { .. } => Engine::Postgres,
        }
    }

    /// Begins a write transaction (on SQLite the only one, at once).
    pub async fn begin(&self) -> Result<Tx> {
        Ok(match self {
            Db::Sqlite { write, .. } => Tx::Sqlite(write.begin_with("BEGIN IMMEDIATE").await?),
            Db::Postgres { write, .. } => Tx::Postgres(write.begin().await?),
        })
    }

    /// Cheap proof that the database answers.
    pub async fn ping(&self) -> Result<()> {
        read!(self, c => sqlx::query_scalar::<_, i64>("SELECT CAST(1 AS BIGINT)").fetch_one(c)).map(|_| ())
    }

    /// Moves what stands in SQLite's log into the file, without keeping the writer waiting: done by the writer itself it would
    /// make one commit in some hundred ten times as slow. Cheap when there is nothing to do. PostgreSQL does it by itself.
    pub async fn checkpoint(&self) -> Result<()> {
        if let Db::Sqlite { checkpoint, .. } = self {
            sqlx::query("PRAGMA wal_checkpoint(PASSIVE)").execute(checkpoint).await?;
        }
        Ok(())
    }

    /// Closes all connections; SQLite checkpoints its log.
    pub async fn close(&self) {
        match self {
            Db::Sqlite { read, write, checkpoint } => {
                read.close().await;
                checkpoint.close().await;
                write.close().await;
            }
            Db::Postgres { read, write } => {
                read.close().await;
                write.close().await;
            }
        }
    }

    /// Asks the engine to parse and plan a statement without running it. For the test of all statements.
    pub async fn prepare(&self, sql: &str) -> Result<()> {
        use sqlx::Executor;
        match self {
            Db::Sqlite { write, .. } => write.prepare(sql).await.map(|_| ())?,
            Db::Postgres { write, .. } => write.prepare(sql).await.map(|_| ())?,
        }
        Ok(())
    }
}

impl Tx {
    /// Makes everything written durable.
    pub async fn commit(self) -> Result<()> {
        match self {
            Tx::Sqlite(t) => t.commit().await?,
            Tx::Postgres(t) => t.commit().await?,
        }
        Ok(())
    }

    /// Which engine it is.
    pub fn engine(&self) -> Engine {
        match self {
            Tx::Sqlite(_) => Engine::Sqlite,
            Tx::Postgres(_) => Engine::Postgres,
        }
    }

    /// Marks a point to return to. One level; `name` is a constant of ours.
    pub async fn savepoint(&mut self, name: &'static str) -> Result<()> {
        execute!(self, &format!("SAVEPOINT {name}")).map(|_| ())
    }
    /// Undoes everything since the savepoint and forgets it.
    pub async fn rollback_to(&mut self, name: &'static str) -> Result<()> {
        execute!(self, &format!("ROLLBACK TO SAVEPOINT {name}"))?;
        self.release(name).await
    }
    /// Keeps everything since the savepoint and forgets it.
    pub async fn release(&mut self, name: &'static str) -> Result<()> {
        execute!(self, &format!("RELEASE SAVEPOINT {name}")).map(|_| ())
    }
}
