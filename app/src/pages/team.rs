//! The team: members, presence, invitations.

use leptos::prelude::*;

/// The team: members, presence, invitations.
#[component]
pub fn TeamPage() -> impl IntoView {
    view! { <div></div> }.into_any()
}
