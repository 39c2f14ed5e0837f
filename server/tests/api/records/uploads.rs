//! Files people upload: whatever somebody puts into one, a browser never takes it for a page of ours.

use crate::support::{Reply, TestApp, text};
use reqwest::Method;

/// A name, its bytes, and as what it is given back.
const HOSTILE: [(&str, &[u8], &str); 7] = [
    ("счёт.html", b"<script>alert(1)</script>", "application/octet-stream"),
    ("значок.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "application/octet-stream"),
    ("фото.jpg", b"<html><body onload=alert(1)>", "application/octet-stream"),
    ("план.pdf", b"%PDF-1.7 /JavaScript (app.alert(1))", "application/pdf"),
    ("письмо.txt", b"<script>alert(1)</script>", "text/plain"),
    ("таблица.xlsx", b"PK\x03\x04 and so on", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ("снимок.jpg.exe", b"MZ\x90\x00", "application/octet-stream"),
];

async fn download(browser: &crate::support::Browser, id: &str) -> Reply {
    Reply::of(browser.request(Method::GET, &format!("/files/{id}"))).await
}

#[tokio::test]
async fn a_hostile_file_is_only_ever_downloaded() {
    let app = TestApp::start().await;
    let owner = app.owner(&app.organisation("Север").await).await;
    for (name, bytes, kind) in HOSTILE {
        let uploaded = owner.upload(name, bytes.to_vec()).await.good();
        let file = download(&owner, text(&uploaded, "id")).await;
        assert_eq!((file.status, file.header("content-type")), (200, kind), "{name}");
        assert!(file.header("content-disposition").starts_with("attachment"), "{name}: {file:?}");
        safe(name, &file);
    }
    let picture = owner.upload("фото.html", b"\xff\xd8\xff\xe0<script>alert(1)</script>".to_vec()).await.good();
    let picture = app.http.get(format!("{}/files/{}", app.base, text(&picture, "id"))).header("cookie", &owner.cookie);
    let picture = picture.send().await.unwrap();
    assert_eq!(picture.headers()["content-type"], "image/jpeg", "by its bytes, whatever it is called");
    assert_eq!(picture.headers()["x-content-type-options"], "nosniff");

    let quoted = owner.upload("a\"; filename=b.exe; x=.txt", b"words".to_vec()).await.good();
    let quoted = download(&owner, text(&quoted, "id")).await;
    assert!(!quoted.header("content-disposition").contains('"'), "{quoted:?}");
}

#[track_caller]
fn safe(name: &str, file: &Reply) {
    assert_eq!(file.header("x-content-type-options"), "nosniff", "{name}");
    assert_eq!(file.header("cross-origin-resource-policy"), "same-origin", "{name}");
    let policy = file.header("content-security-policy");
    assert!(policy.contains("default-src 'none'") && policy.ends_with("sandbox"), "{name}: {policy}");
    assert!(file.header("cache-control").starts_with("private"), "{name}: {file:?}");
}

#[tokio::test]
async fn a_file_too_large_is_refused_and_leaves_nothing() {
    let app = TestApp::start().await;
    let owner = app.owner(&app.organisation("Север").await).await;
    owner.upload("много.bin", vec![7; 17 * 1024 * 1024]).await.refused(413, "file_too_large");
    owner.upload("ничего.bin", Vec::new()).await.refused_somehow();
    assert!(!app.data().join("files").exists(), "no bytes are left behind");
}
