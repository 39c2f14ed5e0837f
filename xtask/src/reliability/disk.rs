//! A disk as it may look after a power cut: what was flushed is there, of the rest some, whole or torn at a sector.

use std::collections::BTreeMap;

use anyhow::{Context, Result, bail};

use super::random::Random;

/// What a disk writes as a whole.
const SECTOR: usize = 512;
const PAGE: usize = 4_096;

/// What was done to the files, in the order in which it happened.
#[derive(Clone, Copy, Debug)]
pub enum Done {
    Open,
    Write,
    Sync,
    Truncate,
    Unlink,
}

/// A record of the recorder.
#[derive(Clone, Copy, Debug)]
pub struct Record<'a> {
    pub what: Done,
    pub file: usize,
    pub offset: usize,
    pub length: usize,
    /// Bytes of a write, or a name.
    pub bytes: &'a [u8],
    /// Where it ends in the log.
    pub end: usize,
}

/// Reads the log. The last record may be cut off.
pub fn records(log: &[u8]) -> Result<Vec<Record<'_>>> {
    let (mut records, mut at) = (Vec::new(), 0);
    while let Some(head) = log.get(at..at + 40) {
        let number = |n: usize| -> Result<usize> {
            Ok(usize::try_from(u64::from_le_bytes(head[n * 8..n * 8 + 8].try_into()?))?)
        };
        let (file, offset, length) = (number(1)?, number(2)?, number(3)?);
        let what = match number(0)? {
            1 => Done::Open,
            2 => Done::Write,
            3 => Done::Sync,
            4 => Done::Truncate,
            5 => Done::Unlink,
            other => bail!("the log of the recorder cannot be read: operation {other} at {at}"),
        };
        let carried = if matches!(what, Done::Open | Done::Write) { length } else { 0 };
        let Some(bytes) = log.get(at + 40..at + 40 + carried) else { break };
        at += 40 + carried;
        records.push(Record { what, file, offset, length, bytes, end: at });
    }
    Ok(records)
}

/// Something not flushed yet.
#[derive(Clone, Copy)]
enum Pending<'a> {
    Bytes(usize, &'a [u8]),
    Size(usize),
}

/// A file: what is surely there, and what may be.
#[derive(Default)]
struct File<'a> {
    name: String,
    flushed: Vec<u8>,
    pending: Vec<Pending<'a>>,
    gone: bool,
}

/// All files.
#[derive(Default)]
pub struct Disk<'a> {
    files: BTreeMap<usize, File<'a>>,
}

impl<'a> Disk<'a> {
    /// Goes on by one record. `before` is what lay on the disk before the recorder began, by name.
    pub fn take(&mut self, record: &Record<'a>, before: &BTreeMap<String, Vec<u8>>) -> Result<()> {
        if let Done::Open = record.what {
            let name = String::from_utf8(record.bytes.to_vec())?;
            let flushed = before.get(&name).cloned().unwrap_or_default();
            self.files.insert(record.file, File { name, flushed, ..File::default() });
            return Ok(());
        }
        let file = self.files.get_mut(&record.file).context("a file nobody opened")?;
        match record.what {
            Done::Write => file.pending.push(Pending::Bytes(record.offset, record.bytes)),
            Done::Truncate => file.pending.push(Pending::Size(record.length)),
            Done::Sync => file.pending.drain(..).for_each(|pending| put(&mut file.flushed, pending)),
            Done::Unlink => file.gone = true,
            Done::Open => {}
        }
        Ok(())
    }

    /// What is found when the power comes back.
    pub fn after_a_cut(&self, random: &mut Random) -> Vec<(String, Vec<u8>)> {
        let way = random.below(6);
        let files = self.files.values().filter(|file| !file.gone);
        files.map(|file| (file.name.clone(), file.left(way, random))).collect()
    }
}

impl File<'_> {
    fn left(&self, way: usize, random: &mut Random) -> Vec<u8> {
        let mut left = self.flushed.clone();
        // How many came in order before the power went; the next one may be torn.
        let first = random.below(self.pending.len() + 1);
        for (n, pending) in self.pending.iter().enumerate() {
            match (way, *pending) {
                (0, _) => {}
                (1, pending) => put(&mut left, pending),
                (2, pending) if n < first => put(&mut left, pending),
                (2, Pending::Bytes(at, bytes)) if n == first => {
                    let torn = random.below(bytes.len() / SECTOR + 1) * SECTOR;
                    put(&mut left, Pending::Bytes(at, &bytes[..torn]));
                }
                (2, _) => {}
                (3, pending) if random.percent(50) => put(&mut left, pending),
                (4 | 5, Pending::Bytes(at, bytes)) => {
                    let size = if way == 4 { PAGE } else { SECTOR };
                    for (n, piece) in bytes.chunks(size).enumerate() {
                        if random.percent(50) {
                            put(&mut left, Pending::Bytes(at + n * size, piece));
                        }
                    }
                }
                (4 | 5, pending) if random.percent(50) => put(&mut left, pending),
                _ => {}
            }
        }
        left
    }
}

fn put(file: &mut Vec<u8>, pending: Pending<'_>) {
    match pending {
        Pending::Size(size) => file.resize(size, 0),
        Pending::Bytes(at, bytes) => {
            if file.len() < at + bytes.len() {
                file.resize(at + bytes.len(), 0);
            }
            file[at..at + bytes.len()].copy_from_slice(bytes);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(what: Done, offset: usize, bytes: &'static [u8]) -> Record<'static> {
        Record { what, file: 1, offset, length: bytes.len(), bytes, end: 0 }
    }

    #[test]
    fn what_was_flushed_is_always_there_and_the_rest_sometimes() {
        let (mut disk, before) = (Disk::default(), BTreeMap::new());
        let done = [record(Done::Open, 0, b"a"), record(Done::Write, 0, b"kept"), record(Done::Sync, 0, b"")];
        done.iter().chain([&record(Done::Write, 4, b"more")]).for_each(|one| disk.take(one, &before).unwrap());
        let mut random = Random::new(1);
        let left: Vec<Vec<u8>> = (0..100).map(|_| disk.after_a_cut(&mut random).remove(0).1).collect();
        assert!(left.iter().all(|file| file.starts_with(b"kept")));
        assert!(left.iter().any(|file| file == b"kept") && left.iter().any(|file| file == b"keptmore"));
    }
}
