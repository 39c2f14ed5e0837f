//! Journal lines, events and jobs as the journal page shows them.

use crate::ids::*;
use crate::queue::{EventState, JobState};

crate::macros::view! {
    /// One line of the journal: a code with arguments, worded by the interface.
    pub struct JournalView {
        pub id: JournalId,
        pub at: i64,
        /// `info`, `warning`, `error`.
        pub level: String,
        pub code: String,
        pub args: serde_json::Value,
        /// `user`, `key`, `customer`, `system`.
        pub actor_kind: String,
        pub actor_id: Option<String>,
        pub actor_name: Option<String>,
        pub object_kind: String,
        pub object_id: String,
        /// `event`, `job`, `user`, … and its id: why it happened.
        pub cause_kind: Option<String>,
        pub cause_id: Option<String>,
    }

    /// An event of the inbox.
    pub struct EventView {
        pub id: EventId,
        pub connection_id: Option<ConnectionId>,
        pub provider: Option<String>,
        pub kind: String,
        pub dedupe_key: String,
        pub state: EventState,
        pub attempts: i64,
        pub received_at: i64,
        pub processed_at: Option<i64>,
        /// Why it was ignored or failed.
        pub note: Option<String>,
        /// The event of the past this one does once more.
        pub replay_of: Option<EventId>,
    }

    /// A job of the outbox.
    pub struct JobView {
        pub id: JobId,
        pub kind: String,
        pub connection_id: Option<ConnectionId>,
        pub provider: Option<String>,
        pub state: JobState,
        pub run_at: i64,
        pub attempts: i64,
        pub max_attempts: i64,
        pub object_kind: String,
        pub object_id: String,
        pub cause_kind: String,
        pub cause_id: Option<String>,
        pub code: Option<String>,
        pub detail: Option<String>,
        pub created_at: i64,
        pub finished_at: Option<i64>,
    }

    /// One attempt of a job.
    pub struct AttemptView {
        pub number: i64,
        pub started_at: i64,
        pub took_ms: i64,
        pub outcome: String,
        pub code: String,
        pub detail: String,
    }
}

/// An event with its payload and what it caused.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EventCard {
    pub event: EventView,
    pub headers: serde_json::Value,
    pub data: serde_json::Value,
    pub journal: Vec<JournalView>,
    pub jobs: Vec<JobView>,
}

/// A job with its attempts and payload.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct JobCard {
    pub job: JobView,
    pub payload: serde_json::Value,
    pub attempts: Vec<AttemptView>,
}

/// Filter of the three journal lists.
#[derive(Clone, Debug, PartialEq, Default, serde::Serialize, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct JournalFilter {
    pub level: Option<String>,
    pub state: Option<String>,
    pub kind: Option<String>,
    pub connection_id: Option<ConnectionId>,
    pub object_kind: Option<String>,
    pub object_id: Option<String>,
    /// Who did it.
    pub actor_id: Option<UserId>,
    /// What a rule did, what its jobs brought about, and what was done to the rule itself.
    pub rule_id: Option<RuleId>,
    pub cursor: Option<String>,
    pub limit: Option<u32>,
}

/// Something lines can be about, found by typing.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct JournalObject {
    pub id: String,
    /// Name or number; the interface adds the word of the kind.
    pub name: String,
}
