//! Row-level security on PostgreSQL: a second wall between organisations, behind the one in every statement.
//!
//! A session says whose rows it reaches, in its setting `pult.organisation`: an organisation, or `*` for workers that
//! act over all of them; who says nothing sees nothing. Every table with an organisation is walled by whoever takes the
//! steps of the schema, so a new table needs nothing. Superusers are not bound (`pult doctor` says so).

use crate::{Db, Engine, Result, Tx};
use domain::ids::OrganisationId;
use sqlx::Executor;
use sqlx::pool::PoolConnection;
use sqlx::postgres::{PgPool, Postgres};
use std::fmt;

/// Whose rows are reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// All organisations: sign-in, workers, copies.
    Everywhere,
    Only(OrganisationId),
}

impl fmt::Display for Reach {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Reach::Everywhere => f.write_str("*"),
            Reach::Only(organisation) => organisation.fmt(f),
        }
    }
}

const SETTING: &str = "current_setting('pult.organisation', true)";

/// Tables of organisations without a wall.
fn open_sql() -> &'static str {
    "SELECT t.relname::text FROM pg_class t JOIN pg_attribute c ON c.attrelid = t.oid AND c.attname = 'organisation_id'
     WHERE t.relnamespace = current_schema()::regnamespace AND t.relkind IN ('r', 'p') AND NOT c.attisdropped
       AND NOT (t.relrowsecurity AND t.relforcerowsecurity) ORDER BY t.relname"
}
fn reach_sql() -> &'static str {
    "SELECT set_config('pult.organisation', $1, true)"
}
fn binds_sql() -> &'static str {
    "SELECT NOT (rolsuper OR rolbypassrls) FROM pg_roles WHERE rolname = current_user"
}

async fn open(tx: &mut Tx) -> Result<Vec<String>> {
    match tx {
        Tx::Sqlite(_) => Ok(Vec::new()),
        Tx::Postgres(transaction) => Ok(sqlx::query_scalar(open_sql()).fetch_all(&mut **transaction).await?),
    }
}

/// Whether every table of organisations has its wall.
pub(crate) async fn stand(tx: &mut Tx) -> Result<bool> {
    Ok(open(tx).await?.is_empty())
}

/// Gives a wall to every table of organisations that has none. The owner of the tables is bound as well. The condition is a
/// `CASE` because PostgreSQL takes it for half of all rows: of a plain comparison it believes one in two hundred to be left,
/// and then sorts whole organisations to show a page.
pub(crate) async fn raise(tx: &mut Tx) -> Result<()> {
    for table in open(tx).await? {
        execute!(tx, &format!("ALTER TABLE \"{table}\" ENABLE ROW LEVEL SECURITY"))?;
        execute!(tx, &format!("ALTER TABLE \"{table}\" FORCE ROW LEVEL SECURITY"))?;
        let policy = format!("USING (CASE {SETTING} WHEN '*' THEN TRUE ELSE organisation_id = {SETTING} END)");
        execute!(tx, &format!("CREATE POLICY organisation ON \"{table}\" {policy}"))?;
    }
    Ok(())
}

/// Whether the walls bind the role we came in with; `None` where the engine has none.
pub async fn bind(db: &Db) -> Result<Option<bool>> {
    match db {
        Db::Sqlite { .. } => Ok(None),
        Db::Postgres { read, .. } => Ok(sqlx::query_scalar(binds_sql()).fetch_optional(read).await?),
    }
}

/// A reader that has said whose rows it reaches. This is its proof of being alive as well: one that broke meanwhile is
/// thrown away for the next.
pub(crate) async fn reader(pool: &PgPool, reach: Reach) -> Result<PoolConnection<Postgres>> {
    let say = format!("SET pult.organisation = '{reach}'");
    let mut tries = pool.options().get_max_connections();
    loop {
        let mut reader = pool.acquire().await?;
        match reader.execute(say.as_str()).await {
            Ok(_) => return Ok(reader),
            Err(error) if tries == 0 => return Err(error.into()),
            Err(_) => drop(reader.detach()),
        }
        tries -= 1;
    }
}

impl Tx {
    /// Turns to another organisation for the rest of the transaction.
    pub async fn reach(&mut self, reach: Reach) -> Result<()> {
        match self {
            Tx::Sqlite(_) => Ok(()),
            Tx::Postgres(t) => {
                Ok(sqlx::query(reach_sql()).bind(reach.to_string()).execute(&mut **t).await.map(drop)?)
            }
        }
    }
}

/// Statements built at run time, for the test that prepares every statement on both engines.
pub fn built_statements(engine: Engine) -> Vec<String> {
    let statements = [open_sql(), binds_sql(), reach_sql()].into_iter().filter(|_| engine == Engine::Postgres);
    statements.map(str::to_owned).collect()
}
