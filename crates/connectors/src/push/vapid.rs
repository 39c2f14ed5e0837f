//! Who sends (RFC 8292): the key of the installation, and the signed word each call carries.

use super::{decoded, encoded};
use p256::SecretKey;
use p256::ecdsa::signature::{Signer, Verifier};
use p256::ecdsa::{Signature, SigningKey, VerifyingKey};
use p256::elliptic_curve::sec1::ToEncodedPoint;
use serde_json::{Value as Json, json};

/// A signed word holds this long; push services take a day at most.
const HOLDS_S: i64 = 12 * 60 * 60;

/// The key pair of the installation. Browsers subscribe for its public half and take notices of nobody else.
pub struct Vapid {
    key: SigningKey,
    public: String,
}

impl std::fmt::Debug for Vapid {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Vapid({})", self.public)
    }
}

impl Vapid {
    /// Of a secret number of 32 bytes; `None` for the few that are no key.
    pub fn new(secret: &[u8]) -> Option<Self> {
        let secret = SecretKey::from_slice(secret).ok().filter(|_| secret.len() == 32)?;
        let public = encoded(secret.public_key().to_encoded_point(false).as_bytes());
        Some(Self { key: SigningKey::from(&secret), public })
    }
    /// The public half as browsers and push services read it.
    pub fn public(&self) -> &str {
        &self.public
    }
    /// The value of `Authorization` for a push service at this origin. `contact` is where its people reach ours.
    pub fn authorization(&self, origin: &str, contact: &str, now_ms: i64) -> String {
        let claims = json!({"aud": origin, "exp": now_ms.div_euclid(1_000) + HOLDS_S, "sub": contact});
        let said = format!("{}.{}", encoded(r#"{"typ":"JWT","alg":"ES256"}"#), encoded(claims.to_string()));
        let signature: Signature = self.key.sign(said.as_bytes());
        format!("vapid t={said}.{}, k={}", encoded(signature.to_bytes()), self.public)
    }
}

/// What such a value claims and whose key signed it; `None` when it cannot be read or the signature does not fit.
pub(super) fn verified(value: &str) -> Option<(Json, String)> {
    let parts: Vec<(&str, &str)> =
        value.strip_prefix("vapid ")?.split(',').filter_map(|part| part.trim().split_once('=')).collect();
    let part = |name: &str| parts.iter().find(|(key, _)| *key == name).map(|(_, value)| *value);
    let (token, key) = (part("t")?, part("k")?);
    let (said, signature) = token.rsplit_once('.')?;
    let (header, claims) = said.split_once('.')?;
    let header: Json = serde_json::from_slice(&decoded(header)?).ok()?;
    let signer = VerifyingKey::from_sec1_bytes(&decoded(key)?).ok()?;
    let signature = Signature::from_slice(&decoded(signature)?).ok()?;
    signer.verify(said.as_bytes(), &signature).ok()?;
    (header["alg"] == "ES256")
        .then(|| serde_json::from_slice(&decoded(claims)?).ok())
        .flatten()
        .map(|claims| (claims, key.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_signed_word_names_whom_it_is_for_until_when_and_who_sends() {
        let vapid = Vapid::new(&[7; 32]).expect("a key");
        let value = vapid.authorization("https://push.example", "https://pult.example", 1_795_262_400_500);
        let (claims, key) = verified(&value).expect("a good signature");
        let expected =
            json!({"aud": "https://push.example", "exp": 1_795_262_400 + 43_200, "sub": "https://pult.example"});
        assert_eq!((claims, key.as_str()), (expected, vapid.public()));
        assert_eq!(decoded(vapid.public()).map(|key| (key.len(), key[0])), Some((65, 4)));

        let (head, tail) = value.split_at(value.len() / 2);
        for bent in [
            value.replace("vapid ", "WebPush "),
            format!("{head}{}{}", if tail.starts_with('A') { 'B' } else { 'A' }, &tail[1..]),
            value.replace(vapid.public(), Vapid::new(&[8; 32]).expect("a key").public()),
            String::new(),
        ] {
            assert!(verified(&bent).is_none(), "{bent}");
        }
        assert!(Vapid::new(&[0; 32]).is_none() && Vapid::new(&[1; 31]).is_none());
        assert!(!format!("{vapid:?}").contains("7, 7"));
    }
}
