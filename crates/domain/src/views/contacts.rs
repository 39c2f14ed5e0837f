//! Contacts.

use crate::chats::Channel;
use crate::ids::*;

crate::macros::view! {
    /// A contact in the list and on its card.
    pub struct ContactView {
        pub id: ContactId,
        pub name: String,
        /// E.164.
        pub phone: Option<String>,
        pub email: Option<String>,
        pub company: String,
        pub city: String,
        pub note: String,
        /// Why this person cannot be reached through a messenger, if so.
        pub unreachable: Option<String>,
        pub orders: i64,
        pub spent_minor: i64,
        pub created_at: i64,
        pub updated_at: i64,
        pub rev: i64,
    }

    /// A further phone or e-mail that leads to this person.
    pub struct ReachView {
        /// `phone` or `email`.
        pub kind: String,
        pub value: String,
    }

    /// An id of the person in a channel.
    pub struct IdentityView {
        pub channel: Channel,
        pub external_id: String,
    }
}

/// A contact with everything on its card.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct ContactCard {
    pub contact: ContactView,
    pub tags: Vec<String>,
    pub fields: Vec<FieldValue>,
    pub identities: Vec<IdentityView>,
    pub reaches: Vec<ReachView>,
    /// Cards that went into this one, newest first.
    pub merges: Vec<super::MergeView>,
    /// Pairs with this card that nobody has decided about.
    pub duplicates: Vec<super::DuplicateView>,
    pub chats: Vec<super::ChatView>,
    pub orders: Vec<super::OrderView>,
    /// The newest notes.
    pub notes: Vec<super::NoteView>,
}

/// Tags of a contact.
#[derive(Clone, Debug, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ContactTags {
    pub tags: Vec<String>,
}

/// A field of the organisation's own, and what it is for a contact.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct FieldValue {
    pub field: crate::custom::CustomField,
    /// "" for none; see [`crate::custom::CustomField::value`].
    pub value: String,
}

/// Values of a contact's own fields by key. Changing: absent ones stay as they are; `""` empties.
#[derive(Clone, Debug, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ContactFields {
    pub fields: std::collections::BTreeMap<String, String>,
}

/// A contact to create or change. Absent fields stay as they are; `""` empties.
#[derive(Clone, Debug, PartialEq, Default, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default, deny_unknown_fields)]
pub struct SaveContact {
    pub name: Option<String>,
    pub phone: Option<String>,
    pub email: Option<String>,
    pub company: Option<String>,
    pub city: Option<String>,
    pub note: Option<String>,
    /// The revision the change was made on; refused as `stale` when it is older than the stored one.
    pub rev: Option<i64>,
}

/// Search, sort and page of a list.
#[derive(Clone, Debug, PartialEq, Default, serde::Serialize, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ListFilter {
    pub q: Option<String>,
    /// Only active things (catalogue).
    pub active: Option<bool>,
    pub cursor: Option<String>,
    pub limit: Option<u32>,
}
