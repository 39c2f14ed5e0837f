//! Restoring a copy: looked through from beginning to end before anything is touched, then loaded as a whole or not at all,
//! and put into quarantine.

use super::file::{Head, Line, Reader, damaged};
use super::load::Loader;
use super::quarantine::{self, Quarantined};
use super::sums::{Sum, Summing};
use crate::{App, files};
use anyhow::{Context, Result, bail};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use store::migrations;

/// A copy that is whole.
#[derive(Debug)]
pub struct Copy {
    path: PathBuf,
    pub head: Head,
    pub sums: Vec<Sum>,
    pub files: u64,
    /// The secret key of the installation it was made of, if it was put in.
    pub key: Option<String>,
}

impl Copy {
    /// Looks through a copy: every row, every sum, and the end. Refuses one of a newer program.
    pub fn look_through(path: &Path) -> Result<Self> {
        let (mut reader, head) = Reader::open(path)?;
        if let Some(step) = migrations::unknown(&head.steps) {
            bail!(
                "this copy was made by a newer version of Pult (step {step}); restore it with that version, nothing was changed"
            );
        }
        let mut copy = Self { path: path.to_owned(), head, sums: Vec::new(), files: 0, key: None };
        let mut table = None;
        while let Some(line) = reader.next()? {
            match (line, &mut table) {
                (Line::Table { name, .. }, None) => table = Some(Summing::of(&name)),
                (Line::Row(row), Some(sum)) => sum.add(&row)?,
                (Line::Sum(said), open @ Some(_)) => {
                    let found = open.take().map(Summing::end);
                    copy.sums.push(found.filter(|found| *found == said).ok_or_else(damaged)?);
                }
                (Line::File { .. }, None) => copy.files += 1,
                (Line::Key(key), None) => copy.key = Some(key),
                (Line::End(_), None) => {}
                _ => return Err(damaged()),
            }
        }
        Ok(copy)
    }

    /// How many rows it has.
    pub fn rows(&self) -> u64 {
        self.sums.iter().map(|sum| sum.rows).sum()
    }
}

/// Files written for a restore; gone again unless it comes to its end. A file is never changed, so one that is there is
/// the one of the copy.
struct Uploads(Vec<PathBuf>);

impl Uploads {
    fn keep(&mut self, path: PathBuf, bytes: &[u8]) -> Result<()> {
        if !path.exists() {
            files::write(&path, bytes).with_context(|| format!("cannot write {}", path.display()))?;
            self.0.push(path);
        }
        Ok(())
    }
}

impl Drop for Uploads {
    fn drop(&mut self) {
        for path in &self.0 {
            let _ = std::fs::remove_file(path);
        }
    }
}

/// Restores a copy into the installation's database, opened alone and empty (or, with `replace`, emptied).
pub async fn restore(app: &Arc<App>, copy: &Copy, replace: bool) -> Result<Quarantined> {
    let mut loader = Loader::begin(&app.db, &copy.head.steps, replace).await?;
    let mut uploads = Uploads(Vec::new());
    let (mut reader, _) = Reader::open(&copy.path)?;
    while let Some(line) = reader.next()? {
        match line {
            Line::Table { name, columns } => loader.table(&name, &columns).await?,
            Line::Row(row) => loader.row(row).await?,
            Line::File { organisation_id, id, bytes } => {
                uploads.keep(files::path(&app.config.data_dir, organisation_id, id), &bytes)?;
            }
            Line::Copy(_) | Line::Sum(_) | Line::Key(_) | Line::End(_) => {}
        }
    }
    let tx = loader.finish(&copy.sums).await?;
    let quarantined = quarantine::begin(app, tx, copy.head.made_at).await?;
    uploads.0.clear();
    Ok(quarantined)
}
