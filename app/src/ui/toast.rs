//! Short messages in the corner: what was done, with a way to take it back. Owns the list and its region.

use super::each::{Each, ItemView};
use super::icon::Icon;
use super::icon_paths::IconName;
use super::tone::Tone;
use crate::i18n::{error_text, use_texts};
use domain::ApiError;
use leptos::html;
use leptos::prelude::*;
use std::sync::Arc;
use std::time::Duration;

/// How long a message without an action stays.
const SHOWN: Duration = Duration::from_millis(5_000);
/// How long a message with an action or an error stays.
const SHOWN_LONG: Duration = Duration::from_millis(9_000);

#[derive(Clone)]
struct Entry {
    id: u32,
    tone: Tone,
    text: String,
    action: Option<(String, Callback<()>)>,
}

/// The messages of the page. `Copy`; take it with [`use_toasts`].
#[derive(Clone, Copy)]
pub struct Toasts {
    list: RwSignal<Vec<Entry>>,
    next: StoredValue<u32>,
    texts: texts::Texts,
}

/// Makes the list of messages; call once in the shell, above [`ToastRegion`].
pub fn provide_toasts() {
    provide_context(Toasts { list: RwSignal::new(Vec::new()), next: StoredValue::new(0), texts: use_texts() });
}

/// The messages of this page. Call in the body of a component, use in handlers: `toasts.success(t.state_saved())`.
pub fn use_toasts() -> Toasts {
    let mut toasts = use_context::<Toasts>().unwrap_or_else(|| Toasts {
        list: RwSignal::new(Vec::new()),
        next: StoredValue::new(0),
        texts: use_texts(),
    });
    toasts.texts = use_texts();
    toasts
}

impl Toasts {
    /// Something was done.
    pub fn success(self, text: impl Into<String>) {
        self.push(Tone::Success, text.into(), None);
    }
    /// Something is worth knowing.
    pub fn info(self, text: impl Into<String>) {
        self.push(Tone::Info, text.into(), None);
    }
    /// Something failed.
    pub fn error(self, error: &ApiError) {
        self.push(Tone::Danger, error_text(self.texts, error), None);
    }
    /// Something was done and can be taken back (or followed) with one press.
    pub fn with_action(
        self,
        text: impl Into<String>,
        label: impl Into<String>,
        run: impl Fn() + Send + Sync + 'static,
    ) {
        self.push(Tone::Success, text.into(), Some((label.into(), Callback::new(move |()| run()))));
    }

    fn push(self, tone: Tone, text: String, action: Option<(String, Callback<()>)>) {
        let id = self.next.try_update_value(|next| {
            *next += 1;
            *next
        });
        let Some(id) = id else { return };
        let shown = if action.is_some() || tone == Tone::Danger { SHOWN_LONG } else { SHOWN };
        self.list.update(|list| {
            // The same words again replace the old message instead of piling up.
            list.retain(|entry| entry.text != text);
            list.push(Entry { id, tone, text, action });
            let surplus = list.len().saturating_sub(4);
            list.drain(..surplus);
        });
        set_timeout(move || self.dismiss_unless_held(id), shown);
    }

    fn dismiss_unless_held(self, id: u32) {
        let held = document().query_selector(".toasts:hover, .toasts:focus-within").ok().flatten().is_some();
        if held {
            set_timeout(move || self.dismiss_unless_held(id), Duration::from_millis(1_500));
        } else {
            self.dismiss(id);
        }
    }

    fn dismiss(self, id: u32) {
        let _ = self.list.try_update(|list| list.retain(|entry| entry.id != id));
    }
}

/// Where the messages appear; once per page, after the content.
#[component]
pub fn ToastRegion() -> impl IntoView {
    let t = use_texts();
    let toasts = use_toasts();
    let region = NodeRef::<html::Div>::new();
    Effect::new(move |_| {
        let any = toasts.list.with(|list| !list.is_empty());
        let Some(region) = region.get() else { return };
        // Shown anew each time, so that it lies above a dialog opened meanwhile.
        let _ = region.hide_popover();
        if any {
            let _ = region.show_popover();
        }
    });
    let one: ItemView = Arc::new(move |key| {
        let found = toasts.list.with_untracked(|list| list.iter().find(|entry| entry.id.to_string() == key).cloned());
        let Some(entry) = found else { return ().into_any() };
        let icon = match entry.tone {
            Tone::Success => IconName::Success,
            Tone::Danger => IconName::Alert,
            _ => IconName::Info,
        };
        let id = entry.id;
        let role = if entry.tone == Tone::Danger { "alert" } else { "status" };
        view! {
            <div class=format!("toast {}", entry.tone.class()) role=role>
                <Icon name=icon />
                <p>{entry.text}</p>
                {entry
                    .action
                    .map(|(label, run)| {
                        view! {
                            <button
                                type="button"
                                class="toast-action"
                                on:click=move |_| {
                                    toasts.dismiss(id);
                                    run.run(());
                                }
                            >
                                {label}
                            </button>
                        }
                    })}
                <button type="button" class="toast-close" aria-label=t.ui_close() on:click=move |_| toasts.dismiss(id)>
                    <Icon name=IconName::Close size=14 />
                </button>
            </div>
        }
        .into_any()
    });
    let keys =
        Signal::derive(move || toasts.list.with(|list| list.iter().map(|e| e.id.to_string()).collect::<Vec<_>>()));
    view! {
        <div class="toasts" popover="manual" node_ref=region role="region" aria-label=t.ui_notifications() aria-live="polite">
            <Each keys=keys item=one />
        </div>
    }
    .into_any()
}
