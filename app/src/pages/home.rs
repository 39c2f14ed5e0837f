//! Сводка.

use leptos::prelude::*;

/// Сводка.
#[component]
pub fn HomePage() -> impl IntoView {
    view! { <div></div> }.into_any()
}
