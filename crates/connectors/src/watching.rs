//! Notes the calls some work makes, for whoever wants to know where time went: method, host and end, never a path or a body.

use std::sync::Mutex;
use std::time::{Duration, Instant};

/// A call that was made.
#[derive(Clone, Debug)]
pub struct Made {
    pub method: String,
    pub scheme: String,
    pub host: String,
    pub port: u16,
    pub at: Instant,
    /// Until the head of the answer.
    pub took: Duration,
    /// The status, or what kind of trouble it was.
    pub ended: Result<u16, &'static str>,
}

#[derive(Debug)]
struct Watch {
    traceparent: String,
    made: Mutex<Vec<Made>>,
}

tokio::task_local! {
    static WATCH: Watch;
}

/// Does some work and tells which calls it made. `traceparent`: what somebody's own program may be told of its trace.
pub async fn watched<T>(traceparent: String, work: impl Future<Output = T>) -> (T, Vec<Made>) {
    let watch = Watch { traceparent, made: Mutex::default() };
    WATCH
        .scope(watch, async {
            let done = work.await;
            let take = |watch: &Watch| std::mem::take(&mut *watch.made.lock().unwrap_or_else(|held| held.into_inner()));
            (done, WATCH.with(take))
        })
        .await
}

/// What somebody's own program is told of the trace, where there is one.
pub fn traceparent() -> Option<String> {
    WATCH.try_with(|watch| watch.traceparent.clone()).ok()
}

/// A call that begins.
pub(super) struct Call(Option<(Instant, Made)>);

impl Call {
    pub fn of(request: &reqwest::Request) -> Self {
        Self(WATCH.try_with(|_| ()).ok().map(|()| {
            let (at, url) = (Instant::now(), request.url());
            let made = Made {
                method: request.method().to_string(),
                scheme: url.scheme().to_owned(),
                host: url.host_str().unwrap_or_default().to_owned(),
                port: url.port_or_known_default().unwrap_or_default(),
                at,
                took: Duration::ZERO,
                ended: Err("network"),
            };
            (at, made)
        }))
    }
    pub fn over(self, response: &reqwest::Result<reqwest::Response>) {
        let Some((at, made)) = self.0 else { return };
        let ended = response.as_ref().map(|response| response.status().as_u16()).map_err(super::code);
        let made = Made { took: at.elapsed(), ended, ..made };
        let _ = WATCH.try_with(|watch| watch.made.lock().unwrap_or_else(|held| held.into_inner()).push(made));
    }
}
