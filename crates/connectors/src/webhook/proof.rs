//! Whether a call comes from who it should: a signature over the raw bytes in the header somebody named, or, where none is
//! named, the secret address alone, which is checked before a connector is asked.

use super::standard;
use crate::{HookError, RawHook, Settings};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use hmac::{Hmac, Mac};
use http::HeaderMap;
use sha2::Sha256;

/// The header that means the scheme of Standard Webhooks.
const STANDARD: &str = "webhook-signature";

/// Refuses what is not proven.
pub fn check(settings: &Settings, hook: &RawHook<'_>) -> Result<(), HookError> {
    let (secret, header) = (settings.get("secret"), settings.get("signature_header").trim());
    let good = match header {
        // A connection without a secret is none of ours.
        _ if secret.is_empty() => false,
        "" => true,
        name if name.eq_ignore_ascii_case(STANDARD) => is_standard(secret, hook),
        name => is_signed(secret, text(hook.headers, name), hook.body),
    };
    if good { Ok(()) } else { Err(HookError::Unverified) }
}

/// A header as text, "" when absent.
pub fn text<'a>(headers: &'a HeaderMap, name: &str) -> &'a str {
    headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().trim()
}

fn is_standard(secret: &str, hook: &RawHook<'_>) -> bool {
    let id = text(hook.headers, "webhook-id");
    let Ok(timestamp) = text(hook.headers, "webhook-timestamp").parse::<i64>() else { return false };
    !id.is_empty()
        && standard::is_timely(timestamp, hook.now_ms)
        && standard::verify(secret, id, timestamp, hook.body, text(hook.headers, STANDARD))
}

/// HMAC-SHA256 of the body in hexadecimal or base64, as most tools write it; the key is the secret as it is shown.
fn is_signed(secret: &str, given: &str, body: &[u8]) -> bool {
    let given = match given.get(..7) {
        Some(prefix) if prefix.eq_ignore_ascii_case("sha256=") => &given[7..],
        _ => given,
    };
    let Some(given) = decoded(given) else { return false };
    let Ok(mac) = Hmac::<Sha256>::new_from_slice(secret.as_bytes()) else { return false };
    // Compares in constant time.
    mac.chain_update(body).verify_slice(&given).is_ok()
}

fn decoded(text: &str) -> Option<Vec<u8>> {
    if text.len() == 64 {
        return hex::decode(text).ok();
    }
    let text = text.trim_end_matches('=');
    STANDARD_NO_PAD.decode(text).or_else(|_| URL_SAFE_NO_PAD.decode(text)).ok()
}
