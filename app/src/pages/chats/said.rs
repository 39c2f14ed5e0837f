//! What was said: messages found under the list, and the way to one of them in its thread.

use super::api::{chats_back_to, messages_find};
use super::desk::Desk;
use super::use_chats;
use crate::door::Fault;
use crate::i18n::use_texts;
use crate::pages::lists::Followed;
use crate::ui::{Button, Skeleton, Time, TimeStyle};
use domain::chats::Sender;
use domain::ids::MessageId;
use domain::views::{FoundMessage, MessageQuery, MessageView, Page};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::time::Duration;

/// Messages shown at first, and with every «ещё».
const PAGE: u32 = 20;
/// How long a message one came to stays lit.
const LIT: Duration = Duration::from_millis(2_500);

/// Messages in which the words of the search are said.
#[component]
pub(super) fn Said() -> impl IntoView {
    let t = use_texts();
    let chats = use_chats();
    let count = RwSignal::new(PAGE);
    Effect::new(move |_| {
        chats.search.track();
        count.set(PAGE);
    });
    let found = Resource::new(
        move || (chats.search.get(), count.get()),
        |(q, count)| async move {
            match q.chars().filter(|c| c.is_alphanumeric()).count() {
                0 | 1 => Ok(Page { items: Vec::new(), next_cursor: None }),
                _ => messages_find(MessageQuery { q, limit: Some(count), ..Default::default() }).await,
            }
        },
    );
    let one = move |message: FoundMessage| {
        let href = chats.href_of(message.chat_id, message.id);
        let us = (message.sender != Sender::Customer).then(|| t.chats_author_us());
        view! {
            <a class="said" href=href>
                <span class="said-head">
                    <b>{message.contact_name}</b>
                    <Time at=message.at style=TimeStyle::List />
                </span>
                <span class="said-text">
                    {us.map(|us| format!("{us}: "))}
                    {marked(&message.text, &message.marks)}
                </span>
            </a>
        }
    };
    view! {
        <Followed resource=found skeleton=|| view! { <Skeleton count=2 /> }.into_any() let:page>
            {move || {
                let page = page.get();
                (!page.items.is_empty())
                    .then(|| {
                        let more = page.next_cursor.is_some();
                        view! {
                            <section class="said-list" aria-label=t.chats_said()>
                                <h2>{t.chats_said()}</h2>
                                {page.items.into_iter().map(one).collect_view()}
                                {more
                                    .then(|| {
                                        view! {
                                            <div class="chat-more">
                                                <Button small=true wide=true on_click=move || count.update(|count| *count += PAGE)>{t.chats_more()}</Button>
                                            </div>
                                        }
                                    })}
                            </section>
                        }
                    })
            }}
        </Followed>
    }
    .into_any()
}

/// A text with its marked places.
fn marked(text: &str, marks: &[(usize, usize)]) -> Vec<AnyView> {
    let chars: Vec<char> = text.chars().collect();
    let piece = |from: usize, to: usize| chars.get(from..to).unwrap_or_default().iter().collect::<String>();
    let mut parts = Vec::new();
    let mut at = 0;
    for (from, to) in marks {
        parts.push(piece(at, *from).into_any());
        parts.push(view! { <mark>{piece(*from, *to)}</mark> }.into_any());
        at = *to;
    }
    parts.push(piece(at, chars.len()).into_any());
    parts
}

/// Brings the message of the address before one's eyes; loads back to it where it is older than what is shown.
pub(super) fn come_to(desk: Desk, older: RwSignal<Vec<Page<MessageView>>>) {
    let chats = use_chats();
    let asked = StoredValue::new(None::<MessageId>);
    let shown = StoredValue::new(None::<MessageId>);
    Effect::new(move |_| {
        let Some(id) = chats.message.get() else { return shown.set_value(None) };
        let (known, oldest) = desk.log.with(|log| {
            let oldest = log.messages.first_key_value().map(|(id, _)| *id);
            (log.messages.contains_key(&id), oldest.filter(|_| log.cursor.is_some()))
        });
        if known {
            if shown.get_value() != Some(id) {
                shown.set_value(Some(id));
                request_animation_frame(move || light(id));
            }
        } else if let Some(oldest) = oldest.filter(|oldest| id < *oldest && asked.get_value() != Some(id)) {
            asked.set_value(Some(id));
            spawn_local(async move {
                match chats_back_to(desk.id, oldest, id).await {
                    Ok(page) => drop(older.try_update(|older| older.push(page))),
                    Err(Fault(error)) => desk.toasts.error(&error),
                }
            });
        }
    });
}

/// Shows a message of the thread and lights it for a moment.
pub(super) fn light(id: MessageId) {
    if let Some(element) = document().get_element_by_id(&format!("message-{id}")) {
        element.scroll_into_view();
        let _ = element.class_list().add_1("found");
        set_timeout(move || drop(element.class_list().remove_1("found")), LIT);
    }
}
