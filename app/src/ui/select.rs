//! Choosing one of a few known values, with the browser's own list (best on phones and with a keyboard).

use super::field::FieldContext;
use super::icon::Icon;
use super::icon_paths::IconName;
use leptos::prelude::*;

/// One value of a [`Select`] or [`Combobox`](super::Combobox).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// What is stored and sent.
    pub value: String,
    /// What is read.
    pub label: String,
    /// Second line in a [`Combobox`](super::Combobox).
    pub note: Option<String>,
}

impl Choice {
    /// A value with its words.
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self { value: value.into(), label: label.into(), note: None }
    }
    /// With a second line.
    pub fn note(mut self, note: impl Into<String>) -> Self {
        self.note = Some(note.into());
        self
    }
}

/// One of a few values. An empty value stands for «not chosen» and shows `placeholder`.
#[component]
pub fn Select(
    /// Value, both ways.
    #[prop(optional, into)]
    value: Option<RwSignal<String>>,
    /// What can be chosen.
    #[prop(into)]
    choices: Signal<Vec<Choice>>,
    /// First line while nothing is chosen.
    #[prop(optional, into)]
    placeholder: Option<String>,
    /// Cannot be changed.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// 28 px high, for filters above a table.
    #[prop(optional)]
    small: bool,
    /// Called after another value was chosen.
    #[prop(optional, into)]
    on_change: Option<Callback<String>>,
    /// Label, where no [`Field`](super::Field) is around.
    #[prop(optional, into)]
    label: Option<String>,
) -> impl IntoView {
    let field = FieldContext::here();
    let invalid = field.aria_invalid();
    let current = move || value.map(|value| value.get()).unwrap_or_default();
    let options = move || {
        choices
            .get()
            .into_iter()
            .map(|choice| {
                let this = choice.value.clone();
                let selected = move || value.is_some_and(|value| value.with(|value| *value == this));
                view! { <option value=choice.value selected=move || selected()>{choice.label}</option> }
            })
            .collect_view()
    };
    view! {
        <div class="select" class:small=small>
            <select
                id=field.id()
                name=field.name()
                aria-describedby=field.note_id()
                aria-invalid=move || invalid()
                aria-required=field.required.then_some("true")
                aria-label=label
                disabled=move || disabled.get()
                prop:value=move || {
                    choices.track();
                    current()
                }
                on:change=move |event| {
                    let chosen = event_target_value(&event);
                    if let Some(value) = value {
                        value.set(chosen.clone());
                    }
                    if let Some(on_change) = on_change {
                        on_change.run(chosen);
                    }
                }
            >
                {placeholder.map(|text| view! { <option value="">{text}</option> })}
                {move || options()}
            </select>
            <Icon name=IconName::ChevronDown size=14 />
        </div>
    }
    .into_any()
}
