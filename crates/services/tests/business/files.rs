//! Stored files: what may come in, what goes out, and who sees it.

use crate::common::{self, code, code_and_field};
use domain::access::Role;
use services::{ErrorCode, files};

#[tokio::test]
async fn bytes_are_kept_as_they_came_under_the_kind_they_are() {
    let t = common::app().await;
    let anna = t.owner("anna").await;
    let bytes = b"\xff\xd8\xff\xe0 photo";
    let view = files::upload(&anna, "..\\..\\шильдик.exe", bytes).await.unwrap();
    assert_eq!((view.name.as_str(), view.mime.as_str(), view.state.as_str()), ("шильдик.exe", "image/jpeg", "ready"));
    let (same, path) = files::open(&anna, view.id).await.unwrap();
    assert_eq!((same, std::fs::read(&path).unwrap().as_slice()), (view.clone(), &bytes[..]));
    assert!(path.starts_with(&t.app.config.data_dir) && !path.with_extension("part").exists());
    assert_eq!(files::read(&t.app, anna.organisation, view.id).await.unwrap().unwrap().1, bytes);
    let page = files::upload(&anna, "a.html", b"<script>alert(1)</script>").await.unwrap();
    assert_eq!(page.mime, "application/octet-stream");
    assert_eq!(files::disposition(&page.mime), "attachment");

    let refused = files::upload(&anna, "a.bin", &vec![0; files::MAX_BYTES + 1]).await;
    assert_eq!(code_and_field(refused), (ErrorCode::FileTooLarge, "file".into()));
    assert_eq!(code(files::upload(&anna, "a.bin", b"").await), ErrorCode::Required);
    let quality = t.member(&anna, "vera", Role::Quality).await;
    assert_eq!(code(files::upload(&quality, "a.txt", b"a").await), ErrorCode::Forbidden);
    assert!(files::open(&quality, view.id).await.is_ok());
}

#[tokio::test]
async fn a_file_of_a_customer_waits_then_comes_or_does_not() {
    let t = common::app().await;
    let anna = t.owner("anna").await;
    let mut work = anna.work().await.unwrap();
    let photo = files::create_waiting(&mut work, "", "image/jpeg; q=1").await.unwrap();
    let lost = files::create_waiting(&mut work, "голос.ogg", "audio/ogg").await.unwrap();
    work.commit().await.unwrap();
    assert_eq!(code(files::open(&anna, photo).await), ErrorCode::NotFound, "not there yet");
    assert!(files::read(&t.app, anna.organisation, photo).await.unwrap().is_none());

    let mut work = anna.work().await.unwrap();
    files::complete(&mut work, photo, "", "image/jpeg", b"\xff\xd8\xff\xe0").await.unwrap();
    files::fail(&mut work, lost).await.unwrap();
    work.commit().await.unwrap();
    let (view, _) = files::open(&anna, photo).await.unwrap();
    assert_eq!((view.mime.as_str(), view.size, view.name.as_str()), ("image/jpeg", 4, "image.jpg"));
    assert_eq!(code(files::open(&anna, lost).await), ErrorCode::NotFound);
}
