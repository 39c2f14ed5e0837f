//! `cargo xtask powercut`: the program runs on SQLite under load while a recorder (`recorder.c`, preloaded) writes down what is
//! written and what is flushed. Then the power goes, a hundred times: the files are made of what was flushed and a random part of
//! the rest, `pult doctor` reads them whole, and every event that was acknowledged before the cut must be there.
//!
//! With `--synchronous normal` the same must lose something: otherwise it would prove nothing.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use std::{fs, thread};

use anyhow::{Result, bail};
use serde_json::json;

use super::disk::{Disk, records};
use super::http::ask;
use super::random::Random;
use super::sink::Sink;
use super::stage::{Organisation, Stage, program, word};
use crate::workspace::{Workspace, run, step};

const RECORDER: &str = include_str!("recorder.c");

/// How often the power goes.
#[derive(clap::Args)]
pub struct Options {
    #[arg(long, default_value_t = 120)]
    cuts: usize,
    /// Seconds of load.
    #[arg(long, default_value_t = 10)]
    seconds: u64,
    /// `full`, or `normal`, with which something must be lost.
    #[arg(long, default_value = "full")]
    synchronous: String,
    /// Chooses the moments and what is left.
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

/// Threads that post.
const LANES: usize = 6;

/// Cuts.
pub fn powercut(workspace: &Workspace, options: &Options) -> Result<()> {
    let program = program(workspace)?;
    let mut stage = Stage::new(&program, "powercut", None)?;
    let data = stage.folder.clone();
    stage.set_database(&data, Some(&options.synchronous));
    stage.cli(&["migrate"], "")?;
    let organisation = stage.organisation("Cut")?;
    let sink = Sink::start(|_| Duration::ZERO)?;
    stage.start()?;
    let own = organisation.connect("webhook", &sink.webhook("own"))?;
    organisation.tells(&own, 1)?;
    stage.kill()?;

    // From here on it is recorded; what lies there now is taken for flushed.
    let before = files(&data)?;
    let work = data.join("work");
    fs::create_dir_all(&work)?;
    let recorder = compile(&work)?;
    let log = work.join("log");
    let variable = |name: &str, path: &Path| (name.to_owned(), path.display().to_string());
    stage.variables = vec![
        variable("LD_PRELOAD", &recorder),
        variable("PULT_RECORD", &data.join("pult.db")),
        variable("PULT_RECORD_LOG", &log),
    ];
    let accepted = step("Load under the recorder", || load(&mut stage, &own.path, &log, options))?;
    let bytes = fs::read(&log)?;
    let records = records(&bytes)?;
    println!(
        "  {} events accepted, {} operations on files, {:.1} MB",
        accepted.len(),
        records.len(),
        bytes.len() as f64 / 1e6
    );

    let mut random = Random::new(options.seed);
    let (mut damaged, mut losing, mut lost, mut judged, mut kept) = (0, 0, 0, 0, 0);
    let (mut disk, mut cut_at) = (Disk::default(), moments(options.cuts, records.len(), &mut random));
    let place = data.join("cut");
    let begun = Instant::now();
    for (n, record) in records.iter().enumerate() {
        disk.take(record, &before)?;
        while cut_at.last() == Some(&n) {
            cut_at.pop();
            let _ = fs::remove_dir_all(&place);
            fs::create_dir_all(&place)?;
            fs::copy(data.join("secret.key"), place.join("secret.key"))?;
            for (name, content) in disk.after_a_cut(&mut random) {
                let name = Path::new(&name).file_name().unwrap_or_default().to_owned();
                fs::write(place.join(name), content)?;
            }
            let promised: Vec<&String> =
                accepted.iter().filter(|(_, end)| **end <= record.end).map(|(key, _)| key).collect();
            judged += promised.len();
            match judge(&mut stage, &place, &organisation, &promised) {
                Ok(0) => kept += 1,
                Ok(missing) => {
                    losing += 1;
                    lost += missing;
                }
                Err(error) => {
                    damaged += 1;
                    println!("  ✗ after operation {n}: {error:#}");
                }
            }
        }
    }
    println!(
        "  {} cuts in {:.0} s: {kept} keep everything, {losing} lose {lost} of {judged} promises, {damaged} damage the file",
        options.cuts,
        begun.elapsed().as_secs_f64()
    );
    match (options.synchronous.as_str(), losing + damaged) {
        ("full", 0) if judged > 0 => Ok(()),
        ("full", _) => bail!("a power cut loses what was accepted"),
        (_, 0) => bail!("nothing was lost although commits were not flushed: this proves nothing"),
        _ => {
            println!("  as it must be: commits were not flushed");
            Ok(())
        }
    }
}

/// Operations after which the power goes, the last first.
fn moments(cuts: usize, operations: usize, random: &mut Random) -> Vec<usize> {
    let mut moments: Vec<usize> =
        (0..cuts).map(|_| operations / 20 + random.below(operations - operations / 20)).collect();
    moments.sort_unstable_by(|a, b| b.cmp(a));
    moments
}

fn compile(work: &Path) -> Result<std::path::PathBuf> {
    let (source, library) = (work.join("recorder.c"), work.join("recorder.so"));
    fs::write(&source, RECORDER)?;
    run(Command::new("cc").args(["-shared", "-fPIC", "-O1", "-o"]).arg(&library).arg(&source).arg("-ldl"))?;
    Ok(library)
}

/// The database's files by their full names.
fn files(folder: &Path) -> Result<BTreeMap<String, Vec<u8>>> {
    let mut files = BTreeMap::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let name = path.display().to_string();
        if path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("pult.db")) && !name.ends_with("-shm")
        {
            files.insert(name, fs::read(&path)?);
        }
    }
    Ok(files)
}

/// Posts for a while; what was acknowledged, each with the length the log had when the answer was there.
fn load(stage: &mut Stage, path: &str, log: &Path, options: &Options) -> Result<BTreeMap<String, usize>> {
    stage.start()?;
    let (over, next, accepted) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicU64::new(0)), Arc::default());
    let lanes: Vec<_> = (0..LANES)
        .map(|_| {
            let (over, next, accepted) = (over.clone(), next.clone(), Arc::clone(&accepted));
            let (addr, path, log) = (stage.addr, path.to_owned(), log.to_owned());
            thread::spawn(move || {
                let accepted: Arc<Mutex<BTreeMap<String, usize>>> = accepted;
                while !over.load(Ordering::Relaxed) {
                    let id = format!("cut{}", next.fetch_add(1, Ordering::Relaxed));
                    let headers = [("Content-Type", "application/json"), ("webhook-id", id.as_str())];
                    let body = json!({"number": id, "words": "слово ".repeat(20)}).to_string();
                    if let Ok((200, _)) = ask(addr, "POST", &path, &headers, &body) {
                        let length = fs::metadata(&log).map_or(usize::MAX, |log| log.len() as usize);
                        accepted.lock().unwrap_or_else(PoisonError::into_inner).insert(format!("call:{id}"), length);
                    }
                }
            })
        })
        .collect();
    thread::sleep(Duration::from_secs(options.seconds));
    over.store(true, Ordering::Relaxed);
    lanes.into_iter().for_each(|lane| drop(lane.join()));
    stage.kill()?;
    stage.variables.clear();
    let accepted = accepted.lock().unwrap_or_else(PoisonError::into_inner).clone();
    Ok(accepted)
}

/// Opens what is left; how many of the promised events are missing.
fn judge(stage: &mut Stage, place: &Path, organisation: &Organisation, promised: &[&String]) -> Result<usize> {
    stage.set_database(place, None);
    stage.cli(&["doctor"], "")?;
    stage.start()?;
    let stored = organisation.all("/events")?.iter().map(|event| word(event, "dedupe_key")).collect::<Result<Vec<_>>>();
    stage.kill()?;
    let stored: std::collections::BTreeSet<String> = stored?.into_iter().collect();
    Ok(promised.iter().filter(|key| !stored.contains(**key)).count())
}
