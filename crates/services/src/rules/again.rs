//! Once more, for real: the rule as it is published now meets an event of the past as a new run.

use super::waiting::recalled;
use super::{engine, facts, list, trees};
use crate::{ApiError, Cx, ErrorCode, Result};
use domain::access::Permission;
use domain::ids::RunId;
use domain::views::{RuleState, RunCard};
use serde_json::json;
use store::rules::Listening;
use store::runs::RunQuery;

/// Runs a rule on what an earlier run of it started from; answers the new run. Whatever keeps people from being written to
/// twice holds here as well.
pub async fn rerun(cx: &Cx, id: RunId) -> Result<RunCard> {
    cx.allow(Permission::RulesManage)?;
    let old = store::runs::row(cx.db(), cx.organisation, id).await?.ok_or(ErrorCode::NotFound)?;
    let mut work = cx.work().await?;
    let row = store::rules::lock(&mut work.tx, cx.organisation, old.rule_id).await?.ok_or(ErrorCode::NotFound)?;
    let off = || ApiError::new(ErrorCode::NotAllowed).field("rule");
    let version = row.version.filter(|_| row.state == RuleState::On).ok_or_else(off)?;
    let tree = trees::tree(&mut work, row.id, version).await?.ok_or_else(off)?;
    let occasion = recalled(&mut work, &old, &tree.trigger.event).await?;
    let then = store::occasions::one(&mut work.tx, cx.organisation, old.occasion_id).await?;
    if then.is_none_or(|then| then.event != tree.trigger.event) {
        return Err(off().into());
    }
    let facts = facts::gather(&mut work, &occasion).await?;
    let args = json!({"rule_id": row.id, "run_id": id});
    work.journal("rule_rerun", &old.object_kind, old.object_id.clone(), args).await?;
    let rule = Listening { id: row.id, state: row.state, version, ceiling: row.ceiling };
    engine::happened_to(&mut work, old.occasion_id, &occasion, &facts, vec![(rule, Some(tree))]).await?;
    work.commit().await?;
    let query = RunQuery { rule: Some(row.id), object: Some(&old.object_id), ..RunQuery::default() };
    let latest = store::runs::lines(cx.db(), cx.sight(), &query, 1).await?;
    list::run_card(cx, latest.first().map_or(id, |line| line.run.id)).await
}
