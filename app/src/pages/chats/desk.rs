//! What the parts of an open chat share: its data, the message being quoted, files being attached, messages on their way.
//! Owns sending and changing; shows nothing.

use super::api::{chats_change, chats_retry, chats_send};
use super::attach::Attached;
use super::later::Planning;
use super::lines::Log;
use crate::door::Fault;
use crate::pages::lists::Refresh;
use crate::ui::{Toasts, use_toasts};
use domain::ApiError;
use domain::ids::{ChatId, FileId, MessageId};
use domain::views::{ChatChange, ChatView, MessageView, SendMessage, ThreadView, ViewerView};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// A message that was sent here and is not in the thread yet.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Pending {
    pub key: u32,
    pub text: String,
    pub file: Option<String>,
    pub sent: Option<MessageId>,
}

/// A message to send, with how it is shown until it is in the thread.
#[derive(Clone, Debug, Default)]
pub(super) struct Outgoing {
    pub message: SendMessage,
    pub text: String,
    pub file: Option<String>,
}

/// An open chat.
#[derive(Clone, Copy)]
pub(super) struct Desk {
    pub id: ChatId,
    pub thread: Signal<ThreadView>,
    pub chat: Memo<ChatView>,
    pub log: Memo<Log>,
    pub may_write: Signal<bool>,
    /// The message the next one answers.
    pub quote: RwSignal<Option<MessageView>>,
    /// Files of the next message.
    pub files: RwSignal<Vec<Attached>>,
    pub pending: RwSignal<Vec<Pending>>,
    /// A picture shown large: file and name.
    pub picture: RwSignal<Option<(FileId, String)>>,
    /// A message that may have arrived and is to be repeated: a person is asked first.
    pub doubtful: RwSignal<Option<MessageId>>,
    /// Others at this chat.
    pub others: RwSignal<Vec<ViewerView>>,
    /// Whether one writes an answer just now.
    pub typing: RwSignal<bool>,
    /// A note is written in the place of an answer.
    pub noting: RwSignal<bool>,
    /// The dialog of a message for later.
    pub planning: RwSignal<Option<Planning>>,
    /// Grows when what was being written is planned now.
    pub planned: RwSignal<u32>,
    /// Dialogs.
    pub picking_template: RwSignal<bool>,
    pub ordering: RwSignal<bool>,
    /// Work on the chat itself is under way.
    pub changing: RwSignal<bool>,
    /// Grows when the composer is to take the focus.
    pub focus: RwSignal<u32>,
    /// Shows the newest message.
    pub to_bottom: Callback<()>,
    pub refresh: Refresh,
    pub toasts: Toasts,
    next: StoredValue<u32>,
}

impl Desk {
    /// Puts it together; call in the body of a component.
    pub fn new(
        id: ChatId,
        thread: Signal<ThreadView>,
        log: Memo<Log>,
        refresh: Refresh,
        to_bottom: Callback<()>,
    ) -> Self {
        Self {
            id,
            thread,
            chat: Memo::new(move |_| thread.with(|thread| thread.chat.clone())),
            log,
            may_write: crate::session::use_may(domain::access::Permission::ChatsWrite),
            quote: RwSignal::new(None),
            files: RwSignal::new(Vec::new()),
            pending: RwSignal::new(Vec::new()),
            picture: RwSignal::new(None),
            doubtful: RwSignal::new(None),
            others: RwSignal::new(Vec::new()),
            typing: RwSignal::new(false),
            noting: RwSignal::new(false),
            planning: RwSignal::new(None),
            planned: RwSignal::new(0),
            picking_template: RwSignal::new(false),
            ordering: RwSignal::new(false),
            changing: RwSignal::new(false),
            focus: RwSignal::new(0),
            to_bottom,
            refresh,
            toasts: use_toasts(),
            next: StoredValue::new(0),
        }
    }

    /// Sends messages one after another; shows them at once. The first that is refused stops the rest: `on_refused` gets
    /// the error and what was not sent.
    pub fn send(self, messages: Vec<Outgoing>, on_refused: impl FnOnce(ApiError, Vec<SendMessage>) + 'static) {
        let queue: Vec<(u32, SendMessage)> =
            messages.into_iter().map(|outgoing| (self.show(&outgoing), outgoing.message)).collect();
        self.to_bottom.run(());
        spawn_local(async move {
            let mut queue = queue.into_iter();
            while let Some((key, message)) = queue.next() {
                match chats_send(self.id, message.clone()).await {
                    Ok(id) => {
                        let _ = self.pending.try_update(|pending| {
                            if let Some(entry) = pending.iter_mut().find(|entry| entry.key == key) {
                                entry.sent = Some(id);
                            }
                        });
                        self.after_change();
                    }
                    Err(Fault(error)) => {
                        let rest: Vec<(u32, SendMessage)> = std::iter::once((key, message)).chain(queue).collect();
                        let unsent = |entry: &Pending| rest.iter().any(|(key, _)| *key == entry.key);
                        let _ = self.pending.try_update(|pending| pending.retain(|entry| !unsent(entry)));
                        on_refused(error, rest.into_iter().map(|(_, message)| message).collect());
                        return;
                    }
                }
            }
        });
    }

    fn show(self, outgoing: &Outgoing) -> u32 {
        let key = self.next.get_value().wrapping_add(1);
        self.next.set_value(key);
        let (text, file) = (outgoing.text.clone(), outgoing.file.clone());
        self.pending.update(|pending| pending.push(Pending { key, text, file, sent: None }));
        key
    }

    /// Changes the chat; `done` runs when it is stored.
    pub fn change(self, change: ChatChange, done: impl FnOnce() + 'static) {
        if self.changing.get_untracked() {
            return;
        }
        self.changing.set(true);
        spawn_local(async move {
            let answer = chats_change(self.id, change).await;
            let _ = self.changing.try_set(false);
            match answer {
                Ok(()) => {
                    self.after_change();
                    done();
                }
                Err(Fault(error)) => self.toasts.error(&error),
            }
        });
    }

    /// Somebody looked at the thread.
    pub fn seen(self) {
        spawn_local(async move {
            // Nothing to tell if it fails: the next look tries again.
            if chats_change(self.id, ChatChange::Seen).await.is_ok() {
                self.after_change();
            }
        });
    }

    /// Sends a failed message again.
    pub fn retry(self, id: MessageId) {
        if self.changing.get_untracked() {
            return;
        }
        self.changing.set(true);
        spawn_local(async move {
            let answer = chats_retry(id).await;
            let _ = self.changing.try_set(false);
            match answer {
                Ok(()) => self.after_change(),
                Err(Fault(error)) => self.toasts.error(&error),
            }
        });
    }

    /// Loads again where the live stream does not.
    pub fn after_change(self) {
        if self.thread.try_with_untracked(|_| ()).is_some() {
            self.refresh.after_change();
        }
    }
}
