//! What starts by the clock: a chat nobody answers, an order whose deadline comes, a time of day. Each rule looks at a thing
//! once for every such moment.

use super::engine::{happened_to, record};
use super::facts::{Occasion, gather};
use super::offer::{DAILY, DEADLINE, UNANSWERED};
use crate::{App, Result, Work, memo, zone};
use domain::rules::RuleTree;
use std::sync::Arc;
use store::jobs::Cause;
use store::rule_guard::{self as rows, Clocked};
use store::rules::Listening;

const MINUTE_MS: i64 = 60_000;
const DAY_MS: i64 = 24 * 60 * MINUTE_MS;
/// A time of day that passed while nobody ran is caught up with for so long.
const LATE_MS: i64 = 6 * 60 * MINUTE_MS;

/// Lets rules act on what the clock brings; answers how much there was.
pub async fn run_by_clock(app: &Arc<App>) -> Result<usize> {
    let now = app.clock.now();
    let mut count = 0;
    for rule in rows::by_clock(&app.db).await? {
        let Ok(tree) = serde_json::from_value::<RuleTree>(rule.tree.clone()).map(Arc::new) else { continue };
        let Some(minutes) = tree.trigger.minutes else { continue };
        let nobody = Cause { kind: "system", id: None, chain: String::new(), depth: 0 };
        let mut work = Work::begin(app, rule.organisation_id, ("system", None), nobody, now).await?;
        work.cause.chain = work.id::<domain::ids::OccasionId>().to_string();
        let span = i64::from(minutes) * MINUTE_MS;
        let occasions = match rule.trigger_event.as_str() {
            UNANSWERED if span > 0 => unanswered(&mut work, &rule, span).await?,
            DEADLINE => deadlines(&mut work, &rule, span).await?,
            DAILY => daily(&mut work, &rule, span % DAY_MS).await?,
            _ => Vec::new(),
        };
        if occasions.is_empty() {
            continue;
        }
        count += occasions.len();
        for occasion in occasions {
            let facts = gather(&mut work, &occasion).await?;
            let id = record(&mut work, &occasion, &facts).await?;
            let listening = Listening { id: rule.id, state: rule.state, version: rule.version, ceiling: rule.ceiling };
            happened_to(&mut work, id, &occasion, &facts, vec![(listening, Some(tree.clone()))]).await?;
        }
        work.commit().await?;
    }
    Ok(count)
}

/// Chats that have waited as long as the rule says. What had before it was published is nothing new.
async fn unanswered(work: &mut Work, rule: &Clocked, wait: i64) -> Result<Vec<Occasion>> {
    let (now, from) = (work.now, rule.published_at - wait);
    let chats = rows::unanswered(&mut work.tx, rule.organisation_id, rule.id, now - wait, from).await?;
    let occasion = |chat: rows::Unanswered| {
        Occasion::chat(UNANSWERED, chat.id, chat.contact_id)
            .with("chat.waiting_minutes", (now - chat.waiting_since) / MINUTE_MS)
    };
    Ok(chats.into_iter().map(occasion).collect())
}

/// Open orders whose deadline is that near. A deadline that is moved is looked at again.
async fn deadlines(work: &mut Work, rule: &Clocked, lead: i64) -> Result<Vec<Occasion>> {
    // A deadline that was over when the rule was published is nothing new.
    let between = (rule.published_at, work.now + lead);
    let mut occasions = Vec::new();
    for id in rows::due_orders(&mut work.tx, rule.organisation_id, rule.id, between, lead).await? {
        if let Some(row) = store::orders::look(&mut work.tx, rule.organisation_id, id).await? {
            occasions.push(Occasion::order(DEADLINE, &row));
        }
    }
    Ok(occasions)
}

/// The time of day on the organisation's clock, once a day.
async fn daily(work: &mut Work, rule: &Clocked, of_day: i64) -> Result<Vec<Occasion>> {
    let organisation = rule.organisation_id;
    let local = memo::organisation(work).await?;
    let offset = i64::from(zone::offset_minutes(&local.zone, work.now)) * MINUTE_MS;
    let midnight = work.now + offset - (work.now + offset).rem_euclid(DAY_MS) - offset;
    let today = midnight + of_day;
    let moment = if today <= work.now { today } else { today - DAY_MS };
    let over = work.now - moment > LATE_MS || moment <= rule.published_at;
    if over || rows::ran_since(&mut work.tx, organisation, rule.id, moment).await? {
        return Ok(Vec::new());
    }
    Ok(vec![Occasion {
        event: DAILY.into(),
        connection: None,
        object: ("organisation".into(), organisation.to_string()),
        contact: None,
        chat: None,
        order: None,
        fields: Default::default(),
    }])
}
