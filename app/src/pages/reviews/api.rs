//! The door of the reviews page.

#[cfg(feature = "ssr")]
use crate::door::cx;
use crate::door::{Answer, Door};
use domain::ids::{InvitationId, ReviewId};
use domain::views::*;
use leptos::prelude::*;

/// What needs a person now.
#[server(prefix = "/api/ui", endpoint = "reviews_attention", protocol = Door)]
pub async fn reviews_attention() -> Answer<ReviewAttention> {
    Ok(services::reviews::attention(&cx()?).await?)
}

/// A page of invitations.
#[server(prefix = "/api/ui", endpoint = "invitations_list", protocol = Door)]
pub async fn invitations_list(filter: InvitationFilter) -> Answer<Page<InvitationView>> {
    Ok(services::reviews::invitations(&cx()?, &filter).await?)
}

/// One invitation with its attempts.
#[server(prefix = "/api/ui", endpoint = "invitations_get", protocol = Door)]
pub async fn invitations_get(id: InvitationId) -> Answer<InvitationCard> {
    Ok(services::reviews::invitation_card(&cx()?, id).await?)
}

/// Sends one that failed once more.
#[server(prefix = "/api/ui", endpoint = "invitations_retry", protocol = Door)]
pub async fn invitations_retry(id: InvitationId) -> Answer<()> {
    services::reviews::retry(&cx()?, id).await?;
    Ok(())
}

/// Leaves one that failed as it is.
#[server(prefix = "/api/ui", endpoint = "invitations_withdraw", protocol = Door)]
pub async fn invitations_withdraw(id: InvitationId) -> Answer<()> {
    services::reviews::withdraw(&cx()?, id).await?;
    Ok(())
}

/// Says whether one whose end is unknown arrived.
#[server(prefix = "/api/ui", endpoint = "invitations_decide", protocol = Door)]
pub async fn invitations_decide(id: InvitationId, arrived: bool) -> Answer<()> {
    services::reviews::decide(&cx()?, id, arrived).await?;
    Ok(())
}

/// A page of reviews.
#[server(prefix = "/api/ui", endpoint = "reviews_list", protocol = Door)]
pub async fn reviews_list(filter: ReviewFilter) -> Answer<Page<ReviewView>> {
    Ok(services::reviews::reviews(&cx()?, &filter).await?)
}

/// One review.
#[server(prefix = "/api/ui", endpoint = "reviews_get", protocol = Door)]
pub async fn reviews_get(id: ReviewId) -> Answer<ReviewView> {
    Ok(services::reviews::review(&cx()?, id).await?)
}

/// Answers a review in public.
#[server(prefix = "/api/ui", endpoint = "reviews_answer", protocol = Door)]
pub async fn reviews_answer(id: ReviewId, text: String) -> Answer<()> {
    services::reviews::answer(&cx()?, id, &text).await?;
    Ok(())
}

/// What came of inviting in the last days.
#[server(prefix = "/api/ui", endpoint = "reviews_statistics", protocol = Door)]
pub async fn reviews_statistics(days: i64) -> Answer<ReviewStatistics> {
    Ok(services::reviews::statistics(&cx()?, Some(days)).await?)
}
