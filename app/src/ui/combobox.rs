//! Choosing one of many by typing: the page searches, the block shows what was found. Arrows move, Enter chooses,
//! Escape closes. Owns waiting for the typing to pause; must not search by itself.

use super::field::FieldContext;
use super::floating::{Place, put_beside};
use super::icon::Icon;
use super::icon_paths::IconName;
use super::select::Choice;
use crate::i18n::use_texts;
use leptos::html;
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use std::time::Duration;

/// Pause in typing after which the search starts.
const PAUSE: Duration = Duration::from_millis(180);

/// One value found by typing.
#[component]
pub fn Combobox(
    /// What is chosen, both ways.
    chosen: RwSignal<Option<Choice>>,
    /// What was found for the last query.
    #[prop(into)]
    found: Signal<Vec<Choice>>,
    /// Called with the query after a pause in typing, and with an empty one when the list opens.
    #[prop(into)]
    on_search: Callback<String>,
    /// The search is under way.
    #[prop(optional, into)]
    searching: Signal<bool>,
    /// Grey text while empty.
    #[prop(optional, into)]
    placeholder: Option<String>,
    /// Last line of the list: makes a new one from the query.
    #[prop(optional, into)]
    on_create: Option<Callback<String>>,
    /// Words of that line.
    #[prop(optional, into)]
    create_label: Option<String>,
    /// Takes the focus when it appears.
    #[prop(optional)]
    autofocus: bool,
    /// Cannot be changed.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// Label, where no [`Field`](super::Field) is around.
    #[prop(optional, into)]
    label: Option<String>,
) -> impl IntoView {
    let t = use_texts();
    let field = FieldContext::here();
    let invalid = field.aria_invalid();
    let input = NodeRef::<html::Input>::new();
    let list = NodeRef::<html::Div>::new();
    let query = RwSignal::new(chosen.with_untracked(label_of));
    let open = RwSignal::new(false);
    let active = RwSignal::new(0usize);
    let waiting = StoredValue::new(None::<TimeoutHandle>);
    let list_id = format!("{}-options", field.id().unwrap_or_else(|| "combobox".to_owned()));
    let option_id = {
        let list_id = list_id.clone();
        move |i: usize| format!("{list_id}-{i}")
    };

    // What is chosen elsewhere shows here.
    Effect::new(move |_| query.set(chosen.with(label_of)));
    let show = move || {
        let (Some(input), Some(list)) = (input.get_untracked(), list.get_untracked()) else { return };
        if !open.get_untracked() && list.show_popover().is_ok() {
            open.set(true);
        }
        let _ =
            web_sys::HtmlElement::style(&list).set_property("width", &format!("{}px", input.offset_width().max(220)));
        put_beside(&list, &input, Place::BelowStart);
    };
    let hide = move || {
        if let Some(list) = list.get_untracked() {
            let _ = list.hide_popover();
        }
        open.set(false);
    };
    let search = move |text: String| {
        waiting.update_value(|handle| {
            if let Some(handle) = handle.take() {
                handle.clear();
            }
            *handle = set_timeout_with_handle(move || on_search.run(text.clone()), PAUSE).ok();
        });
    };
    let choose = move |choice: Option<Choice>| {
        query.set(label_of(&choice));
        chosen.set(choice);
        hide();
    };
    let create = move || {
        if let Some(on_create) = on_create {
            hide();
            on_create.run(query.get_untracked());
        }
    };
    let lines = move || found.with(Vec::len) + usize::from(on_create.is_some());
    let take = move |i: usize| match found.with_untracked(|found| found.get(i).cloned()) {
        Some(choice) => choose(Some(choice)),
        None => create(),
    };
    let keys = move |event: leptos::ev::KeyboardEvent| match event.key().as_str() {
        "ArrowDown" | "ArrowUp" => {
            event.prevent_default();
            if !open.get_untracked() {
                on_search.run(String::new());
                show();
                return;
            }
            let lines = lines().max(1);
            let step = if event.key() == "ArrowDown" { 1 } else { lines - 1 };
            active.update(|active| *active = (*active + step) % lines);
        }
        "Enter" if open.get_untracked() => {
            event.prevent_default();
            take(active.get_untracked());
        }
        "Escape" if open.get_untracked() => {
            event.prevent_default();
            event.stop_propagation();
            hide();
            query.set(chosen.with_untracked(label_of));
        }
        _ => {}
    };
    let options = {
        let option_id = option_id.clone();
        move || {
            let chosen_value = chosen.with(|choice| choice.as_ref().map(|c| c.value.clone()));
            found
                .get()
                .into_iter()
                .enumerate()
                .map(|(i, choice)| {
                    let selected = chosen_value.as_deref() == Some(choice.value.as_str());
                    let (label, note) = (choice.label.clone(), choice.note.clone());
                    view! {
                        <div
                            role="option"
                            id=option_id(i)
                            class:active=move || active.get() == i
                            aria-selected=selected.to_string()
                            // Before the input loses the focus.
                            on:mousedown=move |event| {
                                event.prevent_default();
                                choose(Some(choice.clone()));
                            }
                        >
                            {label}
                            {note.map(|note| view! { <small>{note}</small> })}
                        </div>
                    }
                })
                .collect_view()
        }
    };
    let create_line = on_create.map(|_| {
        let option_id = option_id.clone();
        let label = create_label.clone().unwrap_or_else(|| t.action_create());
        view! {
            <div
                role="option"
                id=move || option_id(found.with(Vec::len))
                class:active=move || active.get() == found.with(Vec::len)
                aria-selected="false"
                on:mousedown=move |event| {
                    event.prevent_default();
                    create();
                }
            >
                <span class="line"><Icon name=IconName::Plus size=14 />{label}</span>
            </div>
        }
    });
    let note = move || {
        let text = match (searching.get(), found.with(Vec::is_empty)) {
            (true, true) => t.ui_searching(),
            (false, true) => t.ui_nothing_found(),
            _ => return None,
        };
        Some(view! { <p class="options-note">{text}</p> })
    };
    let clearable = move || !disabled.get() && chosen.with(Option::is_some);
    let active_id = {
        let option_id = option_id.clone();
        move || open.get().then(|| option_id(active.get()))
    };
    let send_name = field.name();
    view! {
        <div class="combobox">
            <div class="input">
                <Icon name=IconName::Search class="input-icon" size=14 />
                <input
                    node_ref=input
                    type="text"
                    role="combobox"
                    id=field.id()
                    aria-describedby=field.note_id()
                    aria-invalid=move || invalid()
                    aria-required=field.required.then_some("true")
                    aria-label=label
                    aria-autocomplete="list"
                    aria-expanded=move || open.get().to_string()
                    aria-controls=list_id.clone()
                    aria-activedescendant=move || active_id()
                    autocomplete="off"
                    autofocus=autofocus
                    placeholder=placeholder
                    disabled=move || disabled.get()
                    value=query.get_untracked()
                    prop:value=move || query.get()
                    on:input=move |event| {
                        let text = event_target_value(&event);
                        query.set(text.clone());
                        active.set(0);
                        search(text);
                        show();
                    }
                    on:focus=move |_| {
                        if let Some(input) = input.get_untracked() {
                            input.select();
                        }
                    }
                    on:click=move |_| {
                        if !open.get_untracked() {
                            on_search.run(String::new());
                            show();
                        }
                    }
                    on:blur=move |_| {
                        // The choice may have taken the field away.
                        if let Some(label) = chosen.try_with_untracked(label_of) {
                            hide();
                            query.set(label);
                        }
                    }
                    on:keydown=keys
                />
                <button
                    type="button"
                    class="input-eye"
                    hidden=move || !clearable()
                    aria-label=t.ui_clear()
                    title=t.ui_clear()
                    on:click=move |_| choose(None)
                >
                    <Icon name=IconName::Close size=14 />
                </button>
            </div>
            {send_name
                .map(|name| {
                    let value = move || chosen.with(|choice| choice.as_ref().map(|c| c.value.clone()).unwrap_or_default());
                    view! { <input type="hidden" name=name prop:value=move || value() /> }
                })}
            <div class="options" role="listbox" id=list_id popover="manual" node_ref=list>
                {move || options()}
                {move || note()}
                {create_line}
            </div>
        </div>
    }
    .into_any()
}

fn label_of(choice: &Option<Choice>) -> String {
    choice.as_ref().map(|choice| choice.label.clone()).unwrap_or_default()
}
