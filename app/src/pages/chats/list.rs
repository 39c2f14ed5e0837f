//! The left pane: which chats, search, the rows, more of them. Follows live changes, but never moves the row under a
//! moving pointer.

use super::api::{chats_counts, chats_list};
use super::row::Row;
use super::said::Said;
use super::{Chats, use_chats};
use crate::door::Answer;
use crate::i18n::use_texts;
use crate::pages::lists::{Followed, use_refresh};
use crate::session::use_may;
use crate::ui::{Button, EmptyState, Icon, IconName, Input, LinkButton, Skeleton, Tab, Tabs};
use domain::access::Permission;
use domain::ids::ChatId;
use domain::views::{ChatBox, ChatCounts, ChatFilter, ChatView, Page};
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use std::time::Duration;

/// Chats per page.
const PAGE: u32 = 50;
/// A pointer that has not moved for so long holds nothing in place.
const STILL: Duration = Duration::from_millis(2_500);
/// Pause in typing after which the search starts.
const PAUSE: Duration = Duration::from_millis(220);

/// What a list was loaded for, and the list.
type Loaded = ((ChatBox, String), Page<ChatView>);

/// Reads as many pages as are shown, so that a live change reaches all of them.
async fn load(shelf: ChatBox, search: String, pages: usize) -> Answer<Loaded> {
    let mut list = Page { items: Vec::new(), next_cursor: None };
    for page in 0..pages {
        if page > 0 && list.next_cursor.is_none() {
            break;
        }
        let filter = ChatFilter {
            r#box: Some(shelf),
            q: Some(search.clone()).filter(|q| !q.is_empty()),
            cursor: list.next_cursor.take(),
            limit: Some(PAGE),
            ..Default::default()
        };
        let next = chats_list(filter).await?;
        list.items.extend(next.items);
        list.next_cursor = next.next_cursor;
    }
    // A chat that moved between two reads would stand twice.
    let mut seen = std::collections::HashSet::new();
    list.items.retain(|chat| seen.insert(chat.id));
    Ok(((shelf, search), list))
}

/// The left pane.
#[component]
pub(super) fn ListPane() -> impl IntoView {
    let t = use_texts();
    let chats = use_chats();
    let refresh = use_refresh(["chats"]);
    let counts = Resource::new(move || refresh.tick(), |_| chats_counts());
    let filter = Memo::new(move |_| (chats.shelf.get(), chats.search.get()));
    let pages = RwSignal::new(1usize);
    Effect::new(move |before: Option<(ChatBox, String)>| {
        let now = filter.get();
        if before.is_some_and(|before| before != now) {
            pages.set(1);
        }
        now
    });
    let list = Resource::new(
        move || (filter.get(), pages.get(), refresh.tick()),
        |((shelf, search), pages, _)| load(shelf, search, pages),
    );
    view! {
        <section class="chat-list" aria-label=t.chats_list()>
            <div class="chat-list-head">
                <Followed resource=counts skeleton=move || tabs(chats, None) let:counts>{move || tabs(chats, Some(counts))}</Followed>
                <Search chats />
            </div>
            <div class="chat-rows">
                <Followed resource=list skeleton=|| view! { <Skeleton count=9 /> }.into_any() let:loaded>
                    <Rows chats loaded pages />
                </Followed>
                <Said />
            </div>
        </section>
    }
    .into_any()
}

fn tabs(chats: Chats, counts: Option<Signal<ChatCounts>>) -> AnyView {
    let t = use_texts();
    let count = move |read: fn(&ChatCounts) -> i64| {
        Signal::derive(move || counts.map_or(0, |counts| u32::try_from(counts.with(read)).unwrap_or(0)))
    };
    let mut tabs = vec![
        Tab::new(ChatBox::Unanswered.as_str(), t.chats_box_unanswered()).count(count(|counts| counts.unanswered)),
        Tab::new(ChatBox::Mine.as_str(), t.chats_box_mine()).count(count(|counts| counts.mine)),
        Tab::new(ChatBox::Unassigned.as_str(), t.chats_box_unassigned()).count(count(|counts| counts.unassigned)),
        Tab::new(ChatBox::All.as_str(), t.chats_box_all()),
        Tab::new(ChatBox::Closed.as_str(), t.chats_box_closed()),
    ];
    // Only while there is something in them.
    let some = |read: fn(&ChatCounts) -> i64, shelf: ChatBox| {
        let shown = move || chats.shelf.get() == shelf || counts.is_some_and(|counts| counts.with(read) > 0);
        Memo::new(move |_| shown()).get()
    };
    if some(|counts| counts.mentions, ChatBox::Mentions) {
        let tab = Tab::new(ChatBox::Mentions.as_str(), t.chats_box_mentions());
        tabs.insert(0, tab.count(count(|counts| counts.mentions)));
    }
    if some(|counts| counts.snoozed, ChatBox::Snoozed) {
        tabs.push(Tab::new(ChatBox::Snoozed.as_str(), t.chats_box_snoozed()).count(count(|counts| counts.snoozed)));
    }
    let show = move |key: String| {
        if let Ok(shelf) = key.parse() {
            chats.show(shelf);
        }
    };
    let selected = Signal::derive(move || chats.shelf.get().to_string());
    view! { <Tabs label=t.chats_boxes() tabs=tabs selected=selected on_select=show /> }.into_any()
}

#[component]
fn Search(chats: Chats) -> impl IntoView {
    let t = use_texts();
    let text = RwSignal::new(chats.search.get_untracked());
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
                chats.find(&typed);
            };
            waiting.set_value(set_timeout_with_handle(send, PAUSE).ok());
        }
    });
    // Back and forward change the text.
    Effect::new(move |_| {
        let now = chats.search.get();
        if sent.with_value(|sent| *sent != now) {
            sent.set_value(now.clone());
            text.set(now);
        }
    });
    on_cleanup(stop);
    view! { <Input value=text kind="search" icon=IconName::Search placeholder=t.chats_search() label=t.chats_search() /> }
}

#[component]
fn Rows(chats: Chats, loaded: Signal<Loaded>, pages: RwSignal<usize>) -> impl IntoView {
    let t = use_texts();
    let pointer = Pointer::new();
    let shown = Memo::new(move |before: Option<&Loaded>| {
        let now = loaded.get();
        match before {
            Some(before)
                if before.0 == now.0 && pointer.moving.get() && pointer.moves(&before.1.items, &now.1.items) =>
            {
                (now.0, Page { items: in_place(&before.1.items, &now.1.items), next_cursor: now.1.next_cursor })
            }
            _ => now,
        }
    });
    let ids = Memo::new(move |_| shown.with(|(_, page)| page.items.iter().map(|chat| chat.id).collect::<Vec<_>>()));
    Effect::new(move |_| chats.order.set(ids.get()));
    let held = move || {
        loaded.with(|(_, now)| {
            shown.with(|(_, shown)| now.items.iter().filter(|chat| !has(&shown.items, chat.id)).count())
        })
    };
    let pill = move || {
        let count = held();
        (count > 0).then(|| {
            view! {
                <button type="button" class="chat-held" on:click=move |_| pointer.moving.set(false)>
                    <Icon name=IconName::ArrowUp size=14 />
                    {t.ui_new_above(count.to_string())}
                </button>
            }
        })
    };
    let row = move |id: ChatId| {
        let chat = Memo::new(move |before: Option<&Option<ChatView>>| {
            let now = shown.with(|(_, page)| page.items.iter().find(|chat| chat.id == id).cloned());
            now.or_else(|| before.cloned().flatten())
        });
        view! { <Row id chat on_enter=move || pointer.over.set_value(Some(id)) /> }
    };
    let more = move || shown.with(|(_, page)| page.next_cursor.is_some());
    let empty = move || {
        let nothing = ids.with(Vec::is_empty);
        nothing.then(|| shown.with(|((shelf, search), _)| empty(*shelf, search)))
    };
    view! {
        {pill}
        <div
            class="chat-rows-list"
            on:pointermove=move |event| {
                if event.pointer_type() == "mouse" {
                    pointer.touch();
                }
            }
            on:pointerleave=move |_| pointer.leave()
        >
            <For each=move || ids.get() key=|id| *id children=row />
        </div>
        {empty}
        <Show when=more>
            <div class="chat-more">
                <Button small=true wide=true on_click=move || pages.update(|pages| *pages += 1)>{t.chats_more()}</Button>
            </div>
        </Show>
    }
    .into_any()
}

/// Where the pointer is in the list, and whether it moves.
#[derive(Clone, Copy)]
struct Pointer {
    over: StoredValue<Option<ChatId>>,
    moving: RwSignal<bool>,
    last: StoredValue<f64>,
    timer: StoredValue<bool>,
}

impl Pointer {
    fn new() -> Self {
        Self {
            over: StoredValue::new(None),
            moving: RwSignal::new(false),
            last: StoredValue::new(0.0),
            timer: StoredValue::new(false),
        }
    }
    /// It moved: the row under it stays where it is until the pointer rests.
    fn touch(self) {
        self.last.set_value(js_sys::Date::now());
        if !self.moving.get_untracked() {
            self.moving.set(true);
        }
        if !self.timer.get_value() {
            self.timer.set_value(true);
            set_timeout(move || self.rest(), STILL);
        }
    }
    fn rest(self) {
        let Some(last) = self.last.try_get_value() else { return };
        if js_sys::Date::now() - last >= STILL.as_millis() as f64 {
            let _ = self.timer.try_set_value(false);
            let _ = self.moving.try_set(false);
        } else {
            set_timeout(move || self.rest(), STILL / 2);
        }
    }
    fn leave(self) {
        self.over.set_value(None);
        self.moving.set(false);
    }
    /// Whether the row under it would stand elsewhere.
    fn moves(self, before: &[ChatView], now: &[ChatView]) -> bool {
        let place = |list: &[ChatView], id| list.iter().position(|chat| chat.id == id);
        self.over.get_value().is_some_and(|id| place(before, id) != place(now, id))
    }
}

fn has(list: &[ChatView], id: ChatId) -> bool {
    list.iter().any(|chat| chat.id == id)
}

/// The old rows in their old order with their new values.
fn in_place(before: &[ChatView], now: &[ChatView]) -> Vec<ChatView> {
    before.iter().map(|old| now.iter().find(|chat| chat.id == old.id).unwrap_or(old).clone()).collect()
}

fn empty(shelf: ChatBox, search: &str) -> AnyView {
    let t = use_texts();
    if !search.is_empty() {
        return view! { <p class="quiet chat-none">{t.chats_empty_search()}</p> }.into_any();
    }
    let (icon, title, hint) = match shelf {
        ChatBox::Unanswered => (IconName::Success, t.chats_empty_unanswered(), t.chats_empty_unanswered_hint()),
        ChatBox::Mine => (IconName::User, t.chats_empty_mine(), t.chats_empty_mine_hint()),
        ChatBox::Unassigned => (IconName::Success, t.chats_empty_unassigned(), t.chats_empty_unassigned_hint()),
        ChatBox::All => (IconName::Chats, t.chats_empty_all(), t.chats_empty_all_hint()),
        ChatBox::Closed => (IconName::Inbox, t.chats_empty_closed(), t.chats_empty_closed_hint()),
        ChatBox::Snoozed => (IconName::Clock, t.chats_empty_snoozed(), t.chats_empty_snoozed_hint()),
        ChatBox::Mentions => (IconName::Success, t.chats_empty_mentions(), t.chats_empty_mentions_hint()),
    };
    let connect = (shelf == ChatBox::All && use_may(Permission::ConnectionsManage).get_untracked())
        .then(|| view! { <LinkButton href="/connections">{t.chats_empty_connect()}</LinkButton> });
    view! { <EmptyState icon=icon title=title hint=hint compact=true>{connect}</EmptyState> }.into_any()
}
