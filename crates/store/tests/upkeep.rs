//! PostgreSQL knows how much its tables hold soon after they have grown, without waiting for its own looking round.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod common;

use store::Db;

#[tokio::test]
async fn what_has_grown_is_counted_anew() {
    let Some(db) = common::postgres("upkeep").await else { return };
    let Db::Postgres { write, .. } = &db else { return };
    // Its own looking round must not be what helps.
    sqlx::query("ALTER TABLE users SET (autovacuum_enabled = false)").execute(write).await.unwrap();
    let known = "SELECT CAST(reltuples AS BIGINT) FROM pg_class WHERE relname = 'users'";
    let known = async || sqlx::query_scalar::<_, i64>(known).fetch_one(write).await.unwrap();
    assert!(known().await <= 0);
    sqlx::query(
        "INSERT INTO users (id, email, email_folded, name, password_hash, language, notifications, created_at)
         SELECT 'u' || n, n || '@sever.example', n || '@sever.example', 'Анна', '', 'ru', '{}', 1 FROM generate_series(1, 3000) n",
    )
    .execute(write)
    .await
    .unwrap();
    for _ in 0..600 {
        db.upkeep().await.unwrap();
        if known().await > 0 {
            break;
        }
        // What a connection did is told to the others within a second.
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    assert_eq!(known().await, 3_000);
}
