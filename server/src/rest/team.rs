//! The team.

use super::doors::{Answer, Body, Id, Key, Problem};
use crate::state::AppState;
use axum::Json;
use domain::ids::UserId;
use domain::views::{MemberPlace, MemberView, Page};
use services::accounts::members;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The operations.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(get, place))
}

/// Members of the organisation
#[utoipa::path(get, path = "/members", tag = "team", responses((status = 200, body = Page<MemberView>), (status = "4XX", body = Problem)))]
async fn list(Key(cx): Key) -> Answer<Page<MemberView>> {
    Ok(Json(Page { items: members::list(&cx).await?, next_cursor: None }))
}

/// One member
#[utoipa::path(get, path = "/members/{id}", tag = "team", params(("id" = UserId, Path)),
    responses((status = 200, body = MemberView), (status = "4XX", body = Problem)))]
async fn get(Key(cx): Key, Id(id): Id<UserId>) -> Answer<MemberView> {
    Ok(Json(members::get(&cx, id).await?))
}

/// What a member sees, which team they are of and how many open chats they are given
#[utoipa::path(patch, path = "/members/{id}", tag = "team", params(("id" = UserId, Path)), request_body = MemberPlace,
    responses((status = 200, body = MemberView), (status = "4XX", body = Problem)))]
async fn place(Key(cx): Key, Id(id): Id<UserId>, body: Body<MemberPlace>) -> Answer<MemberView> {
    Ok(Json(members::place(&cx, id, &body.input).await?))
}
