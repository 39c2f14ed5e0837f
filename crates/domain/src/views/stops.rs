//! «Стоп-кран»: what is stopped, what waits behind it.

use crate::ids::*;

crate::macros::text_enum! {
    /// How far a stop reaches.
    pub enum StopScope {
        /// Everything that goes to people outside.
        All = "all",
        /// One messenger or service, through whatever connection; its target is the provider.
        Channel = "channel",
        /// One connection; its target is the id.
        Connection = "connection",
        /// What one rule sends; its target is the id.
        Rule = "rule",
    }
}

/// What a stop is compared with.
#[derive(Clone, Copy, Debug, Default)]
pub struct Outgoing<'a> {
    /// The connection it goes through, and its provider.
    pub through: Option<(ConnectionId, &'a str)>,
    /// The rule that made it.
    pub rule: Option<RuleId>,
}

impl StopScope {
    /// Whether a stop of this scope covers a send.
    pub fn covers(self, target: &str, send: Outgoing<'_>) -> bool {
        match self {
            Self::All => true,
            Self::Channel => send.through.is_some_and(|(_, provider)| provider == target),
            Self::Connection => send.through.is_some_and(|(id, _)| id.to_string() == target),
            Self::Rule => send.rule.is_some_and(|id| id.to_string() == target),
        }
    }
}

crate::macros::view! {
    /// A stop that is on.
    pub struct StopView {
        pub id: StopId,
        pub scope: StopScope,
        /// Provider or connection; "" for everything.
        pub target: String,
        /// In the words of whoever pulled it; may be empty.
        pub why: String,
        pub pulled_by: Option<UserId>,
        pub pulled_by_name: Option<String>,
        pub pulled_at: i64,
        /// When the copy was made the database was restored from: everything waits until a person decides.
        pub restored_from: Option<i64>,
    }

    /// Something that waits behind a stop.
    pub struct HeldSend {
        pub id: JobId,
        pub kind: String,
        pub connection_id: Option<ConnectionId>,
        /// What it says, shortened.
        pub text: String,
        /// To whom: a client's name, else an address.
        pub recipient: String,
        pub contact_id: Option<ContactId>,
        pub chat_id: Option<ChatId>,
        pub cause_kind: String,
        pub cause_id: Option<String>,
        pub created_at: i64,
    }

    /// How much is held of a connection and a rule, and how much would be by a stop now.
    pub struct QueueOf {
        pub connection_id: Option<ConnectionId>,
        pub rule_id: Option<RuleId>,
        pub held: i64,
        pub ready: i64,
    }
}

/// A connection as stops name it.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct StopTarget {
    pub id: ConnectionId,
    pub name: String,
    pub provider: String,
    /// What the provider is called.
    pub service: String,
}

/// Everything the page shows besides the list.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct StopBoard {
    pub stops: Vec<StopView>,
    pub targets: Vec<StopTarget>,
    /// Rules that act, by name; and those a stop covers.
    pub rules: Vec<(RuleId, String)>,
    pub queues: Vec<QueueOf>,
}

impl StopBoard {
    /// How much waits in the queues a stop of this scope covers: held, and ready to go.
    pub fn covered(&self, scope: StopScope, target: &str) -> (i64, i64) {
        let of = |id: ConnectionId| self.targets.iter().find(|it| it.id == id);
        let covers = |queue: &&QueueOf| {
            let through = queue.connection_id.and_then(of).map(|it| (it.id, it.provider.as_str()));
            scope.covers(target, Outgoing { through, rule: queue.rule_id })
        };
        self.queues.iter().filter(covers).fold((0, 0), |sum, queue| (sum.0 + queue.held, sum.1 + queue.ready))
    }
}

/// A stop to pull.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PullStop {
    pub scope: StopScope,
    #[serde(default)]
    pub target: String,
    #[serde(default)]
    pub why: String,
}

/// What to do with what a stop has held.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct LiftStop {
    /// `false` drops it.
    pub send: bool,
}

/// Held sends to drop.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct DropHeld {
    pub jobs: Vec<JobId>,
}

/// How many it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Count {
    pub count: u64,
}
