//! The command line: answers, exit codes, errors.

use crate::support::{Engine, Json, PASSWORD, Ran, TestApp, json, text};
use std::collections::BTreeSet;

/// Exit code 1, nothing on standard output, one clear line on standard error.
#[track_caller]
fn failed(ran: &Ran, says: &str) {
    assert_eq!((ran.code, ran.out.as_str()), (1, ""), "{ran:?}");
    let lines: Vec<_> = ran.err.lines().collect();
    assert_eq!(lines.len(), 1, "{ran:?}");
    assert!(lines[0].starts_with("pult: ") && lines[0].len() > 15, "{ran:?}");
    assert!(lines[0].to_lowercase().contains(says), "{says}: {ran:?}");
}

#[track_caller]
fn fields(json: &Json) -> Vec<&str> {
    json.as_object().unwrap().keys().map(String::as_str).collect()
}

#[tokio::test]
async fn an_installation_is_set_up_from_the_command_line() {
    let app = TestApp::installed().await;
    let arguments = [
        "admin",
        "create-organisation",
        "--name",
        "Север",
        "--owner-email",
        "owner@sever.example",
        "--owner-password-stdin",
        "--json",
    ];
    let made = app.cli_with(&arguments, &format!("{PASSWORD}\n")).await.json();
    assert_eq!(fields(&made), ["organisation_id", "user_id"]);
    let organisation = text(&made, "organisation_id");

    let key =
        app.cli(&["admin", "create-api-key", "--organisation", organisation, "--scopes", "*", "--json"]).await.json();
    assert_eq!(fields(&key), ["api_key_id", "key"]);

    let settings = app.folder.path().join("whatsapp.json");
    let values = json!({"phone_number_id": "1", "waba_id": "2", "app_id": "3", "app_secret": "s", "access_token": "t", "base_url": "http://127.0.0.1:9"});
    std::fs::write(&settings, values.to_string()).unwrap();
    let settings = settings.to_str().unwrap();
    let connected = app
        .cli(&["admin", "connect", "whatsapp", "--organisation", organisation, "--settings", settings, "--json"])
        .await
        .json();
    let path = text(&connected, "webhook_path");
    assert!(path.starts_with("/api/hooks/whatsapp/") && path.len() > 40, "{connected}");
    assert_eq!(text(&connected, "webhook_url"), format!("{}{path}", app.base));

    // The same words without --json, for people.
    let shown = app
        .cli(&["admin", "create-api-key", "--organisation", organisation, "--scopes", "orders:read,chats:write"])
        .await;
    assert_eq!(shown.code, 0);
    assert!(shown.out.lines().any(|line| line.starts_with("key: pult_")), "{shown:?}");

    let mut app = app;
    app.serve().await;
    let api = app.nobody().with_key(text(&key, "key"));
    let connections = api.get("/connections").await.good();
    assert_eq!(connections["items"][0]["id"], connected["connection_id"]);
    // The program serves while the operator works.
    app.cli(&["admin", "create-api-key", "--organisation", organisation, "--scopes", "*", "--json"]).await.json();
    app.owner(&crate::support::Organisation {
        id: organisation.into(),
        owner_id: String::new(),
        owner_email: "owner@sever.example".into(),
    })
    .await;
}

#[tokio::test]
async fn settings_of_a_provider_are_described_by_a_schema() {
    let app = TestApp::installed().await;
    let schema = app.cli(&["admin", "connect", "whatsapp", "--describe", "--json"]).await.json();
    assert_eq!(
        (text(&schema, "type"), text(&schema, "$schema")),
        ("object", "https://json-schema.org/draft/2020-12/schema")
    );
    let properties: BTreeSet<_> = fields(&schema["properties"]).into_iter().collect();
    let expected = [
        "access_token",
        "api_version",
        "app_id",
        "app_secret",
        "base_url",
        "phone_number_id",
        "verify_token",
        "waba_id",
    ];
    assert_eq!(properties, expected.into_iter().collect());
    let required: BTreeSet<_> = schema["required"].as_array().unwrap().iter().filter_map(Json::as_str).collect();
    assert_eq!(required, ["access_token", "app_id", "app_secret", "phone_number_id", "waba_id"].into_iter().collect());
    assert_eq!(schema["additionalProperties"], false);
    for secret in ["access_token", "app_secret", "verify_token"] {
        assert_eq!(schema["properties"][secret]["writeOnly"], true, "{secret}");
    }
    // It needs no database and makes none.
    assert_eq!(std::fs::read_dir(app.data()).unwrap().count(), 0);
}

#[tokio::test]
async fn wrong_use_is_two() {
    let app = TestApp::installed().await;
    let wrong: [&[&str]; 14] = [
        &[],
        &["dance"],
        &["serve", "--fast"],
        &["admin"],
        &["admin", "create-organisation"],
        &["admin", "create-organisation", "--name", "Север", "--owner-email", "a@b.example"],
        &["admin", "create-api-key", "--scopes", "*"],
        &["admin", "create-api-key", "--organisation", "not-an-id", "--scopes", "*"],
        &["admin", "connect"],
        &["admin", "connect", "whatsapp"],
        &["admin", "connect", "whatsapp", "--organisation", "0198c0de-0000-7000-8000-000000000000"],
        &["backup"],
        &["restore"],
        &["move-to-postgres"],
    ];
    for arguments in wrong {
        let ran = app.cli(arguments).await;
        assert_eq!((ran.code, ran.out.as_str()), (2, ""), "{arguments:?}: {ran:?}");
        assert!(!ran.err.is_empty(), "{arguments:?}");
    }
    for arguments in [&["--help"][..], &["--version"], &["admin", "--help"]] {
        let ran = app.cli(arguments).await;
        assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{arguments:?}: {ran:?}");
    }
    assert_eq!(std::fs::read_dir(app.data()).unwrap().count(), 0, "nothing was begun");
}

#[tokio::test]
async fn what_fails_is_one_with_one_clear_line() {
    let app = TestApp::installed().await;
    let organisation = app.organisation("Север").await;
    let (id, email) = (organisation.id.as_str(), organisation.owner_email.as_str());
    let nobody = "0198c0de-0000-7000-8000-000000000000";
    let make = ["admin", "create-organisation", "--owner-password-stdin", "--name"];
    let create = async |name: &str, email: &str, password: &str| {
        app.cli_with(&[&make[..], &[name, "--owner-email", email]].concat(), password).await
    };
    failed(&create("Юг", "b@b.example", "короткий\n").await, "password");
    failed(&create("Юг", "b@b.example", "").await, "password");
    failed(&create("Юг", "no mail", PASSWORD).await, "email");
    failed(&create("", "b@b.example", PASSWORD).await, "name");
    failed(&create("Юг", email, "не тот пароль").await, "credentials");
    // The right password of somebody known: a second organisation of the same person.
    let second = app.cli_with(&[&make[..], &["Юг", "--owner-email", email, "--json"]].concat(), PASSWORD).await.json();
    assert_eq!(second["user_id"], organisation.owner_id.as_str());

    failed(&app.cli(&["admin", "create-api-key", "--organisation", nobody, "--scopes", "*"]).await, "not_found");
    failed(&app.cli(&["admin", "create-api-key", "--organisation", id, "--scopes", "everything"]).await, "scopes");
    failed(&app.cli(&["admin", "create-api-key", "--organisation", id, "--scopes", ""]).await, "scopes");
    failed(&app.cli(&["admin", "connect", "telepathy", "--describe", "--json"]).await, "unknown_provider");

    let file = app.folder.path().join("settings.json");
    let path = file.to_str().unwrap();
    let connect = async |provider: &str, organisation: &str| {
        app.cli(&["admin", "connect", provider, "--organisation", organisation, "--settings", path]).await
    };
    failed(&connect("whatsapp", id).await, "settings.json");
    for (settings, says) in [
        ("not JSON", "settings.json"),
        ("[]", "settings.json"),
        ("{}", "phone_number_id"),
        (r#"{"phone_number_id": 7}"#, "phone_number_id"),
        (r#"{"phone_number_id": "7", "colour": "red"}"#, "colour"),
    ] {
        std::fs::write(&file, settings).unwrap();
        failed(&connect("whatsapp", id).await, says);
    }
    std::fs::write(&file, "{}").unwrap();
    failed(&connect("telepathy", id).await, "unknown_provider");
}

#[tokio::test]
async fn an_environment_that_makes_no_sense_is_said_to_be_so() {
    for (name, value, says) in [
        ("PULT_ADDR", "nowhere", "pult_addr"),
        ("PULT_ADDR", "127.0.0.1", "pult_addr"),
        ("PULT_PUBLIC_URL", "pult.example", "pult_public_url"),
        ("PULT_SECRET_KEY", "short", "key"),
        ("DATABASE_URL", "mysql://localhost/pult", "database"),
        ("DATABASE_URL", "postgres://nobody@127.0.0.1:9/none", "database"),
        ("DATABASE_URL", "sqlite:///proc/none/pult.db", "database"),
    ] {
        let mut app = TestApp::installed().await;
        app.organisation("Север").await;
        app.set(name, value);
        for command in [&["serve"][..], &["doctor"]] {
            let ran = app.cli(command).await;
            assert_eq!(ran.code, 1, "{name}={value} {command:?}: {ran:?}");
            let last = ran.err.lines().last().unwrap_or_default();
            assert!(last.starts_with("pult: ") && last.to_lowercase().contains(says), "{name}={value}: {ran:?}");
            assert!(!ran.err.contains("panicked") && !ran.err.contains("short"), "{ran:?}");
        }
    }
}

#[tokio::test]
async fn migrate_and_doctor_leave_a_good_installation_good() {
    let mut app = TestApp::installed().await;
    for _ in 0..2 {
        let ran = app.cli(&["migrate"]).await;
        assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{ran:?}");
    }
    let ran = app.cli(&["doctor"]).await;
    assert_eq!(ran.code, 0, "{ran:?}");
    assert!(ran.out.contains("plain http") && ran.out.contains("All good."), "{ran:?}");
    // So is what a commit is not worth any more.
    if Engine::of_this_run() == Engine::Sqlite {
        let careless = format!("{}?synchronous=normal", app.database.url);
        app.set("DATABASE_URL", &careless);
        let ran = app.cli(&["doctor"]).await;
        assert!(ran.code == 0 && ran.out.contains("may be gone after a power cut"), "{ran:?}");
    }
    // What is wrong is said.
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(app.data().join("secret.key"), std::fs::Permissions::from_mode(0o644)).unwrap();
    failed(&Ran { out: String::new(), ..app.cli(&["doctor"]).await }, "others on this machine can read");
    let document = app.cli(&["openapi"]).await.json();
    assert_eq!(document["openapi"].as_str().map(|version| &version[..2]), Some("3."));
}
