//! Browsers that are told what calls their member, also while no page is open (CHT-11).

use crate::ids::*;

crate::macros::view! {
    /// A browser of the signed-in person, for notices of this organisation.
    pub struct PushDeviceView {
        pub id: PushDeviceId,
        pub user_agent: String,
        pub created_at: i64,
        /// When the last notice went to it.
        pub used_at: Option<i64>,
        /// Code of what stood in the way of the last notice; "" when it arrived.
        pub failed: String,
        /// The one that asks. Not a column.
        #[cfg_attr(feature = "sql", sqlx(default))]
        #[serde(default)]
        pub current: bool,
    }
}

/// What a page needs to know about notices on the device it runs on.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct PushView {
    /// Public key browsers subscribe for.
    pub key: String,
    /// Who asks, so that a device knows whether it was switched off or only signed out.
    pub session: SessionId,
    pub devices: Vec<PushDeviceView>,
}

/// What a browser gives to be reached.
#[derive(Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PushInput {
    /// Whoever knows it can send there: a secret.
    pub endpoint: String,
    pub p256dh: String,
    pub auth: String,
    /// The address it had until now, where the browser has changed it.
    #[serde(default)]
    pub instead_of: Option<String>,
}

impl std::fmt::Debug for PushInput {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PushInput(…)")
    }
}
