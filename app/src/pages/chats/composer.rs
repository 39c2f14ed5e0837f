//! Where an answer is written. Owns the text, its draft and what goes with it; what cannot be sent now is explained in its
//! place.

use super::attach::{Attached, Attachments, Upload, attach};
use super::canned::{CannedList, canned};
use super::canned_dialog::CannedDialog;
use super::desk::{Desk, Outgoing};
use super::text::{byte_at, units_at};
use super::words::summary;
use crate::i18n::{error_text, use_texts};
use crate::ui::{Button, Icon, IconButton, IconName, LinkButton, Notice, Tone, Variant, use_now};
use domain::ApiError;
use domain::chats::{MessageKind, Sender, window_open};
use domain::views::{ConnectionState, SendMessage};
use leptos::html;
use leptos::prelude::*;

/// Most answer buttons under a message.
const BUTTONS: usize = 3;

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
            </div>
        </Notice>
    }
}

#[component]
fn Writing(desk: Desk) -> impl IntoView {
    let t = use_texts();
    let text = RwSignal::new(String::new());
    let error = RwSignal::new(None::<ApiError>);
    let buttons = RwSignal::new(Vec::<RwSignal<String>>::new());
    let area = NodeRef::<html::Textarea>::new();
    let picker = NodeRef::<html::Input>::new();
    let managing = RwSignal::new(false);
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
    let send = move || {
        if busy() {
            return;
        }
        let Some(messages) = messages(desk, &text.get_untracked(), &buttons.get_untracked()) else {
            desk.focus.update(|n| *n = n.wrapping_add(1));
            return;
        };
        let (written, kept) = (text.get_untracked(), desk.files.get_untracked());
        let (titles, quote) = (buttons.get_untracked(), desk.quote.get_untracked());
        error.set(None);
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
        <Quote desk />
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
                aria-controls="canned-replies"
                aria-activedescendant=move || canned.active_id()
                prop:value=move || text.get()
                on:input=move |event| {
                    let written = event_target_value(&event);
                    canned.typed(&written, caret());
                    text.set(written);
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
                    view! { <p class="form-error" role="alert"><Icon name=IconName::Alert />{error_text(t, &error)}</p> }
                })
        }}
        <CannedDialog open=managing />
    }
    .into_any()
}

/// What the text, the files and the buttons become: one message, or one per file with the text under the first.
/// `None`: there is nothing to send.
fn messages(desk: Desk, text: &str, buttons: &[RwSignal<String>]) -> Option<Vec<Outgoing>> {
    let text = Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    let reply_to = desk.quote.with_untracked(|quote| quote.as_ref().map(|message| message.id));
    let ready = desk.files.with_untracked(|files| {
        let view = |file: &Attached| match &file.state {
            Upload::Ready(view) => Some(view.clone()),
            _ => None,
        };
        files.iter().filter_map(view).collect::<Vec<_>>()
    });
    let mut list: Vec<Outgoing> = ready
        .iter()
        .map(|file| Outgoing {
            message: SendMessage { file_id: Some(file.id), ..Default::default() },
            text: String::new(),
            file: Some(file.name.clone()),
        })
        .collect();
    // A recording carries no words: they go after it.
    let caption = ready.first().is_some_and(|file| !file.mime.starts_with("audio/"));
    match (text, list.first_mut().filter(|_| caption)) {
        (Some(text), Some(first)) => {
            first.message.text = Some(text.clone());
            first.text = text;
        }
        (Some(text), None) => {
            let titles =
                buttons.iter().map(|title| title.get_untracked().trim().to_owned()).filter(|title| !title.is_empty());
            let buttons = if ready.is_empty() { titles.collect() } else { Vec::new() };
            list.push(Outgoing {
                message: SendMessage { text: Some(text.clone()), buttons, ..Default::default() },
                text,
                file: None,
            });
        }
        (None, _) => {}
    }
    list.first_mut()?.message.reply_to = reply_to;
    Some(list)
}

/// The message that is being answered.
#[component]
fn Quote(desk: Desk) -> impl IntoView {
    let t = use_texts();
    move || {
        desk.quote.get().map(|message| {
            let author = match message.sender {
                Sender::Customer => desk.chat.with_untracked(|chat| chat.contact_name.clone()),
                _ => message.author_name.clone().unwrap_or_else(|| t.chats_author_us()),
            };
            let words = match message.kind {
                MessageKind::Notice => String::new(),
                kind => summary(t, kind, &message.text),
            };
            view! {
                <div class="composer-quote">
                    <Icon name=IconName::Reply />
                    <p class="quote"><b>{author}</b><span>{words}</span></p>
                    <IconButton icon=IconName::Close label=t.chats_quote_drop() small=true on_click=move || desk.quote.set(None) />
                </div>
            }
        })
    }
}

/// Titles of answer buttons.
#[component]
fn Buttons(buttons: RwSignal<Vec<RwSignal<String>>>, #[prop(into)] shown: Signal<bool>) -> impl IntoView {
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

/// On a touch screen Enter begins a new line; the button sends.
fn touch() -> bool {
    window().match_media("(pointer: coarse)").ok().flatten().is_some_and(|query| query.matches())
}

/// What is written stays in this browser until it is sent.
fn keep_draft(desk: Desk, text: RwSignal<String>) {
    let key = format!("pult.draft.{}", desk.id);
    let storage = || window().local_storage().ok().flatten();
    Effect::new(move |before: Option<()>| {
        let written = text.get();
        let Some(storage) = storage() else { return };
        if before.is_none() {
            if let Some(draft) = storage.get_item(&key).ok().flatten().filter(|_| written.is_empty()) {
                text.set(draft);
            }
        } else if written.is_empty() {
            let _ = storage.remove_item(&key);
        } else {
            let _ = storage.set_item(&key, &written);
        }
    });
}
