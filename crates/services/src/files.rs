//! Files: bytes in the data directory, facts in the database. What a file is, is read from its first bytes, not believed.

use crate::{App, Cx, Result, Work};
use domain::access::Permission;
use domain::ids::{FileId, OrganisationId};
use domain::views::FileView;
use domain::{ApiError, ErrorCode};
use sha2::Digest;
use std::path::{Path, PathBuf};

/// Largest upload.
pub const MAX_BYTES: usize = 16 * 1024 * 1024;

/// Stores a file a person uploads.
pub async fn upload(cx: &Cx, name: &str, bytes: &[u8]) -> Result<FileView> {
    cx.allow(Permission::OrdersRead)?;
    if cx.allow(Permission::ChatsWrite).is_err() {
        cx.allow(Permission::OrdersWrite)?;
    }
    if bytes.len() > MAX_BYTES {
        return Err(ApiError::new(ErrorCode::FileTooLarge).arg("max_bytes", MAX_BYTES).field("file").into());
    }
    if bytes.is_empty() {
        return Err(ApiError::new(ErrorCode::Required).field("file").into());
    }
    let mime = sniff(bytes, name);
    let view = ready_view(cx, name, mime, bytes.len());
    write_bytes(&cx.app, cx.organisation, view.id, bytes).await?;
    let mut work = cx.work().await?;
    store::files::insert(&mut work.tx, cx.organisation, &view, &hash(bytes)).await?;
    work.commit().await?;
    Ok(view)
}

/// The facts of a file whose bytes are there.
pub(crate) fn ready_view(cx: &Cx, name: &str, mime: &str, size: usize) -> FileView {
    FileView {
        id: cx.id(),
        name: safe_name(name, mime),
        mime: mime.to_owned(),
        size: size as i64,
        state: "ready".into(),
        created_at: cx.now,
    }
}

/// By what bytes are known again.
pub(crate) fn hash(bytes: &[u8]) -> String {
    hex::encode(sha2::Sha256::digest(bytes))
}

/// A file whose bytes a job will fetch.
pub async fn create_waiting(work: &mut Work, name: &str, mime: &str) -> Result<FileId> {
    let mime = known_mime(mime);
    let view = FileView {
        id: work.id(),
        name: safe_name(name, mime),
        mime: mime.to_owned(),
        size: 0,
        state: "waiting".into(),
        created_at: work.now,
    };
    store::files::insert(&mut work.tx, work.organisation, &view, "").await?;
    Ok(view.id)
}

/// The bytes arrived.
pub async fn complete(work: &mut Work, id: FileId, name: &str, mime: &str, bytes: &[u8]) -> Result<()> {
    let Some(row) = store::files::row(&mut work.tx, work.organisation, id).await? else { return Ok(()) };
    let sniffed = sniff(bytes, if name.is_empty() { &row.name } else { name });
    // What the sender calls it counts only where the bytes of that kind have no mark of their own.
    let marked = |mime: &str| mime.starts_with("image/") || mime == "application/pdf";
    let mime = if sniffed == OTHER { known_mime(mime) } else { sniffed };
    let mime = if sniffed == OTHER && marked(mime) { OTHER } else { mime };
    let name = if name.is_empty() { row.name } else { safe_name(name, mime) };
    let app = work.app.clone();
    write_bytes(&app, work.organisation, id, bytes).await?;
    let hash = hash(bytes);
    Ok(store::files::ready(&mut work.tx, work.organisation, id, &name, mime, bytes.len() as i64, &hash).await?)
}

/// The bytes will not come.
pub async fn fail(work: &mut Work, id: FileId) -> Result<()> {
    Ok(store::files::failed(&mut work.tx, work.organisation, id).await?)
}

/// A file for showing: its facts and where its bytes lie.
pub async fn open(cx: &Cx, id: FileId) -> Result<(FileView, PathBuf)> {
    cx.allow(Permission::OrdersRead)?;
    if !store::sight::sees_file(cx.db(), cx.sight(), id).await? {
        return Err(ErrorCode::NotFound.into());
    }
    let view = store::files::one(cx.db(), cx.organisation, id)
        .await?
        .filter(|f| f.state == "ready")
        .ok_or(ErrorCode::NotFound)?;
    Ok((view, path(&cx.app.config.data_dir, cx.organisation, id)))
}

/// A file with its bytes, for workers.
pub async fn read(app: &App, organisation: OrganisationId, id: FileId) -> Result<Option<(FileView, Vec<u8>)>> {
    let Some(view) = store::files::one(&app.db, organisation, id).await?.filter(|f| f.state == "ready") else {
        return Ok(None);
    };
    match tokio::fs::read(path(&app.config.data_dir, organisation, id)).await {
        Ok(bytes) => Ok(Some((view, bytes))),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(anyhow::anyhow!("file {id}: {error}").into()),
    }
}

/// How a browser may treat it: only pictures, sound and film are shown in place; documents may hold scripts.
pub fn disposition(mime: &str) -> &'static str {
    let shown = ["image/jpeg", "image/png", "image/webp", "image/gif"].contains(&mime);
    if shown || mime.starts_with("audio/") || mime.starts_with("video/") { "inline" } else { "attachment" }
}

/// Where its bytes lie.
pub(crate) fn path(data_dir: &Path, organisation: OrganisationId, id: FileId) -> PathBuf {
    let name = id.to_string();
    // The last characters are the random ones.
    data_dir.join("files").join(organisation.to_string()).join(&name[name.len() - 2..]).join(name)
}

pub(crate) async fn write_bytes(app: &App, organisation: OrganisationId, id: FileId, bytes: &[u8]) -> Result<()> {
    let (target, bytes) = (path(&app.config.data_dir, organisation, id), bytes.to_vec());
    let written = tokio::task::spawn_blocking(move || write(&target, &bytes)).await.map_err(anyhow::Error::from)?;
    written.map_err(|error| {
        tracing::error!(%error, "A file could not be written");
        crate::Error::from(ErrorCode::StorageUnavailable)
    })
}

/// Written beside, flushed, then renamed: a half-written file is never seen.
pub(crate) fn write(target: &Path, bytes: &[u8]) -> std::io::Result<()> {
    use std::io::Write;
    let folder = target.parent().unwrap_or(Path::new("."));
    let temporary = target.with_extension("part");
    std::fs::create_dir_all(folder)?;
    let mut file = std::fs::File::create(&temporary)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    std::fs::rename(&temporary, target)?;
    std::fs::File::open(folder)?.sync_all()
}

/// A name without paths and control characters, with an ending.
fn safe_name(name: &str, mime: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let clean: String = last.chars().filter(|c| !c.is_control()).take(120).collect();
    let clean = clean.trim().trim_matches('.').to_owned();
    if !clean.is_empty() {
        return clean;
    }
    let (stem, ending) =
        KINDS.iter().find(|k| k.0 == mime).map_or(("file", "bin"), |k| (k.0.split('/').next().unwrap_or("file"), k.1));
    format!("{stem}.{ending}")
}

const OTHER: &str = "application/octet-stream";

/// Kinds that are stored under their own name: MIME and ending.
const KINDS: &[(&str, &str)] = &[
    ("image/jpeg", "jpg"),
    ("image/png", "png"),
    ("image/webp", "webp"),
    ("image/gif", "gif"),
    ("application/pdf", "pdf"),
    ("text/plain", "txt"),
    ("text/csv", "csv"),
    ("audio/ogg", "ogg"),
    ("audio/mpeg", "mp3"),
    ("audio/mp4", "m4a"),
    ("audio/aac", "aac"),
    ("audio/amr", "amr"),
    ("video/mp4", "mp4"),
    ("video/3gpp", "3gp"),
    ("application/msword", "doc"),
    ("application/vnd.ms-excel", "xls"),
    ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx"),
    ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"),
    ("application/vnd.openxmlformats-officedocument.presentationml.presentation", "pptx"),
    ("application/zip", "zip"),
];

fn known_mime(mime: &str) -> &'static str {
    let plain = mime.split(';').next().unwrap_or_default().trim();
    KINDS.iter().find(|k| k.0.eq_ignore_ascii_case(plain)).map_or(OTHER, |k| k.0)
}

/// The kind of a file by its first bytes; the ending decides only among kinds that share them.
fn sniff(bytes: &[u8], name: &str) -> &'static str {
    let ending = name.rsplit('.').next().unwrap_or_default().to_lowercase();
    let by_ending = |among: &[&str]| KINDS.iter().find(|k| k.1 == ending && among.contains(&k.1)).map(|k| k.0);
    match bytes {
        [0xff, 0xd8, 0xff, ..] => "image/jpeg",
        [0x89, b'P', b'N', b'G', ..] => "image/png",
        [b'G', b'I', b'F', b'8', ..] => "image/gif",
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => "image/webp",
        [b'%', b'P', b'D', b'F', ..] => "application/pdf",
        [b'O', b'g', b'g', b'S', ..] => "audio/ogg",
        [b'I', b'D', b'3', ..] | [0xff, 0xfb | 0xf3 | 0xf2, ..] => "audio/mpeg",
        [0xff, 0xf1 | 0xf9, ..] => "audio/aac",
        [b'#', b'!', b'A', b'M', b'R', ..] => "audio/amr",
        [_, _, _, _, b'f', b't', b'y', b'p', b'3', b'g', ..] => "video/3gpp",
        [_, _, _, _, b'f', b't', b'y', b'p', b'M', b'4', b'A', ..] => "audio/mp4",
        [_, _, _, _, b'f', b't', b'y', b'p', ..] => by_ending(&["m4a"]).unwrap_or("video/mp4"),
        [b'P', b'K', 3, 4, ..] => by_ending(&["docx", "xlsx", "pptx"]).unwrap_or("application/zip"),
        [0xd0, 0xcf, 0x11, 0xe0, ..] => by_ending(&["doc", "xls"]).unwrap_or(OTHER),
        _ if std::str::from_utf8(bytes).is_ok_and(|t| !t.contains('\0')) => by_ending(&["txt", "csv"]).unwrap_or(OTHER),
        _ => OTHER,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// Whatever comes: a name without a way in it, and a kind we know.
        #[test]
        fn any_bytes_under_any_name_are_taken_safely(bytes in proptest::collection::vec(any::<u8>(), 0..600), name in ".{0,300}") {
            let mime = sniff(&bytes, &name);
            prop_assert_eq!(known_mime(mime), mime);
            let safe = safe_name(&name, mime);
            prop_assert!(!safe.is_empty() && safe != "." && safe != "..", "{}", safe);
            prop_assert!(!safe.contains(['/', '\\', '\0', '\n', '\r']), "{}", safe);
        }
    }

    #[test]
    fn the_bytes_decide_what_a_file_is() {
        assert_eq!(sniff(b"\xff\xd8\xff\xe0rest", "virus.exe"), "image/jpeg");
        assert_eq!(sniff(b"<html><script>", "photo.jpg"), OTHER);
        assert_eq!(sniff(b"<svg onload=x>", "a.svg"), OTHER);
        assert_eq!(sniff("имя;цена".as_bytes(), "a.csv"), "text/csv");
        assert_eq!(disposition(OTHER), "attachment");
        assert_eq!(disposition("text/plain"), "attachment");
    }

    #[test]
    fn names_carry_no_paths() {
        assert_eq!(safe_name("../../etc/passwd", "text/plain"), "passwd");
        assert_eq!(safe_name("C:\\фото\\шильдик.jpg", "image/jpeg"), "шильдик.jpg");
        assert_eq!(safe_name("", "image/png"), "image.png");
        assert_eq!(safe_name("..", OTHER), "file.bin");
    }
}
