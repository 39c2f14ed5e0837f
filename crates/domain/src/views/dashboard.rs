//! Сводка: figures of today and what needs a person.

use super::{ConnectionView, JournalView};

/// A figure with its change and its course.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Figure {
    pub value: i64,
    /// The same stretch of the day a week ago; absent when there was nothing to compare with.
    pub before: Option<i64>,
    /// Last 14 days, oldest first.
    pub course: Vec<i64>,
}

/// Something that needs a person now.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Attention {
    /// `overdue_order`, `connection_reauth`, `dead_jobs`, `unknown_jobs`, `long_wait`.
    pub code: String,
    pub args: std::collections::BTreeMap<String, String>,
    /// Address inside Pult.
    pub href: String,
    pub severe: bool,
}

/// Everything on Сводка.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct DashboardView {
    pub attention: Vec<Attention>,
    pub orders_today: Figure,
    pub revenue_today: Figure,
    pub currency: String,
    /// Median seconds to the first answer today; `value` is -1 when nothing was answered yet.
    pub first_answer_seconds: Figure,
    pub jobs_done: Figure,
    pub jobs_failed_today: i64,
    pub unanswered_chats: i64,
    /// New chats per hour of today, by local hour.
    pub chats_by_hour: Vec<i64>,
    pub orders_by_day: Vec<i64>,
    pub revenue_by_day: Vec<i64>,
    pub connections: Vec<ConnectionView>,
    pub recent: Vec<JournalView>,
    /// Start of today in the organisation's zone.
    pub day_start_ms: i64,
}

/// What a search found.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Found {
    pub kind: FoundKind,
    pub id: String,
    pub title: String,
    pub note: String,
}

/// Kinds of records a search looks through, in the order they are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FoundKind {
    Contact,
    Chat,
    /// Something said; its id is `chat/message`.
    Message,
    Order,
    Product,
    Rule,
    Member,
}
