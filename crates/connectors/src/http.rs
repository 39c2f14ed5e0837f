//! The one place where a network result becomes a [`Fail`], and the one HTTP client. Connectors put the provider's own
//! error codes on top. Nothing here knows a provider, and no text that leaves here carries an address or a secret.

#[path = "watching.rs"]
mod watching;

use crate::{Fail, LimitScope, Rejection, SettingKind, Settings, Spec};
use bytes::{Bytes, BytesMut};
use std::time::Duration;

pub use watching::{Made, traceparent, watched};

/// Largest answer read from an ordinary call; file downloads name their own limit.
pub const ANSWER_LIMIT: usize = 4 * 1024 * 1024;

/// Longest provider sentence kept for attempts and journals, in characters.
const DETAIL_LIMIT: usize = 500;

/// How long a whole call may take.
pub(crate) const TIMEOUT: Duration = Duration::from_secs(20);

/// A client for outgoing calls: no proxies from the environment and no redirects, so that a token is only
/// ever shown to the host it was meant for.
///
/// # Panics
/// When the TLS library cannot be set up; that is found at start, before anything is accepted.
pub fn client() -> reqwest::Client {
    client_with_timeout(TIMEOUT)
}

/// Like [`client`], with another limit for a whole call (tests of hanging providers).
///
/// # Panics
/// As [`client`].
pub fn client_with_timeout(timeout: Duration) -> reqwest::Client {
    client_with(timeout, |builder| builder)
}

/// The same with something more (the resolver of [`crate::address::client`]).
pub(crate) fn client_with(
    timeout: Duration,
    more: impl FnOnce(reqwest::ClientBuilder) -> reqwest::ClientBuilder,
) -> reqwest::Client {
    let builder = reqwest::Client::builder()
        .user_agent(concat!("Pult/", env!("CARGO_PKG_VERSION")))
        .redirect(reqwest::redirect::Policy::none())
        .no_proxy()
        .connect_timeout(timeout.min(Duration::from_secs(5)))
        .timeout(timeout)
        .pool_idle_timeout(Duration::from_secs(60));
    more(builder).build().unwrap_or_else(|error| panic!("the HTTP client cannot be set up: {error}"))
}

/// Whether a call may be made again when nobody knows how it ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Repeat {
    Harmless,
    Never,
}

/// A whole answer.
#[derive(Clone, Debug)]
pub struct Answer {
    pub status: u16,
    pub mime: String,
    pub body: Bytes,
    headers: reqwest::header::HeaderMap,
}

impl Answer {
    /// A header as text, "" when absent.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// 2xx.
    pub fn good(&self) -> bool {
        (200..300).contains(&self.status)
    }

    /// How long the provider asks us to wait (seconds or a date).
    pub fn retry_after_ms(&self, now_ms: i64) -> Option<i64> {
        let text = self.header("retry-after").trim();
        if let Ok(seconds) = text.parse::<u32>() {
            return Some(i64::from(seconds) * 1000);
        }
        let at = time::OffsetDateTime::parse(text, &time::format_description::well_known::Rfc2822).ok()?;
        Some(at.unix_timestamp().saturating_mul(1000).saturating_sub(now_ms).max(0))
    }

    /// What the bare status means, for answers that carry no error of the provider.
    pub fn fail(&self, repeat: Repeat, now_ms: i64) -> Fail {
        let code = self.status.to_string();
        let detail = format!("HTTP {}", self.status);
        let after_ms = self.retry_after_ms(now_ms);
        match self.status {
            401 | 403 => Fail::Reauth { code, detail },
            429 => Fail::Limited { scope: LimitScope::Connection, after_ms, code, detail },
            // A gateway gave up waiting: what stood behind it may have done the work.
            504 if repeat == Repeat::Never => Fail::Unknown { detail },
            408 | 425 | 500.. => Fail::Transient { after_ms, code, detail },
            200..300 => unreadable(repeat, detail),
            _ => Fail::Rejected { reason: Rejection::BadRequest, code, detail },
        }
    }
}

/// A good status with a body that says nothing: the call was probably done.
pub fn unreadable(repeat: Repeat, detail: String) -> Fail {
    match repeat {
        Repeat::Harmless => Fail::Transient { after_ms: None, code: "unreadable".into(), detail },
        Repeat::Never => Fail::Unknown { detail: format!("the answer cannot be read: {detail}") },
    }
}

/// Our own input does not fit; nothing was called.
pub fn bad_request(code: &str, detail: impl Into<String>) -> Fail {
    Fail::Rejected { reason: Rejection::BadRequest, code: code.into(), detail: detail.into() }
}

/// Makes the call; the head of its answer, and what brings the body.
async fn answered(request: reqwest::RequestBuilder, repeat: Repeat) -> Result<(reqwest::Response, Answer), Fail> {
    let (client, request) = request.build_split();
    let request = request.map_err(|error| broken(error, repeat))?;
    let watch = watching::Call::of(&request);
    let response = client.execute(request).await;
    watch.over(&response);
    let response = response.map_err(|error| broken(error, repeat))?;
    let mut answer = Answer {
        status: response.status().as_u16(),
        mime: String::new(),
        body: Bytes::new(),
        headers: response.headers().clone(),
    };
    answer.mime = answer.header("content-type").to_owned();
    Ok((response, answer))
}

/// Makes the call and reads the answer up to `limit` bytes, whatever its status.
pub async fn call(request: reqwest::RequestBuilder, repeat: Repeat, limit: usize) -> Result<Answer, Fail> {
    let (mut response, mut answer) = answered(request, repeat).await?;
    let too_large = || {
        let detail = format!("the answer is larger than {limit} bytes");
        match repeat {
            Repeat::Harmless => bad_request("too_large", detail),
            Repeat::Never => unreadable(repeat, detail),
        }
    };
    if response.content_length().is_some_and(|length| length > limit as u64) {
        return Err(too_large());
    }
    let mut body = BytesMut::new();
    while let Some(chunk) = response.chunk().await.map_err(|error| broken(error, repeat))? {
        if body.len() + chunk.len() > limit {
            return Err(too_large());
        }
        body.extend_from_slice(&chunk);
    }
    answer.body = body.freeze();
    Ok(answer)
}

/// Makes a call whose status says everything: of its answer only the beginning is read, and what comes after does not matter.
pub async fn call_beginning(request: reqwest::RequestBuilder, repeat: Repeat, limit: usize) -> Result<Answer, Fail> {
    let (mut response, mut answer) = answered(request, repeat).await?;
    let mut body = BytesMut::new();
    while let Ok(Some(chunk)) = response.chunk().await {
        body.extend_from_slice(&chunk[..chunk.len().min(limit - body.len())]);
        if body.len() == limit {
            break;
        }
    }
    answer.body = body.freeze();
    Ok(answer)
}

/// A call that ended without an answer. Before a connection stood, nothing can have been written; after that, a call
/// that may not be repeated has an unknown end.
fn broken(error: reqwest::Error, repeat: Repeat) -> Fail {
    if error.is_builder() {
        return bad_request("request", chain(&error.without_url()));
    }
    let code = code(&error);
    let before_writing = error.is_connect();
    let detail = chain(&error.without_url());
    if detail.contains(crate::address::PRIVATE) {
        return crate::address::forbidden();
    }
    match repeat {
        Repeat::Never if !before_writing => Fail::Unknown { detail: format!("{code}: {detail}") },
        _ => Fail::Transient { after_ms: None, code: code.into(), detail },
    }
}

/// What kind of trouble it was.
fn code(error: &reqwest::Error) -> &'static str {
    if error.is_timeout() {
        "timeout"
    } else if error.is_connect() {
        "connect"
    } else {
        "network"
    }
}

fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(inner) = source {
        text = format!("{text}: {inner}");
        source = inner.source();
    }
    text
}

/// The failure with every secret of the connection blotted out and texts cut to a sensible length. Connectors pass all
/// their failures through here, because a provider may echo what it was sent.
#[must_use]
pub fn redacted(fail: Fail, spec: &Spec, settings: &Settings) -> Fail {
    let secrets: Vec<&str> = spec
        .settings
        .iter()
        .filter(|s| matches!(s.kind, SettingKind::Secret | SettingKind::Generated))
        .map(|s| settings.get(s.name))
        .filter(|value| !value.is_empty())
        .collect();
    let clean = |text: String| {
        let text = secrets
            .iter()
            .fold(text, |text, secret| if text.contains(secret) { text.replace(secret, "•••") } else { text });
        // NUL cannot be stored as text by PostgreSQL.
        let text = if text.contains('\0') { text.replace('\0', "\u{fffd}") } else { text };
        match text.char_indices().nth(DETAIL_LIMIT) {
            Some((end, _)) => format!("{}…", &text[..end]),
            None => text,
        }
    };
    match fail {
        Fail::Transient { after_ms, code, detail } => {
            Fail::Transient { after_ms, code: clean(code), detail: clean(detail) }
        }
        Fail::Limited { scope, after_ms, code, detail } => {
            Fail::Limited { scope, after_ms, code: clean(code), detail: clean(detail) }
        }
        Fail::Reauth { code, detail } => Fail::Reauth { code: clean(code), detail: clean(detail) },
        Fail::Rejected { reason, code, detail } => Fail::Rejected { reason, code: clean(code), detail: clean(detail) },
        Fail::Unknown { detail } => Fail::Unknown { detail: clean(detail) },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(status: u16, retry_after: Option<&str>) -> Answer {
        let wish = retry_after.map(|wish| (reqwest::header::RETRY_AFTER, wish.parse().expect("a header")));
        Answer { status, mime: String::new(), body: Bytes::new(), headers: wish.into_iter().collect() }
    }

    #[test]
    fn a_wish_is_seconds_or_a_date() {
        assert_eq!(answer(429, Some("7")).retry_after_ms(0), Some(7_000));
        let date = Some("Fri, 20 Nov 2026 10:00:30 GMT");
        assert_eq!(answer(503, date).retry_after_ms(1_795_168_800_000), Some(30_000));
        assert_eq!(answer(503, date).retry_after_ms(1_895_168_800_000), Some(0));
        assert_eq!(answer(429, Some("soon")).retry_after_ms(0), None);
        assert_eq!(answer(429, None).retry_after_ms(0), None);
    }

    #[test]
    fn bare_statuses() {
        let fail = |status, repeat| answer(status, None).fail(repeat, 0);
        for status in [500, 502, 503, 408] {
            assert!(matches!(fail(status, Repeat::Never), Fail::Transient { .. }), "{status}");
        }
        assert!(matches!(fail(504, Repeat::Harmless), Fail::Transient { .. }));
        assert!(matches!(fail(504, Repeat::Never), Fail::Unknown { .. }));
        assert!(matches!(fail(401, Repeat::Never), Fail::Reauth { .. }));
        assert!(matches!(fail(429, Repeat::Never), Fail::Limited { scope: LimitScope::Connection, .. }));
        assert!(matches!(fail(302, Repeat::Never), Fail::Rejected { reason: Rejection::BadRequest, .. }));
        assert!(matches!(fail(200, Repeat::Never), Fail::Unknown { .. }));
    }
}
