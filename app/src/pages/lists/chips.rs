//! Filters as chips: each says what it narrows, opens the choices, and can be taken away.

use super::address::Address;
use crate::i18n::use_texts;
use crate::ui::{Choice, Icon, IconName, Menu, MenuItem};
use leptos::prelude::*;

/// A row of chips.
#[component]
pub fn Chips(
    /// What they filter, for screen readers.
    #[prop(into)]
    label: String,
    /// [`ChipMenu`]s.
    children: Children,
) -> impl IntoView {
    view! { <div class="chips" role="group" aria-label=label>{children()}</div> }
}

/// One filter of the address: name, chosen value, a menu of values.
#[component]
pub fn ChipMenu(
    /// Address of the page.
    address: Address,
    /// Name in the address.
    name: &'static str,
    /// What it narrows.
    #[prop(into)]
    label: String,
    /// Values to choose from. A value in the address that is not among them is shown as it is.
    #[prop(into)]
    choices: Signal<Vec<Choice>>,
) -> impl IntoView {
    let t = use_texts();
    let chosen = Memo::new(move |_| address.get(name));
    let word = move || {
        let value = chosen.get()?;
        Some(choices.with(|all| all.iter().find(|c| c.value == value).map_or(value.clone(), |c| c.label.clone())))
    };
    let items = Signal::derive(move || {
        let none =
            MenuItem::action(t.state_all(), move || address.filter(name, "")).checked(chosen.with(Option::is_none));
        let one = |choice: Choice| {
            let value = choice.value.clone();
            let on = chosen.with(|chosen| chosen.as_ref() == Some(&choice.value));
            MenuItem::action(choice.label, move || address.filter(name, &value)).checked(on)
        };
        std::iter::once(none).chain(choices.get().into_iter().map(one)).collect::<Vec<_>>()
    });
    let title = label.clone();
    let clear = move || {
        let label = t.lists_clear(&label);
        chosen.with(Option::is_some).then(|| {
            view! {
                <button type="button" class="chip-clear" aria-label=label.clone() title=label on:click=move |_| address.filter(name, "")>
                    <Icon name=IconName::Close size=12 />
                </button>
            }
        })
    };
    view! {
        <span class="chip" class:on=move || chosen.with(Option::is_some)>
            <Menu label=title.clone() items=items class="chip-button">
                <span>{title.clone()}</span>
                {move || word().map(|word| view! { <b>{word}</b> })}
                <Icon name=IconName::ChevronDown size=12 />
            </Menu>
            {clear}
        </span>
    }
    .into_any()
}
