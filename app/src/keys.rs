//! The sheet of keys: `?` anywhere, or the person's menu.

use crate::i18n::use_texts;
use crate::parts::{self, Fetched};
use crate::ui::Dialog;
use crate::ui::floating::is_typing;
use leptos::ev;
use leptos::leptos_dom::helpers::window_event_listener;
use leptos::prelude::*;

/// The dialog.
#[component]
pub fn KeySheet(open: RwSignal<bool>) -> impl IntoView {
    let t = use_texts();
    Effect::new(move |_| {
        let handle = window_event_listener(ev::keydown, move |event| {
            let plain = !event.ctrl_key() && !event.meta_key() && !event.alt_key() && !event.default_prevented();
            if event.key() == "?" && plain && !is_typing(&event) {
                event.prevent_default();
                open.set(true);
            }
        });
        on_cleanup(move || handle.remove());
    });
    view! { <Dialog open=open title=t.keys_title() wide=true><Fetched part=parts::above::keys /></Dialog> }.into_any()
}

/// What stands on it.
#[component]
pub fn Keys() -> impl IntoView {
    let t = use_texts();
    let groups = [
        (
            t.keys_everywhere(),
            vec![
                (vec!["Ctrl", "K"], t.keys_palette()),
                (vec!["/"], t.keys_search()),
                (vec!["?"], t.keys_sheet()),
                (vec!["Esc"], t.keys_close()),
            ],
        ),
        (
            t.nav_chats(),
            vec![
                (vec!["J"], t.keys_next_chat()),
                (vec!["K"], t.keys_previous_chat()),
                (vec!["R"], t.keys_reply()),
                (vec!["E"], t.keys_close_chat()),
                (vec!["Enter"], t.keys_send()),
                (vec!["Shift", "Enter"], t.keys_line()),
                (vec!["/"], t.keys_canned()),
            ],
        ),
        (
            t.keys_tables(),
            vec![
                (vec!["J"], t.keys_next_row()),
                (vec!["K"], t.keys_previous_row()),
                (vec!["Enter"], t.keys_open_row()),
                (vec!["X"], t.keys_select_row()),
            ],
        ),
        (t.nav_rules(), vec![(vec!["Ctrl", "Z"], t.keys_undo()), (vec!["Ctrl", "Shift", "Z"], t.keys_redo())]),
    ];
    let line = |(keys, words): (Vec<&'static str>, String)| {
        let keys = keys.into_iter().map(|key| view! { <kbd>{key}</kbd> }).collect_view();
        view! { <div><dt>{words}</dt><dd>{keys}</dd></div> }
    };
    let group = |(title, lines): (String, Vec<(Vec<&'static str>, String)>)| {
        view! { <section><h3>{title}</h3><dl>{lines.into_iter().map(line).collect_view()}</dl></section> }
    };
    view! { <div class="key-sheet">{groups.into_iter().map(group).collect_view()}</div> }.into_any()
}
