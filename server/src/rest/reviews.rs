//! Invitations to review, and reviews.

use super::doors::{Answer, Body, Filter, Id, Key, Problem};
use crate::state::AppState;
use axum::Json;
use domain::ids::{InvitationId, ReviewId};
use domain::views::*;
use serde::Deserialize;
use services::reviews as use_cases;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The operations.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(invitations))
        .routes(routes!(statistics))
        .routes(routes!(invitation))
        .routes(routes!(retry))
        .routes(routes!(withdraw))
        .routes(routes!(decide))
        .routes(routes!(reviews))
        .routes(routes!(review))
        .routes(routes!(answer))
}

/// Invitations, newest first
#[utoipa::path(get, path = "/invitations", tag = "reviews", params(("state" = Option<InvitationState>, Query), ("search" = Option<String>, Query),
    ("cursor" = Option<String>, Query), ("limit" = Option<u32>, Query)), responses((status = 200, body = Page<InvitationView>), (status = "4XX", body = Problem)))]
async fn invitations(Key(cx): Key, Filter(filter): Filter<InvitationFilter>) -> Answer<Page<InvitationView>> {
    Ok(Json(use_cases::invitations(&cx, &filter).await?))
}

/// How far back to count.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Period {
    /// Days, today included.
    days: Option<i64>,
}

/// What came of inviting, by day and by member
#[utoipa::path(get, path = "/invitations/statistics", tag = "reviews", params(("days" = Option<i64>, Query)),
    responses((status = 200, body = ReviewStatistics), (status = "4XX", body = Problem)))]
async fn statistics(Key(cx): Key, Filter(period): Filter<Period>) -> Answer<ReviewStatistics> {
    Ok(Json(use_cases::statistics(&cx, period.days).await?))
}

/// One invitation
#[utoipa::path(get, path = "/invitations/{id}", tag = "reviews", params(("id" = InvitationId, Path)),
    responses((status = 200, body = InvitationView), (status = "4XX", body = Problem)))]
async fn invitation(Key(cx): Key, Id(id): Id<InvitationId>) -> Answer<InvitationView> {
    Ok(Json(use_cases::invitation(&cx, id).await?))
}

/// Send an invitation that failed once more
#[utoipa::path(post, path = "/invitations/{id}/retry", tag = "reviews", params(("id" = InvitationId, Path)),
    responses((status = 200, body = InvitationView), (status = "4XX", body = Problem)))]
async fn retry(Key(cx): Key, Id(id): Id<InvitationId>) -> Answer<InvitationView> {
    Ok(Json(use_cases::retry(&cx, id).await?))
}

/// Leave an invitation that failed as it is
#[utoipa::path(post, path = "/invitations/{id}/withdraw", tag = "reviews", params(("id" = InvitationId, Path)),
    responses((status = 200, body = InvitationView), (status = "4XX", body = Problem)))]
async fn withdraw(Key(cx): Key, Id(id): Id<InvitationId>) -> Answer<InvitationView> {
    Ok(Json(use_cases::withdraw(&cx, id).await?))
}

/// Decide about an invitation that may or may not have arrived
#[utoipa::path(post, path = "/invitations/{id}/decide", tag = "reviews", params(("id" = InvitationId, Path)), request_body = DecideInvitation,
    responses((status = 200, body = InvitationView), (status = "4XX", body = Problem)))]
async fn decide(Key(cx): Key, Id(id): Id<InvitationId>, body: Body<DecideInvitation>) -> Answer<InvitationView> {
    Ok(Json(use_cases::decide(&cx, id, body.input.arrived).await?))
}

/// Reviews, newest first
#[utoipa::path(get, path = "/reviews", tag = "reviews", params(("stars" = Option<i64>, Query), ("max_stars" = Option<i64>, Query), ("unanswered" = Option<bool>, Query),
    ("cursor" = Option<String>, Query), ("limit" = Option<u32>, Query)), responses((status = 200, body = Page<ReviewView>), (status = "4XX", body = Problem)))]
async fn reviews(Key(cx): Key, Filter(filter): Filter<ReviewFilter>) -> Answer<Page<ReviewView>> {
    Ok(Json(use_cases::reviews(&cx, &filter).await?))
}

/// One review
#[utoipa::path(get, path = "/reviews/{id}", tag = "reviews", params(("id" = ReviewId, Path)), responses((status = 200, body = ReviewView), (status = "4XX", body = Problem)))]
async fn review(Key(cx): Key, Id(id): Id<ReviewId>) -> Answer<ReviewView> {
    Ok(Json(use_cases::review(&cx, id).await?))
}

/// Answer a review in public
#[utoipa::path(post, path = "/reviews/{id}/answer", tag = "reviews", params(("id" = ReviewId, Path)), request_body = AnswerReview,
    responses((status = 200, body = ReviewView), (status = "4XX", body = Problem)))]
async fn answer(Key(cx): Key, Id(id): Id<ReviewId>, body: Body<AnswerReview>) -> Answer<ReviewView> {
    Ok(Json(use_cases::answer(&cx, id, &body.input.text).await?))
}
