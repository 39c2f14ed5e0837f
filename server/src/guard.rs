//! What keeps other sites and broken requests out: the origin check, security headers, and the answer to a panic.

use crate::state::AppState;
use crate::traces::Panicked;
use axum::Json;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use domain::{ApiError, ErrorCode};
use http::{HeaderMap, HeaderValue, Method, StatusCode, header};

/// Refuses changes that another site asks a signed-in browser for. `Sec-Fetch-Site` decides where the browser sends it,
/// else `Origin` must be ours.
pub async fn same_origin(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let safe = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    if safe || comes_from_us(request.headers(), &state.app.config.public_url) {
        return next.run(request).await;
    }
    problem(ApiError::new(ErrorCode::Forbidden).arg("permission", "same-origin"))
}

fn comes_from_us(headers: &HeaderMap, public_url: &str) -> bool {
    let text = |name: &str| headers.get(name).and_then(|v| v.to_str().ok());
    if let Some(site) = text("sec-fetch-site") {
        return matches!(site, "same-origin" | "none");
    }
    match text("origin") {
        Some(origin) => {
            origin == public_url || text("host").is_some_and(|host| origin.split("://").nth(1) == Some(host))
        }
        // No browser of today leaves out both; without a cookie there is nothing to steal.
        None => !headers.contains_key(header::COOKIE),
    }
}

/// Headers of every answer. Pages set their own policy with a nonce; everything else may load nothing.
pub async fn headers(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    let mut put = |name: header::HeaderName, value: &'static str| {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    };
    put(header::CONTENT_SECURITY_POLICY, "default-src 'none'; frame-ancestors 'none'; sandbox");
    put(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    put(header::REFERRER_POLICY, "same-origin");
    put(header::X_FRAME_OPTIONS, "DENY");
    put(header::HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
    put(header::HeaderName::from_static("permissions-policy"), "camera=(), microphone=(), geolocation=(), payment=()");
    if state.app.config.secure() {
        put(header::STRICT_TRANSPORT_SECURITY, "max-age=31536000");
    }
    response
}

/// A panic is a mistake of ours: logged by the panic hook, answered like any other internal error.
pub fn panicked(panic: Box<dyn std::any::Any + Send>) -> Response {
    let mut answer = problem(services::Error::Internal(anyhow::anyhow!("a handler panicked")).into_api());
    answer.extensions_mut().insert(Panicked(panic.downcast_ref().copied()));
    answer
}

/// An error as problem details (RFC 9457).
pub fn problem(error: ApiError) -> Response {
    let status = StatusCode::from_u16(error.code.http_status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut body = serde_json::json!({
        "type": format!("urn:pult:error:{}", error.code), "title": crate::rest::title(error.code), "status": status.as_u16(),
        "code": error.code, "args": error.args, "detail": crate::rest::detail(&error),
    });
    if let Some(field) = &error.field {
        body["field"] = field.as_str().into();
    }
    let mut response = (status, Json(body)).into_response();
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
    let retry = match error.code {
        ErrorCode::StorageUnavailable => Some("2".to_owned()),
        ErrorCode::RateLimited | ErrorCode::TooManyAttempts => error.args.get("seconds").cloned(),
        _ => None,
    };
    if let Some(value) = retry.and_then(|seconds| HeaderValue::from_str(&seconds).ok()) {
        response.headers_mut().insert(header::RETRY_AFTER, value);
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_own_pages_may_change_things() {
        let check = |pairs: &[(&'static str, &'static str)]| {
            let headers =
                pairs.iter().map(|(n, v)| (header::HeaderName::from_static(n), HeaderValue::from_static(v))).collect();
            comes_from_us(&headers, "https://pult.example")
        };
        assert!(check(&[("sec-fetch-site", "same-origin"), ("cookie", "a=b")]));
        assert!(!check(&[("sec-fetch-site", "cross-site")]));
        assert!(!check(&[("sec-fetch-site", "same-site"), ("origin", "https://pult.example")]));
        assert!(check(&[("origin", "https://pult.example"), ("cookie", "a=b")]));
        assert!(check(&[("origin", "http://10.0.0.5:3000"), ("host", "10.0.0.5:3000"), ("cookie", "a=b")]));
        assert!(!check(&[("origin", "https://evil.example"), ("cookie", "a=b")]));
        assert!(!check(&[("origin", "null"), ("cookie", "a=b")]));
        assert!(!check(&[("cookie", "a=b")]));
        assert!(check(&[]));
    }
}
