//! The catalogue of products and services.

use leptos::prelude::*;

/// The catalogue of products and services.
#[component]
pub fn CataloguePage() -> impl IntoView {
    view! { <div></div> }.into_any()
}
