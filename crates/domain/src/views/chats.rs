//! Chats, messages and canned replies.

use crate::chats::{Channel, ChatStatus, MessageKind, Sender};
use crate::delivery::Delivery;
use crate::ids::*;

crate::macros::view! {
    /// A chat in the list.
    pub struct ChatView {
        pub id: ChatId,
        pub contact_id: ContactId,
        pub contact_name: String,
        pub contact_phone: Option<String>,
        pub connection_id: ConnectionId,
        pub channel: Channel,
        pub status: ChatStatus,
        pub assignee_id: Option<UserId>,
        pub assignee_name: Option<String>,
        /// Since when the customer waits for an answer; absent when answered.
        pub waiting_since: Option<i64>,
        pub unread: i64,
        pub last_message_at: i64,
        pub last_inbound_at: Option<i64>,
        /// Set aside until then.
        pub snoozed_until: Option<i64>,
        pub preview: String,
        pub preview_kind: MessageKind,
        pub preview_sender: Sender,
        pub created_at: i64,
        pub rev: i64,
    }

    /// A message in a thread.
    pub struct MessageView {
        pub id: MessageId,
        pub chat_id: ChatId,
        pub sender: Sender,
        pub author_id: Option<UserId>,
        pub author_name: Option<String>,
        pub kind: MessageKind,
        /// The text; for `notice` a code whose arguments are in `meta`.
        pub text: String,
        pub meta: serde_json::Value,
        pub file_id: Option<FileId>,
        pub file_name: Option<String>,
        pub file_mime: Option<String>,
        pub file_size: Option<i64>,
        /// `waiting`, `ready` or `failed`.
        pub file_state: Option<String>,
        pub reply_to: Option<MessageId>,
        pub delivery: Option<Delivery>,
        /// When the provider reported that state.
        pub delivery_at: Option<i64>,
        pub error_code: Option<String>,
        pub error_detail: Option<String>,
        pub job_id: Option<JobId>,
        /// When a waiting job tries next, and its counted failures.
        pub job_run_at: Option<i64>,
        pub job_attempts: Option<i64>,
        /// `{who: emoji}`.
        pub reactions: serde_json::Value,
        pub at: i64,
        pub edited_at: Option<i64>,
        pub revoked_at: Option<i64>,
    }

    /// A message that is to go out later.
    pub struct LaterMessageView {
        pub id: LaterId,
        pub chat_id: ChatId,
        pub author_id: UserId,
        pub author_name: String,
        /// A [`SendMessage`].
        pub body: serde_json::Value,
        pub send_at: i64,
        pub unless_answered: bool,
        pub state: LaterState,
        /// Why it failed.
        pub code: String,
        pub rev: i64,
    }

    /// A canned reply.
    pub struct CannedReplyView {
        pub id: CannedReplyId,
        pub shortcut: String,
        pub title: String,
        pub text: String,
        pub updated_at: i64,
    }

    /// A template of a messenger.
    pub struct TemplateView {
        pub connection_id: ConnectionId,
        pub name: String,
        pub language: String,
        pub status: String,
        pub category: String,
        pub body: String,
        pub params: i64,
    }
}

crate::macros::text_enum! {
    /// How a message for later stands.
    pub enum LaterState {
        Waiting = "waiting",
        Sent = "sent",
        /// The client wrote before, or a person took it back.
        Cancelled = "cancelled",
        /// Its time came, and it could not be sent.
        Failed = "failed",
    }
}

crate::macros::text_enum! {
    /// Which chats a list shows.
    pub enum ChatBox {
        /// Неотвеченные.
        Unanswered = "unanswered",
        Mine = "mine",
        Unassigned = "unassigned",
        All = "all",
        Closed = "closed",
        /// Отложенные: set aside until a moment.
        Snoozed = "snoozed",
        /// Somebody named this member in a note they have not looked at.
        Mentions = "mentions",
    }
}

/// Filter of the chat list.
#[derive(Clone, Debug, PartialEq, Default, serde::Serialize, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ChatFilter {
    pub r#box: Option<ChatBox>,
    pub status: Option<ChatStatus>,
    pub channel: Option<Channel>,
    pub contact_id: Option<ContactId>,
    pub q: Option<String>,
    pub cursor: Option<String>,
    pub limit: Option<u32>,
}

/// What is looked for in messages.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct MessageQuery {
    pub q: String,
    /// Only in this chat.
    pub chat_id: Option<ChatId>,
    pub cursor: Option<String>,
    pub limit: Option<u32>,
}

/// A message that was found.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct FoundMessage {
    pub id: MessageId,
    pub chat_id: ChatId,
    pub contact_id: ContactId,
    pub contact_name: String,
    pub sender: Sender,
    /// The part of it that was meant, or the name of its file.
    pub text: String,
    /// What was found in that part: begin and end, in characters.
    pub marks: Vec<(usize, usize)>,
    pub at: i64,
}

crate::macros::view! {
    /// Something that calls a member to a chat.
    pub struct CallView {
        pub message_id: MessageId,
        pub chat_id: ChatId,
        pub contact_name: String,
        pub text: String,
        /// A colleague named them in a note.
        pub mention: bool,
        pub at: i64,
    }
}

/// What came since somebody asked.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Calls {
    pub items: Vec<CallView>,
    /// The moment of this answer, to ask from next time.
    pub now: i64,
}

/// Numbers on the tabs.
#[derive(Clone, Copy, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "sql", derive(sqlx::FromRow))]
pub struct ChatCounts {
    pub unanswered: i64,
    pub mine: i64,
    pub unassigned: i64,
    pub snoozed: i64,
    /// Chats with notes that name this member, not looked at yet.
    pub mentions: i64,
}

/// A thread opened: the chat, its newest messages (oldest first) and what may be sent.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct ThreadView {
    pub chat: ChatView,
    pub messages: Vec<MessageView>,
    /// Give it to load older messages.
    pub older_cursor: Option<String>,
    /// Free-form messages are possible until then; absent: no window in this channel.
    pub window_until: Option<i64>,
    /// The connection it runs over.
    pub connection_name: String,
    /// Whether anything can be sent over it now.
    pub connection_state: super::ConnectionState,
    /// Messages that are to go out later, the next first; with those that could not.
    pub later: Vec<LaterMessageView>,
    /// It waits and is nobody's: why nobody has got it.
    pub nobodys: Option<crate::routing::Decision>,
}

/// Somebody else at the same chat.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "sql", derive(sqlx::FromRow))]
pub struct ViewerView {
    pub user_id: UserId,
    pub name: String,
    /// Writing an answer just now.
    pub typing: bool,
}

/// A note of members for members.
#[derive(Clone, Debug, PartialEq, Default, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default, deny_unknown_fields)]
pub struct WriteNote {
    /// Up to 5000 characters.
    pub text: String,
    /// Members who are to look at it.
    pub mentions: Vec<UserId>,
}

/// A message for later.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SaveLater {
    pub message: SendMessage,
    /// Epoch milliseconds.
    pub send_at: i64,
    /// Takes itself back when the client writes before.
    #[serde(default)]
    pub unless_answered: bool,
    /// With a change: the revision it was made on.
    #[serde(default)]
    pub rev: Option<i64>,
}

/// A message to send.
#[derive(Clone, Debug, PartialEq, Default, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default, deny_unknown_fields)]
pub struct SendMessage {
    /// Up to 4096 characters. With `file_id` the caption.
    pub text: Option<String>,
    /// An uploaded file.
    pub file_id: Option<FileId>,
    /// An approved template instead of a text.
    pub template: Option<SendTemplate>,
    /// Up to three answer buttons under the text.
    pub buttons: Vec<String>,
    /// The message it answers.
    pub reply_to: Option<MessageId>,
    /// The newest message the writer had before them. Where a colleague has answered since, nothing is sent and the code is
    /// `answered_meanwhile`; absent: sent in any case.
    pub after: Option<MessageId>,
}

/// A template with its values.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SendTemplate {
    pub name: String,
    pub language: String,
    #[serde(default)]
    pub params: Vec<String>,
}

/// Change of a chat.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(tag = "do", rename_all = "snake_case", deny_unknown_fields)]
pub enum ChatChange {
    /// To a member, or to nobody.
    Assign {
        user_id: Option<UserId>,
    },
    Status {
        status: ChatStatus,
    },
    /// «Отвечать не нужно».
    NoAnswerNeeded,
    /// The thread was looked at.
    Seen,
    /// Sets it aside until a moment (epoch ms), or takes it back at once.
    Snooze {
        until: Option<i64>,
    },
}

/// A canned reply to save.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct SaveCannedReply {
    pub shortcut: String,
    pub title: String,
    pub text: String,
}
