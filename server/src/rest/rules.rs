//! Rules, their versions and runs.

use super::doors::{Answer, Body, Fault, Filter, Id, Key, Problem};
use crate::state::AppState;
use axum::Json;
use axum::response::Response;
use domain::ids::{RuleId, RunId};
use domain::views::*;
use services::rules as use_cases;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The operations.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list, create))
        .routes(routes!(get, update))
        .routes(routes!(publish))
        .routes(routes!(test))
        .routes(routes!(runs_of))
        .routes(routes!(runs))
        .routes(routes!(run))
        .routes(routes!(decide))
        .routes(routes!(retry))
        .routes(routes!(rerun))
        .routes(routes!(retry_all))
}

/// Rules by precedence
#[utoipa::path(get, path = "/rules", tag = "rules", responses((status = 200, body = Page<RuleView>), (status = "4XX", body = Problem)))]
async fn list(Key(cx): Key) -> Answer<Page<RuleView>> {
    Ok(Json(use_cases::list(&cx).await?))
}

/// Make a rule
#[utoipa::path(post, path = "/rules", tag = "rules", request_body = SaveRule, responses((status = 201, body = RuleCard), (status = "4XX", body = Problem)))]
async fn create(Key(cx): Key, body: Body<SaveRule>) -> Result<Response, Fault> {
    body.create(cx, async |cx, input| use_cases::create(&cx, &input).await).await
}

/// One rule with its draft and versions
#[utoipa::path(get, path = "/rules/{id}", tag = "rules", params(("id" = RuleId, Path)), responses((status = 200, body = RuleCard), (status = "4XX", body = Problem)))]
async fn get(Key(cx): Key, Id(id): Id<RuleId>) -> Answer<RuleCard> {
    Ok(Json(use_cases::get(&cx, id).await?))
}

/// Change a rule's name, state, precedence or draft
#[utoipa::path(patch, path = "/rules/{id}", tag = "rules", params(("id" = RuleId, Path)), request_body = SaveRule,
    responses((status = 200, body = RuleCard), (status = "4XX", body = Problem)))]
async fn update(Key(cx): Key, Id(id): Id<RuleId>, body: Body<SaveRule>) -> Answer<RuleCard> {
    Ok(Json(use_cases::update(&cx, id, &body.input).await?))
}

/// Publish the draft, on new events only or also once on what is open
#[utoipa::path(post, path = "/rules/{id}/publish", tag = "rules", params(("id" = RuleId, Path), ("existing" = Option<bool>, Query), ("rev" = Option<i64>, Query)),
    responses((status = 200, body = RuleCard), (status = "4XX", body = Problem)))]
async fn publish(Key(cx): Key, Id(id): Id<RuleId>, Filter(how): Filter<PublishRule>) -> Answer<RuleCard> {
    Ok(Json(use_cases::publish(&cx, id, &how).await?))
}

/// What the draft would do, without doing it
#[utoipa::path(post, path = "/rules/{id}/test", tag = "rules", params(("id" = RuleId, Path)), request_body = TestRule,
    responses((status = 200, body = TestedRule), (status = "4XX", body = Problem)))]
async fn test(Key(cx): Key, Id(id): Id<RuleId>, body: Body<TestRule>) -> Answer<TestedRule> {
    Ok(Json(use_cases::test(&cx, id, &body.input).await?))
}

/// Runs of a rule, newest first
#[utoipa::path(get, path = "/rules/{id}/runs", tag = "rules", params(("id" = RuleId, Path), ("outcome" = Option<RunOutcome>, Query), ("object_id" = Option<String>, Query),
    ("q" = Option<String>, Query), ("cursor" = Option<String>, Query), ("limit" = Option<u32>, Query)), responses((status = 200, body = Page<RunView>), (status = "4XX", body = Problem)))]
async fn runs_of(Key(cx): Key, Id(id): Id<RuleId>, Filter(filter): Filter<RunFilter>) -> Answer<Page<RunView>> {
    Ok(Json(use_cases::runs(&cx, &RunFilter { rule_id: Some(id), ..filter }).await?))
}

/// Runs of all rules, newest first
#[utoipa::path(get, path = "/runs", tag = "rules", params(("rule_id" = Option<RuleId>, Query), ("outcome" = Option<RunOutcome>, Query), ("object_id" = Option<String>, Query),
    ("q" = Option<String>, Query), ("cursor" = Option<String>, Query), ("limit" = Option<u32>, Query)), responses((status = 200, body = Page<RunView>), (status = "4XX", body = Problem)))]
async fn runs(Key(cx): Key, Filter(filter): Filter<RunFilter>) -> Answer<Page<RunView>> {
    Ok(Json(use_cases::runs(&cx, &filter).await?))
}

/// Why a run did what it did
#[utoipa::path(get, path = "/runs/{id}", tag = "rules", params(("id" = RunId, Path)), responses((status = 200, body = RunCard), (status = "4XX", body = Problem)))]
async fn run(Key(cx): Key, Id(id): Id<RunId>) -> Answer<RunCard> {
    Ok(Json(use_cases::run(&cx, id).await?))
}

/// Decide a run that waits for approval
#[utoipa::path(post, path = "/runs/{id}/decide", tag = "rules", params(("id" = RunId, Path)), request_body = DecideRun,
    responses((status = 200, body = RunCard), (status = "4XX", body = Problem)))]
async fn decide(Key(cx): Key, Id(id): Id<RunId>, body: Body<DecideRun>) -> Answer<RunCard> {
    Ok(Json(use_cases::decide(&cx, id, body.input.yes).await?))
}

/// Try a failed run again, from the step that failed
#[utoipa::path(post, path = "/runs/{id}/retry", tag = "rules", params(("id" = RunId, Path)), responses((status = 200, body = RunCard), (status = "4XX", body = Problem)))]
async fn retry(Key(cx): Key, Id(id): Id<RunId>) -> Answer<RunCard> {
    Ok(Json(use_cases::retry(&cx, id).await?))
}

/// Run the rule as it is now on what a run started from, for real
#[utoipa::path(post, path = "/runs/{id}/rerun", tag = "rules", params(("id" = RunId, Path)), responses((status = 200, body = RunCard), (status = "4XX", body = Problem)))]
async fn rerun(Key(cx): Key, Id(id): Id<RunId>) -> Answer<RunCard> {
    Ok(Json(use_cases::rerun(&cx, id).await?))
}

/// Try all failed runs again, or those of one rule or about one thing
#[utoipa::path(post, path = "/runs/retry", tag = "rules", params(("rule_id" = Option<RuleId>, Query), ("object_id" = Option<String>, Query), ("q" = Option<String>, Query)),
    responses((status = 200, body = RetriedRuns), (status = "4XX", body = Problem)))]
async fn retry_all(Key(cx): Key, Filter(filter): Filter<RunFilter>) -> Answer<RetriedRuns> {
    Ok(Json(use_cases::retry_all(&cx, &filter).await?))
}
