//! The journal: lines, events, jobs.

use leptos::prelude::*;

/// The journal: lines, events, jobs.
#[component]
pub fn JournalPage() -> impl IntoView {
    view! { <div></div> }.into_any()
}
