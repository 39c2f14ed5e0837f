//! A newly published rule on what is open already: counted for the question, run once on each in the same unit of work as
//! the publishing, so that it happens to all of them or to none.

use super::facts::{Occasion, gather};
use super::{engine, look, offer};
use crate::{ApiError, Cx, ErrorCode, Result, Work};
use domain::rules::{Facts, RuleTree, Truth, weigh};
use domain::views::{OrderView, RuleReach, RuleRival};
use std::collections::BTreeSet;
use std::sync::Arc;
use store::rules::{Listening, RuleRow};
use store::sight::Sight;

/// Open things one publishing may run through.
const MOST: i64 = 500;

/// What is open and matches.
struct Reach {
    matching: Vec<(Occasion, Facts)>,
    too_many: bool,
}

/// How many open things the draft matches.
pub async fn reach(cx: &Cx, id: domain::ids::RuleId) -> Result<RuleReach> {
    cx.allow(domain::access::Permission::RulesManage)?;
    let mut work = cx.work().await?;
    let row = store::rules::lock(&mut work.tx, cx.organisation, id).await?.ok_or(ErrorCode::NotFound)?;
    let tree: Option<RuleTree> = serde_json::from_value(row.draft.clone()).ok();
    let found = match &tree {
        Some(tree) => find(&mut work, &row, tree).await?,
        None => None,
    };
    // Dropped without a commit: counting leaves no trace.
    drop(work);
    Ok(RuleReach {
        rivals: match &tree {
            Some(tree) => rivals(cx, &row, tree).await?,
            None => Vec::new(),
        },
        too_many: found.as_ref().is_some_and(|found| found.too_many),
        matching: found.map(|found| found.matching.len() as i64),
    })
}

/// Rules that are on, start from the same and reach people as this one does: of all of them only the first acts.
async fn rivals(cx: &Cx, row: &RuleRow, tree: &RuleTree) -> Result<Vec<RuleRival>> {
    let speaks = |tree: &RuleTree| tree.steps().iter().any(|step| step.act.is_irreversible());
    if !speaks(tree) {
        return Ok(Vec::new());
    }
    let mut rivals = Vec::new();
    for other in store::rules::published(cx.db(), cx.organisation).await? {
        let Ok(theirs) = serde_json::from_value::<RuleTree>(other.tree) else { continue };
        let (ours, their) = (tree.trigger.connection_id, theirs.trigger.connection_id);
        let meets = theirs.trigger.event == tree.trigger.event && (ours.is_none() || their.is_none() || ours == their);
        if other.id != row.id && meets && speaks(&theirs) {
            let first = (other.position, other.id) < (row.position, row.id);
            rivals.push(RuleRival { id: other.id, name: other.name, first });
        }
    }
    Ok(rivals)
}

/// Runs the version just published on everything open it matches.
pub(super) async fn run(work: &mut Work, row: &RuleRow, version: i64, tree: RuleTree) -> Result<()> {
    let tree = Arc::new(tree);
    let refused = || ApiError::new(ErrorCode::OutOfRange).arg("min", 0).arg("max", MOST).field("existing");
    let found = find(work, row, &tree).await?.ok_or_else(|| ApiError::new(ErrorCode::NotAllowed).field("existing"))?;
    if found.too_many {
        return Err(refused().into());
    }
    for (occasion, facts) in found.matching {
        let rule = Listening { id: row.id, state: row.state, version, ceiling: row.ceiling };
        let id = engine::record(work, &occasion, &facts).await?;
        engine::happened_to(work, id, &occasion, &facts, vec![(rule, Some(tree.clone()))]).await?;
    }
    Ok(())
}

/// Open things of the trigger that match. Those this rule has acted on before are left out, whatever version it was: nobody
/// is written to twice because a rule was published again. `None`: what starts this rule is over in the moment it happens.
async fn find(work: &mut Work, row: &RuleRow, tree: &RuleTree) -> Result<Option<Reach>> {
    let Some(kind) = offer::kind(&tree.trigger.event) else { return Ok(None) };
    let ids: Vec<String> = match kind.event.as_str() {
        "order.created" | "order.status_changed" => {
            let query = store::orders::OrderQuery { open: Some(true), ..Default::default() };
            let orders = store::orders::list(&work.app.db, Sight::all(work.organisation), &query, MOST + 1).await?;
            orders.iter().map(|order: &OrderView| order.id.to_string()).collect()
        }
        "chat.created" => {
            let query = store::chats::ChatQuery { closed: Some(false), ..Default::default() };
            let chats = store::chats::list(&work.app.db, Sight::all(work.organisation), &query, MOST + 1).await?;
            chats.iter().map(|chat| chat.id.to_string()).collect()
        }
        _ => return Ok(None),
    };
    if ids.len() as i64 > MOST {
        return Ok(Some(Reach { matching: Vec::new(), too_many: true }));
    }
    let acted = store::runs::acted_on(&mut work.tx, work.organisation, row.id).await?;
    let acted: BTreeSet<String> = acted.into_iter().collect();
    let mut matching = Vec::new();
    for id in ids.iter().filter(|id| !acted.contains(*id)) {
        let occasion = look::occasion(work, &kind, id).await?;
        let facts = gather(work, &occasion).await?;
        if weigh(&tree.when, &facts).0 == Truth::Yes {
            matching.push((occasion, facts));
        }
    }
    Ok(Some(Reach { matching, too_many: false }))
}
