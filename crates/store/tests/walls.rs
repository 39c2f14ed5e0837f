//! Row-level security: what one organisation's transaction reaches when a statement forgets to say whose rows it means.
//! Only PostgreSQL has walls; without `TEST_POSTGRES_URL` there is nothing to test.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod common;

use domain::ids::{Id, OrganisationId};
use sqlx::Executor;
use store::{Db, Tx};

/// A fresh database with a counter in each of two organisations.
async fn two_organisations(name: &str) -> Option<(Db, [OrganisationId; 2])> {
    let db = common::postgres(name).await?;
    let both = [OrganisationId::make(1, &[1; 10]), OrganisationId::make(2, &[2; 10])];
    let mut tx = db.begin().await.unwrap();
    for id in both {
        let made = format!(
            "INSERT INTO organisations (id, name, time_zone, currency, settings, rev, created_at)
             VALUES ('{id}', 'n', 'UTC', 'RUB', '{{}}', 1, 1);
             INSERT INTO counters (organisation_id, name, value) VALUES ('{id}', 'orders', 1)"
        );
        run(&mut tx, &made).await.unwrap();
    }
    tx.commit().await.unwrap();
    Some((db, both))
}

async fn run(tx: &mut Tx, sql: &str) -> Result<u64, sqlx::Error> {
    let Tx::Postgres(t) = tx else { panic!("PostgreSQL") };
    sqlx::raw_sql(sql).execute(&mut **t).await.map(|done| done.rows_affected())
}

#[tokio::test]
async fn a_statement_that_forgets_the_organisation_stays_within_it() {
    let Some((db, [ours, theirs])) = two_organisations("careless").await else { return };
    assert_eq!(store::walls::bind(&db).await.unwrap(), Some(true));
    let careless = "UPDATE counters SET value = value + 1";
    let mut tx = db.of(ours).begin().await.unwrap();
    assert_eq!(run(&mut tx, careless).await.unwrap(), 1, "one's own only");
    let foreign = format!("INSERT INTO counters (organisation_id, name, value) VALUES ('{theirs}', 'x', 1)");
    let refused = run(&mut tx, &foreign).await.unwrap_err().to_string();
    assert!(refused.contains("row-level security"), "{refused}");
    drop(tx);

    let mut tx = db.of(ours).begin().await.unwrap();
    tx.reach(store::walls::Reach::Only(theirs)).await.unwrap();
    run(&mut tx, &foreign).await.unwrap();
    assert_eq!(run(&mut tx, careless).await.unwrap(), 2, "whoever turns to another organisation reaches that one");
    drop(tx);

    let mut tx = db.begin().await.unwrap();
    assert_eq!(run(&mut tx, careless).await.unwrap(), 2, "workers reach all");
    drop(tx);

    let Db::Postgres { write, .. } = &db else { panic!("PostgreSQL") };
    let done = write.execute(careless).await.unwrap();
    assert_eq!(done.rows_affected(), 0, "who does not say whose rows they mean reaches none");
}

#[tokio::test]
async fn every_table_of_organisations_has_its_wall() {
    let Some((db, _)) = two_organisations("walled").await else { return };
    let mut tx = db.begin().await.unwrap();
    let count = "SELECT COUNT(*) FROM pg_class t JOIN pg_policy p ON p.polrelid = t.oid
                 WHERE t.relrowsecurity AND t.relforcerowsecurity";
    let Tx::Postgres(t) = &mut tx else { panic!("PostgreSQL") };
    let walled: i64 = sqlx::query_scalar(count).fetch_one(&mut **t).await.unwrap();
    let tables = store::tables::all(&mut tx).await.unwrap();
    let theirs = tables.iter().filter(|table| table.columns.iter().any(|column| column.name == "organisation_id"));
    assert_eq!(walled, theirs.count() as i64);
    assert!(walled > 30, "{walled}");
}
