//! No room left on the disk.

use crate::support::{Engine, TestApp, items, json, text_message};
use std::path::{Path, PathBuf};
use std::process::Command;

/// A small disk of our own; unmounted when dropped.
struct Disk(PathBuf);

impl Disk {
    /// `None` where one may not be made.
    fn mount(folder: &Path) -> Option<Self> {
        let place = folder.join("disk");
        std::fs::create_dir_all(&place).ok()?;
        let mounted =
            Command::new("mount").args(["-t", "tmpfs", "-o", "size=24m", "tmpfs"]).arg(&place).output().ok()?;
        mounted.status.success().then_some(Self(place))
    }
    /// Takes all room there is.
    fn fill(&self) {
        let mut file = std::fs::File::create(self.0.join("filler")).unwrap();
        while std::io::Write::write_all(&mut file, &[0; 4096]).is_ok() {}
    }
    fn empty(&self) {
        std::fs::remove_file(self.0.join("filler")).unwrap();
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(&self.0).status();
    }
}

#[tokio::test]
async fn a_full_disk_acknowledges_nothing_and_breaks_nothing() {
    let folder = tempfile::Builder::new().prefix("pult").rand_bytes(10).tempdir().unwrap();
    let Some(disk) = Disk::mount(folder.path()) else {
        println!("skipped: only root may mount a small disk");
        return;
    };
    let mut app = TestApp::installed_at(folder, disk.0.clone()).await;
    app.serve().await;
    let organisation = app.organisation("Север").await;
    let api = app.api(&organisation, "*").await;
    let owner = app.owner(&organisation).await;
    let whatsapp = app.connect_whatsapp(&api).await;
    disk.fill();
    // A file cannot be kept, on either engine.
    owner.upload("план.pdf", vec![7; 300_000]).await.refused(503, "storage_unavailable");
    let mut stored = 0;
    if app.database.engine == Engine::Sqlite {
        // The log of the database has a few pages of its own left to reuse; large texts get to their end.
        let long = "ё".repeat(200_000);
        let mut refused = 0;
        for n in 0..40 {
            let reply = whatsapp.post(text_message(&format!("wamid.{n}"), "79161234567", &long)).await;
            match reply.status {
                200 => stored += 1,
                _ => {
                    reply.refused(503, "storage_unavailable");
                    refused += 1;
                }
            }
        }
        assert!(refused > 0, "the disk was not full");
        // Smaller ones find room a little longer; what is answered is there.
        let mut kept = 0;
        loop {
            let reply = api.post("/contacts", json!({"name": "Анна", "note": "ё".repeat(4_000)})).await;
            if reply.status != 201 {
                reply.refused(503, "storage_unavailable");
                break;
            }
            kept += 1;
            assert!(kept < 5_000, "the disk was not full");
        }
        let contacts = api.all("/contacts", 200).await;
        assert_eq!(
            contacts.iter().filter(|contact| contact["name"] == "Анна" && contact["phone"].is_null()).count(),
            kept
        );
        assert_eq!(api.all("/events", 200).await.len(), stored, "exactly what was acknowledged");
    }
    assert_eq!(app.visit("/healthz").await.status, 200);
    disk.empty();
    assert_eq!(whatsapp.post(text_message("wamid.after", "79161234567", "Снова есть место")).await.status, 200);
    assert_eq!(api.events_applied().await.len(), stored + 1);
    owner.upload("план.pdf", vec![7; 300_000]).await.good();
    assert_eq!(items(&api.get("/chats").await.good()).len(), 1);
    assert_eq!(app.terminate().await, 0);
    drop(app);
    drop(disk);
}
