//! The common language between messengers and Pult: what a provider's event means, and what we want sent.
//! Connectors translate to and from these types; nothing else knows a provider's payloads.

use crate::chats::MessageKind;
use crate::delivery::Delivery;
use serde::{Deserialize, Serialize};

/// How a messenger names a person. At least one of the two is present.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Person {
    /// Stable user id of the provider, if it gives one (WhatsApp BSUID).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user_id: Option<String>,
    /// Address in the channel (WhatsApp `wa_id`: digits without plus).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// Phone in E.164, when the address is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// Name the person gave to the messenger.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

impl Person {
    /// Identity keys, strongest first: user id, then address.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        [self.user_id.as_deref(), self.address.as_deref()].into_iter().flatten().filter(|k| !k.is_empty())
    }
}

/// A file that lies with the provider and is to be fetched.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RemoteFile {
    /// Provider's media id.
    pub id: String,
    pub mime: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// SHA-256 as the provider gives it (base64 or hex).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sha256: Option<String>,
}

/// What one event of a messenger means.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum ChannelEvent {
    /// A person wrote (or pressed, sent, shared).
    Message {
        from: Person,
        external_id: String,
        at_ms: i64,
        kind: MessageKind,
        text: String,
        file: Option<RemoteFile>,
        /// External id of the message it answers.
        reply_to: Option<String>,
        /// What does not fit the columns: coordinates, button payload, cart, referral… shown in the thread by kind.
        meta: serde_json::Value,
    },
    /// The business wrote from the phone app; belongs into the thread as a member's message.
    Echo {
        to: Person,
        external_id: String,
        at_ms: i64,
        kind: MessageKind,
        text: String,
        file: Option<RemoteFile>,
        meta: serde_json::Value,
    },
    /// Delivery report of a message we sent. `reference` is the job id we gave along, if it came back.
    Status {
        external_id: String,
        reference: Option<String>,
        status: Delivery,
        at_ms: i64,
        error: Option<ProviderError>,
        recipient: Person,
    },
    /// The person changed a message.
    Edit { external_id: String, text: String, at_ms: i64 },
    /// The person took a message back.
    Revoke { external_id: String, at_ms: i64 },
    /// An emoji on a message; `None` takes it away.
    Reaction { from: Person, external_id: String, emoji: Option<String>, at_ms: i64 },
    /// The person has a new address (phone number or user id).
    Moved { from: Person, to: Person, at_ms: i64 },
    /// Marketing consent given or withdrawn in the messenger.
    Preference { person: Person, marketing: bool, at_ms: i64 },
    /// A template changed its state, category or quality.
    Template {
        name: String,
        language: String,
        status: Option<String>,
        category: Option<String>,
        reason: Option<String>,
    },
    /// Something about the account; `stop` when nothing may be sent until it is solved.
    Account { event: String, stop: bool, detail: String },
    /// Something rules can start from happened at a service (a conversation was closed, a rating given). `fields` are those
    /// the trigger declares; what the service did not send stays out.
    Happened {
        /// Trigger kind as in the connector's description.
        trigger: String,
        /// The service's id of what it is about (`conversation 2154…`); the same thing has the same id in every event.
        about: String,
        at_ms: i64,
        person: Person,
        fields: serde_json::Map<String, serde_json::Value>,
        /// A call that brings the fields the event itself lacks; its answer's `fields` are added before rules look.
        lookup: Option<Lookup>,
    },
    /// A public review appeared, was changed or taken down.
    Review {
        external_id: String,
        /// What we named the case when inviting.
        reference: Option<String>,
        at_ms: i64,
        /// `None` when it was taken down.
        content: Option<ReviewContent>,
        /// A call that proves it, where the event itself carries no proof; its answer is told again as `review_found`.
        lookup: Option<Lookup>,
    },
    /// Known, harmless, or not understood: kept in the log, no consequences.
    Ignored { why: String },
}

/// A call to the same connection that completes an event.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lookup {
    /// Action of the connector.
    pub action: String,
    pub input: serde_json::Value,
}

/// What a reviewer wrote.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReviewContent {
    /// 1 to 5.
    pub stars: u8,
    pub title: String,
    pub text: String,
    /// BCP 47, "" when unknown.
    pub language: String,
    pub author: String,
    /// Our public answer, if there is one.
    pub answer: Option<String>,
    pub link: Option<String>,
}

/// Longest id or address taken from a provider, in bytes; all of them are found by index, and an index entry has a limit.
const MAX_ID: usize = 512;

impl ChannelEvent {
    /// Whether an id or address in it is longer than any messenger's: nothing of it can be kept.
    pub fn has_endless_id(&self) -> bool {
        let person = |p: &Person| [&p.user_id, &p.address, &p.phone].into_iter().flatten().any(|id| id.len() > MAX_ID);
        let id = |id: &str| id.len() > MAX_ID;
        match self {
            Self::Message { from, external_id, reply_to, .. } => {
                person(from) || id(external_id) || reply_to.as_deref().is_some_and(id)
            }
            Self::Echo { to, external_id, .. } => person(to) || id(external_id),
            Self::Status { external_id, reference, recipient, .. } => {
                person(recipient) || id(external_id) || reference.as_deref().is_some_and(id)
            }
            Self::Edit { external_id, .. } | Self::Revoke { external_id, .. } => id(external_id),
            Self::Reaction { from, external_id, .. } => person(from) || id(external_id),
            Self::Moved { from, to, .. } => person(from) || person(to),
            Self::Preference { person: who, .. } => person(who),
            Self::Template { name, language, .. } => id(name) || id(language),
            Self::Happened { about, person: who, .. } => person(who) || id(about),
            Self::Review { external_id, reference, .. } => id(external_id) || reference.as_deref().is_some_and(id),
            Self::Account { .. } | Self::Ignored { .. } => false,
        }
    }
}

/// Error as a provider names it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProviderError {
    pub code: String,
    pub detail: String,
    /// The time for free texts was over: a template may still go.
    #[serde(default)]
    pub window_closed: bool,
}

/// A message we want sent, in the same words for every messenger.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Outgoing {
    pub to: Person,
    /// External id of the message to quote.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reply_to: Option<String>,
    pub content: Content,
}

/// What is in an outgoing message.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case", deny_unknown_fields)]
pub enum Content {
    Text {
        body: String,
    },
    /// `kind` is image, video, audio, document or sticker; the bytes travel beside the call.
    File {
        kind: MessageKind,
        caption: String,
    },
    /// A template approved by the provider; `params` fill the body in order, `buttons` are payloads by index.
    Template {
        name: String,
        language: String,
        #[serde(default)]
        params: Vec<String>,
        #[serde(default)]
        buttons: Vec<String>,
    },
    /// One to three answer buttons.
    Buttons {
        body: String,
        #[serde(default)]
        header: Option<String>,
        #[serde(default)]
        footer: Option<String>,
        buttons: Vec<Button>,
    },
    /// A list to choose from.
    List {
        body: String,
        action: String,
        sections: Vec<Section>,
    },
    Location {
        latitude: f64,
        longitude: f64,
        #[serde(default)]
        name: String,
        #[serde(default)]
        address: String,
    },
    /// Emoji on a message of the customer; an empty emoji removes it.
    Reaction {
        external_id: String,
        emoji: String,
    },
}

/// An answer button.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Button {
    pub id: String,
    pub title: String,
}

/// A section of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Section {
    pub title: String,
    pub rows: Vec<Row>,
}

/// A row of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Row {
    pub id: String,
    pub title: String,
    #[serde(default)]
    pub description: String,
}
