//! Making a copy. The server goes on meanwhile: everything is read as it was at one moment.

use super::file::{Head, Line, Writer};
use super::steps_of;
use super::sums::Summing;
use crate::files;
use anyhow::{Context, Result};
use domain::ids::{FileId, OrganisationId};
use futures::TryStreamExt;
use sha2::Digest;
use std::path::Path;
use store::rows::{Row, Value};
use store::tables::Table;
use store::{Db, Tx, rows, tables};

/// What to copy, and where to.
#[derive(Debug)]
pub struct Wanted<'a> {
    pub place: &'a Path,
    pub data_dir: &'a Path,
    /// The secret key, to lie in the copy.
    pub key: Option<&'a str>,
    pub now: i64,
}

/// What was copied.
#[derive(Debug)]
pub struct Made {
    pub tables: u64,
    pub rows: u64,
    pub files: u64,
    /// Files the database knows but the disk does not have as they were.
    pub lost: u64,
    pub bytes: u64,
}

/// Copies database and files.
pub async fn backup(db: &Db, wanted: &Wanted<'_>) -> Result<Made> {
    let mut snapshot = db.snapshot().await?;
    let steps = steps_of(&mut snapshot).await?;
    let mut copy = Writer::create(wanted.place)?;
    copy.line(&Line::Copy(Head::new(db.engine(), steps, wanted.now)))?;
    let tables = tables::all(&mut snapshot).await?;
    for table in &tables {
        let columns = table.columns.iter().map(|column| column.name.clone()).collect();
        copy.line(&Line::Table { name: table.name.clone(), columns })?;
        let mut sum = Summing::of(&table.name);
        let mut rows = rows::read(&mut snapshot, table);
        while let Some(row) = rows.try_next().await? {
            sum.add(&row)?;
            copy.line(&Line::Row(row))?;
        }
        copy.line(&Line::Sum(sum.end()))?;
    }
    let known = tables.iter().find(|table| table.name == "files").context("there is no table of files")?;
    let lost = uploads(&mut snapshot, known, wanted.data_dir, &mut copy).await?;
    if let Some(key) = wanted.key {
        copy.line(&Line::Key(key.to_owned()))?;
    }
    let (bytes, end) = copy.finish()?;
    Ok(Made { tables: end.tables, rows: end.rows, files: end.files, lost, bytes })
}

/// Copies the files the database knows to be there; answers how many are not, or not as they were.
async fn uploads(snapshot: &mut Tx, known: &Table, data_dir: &Path, copy: &mut Writer) -> Result<u64> {
    let place = |name: &str| known.columns.iter().position(|column| column.name == name).context("a column is missing");
    let places = [place("organisation_id")?, place("id")?, place("state")?, place("sha256")?];
    let values = |row: &Row| places.map(|place| row.get(place).map(Value::text).unwrap_or_default().to_owned());
    let mut lost = 0;
    let mut rows = rows::read(snapshot, known);
    while let Some(row) = rows.try_next().await? {
        let [organisation, id, state, sha256] = values(&row);
        if state != "ready" {
            continue;
        }
        let organisation_id: OrganisationId = organisation.parse().map_err(|_| anyhow::anyhow!("not an id"))?;
        let id: FileId = id.parse().map_err(|_| anyhow::anyhow!("not an id"))?;
        match std::fs::read(files::path(data_dir, organisation_id, id)) {
            Ok(bytes) if hex::encode(sha2::Sha256::digest(&bytes)) == sha256 => {
                copy.line(&Line::File { organisation_id, id, bytes })?;
            }
            _ => lost += 1,
        }
    }
    Ok(lost)
}
