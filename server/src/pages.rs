//! The pages of the inside and their server functions, rendered by Leptos.

use crate::state::AppState;
use app::{App, shell};
use axum::Router;
use leptos::prelude::provide_context;
use leptos_axum::{LeptosRoutes, generate_route_list};

/// All routes of the router in `app`, and `/api/ui/*`.
pub fn routes(state: &AppState) -> Router<AppState> {
    let names = state.site.names();
    let options = state.leptos.clone();
    Router::new().leptos_routes_with_context(
        state,
        generate_route_list(App),
        move || provide_context(names.clone()),
        move || shell(options.clone()),
    )
}
