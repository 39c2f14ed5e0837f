//! Contacts.

use super::doors::{Answer, Body, Fault, Filter, Id, Key, Problem};
use crate::state::AppState;
use axum::Json;
use axum::response::Response;
use domain::custom::CustomField;
use domain::ids::ContactId;
use domain::views::{ContactFields, ContactTags, ContactView, ListFilter, Page, SaveContact};
use services::contacts as use_cases;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The operations.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list, create))
        .routes(routes!(get, update))
        .routes(routes!(tags, set_tags))
        .routes(routes!(own_fields))
        .routes(routes!(values, set_values))
}

/// Contacts, newest first
#[utoipa::path(get, path = "/contacts", tag = "contacts", params(("q" = Option<String>, Query), ("cursor" = Option<String>, Query), ("limit" = Option<u32>, Query)),
    responses((status = 200, body = Page<ContactView>), (status = "4XX", body = Problem)))]
async fn list(Key(cx): Key, Filter(filter): Filter<ListFilter>) -> Answer<Page<ContactView>> {
    Ok(Json(use_cases::list(&cx, &filter).await?))
}

/// Make a contact
#[utoipa::path(post, path = "/contacts", tag = "contacts", request_body = SaveContact, responses((status = 201, body = ContactView), (status = "4XX", body = Problem)))]
async fn create(Key(cx): Key, body: Body<SaveContact>) -> Result<Response, Fault> {
    body.create(cx, async |cx, input| use_cases::create(&cx, &input).await).await
}

/// One contact
#[utoipa::path(get, path = "/contacts/{id}", tag = "contacts", params(("id" = ContactId, Path)), responses((status = 200, body = ContactView), (status = "4XX", body = Problem)))]
async fn get(Key(cx): Key, Id(id): Id<ContactId>) -> Answer<ContactView> {
    Ok(Json(use_cases::get(&cx, id).await?.contact))
}

/// Change a contact
#[utoipa::path(patch, path = "/contacts/{id}", tag = "contacts", params(("id" = ContactId, Path)), request_body = SaveContact,
    responses((status = 200, body = ContactView), (status = "4XX", body = Problem)))]
async fn update(Key(cx): Key, Id(id): Id<ContactId>, body: Body<SaveContact>) -> Answer<ContactView> {
    Ok(Json(use_cases::update(&cx, id, &body.input).await?))
}

/// Tags of a contact
#[utoipa::path(get, path = "/contacts/{id}/tags", tag = "contacts", params(("id" = ContactId, Path)), responses((status = 200, body = ContactTags), (status = "4XX", body = Problem)))]
async fn tags(Key(cx): Key, Id(id): Id<ContactId>) -> Answer<ContactTags> {
    Ok(Json(ContactTags { tags: use_cases::tags::get(&cx, id).await? }))
}

/// Make these the tags of a contact
#[utoipa::path(put, path = "/contacts/{id}/tags", tag = "contacts", params(("id" = ContactId, Path)), request_body = ContactTags,
    responses((status = 200, body = ContactTags), (status = "4XX", body = Problem)))]
async fn set_tags(Key(cx): Key, Id(id): Id<ContactId>, body: Body<ContactTags>) -> Answer<ContactTags> {
    Ok(Json(ContactTags { tags: use_cases::tags::set(&cx, id, &body.input.tags).await? }))
}

/// Fields of contacts that the organisation has made up
#[utoipa::path(get, path = "/contact-fields", tag = "contacts", responses((status = 200, body = Page<CustomField>), (status = "4XX", body = Problem)))]
async fn own_fields(Key(cx): Key) -> Answer<Page<CustomField>> {
    Ok(Json(Page { items: use_cases::custom::fields(&cx).await?, next_cursor: None }))
}

/// Values of those fields of a contact
#[utoipa::path(get, path = "/contacts/{id}/fields", tag = "contacts", params(("id" = ContactId, Path)), responses((status = 200, body = ContactFields), (status = "4XX", body = Problem)))]
async fn values(Key(cx): Key, Id(id): Id<ContactId>) -> Answer<ContactFields> {
    Ok(Json(use_cases::custom::get(&cx, id).await?))
}

/// Change some of them; `""` empties
#[utoipa::path(patch, path = "/contacts/{id}/fields", tag = "contacts", params(("id" = ContactId, Path)), request_body = ContactFields,
    responses((status = 200, body = ContactFields), (status = "4XX", body = Problem)))]
async fn set_values(Key(cx): Key, Id(id): Id<ContactId>, body: Body<ContactFields>) -> Answer<ContactFields> {
    Ok(Json(use_cases::custom::set(&cx, id, &body.input).await?))
}
