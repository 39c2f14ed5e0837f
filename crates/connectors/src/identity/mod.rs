//! Services people may sign in with: Google and any other OpenID Connect provider, Facebook, Яндекс ID and VK ID. Here is
//! where the browser is sent, what is asked when it comes back, and what makes the answer believable. Knows no account of
//! ours and keeps nothing; off until the operator names some (see [`config`]).

mod attempt;
mod call;
mod config;
mod facebook;
mod id_token;
mod oidc;
mod profile;
pub mod simulator;
#[cfg(test)]
mod tests;

pub use attempt::{Attempt, LIFETIME_MS};
pub use call::{Call, Tokens, exchange};
pub use config::{Kind, Provider, read};
pub use facebook::{Signed, signed_request};
pub use id_token::{Expected, Keys, Refusal, verify};
pub use oidc::{Directory, Fetched, directory, keys};
pub use profile::profile;

/// Who came back, as the provider tells it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Their id there, which never changes; nothing else is a key.
    pub subject: String,
    pub email: Option<String>,
    /// The provider vouches for the address being theirs now.
    pub email_trusted: bool,
    pub name: Option<String>,
}

/// Why nobody came back. The texts are for the log and hold no secret.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// It is set up wrongly, here or in the provider's console; trying again changes nothing.
    #[error("it is set up wrongly: {0}")]
    Configuration(String),
    /// The code is used up or too old: only a new start helps.
    #[error("the code is worth nothing: {0}")]
    Expired(String),
    /// The answer is not to be believed.
    #[error("the answer is not believed: {0}")]
    Unbelievable(String),
    /// It does not answer, or not sensibly.
    #[error("it does not answer: {0}")]
    Down(String),
}

/// Most characters of what a provider tells about somebody.
const MOST: usize = 200;

/// A text of the provider's, if there is something in it.
fn told(text: Option<String>) -> Option<String> {
    text.map(|text| text.trim().chars().take(MOST).collect()).filter(|text: &String| !text.is_empty())
}
