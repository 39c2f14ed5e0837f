//! One chat in the list.

use super::use_chats;
use super::words::{channel_icon, channel_text, client_name, preview, waiting};
use crate::format::use_format;
use crate::i18n::use_texts;
use crate::ui::{Avatar, AvatarSize, Badge, Counter, Icon, IconName, Time, TimeStyle, use_now};
use domain::ids::ChatId;
use domain::views::ChatView;
use leptos::prelude::*;
use std::time::Duration;

/// How long a changed row stays lit.
const LIT: Duration = Duration::from_millis(1_500);

/// One chat in the list: who, what they said last, how long ago, what waits.
#[component]
pub(super) fn Row(
    /// Which.
    id: ChatId,
    /// Its values.
    chat: Memo<Option<ChatView>>,
    /// The pointer came over it.
    #[prop(into)]
    on_enter: Callback<()>,
) -> impl IntoView {
    let chats = use_chats();
    let lit = RwSignal::new(false);
    Effect::new(move |before: Option<i64>| {
        let now = chat.with(|chat| chat.as_ref().map_or(0, |chat| chat.last_message_at));
        if before.is_some_and(|before| before != now) {
            lit.set(true);
            set_timeout(
                move || {
                    let _ = lit.try_set(false);
                },
                LIT,
            );
        }
        now
    });
    let here = move || chats.open.get() == Some(id);
    let waits = move || chat.with(|chat| chat.as_ref().is_some_and(|chat| chat.waiting_since.is_some()));
    view! {
        <a
            class="chat-row"
            class:lit=move || lit.get()
            class:waits=waits
            href=move || chats.href(Some(id))
            aria-current=move || here().then_some("page")
            on:pointerenter=move |_| on_enter.run(())
        >
            {move || chat.get().map(content)}
        </a>
    }
    .into_any()
}

fn content(chat: ChatView) -> AnyView {
    let t = use_texts();
    let f = use_format();
    let now = use_now();
    let name = client_name(t, &chat.contact_name, chat.contact_phone.as_deref());
    let (sign, line) = preview(t, &chat);
    let unread = u32::try_from(chat.unread).unwrap_or(0);
    let badge = match (unread, chat.waiting_since) {
        (0, Some(since)) => Some(
            view! {
                <span title=t.chats_waits_since(f.exact(since))>
                    {move || {
                        let (text, tone) = waiting(t, f, since, now.get());
                        view! { <Badge tone=tone icon=IconName::Clock>{text}</Badge> }
                    }}
                </span>
            }
            .into_any(),
        ),
        (0, None) => None,
        _ => Some(view! { <Counter count=unread label=t.chats_unread() /> }.into_any()),
    };
    let assignee = chat
        .assignee_name
        .clone()
        .map(|assignee| view! { <Avatar name=assignee size=AvatarSize::Small labelled=true /> });
    view! {
        <span class="chat-row-face">
            <Avatar name=name.clone() />
            <i class="chat-row-channel" title=channel_text(t, chat.channel)>
                <Icon name=channel_icon(chat.channel) size=10 label=channel_text(t, chat.channel) />
            </i>
        </span>
        <span class="chat-row-words">
            <b>{name}</b>
            <span class="chat-row-preview">{sign.map(|name| view! { <Icon name=name size=14 /> })} <span>{line}</span></span>
        </span>
        <span class="chat-row-end">
            <Time at=chat.last_message_at style=TimeStyle::List />
            {badge.or_else(|| assignee.map(IntoAny::into_any))}
        </span>
    }
    .into_any()
}
