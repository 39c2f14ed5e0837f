//! Contacts: list and card.

use leptos::prelude::*;

/// Contacts: list and card.
#[component]
pub fn ContactsPage() -> impl IntoView {
    view! { <div></div> }.into_any()
}

/// One contact.
#[component]
pub fn ContactPage() -> impl IntoView {
    view! { <div></div> }.into_any()
}
