//! The search above a list: what is typed goes into the address after a pause; `/` brings the focus here.

use super::address::Address;
use crate::ui::floating::is_typing;
use crate::ui::{IconName, Input};
use leptos::ev;
use leptos::html;
use leptos::leptos_dom::helpers::{TimeoutHandle, window_event_listener};
use leptos::prelude::*;
use std::time::Duration;

const PAUSE: Duration = Duration::from_millis(220);

/// Edits `q` of the address.
#[component]
pub fn SearchBox(
    /// Address of the page.
    address: Address,
    /// What is searched, for the label and the empty field.
    #[prop(into)]
    label: String,
) -> impl IntoView {
    let text = RwSignal::new(address.get_untracked("q").unwrap_or_default());
    let sent = StoredValue::new(text.get_untracked());
    let waiting = StoredValue::new(None::<TimeoutHandle>);
    let stop = move || {
        if let Some(handle) = waiting.try_update_value(Option::take).flatten() {
            handle.clear();
        }
    };
    Effect::new(move |before: Option<()>| {
        let typed = text.get().trim().to_owned();
        stop();
        if before.is_some() && sent.with_value(|sent| *sent != typed) {
            let send = move || {
                let _ = sent.try_update_value(|sent| sent.clone_from(&typed));
                address.replace(&[("q", Some(&typed)), ("cursor", None)]);
            };
            waiting.set_value(set_timeout_with_handle(send, PAUSE).ok());
        }
    });
    // Back, forward and links change the text.
    Effect::new(move |_| {
        let now = address.get("q").unwrap_or_default();
        if sent.with_value(|sent| *sent != now) {
            sent.set_value(now.clone());
            text.set(now);
        }
    });
    let input = NodeRef::<html::Input>::new();
    Effect::new(move |_| {
        let handle = window_event_listener(ev::keydown, move |event| {
            let slash = event.key() == "/" && !event.ctrl_key() && !event.alt_key() && !event.meta_key();
            if slash && !event.default_prevented() && !is_typing(&event) {
                if let Some(input) = input.try_get_untracked().flatten() {
                    event.prevent_default();
                    let _ = input.focus();
                }
            }
        });
        on_cleanup(move || handle.remove());
    });
    on_cleanup(stop);
    view! { <Input value=text kind="search" icon=IconName::Search placeholder=label.clone() label=label node_ref=input /> }
        .into_any()
}
