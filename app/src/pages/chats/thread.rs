//! The middle pane: one chat with its messages, older ones on demand, new ones as they come; and the card beside it.

use super::api::{chats_older, chats_thread};
use super::attach::attach;
use super::bubble::Bubble;
use super::card::ClientCard;
use super::company::keep_company;
use super::composer::Composer;
use super::delivery::Doubtful;
use super::desk::{Desk, Pending};
use super::head::ThreadHead;
use super::later::{LaterDialog, Planned};
use super::lines::{Line, Log, lines};
use super::routed::Nobodys;
use super::said::come_to;
use super::template::TemplateDialog;
use super::words::client_name;
use crate::door::Fault;
use crate::format::use_format;
use crate::i18n::use_texts;
use crate::pages::lists::{Followed, Refresh, use_refresh};
use crate::pages::order_form::OrderDialog;
use crate::ui::{Button, Dialog, Icon, IconName, Link, Skeleton, SkeletonShape, use_now};
use domain::ids::{ChatId, MessageId};
use domain::views::{MessageView, Page, ThreadView};
use leptos::html;
use leptos::leptos_dom::helpers::window_event_listener_untyped;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Pixels above the end that still count as the end.
const END: i32 = 80;
/// Pixels below the beginning where older messages are asked for.
const BEGINNING: i32 = 300;

/// One chat: loads it and follows it.
#[component]
pub(super) fn ThreadPane(
    /// Which.
    id: ChatId,
) -> impl IntoView {
    let refresh = use_refresh([format!("chats:{id}")]);
    let thread = Resource::new(move || refresh.tick(), move |_| chats_thread(id));
    let skeleton = || {
        view! {
            <section class="thread"><Skeleton shape=SkeletonShape::Text count=8 /></section>
            <aside class="client-card"><Skeleton shape=SkeletonShape::Text count=6 /></aside>
        }
        .into_any()
    };
    view! {
        <Followed resource=thread skeleton=skeleton let:thread>
            <Thread id thread refresh />
        </Followed>
    }
    .into_any()
}

#[component]
fn Thread(id: ChatId, thread: Signal<ThreadView>, refresh: Refresh) -> impl IntoView {
    let t = use_texts();
    let older = RwSignal::new(Vec::<Page<MessageView>>::new());
    let log = Memo::new(move |before| thread.with(|thread| older.with(|older| Log::follow(before, thread, older))));
    let scroller = NodeRef::<html::Div>::new();
    // The scroller runs from the end upwards: 0 is the newest message, also before the page is awake.
    let to_bottom = Callback::new(move |()| {
        request_animation_frame(move || {
            if let Some(scroller) = scroller.try_get_untracked().flatten() {
                scroller.set_scroll_top(0);
            }
        });
    });
    let desk = Desk::new(id, thread, log, refresh, to_bottom);

    let at_end = RwSignal::new(true);
    let loading = RwSignal::new(false);
    let load_older = move || {
        let cursor = log.with_untracked(|log| log.cursor.clone());
        let Some(cursor) = cursor.filter(|_| !loading.get_untracked()) else { return };
        loading.set(true);
        spawn_local(async move {
            match chats_older(id, cursor).await {
                Ok(page) => drop(older.try_update(|older| older.push(page))),
                Err(Fault(error)) => desk.toasts.error(&error),
            }
            let _ = loading.try_set(false);
        });
    };
    let scrolled = move |_| {
        let Some(scroller) = scroller.get_untracked() else { return };
        let up = -scroller.scroll_top();
        at_end.set(up < END);
        if scroller.scroll_height() - scroller.client_height() - up < BEGINNING && up > 0 {
            load_older();
        }
    };
    look(desk);
    come_to(desk, older);
    keep_company(desk);
    let over = RwSignal::new(false);
    let name = move || desk.chat.with(|chat| client_name(t, &chat.contact_name, chat.contact_phone.as_deref()));
    view! {
        <section
            class="thread"
            class:over=move || over.get()
            aria-label=name
            on:dragover=move |event| {
                if desk.may_write.get_untracked() {
                    event.prevent_default();
                    over.set(true);
                }
            }
            on:dragleave=move |event| {
                if event.related_target().is_none() {
                    over.set(false);
                }
            }
            on:drop=move |event| {
                event.prevent_default();
                over.set(false);
                attach(desk, event.data_transfer().and_then(|data| data.files()));
            }
        >
            <ThreadHead desk />
            <div class="thread-scroll" node_ref=scroller on:scroll=scrolled tabindex="0" role="log" aria-label=t.chats_messages()>
                <div class="thread-lines">
                    <Beginning desk loading load=load_older />
                    <Lines desk />
                    <Sending desk />
                    <Planned desk />
                    <Nobodys desk />
                </div>
            </div>
            <Below desk at_end />
            <Composer desk />
            <div class="drop-here" aria-hidden="true"><Icon name=IconName::Upload size=22 />{t.chats_drop()}</div>
        </section>
        <ClientCard desk />
        <Picture desk />
        <Doubtful desk />
        <TemplateDialog desk />
        <LaterDialog desk />
        <OrderOfChat desk />
    }
    .into_any()
}

/// The order form of this chat.
#[component]
fn OrderOfChat(desk: Desk) -> impl IntoView {
    let contact = Signal::derive(move || desk.chat.with(|chat| Some((chat.contact_id, chat.contact_name.clone()))));
    view! { <OrderDialog open=desk.ordering contact=contact chat=desk.id /> }
}

/// What stands above the first message shown.
#[component]
fn Beginning(desk: Desk, loading: RwSignal<bool>, #[prop(into)] load: Callback<()>) -> impl IntoView {
    let t = use_texts();
    move || match desk.log.with(|log| log.cursor.is_some()) {
        true => view! {
            <div class="thread-older">
                <Button small=true pending=loading on_click=load>{t.chats_older()}</Button>
            </div>
        }
        .into_any(),
        false => view! { <p class="thread-start">{t.chats_start()}</p> }.into_any(),
    }
}

#[component]
fn Lines(desk: Desk) -> impl IntoView {
    let t = use_texts();
    let f = use_format();
    let now = use_now();
    // Marked as it was when the chat was opened.
    let unread_from = desk.log.with_untracked(|log| log.first_unread(desk.chat.with_untracked(|chat| chat.unread)));
    let shown = Memo::new(move |_| desk.log.with(|log| lines(log, unread_from, |at| f.day_number(at))));
    let line = move |line: Line| match line {
        Line::Day(at, _) => view! { <p class="thread-day"><span>{move || f.day(at, now.get())}</span></p> }.into_any(),
        Line::Unread => view! { <p class="thread-unread"><span>{t.chats_unread_from_here()}</span></p> }.into_any(),
        Line::Message(id) => view! { <Bubble desk id /> }.into_any(),
    };
    view! { <For each=move || shown.get() key=|line| *line children=line /> }
}

/// Messages that are on their way to the server.
#[component]
fn Sending(desk: Desk) -> impl IntoView {
    let t = use_texts();
    let arrived =
        move |pending: &Pending| pending.sent.is_some_and(|id| desk.log.with(|log| log.messages.contains_key(&id)));
    Effect::new(move |_| {
        if desk.pending.with(|pending| pending.iter().any(arrived)) {
            desk.pending.update(|pending| pending.retain(|entry| !untrack(|| arrived(entry))));
        }
    });
    let one = move |pending: Pending| {
        let gone = {
            let pending = pending.clone();
            move || desk.pending.with(|all| all.iter().find(|entry| entry.key == pending.key).is_none_or(arrived))
        };
        view! {
            <article class="bubble by-member sending" class:gone=gone>
                {pending.file.map(|name| view! { <p class="message-file"><Icon name=IconName::File />{name}</p> })}
                <p class="message-text" dir="auto">{pending.text}</p>
                <footer><Icon name=IconName::Clock size=12 />{t.chats_sending()}</footer>
            </article>
        }
    };
    view! { <For each=move || desk.pending.get() key=|pending| pending.key children=one /> }
}

/// The way down, and how many messages wait there.
#[component]
fn Below(desk: Desk, at_end: RwSignal<bool>) -> impl IntoView {
    let t = use_texts();
    let seen = RwSignal::new(None::<MessageId>);
    Effect::new(move |_| {
        let last = desk.log.with(|log| log.messages.last_key_value().map(|(id, _)| *id));
        if at_end.get() {
            seen.set(last);
        }
    });
    let count = move || desk.log.with(|log| seen.with(|seen| seen.map_or(0, |seen| log.unseen(Some(seen)))));
    let pill = move || {
        (!at_end.get()).then(|| {
            let count = i64::try_from(count()).unwrap_or(i64::MAX);
            let words = if count > 0 { t.chats_new_below(count) } else { t.chats_to_end() };
            view! {
                <button type="button" class="thread-below" class:calling=move || { count > 0 } on:click=move |_| desk.to_bottom.run(())>
                    <Icon name=IconName::ArrowDown size=14 />
                    {words}
                </button>
            }
        })
    };
    view! { <div class="thread-below-place" aria-live="polite">{pill}</div> }
}

/// Tells the server that the thread was looked at, while somebody can see it.
fn look(desk: Desk) {
    let visible = RwSignal::new(false);
    Effect::new(move |_| {
        visible.set(!document().hidden());
        let handle = window_event_listener_untyped("visibilitychange", move |_| {
            let _ = visible.try_set(!document().hidden());
        });
        on_cleanup(move || handle.remove());
    });
    let unread = Memo::new(move |_| desk.chat.with(|chat| (chat.unread, chat.last_inbound_at)));
    Effect::new(move |_| {
        if visible.get() && unread.get().0 > 0 {
            desk.seen();
        }
    });
}

/// A picture at full size.
#[component]
fn Picture(desk: Desk) -> impl IntoView {
    let t = use_texts();
    let open = RwSignal::new(false);
    Effect::new(move |_| open.set(desk.picture.with(Option::is_some)));
    Effect::new(move |_| {
        if !open.get() && desk.picture.with_untracked(Option::is_some) {
            desk.picture.set(None);
        }
    });
    let title =
        Signal::derive(move || desk.picture.with(|picture| picture.as_ref().map(|p| p.1.clone()).unwrap_or_default()));
    view! {
        <Dialog open=open title=title wide=true>
            {move || {
                desk.picture
                    .get()
                    .map(|(id, name)| {
                        let href = format!("/files/{id}");
                        view! {
                            <div class="message-picture">
                                <img src=href.clone() alt=name />
                                <Link href=href external=true>{t.chats_open_file()}</Link>
                            </div>
                        }
                    })
            }}
        </Dialog>
    }
}
