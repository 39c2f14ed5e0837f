//! The time machine's reports, and examples from life.

use crate::ids::*;
use crate::rules::replay::{Difference, Fate};

crate::macros::text_enum! {
    /// How a replay stands.
    pub enum ReplayState {
        Running = "running",
        Done = "done",
        Cancelled = "cancelled",
        /// Pult was stopped while it ran.
        Interrupted = "interrupted",
    }
}

/// A draft run over what happened.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReplayView {
    pub id: ReplayId,
    pub rule_id: RuleId,
    pub state: ReplayState,
    /// Looked at what happened since.
    pub since: i64,
    /// First moment of which there is a record; later than `since` when history does not reach that far.
    pub reaches_back_to: Option<i64>,
    /// Occasions to look at, and looked at so far.
    pub total: i64,
    pub done: i64,
    pub report: ReplayReport,
    pub started_by: Option<String>,
    pub started_at: i64,
    pub ended_at: Option<i64>,
}

/// What a draft would have changed.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct ReplayReport {
    pub starts: i64,
    pub stops: i64,
    pub changes: i64,
    pub stays: i64,
    /// Occasions in which another rule would act, or not, because of the draft.
    pub others: i64,
    /// Occasions in which the draft lacked data to decide.
    pub no_data: i64,
    /// People the draft would write to, and how many messages and invitations.
    pub clients: i64,
    pub messages: i64,
    /// The latest of each kind, newest first.
    pub rows: Vec<ReplayRow>,
}

/// One difference.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReplayRow {
    pub difference: Difference,
    pub occasion_id: OccasionId,
    pub at: i64,
    pub object_kind: String,
    pub object_id: String,
    pub contact_id: Option<ContactId>,
    pub contact_name: String,
    /// The rule it is about, when it is another one.
    pub rule: Option<String>,
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub before: Fate,
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub after: Fate,
}

/// How far back to look.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct StartReplay {
    /// 1 to 90.
    pub days: i64,
}

crate::macros::view! {
    /// Something from life a rule must, or must not, act on.
    pub struct ExampleView {
        pub id: ExampleId,
        pub name: String,
        /// Trigger.
        pub event: String,
        /// Whether the rule must act on it.
        pub fires: bool,
        pub created_at: i64,
    }
}

/// An example to keep.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SaveExample {
    /// What happened then.
    pub occasion_id: OccasionId,
    pub name: String,
    pub fires: bool,
}

/// What to do with what a stopped rule still has in the queue.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ReleaseHeld {
    /// `true`: send it; `false`: drop it.
    pub send: bool,
}
