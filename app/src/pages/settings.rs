//! Settings: organisation, profile, sessions, keys.

use leptos::prelude::*;

/// Settings: organisation, profile, sessions, keys.
#[component]
pub fn SettingsPage() -> impl IntoView {
    view! { <div></div> }.into_any()
}
