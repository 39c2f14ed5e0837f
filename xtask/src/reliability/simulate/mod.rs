//! `cargo xtask simulate`: the queue under virtual time, with crashes, torn batches, clock steps, repeats and a slow database.
//!
//! What decides is the program's own: states, delays and leases (`domain::queue`), shares (`domain::fair`), pace
//! (`domain::pace`). What the program says in SQL and in its loops is a model beside it ([`database`], [`transactions`],
//! [`loops`], [`ends`]); the black-box suites and `storm` hold against the real one. A history follows from its seed alone.

mod audit;
mod calls;
mod database;
mod ends;
mod loops;
mod mistakes;
mod node;
mod plan;
mod transactions;
mod verdict;
mod world;

use anyhow::{Context, Result, bail};
use mistakes::{ALL, Mistake};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};
use world::World;

/// What to simulate.
#[derive(clap::Args)]
pub struct Options {
    /// How many histories.
    #[arg(long, default_value_t = 10_000)]
    seeds: u64,
    /// Only this one, told in full.
    #[arg(long)]
    seed: Option<u64>,
    /// With this mistake of the catalogue.
    #[arg(long)]
    mistake: Option<String>,
    /// Histories a seeded mistake may stay unnoticed.
    #[arg(long, default_value_t = 400)]
    patience: u64,
    /// No more than this, in seconds.
    #[arg(long, default_value_t = 300)]
    within: u64,
}

/// Of the seeded mistakes so many in a hundred must be noticed.
const CAUGHT: usize = 95;

/// Simulates.
pub fn simulate(options: &Options) -> Result<()> {
    let mistake = match &options.mistake {
        Some(name) => Some(Mistake::find(name).with_context(|| format!("no such mistake: {name}"))?),
        None => None,
    };
    if let Some(seed) = options.seed {
        let found = World::new(seed, mistake).run();
        found.iter().for_each(|line| println!("{line}"));
        return if found.is_empty() { Ok(()) } else { bail!("seed {seed}: {} faults", found.len()) };
    }
    let begun = Instant::now();
    let limit = Duration::from_secs(options.within);
    let (seen, bad) = many(options.seeds, mistake, begun + limit, usize::MAX);
    println!("{seen} histories in {:.1} s, {} with faults", begun.elapsed().as_secs_f64(), bad.len());
    for (seed, found) in bad.iter().take(10) {
        println!("  seed {seed}: {}   (cargo xtask simulate --seed {seed})", found.first().map_or("", String::as_str));
    }
    if mistake.is_some() {
        return Ok(());
    }
    let caught = catalogue(options, begun + limit);
    if !bad.is_empty() {
        bail!("{} of {seen} histories break a promise", bad.len());
    }
    if seen < options.seeds {
        bail!("only {seen} of {} histories in {} s", options.seeds, options.within);
    }
    if caught * 100 < ALL.len() * CAUGHT {
        bail!("only {caught} of {} seeded mistakes are noticed", ALL.len());
    }
    Ok(())
}

/// Tries every mistake of the catalogue until a history shows it; how many were.
fn catalogue(options: &Options, until: Instant) -> usize {
    let mut caught = 0;
    for (mistake, words) in ALL {
        let (seen, bad) = many(options.patience, Some(*mistake), until, 1);
        let name = format!("{mistake:?}");
        match bad.first() {
            Some((seed, found)) => {
                caught += 1;
                println!("✓ {name:<22} seed {seed:>3}  {}", found.first().map_or("", String::as_str));
            }
            None => println!("✗ {name:<22} not noticed in {seen} histories: {words}"),
        }
    }
    println!("{caught} of {} seeded mistakes are noticed", ALL.len());
    caught
}

/// Histories side by side, until so many were bad; how many were looked at, and the bad ones.
fn many(seeds: u64, mistake: Option<Mistake>, until: Instant, enough: usize) -> (u64, Vec<(u64, Vec<String>)>) {
    let (next, seen, bad) = (AtomicU64::new(0), AtomicU64::new(0), Mutex::new(Vec::new()));
    let threads = std::thread::available_parallelism().map_or(2, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                loop {
                    let seed = next.fetch_add(1, Ordering::Relaxed);
                    let full = bad.lock().is_ok_and(|bad: std::sync::MutexGuard<'_, Vec<_>>| bad.len() >= enough);
                    if seed >= seeds || full || Instant::now() > until {
                        return;
                    }
                    let found = World::new(seed, mistake).run();
                    seen.fetch_add(1, Ordering::Relaxed);
                    if let (false, Ok(mut bad)) = (found.is_empty(), bad.lock()) {
                        bad.push((seed, found));
                    }
                }
            });
        }
    });
    let mut bad = bad.into_inner().unwrap_or_default();
    bad.sort();
    (seen.into_inner(), bad)
}
