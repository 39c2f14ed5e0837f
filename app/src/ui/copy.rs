//! Taking a text away: a button that copies, and a field with an address or key to copy.

use super::button::IconButton;
use super::icon_paths::IconName;
use crate::i18n::use_texts;
use leptos::prelude::*;
use std::time::Duration;

const SAID: Duration = Duration::from_millis(1_600);

/// Copies a text and says so for a moment.
#[component]
pub fn CopyButton(
    /// What is copied.
    #[prop(into)]
    text: Signal<String>,
) -> impl IntoView {
    let t = use_texts();
    let done = RwSignal::new(false);
    let copy = move || {
        // The promise settles by itself; without a clipboard (plain http) the text stays selectable.
        let clipboard = js_sys::Reflect::get(&window().navigator(), &"clipboard".into());
        if clipboard.is_ok_and(|clipboard| !clipboard.is_undefined()) {
            let _ = window().navigator().clipboard().write_text(&text.get_untracked());
            done.set(true);
            set_timeout(
                move || {
                    let _ = done.try_set(false);
                },
                SAID,
            );
        }
    };
    let icon = Signal::derive(move || if done.get() { IconName::Check } else { IconName::Copy });
    let label = Signal::derive(move || if done.get() { t.ui_copied() } else { t.ui_copy() });
    view! { <IconButton icon=icon label=label small=true on_click=copy /> }
}

/// An address, id or key with a copy button. Secrets are hidden until asked for.
#[component]
pub fn CopyField(
    /// What stands there.
    #[prop(into)]
    value: Signal<String>,
    /// Shows dots at first.
    #[prop(optional)]
    secret: bool,
    /// What it is, for screen readers.
    #[prop(into)]
    label: String,
) -> impl IntoView {
    let t = use_texts();
    let shown = RwSignal::new(!secret);
    let text = move || if shown.get() { value.get() } else { "•".repeat(value.with(|v| v.chars().count().min(24))) };
    let eye = secret.then(|| {
        let icon = Signal::derive(move || if shown.get() { IconName::EyeOff } else { IconName::Eye });
        let label = Signal::derive(move || if shown.get() { t.ui_hide_secret() } else { t.ui_show_secret() });
        view! { <IconButton icon=icon label=label small=true on_click=move || shown.update(|s| *s = !*s) /> }
    });
    view! {
        <div class="copy-field" role="group" aria-label=label>
            <code tabindex="0">{move || text()}</code>
            {eye}
            <CopyButton text=value />
        </div>
    }
    .into_any()
}
