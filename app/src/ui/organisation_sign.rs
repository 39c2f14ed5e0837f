//! The face of an organisation: its logo, or the first letter of its name on its colour.

use leptos::prelude::*;

/// Decorative; the name stands beside it.
#[component]
pub fn OrganisationSign(
    /// Name of the organisation.
    #[prop(into)]
    name: Signal<String>,
    /// Address of its logo.
    #[prop(into)]
    logo: Signal<Option<String>>,
) -> impl IntoView {
    move || match logo.get() {
        Some(logo) => view! { <img class="organisation-logo" src=logo alt="" /> }.into_any(),
        None => {
            let letter = move || {
                let letter = name.with(|name| name.chars().find(|c| c.is_alphanumeric()));
                letter.map(|letter| letter.to_uppercase().to_string()).unwrap_or_default()
            };
            view! { <span class="organisation-sign" aria-hidden="true">{letter}</span> }.into_any()
        }
    }
}
