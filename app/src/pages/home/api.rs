//! The door of Сводка.

#[cfg(feature = "ssr")]
use crate::door::cx;
use crate::door::{Answer, Door};
use domain::views::DashboardView;
use leptos::prelude::*;

/// Everything on Сводка.
#[server(prefix = "/api/ui", endpoint = "home_dashboard", protocol = Door)]
pub async fn home_dashboard() -> Answer<DashboardView> {
    Ok(services::dashboard::dashboard(&cx()?).await?)
}
