//! What starts by the clock: a chat nobody answers, an order whose deadline comes, a time of day, a client's own date. Each
//! rule looks at a thing once for every such moment.

use super::engine::{happened_to, record};
use super::facts::{Occasion, gather};
use super::offer::{DAILY, DATE, DEADLINE, UNANSWERED};
use crate::{App, Result, Work, memo, zone};
use domain::custom::PREFIX;
use domain::rules::{DateOf, RuleTree};
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
        // Of several nodes one looks at a rule: the others see what it wrote, or come later.
        if !rows::turn(&mut work.tx, &rule).await? {
            continue;
        }
        work.cause.chain = work.id::<domain::ids::OccasionId>().to_string();
        let span = i64::from(minutes) * MINUTE_MS;
        let occasions = match rule.trigger_event.as_str() {
            UNANSWERED if span > 0 => unanswered(&mut work, &rule, span).await?,
            DEADLINE => deadlines(&mut work, &rule, span).await?,
            DAILY => daily(&mut work, &rule, span % DAY_MS).await?,
            DATE => match &tree.trigger.date {
                Some(date) => dates(&mut work, &rule, span % DAY_MS, date).await?,
                None => Vec::new(),
            },
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

/// When it was last so late on the organisation's clock, and on which day.
async fn last(work: &mut Work, of_day: i64) -> Result<(i64, time::Date)> {
    let zone = memo::organisation(work).await?.zone.clone();
    let of = |at: i64| (zone::day_start(&zone, at) + of_day, zone::day(at, zone::offset_minutes(&zone, at)));
    let today = of(work.now);
    Ok(if today.0 <= work.now { today } else { of(zone::day_start(&zone, work.now) - 1) })
}

/// Clients whose date is as far away as the rule says. Nobody who was away for less than a day misses one.
async fn dates(work: &mut Work, rule: &Clocked, of_day: i64, date: &DateOf) -> Result<Vec<Occasion>> {
    let (moment, today) = last(work, of_day).await?;
    let Some(key) = date.field.strip_prefix(PREFIX).filter(|_| moment > rule.published_at) else {
        return Ok(Vec::new());
    };
    let day = today.saturating_sub(time::Duration::days(date.days.into()));
    let mut days = vec![day.to_string()];
    if date.yearly {
        days = vec![day.to_string().split_off(5)];
        if days[0] == "02-28" && !time::util::is_leap_year(day.year()) {
            days.push("02-29".into());
        }
    }
    let mut occasions = Vec::new();
    for day in days {
        for id in store::custom::on_day(&mut work.tx, rule.organisation_id, key, &day, rule.id, moment).await? {
            occasions.push(Occasion::contact(work, DATE, id).await?);
        }
    }
    Ok(occasions)
}

/// The time of day on the organisation's clock, once a day.
async fn daily(work: &mut Work, rule: &Clocked, of_day: i64) -> Result<Vec<Occasion>> {
    let organisation = rule.organisation_id;
    let (moment, _) = last(work, of_day).await?;
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
