//! `cargo xtask noisy`: one organisation with 50 000 waiting jobs among twenty quiet ones. The quiet load is measured twice in the
//! same run, without and with the neighbour; from the webhook to the call it causes.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread::{self, sleep};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use serde_json::json;

use super::http::ask;
use super::random::Random;
use super::sink::Sink;
use super::stage::{Connection, Organisation, Stage, program};
use crate::postgres::{Cluster, Durability};
use crate::workspace::{Workspace, step};

/// How much noise.
#[derive(clap::Args)]
pub struct Options {
    /// Jobs that wait.
    #[arg(long, default_value_t = 50_000)]
    jobs: usize,
    /// Organisations that have little to do.
    #[arg(long, default_value_t = 20)]
    quiet: usize,
    /// Seconds of each measurement.
    #[arg(long, default_value_t = 20)]
    seconds: u64,
    /// Milliseconds the noisy organisation's program takes over a call while it is measured.
    #[arg(long, default_value_t = 20)]
    call_ms: u64,
    /// Only `sqlite` or `postgres`.
    #[arg(long)]
    only: Option<String>,
}

/// Jobs of one noisy event.
const EACH: usize = 50;
/// So much longer may quiet ones wait beside a noisy one.
const MOST: f64 = 2.0;
/// Between events of one quiet organisation, milliseconds.
const PAUSE: (i64, i64) = (200, 600);

/// Measures on both databases.
pub fn noisy(workspace: &Workspace, options: &Options) -> Result<()> {
    let program = program(workspace)?;
    let wanted = |name: &str| options.only.as_deref().is_none_or(|only| only == name);
    let mut ratios = Vec::new();
    if wanted("sqlite") {
        ratios.push(("SQLite", step("SQLite", || one(&program, options, None))?));
    }
    if wanted("postgres") {
        let cluster = step("Starting a PostgreSQL of our own", || Cluster::start(Durability::Full))?;
        ratios.push(("PostgreSQL", step("PostgreSQL", || one(&program, options, Some(cluster.url())))?));
    }
    match ratios.iter().find(|(_, ratio)| *ratio > MOST) {
        Some((engine, ratio)) => bail!("{engine}: the quiet ones wait {ratio:.2} times as long; {MOST} is the most"),
        None => Ok(()),
    }
}

fn one(program: &Path, options: &Options, database: Option<String>) -> Result<f64> {
    // While the jobs gather, their receiver is slow.
    let slow = Arc::new(AtomicU64::new(5_000));
    let takes = slow.clone();
    let sink = Sink::start(move |path| {
        Duration::from_millis(if path == "/slow" { takes.load(Ordering::Relaxed) } else { 0 })
    })?;
    let mut stage = Stage::new(program, "noisy", database)?;
    stage.cli(&["migrate"], "")?;
    let noisy = stage.organisation("Noisy")?;
    let quiet: Vec<Organisation> =
        (0..options.quiet).map(|n| stage.organisation(&format!("Quiet{n}"))).collect::<Result<_>>()?;
    stage.start()?;
    let ways: Vec<Connection> = quiet
        .iter()
        .map(|organisation| {
            let own = organisation.connect("webhook", &sink.webhook("own"))?;
            organisation.tells(&own, 1).map(|()| own)
        })
        .collect::<Result<_>>()?;
    let loud = noisy.connect("webhook", &sink.webhook("slow"))?;
    noisy.tells(&loud, EACH)?;

    measure(&stage, &ways, &sink, "warm", 3)?;
    let alone = measure(&stage, &ways, &sink, "alone", options.seconds)?;
    let begun = Instant::now();
    let events = options.jobs.div_ceil(EACH);
    for n in 0..events {
        let body = json!({"number": format!("noise{n}")}).to_string();
        let (status, text) = ask(stage.addr, "POST", &loud.path, &[("Content-Type", "application/json")], &body)?;
        if status != 200 {
            bail!("noise was not taken: {status} {text}");
        }
    }
    while noisy.call("GET", "/events?state=new&limit=1", &json!(null))?["items"]
        .as_array()
        .is_some_and(|new| !new.is_empty())
    {
        sleep(Duration::from_millis(200));
    }
    let made = || sink.effects().values().filter(|effect| effect.about.starts_with("noise")).count();
    println!("  {} jobs wait, after {:.0} s", events * EACH - made(), begun.elapsed().as_secs_f64());
    slow.store(options.call_ms, Ordering::Relaxed);
    let (before, begun) = (made(), Instant::now());
    let beside = measure(&stage, &ways, &sink, "beside", options.seconds)?;
    let rate = (made() - before) as f64 / begun.elapsed().as_secs_f64();
    println!("  the noisy one makes {rate:.0} calls a second meanwhile; {} jobs are left", events * EACH - made());
    let ratio = beside.1 / alone.1.max(1.0);
    println!("  alone   p50 {:>6.1} ms  p99 {:>6.1} ms", alone.0, alone.1);
    println!("  beside  p50 {:>6.1} ms  p99 {:>6.1} ms   {ratio:.2} times as long", beside.0, beside.1);
    Ok(ratio)
}

/// The quiet load for so many seconds; median and 99th percentile from posting to the call, milliseconds.
fn measure(stage: &Stage, ways: &[Connection], sink: &Sink, name: &str, seconds: u64) -> Result<(f64, f64)> {
    let until = Instant::now() + Duration::from_secs(seconds);
    let lanes: Vec<_> = ways
        .iter()
        .enumerate()
        .map(|(lane, way)| {
            let (addr, path, name) = (stage.addr, way.path.clone(), name.to_owned());
            thread::spawn(move || -> Result<BTreeMap<String, Instant>> {
                let (mut random, mut posted) = (Random::new(lane as u64), BTreeMap::new());
                while Instant::now() < until {
                    sleep(Duration::from_millis(random.within(PAUSE.0, PAUSE.1) as u64));
                    let number = format!("{name}{lane}.{}", posted.len());
                    posted.insert(number.clone(), Instant::now());
                    let body = json!({"number": number}).to_string();
                    let (status, text) = ask(addr, "POST", &path, &[("Content-Type", "application/json")], &body)?;
                    if status != 200 {
                        bail!("a quiet event was not taken: {status} {text}");
                    }
                }
                Ok(posted)
            })
        })
        .collect();
    let mut posted = BTreeMap::new();
    for lane in lanes {
        posted.extend(lane.join().map_err(|_| anyhow::anyhow!("a lane broke off"))??);
    }
    let patience = Instant::now() + Duration::from_secs(60);
    loop {
        let arrived: BTreeMap<String, Instant> =
            sink.effects().into_values().filter_map(|effect| Some((effect.about, effect.at?))).collect();
        let mut waits: Vec<f64> = posted
            .iter()
            .filter_map(|(number, at)| Some(arrived.get(number)?.duration_since(*at).as_secs_f64() * 1_000.0))
            .collect();
        if waits.len() == posted.len() {
            waits.sort_by(f64::total_cmp);
            let at = |share: f64| waits.get(((waits.len() as f64 * share) as usize).min(waits.len() - 1)).copied();
            return Ok((at(0.5).context("nothing was posted")?, at(0.99).context("nothing was posted")?));
        }
        if Instant::now() > patience {
            bail!("{} of {} quiet events never arrived", posted.len() - waits.len(), posted.len());
        }
        sleep(Duration::from_millis(100));
    }
}
