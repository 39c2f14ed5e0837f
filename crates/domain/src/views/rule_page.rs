//! What the pages of rules need beyond what integrators get: trees as types, so that a browser edits, checks and weighs them
//! itself, and everything an editor chooses from.

use super::{RuleView, RunTrace, RunView};
use crate::ids::*;
use crate::rules::check::Offer;
use crate::rules::{FieldSpec, RuleTree};
use serde::{Deserialize, Serialize};

/// A line of the list of rules.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RuleLine {
    pub rule: RuleView,
    /// Firings of the last seven days, the oldest first.
    pub days: Vec<i64>,
}

/// One rule on its page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RuleDesk {
    pub rule: RuleView,
    /// `None`: it was written by a newer program.
    pub draft: Option<RuleTree>,
    /// Newest first.
    pub versions: Vec<RuleDeskVersion>,
    /// What it must, or must not, act on.
    pub examples: Vec<super::ExampleView>,
    /// Jobs of it that are held since it was stopped.
    pub held: i64,
}

/// A published version, read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RuleDeskVersion {
    pub version: i64,
    pub published_by: Option<String>,
    pub published_at: i64,
    pub tree: Option<RuleTree>,
}

/// What rules can be made of.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct RuleOffer {
    pub triggers: Vec<OfferedTrigger>,
    pub members: Vec<OfferedMember>,
    /// Connections that can invite to a review; without one the step is not offered.
    pub reviewers: Vec<OfferedConnection>,
    /// Connections through which a program of one's own can be called.
    pub callers: Vec<OfferedConnection>,
    /// Calls of services that can be a step.
    pub services: Vec<OfferedCall>,
    /// Keys of the recipes a new rule can begin with.
    pub recipes: Vec<String>,
}

/// A call of a service that can be a step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfferedCall {
    pub connection: OfferedConnection,
    pub provider: String,
    pub action: String,
    /// Its inputs in order: name, and whether it must be given.
    pub inputs: Vec<(String, bool)>,
    /// It can be taken back.
    pub undoable: bool,
}

/// What a rule has written outside since a moment.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct RuleWrites {
    /// Can be taken back.
    pub reversible: i64,
    /// Cannot: messages, invitations, notes.
    pub final_ones: i64,
    /// Was taken back, or is being.
    pub undone: i64,
}

/// Since when a rule's writes are taken back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct UndoWrites {
    /// Epoch milliseconds; everything when it is not given.
    #[serde(default)]
    pub since: i64,
}

/// A trigger with the fields it brings.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OfferedTrigger {
    pub event: String,
    pub fields: Vec<FieldSpec>,
    /// Connections it may come through, where it is a service's.
    pub connections: Vec<OfferedConnection>,
    /// It comes by the clock and needs minutes.
    pub waits: bool,
    /// None of them will do.
    pub from_zero: bool,
    /// It counts from a date of the client's own fields.
    pub dated: bool,
    pub chat: bool,
    pub order: bool,
    pub contact: bool,
}

impl OfferedTrigger {
    /// What the check of a rule needs to know.
    pub fn offer(&self) -> Offer<'_> {
        Offer {
            fields: &self.fields,
            waits: self.waits,
            from_zero: self.from_zero,
            dated: self.dated,
            chat: self.chat,
            order: self.order,
            contact: self.contact,
        }
    }
}

/// A member a step can name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OfferedMember {
    pub id: UserId,
    pub name: String,
    pub active: bool,
    /// Sees runs, so that a decision can be asked of them.
    pub may_decide: bool,
}

/// A connection a step can name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfferedConnection {
    pub id: ConnectionId,
    pub name: String,
}

/// Something real to try a draft on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RecentObject {
    /// What was recorded, if it was; an order or a chat as it is now has no such record.
    pub occasion: Option<OccasionId>,
    /// `order` or `chat`.
    pub kind: String,
    pub id: String,
    pub contact_name: String,
    pub contact_phone: Option<String>,
    /// Of an order.
    pub number: Option<i64>,
    pub at: i64,
}

/// A change of a rule from its page; absent fields stay as they are.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct EditRule {
    pub name: Option<String>,
    pub state: Option<super::RuleState>,
    /// Times a minute it may act.
    pub ceiling: Option<i64>,
    pub draft: Option<RuleTree>,
    pub rev: Option<i64>,
}

/// How to publish.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct PublishRule {
    /// Runs it once on everything open that it matches now.
    pub existing: bool,
    /// Refused when the draft has changed since.
    pub rev: Option<i64>,
}

/// Whom publishing would reach at once.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RuleReach {
    /// Open orders or chats that match and that this rule has not acted on yet; `None` when the trigger has none.
    pub matching: Option<i64>,
    /// There are more open ones than one publishing may run through.
    pub too_many: bool,
    /// Rules it would meet, by precedence.
    pub rivals: Vec<RuleRival>,
}

/// A rule that reaches people on the same event.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleRival {
    pub id: RuleId,
    pub name: String,
    /// It comes before.
    pub first: bool,
}

/// A line of the list of runs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "sql", derive(sqlx::FromRow))]
pub struct RunLine {
    #[cfg_attr(feature = "sql", sqlx(flatten))]
    pub run: RunView,
    pub contact_name: Option<String>,
    pub contact_phone: Option<String>,
    pub order_number: Option<i64>,
}

/// One run on its page: «Почему?».
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RunDesk {
    pub line: RunLine,
    /// `None`: the version that ran was written by a newer program.
    pub tree: Option<RuleTree>,
    pub trace: RunTrace,
    /// The rule that was faster.
    pub rival: Option<(RuleId, String)>,
    /// `time`, `answer`, `approval`; "" when nothing is waited for.
    pub waits_for: String,
    /// Who is asked for a decision; `None`: whoever manages rules.
    pub asked: Option<UserId>,
    /// Whether the person looking at it may decide.
    pub may_decide: bool,
    /// Whether it can be tried again from the step that failed.
    pub can_retry: bool,
}

/// A decision a run waits for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct DecideRun {
    pub yes: bool,
}

/// How trying failed runs again ended.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RetriedRuns {
    /// Runs that went on.
    pub went_on: i64,
    /// Runs that failed again.
    pub failed: i64,
}
