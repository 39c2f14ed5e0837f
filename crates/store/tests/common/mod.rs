//! Fresh databases of both engines.

#![allow(dead_code, reason = "every test binary uses its own part")]

use sqlx::{Connection, Executor, PgConnection};
use std::path::Path;
use store::Db;

pub async fn sqlite(folder: &Path) -> Db {
    migrated(&format!("sqlite://{}", folder.join("pult.db").display())).await
}

/// A fresh PostgreSQL database, if there is a server to test on.
pub async fn postgres(name: &str) -> Option<Db> {
    let server = std::env::var("TEST_POSTGRES_URL").ok()?;
    let name = format!("pult_store_{}_{name}", std::process::id());
    let mut connection = PgConnection::connect(&server).await.unwrap();
    // A role without rights owns it, so that row-level security binds us as it does in life.
    let role = "DO $$ BEGIN CREATE ROLE pult_bound LOGIN; \
                EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$";
    connection.execute(role).await.unwrap();
    connection.execute(format!("CREATE DATABASE {name} OWNER pult_bound").as_str()).await.unwrap();
    connection.close().await.unwrap();
    let (head, query) = server.split_once('?').map_or((server.as_str(), String::new()), |(h, q)| (h, format!("?{q}")));
    let (scheme, rest) = head.split_once("://").unwrap();
    let host = rest.split('/').next().unwrap();
    let host = host.rsplit('@').next().unwrap();
    Some(migrated(&format!("{scheme}://pult_bound@{host}/{name}{query}")).await)
}

pub async fn migrated(url: &str) -> Db {
    let db = Db::open(url).await.unwrap();
    db.migrate().await.unwrap();
    db
}
