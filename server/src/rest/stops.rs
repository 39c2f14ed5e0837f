//! «Стоп-кран».

use super::doors::{Answer, Body, Fault, Filter, Id, Key, Problem};
use crate::state::AppState;
use axum::Json;
use axum::response::Response;
use domain::ids::StopId;
use domain::views::{Count, DropHeld, HeldSend, LiftStop, ListFilter, Page, PullStop, StopView};
use services::stops as use_cases;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The operations.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list, pull))
        .routes(routes!(lift))
        .routes(routes!(held))
        .routes(routes!(discard))
}

/// Stops that are on
#[utoipa::path(get, path = "/stops", tag = "stops", responses((status = 200, body = Page<StopView>), (status = "4XX", body = Problem)))]
async fn list(Key(cx): Key) -> Answer<Page<StopView>> {
    Ok(Json(Page { items: use_cases::list(&cx).await?, next_cursor: None }))
}

/// Stop sending: everything, one service (`channel`), or one connection
#[utoipa::path(post, path = "/stops", tag = "stops", request_body = PullStop, responses((status = 201, body = StopView), (status = "4XX", body = Problem)))]
async fn pull(Key(cx): Key, body: Body<PullStop>) -> Result<Response, Fault> {
    body.create(cx, async |cx, input| use_cases::pull(&cx, &input).await).await
}

/// Go on sending; what was held is sent or dropped
#[utoipa::path(post, path = "/stops/{id}/lift", tag = "stops", params(("id" = StopId, Path)), request_body = LiftStop,
    responses((status = 200, body = Count), (status = "4XX", body = Problem)))]
async fn lift(Key(cx): Key, Id(id): Id<StopId>, body: Body<LiftStop>) -> Answer<Count> {
    Ok(Json(Count { count: use_cases::lift(&cx, id, body.input.send).await? }))
}

/// What is held, oldest first
#[utoipa::path(get, path = "/stops/held", tag = "stops", params(("cursor" = Option<String>, Query), ("limit" = Option<u32>, Query)),
    responses((status = 200, body = Page<HeldSend>), (status = "4XX", body = Problem)))]
async fn held(Key(cx): Key, Filter(filter): Filter<ListFilter>) -> Answer<Page<HeldSend>> {
    Ok(Json(use_cases::held(&cx, &filter).await?))
}

/// Drop some of what is held
#[utoipa::path(post, path = "/stops/held/drop", tag = "stops", request_body = DropHeld, responses((status = 200, body = Count), (status = "4XX", body = Problem)))]
async fn discard(Key(cx): Key, body: Body<DropHeld>) -> Answer<Count> {
    Ok(Json(Count { count: use_cases::discard(&cx, &body.input.jobs).await? }))
}
