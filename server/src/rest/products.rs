//! The catalogue.

use super::doors::{Answer, Body, Fault, Filter, Id, Key, Problem};
use crate::state::AppState;
use axum::Json;
use axum::response::Response;
use domain::ids::ProductId;
use domain::views::{ListFilter, Page, ProductView, SaveProduct};
use services::products as use_cases;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The operations.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(list, create)).routes(routes!(get, update))
}

/// Products and services
#[utoipa::path(get, path = "/products", tag = "products", params(("q" = Option<String>, Query), ("active" = Option<bool>, Query), ("cursor" = Option<String>, Query), ("limit" = Option<u32>, Query)),
    responses((status = 200, body = Page<ProductView>), (status = "4XX", body = Problem)))]
async fn list(Key(cx): Key, Filter(filter): Filter<ListFilter>) -> Answer<Page<ProductView>> {
    Ok(Json(use_cases::list(&cx, &filter).await?))
}

/// Make a product
#[utoipa::path(post, path = "/products", tag = "products", request_body = SaveProduct, responses((status = 201, body = ProductView), (status = "4XX", body = Problem)))]
async fn create(Key(cx): Key, body: Body<SaveProduct>) -> Result<Response, Fault> {
    body.create(cx, async |cx, input| use_cases::create(&cx, &input).await).await
}

/// One product
#[utoipa::path(get, path = "/products/{id}", tag = "products", params(("id" = ProductId, Path)), responses((status = 200, body = ProductView), (status = "4XX", body = Problem)))]
async fn get(Key(cx): Key, Id(id): Id<ProductId>) -> Answer<ProductView> {
    Ok(Json(use_cases::get(&cx, id).await?))
}

/// Change a product
#[utoipa::path(patch, path = "/products/{id}", tag = "products", params(("id" = ProductId, Path)), request_body = SaveProduct,
    responses((status = 200, body = ProductView), (status = "4XX", body = Problem)))]
async fn update(Key(cx): Key, Id(id): Id<ProductId>, body: Body<SaveProduct>) -> Answer<ProductView> {
    Ok(Json(use_cases::update(&cx, id, &body.input).await?))
}
