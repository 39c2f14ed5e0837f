//! How an organisation looks outside: its name, logo and colour on its pages and letters, and the address of its own.

pub mod domain;
pub mod logo;
pub(crate) mod picture;

use crate::{App, Result};
use ::domain::ids::OrganisationId;
use ::domain::views::LookView;

/// The look of an organisation; everybody may see it.
pub async fn of(app: &App, organisation: OrganisationId) -> Result<Option<LookView>> {
    Ok(store::looks::of(&app.db, organisation).await?)
}

/// The look of whoever is reached under a host that is not the installation's own.
pub async fn of_host(app: &App, host: &str) -> Result<Option<LookView>> {
    let host = host.to_ascii_lowercase();
    if app.config.public_url.split("://").nth(1) == Some(host.as_str()) || !domain::is_host(&host, true) {
        return Ok(None);
    }
    Ok(store::looks::of_host(&app.db, &host).await?)
}

/// Where an organisation is reached: under its own address, once that was proven, else under the installation's.
pub(crate) async fn address(app: &App, organisation: OrganisationId) -> Result<String> {
    let host = of(app, organisation).await?.and_then(|look| look.host);
    Ok(host.map_or_else(|| app.config.public_url.clone(), |host| format!("{}://{host}", scheme(app))))
}

/// How addresses here begin.
pub(crate) fn scheme(app: &App) -> &'static str {
    if app.config.secure() { "https" } else { "http" }
}
