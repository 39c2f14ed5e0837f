//! The journal.

use super::doors::{Answer, Filter, Key, Problem};
use crate::state::AppState;
use axum::Json;
use domain::views::{JournalFilter, JournalView, Page};
use services::journal;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The operations.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(list))
}

/// What happened, newest first; `args.changes` holds before and after
#[utoipa::path(get, path = "/journal", tag = "pipeline", params(("level" = Option<String>, Query), ("object_kind" = Option<String>, Query), ("object_id" = Option<String>, Query),
    ("actor_id" = Option<String>, Query, description = "Who did it"), ("rule_id" = Option<String>, Query, description = "What a rule did, what its jobs brought about, and what was done to the rule itself"),
    ("cursor" = Option<String>, Query), ("limit" = Option<u32>, Query)), responses((status = 200, body = Page<JournalView>), (status = "4XX", body = Problem)))]
async fn list(Key(cx): Key, Filter(filter): Filter<JournalFilter>) -> Answer<Page<JournalView>> {
    Ok(Json(journal::list(&cx, filter).await?))
}
