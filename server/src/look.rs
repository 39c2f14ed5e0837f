//! How organisations look to everybody: logos, the manifest of an organisation with a look of its own, the proof of an
//! address of its own; and the upload of a logo.

use crate::files::sent_file;
use crate::guard::problem;
use crate::state::AppState;
use app::door::Caller;
use app::shell::Look;
use axum::extract::{Multipart, Path, Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Extension, Json, Router};
use domain::ids::{FileId, OrganisationId};
use domain::{ApiError, ErrorCode};
use http::{HeaderMap, HeaderValue, Method, header};
use services::look::{self, domain as own_domain, logo};

/// What everybody sees.
pub fn open_routes() -> Router<AppState> {
    Router::new()
        .route("/look/{organisation}/logo/{logo}", get(picture))
        .route("/look/{organisation}/manifest.webmanifest", get(manifest))
        .route("/.well-known/pult/{token}", get(proof))
}

/// What members do.
pub fn routes() -> Router<AppState> {
    Router::new().route("/api/look/logo", post(upload))
}

async fn picture(State(state): State<AppState>, Path((organisation, id)): Path<(OrganisationId, FileId)>) -> Response {
    match logo::open(&state.app, organisation, id).await {
        // Drawn by ourselves: always this kind. Another logo has another address.
        Ok(bytes) => (
            [
                (header::CONTENT_TYPE, HeaderValue::from_static("image/png")),
                (header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=86400, immutable")),
            ],
            bytes,
        )
            .into_response(),
        Err(error) => problem(error.into_api()),
    }
}

async fn manifest(State(state): State<AppState>, Path(organisation): Path<OrganisationId>) -> Response {
    let look = match look::of(&state.app, organisation).await {
        Ok(Some(look)) => look,
        Ok(None) => return problem(ApiError::new(ErrorCode::NotFound)),
        Err(error) => return problem(error.into_api()),
    };
    let short: String = look.name.chars().take(12).collect();
    let mut icons = Vec::new();
    if let Some(logo) = look.logo_address() {
        icons.push(serde_json::json!({"src": logo, "type": "image/png", "sizes": "256x256"}));
    }
    icons.push(serde_json::json!({"src": "/icon-512.png", "type": "image/png", "sizes": "512x512"}));
    let body = serde_json::json!({
        "name": look.name, "short_name": short.trim(), "lang": "ru", "start_url": "/dashboard", "scope": "/",
        "display": "standalone", "background_color": "#0a0c11", "theme_color": "#0a0c11", "icons": icons,
    });
    ([(header::CONTENT_TYPE, "application/manifest+json")], body.to_string()).into_response()
}

/// Proves to this installation that a host leads to it.
async fn proof(State(state): State<AppState>, Path(token): Path<String>, headers: HeaderMap) -> Response {
    let host = host(&headers);
    if token.len() > 128 || host.is_empty() {
        return problem(ApiError::new(ErrorCode::NotFound));
    }
    let proof = own_domain::proof(&state.app, host, &token);
    ([(header::CONTENT_TYPE, "text/plain"), (header::CACHE_CONTROL, "no-store")], proof).into_response()
}

/// Under which name somebody reached us.
pub fn host(headers: &HeaderMap) -> &str {
    headers.get(header::HOST).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

async fn upload(Extension(Caller(caller)): Extension<Caller>, form: Multipart) -> Response {
    let cx = match caller {
        Ok(cx) => cx,
        Err(error) => return problem(error),
    };
    let (name, bytes) = match sent_file(form).await {
        Ok(sent) => sent,
        Err(error) => return problem(error),
    };
    match logo::set(&cx, &name, &bytes).await {
        Ok(view) => Json(view).into_response(),
        Err(error) => problem(error.into_api()),
    }
}

/// Puts the look of the caller's organisation beside a page, so that it has its colour from the first paint.
pub async fn find(State(state): State<AppState>, mut request: Request, next: Next) -> Response {
    let organisation = match (request.method(), request.extensions().get::<Caller>()) {
        (&Method::GET, Some(Caller(Ok(cx)))) => Some(cx.organisation),
        _ => None,
    };
    if let Some(organisation) = organisation {
        match look::of(&state.app, organisation).await {
            Ok(Some(look)) => drop(request.extensions_mut().insert(Look(look))),
            Ok(None) => {}
            // The page itself says what is wrong.
            Err(error) => tracing::warn!(%error, "The look of an organisation could not be read"),
        }
    }
    next.run(request).await
}
