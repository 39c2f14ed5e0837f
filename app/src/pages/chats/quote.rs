//! A message that is answered: in the thread above the answer, in the composer while it is written.

use super::desk::Desk;
use super::said::light;
use super::words::summary;
use crate::i18n::use_texts;
use crate::ui::{Icon, IconButton, IconName};
use domain::chats::{MessageKind, Sender};
use domain::ids::MessageId;
use domain::views::MessageView;
use leptos::prelude::*;

/// The message that is answered.
#[component]
pub(super) fn Quoted(desk: Desk, id: MessageId) -> impl IntoView {
    let t = use_texts();
    let quoted = Memo::new(move |_| desk.log.with(|log| log.messages.get(&id).map(|message| quote_words(message))));
    let show = move |_| light(id);
    move || match quoted.get() {
        Some((sender, author, kind, text)) => {
            let author = match sender {
                Sender::Customer => desk.chat.with(|chat| chat.contact_name.clone()),
                _ => author.unwrap_or_else(|| t.chats_author_us()),
            };
            view! {
                <button type="button" class="quote" title=t.chats_quote_show() on:click=show>
                    <b>{author}</b>
                    <span>{summary(t, kind, &text)}</span>
                </button>
            }
            .into_any()
        }
        None => view! { <p class="quote"><span>{t.chats_quote_earlier()}</span></p> }.into_any(),
    }
}

/// What a quote shows of a message.
fn quote_words(message: &MessageView) -> (Sender, Option<String>, MessageKind, String) {
    let text: String = message.text.chars().take(200).collect();
    (message.sender, message.author_name.clone(), message.kind, text)
}

/// The message that is being answered.
#[component]
pub(super) fn Quoting(desk: Desk) -> impl IntoView {
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
