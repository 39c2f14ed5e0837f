//! Small words with a colour: states, counters, tags.

use super::icon::Icon;
use super::icon_paths::IconName;
use super::tone::Tone;
use leptos::prelude::*;

/// A state in one or two words: icon + word + colour.
#[component]
pub fn Badge(
    /// What the colour says.
    #[prop(optional)]
    tone: Tone,
    /// Icon before the word.
    #[prop(optional, into)]
    icon: Option<IconName>,
    /// The word.
    children: Children,
) -> impl IntoView {
    view! {
        <span class=format!("badge {}", tone.class())>
            {icon.map(|name| view! { <Icon name=name size=12 /> })} {children()}
        </span>
    }
    .into_any()
}

/// A number that catches the eye; shows nothing at zero, `99+` above 99.
#[component]
pub fn Counter(
    /// The number.
    #[prop(into)]
    count: Signal<u32>,
    /// Quiet (grey) or calling (amber).
    #[prop(optional)]
    quiet: bool,
    /// What is counted, for screen readers.
    #[prop(optional, into)]
    label: Option<String>,
) -> impl IntoView {
    let text = move || match count.get() {
        n @ 0..=99 => n.to_string(),
        _ => "99+".to_owned(),
    };
    view! {
        <span class="counter" class:quiet=quiet hidden=move || count.get() == 0 aria-label=label role="status">
            {move || text()}
        </span>
    }
    .into_any()
}

/// A coloured dot for the start of a line; always with words beside it.
#[component]
pub fn Dot(
    /// What the colour says.
    #[prop(into)]
    tone: Signal<Tone>,
    /// A ring instead of a disc: off, not yet.
    #[prop(optional)]
    hollow: bool,
) -> impl IntoView {
    view! { <i class=move || format!("dot {}", tone.get().class()) class:hollow=hollow aria-hidden="true"></i> }
        .into_any()
}
