//! A database that a newer program has made.

use crate::support::TestApp;

#[tokio::test]
async fn an_older_program_refuses_with_a_clear_sentence() {
    let (mut app, api) = TestApp::with_api().await;
    app.terminate().await;
    app.database
        .run(
            "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time)
             SELECT 9999, 'from the future', success, checksum, 1 FROM _sqlx_migrations WHERE version = 1",
        )
        .await;
    let ended = app.try_serve().await.expect_err("it serves all the same");
    assert_eq!(ended.code, 1);
    for ran in [
        ended,
        app.cli(&["migrate"]).await,
        app.cli(&["doctor"]).await,
        app.cli(&[
            "admin",
            "create-api-key",
            "--organisation",
            "0198c0de-0000-7000-8000-000000000000",
            "--scopes",
            "*",
        ])
        .await,
    ] {
        assert_eq!(ran.code, 1, "{ran:?}");
        let last = ran.err.lines().last().unwrap_or_default();
        assert!(
            last.starts_with("pult: ") && last.contains("newer version of Pult") && last.contains("9999"),
            "{ran:?}"
        );
        assert!(last.contains("nothing was changed"), "{ran:?}");
    }
    // The newer program is put back: everything is as it was.
    app.database.run("DELETE FROM _sqlx_migrations WHERE version = 9999").await;
    app.serve().await;
    api.get("/contacts").await.good();
}
