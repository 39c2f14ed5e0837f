//! How long things are kept, taking away what is over, and how long the disk will do at the growth of the last weeks.

use crate::{App, Result};
use domain::views::DiskView;
use std::sync::Arc;
use store::retention as rows;

const DAY_MS: i64 = 24 * 60 * 60 * 1000;
/// Rows taken away at once, and bites of one organisation before the next has its turn.
const BITE: i64 = 500;
const BITES: usize = 40;
/// Growth is measured over at most so many days.
const LOOK_BACK: i64 = 14;

/// Days things are kept.
#[derive(Clone, Copy, Debug)]
pub struct Keep {
    /// What services sent us, word for word.
    pub payloads: i64,
    /// That they sent it; also how long a repeat is recognised.
    pub events: i64,
    /// Jobs that are over, with their attempts.
    pub jobs: i64,
    /// What rules could start from, and runs that had nothing to do.
    pub occasions: i64,
}

impl Default for Keep {
    fn default() -> Self {
        Self { payloads: 30, events: 365, jobs: 180, occasions: 90 }
    }
}

impl Keep {
    /// The moment things kept for so many days may go before.
    pub(crate) fn before(now: i64, days: i64) -> i64 {
        now - days.saturating_mul(DAY_MS)
    }
}

/// Takes away what is over of events and jobs, and gives the room back.
pub async fn prune(app: &Arc<App>) -> Result<()> {
    let (keep, now) = (app.config.keep, app.clock.now());
    let before = |days| Keep::before(now, days);
    for organisation in store::organisations::all(&app.db).await? {
        for _ in 0..BITES {
            let mut tx = app.db.of(organisation).begin().await?;
            let payloads =
                rows::payloads(&mut tx, organisation, before(keep.payloads), before(keep.events), BITE).await?;
            let events = rows::events(&mut tx, organisation, before(keep.events), BITE).await?;
            let attempts = rows::attempts(&mut tx, organisation, before(keep.jobs), BITE).await?;
            let jobs = rows::jobs(&mut tx, organisation, before(keep.jobs), BITE).await?;
            tx.commit().await?;
            if [payloads, events, attempts, jobs].iter().all(|taken| *taken < BITE as u64) {
                break;
            }
        }
    }
    while app.db.shrink().await? {}
    note_room(app).await
}

/// Notes the room taken today.
async fn note_room(app: &Arc<App>) -> Result<()> {
    let day = app.clock.now().div_euclid(DAY_MS);
    let bytes = taken(app).await?;
    let mut tx = app.db.begin().await?;
    rows::note_room(&mut tx, day, bytes, day - 2 * LOOK_BACK).await?;
    Ok(tx.commit().await?)
}

/// Bytes of database and files.
async fn taken(app: &App) -> Result<i64> {
    Ok(store::health::size(&app.db).await? + rows::files(&app.db).await?)
}

/// How much room there is and how long it will do.
pub async fn forecast(app: &App) -> Result<DiskView> {
    let free = free(app);
    let today = app.clock.now().div_euclid(DAY_MS);
    let first = rows::room_since(&app.db, today - LOOK_BACK).await?;
    let taken = taken(app).await?;
    let growth = first.filter(|(day, _)| *day < today).map(|(day, bytes)| (taken - bytes) / (today - day));
    Ok(estimate(free, growth))
}

fn estimate(free: Option<i64>, growth: Option<i64>) -> DiskView {
    let days = match (free, growth) {
        (Some(free), Some(growth)) if growth > 0 => Some(free / growth),
        _ => None,
    };
    DiskView { free_bytes: free, bytes_per_day: growth, days_left: days }
}

/// Bytes free where the data lies. A PostgreSQL database may lie anywhere.
fn free(app: &App) -> Option<i64> {
    if app.db.engine() == store::Engine::Postgres {
        return None;
    }
    let facts = rustix::fs::statvfs(&app.config.data_dir).ok()?;
    i64::try_from(facts.f_bavail.saturating_mul(facts.f_frsize)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_only_told_where_something_grows() {
        let days = |free, growth| estimate(free, growth).days_left;
        assert_eq!(days(Some(1_000), Some(90)), Some(11));
        assert_eq!(days(Some(1_000), Some(0)), None);
        assert_eq!(days(Some(1_000), Some(-5)), None);
        assert_eq!(days(Some(1_000), None), None, "not known before the second day");
        assert_eq!(days(None, Some(90)), None);
    }
}
