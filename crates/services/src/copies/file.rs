//! A copy as a file: compressed lines of JSON. The head first, then each table with its rows and their sum, the uploaded
//! files, the secret key if it was asked for, and an end that proves that nothing before it was lost or changed by accident.

use super::sums::Sum;
use anyhow::{Context, Result, anyhow, bail};
use domain::ids::{FileId, OrganisationId};
use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Read, Write};
use std::path::{Path, PathBuf};
use store::rows::Row;

/// Grows when older programs could misread what is written.
const FORMAT: u32 = 1;
/// Longest line: a row or an uploaded file.
const LONGEST: u64 = 512 * 1024 * 1024;

/// A line.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Line {
    Copy(Head),
    Table {
        name: String,
        columns: Vec<String>,
    },
    Row(Row),
    /// Ends a table.
    Sum(Sum),
    /// Something somebody uploaded or sent.
    File {
        organisation_id: OrganisationId,
        id: FileId,
        #[serde(serialize_with = "store::rows::to_base64", deserialize_with = "store::rows::from_base64")]
        bytes: Vec<u8>,
    },
    Key(String),
    End(End),
}

/// What it is a copy of.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Head {
    format: u32,
    /// Version of the program that made it.
    pub program: String,
    /// `sqlite` or `postgres`.
    pub engine: String,
    /// Steps of the schema that were taken.
    pub steps: Vec<i64>,
    /// Epoch milliseconds.
    pub made_at: i64,
}

impl Head {
    pub(super) fn new(engine: store::Engine, steps: Vec<i64>, made_at: i64) -> Self {
        let engine = format!("{engine:?}").to_lowercase();
        Self { format: FORMAT, program: env!("CARGO_PKG_VERSION").into(), engine, steps, made_at }
    }
}

/// What must have come before.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct End {
    pub tables: u64,
    pub rows: u64,
    pub files: u64,
    /// Of all lines before.
    sha256: String,
}

/// A file nobody has seen yet: gone again unless it is put in its place.
struct Unfinished(Option<PathBuf>);

impl Unfinished {
    fn put(&mut self, place: &Path) -> std::io::Result<()> {
        if let Some(path) = &self.0 {
            std::fs::rename(path, place)?;
        }
        self.0 = None;
        Ok(())
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        if let Some(path) = &self.0 {
            let _ = std::fs::remove_file(path);
        }
    }
}

/// Writes a copy beside its place; [`Writer::finish`] puts it there.
pub(super) struct Writer {
    to: GzEncoder<BufWriter<File>>,
    hash: Sha256,
    end: End,
    unfinished: Unfinished,
    place: PathBuf,
}

impl Writer {
    /// Begins; never over something that is there.
    pub(super) fn create(place: &Path) -> Result<Self> {
        if place.exists() {
            bail!("{} exists already; choose another name, nothing was written", place.display());
        }
        let mut name = place.file_name().context("a name for the copy is missing")?.to_owned();
        name.push(".part");
        let path = place.with_file_name(name);
        let mut options = File::options();
        options.write(true).create_new(true);
        // It holds everything the organisation knows.
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = options.open(&path).with_context(|| format!("cannot write {}", path.display()))?;
        let to = GzEncoder::new(BufWriter::new(file), Compression::default());
        let unfinished = Unfinished(Some(path));
        Ok(Self { to, hash: Sha256::new(), end: End::default(), unfinished, place: place.to_owned() })
    }

    pub(super) fn line(&mut self, line: &Line) -> Result<()> {
        let mut text = serde_json::to_vec(line)?;
        text.push(b'\n');
        self.hash.update(&text);
        self.end.count(line);
        self.to.write_all(&text).context("the copy cannot be written")
    }

    /// Writes the end, waits for the disk and puts the copy in its place; how large it is, and what is in it.
    pub(super) fn finish(mut self) -> Result<(u64, End)> {
        let end = End { sha256: hex::encode(self.hash.finalize()), ..self.end };
        let write = move || -> std::io::Result<u64> {
            serde_json::to_writer(&mut self.to, &Line::End(end))?;
            self.to.write_all(b"\n")?;
            let file = self.to.finish()?.into_inner()?;
            file.sync_all()?;
            let size = file.metadata()?.len();
            self.unfinished.put(&self.place)?;
            let folder = self.place.parent().filter(|folder| !folder.as_os_str().is_empty());
            File::open(folder.unwrap_or(Path::new(".")))?.sync_all()?;
            Ok(size)
        };
        let counted = self.end.clone();
        Ok((write().context("the copy cannot be written")?, counted))
    }
}

impl End {
    fn count(&mut self, line: &Line) {
        match line {
            Line::Table { .. } => self.tables += 1,
            Line::Row(_) => self.rows += 1,
            Line::File { .. } => self.files += 1,
            _ => {}
        }
    }
}

/// Reads a copy line by line.
pub(super) struct Reader {
    from: BufReader<GzDecoder<BufReader<File>>>,
    hash: Sha256,
    end: End,
    ended: bool,
}

impl Reader {
    /// Opens a copy; its head.
    pub(super) fn open(path: &Path) -> Result<(Self, Head)> {
        let file = File::open(path).with_context(|| format!("cannot read {}", path.display()))?;
        let from = BufReader::new(GzDecoder::new(BufReader::new(file)));
        let mut reader = Self { from, hash: Sha256::new(), end: End::default(), ended: false };
        match reader.next() {
            Ok(Some(Line::Copy(head))) if head.format == FORMAT => Ok((reader, head)),
            Ok(Some(Line::Copy(_))) => {
                bail!("this copy was made by a newer version of Pult; restore it with that version")
            }
            _ => bail!("{} is not a copy made by `pult backup`, or it is damaged", path.display()),
        }
    }

    /// The next line; `None` behind the end, and only there.
    pub(super) fn next(&mut self) -> Result<Option<Line>> {
        let mut text = Vec::new();
        let read = Read::take(&mut self.from, LONGEST).read_until(b'\n', &mut text).map_err(|_| damaged())?;
        match (read, self.ended) {
            (0, true) => return Ok(None),
            (0, false) | (_, true) => return Err(damaged()),
            _ => {}
        }
        let line: Line = serde_json::from_slice(&text).map_err(|_| damaged())?;
        if let Line::End(end) = &line {
            let hash = hex::encode(std::mem::take(&mut self.hash).finalize());
            if *end != (End { sha256: hash, ..self.end.clone() }) {
                return Err(damaged());
            }
            self.ended = true;
        } else {
            self.hash.update(&text);
            self.end.count(&line);
        }
        Ok(Some(line))
    }
}

/// What is said of a copy that is not as it was made.
pub(super) fn damaged() -> anyhow::Error {
    anyhow!("the copy is damaged or cut off; nothing was changed, take another one")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The text of a small copy.
    fn copy(folder: &Path) -> Vec<u8> {
        let place = folder.join("a.copy");
        let mut writer = Writer::create(&place).expect("a new file");
        let lines = [
            Line::Copy(Head::new(store::Engine::Sqlite, vec![1, 2], 1_795_262_400_000)),
            Line::Table { name: "contacts".into(), columns: vec!["id".into(), "name".into()] },
            Line::Key("Марина Дёмина".into()),
        ];
        for line in &lines {
            writer.line(line).expect("written");
        }
        writer.finish().expect("finished");
        let mut text = Vec::new();
        GzDecoder::new(File::open(&place).expect("there")).read_to_end(&mut text).expect("read");
        text
    }

    /// Reads a copy of this text to its end.
    fn read(folder: &Path, text: &[u8]) -> Result<usize> {
        let place = folder.join("b.copy");
        let mut to = GzEncoder::new(File::create(&place)?, Compression::default());
        to.write_all(text)?;
        to.finish()?;
        let (mut reader, _) = Reader::open(&place)?;
        let mut count = 0;
        while reader.next()?.is_some() {
            count += 1;
        }
        Ok(count)
    }

    proptest! {
        /// Bytes changed, put in, left out, cut off: refused, never believed and never a panic.
        #[test]
        fn a_copy_that_is_not_as_it_was_made_is_refused(at in any::<prop::sample::Index>(), how in 0..4u8, bytes in proptest::collection::vec(any::<u8>(), 1..20)) {
            let folder = tempfile::tempdir().expect("a folder");
            let whole = copy(folder.path());
            prop_assert_eq!(read(folder.path(), &whole).expect("whole"), 3);
            // A space more in the last line, which proves the others, changes nothing.
            let last = whole.windows(6).rposition(|bytes| bytes == b"{\"end\"").expect("an end");
            let at = at.index(last);
            let mut changed = whole.clone();
            match how {
                0 => changed.truncate(at),
                1 => drop(changed.splice(at..at, bytes)),
                2 => drop(changed.remove(at)),
                _ => changed[at] = bytes[0],
            }
            prop_assume!(changed != whole);
            prop_assert!(read(folder.path(), &changed).is_err(), "{}", String::from_utf8_lossy(&changed));
        }
    }
}
