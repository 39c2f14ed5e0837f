//! Signatures of Standard Webhooks 1.0, symmetric: HMAC-SHA256 over `id.timestamp.body`, written `v1,<base64>`.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, Mac};
use sha2::Sha256;

/// What a secret begins with.
const PREFIX: &str = "whsec_";
/// A call signed longer ago, or ahead of our clock, is none, in seconds.
pub const TOLERANCE_S: i64 = 5 * 60;

/// A secret of these bytes as it is shown.
pub fn secret(bytes: &[u8]) -> String {
    format!("{PREFIX}{}", STANDARD.encode(bytes))
}

/// The key of a secret: what follows `whsec_` is base64; a secret of another kind is its own key.
pub fn key(secret: &str) -> Option<Vec<u8>> {
    let key = match secret.strip_prefix(PREFIX) {
        Some(encoded) => STANDARD.decode(encoded).ok()?,
        None => secret.as_bytes().to_vec(),
    };
    (!key.is_empty()).then_some(key)
}

fn mac(key: &[u8], id: &str, timestamp: i64, body: &[u8]) -> Option<Hmac<Sha256>> {
    let mac = Hmac::<Sha256>::new_from_slice(key).ok()?;
    Some(mac.chain_update(format!("{id}.{timestamp}.")).chain_update(body))
}

/// The value of `webhook-signature`; `None` when the secret is empty or not readable.
pub fn sign(secret: &str, id: &str, timestamp: i64, body: &[u8]) -> Option<String> {
    let mac = mac(&key(secret)?, id, timestamp, body)?;
    Some(format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes())))
}

/// Whether one of the signatures of a list is good. Versions we do not know are passed over.
pub fn verify(secret: &str, id: &str, timestamp: i64, body: &[u8], signatures: &str) -> bool {
    let Some(mac) = key(secret).and_then(|key| mac(&key, id, timestamp, body)) else { return false };
    let given = signatures.split(' ').filter_map(|one| STANDARD.decode(one.strip_prefix("v1,")?).ok());
    // Each is compared in constant time.
    given.filter(|given| mac.clone().verify_slice(given).is_ok()).count() > 0
}

/// Whether a call signed then may be believed now.
pub fn is_timely(timestamp: i64, now_ms: i64) -> bool {
    timestamp.abs_diff(now_ms.div_euclid(1_000)) <= TOLERANCE_S as u64
}
