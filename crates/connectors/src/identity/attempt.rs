//! One attempt to sign in: what only the browser that began it knows, and what follows from it. State, nonce and the proof of
//! the code are made of the browser's secret, so that nothing that lies in a database finishes somebody's attempt.

use super::{Directory, Kind, Problem, Provider};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, Mac};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;
use url::Url;

/// How long somebody may be away.
pub const LIFETIME_MS: i64 = 10 * 60 * 1000;

/// What an attempt is told apart by.
#[derive(Clone, PartialEq, Eq)]
pub struct Attempt {
    /// Comes back with the browser.
    pub state: String,
    /// Comes back within the token.
    pub nonce: String,
    /// Proves to the provider that whoever brings the code began the attempt (PKCE).
    pub verifier: String,
}

impl std::fmt::Debug for Attempt {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Attempt")
    }
}

/// 32 bytes that follow from the secret for one purpose, as 43 characters.
fn derived(secret: &str, purpose: &str) -> String {
    let mut mac = match Hmac::<Sha256>::new_from_slice(secret.as_bytes()) {
        Ok(mac) => mac,
        Err(_) => unreachable!("HMAC takes keys of any length"),
    };
    mac.update(purpose.as_bytes());
    URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes())
}

/// The public half of the proof (RFC 7636, S256).
pub(super) fn challenge(verifier: &str) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(verifier.as_bytes()))
}

impl Attempt {
    /// Of the browser's secret, a random token.
    pub fn of(secret: &str) -> Self {
        let of = |purpose| derived(secret, purpose);
        Self { state: of("sign-in state"), nonce: of("sign-in nonce"), verifier: of("sign-in verifier") }
    }

    /// Whether this state is the one that was sent.
    pub fn knows(&self, state: &str) -> bool {
        self.state.as_bytes().ct_eq(state.as_bytes()).into()
    }

    /// Where the browser goes.
    pub fn address(&self, provider: &Provider, directory: &Directory, redirect_uri: &str) -> Result<Url, Problem> {
        let mut url = Url::parse(&directory.authorize).map_err(|error| Problem::Configuration(error.to_string()))?;
        let challenge = challenge(&self.verifier);
        let scope = match provider.kind {
            Kind::Oidc => "openid email profile",
            Kind::Facebook => "email,public_profile",
            Kind::Yandex => "login:email login:info",
            Kind::Vk => "email",
        };
        let mut query = url.query_pairs_mut();
        query.append_pair("response_type", "code").append_pair("client_id", &provider.client_id);
        query.append_pair("redirect_uri", redirect_uri).append_pair("scope", scope).append_pair("state", &self.state);
        query.append_pair("code_challenge", &challenge).append_pair("code_challenge_method", "S256");
        if provider.kind == Kind::Oidc {
            query.append_pair("nonce", &self.nonce).append_pair("prompt", "select_account");
        }
        drop(query);
        Ok(url)
    }
}
