//! The time machine: runs a draft, together with all other rules, over what was recorded. It reads, reports, and writes
//! nothing but the report; nothing leaves the house.

use crate::{App, Cx, ErrorCode, Result, Work};
use domain::access::Permission;
use domain::ids::*;
use domain::rules::replay::{Difference, Fate, Then, difference, fates};
use domain::rules::{Facts, RuleTree};
use domain::views::*;
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use store::jobs::Cause;
use store::occasions::OccasionRow;
use store::replays as rows;
use store::sight::Sight;

/// Occasions read at a time, and between two notes of progress.
const CHUNK: i64 = 2_000;
/// Rows kept of each kind of difference.
const SHOWN: usize = 200;
const MOST_DAYS: i64 = 90;
const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// Starts a replay of the draft over the last days; it goes on by itself.
pub async fn start(cx: &Cx, id: RuleId, input: &StartReplay) -> Result<ReplayView> {
    cx.allow(Permission::RulesManage)?;
    if !(1..=MOST_DAYS).contains(&input.days) {
        let error = domain::ApiError::new(ErrorCode::OutOfRange).arg("min", 1).arg("max", MOST_DAYS);
        return Err(error.field("days").into());
    }
    let draft = store::rules::draft(cx.db(), cx.organisation, id).await?.ok_or(ErrorCode::NotFound)?;
    let tree: RuleTree = serde_json::from_value(draft.clone()).map_err(anyhow::Error::from)?;
    let set = RuleSet::load(cx, id, tree).await?;
    let since = cx.now - input.days * DAY_MS;
    let (first, total) = store::occasions::extent(cx.db(), cx.organisation, since).await?;
    let mut work = cx.work().await?;
    let row = rows::ReplayRow {
        id: work.id(),
        rule_id: id,
        draft,
        state: ReplayState::Running,
        since,
        reaches_back_to: first,
        total,
        done: 0,
        report: json!(ReplayReport::default()),
        started_by: None,
        started_at: cx.now,
        ended_at: None,
    };
    rows::insert(&mut work.tx, cx.organisation, &row, cx.user()).await?;
    work.hint("replays", id);
    work.commit().await?;
    let task = Task { app: cx.app.clone(), organisation: cx.organisation, replay: row.id, rule: id, since, set };
    tokio::spawn(task.run());
    load(cx, row.id).await
}

/// One replay.
pub async fn one(cx: &Cx, id: ReplayId) -> Result<ReplayView> {
    cx.allow(Permission::RulesRead)?;
    cx.sees_all()?;
    load(cx, id).await
}

/// The same for whoever has just started or stopped it.
async fn load(cx: &Cx, id: ReplayId) -> Result<ReplayView> {
    view(rows::one(cx.db(), cx.organisation, id).await?.ok_or(ErrorCode::NotFound)?)
}

/// The latest replays of a rule, newest first.
pub async fn list(cx: &Cx, rule: RuleId) -> Result<Page<ReplayView>> {
    cx.allow(Permission::RulesRead)?;
    store::rules::draft(cx.db(), cx.organisation, rule).await?.ok_or(ErrorCode::NotFound)?;
    let found = match cx.sees_all() {
        Ok(()) => rows::of_rule(cx.db(), cx.organisation, rule).await?,
        Err(_) => Vec::new(),
    };
    Ok(Page { items: found.into_iter().map(view).collect::<Result<_>>()?, next_cursor: None })
}

/// Stops a replay.
pub async fn cancel(cx: &Cx, id: ReplayId) -> Result<ReplayView> {
    cx.allow(Permission::RulesManage)?;
    let row = rows::one(cx.db(), cx.organisation, id).await?.ok_or(ErrorCode::NotFound)?;
    let mut work = cx.work().await?;
    if rows::end(&mut work.tx, cx.organisation, id, ReplayState::Cancelled, row.done, &row.report, cx.now).await? {
        work.hint("replays", row.rule_id);
        work.commit().await?;
    }
    load(cx, id).await
}

/// Ends those that ran when the program was stopped.
pub(crate) async fn interrupt(app: &Arc<App>) -> Result<()> {
    let mut tx = app.db.begin().await?;
    rows::interrupt(&mut tx, app.started_at, app.clock.now()).await?;
    Ok(tx.commit().await?)
}

fn view(row: rows::ReplayRow) -> Result<ReplayView> {
    Ok(ReplayView {
        id: row.id,
        rule_id: row.rule_id,
        state: row.state,
        since: row.since,
        reaches_back_to: row.reaches_back_to,
        total: row.total,
        done: row.done,
        report: serde_json::from_value(row.report).map_err(anyhow::Error::from)?,
        started_by: row.started_by,
        started_at: row.started_at,
        ended_at: row.ended_at,
    })
}

/// The rules that act, once as they are and once with the draft in its place.
struct RuleSet {
    names: Vec<String>,
    now: Vec<RuleTree>,
    then: Vec<RuleTree>,
    /// Places of the drafted rule; absent before it was ever published.
    place_now: Option<usize>,
    place_then: usize,
}

impl RuleSet {
    async fn load(cx: &Cx, drafted: RuleId, draft: RuleTree) -> Result<Self> {
        let all = store::rules::published(cx.db(), cx.organisation).await?;
        let (mut names, mut now, mut then) = (Vec::new(), Vec::new(), Vec::new());
        let (mut place_now, mut place_then) = (None, None);
        let own = store::rules::one(cx.db(), cx.organisation, cx.now, drafted).await?.ok_or(ErrorCode::NotFound)?;
        for rule in all {
            let Ok(tree) = serde_json::from_value::<RuleTree>(rule.tree) else { continue };
            if place_then.is_none() && rule.id != drafted && rule.position > own.position {
                place_then = Some(then.len());
                then.push(draft.clone());
            }
            if rule.id == drafted {
                place_now = Some(now.len());
                if place_then.is_none() {
                    place_then = Some(then.len());
                    then.push(draft.clone());
                }
                now.push(tree);
            } else {
                now.push(tree.clone());
                then.push(tree);
            }
            names.push(rule.name);
        }
        let place_then = place_then.unwrap_or_else(|| {
            then.push(draft.clone());
            then.len() - 1
        });
        Ok(Self { names, now, then, place_now, place_then })
    }

    /// Fates of the drafted rule before and after, and of the first other rule whose fate differs.
    fn compare(&self, then: Then<'_>) -> (Fate, Fate, Option<(String, Fate, Fate)>) {
        let now = fates(&self.now.iter().collect::<Vec<_>>(), then);
        let new = fates(&self.then.iter().collect::<Vec<_>>(), then);
        let before = self.place_now.map_or(Fate::Nothing, |place| now[place].clone());
        let after = new[self.place_then].clone();
        let others_now = (0..now.len()).filter(|place| Some(*place) != self.place_now);
        let others_new = (0..new.len()).filter(|place| *place != self.place_then);
        let other = others_now.zip(others_new).find(|(a, b)| now[*a].fires() != new[*b].fires());
        let other = other.map(|(a, b)| (self.names[a].clone(), now[a].clone(), new[b].clone()));
        (before, after, other)
    }
}

/// A replay under way.
struct Task {
    app: Arc<App>,
    organisation: OrganisationId,
    replay: ReplayId,
    rule: RuleId,
    since: i64,
    set: RuleSet,
}

/// What is counted on the way.
#[derive(Default)]
struct Tally {
    report: ReplayReport,
    clients: BTreeSet<String>,
    /// The latest rows of each kind.
    rows: BTreeMap<Difference, std::collections::VecDeque<ReplayRow>>,
}

impl Task {
    async fn run(self) {
        let (state, done, tally) = match self.walk().await {
            Ok(Some((done, tally))) => (ReplayState::Done, done, tally),
            // Somebody cancelled it; that is written.
            Ok(None) => return,
            Err(error) => {
                tracing::error!(%error, "A replay could not be finished");
                (ReplayState::Interrupted, 0, Tally::default())
            }
        };
        let report = self.finished(tally).await;
        if let Err(error) = self.end(state, done, &report).await {
            tracing::error!(%error, "The report of a replay could not be written");
        }
    }

    async fn work(&self) -> Result<Work> {
        let nobody = Cause { kind: "system", id: None, chain: String::new(), depth: 0 };
        Work::begin(&self.app, self.organisation, ("system", None), nobody, self.app.clock.now()).await
    }

    async fn end(&self, state: ReplayState, done: i64, report: &ReplayReport) -> Result<()> {
        let mut work = self.work().await?;
        let now = work.now;
        rows::end(&mut work.tx, self.organisation, self.replay, state, done, &json!(report), now).await?;
        work.hint("replays", self.rule);
        work.commit().await
    }

    /// `None`: cancelled.
    async fn walk(&self) -> Result<Option<(i64, Tally)>> {
        let (mut tally, mut done) = (Tally::default(), 0);
        let mut after = store::occasions::first_id(self.since);
        loop {
            let chunk = store::occasions::since(&self.app.db, self.organisation, after, CHUNK).await?;
            let Some(last) = chunk.last() else { return Ok(Some((done, tally))) };
            after = last.id;
            done += chunk.len() as i64;
            // Other people's requests go on meanwhile.
            tokio::task::block_in_place(|| chunk.into_iter().for_each(|row| tally.add(&self.set, row)));
            let mut work = self.work().await?;
            if !rows::progress(&mut work.tx, self.organisation, self.replay, done).await? {
                return Ok(None);
            }
            work.hint("replays", self.rule);
            work.commit().await?;
        }
    }

    /// The report with the names of clients.
    async fn finished(&self, tally: Tally) -> ReplayReport {
        let mut report = tally.report;
        report.clients = tally.clients.len() as i64;
        report.rows = tally.rows.into_values().flatten().collect();
        report.rows.sort_by_key(|row| std::cmp::Reverse(row.at));
        let ids: BTreeSet<ContactId> = report.rows.iter().filter_map(|row| row.contact_id).collect();
        for id in ids {
            let found: store::Result<_> = store::contacts::one(&self.app.db, Sight::all(self.organisation), id).await;
            let name = found.ok().flatten().map(|contact| contact.name).unwrap_or_default();
            report
                .rows
                .iter_mut()
                .filter(|row| row.contact_id == Some(id))
                .for_each(|row| row.contact_name = name.clone());
        }
        report
    }
}

impl Tally {
    fn add(&mut self, set: &RuleSet, row: OccasionRow) {
        let Ok(facts) = serde_json::from_value::<Facts>(row.facts.clone()) else { return };
        let then = Then { event: &row.event, connection: row.connection_id, facts: &facts };
        let (before, after, other) = set.compare(then);
        let report = &mut self.report;
        if after == Fate::NoData {
            report.no_data += 1;
        }
        if let Fate::Fires { acts } = &after {
            let speaking = |act: &&String| act.starts_with("send_message") || act.starts_with("invite_to_review");
            let messages = acts.iter().filter(speaking).count() as i64;
            report.messages += messages;
            if messages > 0 {
                self.clients.insert(row.contact_id.map_or_else(|| row.object_id.clone(), |id| id.to_string()));
            }
        }
        let is = difference(&before, &after);
        match is {
            Some(Difference::Starts) => report.starts += 1,
            Some(Difference::Stops) => report.stops += 1,
            Some(Difference::Changes) => report.changes += 1,
            Some(Difference::Stays) => report.stays += 1,
            Some(Difference::Others) | None => {}
        }
        if let Some(is) = is.filter(|is| *is != Difference::Stays) {
            self.keep(is, &row, None, before, after);
        }
        if let Some((name, before, after)) = other {
            self.report.others += 1;
            self.keep(Difference::Others, &row, Some(name), before, after);
        }
    }

    fn keep(&mut self, difference: Difference, row: &OccasionRow, rule: Option<String>, before: Fate, after: Fate) {
        let kept = self.rows.entry(difference).or_default();
        if kept.len() == SHOWN {
            kept.pop_front();
        }
        kept.push_back(ReplayRow {
            difference,
            occasion_id: row.id,
            at: row.at,
            object_kind: row.object_kind.clone(),
            object_id: row.object_id.clone(),
            contact_id: row.contact_id,
            contact_name: String::new(),
            rule,
            before,
            after,
        });
    }
}
