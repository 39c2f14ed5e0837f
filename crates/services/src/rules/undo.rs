//! Taking back what a rule has written outside since a moment (RUL-12). Each write is taken back by a job of its own, once;
//! the service looks first whether it is still as the rule left it, and says «changed since» where it is not.

use crate::pipeline::kinds;
use crate::{Cx, ErrorCode, Result};
use connectors::Undo;
use domain::access::Permission;
use domain::ids::RuleId;
use domain::views::{RuleWrites, UndoWrites};
use serde_json::json;
use store::rule_guard::WriteRow;

/// How much of it can be taken back.
pub async fn writes(cx: &Cx, id: RuleId, since: UndoWrites) -> Result<RuleWrites> {
    cx.allow(Permission::RulesRead)?;
    counted(cx, id, since).await
}

async fn counted(cx: &Cx, id: RuleId, since: UndoWrites) -> Result<RuleWrites> {
    let mut found = RuleWrites::default();
    for write in load(cx, id, since.since).await? {
        match (write.undone, way_back(&write)) {
            (true, _) => found.undone += 1,
            (false, Some(_)) => found.reversible += 1,
            (false, None) => found.final_ones += 1,
        }
    }
    Ok(found)
}

/// Takes back what can be; what was taken back before is left alone. Answers how it stands now.
pub async fn undo(cx: &Cx, id: RuleId, since: UndoWrites) -> Result<RuleWrites> {
    cx.allow(Permission::RulesManage)?;
    let mut work = cx.work().await?;
    let row = store::rules::lock(&mut work.tx, cx.organisation, id).await?.ok_or(ErrorCode::NotFound)?;
    let mut count = 0;
    // The latest first: what was written over what is taken back before it.
    for write in load(cx, id, since.since).await?.into_iter().rev().filter(|write| !write.undone) {
        let (Some(undo), Some(connection)) = (way_back(&write), write.connection_id) else { continue };
        let mut input = write.payload.get("input").cloned().unwrap_or_default();
        input["expect"] = undo.expect.into();
        let payload = json!({"action": undo.action, "input": input, "undoes": write.id});
        let mut job = kinds::connection_job(&work, kinds::CALL_SERVICE, connection, payload);
        job.idempotency_key = Some(format!("undo:{}", write.id));
        count += usize::from(work.job(job).await?);
    }
    if count > 0 {
        let args = json!({"name": row.name, "count": count, "since": since.since});
        work.journal("rule_undone", "rule", id, args).await?;
        work.commit().await?;
    }
    counted(cx, id, since).await
}

async fn load(cx: &Cx, id: RuleId, since: i64) -> Result<Vec<WriteRow>> {
    store::rules::one(cx.db(), cx.organisation, cx.now, id).await?.ok_or(ErrorCode::NotFound)?;
    Ok(store::rule_guard::writes(cx.db(), cx.organisation, id, since).await?)
}

/// The call that takes it back.
fn way_back(write: &WriteRow) -> Option<Undo> {
    let action = write.payload.get("action")?.as_str().filter(|_| write.kind == kinds::CALL_SERVICE)?;
    let spec = connectors::find(write.provider.as_deref()?)?.spec();
    spec.steps.iter().find(|step| step.action == action)?.undo
}
