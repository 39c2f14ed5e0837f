//! Connections and the catalogue of providers.

use crate::ids::*;

crate::macros::text_enum! {
    /// State of a connection.
    pub enum ConnectionState {
        /// Set-up not finished: no event yet.
        Setup = "setup",
        Active = "active",
        /// The provider refuses the sign-in; sending waits.
        Reauth = "reauth",
        /// Switched off by a person.
        Off = "off",
    }
}

crate::macros::view! {
    /// A connection on its card. Secrets never leave.
    pub struct ConnectionView {
        pub id: ConnectionId,
        pub provider: String,
        pub name: String,
        pub state: ConnectionState,
        pub account: String,
        /// Settings that are no secrets.
        pub settings: serde_json::Value,
        pub webhook_key: String,
        /// What the provider tells about the account (verified name, number, quality).
        pub facts: serde_json::Value,
        pub handshake_at: Option<i64>,
        pub last_event_at: Option<i64>,
        pub last_ok_at: Option<i64>,
        pub last_error: Option<String>,
        pub last_error_at: Option<i64>,
        /// Its last event, when it is quiet for longer than it ever was.
        pub silent_since: Option<i64>,
        /// The longest it was quiet before, in working milliseconds.
        pub usual_gap: Option<i64>,
        /// It answers nobody and is asked again at this moment.
        pub rests_until: Option<i64>,
        /// Jobs that wait for this connection.
        pub waiting_jobs: i64,
        pub events_today: i64,
        pub created_at: i64,
        pub rev: i64,
    }
}

/// A provider that can be connected.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct ProviderView {
    pub id: String,
    pub name: String,
    pub settings: Vec<SettingView>,
}

/// A setting to fill in.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct SettingView {
    pub name: String,
    /// `text`, `url`, `secret`, `generated`.
    pub kind: String,
    pub required: bool,
    pub default: Option<String>,
}

/// A new or changed connection. Secrets left empty stay as they are.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SaveConnection {
    pub provider: String,
    #[serde(default)]
    pub name: String,
    pub settings: serde_json::Map<String, serde_json::Value>,
}

/// What the wizard shows after saving.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ConnectionSetup {
    pub connection: ConnectionView,
    /// Full address for the provider.
    pub webhook_url: String,
    pub webhook_path: String,
    /// Generated secrets the provider must be given (verify token), by setting name.
    pub generated: std::collections::BTreeMap<String, String>,
}
