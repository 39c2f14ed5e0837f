//! Who asks: the browser session and, from it, the caller every page and server function finds in its request.

use crate::rates;
use crate::state::AppState;
use app::door::Caller;
use axum::extract::{MatchedPath, Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use domain::ids::{OrganisationId, UserId};
use domain::{ApiError, ErrorCode};
use http::{HeaderValue, Method, StatusCode, header};
use services::accounts::{self, Sessions, sessions};
use tower_sessions::cookie::SameSite;
use tower_sessions::{Expiry, Session, SessionManagerLayer, session, session_store};

/// The session layer: `__Host-pult` behind https, else a plain cookie (see `pult doctor`).
pub fn sessions(state: &AppState) -> SessionManagerLayer<Sessions> {
    let secure = state.app.config.secure();
    SessionManagerLayer::new(Sessions(state.app.clone()))
        .with_name(if secure { "__Host-pult" } else { "pult" })
        .with_secure(secure)
        .with_http_only(true)
        .with_same_site(SameSite::Lax)
        .with_path("/")
        .with_expiry(Expiry::OnInactivity(tower_sessions::cookie::time::Duration::days(30)))
}

/// Puts the [`Caller`] into the request. Pages of the inside without one are sent to the sign-in.
pub async fn find(State(state): State<AppState>, session: Session, mut request: Request, next: Next) -> Response {
    let found = identify(&state, &session).await;
    if let Some(refusal) = found.as_ref().ok().and_then(|cx| rates::by_person(&state, cx)) {
        return refusal;
    }
    let path = request.uri().path();
    // An address nobody serves is not found for everybody.
    let known = request.extensions().get::<MatchedPath>().is_some();
    let inside = known && !path.starts_with("/api/") && !path.starts_with("/auth/") && !crate::public::is_public(path);
    if let (Err(error), true, &Method::GET) = (&found, inside, request.method()) {
        if matches!(error.code, ErrorCode::Unauthenticated | ErrorCode::Deactivated) {
            let here = request.uri().path_and_query().map_or("/", |p| p.as_str());
            return Redirect::to(&format!("/sign-in?next={}", encode(here))).into_response();
        }
        if error.code == ErrorCode::SecondFactorMissing {
            return Redirect::to("/second-factor").into_response();
        }
    }
    // A page whose reader is not known is streamed before it says so: its status must not wait for that.
    let lost = found.as_ref().err().filter(|_| inside).map(|error| error.code.http_status());
    request.extensions_mut().insert(Caller(found));
    let mut response = next.run(request).await;
    if let Some(Ok(status)) = lost.map(StatusCode::from_u16).filter(|_| response.status().is_success()) {
        *response.status_mut() = status;
    }
    // What is made for one person lies in nobody's cache.
    response.headers_mut().entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}

async fn identify(state: &AppState, session: &Session) -> Result<services::Cx, ApiError> {
    let user: Option<UserId> = session.get(sessions::USER).await.map_err(|e| broken(e).into_api())?;
    let Some(user) = user else { return Err(ApiError::new(ErrorCode::Unauthenticated)) };
    let wanted: Option<OrganisationId> = session.get(sessions::ORGANISATION).await.map_err(|e| broken(e).into_api())?;
    accounts::authenticate(&state.app, user, wanted).await.map_err(services::Error::into_api)
}

/// Who asks now, for answers that take long: the session is read again.
pub async fn again(state: &AppState, session: &Session) -> Result<services::Cx, ApiError> {
    session.load().await.map_err(|e| broken(e).into_api())?;
    identify(state, session).await
}

/// Why a session could not be read or written.
pub fn broken(error: session::Error) -> services::Error {
    match error {
        session::Error::Store(session_store::Error::Backend(why)) => {
            tracing::error!(error = %why, "Sessions cannot be read or written");
            ErrorCode::StorageUnavailable.into()
        }
        other => anyhow::anyhow!("session: {other}").into(),
    }
}

/// Percent-encodes a local address for a query.
pub fn encode(text: &str) -> String {
    text.bytes()
        .map(|b| {
            if b.is_ascii_alphanumeric() || b"-._~/".contains(&b) {
                (b as char).to_string()
            } else {
                format!("%{b:02X}")
            }
        })
        .collect()
}
