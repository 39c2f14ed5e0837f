//! The team.

use super::doors::{Answer, Key, Problem};
use crate::state::AppState;
use axum::Json;
use domain::views::{MemberView, Page};
use services::accounts::members;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The operations.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(list))
}

/// Members of the organisation
#[utoipa::path(get, path = "/members", tag = "team", responses((status = 200, body = Page<MemberView>), (status = "4XX", body = Problem)))]
async fn list(Key(cx): Key) -> Answer<Page<MemberView>> {
    Ok(Json(Page { items: members::list(&cx).await?, next_cursor: None }))
}
