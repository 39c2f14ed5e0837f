//! Connections, events and jobs.

use super::doors::{Answer, Body, Fault, Filter, Id, Key, Problem};
use crate::state::AppState;
use axum::Json;
use axum::response::Response;
use domain::ids::{ConnectionId, EventId, JobId};
use domain::views::{
    ConnectionSetup, ConnectionView, EventCard, EventView, JobCard, JobView, JournalFilter, Page, SaveConnection,
};
use services::{connections, pipeline};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The operations.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list_connections, connect))
        .routes(routes!(get_connection))
        .routes(routes!(check_connection))
        .routes(routes!(list_events))
        .routes(routes!(get_event))
        .routes(routes!(replay_event))
        .routes(routes!(list_jobs))
        .routes(routes!(get_job))
        .routes(routes!(retry_job))
        .routes(routes!(cancel_job))
}

/// Connections
#[utoipa::path(get, path = "/connections", tag = "connections", responses((status = 200, body = Page<ConnectionView>), (status = "4XX", body = Problem)))]
async fn list_connections(Key(cx): Key) -> Answer<Page<ConnectionView>> {
    Ok(Json(Page { items: connections::list(&cx).await?, next_cursor: None }))
}

/// Connect a provider
#[utoipa::path(post, path = "/connections", tag = "connections", request_body = SaveConnection, responses((status = 201, body = ConnectionSetup), (status = "4XX", body = Problem)))]
async fn connect(Key(cx): Key, body: Body<SaveConnection>) -> Result<Response, Fault> {
    body.create(cx, async |cx, input| connections::save(&cx, input).await).await
}

/// One connection
#[utoipa::path(get, path = "/connections/{id}", tag = "connections", params(("id" = ConnectionId, Path)), responses((status = 200, body = ConnectionSetup), (status = "4XX", body = Problem)))]
async fn get_connection(Key(cx): Key, Id(id): Id<ConnectionId>) -> Answer<ConnectionSetup> {
    Ok(Json(connections::get(&cx, id).await?))
}

/// Ask the provider whether the sign-in is good; the answer appears on the connection
#[utoipa::path(post, path = "/connections/{id}/check", tag = "connections", params(("id" = ConnectionId, Path)), responses((status = 200), (status = "4XX", body = Problem)))]
async fn check_connection(Key(cx): Key, Id(id): Id<ConnectionId>) -> Answer<serde_json::Value> {
    connections::check(&cx, id).await?;
    Ok(Json(serde_json::json!({"checking": true})))
}

/// Events received, newest first
#[utoipa::path(get, path = "/events", tag = "pipeline", params(("state" = Option<String>, Query), ("kind" = Option<String>, Query), ("connection_id" = Option<String>, Query),
    ("cursor" = Option<String>, Query), ("limit" = Option<u32>, Query)), responses((status = 200, body = Page<EventView>), (status = "4XX", body = Problem)))]
async fn list_events(Key(cx): Key, Filter(filter): Filter<JournalFilter>) -> Answer<Page<EventView>> {
    Ok(Json(pipeline::manage::events(&cx, filter).await?))
}

/// One event with its payload and what it caused
#[utoipa::path(get, path = "/events/{id}", tag = "pipeline", params(("id" = EventId, Path)), responses((status = 200, body = EventCard), (status = "4XX", body = Problem)))]
async fn get_event(Key(cx): Key, Id(id): Id<EventId>) -> Answer<EventCard> {
    Ok(Json(pipeline::manage::event(&cx, id).await?))
}

/// Do an event once more, as a new event with the same payload
#[utoipa::path(post, path = "/events/{id}/replay", tag = "pipeline", params(("id" = EventId, Path)), responses((status = 200, body = EventView), (status = "4XX", body = Problem)))]
async fn replay_event(Key(cx): Key, Id(id): Id<EventId>) -> Answer<EventView> {
    Ok(Json(pipeline::manage::replay_event(&cx, id).await?))
}

/// Jobs of the outbox, newest first
#[utoipa::path(get, path = "/jobs", tag = "pipeline", params(("state" = Option<String>, Query), ("kind" = Option<String>, Query), ("connection_id" = Option<String>, Query),
    ("cursor" = Option<String>, Query), ("limit" = Option<u32>, Query)), responses((status = 200, body = Page<JobView>), (status = "4XX", body = Problem)))]
async fn list_jobs(Key(cx): Key, Filter(filter): Filter<JournalFilter>) -> Answer<Page<JobView>> {
    Ok(Json(pipeline::manage::jobs(&cx, filter).await?))
}

/// One job with its attempts
#[utoipa::path(get, path = "/jobs/{id}", tag = "pipeline", params(("id" = JobId, Path)), responses((status = 200, body = JobCard), (status = "4XX", body = Problem)))]
async fn get_job(Key(cx): Key, Id(id): Id<JobId>) -> Answer<JobCard> {
    Ok(Json(pipeline::manage::job(&cx, id).await?))
}

/// Put a stopped job back into the queue
#[utoipa::path(post, path = "/jobs/{id}/retry", tag = "pipeline", params(("id" = JobId, Path)), responses((status = 200, body = JobCard), (status = "4XX", body = Problem)))]
async fn retry_job(Key(cx): Key, Id(id): Id<JobId>) -> Answer<JobCard> {
    pipeline::manage::retry(&cx, id).await?;
    Ok(Json(pipeline::manage::acted_on(&cx, id).await?))
}

/// Take a job out of the queue
#[utoipa::path(post, path = "/jobs/{id}/cancel", tag = "pipeline", params(("id" = JobId, Path)), responses((status = 200, body = JobCard), (status = "4XX", body = Problem)))]
async fn cancel_job(Key(cx): Key, Id(id): Id<JobId>) -> Answer<JobCard> {
    pipeline::manage::cancel(&cx, id).await?;
    Ok(Json(pipeline::manage::acted_on(&cx, id).await?))
}
