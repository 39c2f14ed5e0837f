//! Runs that wait: for a moment, for the client's answer, or for a member's decision. The transaction is the lease, as with
//! events: whoever goes on with a run does all of it, or nothing has happened.

use super::engine::{Course, follow, write};
use super::facts::{Occasion, gather};
use super::trees;
use crate::{App, Result, Work};
use domain::ids::ChatId;
use domain::rules::{Act, Facts, Place, RuleTree, resume};
use domain::views::{RunOutcome, RunTrace};
use std::sync::Arc;
use store::jobs::Cause;
use store::runs::RunRow;

/// Runs taken on in one transaction.
const BATCH: i64 = 16;

/// Goes on with the runs whose time has come; answers how many there were.
pub async fn run_due(app: &Arc<App>) -> Result<usize> {
    let now = app.clock.now();
    if store::runs::next(&app.db).await?.is_none_or(|at| at > now) {
        return Ok(0);
    }
    let mut tx = app.db.begin().await?;
    let due = store::runs::due(&mut tx, now, BATCH).await?;
    let Some(first) = due.first() else { return Ok(0) };
    let nobody = Cause { kind: "system", id: None, chain: String::new(), depth: 0 };
    let mut work = Work::on(tx, app, first.organisation_id, ("system", None), nobody, now);
    let count = due.len();
    for run in due {
        let cause = Cause { kind: "run", id: Some(run.id.to_string()), chain: run.chain.clone(), depth: run.depth };
        work.turn_to(run.organisation_id, ("system", None), cause).await?;
        on(&mut work, run, false).await?;
    }
    work.commit().await?;
    Ok(count)
}

/// The client wrote: runs that wait for it go on.
pub async fn answered(work: &mut Work, chat: ChatId) -> Result<()> {
    for run in store::runs::waiting_for_answer(&mut work.tx, work.organisation, chat).await? {
        on(work, run, true).await?;
    }
    Ok(())
}

/// `wrote`: the client did, before the time was over.
async fn on(work: &mut Work, run: RunRow, wrote: bool) -> Result<()> {
    let waits_for = run.waits_for.clone();
    let answer = |tree: &RuleTree, place: &Place| match waits_for.as_str() {
        "answer" => Some(wrote),
        "approval" => Some(matches!(place.act(tree), Some(Act::Approve { otherwise_yes: true, .. }))),
        _ => None,
    };
    go_on(work, run, answer).await.map(|_| ())
}

/// Goes on at the run's place, with what the waiting came to. Answers how the run stands then.
pub(super) async fn go_on(
    work: &mut Work,
    mut run: RunRow,
    answer: impl FnOnce(&RuleTree, &Place) -> Option<bool>,
) -> Result<RunOutcome> {
    let mut trace: RunTrace = serde_json::from_value(run.trace.clone()).unwrap_or_default();
    let tree = trees::tree(work, run.rule_id, run.version).await?;
    let (Some(tree), Ok(place)) = (tree, run.place.parse::<Place>()) else {
        (run.outcome, run.note, run.ended_at) = (RunOutcome::Failed, "unreadable".into(), Some(work.now));
        (run.waits_for, run.run_at) = (String::new(), None);
        write(work, run, trace).await?;
        return Ok(RunOutcome::Failed);
    };
    let then = store::occasions::one(&mut work.tx, work.organisation, run.occasion_id).await?;
    let known =
        then.as_ref().and_then(|row| serde_json::from_value::<Facts>(row.facts.clone()).ok()).unwrap_or_default();
    let occasion = Occasion {
        event: tree.trigger.event.clone(),
        connection: then.and_then(|row| row.connection_id),
        object: (run.object_kind.clone(), run.object_id.clone()),
        contact: run.contact_id,
        chat: run.chat_id,
        order: run.order_id,
        // What the event itself brought stays as it was; everything else is looked at anew.
        fields: known.fields,
    };
    let facts = gather(work, &occasion).await?;
    let answer = answer(&tree, &place);
    let walk = resume(&tree, &facts, &place, answer);
    let course = Course { tree: &tree, occasion: &occasion, facts: &facts };
    follow(work, &mut run, &mut trace, course, walk).await?;
    let outcome = run.outcome;
    write(work, run, trace).await?;
    Ok(outcome)
}
