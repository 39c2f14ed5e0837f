//! Trying failed runs again, from the step that failed: what was done before it stays done and is not done twice.

use super::list::run_card;
use super::{look, waiting};
use crate::{Cx, ErrorCode, Result};
use domain::access::Permission;
use domain::ids::RunId;
use domain::views::{RetriedRuns, RunCard, RunFilter, RunOutcome, RunTrace};
use serde_json::json;
use store::runs::RunRow;

/// Runs tried again in one go.
const MOST: i64 = 200;

/// Tries one run again.
pub async fn retry(cx: &Cx, id: RunId) -> Result<RunCard> {
    cx.allow(Permission::RulesManage)?;
    once_more(cx, id).await?;
    run_card(cx, id).await
}

async fn once_more(cx: &Cx, id: RunId) -> Result<RunOutcome> {
    let mut work = cx.work().await?;
    let mut run = store::runs::lock(&mut work.tx, cx.organisation, id).await?.ok_or(ErrorCode::NotFound)?;
    // Somebody was faster, or there is no step to begin with.
    run.place = place(&run).ok_or(ErrorCode::Stale)?;
    run.note = String::new();
    let args = json!({"rule_id": run.rule_id, "run_id": id});
    work.journal("rule_retried", &run.object_kind.clone(), run.object_id.clone(), args).await?;
    let outcome = waiting::go_on(&mut work, run, |_, _| None).await?;
    work.commit().await?;
    Ok(outcome)
}

/// Tries all failed runs of a list again, the oldest first, each by itself.
pub async fn retry_all(cx: &Cx, filter: &RunFilter) -> Result<RetriedRuns> {
    cx.allow(Permission::RulesManage)?;
    let filter = RunFilter { outcome: Some(RunOutcome::Failed), cursor: None, ..filter.clone() };
    let runs = store::runs::lines(cx.db(), cx.sight(), &look::query(&filter)?, MOST).await?;
    let mut retried = RetriedRuns::default();
    for run in runs.iter().rev() {
        match once_more(cx, run.run.id).await {
            Ok(RunOutcome::Failed) => retried.failed += 1,
            Ok(_) => retried.went_on += 1,
            // Tried by somebody else meanwhile, or not to be tried at all.
            Err(crate::Error::Api(_)) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(retried)
}

/// Where a failed run would begin again; `None` when it cannot.
pub(super) fn place(run: &RunRow) -> Option<String> {
    if run.outcome != RunOutcome::Failed {
        return None;
    }
    let trace: RunTrace = serde_json::from_value(run.trace.clone()).ok()?;
    trace.steps.last().filter(|step| step.result == "failed").map(|step| step.place.clone())
}
