//! Running rules on what happens: every listening rule is weighed, its run written with its reasons, its steps done.

use super::acts::{self, Did, Target};
use super::facts::{Occasion, gather};
use super::{guard, trees};
use crate::traces::{Begun, Kind, Span, SpanId, TraceId};
use crate::work::Acting;
use crate::{Result, Work};
use domain::ids::{ConnectionId, OccasionId, RunId};
use domain::rules::{Act, Facts, Halt, Place, RuleTree, Seen, Todo, Truth, Walk, behind, start, weigh};
use domain::views::{RuleState, RunOutcome, RunTrace, StepTrace};
use serde_json::json;
use std::borrow::Cow;
use std::pin::Pin;
use std::sync::Arc;
use store::jobs::Cause;
use store::occasions::OccasionRow;
use store::rules::Listening;
use store::runs::RunRow;

/// Lets rules act on something that has just happened in this unit of work. Boxed: whoever changes something holds this
/// future, and rules change things in turn, eight deep.
pub fn happened(work: &mut Work, occasion: Occasion) -> Pin<Box<dyn Future<Output = Result<()>> + Send + '_>> {
    Box::pin(meet(work, occasion))
}

async fn meet(work: &mut Work, occasion: Occasion) -> Result<()> {
    let facts = gather(work, &occasion).await?;
    let id = record(work, &occasion, &facts).await?;
    let mut listening = Vec::new();
    for rule in listeners(work, &occasion.event).await? {
        listening.push((rule, trees::tree(work, rule.id, rule.version).await?));
    }
    happened_to(work, id, &occasion, &facts, listening).await
}

/// Rules that are on and listen to this event, by precedence.
pub(super) async fn listeners(work: &mut Work, event: &str) -> Result<Vec<Listening>> {
    let key = (work.organisation, event.to_owned());
    if let Some(known) = work.memo.listening.get(&key) {
        return Ok(known.clone());
    }
    let found = store::rules::listening(&mut work.tx, work.organisation, event).await?;
    work.memo.listening.insert(key, found.clone());
    Ok(found)
}

/// A rule that listens, and its tree, if this program can read it.
pub(super) type Heard = (Listening, Option<Arc<RuleTree>>);

/// The same for rules that are known to listen.
pub(super) async fn happened_to(
    work: &mut Work,
    id: OccasionId,
    occasion: &Occasion,
    facts: &Facts,
    listening: Vec<Heard>,
) -> Result<()> {
    // Of the rules one event starts, the first that reaches people outside wins; the others say which one it was.
    let mut spoken: Option<String> = None;
    let mut idle = Vec::new();
    for rule in listening {
        // What a rule does may start others before it is through.
        let begun = work.app.traces.begin(&*work.app.clock);
        let outer = std::mem::replace(&mut work.begun, begun);
        idle.extend(one(work, id, occasion, facts, rule, &mut spoken).await?);
        work.begun = outer;
    }
    Ok(store::runs::insert(&mut work.tx, &idle).await?)
}

/// Keeps what was known at this moment, whether or not a rule listens: the time machine looks at it with rules to come.
pub(super) async fn record(work: &mut Work, occasion: &Occasion, facts: &Facts) -> Result<OccasionId> {
    let row = OccasionRow {
        id: work.id(),
        event: occasion.event.clone(),
        connection_id: occasion.connection,
        object_kind: occasion.object.0.clone(),
        object_id: occasion.object.1.clone(),
        contact_id: occasion.contact,
        chat_id: occasion.chat,
        order_id: occasion.order,
        facts: json!(facts),
        at: work.now,
    };
    store::occasions::insert(&mut work.tx, work.organisation, &row).await?;
    Ok(row.id)
}

/// Lets one rule act. A run that ended at once is given back to be written, together with its like.
async fn one(
    work: &mut Work,
    id: OccasionId,
    occasion: &Occasion,
    facts: &Facts,
    (rule, tree): Heard,
    spoken: &mut Option<String>,
) -> Result<Option<RunRow>> {
    let mut run = RunRow {
        organisation_id: work.organisation,
        id: work.id::<RunId>(),
        rule_id: rule.id,
        version: rule.version,
        shadow: rule.state == RuleState::Shadow,
        outcome: RunOutcome::Nothing,
        note: String::new(),
        object_kind: occasion.object.0.clone(),
        object_id: occasion.object.1.clone(),
        contact_id: occasion.contact,
        chat_id: occasion.chat,
        order_id: occasion.order,
        place: String::new(),
        waits_for: String::new(),
        run_at: None,
        occasion_id: id,
        trace: json!({}),
        cause_kind: work.cause.kind.into(),
        cause_id: work.cause.id.clone(),
        chain: work.cause.chain.clone(),
        depth: work.cause.depth,
        started_at: work.now,
        ended_at: Some(work.now),
    };
    let mut trace = RunTrace::default();
    // A stored tree that this program cannot read is shown, never guessed at.
    let Some(tree) = tree else {
        (run.outcome, run.note) = (RunOutcome::Failed, "unreadable".into());
        return ended(work, run, &trace).map(Some);
    };
    if tree.trigger.connection_id.is_some_and(|wanted| occasion.connection != Some(wanted)) {
        return Ok(None);
    }
    let (truth, seen) = weigh(&tree.when, facts);
    trace.when = seen;
    if truth != Truth::Yes {
        run.note = if truth == Truth::NoData { "no_data".into() } else { String::new() };
        return ended(work, run, &trace).map(Some);
    }
    if work.cause.depth >= crate::work::MAX_DEPTH {
        (run.outcome, run.note) = (RunOutcome::Blocked, "loop".into());
        guard::pause(work, rule.id, "loop").await?;
        return ended(work, run, &trace).map(Some);
    }
    let speaks = tree.steps().iter().any(|step| step.act.is_irreversible());
    if let (true, false, Some(winner)) = (speaks, run.shadow, spoken.as_ref()) {
        (run.outcome, run.note) = (RunOutcome::Blocked, format!("other_rule:{winner}"));
        return ended(work, run, &trace).map(Some);
    }
    if !run.shadow && guard::over(work, &rule).await? {
        (run.outcome, run.note) = (RunOutcome::Blocked, "ceiling".into());
        guard::pause(work, rule.id, "ceiling").await?;
        return ended(work, run, &trace).map(Some);
    }
    if speaks && !run.shadow {
        *spoken = Some(rule.id.to_string());
    }
    store::runs::insert(&mut work.tx, std::slice::from_ref(&run)).await?;
    let walk = start(&tree, facts);
    follow(work, &mut run, &mut trace, Course { tree: &tree, occasion, facts }, walk).await?;
    write(work, run, trace).await?;
    Ok(None)
}

/// What a run goes along: its rule, and what is known.
#[derive(Clone, Copy, Debug)]
pub(super) struct Course<'a> {
    pub tree: &'a RuleTree,
    pub occasion: &'a Occasion,
    pub facts: &'a Facts,
}

/// What steps stand on: what is known, and the connection it came from.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ground<'a> {
    pub facts: &'a Facts,
    pub connection: Option<ConnectionId>,
}

/// Does what a stretch of a run wants done, and notes how the run stands.
pub(super) async fn follow(
    work: &mut Work,
    run: &mut RunRow,
    trace: &mut RunTrace,
    course: Course<'_>,
    mut walk: Walk,
) -> Result<()> {
    let mut occasion = course.occasion.clone();
    let mut facts = Cow::Borrowed(course.facts);
    loop {
        let ground = Ground { facts: &facts, connection: occasion.connection };
        let Some(place) = stretch(work, run, trace, walk, ground).await? else { return Ok(()) };
        // It is known now whom this is about: what comes after is decided and filled in with that.
        occasion.contact = run.contact_id;
        facts = Cow::Owned(gather(work, &occasion).await?);
        walk = behind(course.tree, &facts, &place);
    }
}

/// Does a stretch. `Some`: the place of a step behind which everything is to be looked at anew.
async fn stretch(
    work: &mut Work,
    run: &mut RunRow,
    trace: &mut RunTrace,
    walk: Walk,
    ground: Ground<'_>,
) -> Result<Option<Place>> {
    let saves = |todo: &&Todo| !run.shadow && matches!(todo.act, Act::SaveContact { .. });
    let anew = walk.todo.iter().find(saves).map(|todo| todo.place.clone());
    for turn in walk.turns.iter().filter(|turn| anew.as_ref().is_none_or(|place| turn.place < *place)) {
        let result = if turn.truth == Truth::Yes { "yes" } else { "no" };
        trace.steps.push(StepTrace { seen: turn.seen.clone(), ..line(work.now, &turn.place, "branch", result, "") });
    }
    (run.outcome, run.ended_at) = (RunOutcome::Done, Some(work.now));
    (run.place, run.waits_for, run.run_at) = (String::new(), String::new(), None);
    for todo in walk.todo {
        let word = todo.act.word();
        if !todo.missing.is_empty() {
            trace.steps.push(line(work.now, &todo.place, word, "blocked", &todo.missing.join(", ")));
            (run.outcome, run.note) = (RunOutcome::Blocked, "missing_fields".into());
            return Ok(None);
        }
        if run.shadow {
            trace.steps.push(line(work.now, &todo.place, word, "would", &acts::words(&todo.act)));
            continue;
        }
        let cause = Cause { kind: "run", id: Some(run.id.to_string()), chain: run.chain.clone(), depth: run.depth + 1 };
        let actor = ("rule", Some(run.rule_id.to_string()));
        let target = Target {
            contact: run.contact_id,
            chat: run.chat_id,
            order: run.order_id,
            object: (&run.object_kind, &run.object_id),
            run: run.id,
            ground,
        };
        work.part("step").await?;
        let before = work.hand_over(Acting { actor, cause });
        let done = acts::act(work, &target, &todo.act).await;
        work.hand_over(before);
        match done {
            Ok(Did::Made(made)) => {
                work.keep("step").await?;
                let detail = acts::words(&todo.act);
                if matches!(todo.act, Act::SaveContact { .. }) {
                    run.contact_id = made.as_ref().and_then(|(_, id)| id.parse().ok());
                }
                trace.steps.push(StepTrace { made, ..line(work.now, &todo.place, word, "done", &detail) });
                if anew.as_ref() == Some(&todo.place) {
                    return Ok(anew);
                }
            }
            // A gate stood in the way, as it should: no fault, but the end of this run.
            Ok(Did::Refused { code, detail }) => {
                work.undo("step").await?;
                trace.steps.push(line(work.now, &todo.place, word, "blocked", &format!("{code} {detail}")));
                (run.outcome, run.note) = (RunOutcome::Blocked, code.into());
                return Ok(None);
            }
            // What a person could have been told is the outcome of the run; a broken database ends the whole unit.
            Err(crate::Error::Api(error)) => {
                work.undo("step").await?;
                trace.steps.push(line(work.now, &todo.place, word, "failed", error.code.as_str()));
                (run.outcome, run.note) = (RunOutcome::Failed, error.code.as_str().into());
                let args = json!({"rule_id": run.rule_id, "step": word, "code": error.code});
                work.journal_at("warning", "rule_failed", &run.object_kind, &run.object_id, args).await?;
                return Ok(None);
            }
            Err(error) => return Err(error),
        }
    }
    halt(work, run, trace, walk.halt);
    Ok(None)
}

fn halt(work: &Work, run: &mut RunRow, trace: &mut RunTrace, halt: Halt) {
    let (place, waits_for, at) = match halt {
        Halt::End => return,
        Halt::NoDate { place, field } => {
            trace.steps.push(line(work.now, &place, "delay", "blocked", &field));
            (run.outcome, run.note) = (RunOutcome::Blocked, "missing_fields".into());
            return;
        }
        Halt::Later { place, at } => (place, "time", at),
        Halt::Answer { place, until } => (place, "answer", until),
        Halt::Approval { place, until, .. } => (place, "approval", until),
    };
    trace.steps.push(line(work.now, &place, waits_for, "waits", &at.to_string()));
    if run.shadow {
        return;
    }
    (run.outcome, run.ended_at) = (RunOutcome::Waiting, None);
    (run.place, run.waits_for, run.run_at) = (place.to_string(), waits_for.into(), Some(at));
}

/// Writes how a run stands now.
pub(super) async fn write(work: &mut Work, run: RunRow, trace: RunTrace) -> Result<()> {
    let run = ended(work, run, &trace)?;
    Ok(store::runs::update(&mut work.tx, &run).await?)
}

/// The run with its reasons, to be written.
fn ended(work: &mut Work, mut run: RunRow, trace: &RunTrace) -> Result<RunRow> {
    run.trace = serde_json::to_value(trace).map_err(anyhow::Error::from)?;
    work.hint("runs", run.rule_id);
    if let Some(begun) = work.begun {
        tell(work, &run, begun);
    }
    Ok(run)
}

/// Tells a collector of a run, once that is durable.
fn tell(work: &mut Work, run: &RunRow, begun: Begun) {
    let trace = TraceId::of_chain(&run.chain);
    let whole = SpanId::about("run", run.id);
    let span = if run.started_at == work.now {
        let cause = SpanId::of_cause(&run.cause_kind, run.cause_id.as_deref(), &run.chain);
        Span::over(begun, Kind::Internal, "run rule", trace, whole).under(cause)
    } else {
        // It waited: what it does now stands below what it did first.
        let later = SpanId::about("run", format_args!("{}:{}", run.id, work.now));
        Span::over(begun, Kind::Internal, "go on with rule", trace, later).under(whole)
    };
    let span = span
        .with("pult.rule.id", run.rule_id.to_string())
        .with("pult.rule.version", run.version)
        .with("pult.run.id", run.id.to_string())
        .with("pult.run.outcome", run.outcome.as_str())
        .with("pult.organisation.id", run.organisation_id.to_string());
    let span = if run.outcome == RunOutcome::Failed { span.failed(run.note.clone(), None) } else { span };
    let app = work.app.clone();
    work.after_commit(move || app.traces.record(span));
}

pub(super) fn line(at: i64, place: &impl ToString, act: &str, result: &str, detail: &str) -> StepTrace {
    StepTrace {
        place: place.to_string(),
        at,
        act: act.into(),
        result: result.into(),
        detail: domain::text::preview(detail, 300),
        seen: Vec::<Seen>::new(),
        made: None,
    }
}
