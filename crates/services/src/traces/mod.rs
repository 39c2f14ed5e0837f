//! Spans for a collector (OpenTelemetry), where the environment names one; without it everything here is one look at an
//! `Option`. The trace of whatever happens is its chain of causes: its id is the chain's, and the id of a span follows from
//! what the span is about, so nothing has to be carried along with events and jobs.
//!
//! Attributes hold ids of ours, kinds, codes and counts; never what people wrote, addresses, or words of a provider.

mod export;
mod otlp;
mod settings;

pub use export::{Exporting, start};
pub use settings::Settings;

use crate::clock::{Clock, random_bytes};
use sha2::{Digest, Sha256};
use std::borrow::Cow;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, OnceLock};
use std::time::Instant;
use store::jobs::Cause;
use tokio::sync::mpsc;

/// Spans that may wait for the collector; more are dropped and counted.
const WAITING: usize = 4_096;

/// What belongs together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TraceId(pub [u8; 16]);

/// One span of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SpanId(pub [u8; 8]);

impl TraceId {
    /// The trace of a chain of causes.
    pub fn of_chain(chain: &str) -> Self {
        match uuid::Uuid::try_parse(chain) {
            Ok(id) => Self(*id.as_bytes()),
            Err(_) => Self(first(&Sha256::digest(chain))),
        }
    }
}

impl SpanId {
    /// The span about something: kind and id.
    pub fn about(kind: &str, id: impl std::fmt::Display) -> Self {
        Self(first(&Sha256::digest(format!("{kind}:{id}"))))
    }
    /// The first span of a chain.
    pub fn root(chain: &str) -> Self {
        Self::about("chain", chain)
    }
    /// The span of whatever is the cause of something in this chain.
    pub fn of_cause(kind: &str, id: Option<&str>, chain: &str) -> Self {
        match id.filter(|_| matches!(kind, "event" | "job" | "run")) {
            Some(id) => Self::about(kind, id),
            None => Self::root(chain),
        }
    }
}

fn first<const N: usize>(bytes: &[u8]) -> [u8; N] {
    let mut out = [0; N];
    out.iter_mut().zip(bytes).for_each(|(out, byte)| *out = *byte);
    out
}

/// What a span is to the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Internal = 1,
    Server = 2,
    Client = 3,
    Producer = 4,
    Consumer = 5,
}

/// A value of an attribute.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    Text(Cow<'static, str>),
    Int(i64),
}

impl From<&'static str> for Value {
    fn from(text: &'static str) -> Self {
        Self::Text(text.into())
    }
}
impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text.into())
    }
}
impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Self::Int(number)
    }
}

/// When something began.
#[derive(Clone, Copy, Debug)]
pub struct Begun {
    ns: u64,
    at: Instant,
}

/// A span that is over.
#[derive(Clone, Debug)]
pub struct Span {
    pub trace: TraceId,
    pub id: SpanId,
    pub parent: Option<SpanId>,
    pub name: Cow<'static, str>,
    pub kind: Kind,
    pub attributes: Vec<(&'static str, Value)>,
    /// Spans of other traces it belongs to as well.
    pub links: Vec<(TraceId, SpanId)>,
    /// Why it failed: a code of ours or a provider's, and words only where they stand in the program itself.
    pub failed: Option<(Cow<'static, str>, Option<&'static str>)>,
    start_ns: u64,
    end_ns: u64,
}

impl Span {
    /// A span that began then and ends now.
    pub fn over(begun: Begun, kind: Kind, name: impl Into<Cow<'static, str>>, trace: TraceId, id: SpanId) -> Self {
        let took = u64::try_from(begun.at.elapsed().as_nanos()).unwrap_or(u64::MAX);
        let (start_ns, end_ns) = (begun.ns, begun.ns.saturating_add(took));
        let (attributes, links) = Default::default();
        Self { trace, id, parent: None, name: name.into(), kind, attributes, links, failed: None, start_ns, end_ns }
    }
    /// Below another one.
    pub fn under(self, parent: SpanId) -> Self {
        Self { parent: Some(parent), ..self }
    }
    /// With an attribute.
    pub fn with(mut self, name: &'static str, value: impl Into<Value>) -> Self {
        self.attributes.push((name, value.into()));
        self
    }
    /// Failed, and why. What is no plain code is not repeated: somebody else may have written it.
    pub fn failed(mut self, code: impl Into<Cow<'static, str>>, words: Option<&'static str>) -> Self {
        let code = code.into();
        let plain = code.len() <= 64 && code.bytes().all(|b| b.is_ascii_alphanumeric() || b"_.:-".contains(&b));
        let code = if plain && !code.is_empty() { code } else { "other".into() };
        self.attributes.push(("error.type", Value::Text(code.clone())));
        self.failed = Some((code, words));
        self
    }
    /// The same span with other ends, for calls that were noted while they were made.
    fn between(self, begun: Begun, took: std::time::Duration) -> Self {
        let took = u64::try_from(took.as_nanos()).unwrap_or(u64::MAX);
        Self { start_ns: begun.ns, end_ns: begun.ns.saturating_add(took), ..self }
    }
}

/// Where spans go.
#[derive(Debug, Default)]
pub struct Traces(Option<On>);

#[derive(Debug)]
struct On {
    settings: Arc<Settings>,
    sender: mpsc::Sender<Span>,
    receiver: Mutex<Option<mpsc::Receiver<Span>>>,
    dropped: Arc<AtomicU64>,
}

impl Traces {
    /// With a collector, or without.
    pub fn new(settings: Option<Settings>) -> Self {
        Self(settings.map(|settings| {
            let (sender, receiver) = mpsc::channel(WAITING);
            let receiver = Mutex::new(Some(receiver));
            On { settings: Arc::new(settings), sender, receiver, dropped: Arc::default() }
        }))
    }
    /// Whether anybody wants to know.
    pub fn on(&self) -> bool {
        self.0.is_some()
    }
    /// Begins something, if anybody wants to know.
    pub fn begin(&self, clock: &dyn Clock) -> Option<Begun> {
        self.0.as_ref()?;
        let ns = u64::try_from(clock.now()).unwrap_or_default().saturating_mul(1_000_000);
        Some(Begun { ns, at: Instant::now() })
    }
    /// Hands a span over. Never waits: a collector that is slow or away loses spans, nobody else anything.
    pub fn record(&self, span: Span) {
        let Some(on) = self.0.as_ref().filter(|on| on.settings.keeps(span.trace)) else { return };
        if on.sender.try_send(span).is_err() {
            on.dropped.fetch_add(1, Ordering::Relaxed);
        }
    }
    /// Takes the calls a job's work made and hands them over, each below `parent`.
    pub fn record_calls(
        &self,
        begun: Begun,
        trace: TraceId,
        parent: SpanId,
        of: &str,
        calls: &[connectors::http::Made],
    ) {
        for (number, call) in calls.iter().enumerate() {
            let began = Begun { ns: begun.ns.saturating_add(lapse(begun.at, call.at)), at: call.at };
            let span = Span::over(began, Kind::Client, call.method.clone(), trace, call_span(of, number))
                .between(began, call.took)
                .under(parent)
                .with("http.request.method", call.method.clone())
                .with("url.scheme", call.scheme.clone())
                .with("server.address", call.host.clone())
                .with("server.port", i64::from(call.port));
            self.record(match call.ended {
                Ok(status) if status >= 400 => {
                    span.with("http.response.status_code", i64::from(status)).failed(status.to_string(), None)
                }
                Ok(status) => span.with("http.response.status_code", i64::from(status)),
                Err(code) => span.failed(code, None),
            });
        }
    }
}

fn lapse(from: Instant, to: Instant) -> u64 {
    u64::try_from(to.saturating_duration_since(from).as_nanos()).unwrap_or(u64::MAX)
}

/// The span of one call an attempt makes.
fn call_span(of: &str, number: usize) -> SpanId {
    SpanId::about("call", format_args!("{of}:{number}"))
}

/// What the first call of an attempt says to somebody's own program, so that it can go on with the trace (W3C Trace Context).
pub fn traceparent(chain: &str, of: &str) -> String {
    let (trace, span) = (TraceId::of_chain(chain), call_span(of, 0));
    format!("00-{}-{}-01", hex::encode(trace.0), hex::encode(span.0))
}

tokio::task_local! {
    /// The chain of causes the request under way belongs to, once there is one.
    static REQUEST: OnceLock<String>;
}

/// The work of a request, and the chain of causes it began, by which its span is told from others.
pub async fn of_request<T>(work: impl Future<Output = T>) -> (T, String) {
    REQUEST
        .scope(OnceLock::new(), async {
            let done = work.await;
            let chain = REQUEST.with(|chain| chain.get().cloned());
            (done, chain.unwrap_or_else(|| uuid::Uuid::from_bytes(random_bytes()).to_string()))
        })
        .await
}

/// Whatever request is under way has begun this chain of causes. The first one counts.
pub fn begins(chain: &str) {
    let _ = REQUEST.try_with(|known| known.set(chain.to_owned()));
}

/// The cause of something, as trace and parent.
pub fn caused(cause: &Cause) -> (TraceId, SpanId) {
    (TraceId::of_chain(&cause.chain), SpanId::of_cause(cause.kind, cause.id.as_deref(), &cause.chain))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_follow_from_what_they_are_about() {
        let chain = "01989d1c-7e2f-7a11-8b60-3f1f6f5b7c20";
        assert_eq!(hex::encode(TraceId::of_chain(chain).0), chain.replace('-', ""));
        assert_ne!(TraceId::of_chain("").0, [0; 16]);
        assert_eq!(SpanId::about("job", 7), SpanId::of_cause("job", Some("7"), chain));
        assert_eq!(SpanId::of_cause("user", Some("7"), chain), SpanId::root(chain));
        assert_ne!(SpanId::about("job", 7), SpanId::about("run", 7));
        let parent = traceparent(chain, "x");
        assert_eq!((parent.len(), &parent[..3]), (55, "00-"));
    }

    #[test]
    fn a_failure_repeats_codes_only() {
        let begun = Begun { ns: 1, at: Instant::now() };
        let span = |code: &'static str| {
            Span::over(begun, Kind::Internal, "x", TraceId([1; 16]), SpanId([1; 8]))
                .failed(code, None)
                .failed
                .unwrap()
                .0
        };
        assert_eq!(span("window_closed"), "window_closed");
        assert_eq!(span("Анна не отвечает"), "other");
        assert_eq!(span("a b"), "other");
        assert_eq!(span(""), "other");
    }
}
