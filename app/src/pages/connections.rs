//! Connections: cards and wizard.

use leptos::prelude::*;

/// Connections: cards and wizard.
#[component]
pub fn ConnectionsPage() -> impl IntoView {
    view! { <div></div> }.into_any()
}

/// The wizard for a new connection.
#[component]
pub fn NewConnectionPage() -> impl IntoView {
    view! { <div></div> }.into_any()
}

/// One connection: settings and set-up.
#[component]
pub fn ConnectionPage() -> impl IntoView {
    view! { <div></div> }.into_any()
}
