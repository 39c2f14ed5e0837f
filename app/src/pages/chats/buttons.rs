//! Answer buttons under the message being written.

use crate::i18n::use_texts;
use crate::ui::{Icon, IconName};
use leptos::prelude::*;

/// Titles of answer buttons.
#[component]
pub(super) fn Buttons(buttons: RwSignal<Vec<RwSignal<String>>>, #[prop(into)] shown: Signal<bool>) -> impl IntoView {
    let t = use_texts();
    let one = move |(at, title): (usize, RwSignal<String>)| {
        view! {
            <span class="composer-button">
                <input
                    type="text"
                    maxlength="20"
                    aria-label=t.chats_button_title((at + 1).to_string())
                    placeholder=t.chats_button_placeholder()
                    prop:value=move || title.get()
                    on:input=move |event| title.set(event_target_value(&event))
                />
                <button
                    type="button"
                    aria-label=t.chats_button_remove()
                    title=t.chats_button_remove()
                    on:click=move |_| {
                        buttons.update(|buttons| {
                            buttons.remove(at);
                        })
                    }
                >
                    <Icon name=IconName::Close size=12 />
                </button>
            </span>
        }
    };
    move || {
        let list = buttons.get();
        (shown.get() && !list.is_empty()).then(
            || view! { <div class="composer-buttons">{list.into_iter().enumerate().map(one).collect_view()}</div> },
        )
    }
}
