//! Above the thread: who it is, how long may be answered freely, what can be done with the chat.

use super::company::Company;
use super::desk::Desk;
use super::snooze::Snooze;
use super::use_chats;
use super::words::{channel_text, client_name};
use crate::format::use_format;
use crate::i18n::use_texts;
use crate::ui::floating::is_typing;
use crate::ui::{Avatar, Button, IconButton, IconName, use_now};
use domain::chats::{ChatStatus, window_open};
use domain::views::ChatChange;
use leptos::ev;
use leptos::leptos_dom::helpers::window_event_listener;
use leptos::prelude::*;
use texts::Texts;

/// A window that closes sooner than this calls for attention.
const SOON: i64 = 2 * 60 * 60 * 1000;

/// Name, window, buttons.
#[component]
pub(super) fn ThreadHead(desk: Desk) -> impl IntoView {
    let t = use_texts();
    let chats = use_chats();
    let chat = desk.chat;
    let name = Memo::new(move |_| chat.with(|chat| client_name(t, &chat.contact_name, chat.contact_phone.as_deref())));
    let status = Memo::new(move |_| chat.with(|chat| chat.status));
    let waits = Memo::new(move |_| chat.with(|chat| chat.waiting_since.is_some()));
    let close = move || close(desk, t, status.get_untracked());
    let reopen = move || desk.change(ChatChange::Status { status: ChatStatus::Active }, || ());
    keys(desk, Callback::new(move |()| close()));
    let actions = move || {
        let closed = status.get() == ChatStatus::Closed;
        desk.may_write.get().then(|| {
            let none_needed = (waits.get() && !closed).then(|| {
                view! {
                    <span class="no-phone">
                        <Button small=true pending=desk.changing on_click=move || desk.change(ChatChange::NoAnswerNeeded, || ())>
                            {t.chats_no_answer()}
                        </Button>
                    </span>
                }
            });
            let end = match closed {
                true => view! { <Button small=true pending=desk.changing icon=IconName::Undo on_click=reopen>{t.chats_reopen()}</Button> },
                false => view! { <Button small=true pending=desk.changing keys="E" on_click=close>{t.chats_close()}</Button> },
            };
            view! { {none_needed} {(!closed).then(|| view! { <Snooze desk /> })} {end} }
        })
    };
    view! {
        <header class="thread-head">
            <span class="only-phone">
                <IconButton icon=IconName::ArrowLeft label=t.chats_back() on_click=move || chats.go(None) />
            </span>
            <button type="button" class="thread-who" title=t.chats_show_card() on:click=move |_| chats.show_card()>
                {move || view! { <Avatar name=name.get() /> }}
                <span>
                    <b>{move || name.get()}</b>
                    <Window desk />
                    <Company desk />
                </span>
            </button>
            <div class="thread-actions">
                {actions}
                <span class="thread-card-button">
                    <IconButton icon=IconName::User label=t.chats_show_card() small=true on_click=move || chats.card.update(|open| *open = !*open) />
                </span>
            </div>
        </header>
    }
    .into_any()
}

/// Channel and what is left of its window.
#[component]
fn Window(desk: Desk) -> impl IntoView {
    let t = use_texts();
    let f = use_format();
    let now = use_now();
    move || {
        let now = now.get();
        let until = desk.thread.with(|thread| thread.window_until);
        let channel = desk.chat.with(|chat| channel_text(t, chat.channel));
        let left = until.map(|until| match window_open(Some(until), now) {
            // Whole minutes: seconds would only run about.
            true => (t.chats_window_left(f.duration(((until - now) / 60_000).max(1) * 60_000)), until - now < SOON),
            false => (t.chats_window_closed(), true),
        });
        let soon = left.as_ref().is_some_and(|left| left.1);
        let title = until.filter(|until| *until > 0).map(|until| t.chats_window_until(f.day_time(until, now)));
        view! {
            <small class:soon=soon title=title>{channel}{left.map(|left| format!(" · {}", left.0))}</small>
        }
    }
}

/// Closes the chat; one press takes it back.
fn close(desk: Desk, t: Texts, before: ChatStatus) {
    desk.change(ChatChange::Status { status: ChatStatus::Closed }, move || {
        desk.toasts.with_action(t.chats_closed(), t.action_undo(), move || {
            if desk.chat.try_get_untracked().is_some() {
                desk.change(ChatChange::Status { status: before }, || ());
            }
        });
    });
}

/// `r` goes to the composer, `e` closes the chat.
fn keys(desk: Desk, close: Callback<()>) {
    Effect::new(move |_| {
        let handle = window_event_listener(ev::keydown, move |event| {
            let plain = !event.ctrl_key() && !event.meta_key() && !event.alt_key() && !event.default_prevented();
            if !plain || is_typing(&event) || !desk.may_write.get_untracked() {
                return;
            }
            // By place on the keyboard, so that they work in both layouts.
            match event.code().as_str() {
                "KeyR" => {
                    event.prevent_default();
                    desk.focus.update(|n| *n = n.wrapping_add(1));
                }
                "KeyE" if desk.chat.with_untracked(|chat| chat.status != ChatStatus::Closed) => close.run(()),
                _ => {}
            }
        });
        on_cleanup(move || handle.remove());
    });
}
