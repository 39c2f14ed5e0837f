//! Runs that wait: for a moment, for the client's answer, or for a member's decision. The transaction is the lease, as with
//! events: whoever goes on with a run does all of it, or nothing has happened.

use super::engine::{Course, follow, line, write};
use super::facts::{Occasion, gather};
use super::trees;
use crate::{App, Result, Work};
use domain::ids::{ChatId, ContactId, OrderId};
use domain::rules::{Act, Delay, Facts, Place, RuleTree, due, resume};
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

/// Whose date it is.
#[derive(Clone, Copy, Debug)]
pub enum Dated {
    Order(OrderId),
    Contact(ContactId),
}

/// A date was changed: runs that wait for it wait for the new one.
pub async fn date_changed(work: &mut Work, dated: Dated) -> Result<()> {
    let (order, contact) = match dated {
        Dated::Order(id) => (Some(id), None),
        Dated::Contact(id) => (None, Some(id)),
    };
    for id in store::runs::waiting_for_a_date(&mut work.tx, work.organisation, order, contact).await? {
        let Some(mut run) = store::runs::lock(&mut work.tx, work.organisation, id).await? else { continue };
        let (Some(tree), Ok(place)) = (trees::tree(work, run.rule_id, run.version).await?, run.place.parse::<Place>())
        else {
            continue;
        };
        let delay = place.step(&tree).and_then(|step| step.after.as_ref());
        let Some(delay @ Delay::Until { .. }) = delay else { continue };
        let occasion = recalled(work, &run, &tree.trigger.event).await?;
        let facts = gather(work, &occasion).await?;
        // A date that is gone leaves the wait as it was.
        let Some(at) = due(delay, &facts).ok().filter(|at| run.run_at != Some(*at)) else { continue };
        run.run_at = Some(at);
        let mut trace: RunTrace = serde_json::from_value(run.trace.clone()).unwrap_or_default();
        trace.steps.push(line(work.now, &place, "time", "waits", &at.to_string()));
        write(work, run, trace).await?;
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

/// What a run started from: what the event itself brought is as it was then, everything else is to be looked at anew.
pub(super) async fn recalled(work: &mut Work, run: &RunRow, event: &str) -> Result<Occasion> {
    let then = store::occasions::one(&mut work.tx, work.organisation, run.occasion_id).await?;
    let known =
        then.as_ref().and_then(|row| serde_json::from_value::<Facts>(row.facts.clone()).ok()).unwrap_or_default();
    Ok(Occasion {
        event: event.to_owned(),
        connection: then.and_then(|row| row.connection_id),
        object: (run.object_kind.clone(), run.object_id.clone()),
        contact: run.contact_id,
        chat: run.chat_id,
        order: run.order_id,
        fields: known.fields,
    })
}

/// Goes on at the run's place, with what the waiting came to. Answers how the run stands then.
pub(super) async fn go_on(
    work: &mut Work,
    mut run: RunRow,
    answer: impl FnOnce(&RuleTree, &Place) -> Option<bool>,
) -> Result<RunOutcome> {
    let mut trace: RunTrace = serde_json::from_value(run.trace.clone()).unwrap_or_default();
    work.begun = work.app.traces.begin(&*work.app.clock);
    let tree = trees::tree(work, run.rule_id, run.version).await?;
    let (Some(tree), Ok(place)) = (tree, run.place.parse::<Place>()) else {
        (run.outcome, run.note, run.ended_at) = (RunOutcome::Failed, "unreadable".into(), Some(work.now));
        (run.waits_for, run.run_at) = (String::new(), None);
        write(work, run, trace).await?;
        return Ok(RunOutcome::Failed);
    };
    let occasion = recalled(work, &run, &tree.trigger.event).await?;
    let facts = gather(work, &occasion).await?;
    let answer = answer(&tree, &place);
    let walk = resume(&tree, &facts, &place, answer);
    let course = Course { tree: &tree, occasion: &occasion, facts: &facts };
    follow(work, &mut run, &mut trace, course, walk).await?;
    let outcome = run.outcome;
    write(work, run, trace).await?;
    Ok(outcome)
}
