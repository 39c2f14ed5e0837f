//! How much waits, for how long, and who works on it: figures for `/metrics`, read from the database and believed for some
//! seconds, so that whoever asks often costs nothing.

use crate::{App, Result};
use std::fmt::Write;
use std::time::{Duration, Instant};

/// How long figures are believed.
const FRESH: Duration = Duration::from_secs(5);
/// How long they may take; without them the counters are told alone.
const PATIENCE: Duration = Duration::from_secs(3);

/// The figures told last.
#[derive(Debug, Default)]
pub struct Gauges(tokio::sync::Mutex<Option<(Instant, String)>>);

/// The Prometheus text; whether the database answers is one of the figures.
pub async fn render(app: &App) -> String {
    let mut last = app.gauges.0.lock().await;
    if let Some((at, text)) = &*last {
        if at.elapsed() < FRESH {
            return text.clone();
        }
    }
    let mut out = String::new();
    match tokio::time::timeout(PATIENCE, figures(app)).await {
        Ok(Ok(figures)) => {
            gauge(&mut out, "database_answers", "Whether the database answers.", 1);
            figures.into_iter().for_each(|(name, help, value)| gauge(&mut out, name, help, value));
        }
        _ => gauge(&mut out, "database_answers", "Whether the database answers.", 0),
    }
    for (name, help, value) in pools(app) {
        gauge(&mut out, name, help, value);
    }
    *last = Some((Instant::now(), out.clone()));
    out
}

type Figure = (&'static str, &'static str, i64);

async fn figures(app: &App) -> Result<Vec<Figure>> {
    let now = app.clock.now();
    let age = |since: Option<i64>| since.map_or(0, |since| (now - since).max(0) / 1000);
    let (events, oldest_event) = store::health::inbox(&app.db).await?;
    let jobs = store::health::queue(&app.db).await?;
    let oldest_job = store::jobs::next_due(&app.db).await?;
    Ok(vec![
        ("events_waiting", "Events that wait to be applied.", events),
        ("events_oldest_seconds", "Age of the oldest of them.", age(oldest_event)),
        ("jobs_ready", "Jobs that wait for their turn.", jobs.ready),
        ("jobs_running", "Jobs under way.", jobs.running),
        ("jobs_held", "Jobs held by a stop or a paused connection.", jobs.held),
        ("jobs_unknown", "Jobs of which nobody knows whether they went through.", jobs.unknown),
        ("jobs_dead", "Jobs given up.", jobs.dead),
        ("jobs_oldest_due_seconds", "How long the job that is due longest has waited.", age(oldest_job)),
        ("nodes_live", "Nodes at work on this database.", app.nodes.count() as i64),
    ])
}

fn pools(app: &App) -> [Figure; 4] {
    let ((writers, writing), (readers, reading)) = app.db.pools();
    [
        ("pool_write_open", "Connections for writing.", writers),
        ("pool_write_busy", "Those in use.", writing),
        ("pool_read_open", "Connections for reading.", readers),
        ("pool_read_busy", "Those in use.", reading),
    ]
}

fn gauge(out: &mut String, name: &str, help: &str, value: i64) {
    let _ = writeln!(out, "# HELP pult_{name} {help}\n# TYPE pult_{name} gauge\npult_{name} {value}");
}
