//! The trip of the doctor: the program calls itself under its public address with a signed body, as a service would, so that
//! an operator sees whether name, certificate and proxies lead here and leave what is sent as it was.

use crate::App;
use hmac::{Hmac, Mac};

/// Header of the signature.
pub const SIGNATURE: &str = "x-pult-signature";

fn mac(app: &App, body: &[u8]) -> Hmac<sha2::Sha256> {
    let key = app.vault.derive("the trip of the doctor");
    let mut mac = Hmac::new_from_slice(&key).unwrap_or_else(|_| unreachable!("HMAC takes keys of any length"));
    mac.update(body);
    mac
}

/// The signature of a body.
pub fn sign(app: &App, body: &[u8]) -> String {
    hex::encode(mac(app, body).finalize().into_bytes())
}

/// Whether this program, or another node with its key, signed it.
pub fn verify(app: &App, body: &[u8], signature: &str) -> bool {
    hex::decode(signature).is_ok_and(|signature| mac(app, body).verify_slice(&signature).is_ok())
}
