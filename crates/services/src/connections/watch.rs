//! Noticing that a connection has fallen silent (CON-7): told once, the service is asked at once whether all is well, and
//! looked through for what was lost.

use crate::pipeline::{self, kinds};
use crate::{App, Result, Work, memo, zone};
use domain::ids::ConnectionId;
use domain::rules::Hours;
use domain::silence::{Heard, Watch};
use serde_json::json;
use std::sync::Arc;
use store::connections::{self as rows, Watched};
use store::jobs::Cause;

/// Looks at every working connection; answers how many were found to have fallen silent. Every minute.
pub async fn watch(app: &Arc<App>) -> Result<usize> {
    let mut found = 0;
    for row in rows::watched(&app.db).await? {
        found += usize::from(look(app, row).await?);
    }
    Ok(found)
}

async fn look(app: &Arc<App>, row: Watched) -> Result<bool> {
    let Some(connector) = connectors::find(&row.provider) else { return Ok(false) };
    let now = app.clock.now();
    let nobody = Cause { kind: "system", id: None, chain: String::new(), depth: 0 };
    let mut work = Work::begin(app, row.organisation_id, ("system", None), nobody, now).await?;
    let organisation = memo::organisation(&mut work).await?;
    let offset_minutes = zone::offset_minutes(&organisation.zone, now);
    let hours = Hours { offset_minutes, days: organisation.settings.hours.0 };
    let before: Watch = row.watch.and_then(|watch| serde_json::from_value(watch).ok()).unwrap_or_default();
    let mut watch = before.clone();
    let heard = watch.look(row.last_event_at, now, hours.day_number(now), |from, to| hours.between(from, to));
    if watch != before {
        rows::keep_watch(&mut work.tx, row.organisation_id, row.id, &json!(watch)).await?;
    }
    let silent = match heard {
        Heard::Silent { for_ms, usual_ms } => {
            let last = row.last_event_at.unwrap_or(now);
            let told = rows::fell_silent(&mut work.tx, row.organisation_id, row.id, last, usual_ms).await?;
            if told {
                let args = json!({"name": row.name, "minutes": for_ms / 60_000, "usual": usual_ms / 60_000});
                work.journal_at("warning", "connection_silent", "connection", row.id, args).await?;
                ask(&mut work, connector, row.id).await?;
                work.hint("connections", row.id);
            }
            told
        }
        _ => {
            if rows::speaks(&mut work.tx, row.organisation_id, row.id).await? {
                work.journal("connection_speaks", "connection", row.id, json!({"name": row.name})).await?;
                work.hint("connections", row.id);
            }
            false
        }
    };
    work.commit().await?;
    Ok(silent)
}

/// Whether the sign-in is good, and what no webhook told.
async fn ask(work: &mut Work, connector: &dyn connectors::Connector, id: ConnectionId) -> Result<()> {
    if connector.spec().actions.iter().any(|action| action.id == "check") {
        let payload = json!({"action": "check", "input": {}});
        let mut job = pipeline::connection_job(work, kinds::CHECK_CONNECTION, id, payload);
        job.order_key = format!("connection:{id}");
        job.max_attempts = 4;
        work.job(job).await?;
    }
    Ok(rows::look_through(&mut work.tx, work.organisation, id).await?)
}
