//! From SQLite to PostgreSQL: everything is as it was, and everything goes on.

use super::{Lived, PHONE, assert_same, everything, failed};
use crate::support::{Database, Engine, TestApp, json, text};

/// An installation on SQLite and an empty PostgreSQL, where there is one.
async fn both() -> Option<(Lived, Database)> {
    if !Engine::at_hand().contains(&Engine::Postgres) {
        println!("skipped: there is no PostgreSQL to move to (TEST_POSTGRES_URL)");
        return None;
    }
    let lived = Lived::on(TestApp::installed_on(Engine::Sqlite).await).await;
    let target = Database::fresh(Engine::Postgres, lived.app.folder.path()).await;
    Some((lived, target))
}

#[tokio::test]
async fn everything_is_as_it_was_and_goes_on() {
    let Some((mut lived, target)) = both().await else { return };
    let before = everything(&lived.api).await;
    assert_eq!(lived.app.terminate().await, 0);
    let ran = lived.app.cli(&["move-to-postgres", "--to", &target.url]).await;
    assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{ran:?}");
    let says = |start: &str| ran.out.lines().any(|line| line.starts_with(start));
    assert!(says("messages ") && says("Moved and compared") && says("Next: set DATABASE_URL"), "{}", ran.out);

    lived.app.set("DATABASE_URL", &target.url);
    lived.app.serve().await;
    assert_same(&before, &everything(&lived.api).await);
    // Whoever was signed in still is; live hints have numbers of their own again.
    let mut stream = lived.owner.live(None).await;
    let made = lived.owner.server_fn("contacts_create", json!({"contact": {"name": "После"}})).await.good();
    stream.until("contacts", text(&made, "id")).await;
    lived.app.owner(&lived.organisation).await;
    // A webhook, an answer to it, and the next order takes the next number.
    lived.whatsapp.customer_writes("79997654321", "Вы переехали?").await;
    let other = text(&lived.whatsapp.chat(&lived.api, "79997654321").await, "id").to_owned();
    let message = lived.api.says(&other, "Да, теперь мы здесь").await;
    lived.api.message_in(&other, &message, "read").await;
    let (order, product) = (&lived.api.all("/orders", 50).await[0], &lived.api.all("/products", 50).await[0]);
    let line = json!([{"product_id": product["id"], "quantity": 1}]);
    let next = lived.api.post("/orders", json!({"contact_id": order["contact_id"], "items": line})).await.good();
    assert_eq!(next["number"], 2, "{next}");
    // What waited still waits: nothing was stopped, nothing went out early.
    assert!(lived.whatsapp.sent_to(PHONE).is_empty());
    // A second time there is no empty place any more.
    assert_eq!(lived.app.terminate().await, 0);
    lived.app.set("DATABASE_URL", &lived.app.database.url.clone());
    failed(&lived.app.cli(&["move-to-postgres", "--to", &target.url]).await, "not empty");
    // The old database is as it was.
    lived.app.serve().await;
    assert_same(&before, &everything(&lived.api).await);
}

#[tokio::test]
async fn what_cannot_be_moved_is_refused_and_left_alone() {
    let Some((mut lived, target)) = both().await else { return };
    let to = ["move-to-postgres", "--to", target.url.as_str()];
    failed(&lived.app.cli(&to).await, "Pult is running on this database");
    failed(&lived.app.cli(&["move-to-postgres", "--to", "sqlite://x.db"]).await, "postgres://");
    assert_eq!(lived.app.terminate().await, 0);
    target.run("CREATE TABLE somebody (id BIGINT PRIMARY KEY); INSERT INTO somebody VALUES (1)").await;
    failed(&lived.app.cli(&to).await, "belongs to another program");
    target.run("DROP TABLE somebody").await;
    // A row that means something else there: PostgreSQL refuses it, and has nothing.
    lived.app.database.run("UPDATE journal SET args = 'not JSON' WHERE id = (SELECT MIN(id) FROM journal)").await;
    failed(&lived.app.cli(&to).await, "JSON");
    lived.app.database.run("UPDATE journal SET args = '{}' WHERE args = 'not JSON'").await;
    let ran = lived.app.cli(&to).await;
    assert_eq!(ran.code, 0, "{ran:?}");
    lived.app.serve().await;
    lived.api.get("/contacts").await.good();
}
