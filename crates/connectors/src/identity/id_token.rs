//! A token of identity (a signed JWT): RS256 and nothing else, of this issuer, for us, of now, and of this attempt.
//!
//! The signature is checked by `ring`, which TLS brought along. Of the libraries there are, `openidconnect` brings `rsa`, which
//! has an open advisory (RUSTSEC-2023-0071), and two more kinds of curves; `jsonwebtoken` needs that or a second C library from
//! version 10 on, and before takes an `exp` of the wrong type for none. What they would save is this file.

use super::{Person, Problem, Provider, told};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::signature::{RSA_PKCS1_2048_8192_SHA256, RsaPublicKeyComponents};
use serde::{Deserialize, Deserializer};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

/// Clocks may be apart by this much.
const SKEW_S: f64 = 60.0;
/// A token of the future by more than this is none.
const FUTURE_S: f64 = 300.0;
/// Longest subject (OpenID Connect Core, 2).
const SUBJECT: usize = 255;

/// The keys of a provider (RFC 7517); what is no key for RS256 is left out.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Keys {
    keys: Vec<Key>,
}

#[derive(Clone, Debug, Deserialize)]
struct Key {
    kty: String,
    kid: Option<String>,
    #[serde(rename = "use")]
    purpose: Option<String>,
    alg: Option<String>,
    n: Option<String>,
    e: Option<String>,
}

/// What the token must say.
#[derive(Clone, Copy, Debug)]
pub struct Expected<'a> {
    pub provider: &'a Provider,
    pub nonce: &'a str,
    /// The token that came with it.
    pub access_token: &'a str,
    pub now_ms: i64,
}

/// Why a token is not believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// No such key; the provider may have others now.
    UnknownKey,
    /// What is wrong with it.
    Wrong(&'static str),
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Self {
        let what = match refusal {
            Refusal::UnknownKey => "kid",
            Refusal::Wrong(what) => what,
        };
        Problem::Unbelievable(format!("id_token: {what}"))
    }
}

#[derive(Deserialize)]
struct Header {
    alg: String,
    kid: Option<String>,
    crit: Option<serde_json::Value>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Audience {
    One(String),
    Many(Vec<String>),
}

#[derive(Deserialize)]
struct Claims {
    iss: String,
    sub: String,
    aud: Audience,
    azp: Option<String>,
    /// Numbers may have a fraction; a text is no number, and then nothing of the token is believed.
    exp: f64,
    iat: f64,
    nonce: Option<String>,
    at_hash: Option<String>,
    email: Option<String>,
    #[serde(default, deserialize_with = "flag")]
    email_verified: bool,
    hd: Option<String>,
    name: Option<String>,
}

/// Some providers write a flag as a text.
fn flag<'de, D: Deserializer<'de>>(from: D) -> Result<bool, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Flag {
        Bool(bool),
        Text(String),
        None(()),
    }
    Ok(match Flag::deserialize(from)? {
        Flag::Bool(flag) => flag,
        Flag::Text(text) => text == "true",
        Flag::None(()) => false,
    })
}

fn decoded(part: &str) -> Result<Vec<u8>, Refusal> {
    URL_SAFE_NO_PAD.decode(part).map_err(|_| Refusal::Wrong("base64"))
}

/// Who it is, if everything about the token is right.
pub fn verify(token: &str, keys: &Keys, expected: Expected<'_>) -> Result<Person, Refusal> {
    let parts: Vec<&str> = token.split('.').collect();
    let [head, body, signature] = parts[..] else { return Err(Refusal::Wrong("form")) };
    let header: Header = serde_json::from_slice(&decoded(head)?).map_err(|_| Refusal::Wrong("header"))?;
    if header.alg != "RS256" || header.crit.is_some() {
        return Err(Refusal::Wrong("alg"));
    }
    let key = keys.find(header.kid.as_deref()).ok_or(Refusal::UnknownKey)?;
    let signed = &token[..head.len() + 1 + body.len()];
    key.check(signed.as_bytes(), &decoded(signature)?)?;
    let claims: Claims = serde_json::from_slice(&decoded(body)?).map_err(|_| Refusal::Wrong("claims"))?;
    believed(&claims, expected)?;
    let trusted = claims.email_verified && expected.provider.vouches(claims.email.as_deref(), claims.hd.as_deref());
    Ok(Person { subject: claims.sub, email: told(claims.email), email_trusted: trusted, name: told(claims.name) })
}

impl Keys {
    /// The key of this name; without a name the only one there is.
    fn find(&self, kid: Option<&str>) -> Option<&Key> {
        let usable = |key: &&Key| {
            key.kty == "RSA"
                && key.purpose.as_deref().is_none_or(|it| it == "sig")
                && key.alg.as_deref().is_none_or(|it| it == "RS256")
        };
        let mut usable = self.keys.iter().filter(usable);
        match kid {
            Some(kid) => usable.find(|key| key.kid.as_deref() == Some(kid)),
            None => usable.next().filter(|_| usable.next().is_none()),
        }
    }
}

impl Key {
    fn check(&self, signed: &[u8], signature: &[u8]) -> Result<(), Refusal> {
        let number = |text: &Option<String>| decoded(text.as_deref().unwrap_or_default());
        let parts = RsaPublicKeyComponents { n: number(&self.n)?, e: number(&self.e)? };
        let checked = parts.verify(&RSA_PKCS1_2048_8192_SHA256, signed, signature);
        checked.map_err(|_| Refusal::Wrong("signature"))
    }
}

fn believed(claims: &Claims, expected: Expected<'_>) -> Result<(), Refusal> {
    let provider = expected.provider;
    let must = |right: bool, what| if right { Ok(()) } else { Err(Refusal::Wrong(what)) };
    let bare = provider.is_google() && format!("https://{}", claims.iss) == provider.issuer;
    must(claims.iss == provider.issuer || bare, "iss")?;
    let (ours, several) = match &claims.aud {
        Audience::One(one) => (*one == provider.client_id, false),
        Audience::Many(many) => (many.contains(&provider.client_id), many.len() > 1),
    };
    must(ours, "aud")?;
    must(claims.azp.as_ref().map_or(!several, |azp| *azp == provider.client_id), "azp")?;
    let now = expected.now_ms as f64 / 1000.0;
    must(claims.exp > now - SKEW_S, "exp")?;
    must(claims.iat < now + FUTURE_S, "iat")?;
    let same = |left: &str, right: &str| bool::from(left.as_bytes().ct_eq(right.as_bytes()));
    must(claims.nonce.as_deref().is_some_and(|nonce| same(nonce, expected.nonce)), "nonce")?;
    must(claims.at_hash.as_deref().is_none_or(|hash| same(hash, &at_hash(expected.access_token))), "at_hash")?;
    must(!claims.sub.is_empty() && claims.sub.len() <= SUBJECT, "sub")
}

/// The hash of a token within its sister (OpenID Connect Core, 3.1.3.6).
pub(super) fn at_hash(access_token: &str) -> String {
    URL_SAFE_NO_PAD.encode(&Sha256::digest(access_token.as_bytes())[..16])
}

impl Provider {
    /// Whether a verified address is theirs for good. Google says so only of its own and of those a company keeps with it;
    /// of other providers the operator decides.
    fn vouches(&self, email: Option<&str>, hosted: Option<&str>) -> bool {
        if self.is_google() {
            return hosted.is_some() || email.is_some_and(|email| email.to_lowercase().ends_with("@gmail.com"));
        }
        self.trust_email
    }
}
