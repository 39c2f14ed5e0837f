//! Below the thread: where an answer is written, or why nothing can be written now.

use super::desk::Desk;
use super::noting::Noting;
use super::writing::Writing;
use crate::i18n::use_texts;
use crate::ui::{Button, IconName, LinkButton, Notice, Tone, Variant, use_now};
use domain::chats::window_open;
use domain::views::ConnectionState;
use leptos::prelude::*;

/// The composer, or why there is none.
#[component]
pub(super) fn Composer(desk: Desk) -> impl IntoView {
    let t = use_texts();
    let now = use_now();
    let open = Memo::new(move |_| desk.thread.with(|thread| window_open(thread.window_until, now.get())));
    let state = Memo::new(move |_| desk.thread.with(|thread| thread.connection_state));
    let inner = move || {
        if !desk.may_write.get() {
            return view! { <Notice>{t.chats_read_only()}</Notice> }.into_any();
        }
        if desk.noting.get() {
            return view! { <Noting desk /> }.into_any();
        }
        if state.get() == ConnectionState::Off {
            let name = desk.thread.with_untracked(|thread| thread.connection_name.clone());
            return view! { <Notice tone=Tone::Warning>{t.chats_connection_off(name)}</Notice> }.into_any();
        }
        if !open.get() {
            return view! { <Closed desk /> }.into_any();
        }
        view! { <Writing desk /> }.into_any()
    };
    let trouble = move || {
        (state.get() == ConnectionState::Reauth).then(|| {
            let href = desk.chat.with_untracked(|chat| format!("/connections/{}", chat.connection_id));
            view! {
                <Notice tone=Tone::Warning>
                    {t.chats_connection_waits()}" "<LinkButton href=href small=true>{t.chats_connection_open()}</LinkButton>
                </Notice>
            }
        })
    };
    view! { <div class="composer">{trouble}{inner}</div> }.into_any()
}

/// The window is closed: only a template can be sent.
#[component]
fn Closed(desk: Desk) -> impl IntoView {
    let t = use_texts();
    view! {
        <Notice tone=Tone::Warning title=t.chats_window_closed_title()>
            {t.chats_window_closed_text()}
            <div class="composer-closed">
                <Button variant=Variant::Primary icon=IconName::Note on_click=move || desk.picking_template.set(true)>
                    {t.chats_template_choose()}
                </Button>
                <Button icon=IconName::EyeOff on_click=move || desk.noting.set(true)>{t.chats_note()}</Button>
            </div>
        </Notice>
    }
}
