//! Web push: notices to browsers of members, through the push service each browser brings along (RFC 8030). This file only
//! ties the parts together: `seal` encrypts for one browser (RFC 8291), `vapid` says who sends (RFC 8292), `send` makes the
//! call, `simulator` is the push service for tests.
//!
//! No connection and no provider: whose push service it is, the browser decides.

mod seal;
mod send;
pub mod simulator;
mod vapid;

pub use seal::{MOST_BYTES, Once, seal};
pub use send::{Notice, Sender, Taken, Urgency, checked, send};
pub use vapid::Vapid;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};

/// What a browser gives to be reached: whoever knows the address can send to it, so all of it is a secret.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subscription {
    pub endpoint: String,
    /// The browser's public key, 65 bytes in base64url.
    pub p256dh: String,
    /// Its secret for telling real notices from others, 16 bytes in base64url.
    pub auth: String,
}

impl std::fmt::Debug for Subscription {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Subscription(…)")
    }
}

/// Bytes as the standards write them.
pub fn encoded(bytes: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// The bytes of such a text; some browsers pad it.
pub fn decoded(text: &str) -> Option<Vec<u8>> {
    URL_SAFE_NO_PAD.decode(text.trim_end_matches('=')).ok()
}
