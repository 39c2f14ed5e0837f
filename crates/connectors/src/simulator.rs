//! What the simulators of all providers share: listening, a movable clock, faults on command and a memory of calls.
//! A simulator is the outside world, so it has a clock of its own and no part of Pult's.

use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use std::collections::VecDeque;
use std::net::SocketAddr;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

/// Calls remembered at most; the oldest go first.
const CALLS: usize = 10_000;

/// A server that runs until this is dropped. Then nobody listens any more and idle connections are closed, so that
/// callers see what they see when a provider goes away.
#[derive(Debug)]
pub struct Serving {
    pub addr: SocketAddr,
    task: JoinHandle<()>,
    running: oneshot::Sender<()>,
}

impl Serving {
    /// Runs until the process ends.
    pub async fn forever(self) {
        let _ = self.task.await;
        drop(self.running);
    }
}

/// Binds; the address is known before anything is served.
pub async fn bind(addr: SocketAddr) -> std::io::Result<(TcpListener, SocketAddr)> {
    let listener = TcpListener::bind(addr).await?;
    let addr = listener.local_addr()?;
    Ok((listener, addr))
}

/// Serves in the background.
pub fn serve(listener: TcpListener, addr: SocketAddr, router: Router) -> Serving {
    let (running, dropped) = oneshot::channel();
    let task = tokio::spawn(async move {
        let stop = async move { dropped.await.unwrap_or_default() };
        // Only fails when the listener breaks; there is nobody to tell but the callers, who see it at once.
        let _ = axum::serve(listener, router).with_graceful_shutdown(stop).await;
    });
    Serving { addr, task, running }
}

/// A lock that survives a panic elsewhere: a simulator's memory is still worth reading then.
pub fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The provider's clock: real time plus what was advanced.
#[derive(Debug)]
pub struct Clock {
    started: Instant,
    started_ms: i64,
    offset_ms: AtomicI64,
}

impl Default for Clock {
    #[expect(clippy::disallowed_methods, reason = "the outside world has a clock of its own")]
    fn default() -> Self {
        let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
        Self { started: Instant::now(), started_ms: since.as_millis() as i64, offset_ms: AtomicI64::new(0) }
    }
}

impl Clock {
    /// Milliseconds since 1970.
    pub fn now_ms(&self) -> i64 {
        self.started_ms + self.started.elapsed().as_millis() as i64 + self.offset_ms.load(Ordering::Relaxed)
    }
    /// When the simulator was started; makes its ids differ from those of an earlier start.
    pub fn started_ms(&self) -> i64 {
        self.started_ms
    }
    /// Moves the clock.
    pub fn advance(&self, ms: i64) {
        self.offset_ms.fetch_add(ms, Ordering::Relaxed);
    }
    /// Back to real time.
    pub fn reset(&self) {
        self.offset_ms.store(0, Ordering::Relaxed);
    }
}

/// What a call may suffer.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Fault {
    /// An error of the provider.
    Fail { status: u16, code: i64, retry_after: Option<u32> },
    /// No answer; nothing was done.
    Hang,
    /// No answer, but it was done.
    Swallow,
}

/// An order for faults, as the control address takes it.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct FaultOrder {
    /// This many next calls fail with `status` and `code`.
    pub fail_next: u32,
    pub status: u16,
    pub code: i64,
    /// Seconds for a `Retry-After` header.
    pub retry_after: Option<u32>,
    /// This many next calls get no answer and have no effect.
    pub hang: u32,
    /// This many next calls have their effect, but get no answer.
    pub swallow: u32,
    /// Only calls whose path contains this.
    pub on: String,
    /// Every call takes at least this long; stays until changed.
    pub latency_ms: Option<u64>,
    /// Forget earlier orders first.
    pub clear: bool,
}

/// Faults on command.
#[derive(Debug, Default)]
pub struct Faults(Mutex<(Vec<(String, Fault)>, u64)>);

impl Faults {
    /// Adds faults to the queue.
    pub fn order(&self, order: &FaultOrder) {
        let mut inner = lock(&self.0);
        if order.clear {
            *inner = Default::default();
        }
        if let Some(ms) = order.latency_ms {
            inner.1 = ms;
        }
        let status = if order.status == 0 { 500 } else { order.status };
        let fail = Fault::Fail { status, code: order.code, retry_after: order.retry_after };
        for (count, fault) in [(order.fail_next, fail), (order.hang, Fault::Hang), (order.swallow, Fault::Swallow)] {
            inner.0.extend((0..count.min(10_000)).map(|_| (order.on.clone(), fault.clone())));
        }
    }
    /// The next `n` calls fail; `code` 0 means a bare status without the provider's error body.
    pub fn fail_next(&self, n: u32, status: u16, code: i64) {
        self.order(&FaultOrder { fail_next: n, status, code, ..FaultOrder::default() });
    }
    /// Faults still waiting for their call.
    pub fn waiting(&self) -> usize {
        lock(&self.0).0.len()
    }
    fn take(&self, path: &str) -> (Option<Fault>, u64) {
        let mut inner = lock(&self.0);
        let place = inner.0.iter().position(|(on, _)| path.contains(on.as_str()));
        (place.map(|place| inner.0.remove(place).1), inner.1)
    }
    /// Middleware around the provider's addresses. `error` writes the provider's error body for a code.
    pub async fn around(&self, request: Request, next: Next, error: fn(u16, i64) -> Json) -> Response {
        let (fault, latency) = self.take(request.uri().path());
        if latency > 0 {
            tokio::time::sleep(Duration::from_millis(latency)).await;
        }
        match fault {
            None => next.run(request).await,
            Some(Fault::Fail { status, code, retry_after }) => {
                let status = axum::http::StatusCode::from_u16(status).unwrap_or_default();
                let body = if code == 0 { Body::empty() } else { Body::from(error(status.as_u16(), code).to_string()) };
                let mut response = (status, [("content-type", "application/json")], body).into_response();
                if let Some(seconds) = retry_after {
                    response.headers_mut().insert("retry-after", seconds.into());
                }
                response
            }
            Some(Fault::Hang) => std::future::pending().await,
            Some(Fault::Swallow) => {
                let _ = next.run(request).await;
                std::future::pending().await
            }
        }
    }
}

/// A call that arrived.
#[derive(Clone, Debug, Serialize)]
pub struct Call {
    pub at_ms: i64,
    pub method: String,
    pub path: String,
    /// Status answered.
    pub status: u16,
}

/// The latest calls, oldest first.
#[derive(Debug, Default)]
pub struct Calls(Mutex<VecDeque<Call>>);

impl Calls {
    pub fn add(&self, call: Call) {
        let mut calls = lock(&self.0);
        if calls.len() == CALLS {
            calls.pop_front();
        }
        calls.push_back(call);
    }
    pub fn all(&self) -> Vec<Call> {
        lock(&self.0).iter().cloned().collect()
    }
    pub fn clear(&self) {
        lock(&self.0).clear();
    }
}

/// JSON with everything outside ASCII as `\uXXXX` in lower case, as several providers write (and sign) it.
pub fn ascii(json: &Json) -> Vec<u8> {
    let text = json.to_string();
    let mut out = Vec::with_capacity(text.len() + 64);
    for c in text.chars() {
        if c.is_ascii() {
            out.push(c as u8);
        } else {
            for unit in c.encode_utf16(&mut [0; 2]) {
                out.extend_from_slice(format!("\\u{unit:04x}").as_bytes());
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bodies_are_ascii_in_lower_case() {
        let body = ascii(&serde_json::json!({"text": "Привет 👍\n"}));
        assert_eq!(
            String::from_utf8(body).expect("ASCII"),
            r#"{"text":"\u041f\u0440\u0438\u0432\u0435\u0442 \ud83d\udc4d\n"}"#
        );
    }

    #[tokio::test]
    async fn a_dropped_server_is_gone_for_kept_connections_too() {
        let (listener, addr) = bind(([127, 0, 0, 1], 0).into()).await.expect("a port");
        let serving = serve(listener, addr, Router::new().fallback(async || "here"));
        let client = crate::http::client();
        let get = async || client.get(format!("http://{addr}/")).send().await;
        get().await.expect("an answer").text().await.expect("a body");
        drop(serving);
        for _ in 0..1_000 {
            if get().await.is_err_and(|error| error.is_connect()) {
                return;
            }
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
        panic!("still answered");
    }

    #[test]
    fn a_clock_moves_both_ways() {
        let clock = Clock::default();
        let before = clock.now_ms();
        clock.advance(90_000_000);
        assert!(clock.now_ms() >= before + 90_000_000);
        clock.reset();
        assert!(clock.now_ms() < before + 90_000_000);
    }
}
