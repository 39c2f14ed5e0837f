//! Tokens of identity, right ones and those that are wrong in one way.

use super::world::{CLIENT, Grant, SECRET};
use crate::identity::id_token::at_hash;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, Mac};
use ring::rand::SystemRandom;
use ring::rsa::{KeyPair, PublicKeyComponents};
use ring::signature::RSA_PKCS1_SHA256;
use serde_json::{Value as Json, json};
use sha2::Sha256;

/// The keys, one of which is used at a time.
pub struct Signers(Vec<KeyPair>);

impl std::fmt::Debug for Signers {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Signers")
    }
}

/// Name of a key.
fn kid(key: usize) -> String {
    format!("k{}", key + 1)
}

impl Signers {
    pub fn new() -> Result<Self, String> {
        let keys = [include_bytes!("key1.der").as_slice(), include_bytes!("key2.der").as_slice()];
        let keys = keys.map(|key| KeyPair::from_der(key).map_err(|error| error.to_string()));
        Ok(Self(keys.into_iter().collect::<Result<_, _>>()?))
    }

    /// The next key after this one.
    pub fn after(&self, key: usize) -> usize {
        (key + 1) % self.0.len()
    }

    /// The published half.
    pub fn published(&self, key: usize) -> Json {
        let PublicKeyComponents { n, e } = PublicKeyComponents::<Vec<u8>>::from(self.0[key].public());
        let text = |number: Vec<u8>| URL_SAFE_NO_PAD.encode(number);
        json!({"keys": [
            {"kty": "EC", "kid": "other", "use": "sig", "alg": "ES256", "crv": "P-256", "x": "AA", "y": "AA"},
            {"kty": "RSA", "kid": kid(key), "use": "sig", "alg": "RS256", "n": text(n), "e": text(e)},
        ]})
    }

    fn rs256(&self, key: usize, text: &str) -> Result<Vec<u8>, String> {
        let mut signature = vec![0; self.0[key].public().modulus_len()];
        let signed = self.0[key].sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), text.as_bytes(), &mut signature);
        signed.map_err(|error| error.to_string())?;
        Ok(signature)
    }

    /// A token for somebody; `spoilt` says what is wrong with it.
    pub fn token(&self, key: usize, issuer: &str, grant: &Grant, now_ms: i64, spoilt: &str) -> Result<String, String> {
        let now = now_ms / 1000;
        let person = &grant.person;
        let mut claims = json!({
            "iss": issuer, "azp": CLIENT, "aud": CLIENT, "sub": person.id, "nonce": grant.nonce, "name": person.name,
            "at_hash": at_hash(&grant.token), "iat": now, "exp": now + 3600,
        });
        if let Some(email) = &person.email {
            claims["email"] = email.as_str().into();
            claims["email_verified"] = person.verified.into();
        }
        if let Some(hosted) = &person.hosted {
            claims["hd"] = hosted.as_str().into();
        }
        match spoilt {
            "aud" => claims["aud"] = "somebody-else".into(),
            "azp" => claims = with(claims, json!({"aud": [CLIENT, "somebody-else"], "azp": "somebody-else"})),
            "iss" => claims["iss"] = "https://evil.example".into(),
            "nonce" => claims["nonce"] = "another".into(),
            "exp" => claims = with(claims, json!({"iat": now - 7200, "exp": now - 3600})),
            "exp_text" => claims["exp"] = (now + 3600).to_string().into(),
            "iat" => claims = with(claims, json!({"iat": now + 3600, "exp": now + 7200})),
            "at_hash" => claims["at_hash"] = at_hash("another").into(),
            "sub" => claims["sub"] = "".into(),
            _ => {}
        }
        let (alg, name) = match spoilt {
            "none" => ("none", kid(key)),
            "hs256" => ("HS256", kid(key)),
            "kid" => ("RS256", "unknown".to_owned()),
            _ => ("RS256", kid(key)),
        };
        let header = json!({"alg": alg, "kid": name, "typ": "JWT"});
        let part = |json: &Json| URL_SAFE_NO_PAD.encode(json.to_string());
        let text = format!("{}.{}", part(&header), part(&claims));
        let signature = match spoilt {
            "none" => Vec::new(),
            "hs256" => {
                let mut mac = Hmac::<Sha256>::new_from_slice(SECRET.as_bytes()).map_err(|error| error.to_string())?;
                mac.update(text.as_bytes());
                mac.finalize().into_bytes().to_vec()
            }
            "signature" => self.rs256(self.after(key), &text)?,
            _ => self.rs256(key, &text)?,
        };
        Ok(format!("{text}.{}", URL_SAFE_NO_PAD.encode(signature)))
    }
}

fn with(mut claims: Json, others: Json) -> Json {
    for (name, value) in others.as_object().into_iter().flatten() {
        claims[name] = value.clone();
    }
    claims
}
