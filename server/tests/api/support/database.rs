//! A fresh database per test on the engine `TEST_DB` names, and the few things tests do to it behind the program's back:
//! what a newer version, another writer or a broken network would do.

use super::eventually;
use sqlx::{ConnectOptions, Connection, Executor};
use std::path::Path;

/// The engines the suite runs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    Sqlite,
    Postgres,
}

impl Engine {
    /// `TEST_DB`: `sqlite` (default) or `postgres`.
    pub fn of_this_run() -> Self {
        match std::env::var("TEST_DB").as_deref() {
            Ok("postgres") => Engine::Postgres,
            Ok("sqlite") | Err(_) => Engine::Sqlite,
            Ok(other) => panic!("TEST_DB={other}: sqlite or postgres"),
        }
    }
}

impl Engine {
    /// The engines that can be had here: that of this run first.
    pub fn at_hand() -> Vec<Self> {
        let other = match Self::of_this_run() {
            Engine::Sqlite => std::env::var("TEST_POSTGRES_URL").is_ok().then_some(Engine::Postgres),
            Engine::Postgres => Some(Engine::Sqlite),
        };
        std::iter::once(Self::of_this_run()).chain(other).collect()
    }
}

/// Who owns the databases: a role without rights, so that row-level security binds the program as it does in life. The
/// server lets it in as it lets us in (tests run on clusters that trust their own machine).
const BOUND: &str = "pult_bound";
const BOUND_ROLE: &str =
    "DO $$ BEGIN CREATE ROLE pult_bound LOGIN; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$";

/// A database of one test.
#[derive(Debug)]
pub struct Database {
    pub engine: Engine,
    pub url: String,
}

impl Database {
    /// A file in the folder, or a new database on the server at `TEST_POSTGRES_URL`.
    pub async fn fresh(engine: Engine, folder: &Path) -> Self {
        let url = match engine {
            Engine::Sqlite => format!("sqlite://{}/pult.db", folder.display()),
            Engine::Postgres => {
                let unique = folder.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
                let unique = unique.replace(|c: char| !c.is_ascii_alphanumeric(), "");
                let name = format!("pult_api_{}_{unique}", std::process::id());
                let mut server = server().connect().await.expect("TEST_POSTGRES_URL answers");
                server.execute(BOUND_ROLE).await.expect("a role");
                let create = format!("CREATE DATABASE {name} OWNER {BOUND}");
                server.execute(create.as_str()).await.expect("a new database");
                server.close().await.expect("close");
                let mut address = url::Url::parse(&server_url()).expect("TEST_POSTGRES_URL is an address");
                address.set_path(&name);
                address.set_username(BOUND).expect("a name");
                address.to_string()
            }
        };
        Self { engine, url }
    }

    /// Runs SQL that needs no values.
    pub async fn run(&self, sql: &str) {
        match self.engine {
            Engine::Sqlite => {
                let mut connection = sqlx::SqliteConnection::connect(&self.url).await.expect("open");
                connection.execute(sql).await.expect(sql);
                connection.close().await.expect("close");
            }
            Engine::Postgres => {
                let mut connection = self.behind().await;
                connection.execute(sql).await.expect(sql);
                connection.close().await.expect("close");
            }
        }
    }

    /// Every byte stored, as far as it can be searched.
    pub async fn everything(&self) -> Vec<u8> {
        match self.engine {
            Engine::Sqlite => {
                let file = self.url.trim_start_matches("sqlite://");
                ["", "-wal"]
                    .into_iter()
                    .filter_map(|end| std::fs::read(format!("{file}{end}")).ok())
                    .flatten()
                    .collect()
            }
            Engine::Postgres => {
                let mut connection = self.behind().await;
                let names = "SELECT tablename::text FROM pg_tables WHERE schemaname = 'public'";
                let tables: Vec<String> = sqlx::query_scalar(names).fetch_all(&mut connection).await.expect("tables");
                connection.execute("SET bytea_output = 'escape'").await.expect("set");
                let mut all = Vec::new();
                for table in tables {
                    let sql = format!("SELECT t::text FROM {table} t");
                    let rows: Vec<String> = sqlx::query_scalar(&sql).fetch_all(&mut connection).await.expect("rows");
                    all.extend(rows.into_iter().flat_map(String::into_bytes));
                }
                all
            }
        }
    }

    /// Another writer that does not let go until [`Blocked::release`].
    pub async fn block(&self) -> Blocked {
        match self.engine {
            Engine::Sqlite => {
                let mut connection = sqlx::SqliteConnection::connect(&self.url).await.expect("open");
                connection.execute("BEGIN EXCLUSIVE").await.expect("the lock");
                Blocked::Sqlite(connection)
            }
            Engine::Postgres => {
                let mut connection = self.behind().await;
                let tables = "events, jobs, contacts, live_events, idempotency_keys";
                let sql = format!("BEGIN; LOCK TABLE {tables} IN EXCLUSIVE MODE");
                connection.execute(sql.as_str()).await.expect("the lock");
                Blocked::Postgres(connection)
            }
        }
    }

    /// PostgreSQL only: nobody gets in any more, and who was in is thrown out.
    pub async fn shut(&self) {
        let (name, mut server) = (self.name(), server().connect().await.expect("server"));
        server.execute(format!("ALTER DATABASE {name} ALLOW_CONNECTIONS false").as_str()).await.expect("shut");
        // Who was on the way in when it was shut is not listed yet and comes in later; a database can be renamed only when
        // nobody is in or on the way.
        let out = format!("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'");
        let (away, back) =
            (format!("ALTER DATABASE {name} RENAME TO {name}_x"), format!("ALTER DATABASE {name}_x RENAME TO {name}"));
        eventually("nobody is in any more", async || {
            server.execute(out.as_str()).await.expect("throw out");
            server.execute(away.as_str()).await.is_ok().then_some(())
        })
        .await;
        server.execute(back.as_str()).await.expect("back");
    }

    /// PostgreSQL only: open again.
    pub async fn open(&self) {
        let (name, mut server) = (self.name(), server().connect().await.expect("server"));
        server.execute(format!("ALTER DATABASE {name} ALLOW_CONNECTIONS true").as_str()).await.expect("open");
    }

    /// PostgreSQL only: as the program's own role, but past the walls between organisations.
    async fn behind(&self) -> sqlx::PgConnection {
        let mut connection = server().database(self.name()).connect().await.expect("open");
        let role = format!("SET ROLE {BOUND}; SET pult.organisation = '*'");
        connection.execute(role.as_str()).await.expect("the role");
        connection
    }

    fn name(&self) -> &str {
        let address = self.url.split('?').next().unwrap_or_default();
        address.rsplit('/').next().expect("a name")
    }
}

/// A lock held by somebody else.
pub enum Blocked {
    Sqlite(sqlx::SqliteConnection),
    Postgres(sqlx::PgConnection),
}

impl Blocked {
    /// Lets go.
    pub async fn release(self) {
        match self {
            Blocked::Sqlite(mut connection) => {
                connection.execute("ROLLBACK").await.expect("rollback");
            }
            Blocked::Postgres(mut connection) => {
                connection.execute("ROLLBACK").await.expect("rollback");
            }
        }
    }
}

fn server_url() -> String {
    std::env::var("TEST_POSTGRES_URL").expect("TEST_DB=postgres needs TEST_POSTGRES_URL")
}

fn server() -> sqlx::postgres::PgConnectOptions {
    server_url().parse().expect("TEST_POSTGRES_URL is an address")
}
