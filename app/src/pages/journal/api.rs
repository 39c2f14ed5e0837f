//! The door of the journal.

#[cfg(feature = "ssr")]
use crate::door::cx;
use crate::door::{Answer, Door};
use domain::ids::{EventId, JobId};
use domain::seal::JournalCheck;
use domain::views::*;
use leptos::prelude::*;

/// A page of lines.
#[server(prefix = "/api/ui", endpoint = "journal_list", protocol = Door)]
pub async fn journal_list(filter: JournalFilter) -> Answer<Page<JournalView>> {
    Ok(services::journal::list(&cx()?, filter).await?)
}

/// Things lines can be about, by name or number.
#[server(prefix = "/api/ui", endpoint = "journal_objects", protocol = Door)]
pub async fn journal_objects(kind: String, q: String) -> Answer<Vec<JournalObject>> {
    Ok(services::journal::objects(&cx()?, &kind, &q).await?)
}

/// Whether the journal is as it was written.
#[server(prefix = "/api/ui", endpoint = "journal_whole", protocol = Door)]
pub async fn journal_whole() -> Answer<JournalCheck> {
    Ok(services::seals::state(&cx()?).await?)
}

/// A page of events.
#[server(prefix = "/api/ui", endpoint = "journal_events", protocol = Door)]
pub async fn journal_events(filter: JournalFilter) -> Answer<Page<EventView>> {
    Ok(services::pipeline::manage::events(&cx()?, filter).await?)
}

/// One event with payload and consequences.
#[server(prefix = "/api/ui", endpoint = "journal_event", protocol = Door)]
pub async fn journal_event(id: EventId) -> Answer<EventCard> {
    Ok(services::pipeline::manage::event(&cx()?, id).await?)
}

/// Does an event once more, as a new one.
#[server(prefix = "/api/ui", endpoint = "journal_replay", protocol = Door)]
pub async fn journal_replay(id: EventId) -> Answer<EventView> {
    Ok(services::pipeline::manage::replay_event(&cx()?, id).await?)
}

/// A page of jobs.
#[server(prefix = "/api/ui", endpoint = "journal_jobs", protocol = Door)]
pub async fn journal_jobs(filter: JournalFilter) -> Answer<Page<JobView>> {
    Ok(services::pipeline::manage::jobs(&cx()?, filter).await?)
}

/// One job with payload and attempts.
#[server(prefix = "/api/ui", endpoint = "journal_job", protocol = Door)]
pub async fn journal_job(id: JobId) -> Answer<JobCard> {
    Ok(services::pipeline::manage::job(&cx()?, id).await?)
}

/// Puts a stopped job back into the queue.
#[server(prefix = "/api/ui", endpoint = "journal_retry", protocol = Door)]
pub async fn journal_retry(id: JobId) -> Answer<()> {
    Ok(services::pipeline::manage::retry(&cx()?, id).await?)
}

/// Puts every failed job back; answers how many.
#[server(prefix = "/api/ui", endpoint = "journal_retry_dead", protocol = Door)]
pub async fn journal_retry_dead() -> Answer<u32> {
    Ok(services::pipeline::manage::retry_dead(&cx()?).await?)
}

/// Takes a job out of the queue.
#[server(prefix = "/api/ui", endpoint = "journal_cancel", protocol = Door)]
pub async fn journal_cancel(id: JobId) -> Answer<()> {
    Ok(services::pipeline::manage::cancel(&cx()?, id).await?)
}

/// Connections to filter by.
#[server(prefix = "/api/ui", endpoint = "journal_connections", protocol = Door)]
pub async fn journal_connections() -> Answer<Vec<ConnectionView>> {
    Ok(services::connections::list(&cx()?).await?)
}
