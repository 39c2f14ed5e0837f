//! Сводка: today's figures, each with its past, and what needs a person.

use crate::{Cx, Result, accounts, zone};
use domain::access::Permission;
use domain::ids::EventId;
use domain::ids::Id;
use domain::queue::JobState;
use domain::views::*;
use std::collections::BTreeMap;
use store::dashboard as rows;
use zone::DAY_MS;

/// Days of a course.
const DAYS: i64 = 14;
/// A customer waits long after this.
const LONG_WAIT_MS: i64 = 15 * 60_000;
/// Lines of attention at most, and of one everyday kind, so that late orders do not hide waiting customers.
const MOST: usize = 10;
const MOST_OF_A_KIND: i64 = 5;

/// Everything on the page.
pub async fn dashboard(cx: &Cx) -> Result<DashboardView> {
    cx.allow(Permission::DashboardRead)?;
    let (db, organisation, sight, now) = (cx.db(), cx.organisation, cx.sight(), cx.now);
    let own = accounts::organisation::view(cx).await?;
    let offset = i64::from(zone::offset_minutes(&own.time_zone, now)) * 60_000;
    let today = zone::day_start(&own.time_zone, now);
    let since = today - (DAYS - 1) * DAY_MS;
    let passed = now - today;

    let orders = rows::orders_by_day(db, sight, since, offset).await?;
    let week_ago = rows::orders_between(db, sight, today - 7 * DAY_MS, today - 7 * DAY_MS + passed).await?;
    let (counts, sums) = courses(&orders, since + offset);
    let jobs = rows::jobs_done_by_day(db, organisation, since, offset).await?;
    let jobs: Vec<(i64, i64, i64)> = jobs.into_iter().map(|(day, count)| (day, count, 0)).collect();
    let jobs_course = courses(&jobs, since + offset).0;
    let compared = |value: i64, had: i64| (had > 0).then_some(value);
    let answers = rows::first_answers(db, sight, since, now, offset).await?;
    let earlier = (today - 7 * DAY_MS, today - 7 * DAY_MS + passed);
    let earlier = rows::first_answers(db, sight, earlier.0, earlier.1, offset).await?;
    let first_day = (since + offset).div_euclid(DAY_MS);
    let of_day = |rows: &[(i64, i64)], n: i64| median(rows.iter().filter(|r| r.0 == first_day + n).map(|r| r.1));
    let hours = rows::chats_by_hour(db, sight, today, offset).await?;
    let mut chats_by_hour = vec![0; 24];
    for (hour, count) in hours {
        if let Some(slot) = usize::try_from(hour).ok().and_then(|h| chats_by_hour.get_mut(h)) {
            *slot = count;
        }
    }
    let list = if cx.allow(Permission::ConnectionsRead).is_ok() {
        store::connections::list(db, organisation, EventId::make(today, &[0; 10])).await?
    } else {
        Vec::new()
    };
    let recent = if cx.allow(Permission::JournalRead).is_ok() {
        store::journal::list(db, organisation, &Default::default(), 8).await?
    } else {
        Vec::new()
    };
    Ok(DashboardView {
        attention: attention(cx, &list).await?,
        orders_today: Figure { value: last(&counts), before: compared(week_ago.0, week_ago.0), course: counts.clone() },
        revenue_today: Figure { value: last(&sums), before: compared(week_ago.1, week_ago.0), course: sums.clone() },
        currency: own.currency,
        first_answer_seconds: Figure {
            value: of_day(&answers, DAYS - 1).unwrap_or(-1),
            before: of_day(&earlier, DAYS - 8),
            course: (0..DAYS).map(|n| of_day(&answers, n).unwrap_or(0)).collect(),
        },
        jobs_done: Figure { value: last(&jobs_course), before: None, course: jobs_course },
        jobs_failed_today: rows::jobs_failed_since(db, organisation, today).await?,
        unanswered_chats: store::chats::counts(db, sight, cx.user()).await?.unanswered,
        chats_by_hour,
        orders_by_day: counts,
        revenue_by_day: sums,
        connections: list,
        recent,
        day_start_ms: today,
    })
}

fn last(course: &[i64]) -> i64 {
    course.last().copied().unwrap_or(0)
}

/// Rows (local day, count, sum) as two courses of [`DAYS`] values, oldest first.
fn courses(rows: &[(i64, i64, i64)], first_local: i64) -> (Vec<i64>, Vec<i64>) {
    let first = first_local.div_euclid(DAY_MS);
    let find = |n: i64| rows.iter().find(|row| row.0 == first + n);
    let pick = |read: fn(&(i64, i64, i64)) -> i64| (0..DAYS).map(|n| find(n).map_or(0, read)).collect();
    (pick(|row| row.1), pick(|row| row.2))
}

fn median(seconds: impl Iterator<Item = i64>) -> Option<i64> {
    let mut seconds: Vec<i64> = seconds.collect();
    seconds.sort_unstable();
    seconds.get(seconds.len() / 2).copied()
}

async fn attention(cx: &Cx, list: &[ConnectionView]) -> Result<Vec<Attention>> {
    let (db, organisation, sight, now) = (cx.db(), cx.organisation, cx.sight(), cx.now);
    let mut found = Vec::new();
    let mut add = |severe: bool, code: &str, href: String, args: &[(&str, String)]| {
        let args: BTreeMap<String, String> = args.iter().map(|(k, v)| ((*k).to_owned(), v.clone())).collect();
        found.push(Attention { code: code.into(), args, href, severe });
    };
    for c in list.iter().filter(|c| c.state == ConnectionState::Reauth) {
        let args = [
            ("name", c.name.clone()),
            ("error", c.last_error.clone().unwrap_or_default()),
            ("waiting", c.waiting_jobs.to_string()),
        ];
        add(true, "connection_reauth", format!("/connections/{}", c.id), &args);
    }
    let stopped: &[_] = match cx.allow(Permission::JournalRead) {
        Ok(()) => &[(JobState::Dead, "dead_jobs"), (JobState::Unknown, "unknown_jobs")],
        // Who may not open the journal gets no link into it.
        Err(_) => &[],
    };
    for (state, code) in stopped.iter().copied() {
        let count = store::jobs::count(db, organisation, state).await?;
        if count > 0 {
            add(true, code, format!("/journal?tab=jobs&state={state}"), &[("count", count.to_string())]);
        }
    }
    for (id, number, title, deadline) in rows::overdue_orders(db, sight, now, MOST_OF_A_KIND).await? {
        let args = [("number", number.to_string()), ("title", title), ("late_ms", (now - deadline).to_string())];
        add(false, "overdue_order", format!("/orders?open={id}"), &args);
    }
    for (id, name, since) in rows::long_waits(db, sight, now - LONG_WAIT_MS, MOST_OF_A_KIND).await? {
        add(false, "long_wait", format!("/chats/{id}"), &[("name", name), ("waiting_ms", (now - since).to_string())]);
    }
    found.truncate(MOST);
    Ok(found)
}
