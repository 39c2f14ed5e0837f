//! REST v1, the integrators' door: `/api/v1/*` onto the same use cases as the pages. Handlers only translate.
//! The document at `/api/v1/openapi.json` is made from the handlers and committed as `server/openapi.json`.

mod chats;
mod contact_story;
mod contacts;
mod doors;
mod journal;
mod merging;
mod orders;
mod pipeline;
mod products;
mod reviews;
mod rule_tools;
mod rules;
mod stops;
mod team;
mod words;

pub use words::{detail, title};

use crate::rates;
use crate::state::AppState;
use axum::middleware::from_fn_with_state;
use axum::routing::get;
use axum::{Json, Router};
use doors::Problem;
use utoipa::OpenApi;
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa_axum::router::OpenApiRouter;

#[derive(OpenApi)]
#[openapi(
    info(title = "Pult", description = "Orders, chats and connections of one organisation. Errors are problem details (RFC 9457) with a stable `code`."),
    components(schemas(Problem)),
    security(("key" = []))
)]
struct Document;

fn parts() -> (Router<AppState>, utoipa::openapi::OpenApi) {
    let router = OpenApiRouter::with_openapi(Document::openapi())
        .merge(contacts::routes())
        .merge(merging::routes())
        .merge(contact_story::routes())
        .merge(chats::routes())
        .merge(products::routes())
        .merge(orders::routes())
        .merge(journal::routes())
        .merge(pipeline::routes())
        .merge(reviews::routes())
        .merge(rules::routes())
        .merge(rule_tools::routes())
        .merge(stops::routes())
        .merge(team::routes());
    let (router, mut document) = OpenApiRouter::new().nest("/api/v1", router).split_for_parts();
    let base = Document::openapi();
    document.info = base.info;
    document.info.version = "1".into();
    document.security = base.security;
    let key = SecurityScheme::Http(HttpBuilder::new().scheme(HttpAuthScheme::Bearer).build());
    document.components.get_or_insert_with(Default::default).add_security_scheme("key", key);
    (router, document)
}

/// All operations.
pub fn routes(state: &AppState) -> Router<AppState> {
    let (router, document) = parts();
    router
        .route("/api/v1/openapi.json", get(move || std::future::ready(Json(document.clone()))))
        .route("/api/v1/{*rest}", axum::routing::any(doors::unknown))
        .layer(axum::extract::DefaultBodyLimit::max(1024 * 1024))
        .layer(from_fn_with_state(state.clone(), rates::by_key))
        .layer(from_fn_with_state(state.clone(), rates::by_address))
}

/// The OpenAPI document.
pub fn document_json() -> anyhow::Result<String> {
    Ok(parts().1.to_pretty_json()?)
}
