//! What happens to chats by the clock alone: those set aside come back, quiet ones are closed, planned messages go out.

use super::{change, later, looking, note_in};
use crate::{App, Result, Work};
use domain::chats::ChatStatus;
use domain::views::OrganisationSettings;
use serde_json::json;
use std::sync::Arc;
use store::desk as rows;
use store::jobs::Cause;

const DAY_MS: i64 = 24 * 60 * 60 * 1000;
/// Quiet chats closed in one transaction at most.
const BATCH: i64 = 100;

/// Every few seconds.
pub(crate) async fn run(app: &Arc<App>) -> Result<()> {
    wake(app).await?;
    later::send_due(app).await.map(|_| ())
}

fn nobody() -> Cause {
    Cause { kind: "system", id: None, chain: String::new(), depth: 0 }
}

/// Brings back what was set aside until now; answers how many.
pub async fn wake(app: &Arc<App>) -> Result<usize> {
    let now = app.clock.now();
    if !rows::any_asleep(&app.db, now).await? {
        return Ok(0);
    }
    let mut tx = app.db.begin().await?;
    let woken = rows::wake(&mut tx, now).await?;
    let Some(first) = woken.first() else { return Ok(0) };
    let mut work = Work::on(tx, app, first.0, ("system", None), nobody(), now);
    for (organisation, chat) in &woken {
        work.turn_to(*organisation, ("system", None), nobody()).await?;
        note_in(&mut work, *chat, "chat_woken", json!({})).await?;
    }
    work.commit().await?;
    Ok(woken.len())
}

/// Closes chats in which nobody has written for as long as the settings say; forgets who looked long ago. Every few minutes.
pub async fn tidy(app: &Arc<App>) -> Result<usize> {
    let now = app.clock.now();
    let mut tx = app.db.begin().await?;
    rows::forget_viewers(&mut tx, now - looking::KEPT_MS).await?;
    tx.commit().await?;
    let mut count = 0;
    for (organisation, settings) in rows::settings(&app.db).await? {
        let settings: OrganisationSettings = serde_json::from_value(settings).unwrap_or_default();
        let days = settings.routing.close_after_days;
        if days <= 0 {
            continue;
        }
        let mut work = Work::begin(app, organisation, ("system", None), nobody(), now).await?;
        let quiet = rows::quiet(&mut work.tx, organisation, now - days * DAY_MS, BATCH).await?;
        for chat in &quiet {
            work.cause.chain = work.id::<domain::ids::OccasionId>().to_string();
            change::set_status_in(&mut work, *chat, ChatStatus::Closed).await?;
        }
        if !quiet.is_empty() {
            work.commit().await?;
        }
        count += quiet.len();
    }
    Ok(count)
}
