//! Writing an answer. Owns the text and the keys; what goes with it and how it is sent live beside it.

use super::attach::{Attached, Attachments, Upload, attach};
use super::buttons::Buttons;
use super::canned::{CannedList, canned};
use super::canned_dialog::CannedDialog;
use super::company::typed;
use super::desk::Desk;
use super::draft::keep_draft;
use super::later::Planning;
use super::outgoing::messages;
use super::quote::Quoting;
use super::text::{byte_at, units_at};
use crate::i18n::{error_text, use_texts};
use crate::ui::{Button, Icon, IconButton, IconName, Variant};
use domain::{ApiError, ErrorCode};
use leptos::html;
use leptos::prelude::*;

/// Most answer buttons under a message.
const BUTTONS: usize = 3;

/// The text, what goes with it, and the way out.
#[component]
pub(super) fn Writing(desk: Desk) -> impl IntoView {
    let t = use_texts();
    let text = RwSignal::new(String::new());
    let error = RwSignal::new(None::<ApiError>);
    let buttons = RwSignal::new(Vec::<RwSignal<String>>::new());
    let area = NodeRef::<html::Textarea>::new();
    let picker = NodeRef::<html::Input>::new();
    let managing = RwSignal::new(false);
    let last_key = StoredValue::new(0.0);
    keep_draft(desk, text);
    Effect::new(move |before: Option<u32>| {
        let now = desk.focus.get();
        if let Some(area) = area.get().filter(|_| before.is_some_and(|before| before != now)) {
            let _ = area.focus();
        }
        now
    });
    let caret = move || {
        let at = area.get_untracked().and_then(|area| area.selection_start().ok().flatten());
        at.map_or(usize::MAX, |at| at as usize)
    };
    let put = move |written: String, caret: usize| {
        let units = units_at(&written, caret);
        text.set(written);
        request_animation_frame(move || {
            if let Some(area) = area.try_get_untracked().flatten() {
                let _ = area.focus();
                let _ = area.set_selection_range(units, units);
            }
        });
    };
    let canned = canned(desk, text, managing, Callback::new(move |(written, caret)| put(written, caret)));
    let busy = move || desk.files.with(|files| files.iter().any(|file| file.state == Upload::Under));
    // What was written is planned for later now.
    Effect::new(move |before: Option<u32>| {
        let now = desk.planned.get();
        if before.is_some_and(|before| before != now) {
            text.set(String::new());
        }
        now
    });
    let send_in = move |despite: bool| {
        if busy() {
            return;
        }
        let after = desk.log.with_untracked(|log| log.messages.last_key_value().map(|(id, _)| *id));
        let after = after.filter(|_| !despite);
        let Some(messages) = messages(desk, &text.get_untracked(), &buttons.get_untracked(), after) else {
            desk.focus.update(|n| *n = n.wrapping_add(1));
            return;
        };
        let (written, kept) = (text.get_untracked(), desk.files.get_untracked());
        let (titles, quote) = (buttons.get_untracked(), desk.quote.get_untracked());
        error.set(None);
        desk.typing.set(false);
        text.set(String::new());
        buttons.set(Vec::new());
        desk.files.set(Vec::new());
        desk.quote.set(None);
        desk.send(messages, move |refused, rest| {
            if error.try_set(Some(refused)).is_some() {
                return;
            }
            // What was not sent comes back, unless something else was begun meanwhile.
            if text.with_untracked(String::is_empty) && rest.iter().any(|message| message.text.is_some()) {
                text.set(written);
                buttons.set(titles);
                desk.quote.set(quote);
            }
            desk.files.update(|files| {
                let unsent = |file: &Attached| match &file.state {
                    Upload::Ready(view) => rest.iter().any(|message| message.file_id == Some(view.id)),
                    _ => false,
                };
                files.extend(kept.into_iter().filter(unsent));
            });
        });
    };
    let send = move || send_in(false);
    let keys = move |event: leptos::ev::KeyboardEvent| {
        if event.is_composing() || canned.key(&event) {
            return;
        }
        match event.key().as_str() {
            "Enter" if event.ctrl_key() || event.meta_key() || !(event.shift_key() || event.alt_key() || touch()) => {
                event.prevent_default();
                send();
            }
            "Escape" => {
                event.stop_propagation();
                if desk.quote.with_untracked(Option::is_some) {
                    desk.quote.set(None);
                } else if let Some(area) = area.get_untracked() {
                    let _ = area.blur();
                }
            }
            _ => {}
        }
    };
    let paste = move |event: web_sys::Event| {
        use wasm_bindgen::JsCast;
        let data = event.dyn_ref::<web_sys::ClipboardEvent>().and_then(|event| event.clipboard_data());
        let files = data.and_then(|data| data.files()).filter(|files| files.length() > 0);
        if files.is_some() {
            event.prevent_default();
            attach(desk, files);
        }
    };
    let may_have_buttons = move || desk.files.with(Vec::is_empty);
    let add_button = move || {
        if buttons.with_untracked(Vec::len) < BUTTONS {
            buttons.update(|buttons| buttons.push(RwSignal::new(String::new())));
        }
    };
    let slash = move || {
        let written = text.get_untracked();
        let at = byte_at(&written, caret());
        let space = !written[..at].is_empty() && !written[..at].ends_with(char::is_whitespace);
        let sign = if space { " /" } else { "/" };
        put(format!("{}{sign}{}", &written[..at], &written[at..]), at + sign.len());
        canned.open(&text.get_untracked(), at + sign.len());
    };
    view! {
        <CannedList canned />
        <Quoting desk />
        <Attachments desk />
        <div class="composer-box">
            <textarea
                node_ref=area
                class="composer-text"
                rows="1"
                dir="auto"
                aria-label=t.chats_message()
                placeholder=t.chats_placeholder()
                maxlength="4096"
                aria-controls=move || canned.list_id()
                aria-activedescendant=move || canned.active_id()
                prop:value=move || text.get()
                on:input=move |event| {
                    let written = event_target_value(&event);
                    canned.typed(&written, caret());
                    text.set(written);
                    typed(desk, last_key);
                }
                on:click=move |_| canned.typed(&text.get_untracked(), caret())
                on:blur=move |_| canned.leave()
                on:keydown=keys
                on:paste=move |event| paste(event.into())
            ></textarea>
            <Buttons buttons shown=may_have_buttons />
            <div class="composer-tools">
                <input
                    node_ref=picker
                    type="file"
                    multiple
                    class="visually-hidden"
                    tabindex="-1"
                    aria-label=t.chats_attach()
                    on:change=move |_| {
                        if let Some(input) = picker.get_untracked() {
                            attach(desk, input.files());
                            input.set_value("");
                        }
                    }
                />
                <IconButton
                    icon=IconName::Paperclip
                    label=t.chats_attach()
                    small=true
                    on_click=move || {
                        if let Some(input) = picker.get_untracked() {
                            input.click();
                        }
                    }
                />
                <IconButton icon=IconName::Trigger label=t.chats_canned() small=true on_click=slash />
                <IconButton icon=IconName::Note label=t.chats_template() small=true on_click=move || desk.picking_template.set(true) />
                <IconButton
                    icon=IconName::List
                    label=t.chats_add_button()
                    small=true
                    disabled=Signal::derive(move || !may_have_buttons() || buttons.with(Vec::len) >= BUTTONS)
                    on_click=add_button
                />
                <IconButton icon=IconName::EyeOff label=t.chats_note() small=true on_click=move || desk.noting.set(true) />
                <IconButton
                    icon=IconName::Clock
                    label=t.chats_plan()
                    small=true
                    on_click=move || desk.planning.set(Some(Planning::New(text.get_untracked())))
                />
                <span class="composer-hint no-phone">{t.chats_hint()}</span>
                <Button variant=Variant::Primary small=true icon=IconName::Send pending=Signal::derive(busy) on_click=send>
                    {t.action_send()}
                </Button>
            </div>
        </div>
        {move || {
            error
                .get()
                .map(|error| {
                    let despite = (error.code == ErrorCode::AnsweredMeanwhile).then(|| {
                        view! { <Button small=true on_click=move || send_in(true)>{t.chats_send_despite()}</Button> }
                    });
                    view! {
                        <p class="form-error" role="alert"><Icon name=IconName::Alert />{error_text(t, &error)}" "{despite}</p>
                    }
                })
        }}
        <CannedDialog open=managing />
    }
    .into_any()
}

/// On a touch screen Enter begins a new line; the button sends.
fn touch() -> bool {
    window().match_media("(pointer: coarse)").ok().flatten().is_some_and(|query| query.matches())
}
