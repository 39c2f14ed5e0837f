//! Looking at rules and runs, and trying a draft on something real without doing anything.

use super::{acts, engine, examples, look, offer, save};
use crate::{ApiError, Cx, ErrorCode, Result};
use domain::access::Permission;
use domain::ids::{RuleId, RunId};
use domain::rules::{RuleTree, Truth, start, weigh};
use domain::views::*;

/// Firings are counted over this time.
const COUNTED_MS: i64 = 7 * 24 * 60 * 60 * 1000;

/// All rules by precedence.
pub async fn list(cx: &Cx) -> Result<Page<RuleView>> {
    cx.allow(Permission::RulesRead)?;
    let items = store::rules::list(cx.db(), cx.organisation, cx.now - COUNTED_MS).await?;
    Ok(Page { items, next_cursor: None })
}

/// One rule with its draft and versions.
pub async fn get(cx: &Cx, id: RuleId) -> Result<RuleCard> {
    cx.allow(Permission::RulesRead)?;
    card(cx, id).await
}

/// The rule as whoever has just changed it gets it.
pub(super) async fn card(cx: &Cx, id: RuleId) -> Result<RuleCard> {
    let rule = store::rules::one(cx.db(), cx.organisation, cx.now - COUNTED_MS, id).await?;
    let mut rule = rule.ok_or(ErrorCode::NotFound)?;
    let draft = store::rules::draft(cx.db(), cx.organisation, id).await?.ok_or(ErrorCode::NotFound)?;
    let tree = serde_json::from_value::<RuleTree>(draft.clone()).ok();
    let kind = tree.as_ref().and_then(|tree| offer::kind(&tree.trigger.event));
    if let (true, Some(tree)) = (rule.event.is_empty(), &tree) {
        rule.event = tree.trigger.event.clone();
    }
    let problems = match &tree {
        Some(tree) => [save::faults(cx, tree).await?, examples::betrayed(cx, id, tree).await?].concat(),
        None => Vec::new(),
    };
    let fields = match &kind {
        Some(kind) => kind.fields_in(cx, tree.as_ref().and_then(|tree| tree.trigger.connection_id)).await?,
        None => Vec::new(),
    };
    Ok(RuleCard {
        rule,
        draft,
        problems,
        fields,
        versions: store::rules::versions(cx.db(), cx.organisation, id).await?,
        examples: match cx.sees_all() {
            Ok(()) => store::rule_guard::examples(cx.db(), cx.organisation, id).await?,
            Err(_) => Vec::new(),
        },
        held: store::rule_guard::held(cx.db(), cx.organisation, id).await?.len() as i64,
    })
}

/// Runs, newest first.
pub async fn runs(cx: &Cx, filter: &RunFilter) -> Result<Page<RunView>> {
    cx.allow(Permission::RulesRead)?;
    if let Some(rule) = filter.rule_id {
        store::rules::draft(cx.db(), cx.organisation, rule).await?.ok_or(ErrorCode::NotFound)?;
    }
    let Page { items, next_cursor } = look::run_lines(cx, filter).await?;
    Ok(Page { items: items.into_iter().map(|line| line.run).collect(), next_cursor })
}

/// One run: «Почему?».
pub async fn run(cx: &Cx, id: RunId) -> Result<RunCard> {
    cx.allow(Permission::RulesRead)?;
    store::runs::line(cx.db(), cx.sight(), id).await?.ok_or(ErrorCode::NotFound)?;
    run_card(cx, id).await
}

/// The run as whoever has just moved it on gets it.
pub(super) async fn run_card(cx: &Cx, id: RunId) -> Result<RunCard> {
    let row = store::runs::row(cx.db(), cx.organisation, id).await?.ok_or(ErrorCode::NotFound)?;
    let rule = store::rules::one(cx.db(), cx.organisation, cx.now, row.rule_id).await?.ok_or(ErrorCode::NotFound)?;
    let tree = store::rules::version_tree(cx.db(), cx.organisation, row.rule_id, row.version).await?;
    Ok(RunCard {
        tree: tree.ok_or(ErrorCode::NotFound)?,
        trace: serde_json::from_value(row.trace).unwrap_or_default(),
        run: RunView {
            id: row.id,
            rule_id: row.rule_id,
            rule_name: rule.name,
            version: row.version,
            occasion_id: row.occasion_id,
            shadow: row.shadow,
            outcome: row.outcome,
            note: row.note,
            object_kind: row.object_kind,
            object_id: row.object_id,
            contact_id: row.contact_id,
            chat_id: row.chat_id,
            order_id: row.order_id,
            run_at: row.run_at,
            started_at: row.started_at,
            ended_at: row.ended_at,
        },
    })
}

/// What the draft would do about something recorded, or about an order or chat as it is now. Nothing is written and nobody is told.
pub async fn test(cx: &Cx, id: RuleId, input: &TestRule) -> Result<TestedRule> {
    cx.allow(Permission::RulesRead)?;
    let draft = store::rules::draft(cx.db(), cx.organisation, id).await?.ok_or(ErrorCode::NotFound)?;
    let tree: RuleTree = serde_json::from_value(draft)
        .map_err(|error| ApiError::new(ErrorCode::BadRequest).arg("reason", error).field("draft"))?;
    if offer::kind(&tree.trigger.event).is_none() {
        return Err(ApiError::new(ErrorCode::NotAllowed).field("draft").into());
    }
    let facts = look::facts_of(cx, &tree.trigger.event, &input.object_id).await?;
    let (truth, when) = weigh(&tree.when, &facts);
    let mut trace = RunTrace { when, steps: Vec::new() };
    if truth == Truth::Yes {
        let walk = start(&tree, &facts);
        for turn in walk.turns {
            let result = if turn.truth == Truth::Yes { "yes" } else { "no" };
            let line = engine::line(cx.now, &turn.place, "branch", result, "");
            trace.steps.push(StepTrace { seen: turn.seen, ..line });
        }
        for todo in walk.todo {
            let (result, detail) = match todo.missing.is_empty() {
                true => ("would", acts::words(&todo.act)),
                false => ("blocked", todo.missing.join(", ")),
            };
            trace.steps.push(engine::line(cx.now, &todo.place, todo.act.word(), result, &detail));
        }
    }
    let truth = match truth {
        Truth::Yes => "+",
        Truth::No => "-",
        Truth::NoData => "?",
    };
    Ok(TestedRule { truth: truth.into(), trace })
}
