//! Orders.

use super::doors::{Answer, Body, Fault, Filter, Id, Key, Problem};
use crate::state::AppState;
use axum::Json;
use axum::response::Response;
use domain::ids::OrderId;
use domain::orders::OrderStatus;
use domain::views::{ChangeOrder, CommentView, NewOrder, OrderCard, OrderFilter, OrderView, Page};
use services::orders as use_cases;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The operations.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(list, create)).routes(routes!(get, change)).routes(routes!(comment))
}

/// Orders
#[utoipa::path(get, path = "/orders", tag = "orders", params(("q" = Option<String>, Query), ("status" = Option<OrderStatus>, Query), ("open" = Option<bool>, Query),
    ("overdue" = Option<bool>, Query), ("assignee_id" = Option<String>, Query), ("contact_id" = Option<String>, Query),
    ("sort" = Option<String>, Query, description = "number, created_at, total_minor, status_since; `-` in front: descending"),
    ("cursor" = Option<String>, Query), ("limit" = Option<u32>, Query)),
    responses((status = 200, body = Page<OrderView>), (status = "4XX", body = Problem)))]
async fn list(Key(cx): Key, Filter(filter): Filter<OrderFilter>) -> Answer<Page<OrderView>> {
    Ok(Json(use_cases::list(&cx, &filter).await?))
}

/// Make an order
#[utoipa::path(post, path = "/orders", tag = "orders", request_body = NewOrder, responses((status = 201, body = OrderCard), (status = "4XX", body = Problem)))]
async fn create(Key(cx): Key, body: Body<NewOrder>) -> Result<Response, Fault> {
    body.create(cx, async |cx, input| use_cases::create(&cx, &input).await).await
}

/// One order with items, steps and comments
#[utoipa::path(get, path = "/orders/{id}", tag = "orders", params(("id" = OrderId, Path)), responses((status = 200, body = OrderCard), (status = "4XX", body = Problem)))]
async fn get(Key(cx): Key, Id(id): Id<OrderId>) -> Answer<OrderCard> {
    Ok(Json(use_cases::get(&cx, id).await?))
}

/// Change an order; give the `rev` the change was made on
#[utoipa::path(patch, path = "/orders/{id}", tag = "orders", params(("id" = OrderId, Path)), request_body = ChangeOrder,
    responses((status = 200, body = OrderCard), (status = "4XX", body = Problem)))]
async fn change(Key(cx): Key, Id(id): Id<OrderId>, body: Body<ChangeOrder>) -> Answer<OrderCard> {
    Ok(Json(use_cases::change(&cx, id, &body.input).await?))
}

/// A comment to write.
#[derive(serde::Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
struct NewComment {
    text: String,
}

/// Comment an order
#[utoipa::path(post, path = "/orders/{id}/comments", tag = "orders", params(("id" = OrderId, Path)), request_body = NewComment,
    responses((status = 201, body = CommentView), (status = "4XX", body = Problem)))]
async fn comment(Key(cx): Key, Id(id): Id<OrderId>, body: Body<NewComment>) -> Result<Response, Fault> {
    body.create(cx, async move |cx, input| use_cases::comment(&cx, id, &input.text).await).await
}
