//! What the program says while it works: for people on standard error, and for machines in files of JSON lines, a new one
//! every day (UTC) and whenever one is full. Files whose time is over are deleted.

use anyhow::{Context, Result};
use services::{Clock, SystemClock};
use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use tower_sessions::cookie::time::Date;
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{EnvFilter, fmt};

/// What is said unless `RUST_LOG` wants something else.
const USUAL: &str = "warn,pult=info,services=info,store=info,connectors=info";
/// Where log files go, how large one gets, how long they are kept.
#[derive(Clone, Debug)]
pub struct Files {
    pub folder: PathBuf,
    pub most_bytes: u64,
    pub days: i64,
}

/// Starts saying.
pub fn begin(files: Option<Files>) -> Result<()> {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| USUAL.into());
    let people = fmt::layer().with_writer(io::stderr);
    let machines = match files {
        Some(files) => Some(fmt::layer().json().with_writer(Rolling::open(files, &SystemClock)?)),
        None => None,
    };
    tracing_subscriber::registry().with(filter).with(people).with(machines).init();
    Ok(())
}

const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// A day since 1970, as `2026-11-22`.
fn date(day: i64) -> String {
    const FIRST: i64 = 2_440_588;
    let date = i32::try_from(day + FIRST).ok().and_then(|day| Date::from_julian_day(day).ok());
    date.map_or_else(|| day.to_string(), |date| date.to_string())
}

/// A file that makes room for the next one.
struct Rolling<C> {
    files: Files,
    clock: C,
    open: Mutex<Open>,
}

struct Open {
    file: File,
    day: i64,
    written: u64,
}

impl<C: Clock + Clone> Rolling<C> {
    fn open(files: Files, clock: &C) -> Result<Self> {
        let day = clock.now() / DAY_MS;
        std::fs::create_dir_all(&files.folder)
            .and_then(|()| next(&files, day))
            .map(|open| Self { files: files.clone(), clock: clock.clone(), open: Mutex::new(open) })
            .with_context(|| format!("no log file can be written in {} (PULT_LOG_DIR)", files.folder.display()))
    }
}

/// Opens the file of a day that has room, and deletes those whose time is over.
fn next(files: &Files, day: i64) -> io::Result<Open> {
    let mut part = 0;
    loop {
        let name =
            if part == 0 { format!("pult-{}.jsonl", date(day)) } else { format!("pult-{}.{part}.jsonl", date(day)) };
        let path = files.folder.join(name);
        let written = std::fs::metadata(&path).map_or(0, |facts| facts.len());
        if written < files.most_bytes {
            let mut options = File::options();
            options.create(true).append(true);
            #[cfg(unix)]
            std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
            let file = options.open(path)?;
            forget(&files.folder, &format!("pult-{}", date(day - files.days)))?;
            return Ok(Open { file, day, written });
        }
        part += 1;
    }
}

/// Deletes our files of days before one.
fn forget(folder: &Path, before: &str) -> io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with("pult-") && name.ends_with(".jsonl") && name.as_str() < before {
            std::fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}

impl<C: Clock + Clone> Write for &Rolling<C> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let day = self.clock.now() / DAY_MS;
        if day != open.day || open.written >= self.files.most_bytes {
            *open = next(&self.files, day)?;
        }
        // A line is given in one piece; it is never torn between two files.
        open.file.write_all(bytes)?;
        open.written += bytes.len() as u64;
        Ok(bytes.len())
    }
    fn flush(&mut self) -> io::Result<()> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner).file.flush()
    }
}

impl<'a, C: Clock + Clone + 'a> MakeWriter<'a> for Rolling<C> {
    type Writer = &'a Self;
    fn make_writer(&'a self) -> Self::Writer {
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use services::ManualClock;
    use std::sync::Arc;

    #[derive(Clone, Debug)]
    struct Hand(Arc<ManualClock>);
    impl Clock for Hand {
        fn now(&self) -> i64 {
            self.0.now()
        }
    }

    #[test]
    fn days_have_their_names() {
        assert_eq!(date(0), "1970-01-01");
        assert_eq!(date(19_782), "2024-02-29");
        assert_eq!(date(20_779), "2026-11-22");
    }

    #[test]
    fn a_file_a_day_another_when_it_is_full_and_none_for_ever() {
        let folder = tempfile::tempdir().unwrap();
        let names = || {
            let mut names: Vec<String> = std::fs::read_dir(folder.path())
                .unwrap()
                .map(|entry| entry.unwrap().file_name().into_string().unwrap())
                .collect();
            names.sort();
            names
        };
        std::fs::write(folder.path().join("pult-2000-01-01.jsonl"), "old").unwrap();
        std::fs::write(folder.path().join("other-2000-01-01.jsonl"), "not ours").unwrap();
        let clock = Hand(Arc::new(ManualClock::at(20_779 * DAY_MS)));
        let files = Files { folder: folder.path().to_owned(), most_bytes: 10, days: 2 };
        let rolling = Rolling::open(files.clone(), &clock).unwrap();
        for line in ["first\n", "second\n", "third\n"] {
            (&rolling).write_all(line.as_bytes()).unwrap();
        }
        assert_eq!(names(), ["other-2000-01-01.jsonl", "pult-2026-11-22.1.jsonl", "pult-2026-11-22.jsonl"]);
        clock.0.advance(DAY_MS);
        (&rolling).write_all(b"next day\n").unwrap();
        assert_eq!(names().last().unwrap(), "pult-2026-11-23.jsonl");
        // Another start goes on where there is room.
        let again = Rolling::open(files, &clock).unwrap();
        (&again).write_all(b"again\n").unwrap();
        assert_eq!(std::fs::read_to_string(folder.path().join("pult-2026-11-23.jsonl")).unwrap(), "next day\nagain\n");
        clock.0.advance(2 * DAY_MS);
        (&rolling).write_all(b"later\n").unwrap();
        assert_eq!(names(), ["other-2000-01-01.jsonl", "pult-2026-11-23.jsonl", "pult-2026-11-25.jsonl"]);
    }
}
