//! `cargo xtask storm`: `kill -9` again and again under load, on both databases; then an auditor compares what was accepted,
//! what is stored, and what arrived at a sink.
//!
//! Two ways out are under load: messages in WhatsApp, which are never repeated blindly, and calls of somebody's own program,
//! which knows a repeat by its id. With several nodes on one PostgreSQL any of them is killed and posted to.
//! Providers repeat what was not acknowledged, and now and then what was.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, sleep};
use std::time::{Duration, Instant};

use anyhow::{Result, bail};
use serde_json::json;

use super::http::ask;
use super::random::Random;
use super::sink::{Effect, Sink, customer_writes};
use super::stage::{Connection, Organisation, Stage, program, word};
use crate::postgres::{Cluster, Durability};
use crate::workspace::{Workspace, step};

/// How hard to storm.
#[derive(clap::Args)]
pub struct Options {
    /// Kills on each database.
    #[arg(long, default_value_t = 30)]
    kills: usize,
    /// Only `sqlite` or `postgres`.
    #[arg(long)]
    only: Option<String>,
    /// Chooses the moments of the kills.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Nodes on the one database; a file of SQLite is for one.
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u64).range(1..=9))]
    nodes: u64,
}

/// Threads that post, per way in.
const LANES: u64 = 4;
/// Customers, so many that nobody is written to too often.
const CUSTOMERS: u64 = 600;

/// Storms.
pub fn storm(workspace: &Workspace, options: &Options) -> Result<()> {
    let program = program(workspace)?;
    let wanted = |name: &str| options.only.as_deref().is_none_or(|only| only == name);
    if wanted("sqlite") && options.nodes == 1 {
        step(&format!("{} kills on SQLite", options.kills), || one(&program, options, None))?;
    }
    if wanted("postgres") {
        let cluster = step("Starting a PostgreSQL of our own", || Cluster::start(Durability::Full))?;
        let words = format!("{} kills on PostgreSQL, nodes: {}", options.kills, options.nodes);
        step(&words, || one(&program, options, Some(cluster.url())))?;
    }
    Ok(())
}

/// What providers told, and which of it was acknowledged.
#[derive(Default)]
struct Load {
    next: AtomicU64,
    over: AtomicBool,
    accepted: Mutex<BTreeSet<String>>,
    refused: AtomicU64,
}

fn one(program: &Path, options: &Options, database: Option<String>) -> Result<()> {
    let mut random = Random::new(options.seed);
    let sink = Sink::start(|_| Duration::from_millis(20))?;
    let mut stage = Stage::new(program, "storm", database)?;
    stage.cli(&["migrate"], "")?;
    let organisation = stage.organisation("Storm")?;
    stage.start()?;
    let mut stages = vec![stage];
    for number in 1..options.nodes {
        let mut stage = stages[0].beside(&format!("storm-{number}"))?;
        stage.start()?;
        stages.push(stage);
    }
    let whatsapp = organisation.connect("whatsapp", &sink.whatsapp())?;
    let own = organisation.connect("webhook", &sink.webhook("own"))?;
    organisation.rule("Answer", "message.received", &[json!({"do": "send_message", "text": "{{message.text}}"})])?;
    organisation.tells(&own, 1)?;

    let load = Arc::new(Load::default());
    let lanes: Vec<_> = (0..2 * LANES)
        .map(|lane| {
            let (load, seed) = (load.clone(), options.seed ^ (lane + 1) << 32);
            let addrs: Vec<_> = stages.iter().map(|stage| stage.addr).collect();
            let way = if lane < LANES { Way::Message(whatsapp.clone()) } else { Way::Own(own.clone()) };
            thread::spawn(move || post(&load, &addrs, &way, Random::new(seed)))
        })
        .collect();
    let mut away = Duration::ZERO;
    for kill in 0..options.kills {
        // Some come while it is still taking back what the kill before left, others where they hurt most.
        sleep(Duration::from_millis(random.within(20, 1_800) as u64));
        if kill % 2 == 0 {
            sink.mid_message(Duration::from_secs(3));
        }
        let stage = &mut stages[random.below(options.nodes as usize)];
        stage.kill()?;
        let begun = Instant::now();
        stage.start()?;
        away += begun.elapsed();
    }
    sleep(Duration::from_secs(1));
    load.over.store(true, Ordering::Relaxed);
    lanes.into_iter().for_each(|lane| drop(lane.join()));
    organisation.settled()?;
    println!(
        "  {} kills, {:.0} ms to be back each time",
        options.kills,
        away.as_secs_f64() * 1_000.0 / options.kills as f64
    );
    audit(&organisation, &load, &sink)
}

enum Way {
    Message(Connection),
    Own(Connection),
}

/// One provider's queue: what is not acknowledged comes again, in other words exactly the same.
fn post(load: &Load, addrs: &[std::net::SocketAddr], way: &Way, mut random: Random) {
    while !load.over.load(Ordering::Relaxed) {
        let number = load.next.fetch_add(1, Ordering::Relaxed);
        let (path, name, signature, body) = match way {
            Way::Message(connection) => {
                let id = format!("wamid.storm{number}");
                let (body, signature) =
                    customer_writes(79_130_000_000 + number % CUSTOMERS, &id, &format!("m{number}"));
                (&connection.path, "X-Hub-Signature-256", signature, body)
            }
            Way::Own(connection) => (
                &connection.path,
                "webhook-id",
                format!("o{number}"),
                json!({"number": format!("o{number}")}).to_string(),
            ),
        };
        let headers = [("Content-Type", "application/json"), (name, signature.as_str())];
        let mut more = usize::from(random.percent(10));
        let begun = Instant::now();
        // What was posted must be acknowledged in the end: otherwise it could be there or not, and prove nothing.
        while begun.elapsed() < Duration::from_secs(60) {
            match ask(addrs[random.below(addrs.len())], "POST", path, &headers, &body) {
                Ok((200, _)) => {
                    let name = if name == "webhook-id" { format!("o{number}") } else { format!("m{number}") };
                    load.accepted.lock().unwrap_or_else(PoisonError::into_inner).insert(name);
                    if more == 0 {
                        break;
                    }
                    more -= 1;
                }
                _ => {
                    load.refused.fetch_add(1, Ordering::Relaxed);
                    sleep(Duration::from_millis(random.within(5, 60) as u64));
                }
            }
        }
        sleep(Duration::from_millis(random.within(20, 140) as u64));
    }
}

fn audit(organisation: &Organisation, load: &Load, sink: &Sink) -> Result<()> {
    let accepted = load.accepted.lock().unwrap_or_else(PoisonError::into_inner).clone();
    let mut wrong = Vec::new();
    let mut stored: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for event in organisation.all("/events")? {
        let key = word(&event, "dedupe_key")?;
        let name = key.rsplit_once("wamid.storm").map(|(_, number)| format!("m{number}"));
        if let Some(name) = name.or_else(|| key.strip_prefix("call:").map(str::to_owned)) {
            stored.entry(name).or_default().push(word(&event, "state")?);
        }
    }
    let lost = accepted.iter().filter(|name| !stored.contains_key(*name)).count();
    wrong.extend(
        accepted
            .iter()
            .filter(|name| !stored.contains_key(*name))
            .map(|name| format!("{name} was accepted and is lost")),
    );
    let odd = stored.iter().filter(|(_, states)| states.as_slice() != ["done"]);
    wrong.extend(odd.map(|(name, states)| format!("{name} is stored as {states:?}")));

    let effects = sink.effects();
    let (mut counted, mut doubtful, mut again, mut stuck) = (BTreeMap::<String, usize>::new(), 0, 0, 0);
    let mut silent = Vec::new();
    for kind in ["send_message", "call_webhook"] {
        for job in organisation.all(&format!("/jobs?kind={kind}"))? {
            let (id, state) = (word(&job, "id")?, word(&job, "state")?);
            let Effect { times, about, .. } = effects.get(&id.replace('-', "")).cloned().unwrap_or_default();
            *counted.entry(kind.to_owned()).or_default() += 1;
            again += usize::from(times > 1);
            match (kind, state.as_str(), times) {
                (_, "done", 1) => {}
                ("call_webhook", "done", 2..) => {}
                ("send_message", "unknown", 0) => {
                    doubtful += 1;
                    silent.push(id);
                    continue;
                }
                ("send_message", "unknown", 1) => doubtful += 1,
                (_, "ready" | "running" | "held", _) => {
                    stuck += 1;
                    wrong.push(format!("{kind} {id} is stuck as {state}"));
                }
                _ => wrong.push(format!("{kind} {id} ({about}) is {state} and arrived {times} times")),
            }
        }
    }
    // Every event caused one effect, by one job; what never arrived waits for a decision, one by one.
    let mut causes: BTreeMap<&str, usize> = BTreeMap::new();
    effects.values().for_each(|effect| *causes.entry(effect.about.as_str()).or_default() += 1);
    wrong.extend(
        causes.iter().filter(|(_, jobs)| **jobs > 1).map(|(name, jobs)| format!("{name} caused {jobs} effects")),
    );
    let without: Vec<_> = stored.keys().filter(|name| !causes.contains_key(name.as_str())).collect();
    if without.len() != silent.len() || without.iter().any(|name| !name.starts_with('m')) {
        wrong.push(format!("without effect: {without:?}; in doubt without effect: {}", silent.len()));
    }
    let refused = load.refused.load(Ordering::Relaxed);
    println!(
        "  accepted {}, refused or broken off {refused}, stored {}, lost {lost}, stuck {stuck}",
        accepted.len(),
        stored.len()
    );
    println!(
        "  jobs {counted:?}; arrived twice {again} (calls, same id); «проверить» {doubtful}, {} of them never arrived",
        silent.len()
    );
    if wrong.is_empty() && accepted.len() > 100 {
        return Ok(());
    }
    wrong.iter().take(20).for_each(|line| println!("  ✗ {line}"));
    bail!("{} of {} accepted are not as they must be", wrong.len(), accepted.len())
}
