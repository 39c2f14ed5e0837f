//! A keyed list without types: one copy of the machinery for all lists of the page, where every `<For>` brings its own.

use leptos::prelude::*;
use std::sync::Arc;

/// Makes the view of one item from its key.
pub type ItemView = Arc<dyn Fn(String) -> AnyView + Send + Sync>;

/// One view per key, kept while its key stays. What changes inside an item, the item must watch by itself.
#[component]
pub fn Each(
    /// Keys in order, all different.
    #[prop(into)]
    keys: Signal<Vec<String>>,
    /// View of one item by its key.
    item: ItemView,
) -> impl IntoView {
    view! { <For each=move || keys.get() key=|key| key.clone() children=move |key| item(key) /> }.into_any()
}
