//! Carries spans to the collector, many at a time, beside everything else. A collector that is away is tried a few times;
//! meanwhile spans wait, and when there are too many, new ones are dropped.

use super::{Settings, Span, otlp};
use crate::App;
use std::io::Write;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};
use tokio::sync::mpsc::Receiver;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

/// Spans in one request at most, and how long the first of them waits for others.
const BATCH: usize = 512;
const GATHER: Duration = Duration::from_secs(2);
/// How often a request is made before its spans are dropped.
const TRIES: u32 = 3;
/// How often a failing collector is spoken of.
const SPEAK: Duration = Duration::from_secs(60);

/// Spans on their way.
#[derive(Debug)]
pub struct Exporting {
    ending: CancellationToken,
    task: Option<JoinHandle<()>>,
}

/// Starts carrying spans, if there is a collector.
pub fn start(app: &Arc<App>) -> Exporting {
    let ending = CancellationToken::new();
    let receiver = app.traces.0.as_ref().and_then(|on| {
        let receiver = on.receiver.lock().unwrap_or_else(std::sync::PoisonError::into_inner).take()?;
        Some(Carrier {
            http: connectors::http::client_with_timeout(on.settings.timeout),
            settings: on.settings.clone(),
            dropped: on.dropped.clone(),
            receiver,
            ending: ending.clone(),
            spoken: None,
        })
    });
    Exporting { ending, task: receiver.map(|carrier| tokio::spawn(carrier.run())) }
}

impl Exporting {
    /// Sends what still waits, for as long as there is time.
    pub async fn finish(self, within: Duration) {
        self.ending.cancel();
        if let Some(task) = self.task {
            let _ = tokio::time::timeout(within, task).await;
        }
    }
}

struct Carrier {
    http: reqwest::Client,
    settings: Arc<Settings>,
    dropped: Arc<AtomicU64>,
    receiver: Receiver<Span>,
    ending: CancellationToken,
    spoken: Option<Instant>,
}

impl Carrier {
    async fn run(mut self) {
        while let Some(first) = self.next().await {
            let mut batch = vec![first];
            if !self.ending.is_cancelled() {
                tokio::select! { () = tokio::time::sleep(GATHER) => {}, () = self.ending.cancelled() => {} }
            }
            while batch.len() < BATCH {
                let Ok(span) = self.receiver.try_recv() else { break };
                batch.push(span);
            }
            self.send(&batch).await;
        }
    }
    /// The next span; `None` when all are sent and the program ends.
    async fn next(&mut self) -> Option<Span> {
        tokio::select! {
            biased;
            span = self.receiver.recv() => span,
            () = self.ending.cancelled() => self.receiver.try_recv().ok(),
        }
    }
    async fn send(&mut self, batch: &[Span]) {
        let mut body = otlp::request(&self.settings, batch).to_string().into_bytes();
        if self.settings.gzip {
            let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
            let done = packed.write_all(&body).and_then(|()| packed.finish());
            let Ok(packed) = done else { return };
            body = packed;
        }
        let body = bytes::Bytes::from(body);
        for number in 1..=TRIES {
            let why = match self.post(body.clone()).await {
                Ok(status) if (200..300).contains(&status) => return self.tell_of_dropped(),
                // What the collector will never take is not tried again.
                Ok(status) if !matches!(status, 429 | 502 | 503 | 504) => {
                    self.speak(&format!("HTTP {status}"));
                    break;
                }
                Ok(status) => format!("HTTP {status}"),
                Err(why) => why,
            };
            self.speak(&why);
            if number == TRIES || self.ending.is_cancelled() {
                break;
            }
            tokio::select! {
                () = tokio::time::sleep(Duration::from_secs(u64::from(number))) => {}
                () = self.ending.cancelled() => {}
            }
        }
        self.dropped.fetch_add(batch.len() as u64, Ordering::Relaxed);
    }
    async fn post(&self, body: bytes::Bytes) -> Result<u16, String> {
        let mut request = self.http.post(&self.settings.endpoint).header("content-type", "application/json");
        for (name, value) in &self.settings.headers {
            request = request.header(name, value);
        }
        if self.settings.gzip {
            request = request.header("content-encoding", "gzip");
        }
        let answer = request.body(body).send().await;
        answer.map(|answer| answer.status().as_u16()).map_err(|error| error.without_url().to_string())
    }
    /// A collector that fails is spoken of now and then, not with every batch.
    fn speak(&mut self, why: &str) {
        if self.spoken.is_none_or(|at| at.elapsed() > SPEAK) {
            self.spoken = Some(Instant::now());
            tracing::warn!(error = %why, "The collector of traces takes nothing; the work goes on without it");
        }
    }
    fn tell_of_dropped(&mut self) {
        let dropped = self.dropped.swap(0, Ordering::Relaxed);
        if dropped > 0 {
            tracing::warn!(spans = dropped, "Spans were dropped while the collector of traces was away or too slow");
        }
    }
}
