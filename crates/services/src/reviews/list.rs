//! Lists of invitations and reviews, and what came of inviting.

use crate::zone::{self, DAY_MS};
use crate::{ApiError, Cx, ErrorCode, Result, accounts, validate};
use domain::access::Permission;
use domain::ids::{InvitationId, ReviewId};
use domain::text::{fold, like_pattern};
use domain::views::*;
use store::reviews::Wanted;

/// Days statistics look back by default, and at most.
const DAYS: i64 = 30;
const MOST_DAYS: i64 = 366;

/// Invitations, newest first.
pub async fn invitations(cx: &Cx, filter: &InvitationFilter) -> Result<Page<InvitationView>> {
    cx.allow(Permission::ReviewsRead)?;
    let limit = validate::limit(filter.limit);
    let like = filter.search.as_deref().map(fold).filter(|text| !text.is_empty()).map(|text| like_pattern(&text));
    let before = validate::id_cursor(filter.cursor.as_deref())?;
    let rows =
        store::reviews::invitations(cx.db(), cx.sight(), filter.state, like.as_deref(), before, limit + 1).await?;
    Ok(Page::cut(rows, limit as usize, |row| row.id.to_string()))
}

/// One invitation.
pub async fn invitation(cx: &Cx, id: InvitationId) -> Result<InvitationView> {
    cx.allow(Permission::ReviewsRead)?;
    Ok(store::reviews::invitation(cx.db(), cx.sight(), id).await?.ok_or(ErrorCode::NotFound)?)
}

/// One invitation with every try of sending it.
pub async fn invitation_card(cx: &Cx, id: InvitationId) -> Result<InvitationCard> {
    let invitation = invitation(cx, id).await?;
    let attempts = store::jobs::attempts(cx.db(), cx.organisation, invitation.job_id).await?;
    Ok(InvitationCard { invitation, attempts })
}

/// Reviews, newest first.
pub async fn reviews(cx: &Cx, filter: &ReviewFilter) -> Result<Page<ReviewView>> {
    cx.allow(Permission::ReviewsRead)?;
    let limit = validate::limit(filter.limit);
    let wanted = Wanted {
        stars: filter.stars,
        max_stars: filter.max_stars,
        unanswered: filter.unanswered.unwrap_or(false),
        before: filter.cursor.as_deref().map(cursor).transpose()?,
    };
    let rows = store::reviews::reviews(cx.db(), cx.organisation, wanted, limit + 1).await?;
    Ok(Page::cut(rows, limit as usize, |row| format!("{}-{}", row.published_at, row.id)))
}

/// One review.
pub async fn review(cx: &Cx, id: ReviewId) -> Result<ReviewView> {
    cx.allow(Permission::ReviewsRead)?;
    load(cx, id).await
}

/// The review as whoever has just answered it gets it.
pub(super) async fn load(cx: &Cx, id: ReviewId) -> Result<ReviewView> {
    Ok(store::reviews::review(cx.db(), cx.organisation, id).await?.ok_or(ErrorCode::NotFound)?)
}

fn cursor(text: &str) -> Result<(i64, ReviewId)> {
    let parts = text.split_once('-').and_then(|(at, id)| Some((at.parse().ok()?, id.parse().ok()?)));
    Ok(parts.ok_or_else(|| ApiError::new(ErrorCode::NotAllowed).field("cursor"))?)
}

/// Invitations and reviews of the last days, by day and by member; `days` counts today.
pub async fn statistics(cx: &Cx, days: Option<i64>) -> Result<ReviewStatistics> {
    cx.allow(Permission::ReviewsRead)?;
    let days = days.unwrap_or(DAYS).clamp(1, MOST_DAYS);
    let zone = accounts::organisation_zone(cx).await?;
    let ahead = i64::from(zone::offset_minutes(&zone, cx.now)) * 60_000;
    let today = (cx.now + ahead).div_euclid(DAY_MS);
    let first = today - days + 1;
    let since = first * DAY_MS - ahead;
    let counted = store::reviews::by_day(cx.db(), cx.organisation, since, ahead).await?;
    let day = |number: i64| {
        let found = counted.iter().find(|row| row.name == number.to_string());
        let name = zone::date(number);
        found.map_or_else(|| empty(name.clone()), |row| InvitationCount { name: name.clone(), ..row.clone() })
    };
    let days: Vec<InvitationCount> = (first..=today).map(day).collect();
    let total = days.iter().fold(empty(String::new()), |sum, day| InvitationCount {
        name: sum.name,
        sent: sum.sent + day.sent,
        pending: sum.pending + day.pending,
        failed: sum.failed + day.failed,
        reviews: sum.reviews + day.reviews,
    });
    let mut stars = [0; 5];
    for (given, count) in store::reviews::by_stars(cx.db(), cx.organisation, since).await? {
        if let Some(slot) = usize::try_from(given - 1).ok().and_then(|place| stars.get_mut(place)) {
            *slot = count;
        }
    }
    let members = store::reviews::by_member(cx.db(), cx.organisation, since).await?;
    Ok(ReviewStatistics { since, total, days, members, stars })
}

fn empty(name: String) -> InvitationCount {
    InvitationCount { name, sent: 0, pending: 0, failed: 0, reviews: 0 }
}
