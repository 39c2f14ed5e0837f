//! The door of Сводка.

use crate::door::Answer;
#[cfg(feature = "ssr")]
use crate::door::cx;
use domain::views::DashboardView;
use leptos::prelude::*;

/// Everything on Сводка.
#[server(prefix = "/api/ui", endpoint = "home_dashboard", input = leptos::server_fn::codec::Json)]
pub async fn home_dashboard() -> Answer<DashboardView> {
    Ok(services::dashboard::dashboard(&cx()?).await?)
}
