//! A member's decision on a run that asks for one.

use super::list::run_card;
use super::{engine, look, waiting};
use crate::{Cx, ErrorCode, Result};
use domain::access::Permission;
use domain::ids::{RunId, UserId};
use domain::rules::RuleTree;
use domain::views::{RunCard, RunOutcome, RunTrace};
use serde_json::json;
use store::runs::RunRow;

/// Agrees or refuses: the run goes on at once. The named member decides; where nobody is named, whoever manages rules.
pub async fn decide(cx: &Cx, id: RunId, yes: bool) -> Result<RunCard> {
    let mut work = cx.work().await?;
    let run = store::runs::lock(&mut work.tx, cx.organisation, id).await?;
    let waits = |run: &&RunRow| run.outcome == RunOutcome::Waiting && run.waits_for == "approval";
    let asked = match run.as_ref().filter(waits) {
        Some(run) => {
            let tree = store::rules::tree(&mut work.tx, cx.organisation, run.rule_id, run.version).await?;
            let tree = tree.and_then(|tree| serde_json::from_value::<RuleTree>(tree).ok());
            tree.and_then(|tree| look::asked(&tree, &run.place))
        }
        None => None,
    };
    if !entitled(cx, asked) {
        // Whoever may decide nothing does not learn whether there is such a run.
        cx.allow(Permission::RulesManage)?;
        return Err(ErrorCode::Forbidden.into());
    }
    let mut run = run.ok_or(ErrorCode::NotFound)?;
    if !waits(&&run) {
        // Somebody else, or the time, was faster.
        return Err(ErrorCode::Stale.into());
    }
    let mut trace: RunTrace = serde_json::from_value(run.trace.clone()).unwrap_or_default();
    let who = cx.user().map(|id| id.to_string()).unwrap_or_default();
    trace.steps.push(engine::line(work.now, &run.place, "decision", if yes { "yes" } else { "no" }, &who));
    run.trace = serde_json::to_value(&trace).map_err(anyhow::Error::from)?;
    let args = json!({"rule_id": run.rule_id, "run_id": id, "yes": yes});
    work.journal("rule_decided", &run.object_kind.clone(), run.object_id.clone(), args).await?;
    waiting::go_on(&mut work, run, |_, _| Some(yes)).await?;
    work.commit().await?;
    run_card(cx, id).await
}

/// Whether this caller may decide where `asked` is named.
pub(super) fn entitled(cx: &Cx, asked: Option<UserId>) -> bool {
    match asked {
        Some(member) => cx.user() == Some(member),
        None => cx.allow(Permission::RulesManage).is_ok(),
    }
}
