//! Rules, their versions and runs.

use crate::ids::*;
use crate::rules::{FieldSpec, Problem};

crate::macros::text_enum! {
    /// Whether a rule acts.
    pub enum RuleState {
        Off = "off",
        On = "on",
        /// Runs on live events and writes what it would do.
        Shadow = "shadow",
        /// Put away: off, and out of the list.
        Archived = "archived",
    }
}

impl RuleState {
    /// Whether it meets live events.
    pub const fn listens(self) -> bool {
        matches!(self, Self::On | Self::Shadow)
    }
}

crate::macros::text_enum! {
    /// How a run stands or ended.
    pub enum RunOutcome {
        /// A delay, an answer or a decision is waited for.
        Waiting = "waiting",
        /// Готово.
        Done = "done",
        /// Ошибка.
        Failed = "failed",
        /// Нечего делать: the conditions were not met, or data was missing.
        Nothing = "nothing",
        /// Заблокировано: something forbade it (another rule, missing text, loop guard).
        Blocked = "blocked",
    }
}

crate::macros::view! {
    /// A rule in the list.
    pub struct RuleView {
        pub id: RuleId,
        pub name: String,
        pub state: RuleState,
        /// Order of precedence, smallest first.
        pub position: i64,
        /// Times a minute it may act; beyond that it is stopped.
        pub ceiling: i64,
        /// Trigger of the published version; of the draft while there is none.
        pub event: String,
        /// Published version, if any.
        pub version: Option<i64>,
        /// Times it did something in the last seven days.
        pub fired: i64,
        pub last_outcome: Option<RunOutcome>,
        pub last_at: Option<i64>,
        pub updated_at: i64,
        pub rev: i64,
    }

    /// A published version.
    pub struct RuleVersionView {
        pub version: i64,
        pub published_by: Option<String>,
        pub published_at: i64,
        pub tree: serde_json::Value,
    }

    /// A run of a rule.
    pub struct RunView {
        pub id: RunId,
        pub rule_id: RuleId,
        pub rule_name: String,
        pub version: i64,
        /// What it started from: to be kept as an example.
        pub occasion_id: OccasionId,
        pub shadow: bool,
        pub outcome: RunOutcome,
        /// What stood in the way; a code, "" if nothing did.
        pub note: String,
        pub object_kind: String,
        pub object_id: String,
        pub contact_id: Option<ContactId>,
        pub chat_id: Option<ChatId>,
        pub order_id: Option<OrderId>,
        /// When a waiting run goes on by itself.
        pub run_at: Option<i64>,
        pub started_at: i64,
        pub ended_at: Option<i64>,
    }
}

/// One rule with everything its page shows.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RuleCard {
    #[serde(flatten)]
    pub rule: RuleView,
    /// The tree being edited, see `domain::rules::tree`.
    pub draft: serde_json::Value,
    /// What keeps the draft from being published.
    pub problems: Vec<Problem>,
    /// Fields the draft's trigger brings.
    pub fields: Vec<FieldSpec>,
    /// Newest first.
    pub versions: Vec<RuleVersionView>,
    /// What it must, and must not, act on.
    pub examples: Vec<super::ExampleView>,
    /// Jobs of it that are held since it was stopped.
    pub held: i64,
}

/// One run with its reasons.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RunCard {
    #[serde(flatten)]
    pub run: RunView,
    /// The version that ran.
    pub tree: serde_json::Value,
    /// What it came to: conditions with the values they saw, steps with their results.
    pub trace: RunTrace,
}

/// Why a run did what it did.
#[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct RunTrace {
    /// One line per node of «если», in the order of the tree: `t` is `+`, `-` or `?`, `v` the value seen.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<Object>))]
    pub when: Vec<crate::rules::Seen>,
    pub steps: Vec<StepTrace>,
}

/// What one step came to.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StepTrace {
    /// Place in the tree (`0`, `2t1`).
    pub place: String,
    pub at: i64,
    /// The step's word (`send_message`, `branch`, `delay` …).
    pub act: String,
    /// `done`, `would` (shadow or test), `failed`, `blocked`, `waits`, `yes`, `no`.
    pub result: String,
    /// Code of what went wrong, or the text that was sent; "" if neither.
    #[serde(default)]
    pub detail: String,
    /// What a branch saw.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<Object>))]
    pub seen: Vec<crate::rules::Seen>,
    /// What it made: `message`, `order` … and its id.
    #[serde(default)]
    pub made: Option<(String, String)>,
}

/// A rule to create or change; absent fields stay as they are.
#[derive(Clone, Debug, PartialEq, Default, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default, deny_unknown_fields)]
pub struct SaveRule {
    pub name: Option<String>,
    pub state: Option<RuleState>,
    /// Order of precedence.
    pub position: Option<i64>,
    /// Times a minute it may act.
    pub ceiling: Option<i64>,
    /// The tree, see `domain::rules::tree`.
    pub draft: Option<serde_json::Value>,
    pub rev: Option<i64>,
}

/// What to try a draft on.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct TestRule {
    /// An order or a chat, as the draft's trigger is about.
    pub object_id: String,
}

/// What a draft would do.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TestedRule {
    /// `+`: it would run, `-`: it would not, `?`: data is missing.
    pub truth: String,
    pub trace: RunTrace,
}

/// Which runs to list.
#[derive(Clone, Debug, PartialEq, Default, serde::Serialize, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct RunFilter {
    pub rule_id: Option<RuleId>,
    pub outcome: Option<RunOutcome>,
    /// With `object_id`: runs about one thing.
    pub object_id: Option<String>,
    /// A client's name, phone or e-mail, an order's number or title, or the id of what the run is about.
    pub q: Option<String>,
    pub cursor: Option<String>,
    pub limit: Option<u32>,
}
