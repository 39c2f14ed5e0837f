//! Text inputs: one line and many. They belong inside a [`Field`](super::Field), which gives id, name and error.

use super::field::FieldContext;
use super::icon::Icon;
use super::icon_paths::IconName;
use crate::i18n::use_texts;
use leptos::html;
use leptos::prelude::*;

/// One line of text. Bind it with `value=signal`; without it the browser keeps the text (forms without JavaScript).
#[component]
pub fn Input(
    /// Text, both ways.
    #[prop(optional, into)]
    value: Option<RwSignal<String>>,
    /// `text`, `email`, `password`, `tel`, `url`, `search`, `number`.
    #[prop(default = "text")]
    kind: &'static str,
    /// Grey text while empty; never instead of a label.
    #[prop(optional, into)]
    placeholder: Option<String>,
    /// `autocomplete` token (`email`, `current-password`, `name`).
    #[prop(optional, into)]
    autocomplete: Option<&'static str>,
    /// `inputmode` for the phone keyboard.
    #[prop(optional, into)]
    input_mode: Option<&'static str>,
    /// Icon inside, at the start.
    #[prop(optional, into)]
    icon: Option<IconName>,
    /// Words inside, at the end (currency, unit).
    #[prop(optional, into)]
    suffix: Option<String>,
    /// Takes the focus when it appears in a dialog or page.
    #[prop(optional)]
    autofocus: bool,
    /// Most characters.
    #[prop(optional)]
    max_length: Option<u32>,
    /// Cannot be changed.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// Monospace, for keys and addresses.
    #[prop(optional)]
    mono: bool,
    /// Called when the text was changed and the input left, or Enter was pressed.
    #[prop(optional, into)]
    on_commit: Option<Callback<()>>,
    /// The element, to focus it.
    #[prop(optional)]
    node_ref: NodeRef<html::Input>,
    /// Label, where no [`Field`](super::Field) is around.
    #[prop(optional, into)]
    label: Option<String>,
) -> impl IntoView {
    let t = use_texts();
    let field = FieldContext::here();
    let invalid = field.aria_invalid();
    let shown = RwSignal::new(false);
    let password = kind == "password";
    let first = value.map(|value| value.get_untracked());
    let eye = password.then(|| {
        let label = move || if shown.get() { t.ui_hide_password() } else { t.ui_show_password() };
        view! {
            <button
                type="button"
                class="input-eye"
                aria-label=move || label()
                title=move || label()
                aria-pressed=move || shown.get().to_string()
                on:click=move |_| shown.update(|shown| *shown = !*shown)
            >
                {move || view! { <Icon name=if shown.get() { IconName::EyeOff } else { IconName::Eye } /> }}
            </button>
        }
    });
    let clear = (kind == "search").then(|| {
        let filled = move || value.is_some_and(|value| value.with(|text| !text.is_empty()));
        view! {
            <button
                type="button"
                class="input-eye"
                hidden=move || !filled()
                aria-label=t.ui_clear()
                title=t.ui_clear()
                on:click=move |_| {
                    if let Some(value) = value {
                        value.set(String::new());
                    }
                    if let Some(input) = node_ref.get_untracked() {
                        let _ = input.focus();
                    }
                }
            >
                <Icon name=IconName::Close size=14 />
            </button>
        }
    });
    view! {
        <div class="input" class:mono=mono>
            {icon.map(|name| view! { <Icon name=name class="input-icon" /> })}
            <input
                node_ref=node_ref
                type=move || if password && shown.get() { "text" } else { kind }
                id=field.id()
                name=field.name()
                aria-describedby=field.note_id()
                aria-invalid=move || invalid()
                aria-required=field.required.then_some("true")
                aria-label=label
                required=field.required
                placeholder=placeholder
                autocomplete=autocomplete
                inputmode=input_mode
                autofocus=autofocus
                maxlength=max_length
                spellcheck=mono.then_some("false")
                disabled=move || disabled.get()
                value=first
                prop:value=move || value.map(|value| value.get())
                on:input=move |event| {
                    if let Some(value) = value {
                        value.set(event_target_value(&event));
                    }
                }
                on:change=move |_| {
                    if let Some(on_commit) = on_commit {
                        on_commit.run(());
                    }
                }
            />
            {suffix.map(|suffix| view! { <span class="input-suffix">{suffix}</span> })}
            {eye}
            {clear}
        </div>
    }
    .into_any()
}

/// Several lines. Grows with its text up to `max_rows`.
#[component]
pub fn Textarea(
    /// Text, both ways.
    #[prop(optional, into)]
    value: Option<RwSignal<String>>,
    /// Lines at first.
    #[prop(default = 3)]
    rows: u32,
    /// Grey text while empty.
    #[prop(optional, into)]
    placeholder: Option<String>,
    /// Most characters.
    #[prop(optional)]
    max_length: Option<u32>,
    /// Cannot be changed.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// Monospace, for payloads.
    #[prop(optional)]
    mono: bool,
    /// Called on Ctrl+Enter.
    #[prop(optional, into)]
    on_send: Option<Callback<()>>,
    /// The element, to focus it.
    #[prop(optional)]
    node_ref: NodeRef<html::Textarea>,
    /// Label, where no [`Field`](super::Field) is around.
    #[prop(optional, into)]
    label: Option<String>,
) -> impl IntoView {
    let field = FieldContext::here();
    let invalid = field.aria_invalid();
    let first = value.map(|value| value.get_untracked());
    view! {
        <textarea
            class="textarea"
            class:mono=mono
            node_ref=node_ref
            rows=rows
            id=field.id()
            name=field.name()
            aria-describedby=field.note_id()
            aria-invalid=move || invalid()
            aria-required=field.required.then_some("true")
            aria-label=label
            placeholder=placeholder
            maxlength=max_length
            disabled=move || disabled.get()
            prop:value=move || value.map(|value| value.get())
            on:input=move |event| {
                if let Some(value) = value {
                    value.set(event_target_value(&event));
                }
            }
            on:keydown=move |event| {
                if event.key() == "Enter" && (event.ctrl_key() || event.meta_key()) && let Some(on_send) = on_send {
                    event.prevent_default();
                    on_send.run(());
                }
            }
        >
            {first}
        </textarea>
    }
    .into_any()
}
