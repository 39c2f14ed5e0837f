//! Who else is at this chat: shown under the client's name; says so for oneself every few seconds while the page is seen.

use super::api::{chats_left, chats_looking};
use super::desk::Desk;
use crate::i18n::use_texts;
use crate::live::use_hints;
use crate::ui::{Icon, IconName};
use domain::views::ViewerView;
use leptos::leptos_dom::helpers::{IntervalHandle, set_interval_with_handle};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::time::Duration;

/// How often one says that one is still there.
const BEAT: Duration = Duration::from_secs(10);

/// After so long without a key one does not write any more.
const STILL: Duration = Duration::from_secs(6);

/// A key was pressed in the answer.
pub(super) fn typed(desk: Desk, last: StoredValue<f64>) {
    last.set_value(js_sys::Date::now());
    if desk.typing.get_untracked() {
        return;
    }
    desk.typing.set(true);
    rest(desk, last);
}

fn rest(desk: Desk, last: StoredValue<f64>) {
    set_timeout(
        move || {
            let Some(last_key) = last.try_get_value() else { return };
            if js_sys::Date::now() - last_key < STILL.as_millis() as f64 {
                rest(desk, last);
            } else {
                let _ = desk.typing.try_set(false);
            }
        },
        STILL,
    );
}

/// Keeps the others at this chat fresh, and says that one is here.
pub(super) fn keep_company(desk: Desk) {
    let others = desk.others;
    let hints = use_hints([format!("viewers:{}", desk.id)]);
    let say = move || {
        if document().hidden() {
            return;
        }
        let Some(typing) = desk.typing.try_get_untracked() else { return };
        spawn_local(async move {
            // Nothing to tell if it fails: the next beat tries again.
            if let Ok(seen) = chats_looking(desk.id, typing).await {
                let _ = others.try_update(|others| {
                    if *others != seen {
                        *others = seen;
                    }
                });
            }
        });
    };
    Effect::new(move |_| {
        let _ = (hints.get(), desk.typing.get());
        say();
    });
    let timer = StoredValue::new(None::<IntervalHandle>);
    Effect::new(move |_| timer.set_value(set_interval_with_handle(say, BEAT).ok()));
    let id = desk.id;
    on_cleanup(move || {
        if let Some(handle) = timer.try_update_value(Option::take).flatten() {
            handle.clear();
        }
        if cfg!(feature = "hydrate") {
            spawn_local(async move { drop(chats_left(id).await) });
        }
    });
}

/// Who writes an answer just now; nothing while nobody does.
#[component]
pub(super) fn Company(desk: Desk) -> impl IntoView {
    let t = use_texts();
    move || {
        let names = |typing: bool| {
            let of = |others: &Vec<ViewerView>| {
                let some = others.iter().filter(|other| other.typing == typing).map(|other| other.name.clone());
                some.collect::<Vec<_>>().join(", ")
            };
            Some(desk.others.with(of)).filter(|names| !names.is_empty())
        };
        let writes = names(true).map(|names| {
            view! { <span class="company writes"><Icon name=IconName::Pencil size=12 />{t.chats_writes(names)}</span> }
        });
        let looks = names(false).map(|names| {
            view! { <span class="company"><Icon name=IconName::Eye size=12 />{t.chats_looks(names)}</span> }
        });
        view! { <span class="company-line" aria-live="polite">{writes}{looks}</span> }
    }
}
