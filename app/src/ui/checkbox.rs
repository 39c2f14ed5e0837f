//! Yes or no: a checkbox for choosing, a switch for what acts at once.

use super::field::FieldContext;
use leptos::prelude::*;

/// A checkbox with its words beside it.
#[component]
pub fn Checkbox(
    /// Checked, both ways.
    #[prop(into)]
    checked: RwSignal<bool>,
    /// The words.
    #[prop(into)]
    label: String,
    /// Second line.
    #[prop(optional, into)]
    note: Option<String>,
    /// Cannot be changed.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// Name it is sent under.
    #[prop(optional, into)]
    name: Option<String>,
) -> impl IntoView {
    let name = name.or_else(|| FieldContext::here().name());
    view! {
        <label class="check">
            <input
                type="checkbox"
                name=name
                checked=checked.get_untracked()
                prop:checked=move || checked.get()
                disabled=move || disabled.get()
                on:change=move |event| checked.set(event_target_checked(&event))
            />
            <span class="check-text">{label} {note.map(|note| view! { <small>{note}</small> })}</span>
        </label>
    }
    .into_any()
}

/// A switch: acts at once. `on_change` gets the wanted state; keep `checked` true to what is stored.
#[component]
pub fn Switch(
    /// On or off.
    #[prop(into)]
    checked: Signal<bool>,
    /// Called with the wanted state.
    #[prop(into)]
    on_change: Callback<bool>,
    /// The words.
    #[prop(into)]
    label: String,
    /// Second line.
    #[prop(optional, into)]
    note: Option<Signal<String>>,
    /// Cannot be changed.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// Words for screen readers only.
    #[prop(optional)]
    label_hidden: bool,
) -> impl IntoView {
    view! {
        <label class="check switch">
            <input
                type="checkbox"
                role="switch"
                checked=checked.get_untracked()
                prop:checked=move || checked.get()
                disabled=move || disabled.get()
                on:change=move |event| on_change.run(event_target_checked(&event))
            />
            <span class="check-text" class:visually-hidden=label_hidden>
                {label} {note.map(|note| view! { <small>{move || note.get()}</small> })}
            </span>
        </label>
    }
    .into_any()
}
