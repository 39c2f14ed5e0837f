//! Orders: table, board, panel.

use leptos::prelude::*;

/// Orders: table, board, panel.
#[component]
pub fn OrdersPage() -> impl IntoView {
    view! { <div></div> }.into_any()
}
