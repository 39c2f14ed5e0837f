//! Copies that are not what they were, and places they do not belong: refused, and nothing is left behind.

use super::{Lived, failed};
use crate::support::{Engine, TestApp, json, text};
use std::io::{Read, Write};
use std::path::Path;

fn unpacked(path: &Path) -> String {
    let mut text = String::new();
    flate2::read::GzDecoder::new(std::fs::File::open(path).unwrap()).read_to_string(&mut text).unwrap();
    text
}

fn packed(path: &Path, text: &str) {
    let mut to = flate2::write::GzEncoder::new(std::fs::File::create(path).unwrap(), flate2::Compression::fast());
    to.write_all(text.as_bytes()).unwrap();
    to.finish().unwrap();
}

#[tokio::test]
async fn a_copy_that_is_not_whole_changes_nothing() {
    let lived = Lived::on(TestApp::installed().await).await;
    let folder = lived.app.folder.path();
    let (good, bad) = (folder.join("good.copy"), folder.join("bad.copy"));
    let ran = lived.app.cli(&["backup", good.to_str().unwrap()]).await;
    assert_eq!(ran.code, 0, "{ran:?}");
    let (bytes, plain) = (std::fs::read(&good).unwrap(), unpacked(&good));
    let elsewhere = TestApp::installed().await;
    let refused = async |says: &str| failed(&elsewhere.cli(&["restore", bad.to_str().unwrap()]).await, says);

    for cut in [bytes.len() / 2, bytes.len() - 1] {
        std::fs::write(&bad, &bytes[..cut]).unwrap();
        refused("damaged or cut off").await;
    }
    let mut bent = bytes.clone();
    bent[bytes.len() / 2] ^= 1;
    std::fs::write(&bad, &bent).unwrap();
    refused("damaged or cut off").await;
    // A word changed in a row, a row taken away, the end taken away, something after the end.
    let row = plain.lines().find(|line| line.starts_with("{\"row\"")).unwrap();
    let end = plain.lines().last().unwrap();
    for other in [
        plain.replacen("Насос", "Кран", 1),
        plain.replacen(&format!("{row}\n"), "", 1),
        plain.replacen(&format!("{end}\n"), "", 1),
        format!("{plain}{row}\n"),
    ] {
        assert_ne!(other, plain);
        packed(&bad, &other);
        refused("damaged or cut off").await;
    }
    packed(&bad, &plain.replacen("\"steps\":[", "\"steps\":[9999,", 1));
    refused("newer version of Pult (step 9999)").await;
    packed(&bad, &plain.replacen("\"format\":1", "\"format\":2", 1));
    refused("newer version of Pult").await;
    for other in [&b"not a copy"[..], b""] {
        std::fs::write(&bad, other).unwrap();
        refused("not a copy").await;
    }
    std::fs::remove_file(&bad).unwrap();
    refused("cannot read").await;
    // Nothing was begun, so the good one still finds an empty place.
    assert_eq!(std::fs::read_dir(elsewhere.data()).unwrap().count(), 0);
    let ran = elsewhere.cli(&["restore", good.to_str().unwrap()]).await;
    assert_eq!(ran.code, 0, "{ran:?}");
}

#[tokio::test]
async fn nothing_is_overwritten_unless_somebody_says_so() {
    let lived = Lived::on(TestApp::installed().await).await;
    let copy = lived.app.folder.path().join("pult.copy");
    let copy = copy.to_str().unwrap();
    assert_eq!(lived.app.cli(&["backup", copy]).await.code, 0);
    let bytes = std::fs::read(copy).unwrap();
    failed(&lived.app.cli(&["backup", copy]).await, "exists already");
    assert!(std::fs::read(copy).unwrap() == bytes);
    let names: Vec<_> = std::fs::read_dir(lived.app.folder.path()).unwrap().map(|f| f.unwrap().file_name()).collect();
    assert!(names.iter().all(|name| !name.to_string_lossy().ends_with(".part")), "{names:?}");

    // An installation with people of its own.
    let (mut elsewhere, api) = TestApp::with_api().await;
    api.post("/contacts", json!({"name": "Здешняя"})).await.good();
    failed(&elsewhere.cli(&["restore", copy]).await, "Pult is running on this database");
    failed(&elsewhere.cli(&["restore", "--replace", copy]).await, "Pult is running on this database");
    assert_eq!(elsewhere.terminate().await, 0);
    failed(&elsewhere.cli(&["restore", copy]).await, "not empty");
    elsewhere.serve().await;
    assert_eq!(text(&api.all("/contacts", 50).await[0], "name"), "Здешняя");
    assert_eq!(elsewhere.terminate().await, 0);
    let ran = elsewhere.cli(&["restore", "--replace", copy]).await;
    assert_eq!(ran.code, 0, "{ran:?}");
    elsewhere.serve().await;
    assert_eq!(api.get("/contacts").await.status, 401, "the key went with its organisation");
    let names: Vec<_> = lived.api_at(&elsewhere).all("/contacts", 50).await;
    assert!(names.iter().all(|contact| contact["name"] != "Здешняя"), "{names:?}");
}

#[tokio::test]
async fn a_key_of_ones_own_is_not_replaced() {
    let lived = Lived::on(TestApp::installed().await).await;
    let copy = lived.app.folder.path().join("pult.copy");
    let copy = copy.to_str().unwrap();
    assert_eq!(lived.app.cli(&["backup", "--with-key", copy]).await.code, 0);
    let elsewhere = TestApp::installed().await;
    assert_eq!(elsewhere.cli(&["doctor"]).await.code, 0);
    let key = std::fs::read(elsewhere.data().join("secret.key")).unwrap();
    failed(&elsewhere.cli(&["restore", copy]).await, "another secret key");
    assert!(std::fs::read(elsewhere.data().join("secret.key")).unwrap() == key);
}

#[tokio::test]
async fn an_older_copy_is_brought_up_to_date_and_a_wrong_address_is_no_empty_copy() {
    let lived = Lived::on(TestApp::installed().await).await;
    // As before the newest step: this copy knows nothing of quarantine.
    lived.app.database.run("ALTER TABLE stops DROP COLUMN restored_from").await;
    lived.app.database.run("DELETE FROM _sqlx_migrations WHERE version = 20").await;
    let copy = lived.app.folder.path().join("pult.copy");
    let copy = copy.to_str().unwrap();
    let ran = lived.app.cli(&["backup", copy]).await;
    assert_eq!(ran.code, 0, "{ran:?}");
    for engine in Engine::at_hand() {
        let mut elsewhere = TestApp::installed_on(engine).await;
        let ran = elsewhere.cli(&["restore", copy]).await;
        assert_eq!(ran.code, 0, "{ran:?}");
        elsewhere.serve().await;
        let stops = lived.api_at(&elsewhere).get("/stops").await.good();
        assert!(stops["items"][0]["restored_from"].is_i64(), "{stops}");
    }
    let mut nowhere = TestApp::installed().await;
    nowhere.set("DATABASE_URL", &format!("sqlite://{}/none.db", nowhere.data().display()));
    failed(&nowhere.cli(&["backup", copy]).await, "there is no database");
    assert_eq!(std::fs::read_dir(nowhere.data()).unwrap().count(), 0);
}
