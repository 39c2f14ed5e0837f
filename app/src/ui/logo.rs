//! The sign of Pult: a letter «П» whose right leg is a fader.

use leptos::prelude::*;

/// The sign; decorative, the name stands beside it or on the page.
#[component]
pub fn Logo(
    /// Side in pixels.
    #[prop(default = 28)]
    size: u32,
) -> impl IntoView {
    view! {
        <svg class="logo" width=size height=size viewBox="0 0 32 32" aria-hidden="true">
            <rect width="32" height="32" rx="8" fill="var(--accent)"></rect>
            <path
                d="M9.5 23.5v-13a1.5 1.5 0 0 1 1.5-1.5h10a1.5 1.5 0 0 1 1.5 1.5v13"
                fill="none"
                stroke="var(--on-accent)"
                stroke-width="3.2"
                stroke-linecap="round"
            ></path>
            <circle cx="22.5" cy="17.5" r="4" fill="var(--on-accent)"></circle>
            <circle cx="22.5" cy="17.5" r="1.5" fill="var(--accent)"></circle>
        </svg>
    }
    .into_any()
}
