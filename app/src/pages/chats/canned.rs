//! Canned replies while writing: `/` shows them, letters narrow, arrows and Enter choose.

use super::api::canned_list;
use super::desk::Desk;
use super::follow::follow;
use super::text::{byte_at, fill_name, slash};
use crate::door::Answer;
use crate::i18n::use_texts;
use crate::live::use_hints;
use crate::ui::{Icon, IconName};
use domain::text::fold;
use domain::views::CannedReplyView;
use leptos::prelude::*;

/// Most replies shown at once.
const MOST: usize = 8;

/// The list over the composer.
#[derive(Clone, Copy)]
pub(super) struct Canned {
    desk: Desk,
    text: RwSignal<String>,
    replies: RwSignal<Option<Answer<Vec<CannedReplyView>>>>,
    /// Where the `/` stands (bytes) and what follows it; `None`: closed.
    query: RwSignal<Option<(usize, String)>>,
    active: RwSignal<usize>,
    /// The dialog where replies are changed; the last line of the list opens it.
    managing: RwSignal<bool>,
    put: Callback<(String, usize)>,
}

/// Canned replies for this text; `put` writes the text with the caret at a byte.
pub(super) fn canned(
    desk: Desk,
    text: RwSignal<String>,
    managing: RwSignal<bool>,
    put: Callback<(String, usize)>,
) -> Canned {
    let hints = use_hints(["canned"]);
    let query = RwSignal::new(None::<(usize, String)>);
    // Asked for at the first slash, kept fresh from then on.
    let wanted = RwSignal::new(false);
    Effect::new(move |_| {
        if query.with(Option::is_some) && !wanted.get_untracked() {
            wanted.set(true);
        }
    });
    let replies = follow(move || wanted.get(), move || hints.get(), canned_list);
    Canned { desk, text, replies, query, active: RwSignal::new(0), managing, put }
}

impl Canned {
    /// The text changed or the caret moved (in UTF-16 units).
    pub fn typed(self, text: &str, caret: usize) {
        let found = slash(text, caret);
        if self.query.with_untracked(|query| *query != found) {
            self.active.set(0);
            self.query.set(found);
        }
    }
    /// Opens the list at a slash just written (caret in bytes).
    pub fn open(self, text: &str, caret: usize) {
        self.active.set(0);
        self.query.set(Some((caret.min(text.len()).saturating_sub(1), String::new())));
    }
    /// The composer was left.
    pub fn leave(self) {
        let _ = self.query.try_set(None);
    }
    fn found(self) -> Vec<CannedReplyView> {
        let Some((_, typed)) = self.query.get() else { return Vec::new() };
        self.replies.with(|replies| match replies {
            Some(Ok(replies)) => matching(replies, &typed),
            _ => Vec::new(),
        })
    }
    /// The list while it is shown, for the field that moves in it.
    pub fn list_id(self) -> Option<&'static str> {
        self.query.with(Option::is_some).then_some("canned-replies")
    }
    /// Id of the line the arrows stand on, for screen readers.
    pub fn active_id(self) -> Option<String> {
        self.query.with(Option::is_some).then(|| format!("canned-{}", self.active.get()))
    }
    /// Uses a key; `true` when it was one of the list's.
    pub fn key(self, event: &leptos::ev::KeyboardEvent) -> bool {
        if self.query.with_untracked(Option::is_none) {
            return false;
        }
        let found = untrack(|| self.found());
        let last = found.len();
        let active = self.active.get_untracked();
        match event.key().as_str() {
            "ArrowDown" => self.active.set(if active >= last { 0 } else { active + 1 }),
            "ArrowUp" => self.active.set(if active == 0 { last } else { active - 1 }),
            "Enter" | "Tab" if !event.shift_key() => match found.get(active) {
                Some(reply) => self.choose(reply),
                // Nothing was found: a text that merely holds a slash is sent as it is.
                None if active == 0 => return false,
                None => self.manage(),
            },
            "Escape" => {
                event.stop_propagation();
                self.query.set(None);
            }
            _ => return false,
        }
        event.prevent_default();
        true
    }
    fn manage(self) {
        self.query.set(None);
        self.managing.set(true);
    }
    fn choose(self, reply: &CannedReplyView) {
        let Some((start, typed)) = self.query.get_untracked() else { return };
        let name = self.desk.chat.with_untracked(|chat| chat.contact_name.clone());
        let filled = fill_name(&reply.text, &name);
        let text = self.text.get_untracked();
        let start = start.min(text.len());
        let end = byte_at(&text, usize::MAX).min(start + 1 + typed.len());
        let (Some(before), Some(after)) = (text.get(..start), text.get(end..)) else { return };
        self.query.set(None);
        self.put.run((format!("{before}{filled}{after}"), start + filled.len()));
    }
}

/// Replies whose shortcut begins with the letters first, then those that hold them anywhere.
fn matching(replies: &[CannedReplyView], typed: &str) -> Vec<CannedReplyView> {
    let typed = fold(typed);
    let begins = |reply: &&CannedReplyView| fold(&reply.shortcut).starts_with(&typed);
    let holds = |reply: &&CannedReplyView| fold(&reply.title).contains(&typed) || fold(&reply.text).contains(&typed);
    let first = replies.iter().filter(begins);
    let second = replies.iter().filter(|reply| !begins(reply) && holds(reply));
    first.chain(second).take(MOST).cloned().collect()
}

/// The list itself, above the text.
#[component]
pub(super) fn CannedList(canned: Canned) -> impl IntoView {
    let t = use_texts();
    let one = move |(at, reply): (usize, CannedReplyView)| {
        let chosen = reply.clone();
        view! {
            <div
                role="option"
                class="canned-reply"
                id=format!("canned-{at}")
                class:active=move || canned.active.get() == at
                aria-selected=move || (canned.active.get() == at).to_string()
                on:mousedown=move |event| {
                    // Before the text loses the focus.
                    event.prevent_default();
                    canned.choose(&chosen);
                }
            >
                <code>"/"{reply.shortcut}</code>
                <b>{reply.title}</b>
                <span>{reply.text}</span>
            </div>
        }
    };
    let note = move || {
        let known = canned.replies.with(|replies| match replies {
            None => None,
            Some(Ok(replies)) => Some(replies.len()),
            Some(Err(_)) => Some(0),
        });
        let text = match known {
            None => t.state_loading(),
            Some(0) => t.chats_canned_empty(),
            Some(_) if canned.found().is_empty() => t.ui_nothing_found(),
            Some(_) => return None,
        };
        Some(view! { <p class="options-note">{text}</p> })
    };
    let manage = move || {
        let at = canned.found().len();
        view! {
            <div
                role="option"
                id=format!("canned-{at}")
                class="canned-manage"
                class:active=move || canned.active.get() == at
                aria-selected=move || (canned.active.get() == at).to_string()
                on:mousedown=move |event| {
                    event.prevent_default();
                    canned.manage();
                }
            >
                <Icon name=IconName::Pencil size=14 />
                {t.chats_canned_manage()}
            </div>
        }
    };
    move || {
        canned.query.with(Option::is_some).then(|| {
            view! {
                <div class="canned" role="listbox" id="canned-replies" aria-label=t.chats_canned()>
                    {move || canned.found().into_iter().enumerate().map(one).collect_view()}
                    {note}
                    {manage}
                </div>
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::ids::{CannedReplyId, Id};

    #[test]
    fn shortcuts_come_before_words() {
        let reply = |shortcut: &str, text: &str| CannedReplyView {
            id: CannedReplyId::make(0, &[0; 10]),
            shortcut: shortcut.into(),
            title: String::new(),
            text: text.into(),
            updated_at: 0,
        };
        let replies = [reply("цена", "Диагностика"), reply("адрес", "Ёлочная, 3"), reply("график", "адреса и часы")];
        let found = |typed| matching(&replies, typed).into_iter().map(|reply| reply.shortcut).collect::<Vec<_>>();
        assert_eq!(found("Адр"), ["адрес", "график"]);
        assert_eq!(found("елочная"), ["адрес"]);
        assert_eq!(found("").len(), 3);
    }
}
