//! What is known about stored files; the bytes lie in the data directory.

use crate::{Db, Result, Tx};
use domain::ids::*;
use domain::views::FileView;

const INSERT: &str = "INSERT INTO files (organisation_id, id, name, mime, size, sha256, state, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";

/// Writes a file's row; `state` in the view is `waiting` or `ready`.
pub async fn insert(tx: &mut Tx, organisation: OrganisationId, file: &FileView, sha256: &str) -> Result<()> {
    execute!(tx, INSERT, organisation, file.id, &file.name, &file.mime, file.size, sha256, &file.state, file.created_at)
        .map(|_| ())
}

const READY: &str = "UPDATE files SET name = $3, mime = $4, size = $5, sha256 = $6, state = 'ready' WHERE organisation_id = $1 AND id = $2";

/// The bytes of a waiting file are there.
pub async fn ready(
    tx: &mut Tx,
    organisation: OrganisationId,
    id: FileId,
    name: &str,
    mime: &str,
    size: i64,
    sha256: &str,
) -> Result<()> {
    execute!(tx, READY, organisation, id, name, mime, size, sha256).map(|_| ())
}

const FAILED: &str = "UPDATE files SET state = 'failed' WHERE organisation_id = $1 AND id = $2 AND state = 'waiting'";

/// The bytes of a waiting file will not come.
pub async fn failed(tx: &mut Tx, organisation: OrganisationId, id: FileId) -> Result<()> {
    execute!(tx, FAILED, organisation, id).map(|_| ())
}

const ONE: &str = "SELECT id, name, mime, size, state, created_at FROM files WHERE organisation_id = $1 AND id = $2";

/// One file.
pub async fn one(db: &Db, organisation: OrganisationId, id: FileId) -> Result<Option<FileView>> {
    read!(db, c => sqlx::query_as::<_, FileView>(ONE).bind(organisation).bind(id).fetch_optional(c))
}

/// One file as this transaction sees it.
pub async fn row(tx: &mut Tx, organisation: OrganisationId, id: FileId) -> Result<Option<FileView>> {
    write!(tx, c => sqlx::query_as::<_, FileView>(ONE).bind(organisation).bind(id).fetch_optional(c))
}

const DELETE: &str = "DELETE FROM files WHERE organisation_id = $1 AND id = $2";

/// Forgets a file nothing refers to any more.
pub async fn delete(tx: &mut Tx, organisation: OrganisationId, id: FileId) -> Result<()> {
    execute!(tx, DELETE, organisation, id).map(drop)
}
