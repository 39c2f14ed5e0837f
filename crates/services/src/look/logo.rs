//! The logo of an organisation: set, taken away, and shown to everybody. Only the file that is the logo now is shown.

use super::picture;
use crate::{App, Cx, Result, files};
use domain::access::Permission;
use domain::ids::{FileId, OrganisationId};
use domain::views::FileView;
use domain::{ApiError, ErrorCode};
use serde_json::json;

/// Largest picture taken.
pub const MAX_BYTES: usize = 4 * 1024 * 1024;
const MIME: &str = "image/png";

/// Makes a picture the logo.
pub async fn set(cx: &Cx, name: &str, bytes: &[u8]) -> Result<FileView> {
    cx.allow(Permission::SettingsManage)?;
    if bytes.len() > MAX_BYTES {
        return Err(ApiError::new(ErrorCode::FileTooLarge).arg("max_bytes", MAX_BYTES).field("logo").into());
    }
    if bytes.is_empty() {
        return Err(ApiError::new(ErrorCode::Required).field("logo").into());
    }
    let sent = bytes.to_vec();
    let drawn = tokio::task::spawn_blocking(move || picture::drawn(&sent)).await.map_err(anyhow::Error::from)?;
    let bad = || ApiError::new(ErrorCode::BadImage).arg("max", picture::MOST_SIDE).field("logo");
    let drawn = drawn.ok_or_else(bad)?;
    let view = files::ready_view(cx, name, MIME, drawn.len());
    files::write_bytes(&cx.app, cx.organisation, view.id, &drawn).await?;
    change(cx, Some((&view, &drawn))).await?;
    Ok(view)
}

/// Takes the logo away.
pub async fn remove(cx: &Cx) -> Result<()> {
    cx.allow(Permission::SettingsManage)?;
    change(cx, None).await
}

/// Puts one logo in the place of another; the bytes of the old one go with it.
async fn change(cx: &Cx, to: Option<(&FileView, &[u8])>) -> Result<()> {
    let mut work = cx.work().await?;
    let (organisation, tx) = (cx.organisation, &mut work.tx);
    store::organisations::lock(tx, organisation).await?;
    let before = store::looks::logo(tx, organisation).await?;
    let (mut old, mut gone) = (None, None);
    if let Some(before) = before {
        old = store::files::row(tx, organisation, before).await?.map(|file| file.name);
        gone = Some(files::path(&cx.app.config.data_dir, organisation, before));
    }
    if let Some((view, bytes)) = to {
        store::files::insert(tx, organisation, view, &files::hash(bytes)).await?;
    } else if before.is_none() {
        return Ok(());
    }
    store::looks::set_logo(tx, organisation, to.map(|(view, _)| view.id)).await?;
    if let Some(before) = before {
        store::files::delete(tx, organisation, before).await?;
    }
    let changes = json!([{"field": "logo", "from": old, "to": to.map(|(view, _)| &view.name)}]);
    work.journal("organisation_updated", "organisation", organisation, json!({"changes": changes})).await?;
    work.hint("settings", "");
    work.hint("me", "");
    if let Some(gone) = gone {
        work.after_commit(move || drop(std::fs::remove_file(gone)));
    }
    work.commit().await
}

/// The bytes of a logo, if it is the one of this organisation now.
pub async fn open(app: &App, organisation: OrganisationId, id: FileId) -> Result<Vec<u8>> {
    let look = super::of(app, organisation).await?.filter(|look| look.logo == Some(id));
    let found = if look.is_some() { files::read(app, organisation, id).await? } else { None };
    Ok(found.ok_or(ErrorCode::NotFound)?.1)
}
