//! What is noted about a contact, and its one timeline.

use super::doors::{Answer, Body, Fault, Filter, Id, Key, Problem};
use crate::state::AppState;
use axum::Json;
use axum::response::Response;
use domain::ids::{ContactId, NoteId};
use domain::views::{ListFilter, NoteView, Page, SaveNote, TimelineEntry, TimelineFilter};
use http::StatusCode;
use services::contacts::{notes, timeline};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The operations.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new().routes(routes!(story)).routes(routes!(list, write)).routes(routes!(get, edit, delete))
}

/// The timeline of a contact, newest first: messages by chat and day, notes, orders, invitations, runs, changes
#[utoipa::path(get, path = "/contacts/{id}/timeline", tag = "contacts",
    params(("id" = ContactId, Path), ("kind" = Option<String>, Query), ("cursor" = Option<String>, Query), ("limit" = Option<u32>, Query)),
    responses((status = 200, body = Page<TimelineEntry>), (status = "4XX", body = Problem)))]
async fn story(
    Key(cx): Key,
    Id(id): Id<ContactId>,
    Filter(filter): Filter<TimelineFilter>,
) -> Answer<Page<TimelineEntry>> {
    Ok(Json(timeline(&cx, id, &filter).await?))
}

/// Notes on a contact, newest first
#[utoipa::path(get, path = "/contacts/{id}/notes", tag = "contacts", params(("id" = ContactId, Path), ("cursor" = Option<String>, Query), ("limit" = Option<u32>, Query)),
    responses((status = 200, body = Page<NoteView>), (status = "4XX", body = Problem)))]
async fn list(Key(cx): Key, Id(id): Id<ContactId>, Filter(filter): Filter<ListFilter>) -> Answer<Page<NoteView>> {
    Ok(Json(notes::list(&cx, id, &filter).await?))
}

/// Write a note
#[utoipa::path(post, path = "/contacts/{id}/notes", tag = "contacts", params(("id" = ContactId, Path)), request_body = SaveNote,
    responses((status = 201, body = NoteView), (status = "4XX", body = Problem)))]
async fn write(Key(cx): Key, Id(id): Id<ContactId>, body: Body<SaveNote>) -> Result<Response, Fault> {
    body.create(cx, async move |cx, input| notes::write(&cx, id, &input).await).await
}

/// One note
#[utoipa::path(get, path = "/contact-notes/{id}", tag = "contacts", params(("id" = NoteId, Path)), responses((status = 200, body = NoteView), (status = "4XX", body = Problem)))]
async fn get(Key(cx): Key, Id(id): Id<NoteId>) -> Answer<NoteView> {
    Ok(Json(notes::get(&cx, id).await?))
}

/// Change a note of one's own
#[utoipa::path(patch, path = "/contact-notes/{id}", tag = "contacts", params(("id" = NoteId, Path)), request_body = SaveNote,
    responses((status = 200, body = NoteView), (status = "4XX", body = Problem)))]
async fn edit(Key(cx): Key, Id(id): Id<NoteId>, body: Body<SaveNote>) -> Answer<NoteView> {
    Ok(Json(notes::edit(&cx, id, &body.input).await?))
}

/// Take a note of one's own away
#[utoipa::path(delete, path = "/contact-notes/{id}", tag = "contacts", params(("id" = NoteId, Path)), responses((status = 204), (status = "4XX", body = Problem)))]
async fn delete(Key(cx): Key, Id(id): Id<NoteId>) -> Result<StatusCode, Fault> {
    notes::delete(&cx, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
