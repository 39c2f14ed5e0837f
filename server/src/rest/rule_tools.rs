//! What surrounds rules: examples from life, the time machine, and what a stopped rule has in the queue.

use super::doors::{Answer, Body, Filter, Id, Ids, Key, Problem};
use crate::state::AppState;
use axum::Json;
use domain::ids::{ExampleId, ReplayId, RuleId};
use domain::views::*;
use services::rules::{self, examples, release, replay};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The operations.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(save_example))
        .routes(routes!(delete_example))
        .routes(routes!(let_go))
        .routes(routes!(writes))
        .routes(routes!(undo))
        .routes(routes!(replays, start_replay))
        .routes(routes!(one_replay))
        .routes(routes!(cancel_replay))
}

/// Keep something that happened as an example
#[utoipa::path(post, path = "/rules/{id}/examples", tag = "rules", params(("id" = RuleId, Path)), request_body = SaveExample,
    responses((status = 200, body = RuleCard), (status = "4XX", body = Problem)))]
async fn save_example(Key(cx): Key, Id(id): Id<RuleId>, body: Body<SaveExample>) -> Answer<RuleCard> {
    Ok(Json(examples::save(&cx, id, &body.input).await?))
}

/// Forget an example
#[utoipa::path(delete, path = "/rules/{id}/examples/{example}", tag = "rules", params(("id" = RuleId, Path), ("example" = ExampleId, Path)),
    responses((status = 200, body = RuleCard), (status = "4XX", body = Problem)))]
async fn delete_example(Key(cx): Key, Ids(id, example): Ids<RuleId, ExampleId>) -> Answer<RuleCard> {
    Ok(Json(examples::delete(&cx, id, example).await?))
}

/// Send or drop what is held of a stopped rule
#[utoipa::path(post, path = "/rules/{id}/release", tag = "rules", params(("id" = RuleId, Path)), request_body = ReleaseHeld,
    responses((status = 200, body = RuleCard), (status = "4XX", body = Problem)))]
async fn let_go(Key(cx): Key, Id(id): Id<RuleId>, body: Body<ReleaseHeld>) -> Answer<RuleCard> {
    Ok(Json(release(&cx, id, body.input.send).await?))
}

/// How much of what a rule has written outside since a moment can be taken back
#[utoipa::path(get, path = "/rules/{id}/writes", tag = "rules", params(("id" = RuleId, Path), ("since" = Option<i64>, Query)),
    responses((status = 200, body = RuleWrites), (status = "4XX", body = Problem)))]
async fn writes(Key(cx): Key, Id(id): Id<RuleId>, Filter(since): Filter<UndoWrites>) -> Answer<RuleWrites> {
    Ok(Json(rules::writes(&cx, id, since).await?))
}

/// Take back what can be; what somebody has changed since is left as it is
#[utoipa::path(post, path = "/rules/{id}/undo", tag = "rules", params(("id" = RuleId, Path)), request_body = UndoWrites,
    responses((status = 200, body = RuleWrites), (status = "4XX", body = Problem)))]
async fn undo(Key(cx): Key, Id(id): Id<RuleId>, body: Body<UndoWrites>) -> Answer<RuleWrites> {
    Ok(Json(rules::undo(&cx, id, body.input).await?))
}

/// The latest replays of a rule
#[utoipa::path(get, path = "/rules/{id}/replays", tag = "rules", params(("id" = RuleId, Path)), responses((status = 200, body = Page<ReplayView>), (status = "4XX", body = Problem)))]
async fn replays(Key(cx): Key, Id(id): Id<RuleId>) -> Answer<Page<ReplayView>> {
    Ok(Json(replay::list(&cx, id).await?))
}

/// Run the draft over what happened in the last days, without doing anything
#[utoipa::path(post, path = "/rules/{id}/replays", tag = "rules", params(("id" = RuleId, Path)), request_body = StartReplay,
    responses((status = 200, body = ReplayView), (status = "4XX", body = Problem)))]
async fn start_replay(Key(cx): Key, Id(id): Id<RuleId>, body: Body<StartReplay>) -> Answer<ReplayView> {
    Ok(Json(replay::start(&cx, id, &body.input).await?))
}

/// One replay
#[utoipa::path(get, path = "/replays/{id}", tag = "rules", params(("id" = ReplayId, Path)), responses((status = 200, body = ReplayView), (status = "4XX", body = Problem)))]
async fn one_replay(Key(cx): Key, Id(id): Id<ReplayId>) -> Answer<ReplayView> {
    Ok(Json(replay::one(&cx, id).await?))
}

/// Stop a replay
#[utoipa::path(post, path = "/replays/{id}/cancel", tag = "rules", params(("id" = ReplayId, Path)), responses((status = 200, body = ReplayView), (status = "4XX", body = Problem)))]
async fn cancel_replay(Key(cx): Key, Id(id): Id<ReplayId>) -> Answer<ReplayView> {
    Ok(Json(replay::cancel(&cx, id).await?))
}
