//! Chats: list, thread, client card.

use leptos::prelude::*;

/// Chats: list, thread, client card.
#[component]
pub fn ChatsPage() -> impl IntoView {
    view! { <div></div> }.into_any()
}
