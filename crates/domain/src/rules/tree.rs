//! What a rule is. Closed enums, unknown keys refused, size and depth bounded; a stored tree says which version it is of.

use crate::ids::{ConnectionId, UserId};
use crate::orders::OrderStatus;
use serde::{Deserialize, Serialize};

/// The version written today.
pub const VERSION: u8 = 1;
/// Longest stored rule, in bytes.
pub const MOST_BYTES: usize = 128 * 1024;
/// Most conditions and groups, and most steps, in one rule.
pub const MOST_NODES: usize = 200;
pub const MOST_STEPS: usize = 50;
/// Deepest nesting of groups or branches.
pub const MOST_DEPTH: usize = 8;
/// Longest delay: a year, in minutes.
pub const MOST_MINUTES: u32 = 366 * 24 * 60;

/// «Когда … если … то …».
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RuleTree {
    /// [`VERSION`].
    pub v: u8,
    pub trigger: Trigger,
    pub when: Node,
    pub then: Vec<Step>,
}

/// What starts a rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Trigger {
    /// `order.status_changed`, `message.received`, `intercom.conversation_closed` …
    pub event: String,
    /// Only events of this connection.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub connection_id: Option<ConnectionId>,
    /// For triggers of the clock: minutes without an answer, before a deadline, or since midnight.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minutes: Option<u32>,
    /// For the trigger of a client's own date: which, and on what day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<DateOf>,
}

impl Trigger {
    /// An event with nothing said about it.
    pub fn of(event: impl Into<String>) -> Self {
        Self { event: event.into(), connection_id: None, minutes: None, date: None }
    }
}

/// A day counted from a date field of a client.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DateOf {
    /// The field as rules name it (`custom.birthday`).
    pub field: String,
    /// Days after that date; negative before it.
    #[serde(default)]
    pub days: i32,
    /// On that day of every year; the 29th of February is the 28th in other years.
    #[serde(default)]
    pub yearly: bool,
}

/// Farthest a day may lie from its date.
pub const MOST_DAYS: i32 = 3_650;

/// A condition or a group of conditions. An empty «all» is true, an empty «any» false.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case", deny_unknown_fields)]
pub enum Node {
    All { of: Vec<Node> },
    Any { of: Vec<Node> },
    None { of: Vec<Node> },
    Test { field: String, op: Op },
}

impl Node {
    /// What a new rule has: nothing to be fulfilled.
    pub const fn always() -> Self {
        Self::All { of: Vec::new() }
    }
    /// The members of a group.
    pub fn children(&self) -> &[Node] {
        match self {
            Self::All { of } | Self::Any { of } | Self::None { of } => of,
            Self::Test { .. } => &[],
        }
    }
}

/// How a field is compared. Texts are compared without regard to case and ё; moments are epoch milliseconds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case", deny_unknown_fields)]
pub enum Op {
    Equal {
        value: String,
    },
    NotEqual {
        value: String,
    },
    OneOf {
        values: Vec<String>,
    },
    NoneOf {
        values: Vec<String>,
    },
    Contains {
        value: String,
    },
    NotContains {
        value: String,
    },
    StartsWith {
        value: String,
    },
    /// Numbers and money (minor units).
    Exactly {
        number: f64,
    },
    Less {
        number: f64,
    },
    More {
        number: f64,
    },
    Between {
        from: f64,
        to: f64,
    },
    Before {
        at: i64,
    },
    After {
        at: i64,
    },
    /// At most so long before the event.
    Within {
        minutes: u32,
    },
    /// Longer ago than that.
    Older {
        minutes: u32,
    },
    InHours,
    OutOfHours,
    Has {
        value: String,
    },
    HasAny {
        values: Vec<String>,
    },
    HasAll {
        values: Vec<String>,
    },
    HasNone {
        values: Vec<String>,
    },
    Yes,
    No,
    Present,
    Absent,
}

/// One step: when, and what.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Step {
    /// Wait before it; counted from the step before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<Delay>,
    pub act: Act,
}

/// How long to wait.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case", deny_unknown_fields)]
pub enum Delay {
    Minutes {
        minutes: u32,
    },
    /// Then on to the next moment within business hours.
    InHours {
        minutes: u32,
    },
    /// Until the moment in a date field, shifted (negative: before it).
    Until {
        field: String,
        shift_minutes: i32,
    },
}

/// What to do.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "do", rename_all = "snake_case", deny_unknown_fields)]
pub enum Act {
    /// Writes to the client in the chat the event is about.
    SendMessage {
        text: String,
    },
    /// Asks the client for a public review, once per case.
    InviteToReview {
        connection_id: ConnectionId,
        /// Days in which the same person is not asked again.
        #[serde(default)]
        quiet_days: u16,
    },
    /// Gives the chat or order to a member; nobody takes it back.
    Assign {
        member: Option<UserId>,
    },
    /// Gives the chat or order to whoever is present and has the least on their plate.
    AssignFree,
    AddTag {
        tag: String,
    },
    RemoveTag {
        tag: String,
    },
    /// Writes a field of the client's card, one of the organisation's own.
    SetField {
        /// Its key.
        field: String,
        text: String,
    },
    /// A line for the team in the order.
    Comment {
        text: String,
    },
    ChangeOrder {
        status: OrderStatus,
    },
    /// Makes an order of the event's contact.
    CreateOrder {
        title: String,
    },
    CloseChat,
    /// Finds the client by phone or e-mail, or makes one; from then on the run is about this client.
    SaveContact {
        name: String,
        phone: String,
        email: String,
    },
    /// Sends an event to somebody's own program through a webhook connection.
    CallWebhook {
        connection_id: ConnectionId,
        /// Words with dots between them (`order.ready`).
        event: String,
        fields: Vec<CallField>,
    },
    /// Makes a call a service offers (`close` a conversation), with its inputs by name.
    UseService {
        connection_id: ConnectionId,
        action: String,
        fields: Vec<CallField>,
    },
    /// A mail to a member.
    Notify {
        member: UserId,
        text: String,
    },
    Branch {
        when: Node,
        then: Vec<Step>,
        otherwise: Vec<Step>,
    },
    /// Goes on as soon as the client writes, or after so many minutes without.
    WaitForAnswer {
        minutes: u32,
        answered: Vec<Step>,
        silent: Vec<Step>,
    },
    /// A member decides; without a decision in time it counts as `otherwise_yes`.
    Approve {
        member: Option<UserId>,
        minutes: u32,
        otherwise_yes: bool,
        then: Vec<Step>,
        refused: Vec<Step>,
    },
    /// Ends the run.
    Stop,
}

/// A value of an event that is sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CallField {
    pub name: String,
    pub text: String,
}

impl Act {
    /// Its stable word.
    pub const fn word(&self) -> &'static str {
        match self {
            Self::SendMessage { .. } => "send_message",
            Self::InviteToReview { .. } => "invite_to_review",
            Self::Assign { .. } => "assign",
            Self::AssignFree => "assign_free",
            Self::AddTag { .. } => "add_tag",
            Self::RemoveTag { .. } => "remove_tag",
            Self::SetField { .. } => "set_field",
            Self::Comment { .. } => "comment",
            Self::ChangeOrder { .. } => "change_order",
            Self::CreateOrder { .. } => "create_order",
            Self::CloseChat => "close_chat",
            Self::SaveContact { .. } => "save_contact",
            Self::CallWebhook { .. } => "call_webhook",
            Self::UseService { .. } => "use_service",
            Self::Notify { .. } => "notify",
            Self::Branch { .. } => "branch",
            Self::WaitForAnswer { .. } => "wait_for_answer",
            Self::Approve { .. } => "approve",
            Self::Stop => "stop",
        }
    }
    /// Reaches people outside and cannot be taken back: of the rules an event starts, at most one may do so.
    pub const fn is_irreversible(&self) -> bool {
        matches!(self, Self::SendMessage { .. } | Self::InviteToReview { .. })
    }
    /// The lists of steps inside, with their letters in a [`super::Place`].
    pub fn inside(&self) -> [Option<&[Step]>; 2] {
        match self {
            Self::Branch { then, otherwise, .. } => [Some(then), Some(otherwise)],
            Self::WaitForAnswer { answered, silent, .. } => [Some(answered), Some(silent)],
            Self::Approve { then, refused, .. } => [Some(then), Some(refused)],
            _ => [None, None],
        }
    }
}

/// Why a stored or sent rule is not one.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Malformed {
    #[error("longer than {MOST_BYTES} bytes")]
    TooLong,
    #[error("version {0} is newer than this program")]
    Version(u8),
    #[error("more than {MOST_NODES} conditions")]
    Nodes,
    #[error("more than {MOST_STEPS} steps")]
    Steps,
    #[error("nested deeper than {MOST_DEPTH}")]
    Depth,
    #[error("a delay of more than a year")]
    Delay,
    #[error("{0}")]
    Json(String),
}

impl RuleTree {
    /// Reads a rule and bounds it.
    pub fn parse(text: &str) -> Result<Self, Malformed> {
        if text.len() > MOST_BYTES {
            return Err(Malformed::TooLong);
        }
        let tree: Self = serde_json::from_str(text).map_err(|error| Malformed::Json(error.to_string()))?;
        tree.bounded()?;
        Ok(tree)
    }

    /// Whether it keeps the bounds; whoever gets a tree from outside asks before anything else.
    pub fn bounded(&self) -> Result<(), Malformed> {
        if self.v != VERSION {
            return Err(Malformed::Version(self.v));
        }
        let mut budget = Budget { nodes: MOST_NODES, steps: MOST_STEPS };
        if self.trigger.minutes.is_some_and(|minutes| minutes > MOST_MINUTES) {
            return Err(Malformed::Delay);
        }
        budget.node(&self.when, 0)?;
        budget.steps(&self.then, 0)
    }

    /// Every condition of the rule, those of branches included.
    pub fn nodes(&self) -> Vec<&Node> {
        let mut roots = vec![&self.when];
        for step in self.steps() {
            if let Act::Branch { when, .. } = &step.act {
                roots.push(when);
            }
        }
        let mut all = Vec::new();
        while let Some(node) = roots.pop() {
            roots.extend(node.children());
            all.push(node);
        }
        all
    }

    /// Every step, however deep.
    pub fn steps(&self) -> Vec<&Step> {
        let mut open: Vec<&Step> = self.then.iter().rev().collect();
        let mut all = Vec::new();
        while let Some(step) = open.pop() {
            for list in step.act.inside().into_iter().rev().flatten() {
                open.extend(list.iter().rev());
            }
            all.push(step);
        }
        all
    }
}

struct Budget {
    nodes: usize,
    steps: usize,
}

impl Budget {
    fn node(&mut self, node: &Node, depth: usize) -> Result<(), Malformed> {
        if depth > MOST_DEPTH {
            return Err(Malformed::Depth);
        }
        self.nodes = self.nodes.checked_sub(1).ok_or(Malformed::Nodes)?;
        node.children().iter().try_for_each(|child| self.node(child, depth + 1))
    }
    fn steps(&mut self, steps: &[Step], depth: usize) -> Result<(), Malformed> {
        if depth > MOST_DEPTH {
            return Err(Malformed::Depth);
        }
        for step in steps {
            self.steps = self.steps.checked_sub(1).ok_or(Malformed::Steps)?;
            let minutes = match &step.after {
                Some(Delay::Minutes { minutes } | Delay::InHours { minutes }) => *minutes,
                Some(Delay::Until { shift_minutes, .. }) => shift_minutes.unsigned_abs(),
                None => 0,
            };
            let waits = match &step.act {
                Act::WaitForAnswer { minutes, .. } | Act::Approve { minutes, .. } => *minutes,
                _ => 0,
            };
            if minutes.max(waits) > MOST_MINUTES {
                return Err(Malformed::Delay);
            }
            if let Act::Branch { when, .. } = &step.act {
                self.node(when, 0)?;
            }
            for list in step.act.inside().into_iter().flatten() {
                self.steps(list, depth + 1)?;
            }
        }
        Ok(())
    }
}
