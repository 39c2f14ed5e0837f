//! Server functions of the connection pages.

#[cfg(feature = "ssr")]
use crate::door::cx;
use crate::door::{Answer, Door};
use domain::ids::ConnectionId;
use domain::views::*;
use leptos::prelude::*;

/// All connections.
#[server(prefix = "/api/ui", endpoint = "connections_list", protocol = Door)]
pub async fn connections_list() -> Answer<Vec<ConnectionView>> {
    Ok(services::connections::list(&cx()?).await?)
}

/// What can be connected.
#[server(prefix = "/api/ui", endpoint = "connections_providers", protocol = Door)]
pub async fn connections_providers() -> Answer<Vec<ProviderView>> {
    Ok(services::connections::providers(&cx()?)?)
}

/// One connection with what its set-up needs.
#[server(prefix = "/api/ui", endpoint = "connections_get", protocol = Door)]
pub async fn connections_get(id: ConnectionId) -> Answer<ConnectionSetup> {
    Ok(services::connections::get(&cx()?, id).await?)
}

/// Makes a connection.
#[server(prefix = "/api/ui", endpoint = "connections_create", protocol = Door)]
pub async fn connections_create(connection: SaveConnection) -> Answer<ConnectionSetup> {
    Ok(services::connections::save(&cx()?, connection).await?)
}

/// Changes name and settings.
#[server(prefix = "/api/ui", endpoint = "connections_change", protocol = Door)]
pub async fn connections_change(id: ConnectionId, connection: SaveConnection) -> Answer<ConnectionSetup> {
    Ok(services::connections::change(&cx()?, id, connection).await?)
}

/// «Проверить».
#[server(prefix = "/api/ui", endpoint = "connections_check", protocol = Door)]
pub async fn connections_check(id: ConnectionId) -> Answer<()> {
    Ok(services::connections::check(&cx()?, id).await?)
}

/// Switches on or off.
#[server(prefix = "/api/ui", endpoint = "connections_switch", protocol = Door)]
pub async fn connections_switch(id: ConnectionId, on: bool) -> Answer<()> {
    Ok(services::connections::switch(&cx()?, id, on).await?)
}

/// Templates of a connection.
#[server(prefix = "/api/ui", endpoint = "connections_templates", protocol = Door)]
pub async fn connections_templates(id: ConnectionId) -> Answer<Vec<TemplateView>> {
    Ok(services::connections::find_templates(&cx()?, id).await?)
}
