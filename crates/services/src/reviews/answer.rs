//! Answering a review in public.

use super::list::load;
use crate::pipeline::kinds;
use crate::{ApiError, Cx, ErrorCode, Result, validate};
use domain::access::Permission;
use domain::ids::ReviewId;
use domain::queue::JobState;
use domain::views::ReviewView;
use serde_json::json;

/// Longest answer.
const MOST: usize = 4_000;

/// Sends our answer. One at a time: while an answer is on its way, or may have arrived, no other is taken.
pub async fn answer(cx: &Cx, id: ReviewId, text: &str) -> Result<ReviewView> {
    cx.allow(Permission::ReviewsWrite)?;
    let text = validate::required("text", text, MOST)?;
    let mut work = cx.work().await?;
    let review = store::reviews::bare(&mut work.tx, cx.organisation, id).await?.ok_or(ErrorCode::NotFound)?;
    if review.removed_at.is_some() {
        return Err(ApiError::new(ErrorCode::NotAllowed).field("text").into());
    }
    if review.answer_state.is_some_and(|state| !matches!(state, JobState::Done | JobState::Dead | JobState::Cancelled))
    {
        return Err(ErrorCode::JobState.into());
    }
    let input = json!({"id": review.external_id, "message": text});
    let payload = json!({"action": "reply", "input": input, "review_id": id});
    let mut job = kinds::connection_job(&work, kinds::ANSWER_REVIEW, review.connection_id, payload);
    job.order_key = format!("review:{}:{}", review.connection_id, review.external_id);
    (job.object_kind, job.object_id) = ("review", id.to_string());
    store::reviews::answer(&mut work.tx, cx.organisation, id, &text, job.id, cx.now).await?;
    work.job(job).await?;
    work.journal("review_answered", "review", id, json!({"text": domain::text::preview(&text, 200)})).await?;
    work.hint("reviews", id);
    work.commit().await?;
    load(cx, id).await
}
