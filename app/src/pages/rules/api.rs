//! The door of the pages of rules.

#[cfg(feature = "ssr")]
use crate::door::cx;
use crate::door::{Answer, Door};
use domain::ids::{ExampleId, ReplayId, RuleId, RunId};
use domain::rules::Facts;
use domain::views::*;
use leptos::prelude::*;
#[cfg(feature = "ssr")]
use services::rules;

/// All rules by precedence.
#[server(prefix = "/api/ui", endpoint = "rules_list", protocol = Door)]
pub async fn rules_list() -> Answer<Vec<RuleLine>> {
    Ok(rules::lines(&cx()?).await?)
}

/// One rule.
#[server(prefix = "/api/ui", endpoint = "rules_get", protocol = Door)]
pub async fn rules_get(id: RuleId) -> Answer<RuleDesk> {
    Ok(rules::desk(&cx()?, id).await?)
}

/// What rules can be made of.
#[server(prefix = "/api/ui", endpoint = "rules_offer", protocol = Door)]
pub async fn rules_offer() -> Answer<RuleOffer> {
    Ok(rules::offered(&cx()?).await?)
}

/// Makes a rule, from a recipe or empty.
#[server(prefix = "/api/ui", endpoint = "rules_begin", protocol = Door)]
pub async fn rules_begin(name: String, recipe: Option<String>) -> Answer<RuleId> {
    Ok(rules::begin(&cx()?, &name, recipe.as_deref()).await?)
}

/// Changes name, state or draft.
#[server(prefix = "/api/ui", endpoint = "rules_edit", protocol = Door)]
pub async fn rules_edit(id: RuleId, change: EditRule) -> Answer<RuleView> {
    Ok(rules::edit(&cx()?, id, change).await?)
}

/// What it has written outside since a moment.
#[server(prefix = "/api/ui", endpoint = "rules_writes", protocol = Door)]
pub async fn rules_writes(id: RuleId, since: UndoWrites) -> Answer<RuleWrites> {
    Ok(services::rules::writes(&cx()?, id, since).await?)
}

/// Takes back what it did in services since a moment.
#[server(prefix = "/api/ui", endpoint = "rules_undo", protocol = Door)]
pub async fn rules_undo(id: RuleId, since: UndoWrites) -> Answer<RuleWrites> {
    Ok(services::rules::undo(&cx()?, id, since).await?)
}

/// How many open things publishing could run on at once.
#[server(prefix = "/api/ui", endpoint = "rules_reach", protocol = Door)]
pub async fn rules_reach(id: RuleId) -> Answer<RuleReach> {
    Ok(rules::reach(&cx()?, id).await?)
}

/// Makes the draft the version that acts; answers its number.
#[server(prefix = "/api/ui", endpoint = "rules_publish", protocol = Door)]
pub async fn rules_publish(id: RuleId, how: PublishRule) -> Answer<i64> {
    Ok(rules::publish(&cx()?, id, &how).await?.rule.version.unwrap_or_default())
}

/// What lately happened of this kind, to try a draft on.
#[server(prefix = "/api/ui", endpoint = "rules_recent", protocol = Door)]
pub async fn rules_recent(event: String) -> Answer<Vec<RecentObject>> {
    Ok(rules::recent(&cx()?, &event).await?)
}

/// What a rule on this trigger would know about one of them.
#[server(prefix = "/api/ui", endpoint = "rules_facts", protocol = Door)]
pub async fn rules_facts(event: String, object_id: String) -> Answer<Facts> {
    Ok(rules::facts_of(&cx()?, &event, &object_id).await?)
}

/// A page of runs.
#[server(prefix = "/api/ui", endpoint = "runs_list", protocol = Door)]
pub async fn runs_list(filter: RunFilter) -> Answer<Page<RunLine>> {
    Ok(rules::run_lines(&cx()?, &filter).await?)
}

/// One run: «Почему?».
#[server(prefix = "/api/ui", endpoint = "runs_get", protocol = Door)]
pub async fn runs_get(id: RunId) -> Answer<RunDesk> {
    Ok(rules::run_desk(&cx()?, id).await?)
}

/// Agrees or refuses.
#[server(prefix = "/api/ui", endpoint = "runs_decide", protocol = Door)]
pub async fn runs_decide(id: RunId, yes: bool) -> Answer<()> {
    rules::decide(&cx()?, id, yes).await?;
    Ok(())
}

/// Tries a failed run again; answers how it stands then.
#[server(prefix = "/api/ui", endpoint = "runs_retry", protocol = Door)]
pub async fn runs_retry(id: RunId) -> Answer<RunOutcome> {
    Ok(rules::retry(&cx()?, id).await?.run.outcome)
}

/// Tries all failed runs of a list again.
#[server(prefix = "/api/ui", endpoint = "runs_retry_all", protocol = Door)]
pub async fn runs_retry_all(filter: RunFilter) -> Answer<RetriedRuns> {
    Ok(rules::retry_all(&cx()?, &filter).await?)
}

/// The latest replays of a rule.
#[server(prefix = "/api/ui", endpoint = "replays_list", protocol = Door)]
pub async fn replays_list(id: RuleId) -> Answer<Vec<ReplayView>> {
    Ok(rules::replay::list(&cx()?, id).await?.items)
}

/// Runs the draft over what happened in the last days.
#[server(prefix = "/api/ui", endpoint = "replays_start", protocol = Door)]
pub async fn replays_start(id: RuleId, days: i64) -> Answer<()> {
    rules::replay::start(&cx()?, id, &StartReplay { days }).await?;
    Ok(())
}

/// Stops a replay.
#[server(prefix = "/api/ui", endpoint = "replays_cancel", protocol = Door)]
pub async fn replays_cancel(id: ReplayId) -> Answer<()> {
    rules::replay::cancel(&cx()?, id).await?;
    Ok(())
}

/// Sends or drops what is held of a stopped rule.
#[server(prefix = "/api/ui", endpoint = "rules_release", protocol = Door)]
pub async fn rules_release(id: RuleId, send: bool) -> Answer<()> {
    rules::release(&cx()?, id, send).await?;
    Ok(())
}

/// Gives a rule precedence over the one before it, or lets the one behind it go first.
#[server(prefix = "/api/ui", endpoint = "rules_shift", protocol = Door)]
pub async fn rules_shift(id: RuleId, earlier: bool) -> Answer<()> {
    Ok(rules::shift(&cx()?, id, earlier).await?)
}

/// Keeps something that happened as an example.
#[server(prefix = "/api/ui", endpoint = "rules_example", protocol = Door)]
pub async fn rules_example(id: RuleId, example: SaveExample) -> Answer<()> {
    rules::examples::save(&cx()?, id, &example).await?;
    Ok(())
}

/// Forgets an example.
#[server(prefix = "/api/ui", endpoint = "rules_forget_example", protocol = Door)]
pub async fn rules_forget_example(id: RuleId, example: ExampleId) -> Answer<()> {
    rules::examples::delete(&cx()?, id, example).await?;
    Ok(())
}

/// Runs the rule as it is now on what a run started from, for real; answers the new run.
#[server(prefix = "/api/ui", endpoint = "runs_rerun", protocol = Door)]
pub async fn runs_rerun(id: RunId) -> Answer<RunId> {
    Ok(rules::rerun(&cx()?, id).await?.run.id)
}
