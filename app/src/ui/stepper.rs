//! Steps of a wizard: which are done, which is now.

use super::icon::Icon;
use super::icon_paths::IconName;
use crate::i18n::use_texts;
use leptos::prelude::*;

/// A row of steps. Steps already passed can be gone back to where `on_select` is given.
#[component]
pub fn Stepper(
    /// Names of the steps.
    steps: Vec<String>,
    /// Number of the current step, from 0.
    #[prop(into)]
    current: Signal<usize>,
    /// Called with the number of a passed step that was pressed.
    #[prop(optional, into)]
    on_select: Option<Callback<usize>>,
) -> impl IntoView {
    let t = use_texts();
    let total = steps.len();
    let one = move |(i, name): (usize, String)| {
        let sign = move || match current.get() > i {
            true => view! { <Icon name=IconName::Check size=14 label=t.ui_step_done() /> }.into_any(),
            false => (i + 1).to_string().into_any(),
        };
        let inner = view! {
            <i>{move || sign()}</i>
            <span class="step-label">{name}</span>
        };
        let body = match on_select {
            Some(on_select) => view! {
                <button type="button" disabled=move || { current.get() <= i } on:click=move |_| on_select.run(i)>
                    {inner}
                </button>
            }
            .into_any(),
            None => view! { <span>{inner}</span> }.into_any(),
        };
        view! {
            <li
                class:done=move || { current.get() > i }
                aria-current=move || (current.get() == i).then_some("step")
                title=t.ui_step((i + 1).to_string(), total.to_string())
            >
                {body}
            </li>
        }
    };
    view! { <ol class="stepper">{steps.into_iter().enumerate().map(one).collect_view()}</ol> }.into_any()
}
