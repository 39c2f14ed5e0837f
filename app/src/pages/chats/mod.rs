//! Chats: list, thread, client card. This file owns the address of the page and the keys; each pane has its own file.

mod api;
mod attach;
mod body;
mod bubble;
mod buttons;
mod canned;
mod canned_dialog;
mod card;
mod company;
mod composer;
mod delivery;
mod desk;
mod draft;
mod follow;
mod head;
mod inline_edit;
mod later;
mod lines;
mod list;
mod notice;
mod noting;
mod outgoing;
mod quote;
mod routed;
mod row;
mod said;
mod snooze;
mod template;
mod text;
mod thread;
pub mod words;
mod writing;

use crate::frame::Screen;
use crate::i18n::use_texts;
use crate::ui::floating::is_typing;
use crate::ui::{EmptyState, IconName};
pub(crate) use delivery::failure_text;
use domain::ids::{ChatId, MessageId};
use domain::views::ChatBox;
use leptos::ev;
use leptos::leptos_dom::helpers::window_event_listener;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_params_map, use_query_map};
use leptos_router::location::Url;
use list::ListPane;
pub use template::template_status;
use thread::ThreadPane;

type Navigate = Box<dyn Fn(&str, NavigateOptions) + Send + Sync>;

/// What the panes share: which chat is open, which list is shown.
#[derive(Clone, Copy)]
struct Chats {
    /// The open chat, from the path.
    open: Memo<Option<ChatId>>,
    /// Which list, from the query.
    shelf: Memo<ChatBox>,
    /// What is searched, from the query.
    search: Memo<String>,
    /// The message to come to in the open chat, from the query.
    message: Memo<Option<MessageId>>,
    /// Chats in the order the list shows them, for `j` and `k`.
    order: RwSignal<Vec<ChatId>>,
    /// The client card is open over the thread (narrow screens).
    card: RwSignal<bool>,
    navigate: StoredValue<Navigate>,
}

impl Chats {
    /// The address of a chat, or of the bare list, with list and search kept.
    fn href(self, chat: Option<ChatId>) -> String {
        address(chat, self.shelf.get(), &self.search.get())
    }
    /// The address of a message that was found.
    fn href_of(self, chat: ChatId, message: MessageId) -> String {
        let href = self.href(Some(chat));
        format!("{href}{}message={message}", if href.contains('?') { '&' } else { '?' })
    }
    /// Opens a chat or goes back to the list.
    fn go(self, chat: Option<ChatId>) {
        self.card.set(false);
        self.to(&untrack(|| self.href(chat)), false);
    }
    /// Shows another list; the open chat stays.
    fn show(self, shelf: ChatBox) {
        let href = untrack(|| address(self.open.get(), shelf, &self.search.get()));
        self.to(&href, false);
    }
    /// Searches; replaces the entry of the history, because it changes with every letter.
    fn find(self, text: &str) {
        let href = untrack(|| address(self.open.get(), self.shelf.get(), text));
        self.to(&href, true);
    }
    /// Brings the card over the thread; on wide screens it stands there anyway.
    fn show_card(self) {
        let narrow = window().match_media("(max-width: 1240px)").ok().flatten().is_some_and(|query| query.matches());
        self.card.set(narrow);
    }
    fn to(self, href: &str, replace: bool) {
        let options = NavigateOptions { replace, scroll: false, ..Default::default() };
        self.navigate.with_value(|navigate| navigate(href, options));
    }
}

fn address(chat: Option<ChatId>, shelf: ChatBox, search: &str) -> String {
    let path = chat.map_or_else(|| "/chats".to_owned(), |id| format!("/chats/{id}"));
    let shelf = (shelf != ChatBox::Unanswered).then(|| format!("box={shelf}"));
    let search = (!search.is_empty()).then(|| format!("q={}", Url::escape(search)));
    match [shelf, search].into_iter().flatten().collect::<Vec<_>>().join("&") {
        query if query.is_empty() => path,
        query => format!("{path}?{query}"),
    }
}

fn use_chats() -> Chats {
    expect_context::<Chats>()
}

/// Chats: list, thread, client card.
#[component]
pub fn ChatsPage() -> impl IntoView {
    let t = use_texts();
    let (params, query) = (use_params_map(), use_query_map());
    let chats = Chats {
        open: Memo::new(move |_| params.with(|params| params.get_str("id").and_then(|id| id.parse().ok()))),
        shelf: Memo::new(move |_| {
            let named = query.with(|query| query.get_str("box").and_then(|name| name.parse().ok()));
            named.unwrap_or(ChatBox::Unanswered)
        }),
        search: Memo::new(move |_| query.with(|query| query.get_str("q").unwrap_or_default().to_owned())),
        message: Memo::new(move |_| query.with(|query| query.get_str("message").and_then(|id| id.parse().ok()))),
        order: RwSignal::new(Vec::new()),
        card: RwSignal::new(false),
        navigate: StoredValue::new(Box::new(use_navigate())),
    };
    provide_context(chats);
    walk_with_keys(chats);
    let pane = move |open: Option<ChatId>| match open {
        Some(id) => view! { <ThreadPane id /> }.into_any(),
        None => view! {
            <section class="thread nothing">
                <EmptyState icon=IconName::Chats title=t.chats_choose() hint=t.chats_choose_hint() />
            </section>
        }
        .into_any(),
    };
    view! {
        <Screen title=t.nav_chats() full=true bare=true>
            <div class="chats" class:reading=move || chats.open.get().is_some()>
                <ListPane />
                // Each chat has panes of its own: scroll, draft and half-loaded data never mix.
                <For each=move || [chats.open.get()] key=|open| *open children=pane />
            </div>
        </Screen>
    }
    .into_any()
}

/// `j` and `k` open the next and the previous chat, Escape closes the card or goes back to the list.
fn walk_with_keys(chats: Chats) {
    Effect::new(move |_| {
        let handle = window_event_listener(ev::keydown, move |event| {
            let with_others = event.ctrl_key() || event.meta_key() || event.alt_key() || event.default_prevented();
            if with_others || is_typing(&event) {
                return;
            }
            let step = |by: isize| {
                let order = chats.order.get_untracked();
                let at = chats.open.get_untracked().and_then(|open| order.iter().position(|id| *id == open));
                let next = match at {
                    Some(at) => at.checked_add_signed(by).and_then(|at| order.get(at)),
                    None => order.first(),
                };
                if let Some(next) = next {
                    event.prevent_default();
                    chats.go(Some(*next));
                }
            };
            // By place on the keyboard, so that they work in both layouts.
            match event.code().as_str() {
                "KeyJ" => step(1),
                "KeyK" => step(-1),
                "Escape" if chats.card.get_untracked() => chats.card.set(false),
                "Escape" if chats.open.get_untracked().is_some() => chats.go(None),
                _ => {}
            }
        });
        on_cleanup(move || handle.remove());
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_keep_list_and_search() {
        let id: ChatId = "018f0000-0000-7000-8000-000000000001".parse().unwrap();
        assert_eq!(address(None, ChatBox::Unanswered, ""), "/chats");
        assert_eq!(address(Some(id), ChatBox::Mine, ""), format!("/chats/{id}?box=mine"));
        assert!(address(Some(id), ChatBox::All, "a b").ends_with("?box=all&q=a%20b"));
    }
}
