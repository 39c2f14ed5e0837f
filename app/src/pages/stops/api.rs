//! The door of «Стоп-кран».

#[cfg(feature = "ssr")]
use crate::door::cx;
use crate::door::{Answer, Door};
use domain::ids::{JobId, StopId};
use domain::views::*;
use leptos::prelude::*;

/// Stops, what they may cover, and how much waits.
#[server(prefix = "/api/ui", endpoint = "stops_board", protocol = Door)]
pub async fn stops_board() -> Answer<StopBoard> {
    Ok(services::stops::board(&cx()?).await?)
}

/// What is held.
#[server(prefix = "/api/ui", endpoint = "stops_held", protocol = Door)]
pub async fn stops_held(filter: ListFilter) -> Answer<Page<HeldSend>> {
    Ok(services::stops::held(&cx()?, &filter).await?)
}

/// Stops sending.
#[server(prefix = "/api/ui", endpoint = "stops_pull", protocol = Door)]
pub async fn stops_pull(stop: PullStop) -> Answer<()> {
    services::stops::pull(&cx()?, &stop).await?;
    Ok(())
}

/// Goes on sending; what was held is sent or dropped.
#[server(prefix = "/api/ui", endpoint = "stops_lift", protocol = Door)]
pub async fn stops_lift(id: StopId, send: bool) -> Answer<u64> {
    Ok(services::stops::lift(&cx()?, id, send).await?)
}

/// Drops some of what is held.
#[server(prefix = "/api/ui", endpoint = "stops_drop", protocol = Door)]
pub async fn stops_drop(jobs: Vec<JobId>) -> Answer<u64> {
    Ok(services::stops::discard(&cx()?, &jobs).await?)
}
