//! The programs that work on this database, by their signs of life. Their times are the database's own, the one clock all
//! nodes share; they are compared with each other and with nothing else.

use crate::{Db, Engine, Error, Result, Tx};
use sqlx::Connection;
use sqlx::postgres::PgConnection;
use sqlx::sqlite::SqlitePool;

/// A node as it makes itself known.
#[derive(Clone, Copy, Debug)]
pub struct NewNode<'a> {
    /// Fresh at each start.
    pub boot: &'a str,
    pub name: &'a str,
    pub address: &'a str,
    pub version: &'a str,
}

/// A node as the others see it.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct NodeRow {
    pub boot: String,
    pub name: String,
    pub address: String,
    pub version: String,
    pub started_at: i64,
    pub seen_at: i64,
}

/// What a node speaks through. On PostgreSQL a connection of its own: a pool that is busy silences nobody, and the name is
/// held for as long as it lives. A SQLite file belongs to one machine, where nobody else listens on the same port.
pub enum Line {
    Sqlite(SqlitePool),
    Postgres(Box<PgConnection>),
}

macro_rules! on {
    ($line:expr, $c:ident => $body:expr) => {
        match $line {
            Line::Sqlite(pool) => {
                let $c = &*pool;
                $body.await.map_err(Error::from)
            }
            Line::Postgres(connection) => {
                let $c = &mut **connection;
                $body.await.map_err(Error::from)
            }
        }
    };
}

fn now_sql(engine: Engine) -> &'static str {
    match engine {
        Engine::Sqlite => "CAST(unixepoch('subsec') * 1000 AS INTEGER)",
        Engine::Postgres => "CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT)",
    }
}
fn beat_sql(engine: Engine) -> String {
    let now = now_sql(engine);
    format!(
        "INSERT INTO nodes (boot, name, address, version, started_at, seen_at) VALUES ($1, $2, $3, $4, {now}, {now})
         ON CONFLICT (boot) DO UPDATE SET name = excluded.name, seen_at = excluded.seen_at RETURNING seen_at"
    )
}
/// The first number is ours and means names of nodes.
fn hold_sql() -> &'static str {
    "SELECT pg_try_advisory_lock(70858001, hashtext($1))"
}

const ALL: &str = "SELECT boot, name, address, version, started_at, seen_at FROM nodes ORDER BY name, boot";
const SUCCEED: &str = "DELETE FROM nodes WHERE name = $1 AND boot <> $2";
const LEAVE: &str = "DELETE FROM nodes WHERE boot = $1";
const FORGET: &str = "DELETE FROM nodes WHERE seen_at < $1";
const CLEAR: &str = "DELETE FROM nodes";

impl Line {
    /// Opens it.
    pub async fn open(db: &Db) -> Result<Self> {
        Ok(match db {
            Db::Sqlite { write, .. } => Line::Sqlite(write.clone()),
            Db::Postgres { write, .. } => {
                Line::Postgres(Box::new(PgConnection::connect_with(&write.connect_options()).await?))
            }
        })
    }
    fn engine(&self) -> Engine {
        match self {
            Line::Sqlite(_) => Engine::Sqlite,
            Line::Postgres(_) => Engine::Postgres,
        }
    }
    /// Takes a name for as long as this line lives; `false` when another node holds it.
    pub async fn hold(&mut self, name: &str) -> Result<bool> {
        match self {
            Line::Sqlite(_) => Ok(true),
            Line::Postgres(connection) => {
                Ok(sqlx::query_scalar(hold_sql()).bind(name).fetch_one(&mut **connection).await?)
            }
        }
    }
    /// Whoever holds a name succeeds those who had it before: they are gone.
    pub async fn succeed(&mut self, name: &str, boot: &str) -> Result<()> {
        on!(self, c => async { sqlx::query(SUCCEED).bind(name).bind(boot).execute(c).await.map(drop) })
    }
    /// A sign of life; answers what time it is.
    pub async fn beat(&mut self, node: NewNode<'_>) -> Result<i64> {
        let sql = beat_sql(self.engine());
        on!(self, c => sqlx::query_scalar::<_, i64>(&sql).bind(node.boot).bind(node.name).bind(node.address).bind(node.version).fetch_one(c))
    }
    /// Every node known, also those that are gone, by name.
    pub async fn all(&mut self) -> Result<Vec<NodeRow>> {
        on!(self, c => sqlx::query_as::<_, NodeRow>(ALL).fetch_all(c))
    }
    /// An orderly end.
    pub async fn leave(&mut self, boot: &str) -> Result<()> {
        on!(self, c => async { sqlx::query(LEAVE).bind(boot).execute(c).await.map(drop) })
    }
}

impl std::fmt::Debug for Line {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Line").field(&self.engine()).finish()
    }
}

/// Forgets those that were seen last before a time.
pub async fn forget(tx: &mut Tx, before: i64) -> Result<()> {
    execute!(tx, FORGET, before).map(drop)
}
/// Nobody works on this database: whatever was under way is under way no more.
pub async fn clear(tx: &mut Tx) -> Result<()> {
    execute!(tx, CLEAR).map(drop)
}

/// Statements built at run time, for the test that prepares every statement on both engines.
pub fn built_statements(engine: Engine) -> Vec<String> {
    let hold = (engine == Engine::Postgres).then(|| hold_sql().to_owned());
    hold.into_iter().chain([beat_sql(engine)]).collect()
}
