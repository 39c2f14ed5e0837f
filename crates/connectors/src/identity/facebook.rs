//! What Facebook signs and wants signed: calls with somebody's token, and its own calls when a person takes us away.

use super::Provider;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, Mac};
use serde::Deserialize;
use sha2::Sha256;

/// A call that Facebook signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signed {
    /// Whom it is about, as we know them.
    pub user_id: String,
    /// Seconds since 1970.
    pub issued_at: i64,
}

fn keyed(secret: &str) -> Hmac<Sha256> {
    match Hmac::<Sha256>::new_from_slice(secret.as_bytes()) {
        Ok(mac) => mac,
        Err(_) => unreachable!("HMAC takes keys of any length"),
    }
}

/// Proof that a token is used by whoever has the secret (`appsecret_proof`).
pub(super) fn proof(secret: &str, access_token: &str) -> String {
    let mut mac = keyed(secret);
    mac.update(access_token.as_bytes());
    hex::encode(mac.finalize().into_bytes())
}

/// Signs as Facebook does.
pub(super) fn sign(secret: &str, payload: &str) -> String {
    let payload = URL_SAFE_NO_PAD.encode(payload);
    let mut mac = keyed(secret);
    mac.update(payload.as_bytes());
    format!("{}.{payload}", URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes()))
}

/// Reads a `signed_request`, if Facebook made it.
pub fn signed_request(provider: &Provider, text: &str) -> Option<Signed> {
    #[derive(Deserialize)]
    struct Payload {
        algorithm: String,
        user_id: String,
        issued_at: i64,
    }
    let (signature, payload) = text.split_once('.')?;
    let mut mac = keyed(&provider.client_secret);
    mac.update(payload.as_bytes());
    mac.verify_slice(&URL_SAFE_NO_PAD.decode(signature).ok()?).ok()?;
    let payload: Payload = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(payload).ok()?).ok()?;
    let usual = payload.algorithm.eq_ignore_ascii_case("HMAC-SHA256") && !payload.user_id.is_empty();
    usual.then_some(Signed { user_id: payload.user_id, issued_at: payload.issued_at })
}
