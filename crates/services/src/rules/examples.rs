//! Examples from life: what a rule must, or must not, act on. Publishing checks them.

use crate::{ApiError, Cx, ErrorCode, Result, validate};
use domain::access::Permission;
use domain::ids::{ExampleId, RuleId};
use domain::rules::check::ProblemCode;
use domain::rules::{Facts, Problem, RuleTree, Truth, weigh};
use domain::views::{RuleCard, SaveExample};
use serde_json::json;
use store::rule_guard::ExampleRow;

/// Most examples of one rule.
const MOST: usize = 200;

/// Keeps something that happened as an example.
pub async fn save(cx: &Cx, rule: RuleId, input: &SaveExample) -> Result<RuleCard> {
    cx.allow(Permission::RulesManage)?;
    let name = validate::required("name", &input.name, 200)?;
    store::rules::draft(cx.db(), cx.organisation, rule).await?.ok_or(ErrorCode::NotFound)?;
    let then = store::occasions::look(cx.db(), cx.organisation, input.occasion_id).await?;
    let then = then.ok_or_else(|| ApiError::new(ErrorCode::NotFound).field("occasion_id"))?;
    if store::rule_guard::examples(cx.db(), cx.organisation, rule).await?.len() >= MOST {
        return Err(ApiError::new(ErrorCode::OutOfRange).arg("min", 0).arg("max", MOST).into());
    }
    let mut work = cx.work().await?;
    let id: ExampleId = work.id();
    let row = ExampleRow { name, event: then.event, facts: then.facts, fires: input.fires };
    store::rule_guard::insert_example(&mut work.tx, cx.organisation, id, rule, &row, cx.now).await?;
    work.journal("rule_example_saved", "rule", rule, json!({"name": row.name, "fires": row.fires})).await?;
    work.hint("rules", rule);
    work.commit().await?;
    super::list::card(cx, rule).await
}

/// Forgets an example.
pub async fn delete(cx: &Cx, rule: RuleId, id: ExampleId) -> Result<RuleCard> {
    cx.allow(Permission::RulesManage)?;
    let mut work = cx.work().await?;
    if !store::rule_guard::delete_example(&mut work.tx, cx.organisation, rule, id).await? {
        return Err(ErrorCode::NotFound.into());
    }
    work.journal("rule_example_deleted", "rule", rule, json!({})).await?;
    work.hint("rules", rule);
    work.commit().await?;
    super::list::card(cx, rule).await
}

/// Examples this tree betrays.
pub(super) async fn betrayed(cx: &Cx, rule: RuleId, tree: &RuleTree) -> Result<Vec<Problem>> {
    let rows = store::rule_guard::example_facts(cx.db(), cx.organisation, rule).await?;
    let wrong = rows.into_iter().filter(|row| {
        let facts = serde_json::from_value::<Facts>(row.facts.clone()).unwrap_or_default();
        let fires = row.event == tree.trigger.event && weigh(&tree.when, &facts).0 == Truth::Yes;
        fires != row.fires
    });
    Ok(wrong.map(|row| Problem { at: "examples".into(), code: ProblemCode::ExampleFails, what: row.name }).collect())
}
