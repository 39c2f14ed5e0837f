//! Opening a database and beginning transactions.

use crate::walls::Reach;
use crate::{Error, Result};
use domain::ids::OrganisationId;
use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions, Postgres};
use sqlx::sqlite::{
    Sqlite, SqliteAutoVacuum, SqliteConnectOptions, SqliteJournalMode, SqliteLockingMode, SqlitePool, SqlitePoolOptions,
};
use sqlx::{ConnectOptions, Connection, Transaction};
use std::str::FromStr;
use std::time::Duration;

/// The two engines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    Sqlite,
    Postgres,
}

impl Engine {
    /// Locks the rows a `SELECT` of a write transaction reads until it ends, for whoever decides by them what to write. SQLite
    /// has one writer, so nothing changes under it anyway.
    pub(crate) fn for_update(self) -> &'static str {
        if self == Engine::Postgres { " FOR UPDATE" } else { "" }
    }
    /// The same, passing over rows somebody else has locked: they have their turn later. Rows that no longer fit the
    /// condition once they are locked are left out.
    pub(crate) fn for_update_of_free(self) -> &'static str {
        if self == Engine::Postgres { " FOR UPDATE SKIP LOCKED" } else { "" }
    }
}

/// An open database.
#[derive(Clone, Debug)]
pub enum Db {
    /// One writer, several readers, and one that moves the log into the file.
    Sqlite { read: SqlitePool, write: SqlitePool, checkpoint: SqlitePool },
    /// Readers have connections of their own: whoever writes may read beside the transaction without waiting for those
    /// who wait for it.
    Postgres { read: PgPool, write: PgPool, reach: Reach },
}

/// An open write transaction. Dropped without `commit` it is rolled back.
pub enum Tx {
    Sqlite(Transaction<'static, Sqlite>),
    Postgres(Transaction<'static, Postgres>),
}

/// Programs of ours that have a database open, beside whoever asks.
fn others_sql() -> &'static str {
    "SELECT COUNT(*) FROM pg_stat_activity
     WHERE datname = current_database() AND application_name = 'pult' AND pid <> pg_backend_pid()"
}

fn postgres(url: &str) -> Result<Option<PgConnectOptions>> {
    if !url.starts_with("postgres://") && !url.starts_with("postgresql://") {
        return Ok(None);
    }
    let options = PgConnectOptions::from_str(url).map_err(|e| Error::Other(format!("DATABASE_URL: {e}")))?;
    let options = options.application_name("pult");
    Ok(Some(options.log_slow_statements(tracing::log::LevelFilter::Warn, Duration::from_secs(1))))
}

/// As SQLite's `busy_timeout`: who waits for a lock is told in time to answer 503.
fn lock_timeout_sql() -> &'static str {
    "SET lock_timeout = '5s'"
}
/// Of a node the network has swallowed the server hears nothing; its locks must not outlive it by hours.
fn idle_timeout_sql() -> &'static str {
    "SET idle_in_transaction_session_timeout = '10s'"
}

fn patient() -> PgPoolOptions {
    PgPoolOptions::new().acquire_timeout(Duration::from_secs(5)).after_connect(|connection, _| {
        Box::pin(async move { sqlx::query(lock_timeout_sql()).execute(connection).await.map(|_| ()) })
    })
}

/// The same for those who work side by side.
fn side_by_side() -> PgPoolOptions {
    patient().after_connect(|connection, _| {
        Box::pin(async move {
            sqlx::query(lock_timeout_sql()).execute(&mut *connection).await?;
            sqlx::query(idle_timeout_sql()).execute(connection).await.map(|_| ())
        })
    })
}

fn sqlite(url: &str) -> Result<SqliteConnectOptions> {
    if !url.starts_with("sqlite:") {
        return Err(Error::Other("DATABASE_URL must begin with sqlite:// or postgres://".into()));
    }
    let (url, durability) = crate::sound::durability(url)?;
    let options = SqliteConnectOptions::from_str(&url)
        .map_err(|e| Error::Other(format!("DATABASE_URL: {e}")))?
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(durability)
        .foreign_keys(true)
        .busy_timeout(Duration::from_secs(5))
        .statement_cache_capacity(300)
        .log_slow_statements(tracing::log::LevelFilter::Warn, Duration::from_secs(1));
    Ok(options)
}

/// For the one that writes: the mode is written into the file, so readers must not ask for it. The log is moved into the
/// file beside the writer (see `checkpoint`); only if that falls behind, by the writer.
fn writing(options: SqliteConnectOptions) -> SqliteConnectOptions {
    let options = options.auto_vacuum(SqliteAutoVacuum::Incremental);
    options.pragma("cache_size", "-16000").pragma("wal_autocheckpoint", "16000")
}

fn made_folder(options: &SqliteConnectOptions) -> Result<()> {
    let Some(folder) = options.get_filename().parent() else { return Ok(()) };
    std::fs::create_dir_all(folder).map_err(|e| Error::Unavailable(format!("{}: {e}", folder.display())))
}

impl Db {
    /// Opens `sqlite://path` (made if absent) or `postgres://…`. Does not migrate.
    pub async fn open(url: &str) -> Result<Self> {
        if let Some(options) = postgres(url)? {
            let write = side_by_side().max_connections(12).connect_with(options.clone()).await?;
            // Readers prove that they are alive by saying whose rows they reach.
            let read = patient().max_connections(8).test_before_acquire(false).connect_lazy_with(options);
            return Ok(Db::Postgres { read, write, reach: Reach::Everywhere });
        }
        let options = sqlite(url)?;
        made_folder(&options)?;
        let write = SqlitePoolOptions::new()
            .max_connections(1)
            .acquire_timeout(Duration::from_secs(10))
            .idle_timeout(None)
            .max_lifetime(None)
            .test_before_acquire(false)
            // On a full disk SQLite ends a transaction by itself; sqlx then counts it as open for ever. Such a connection
            // is replaced, or nothing could be written until the next start.
            .before_acquire(|connection, _| Box::pin(async move { Ok(!connection.is_in_transaction()) }))
            .connect_with(writing(options.clone()))
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

    /// The same for somebody who must be alone with it: refused while a program of ours has it open, and on SQLite none
    /// can open it meanwhile. It has one connection.
    pub async fn open_alone(url: &str) -> Result<Self> {
        let others = || Error::Other("Pult is running on this database; stop it first".into());
        if let Some(options) = postgres(url)? {
            let pool = patient().max_connections(1).connect_with(options).await?;
            // Sessions of a program that has just ended are listed a moment longer.
            for _ in 0..10 {
                if sqlx::query_scalar::<_, i64>(others_sql()).fetch_one(&pool).await? == 0 {
                    return Ok(Db::Postgres { read: pool.clone(), write: pool, reach: Reach::Everywhere });
                }
                tokio::time::sleep(Duration::from_millis(200)).await;
            }
            return Err(others());
        }
        let options = sqlite(url)?;
        made_folder(&options)?;
        let options = writing(options).locking_mode(SqliteLockingMode::Exclusive).busy_timeout(Duration::ZERO);
        let pool = SqlitePoolOptions::new()
            .max_connections(1)
            .idle_timeout(None)
            .max_lifetime(None)
            .acquire_timeout(Duration::from_secs(10))
            .connect_with(options);
        let pool = pool.await.map_err(|error| match Error::from(error) {
            Error::Unavailable(why) if why.contains("locked") => others(),
            other => other,
        })?;
        Ok(Db::Sqlite { read: pool.clone(), checkpoint: pool.clone(), write: pool })
    }

    /// Whether there is something to open: a file, for SQLite.
    pub fn exists(url: &str) -> Result<bool> {
        Ok(postgres(url)?.is_some() || sqlite(url)?.get_filename().exists())
    }

    /// Which engine it is, for the few statements that truly differ.
    pub fn engine(&self) -> Engine {
        match self {
            Db::Sqlite { .. } => Engine::Sqlite,
            Db::Postgres { .. } => Engine::Postgres,
        }
    }

    /// The same database for somebody who works in one organisation: what PostgreSQL lets them reach.
    pub fn of(&self, organisation: OrganisationId) -> Self {
        match self.clone() {
            Db::Postgres { read, write, .. } => Db::Postgres { read, write, reach: Reach::Only(organisation) },
            sqlite => sqlite,
        }
    }

    /// Connections for writing and for reading: open, and in use.
    pub fn pools(&self) -> ((i64, i64), (i64, i64)) {
        fn figures(open: u32, idle: usize) -> (i64, i64) {
            (i64::from(open), i64::from(open) - idle as i64)
        }
        match self {
            Db::Sqlite { read, write, .. } => {
                (figures(write.size(), write.num_idle()), figures(read.size(), read.num_idle()))
            }
            Db::Postgres { read, write, .. } => {
                (figures(write.size(), write.num_idle()), figures(read.size(), read.num_idle()))
            }
        }
    }

    /// Begins a write transaction (on SQLite the only one, at once).
    pub async fn begin(&self) -> Result<Tx> {
        Ok(match self {
            Db::Sqlite { write, .. } => Tx::Sqlite(write.begin_with("BEGIN IMMEDIATE").await?),
            Db::Postgres { write, reach, .. } => {
                Tx::Postgres(write.begin_with(format!("BEGIN; SET LOCAL pult.organisation = '{reach}'")).await?)
            }
        })
    }

    /// Begins a transaction that reads everything as it is now, whoever writes meanwhile.
    pub async fn snapshot(&self) -> Result<Tx> {
        Ok(match self {
            Db::Sqlite { read, .. } => Tx::Sqlite(read.begin().await?),
            Db::Postgres { read, reach, .. } => {
                let begin = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL pult.organisation =";
                Tx::Postgres(read.begin_with(format!("{begin} '{reach}'")).await?)
            }
        })
    }

    /// Cheap proof that the database answers.
    pub async fn ping(&self) -> Result<()> {
        read!(self, c => sqlx::query_scalar::<_, i64>("SELECT CAST(1 AS BIGINT)").fetch_one(c)).map(|_| ())
    }

    /// What the engine needs done beside the writers, about once a second; cheap when there is nothing to do.
    ///
    /// SQLite's log is moved into the file: done by the writer itself it would make one commit in some hundred ten times as
    /// slow. PostgreSQL is told anew how much its tables hold where that has doubled: it plans each statement once, and what
    /// it planned for the empty tables of a new installation walks all jobs of an organisation for every one that ends. By
    /// itself it looks once a minute.
    pub async fn upkeep(&self) -> Result<()> {
        let grown = "SELECT relname FROM pg_stat_user_tables WHERE schemaname = current_schema()
            AND n_mod_since_analyze > 500 AND n_mod_since_analyze >= n_live_tup";
        match self {
            Db::Sqlite { checkpoint, .. } => {
                sqlx::query("PRAGMA wal_checkpoint(PASSIVE)").execute(checkpoint).await?;
            }
            Db::Postgres { write, .. } => {
                for table in sqlx::query_scalar::<_, String>(grown).fetch_all(write).await? {
                    sqlx::query(&format!("ANALYZE \"{table}\"")).execute(write).await?;
                }
            }
        }
        Ok(())
    }

    /// Gives some of the room that deleted rows left back to the disk, a bite at a time, so that writers do not wait long;
    /// `true` when there is more to give. PostgreSQL fills such room by itself.
    pub async fn shrink(&self) -> Result<bool> {
        const BITE: i64 = 500;
        let Db::Sqlite { write, .. } = self else { return Ok(false) };
        let empty = || sqlx::query_scalar::<_, i64>("PRAGMA freelist_count").fetch_one(write);
        let before = empty().await?;
        sqlx::query(&format!("PRAGMA incremental_vacuum({BITE})")).fetch_all(write).await?;
        let after = empty().await?;
        // A file that was made by another program may be of a kind that cannot shrink.
        Ok(after > 0 && after < before)
    }

    /// Closes all connections; SQLite checkpoints its log.
    pub async fn close(&self) {
        match self {
            Db::Sqlite { read, write, checkpoint } => {
                read.close().await;
                checkpoint.close().await;
                write.close().await;
            }
            Db::Postgres { read, write, .. } => {
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

/// Statements built at run time, for the test that prepares every statement on both engines.
pub fn built_statements(engine: Engine) -> Vec<String> {
    (engine == Engine::Postgres).then(|| others_sql().to_owned()).into_iter().collect()
}
