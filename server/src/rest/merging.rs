//! Contacts that may be one person, and making them one.

use super::doors::{Answer, Body, Filter, Id, Key, Problem};
use crate::state::AppState;
use axum::Json;
use domain::ids::{ContactId, MergeId};
use domain::views::{
    ContactView, DecidePair, DuplicateFilter, DuplicateView, MergeContacts, MergePreview, MergeView, Page, Parted,
};
use serde::Deserialize;
use services::contacts::{duplicates, merging};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The operations.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(pairs))
        .routes(routes!(decide))
        .routes(routes!(preview))
        .routes(routes!(merge))
        .routes(routes!(merges))
        .routes(routes!(undo))
}

/// Pairs of contacts that may be one person, those that say most first
#[utoipa::path(get, path = "/contact-duplicates", tag = "contacts",
    params(("different" = Option<bool>, Query), ("contact_id" = Option<String>, Query), ("cursor" = Option<String>, Query), ("limit" = Option<u32>, Query)),
    responses((status = 200, body = Page<DuplicateView>), (status = "4XX", body = Problem)))]
async fn pairs(Key(cx): Key, Filter(filter): Filter<DuplicateFilter>) -> Answer<Page<DuplicateView>> {
    Ok(Json(duplicates::list(&cx, &filter).await?))
}

/// Say of a pair whether they are different people
#[utoipa::path(post, path = "/contact-duplicates/decide", tag = "contacts", request_body = DecidePair,
    responses((status = 200, body = DecidePair), (status = "4XX", body = Problem)))]
async fn decide(Key(cx): Key, body: Body<DecidePair>) -> Answer<DecidePair> {
    duplicates::decide(&cx, &body.input).await?;
    Ok(Json(body.input))
}

/// The contact that would go.
#[derive(Deserialize)]
struct Gone {
    gone_id: ContactId,
}

/// What making another contact a part of this one would do
#[utoipa::path(get, path = "/contacts/{id}/merge", tag = "contacts", params(("id" = ContactId, Path), ("gone_id" = String, Query)),
    responses((status = 200, body = MergePreview), (status = "4XX", body = Problem)))]
async fn preview(Key(cx): Key, Id(id): Id<ContactId>, Filter(gone): Filter<Gone>) -> Answer<MergePreview> {
    Ok(Json(merging::preview(&cx, id, gone.gone_id).await?))
}

/// Make another contact a part of this one
#[utoipa::path(post, path = "/contacts/{id}/merge", tag = "contacts", params(("id" = ContactId, Path)), request_body = MergeContacts,
    responses((status = 200, body = ContactView), (status = "4XX", body = Problem)))]
async fn merge(Key(cx): Key, Id(id): Id<ContactId>, body: Body<MergeContacts>) -> Answer<ContactView> {
    Ok(Json(merging::merge(&cx, id, &body.input).await?))
}

/// Contacts that went into this one
#[utoipa::path(get, path = "/contacts/{id}/merges", tag = "contacts", params(("id" = ContactId, Path)), responses((status = 200, body = Page<MergeView>), (status = "4XX", body = Problem)))]
async fn merges(Key(cx): Key, Id(id): Id<ContactId>) -> Answer<Page<MergeView>> {
    Ok(Json(Page { items: merging::list(&cx, id).await?, next_cursor: None }))
}

/// Part two contacts again
#[utoipa::path(post, path = "/contact-merges/{id}/undo", tag = "contacts", params(("id" = MergeId, Path)), responses((status = 200, body = Parted), (status = "4XX", body = Problem)))]
async fn undo(Key(cx): Key, Id(id): Id<MergeId>) -> Answer<Parted> {
    Ok(Json(merging::undo(&cx, id).await?))
}
