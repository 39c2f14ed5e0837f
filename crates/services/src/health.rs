//! «Состояние»: the outside services with their last day, the program itself, and what its environment decides.

use crate::app::Mailer;
use crate::{Cx, Result};
use domain::access::Permission;
use domain::ids::{ConnectionId, EventId, Id};
use domain::queue::JobState;
use domain::views::*;
use store::Engine;

const HOUR_MS: i64 = 60 * 60 * 1000;
const HOURS: usize = 24;

/// Everything on the page; parts without a right to them are left out.
pub async fn health(cx: &Cx) -> Result<HealthView> {
    cx.allow(Permission::SettingsRead)?;
    let services = match cx.allow(Permission::ConnectionsRead) {
        Ok(()) => services(cx).await?,
        Err(_) => Vec::new(),
    };
    let manages = cx.allow(Permission::SettingsManage).is_ok();
    let nodes = if manages { cx.app.nodes.list(&cx.app.config.boot) } else { Vec::new() };
    let environment = manages.then(|| environment(cx));
    Ok(HealthView { services, own: own(cx).await?, nodes, environment })
}

async fn services(cx: &Cx) -> Result<Vec<ServiceHealth>> {
    // Whole hours, the last of them under way.
    let since = (cx.now / HOUR_MS - (HOURS as i64 - 1)) * HOUR_MS;
    let counted = store::health::hours(cx.db(), cx.organisation, since).await?;
    let hours = |id: ConnectionId| {
        let mut hours = vec![HealthHour::default(); HOURS];
        for row in counted.iter().filter(|row| row.connection_id == id) {
            if let Some(slot) = usize::try_from(row.hour).ok().and_then(|place| hours.get_mut(place)) {
                *slot = HealthHour { calls: row.calls, failed: row.failed, events: row.events };
            }
        }
        hours
    };
    let list = store::connections::list(cx.db(), cx.organisation, EventId::make(cx.now, &[0; 10])).await?;
    let one = |c: ConnectionView| ServiceHealth {
        hours: hours(c.id),
        id: c.id,
        provider: c.provider,
        name: c.name,
        state: c.state,
        last_ok_at: c.last_ok_at,
        last_event_at: c.last_event_at,
        last_error: c.last_error,
        last_error_at: c.last_error_at,
        waiting_jobs: c.waiting_jobs,
    };
    Ok(list.into_iter().map(one).collect())
}

async fn own(cx: &Cx) -> Result<OwnHealth> {
    let jobs = store::health::jobs(cx.db(), cx.organisation).await?;
    let count = |state: JobState| jobs.iter().find(|row| row.0 == state).map_or(0, |row| row.1);
    let database = match cx.db().engine() {
        Engine::Sqlite => "SQLite",
        Engine::Postgres => "PostgreSQL",
    };
    Ok(OwnHealth {
        version: env!("CARGO_PKG_VERSION").into(),
        started_at: cx.app.started_at,
        database: database.into(),
        database_bytes: store::health::size(cx.db()).await?,
        disk: crate::retention::forecast(&cx.app).await?,
        inbox: store::health::events_waiting(cx.db(), cx.organisation).await?,
        ready: count(JobState::Ready) + count(JobState::Running),
        held: count(JobState::Held),
        unknown: count(JobState::Unknown),
        dead: count(JobState::Dead),
    })
}

fn environment(cx: &Cx) -> EnvironmentView {
    let config = &cx.app.config;
    // Of an address only where it leads: a name and a password may stand in it.
    let leads = |url: &str| reqwest::Url::parse(url).map(|url| url.origin().ascii_serialization()).unwrap_or_default();
    let sign_in = config.sign_in.iter().map(|provider| provider.name.as_str()).collect::<Vec<_>>().join(", ");
    let value = |variable: &str, value: String| EnvironmentValue { variable: variable.to_owned(), value };
    EnvironmentView {
        mail: matches!(config.mailer, Mailer::Smtp { .. }),
        secure: config.secure(),
        demo: config.demo,
        values: vec![
            value("PULT_PUBLIC_URL", config.public_url.clone()),
            value("PULT_ADDR", config.address.clone()),
            value("PULT_NODE", cx.app.nodes.name().unwrap_or_else(|| config.node.clone())),
            value("PULT_DATA_DIR", config.data_dir.display().to_string()),
            value("PULT_PROXY_DEPTH", config.proxies.to_string()),
            value("PULT_SIGN_IN_FILE", sign_in),
            value("PULT_SESSION_DAYS", config.session_days.to_string()),
            value("PULT_RATE_PERSON", config.limits.person.to_string()),
            value("PULT_RATE_KEY", config.limits.key.to_string()),
            value("PULT_RATE_ADDRESS", config.limits.address.to_string()),
            value("PULT_KEEP_PAYLOADS_DAYS", config.keep.payloads.to_string()),
            value("PULT_KEEP_EVENTS_DAYS", config.keep.events.to_string()),
            value("PULT_KEEP_JOBS_DAYS", config.keep.jobs.to_string()),
            value("PULT_KEEP_OCCASIONS_DAYS", config.keep.occasions.to_string()),
            value("PULT_ALLOW_PRIVATE_NETS", u8::from(config.private_nets).to_string()),
            value(
                "OTEL_EXPORTER_OTLP_ENDPOINT",
                config.traces.as_ref().map(|to| leads(&to.endpoint)).unwrap_or_default(),
            ),
        ],
    }
}
