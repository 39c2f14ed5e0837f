//! Calls of providers: one client for all, short patience, small answers; and the exchange of a code for tokens, which is
//! made once and never again.

use super::{Attempt, Directory, Kind, Problem, Provider};
use crate::Fail;
use crate::http::{Answer, Repeat, call};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::time::Duration;

/// Longest call; a person is waiting.
const PATIENCE: Duration = Duration::from_secs(10);
/// Largest answer.
pub(super) const LIMIT: usize = 1024 * 1024;

/// Makes a call.
pub(super) async fn asked(request: reqwest::RequestBuilder) -> Result<Answer, Problem> {
    let request = request.timeout(PATIENCE).header("accept", "application/json");
    call(request, Repeat::Harmless, LIMIT).await.map_err(|fail| match fail {
        Fail::Transient { code, detail, .. } => Problem::Down(format!("{code}: {detail}")),
        other => Problem::Down(format!("{other:?}")),
    })
}

/// The JSON of an answer.
pub(super) fn json<T: DeserializeOwned>(answer: &Answer) -> Result<T, Problem> {
    serde_json::from_slice(&answer.body).map_err(|error| Problem::Down(format!("no sensible answer: {error}")))
}

/// What is to be exchanged.
#[derive(Clone, Copy, Debug)]
pub struct Call<'a> {
    pub http: &'a reqwest::Client,
    pub provider: &'a Provider,
    pub directory: &'a Directory,
    pub attempt: &'a Attempt,
    pub redirect_uri: &'a str,
    pub code: &'a str,
    /// VK ID only.
    pub device_id: &'a str,
}

/// What a code is worth. Used at once and kept nowhere.
#[derive(Clone, Deserialize)]
pub struct Tokens {
    pub access_token: String,
    #[serde(default)]
    pub id_token: Option<String>,
}

impl std::fmt::Debug for Tokens {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Tokens")
    }
}

/// Exchanges the code. Form fields only: none of it stands in an address.
pub async fn exchange(call: Call<'_>) -> Result<Tokens, Problem> {
    let (provider, attempt) = (call.provider, call.attempt);
    let mut fields = vec![
        ("grant_type", "authorization_code"),
        ("code", call.code),
        ("redirect_uri", call.redirect_uri),
        ("client_id", &provider.client_id),
        ("code_verifier", &attempt.verifier),
    ];
    if !provider.client_secret.is_empty() {
        fields.push(("client_secret", &provider.client_secret));
    }
    if provider.kind == Kind::Vk {
        fields.extend([("device_id", call.device_id), ("state", attempt.state.as_str())]);
    }
    let answer = asked(call.http.post(&call.directory.token).form(&fields)).await?;
    // VK ID answers its refusals with 200.
    if let Some(problem) = refused(&answer) {
        return Err(problem);
    }
    json(&answer)
}

/// Why a provider refuses, in its own or the Graph API's way; `None` when it does not.
pub(super) fn refused(answer: &Answer) -> Option<Problem> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Said {
        Word(String),
        Graph { code: i64 },
    }
    #[derive(Deserialize)]
    struct Refusal {
        error: Said,
    }
    let said = serde_json::from_slice::<Refusal>(&answer.body).ok().map(|it| it.error);
    let status = answer.status;
    Some(match said {
        None if answer.good() => return None,
        _ if status == 429 || status >= 500 => Problem::Down(format!("HTTP {status}")),
        Some(Said::Word(word)) => {
            let word: String = word.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '_').take(60).collect();
            match word.as_str() {
                "invalid_grant" | "access_denied" => Problem::Expired(word),
                "temporarily_unavailable" | "server_error" | "slow_down" => Problem::Down(word),
                _ => Problem::Configuration(word),
            }
        }
        // A used or wrong code is a bad parameter there; 190 a token that ended.
        Some(Said::Graph { code: 100 | 190 }) => Problem::Expired(format!("Graph {status}")),
        Some(Said::Graph { code: 2 | 4 | 17 | 32 | 613 }) => Problem::Down(format!("Graph {status}")),
        Some(Said::Graph { code }) => Problem::Configuration(format!("Graph error {code}")),
        None => Problem::Configuration(format!("HTTP {status}")),
    })
}
