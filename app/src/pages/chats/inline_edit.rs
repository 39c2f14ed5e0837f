//! A value that is edited where it stands: press, type, Enter keeps, Escape lets go.

use crate::i18n::use_texts;
use crate::ui::{Icon, IconName};
use leptos::html;
use leptos::prelude::*;

/// One value in place.
#[component]
pub(super) fn InlineEdit(
    /// What it is.
    #[prop(into)]
    label: String,
    /// The stored value, as it is edited.
    #[prop(into)]
    value: Signal<String>,
    /// How it is shown; the value itself if not given.
    #[prop(optional, into)]
    shown: Option<ViewFn>,
    /// `text`, `tel`, `email`.
    #[prop(default = "text")]
    kind: &'static str,
    /// May be changed by this person.
    #[prop(into)]
    allowed: Signal<bool>,
    /// Called with the new value; answers by changing `value` or `error`.
    #[prop(into)]
    on_save: Callback<String>,
    /// Why the last value was refused.
    #[prop(into)]
    error: Signal<Option<String>>,
) -> impl IntoView {
    let t = use_texts();
    let editing = RwSignal::new(false);
    let input = NodeRef::<html::Input>::new();
    let begin = move |_| {
        editing.set(true);
        request_animation_frame(move || {
            if let Some(input) = input.try_get_untracked().flatten() {
                let _ = input.focus();
                input.select();
            }
        });
    };
    let keep = move || {
        // A field that is taken away loses the focus too.
        if editing.try_get_untracked() != Some(true) {
            return;
        }
        let typed = input.get_untracked().map(|input| input.value().trim().to_owned()).unwrap_or_default();
        editing.set(false);
        if typed != value.get_untracked() {
            on_save.run(typed);
        }
    };
    let title = t.chats_edit_field(&label);
    let (aria, prompt) = (label.clone(), t.chats_add_field());
    let still = move || {
        let words = match (value.with(String::is_empty), &shown) {
            (true, _) if allowed.get() => view! { <span class="quiet">{prompt.clone()}</span> }.into_any(),
            (true, _) => view! { <span class="quiet">"—"</span> }.into_any(),
            (false, Some(shown)) => shown.run(),
            (false, None) => view! { <span>{value.get()}</span> }.into_any(),
        };
        let pencil = allowed.get().then(|| {
            view! {
                <button type="button" class="inline-pencil" aria-label=title.clone() title=title.clone() on:click=begin>
                    <Icon name=IconName::Pencil size=14 />
                </button>
            }
        });
        view! { <span class="inline-still">{words}{pencil}</span> }
    };
    view! {
        <span class="inline-edit">
            {move || match editing.get() {
                false => still().into_any(),
                true => view! {
                    <span class="input">
                        <input
                            node_ref=input
                            type=kind
                            aria-label=aria.clone()
                            value=value.get_untracked()
                            on:keydown=move |event| match event.key().as_str() {
                                "Enter" => {
                                    event.prevent_default();
                                    keep();
                                }
                                "Escape" => {
                                    event.stop_propagation();
                                    editing.set(false);
                                }
                                _ => {}
                            }
                            on:blur=move |_| keep()
                        />
                    </span>
                }
                .into_any(),
            }}
            {move || {
                error.get().filter(|_| !editing.get()).map(|text| view! { <span class="field-error" role="alert">{text}</span> })
            }}
        </span>
    }
    .into_any()
}
