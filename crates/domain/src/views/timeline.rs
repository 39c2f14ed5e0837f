//! The one timeline of a client: entries of several kinds, newest first.

use super::{InvitationState, JournalView, RunOutcome};
use crate::chats::{Channel, MessageKind, Sender};
use crate::ids::*;
use crate::orders::OrderStatus;

crate::macros::view! {
    /// What a member wrote down about a client.
    pub struct NoteView {
        pub id: NoteId,
        pub contact_id: ContactId,
        pub author_id: Option<UserId>,
        pub author_name: Option<String>,
        pub text: String,
        pub created_at: i64,
        pub edited_at: Option<i64>,
    }

    /// A step of an order, as the timeline tells it.
    pub struct OrderMoment {
        pub order_id: OrderId,
        pub rev: i64,
        pub at: i64,
        pub number: i64,
        pub title: String,
        /// None: the order was made.
        pub from_status: Option<OrderStatus>,
        pub to_status: OrderStatus,
        pub reason: String,
        pub actor_name: Option<String>,
    }

    /// An invitation to review, as the timeline tells it.
    pub struct InvitationMoment {
        pub id: InvitationId,
        pub state: InvitationState,
        pub email: String,
        pub created_at: i64,
    }

    /// A run of a rule, as the timeline tells it.
    pub struct RunMoment {
        pub id: RunId,
        pub rule_id: RuleId,
        pub rule_name: String,
        pub outcome: RunOutcome,
        pub started_at: i64,
    }
}

/// A note to write.
#[derive(Clone, Debug, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SaveNote {
    pub text: String,
}

/// What was written in a chat on one day of the organisation.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TalkMoment {
    pub chat_id: ChatId,
    pub channel: Channel,
    /// Messages of that day, and how many of them the client wrote.
    pub count: i64,
    pub of_client: i64,
    /// The last of them.
    pub last_id: MessageId,
    pub last_at: i64,
    pub last_sender: Sender,
    pub last_kind: MessageKind,
    /// Its beginning; "" where it has no words.
    pub last_text: String,
}

crate::macros::text_enum! {
    /// Kind of an entry, and what the timeline is filtered by.
    pub enum TimelineKind {
        /// Who was given a chat, and how its status went.
        Chats = "chats",
        /// The card: made, changed, merged.
        Changes = "changes",
        Messages = "messages",
        Notes = "notes",
        Orders = "orders",
        Reviews = "reviews",
        Rules = "rules",
    }
}

/// An entry.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum TimelineEntry {
    Messages(TalkMoment),
    Notes(NoteView),
    Orders(OrderMoment),
    Reviews(InvitationMoment),
    Rules(RunMoment),
    Chats(JournalView),
    Changes(JournalView),
}

impl TimelineEntry {
    /// Its kind.
    pub const fn kind(&self) -> TimelineKind {
        match self {
            Self::Messages(_) => TimelineKind::Messages,
            Self::Notes(_) => TimelineKind::Notes,
            Self::Orders(_) => TimelineKind::Orders,
            Self::Reviews(_) => TimelineKind::Reviews,
            Self::Rules(_) => TimelineKind::Rules,
            Self::Chats(_) => TimelineKind::Chats,
            Self::Changes(_) => TimelineKind::Changes,
        }
    }
    /// When.
    pub fn at(&self) -> i64 {
        match self {
            Self::Messages(it) => it.last_id.made_at(),
            Self::Notes(it) => it.created_at,
            Self::Orders(it) => it.at,
            Self::Reviews(it) => it.created_at,
            Self::Rules(it) => it.started_at,
            Self::Chats(it) | Self::Changes(it) => it.at,
        }
    }
    /// What tells it from others of its kind; grows with time.
    pub fn id(&self) -> String {
        match self {
            Self::Messages(it) => it.last_id.to_string(),
            Self::Notes(it) => it.id.to_string(),
            Self::Orders(it) => format!("{}.{}", it.order_id, it.rev),
            Self::Reviews(it) => it.id.to_string(),
            Self::Rules(it) => it.id.to_string(),
            Self::Chats(it) | Self::Changes(it) => it.id.to_string(),
        }
    }
    /// Where it stands: later ones are greater.
    pub fn place(&self) -> (i64, &'static str, String) {
        (self.at(), self.kind().as_str(), self.id())
    }
}

/// Which entries a timeline shows.
#[derive(Clone, Debug, PartialEq, Default, serde::Serialize, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct TimelineFilter {
    pub kind: Option<TimelineKind>,
    pub cursor: Option<String>,
    pub limit: Option<u32>,
}
