//! Cards that may be of one person, and making them one.

use super::ContactView;
use crate::duplicates::ReasonKind;
use crate::ids::*;
use std::collections::BTreeMap;

crate::macros::text_enum! {
    /// Whose value the card has afterwards.
    pub enum Take {
        Kept = "kept",
        Gone = "gone",
        /// Notes only: one below the other.
        Both = "both",
    }
}

/// Why two cards are shown as a pair.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ReasonView {
    pub kind: ReasonKind,
    /// What is the same: the phone, the e-mail, the town …
    pub value: String,
    /// Where it stands on the first card: "" in its own field, `name`, `more`, `channel.whatsapp`, or the name of a field of
    /// one's own.
    pub one: String,
    /// And on the second.
    pub other: String,
}

/// Two cards that may be of one person, the older first.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DuplicateView {
    pub one: ContactView,
    pub other: ContactView,
    pub reasons: Vec<ReasonView>,
    pub found_at: i64,
}

/// Which pairs a list shows.
#[derive(Clone, Debug, PartialEq, Default, serde::Serialize, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct DuplicateFilter {
    /// Pairs of which somebody said that they are different people.
    pub different: bool,
    /// Only pairs with this card.
    pub contact_id: Option<ContactId>,
    pub cursor: Option<String>,
    pub limit: Option<u32>,
}

/// Whether two cards are of different people.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct DecidePair {
    pub one_id: ContactId,
    pub other_id: ContactId,
    pub different: bool,
}

/// Makes two cards one: everything of `gone_id` comes over.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct MergeContacts {
    /// The card that goes.
    pub gone_id: ContactId,
    /// By field (`name`, `phone`, `custom.birthday` …) whose value stays. Without a word the card that stays keeps what it has
    /// and takes what it lacks; of two notes both stay.
    #[serde(default)]
    pub take: BTreeMap<String, Take>,
    /// Revisions the choice was made on; refused as `stale` when a card was changed since.
    #[serde(default)]
    pub kept_rev: Option<i64>,
    #[serde(default)]
    pub gone_rev: Option<i64>,
}

/// A field of two cards.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MergeField {
    /// `name`, `phone`, `custom.birthday` …
    pub field: String,
    /// As the organisation calls a field of its own; "" for the others.
    pub label: String,
    pub kept: String,
    pub gone: String,
    /// What happens if nobody says otherwise.
    pub take: Take,
}

/// What making two cards one will do.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct MergePreview {
    pub kept: ContactView,
    pub gone: ContactView,
    /// Fields filled in on either card.
    pub fields: Vec<MergeField>,
    /// Tags that come over.
    pub tags: Vec<String>,
    /// How many rows come over, by what they are: `chats`, `orders`, `contact_identities`, `contact_notes` …
    pub moves: BTreeMap<String, i64>,
    /// Chats that stay beside one of the same connection.
    pub twice: i64,
}

crate::macros::view! {
    /// A card that went into another one.
    pub struct MergeView {
        pub id: MergeId,
        pub kept_id: ContactId,
        pub gone_id: ContactId,
        pub gone_name: String,
        pub merged_by: Option<String>,
        pub merged_by_name: Option<String>,
        pub merged_at: i64,
        /// Until when it can be undone.
        pub undo_until: i64,
    }
}

/// What did not go back when two cards were parted.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Stayed {
    /// A field, or what the rows are: `phone`, `orders` …
    pub what: String,
    /// How many rows; 0 for a field.
    pub count: i64,
}

/// Two cards that were one.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Parted {
    pub kept_id: ContactId,
    /// The card that is back.
    pub gone_id: ContactId,
    pub stayed: Vec<Stayed>,
}
