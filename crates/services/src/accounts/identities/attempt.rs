//! One attempt: sending the browser away, and what it comes back with.
//!
//! The browser alone holds the secret; here lies its hash, for ten minutes and for one return.

use super::waiting::Waiting;
use super::{linked, provider};
use crate::accounts::{SignedIn, person, sign_in};
use crate::vault::{random_token, token_hash};
use crate::{App, Error, Result};
use connectors::identity::{self, Attempt, Call, Expected, LIFETIME_MS, Person, Problem, Provider, Refusal};
use domain::ids::UserId;
use domain::{ApiError, ErrorCode};
use std::sync::Arc;
use store::identities::{self as rows, AttemptRow};

/// A browser that is to go away.
#[derive(Debug)]
pub struct Begun {
    /// For its cookie.
    pub secret: String,
    /// Where to.
    pub address: String,
}

/// What a browser came back with.
#[derive(Clone, Debug, Default)]
pub struct Returned {
    /// Of its cookie; empty when it has none.
    pub secret: String,
    pub state: String,
    pub code: String,
    pub error: String,
    pub device_id: String,
    /// Who is signed in there.
    pub user: Option<UserId>,
    pub peer: String,
}

/// How an attempt ended, and where its person wanted to go.
#[derive(Debug)]
pub struct Back {
    pub next: String,
    /// They were adding a way in.
    pub linking: bool,
    pub came: Result<Came, Turned>,
}

/// Who came back.
#[derive(Debug)]
pub enum Came {
    /// Somebody known: in, or half way where there is a second factor.
    In(SignedIn),
    /// The way in was added.
    Linked,
    /// Nobody knows them yet; `account` when somebody here has their address.
    Unknown { waiting: Waiting, account: bool },
}

/// Why nobody came back.
#[derive(Debug)]
pub enum Turned {
    /// There is no such provider here.
    Off,
    /// They thought better of it.
    Cancelled,
    /// Too late, twice, from another browser, or by somebody else than began it.
    Expired,
    /// It belongs to another account here.
    Taken,
    /// What the provider did wrong, or we.
    Provider(Problem),
    Failed(Error),
}

impl From<Error> for Turned {
    fn from(error: Error) -> Self {
        Turned::Failed(error)
    }
}

impl From<store::Error> for Turned {
    fn from(error: store::Error) -> Self {
        Turned::Failed(error.into())
    }
}

impl From<Problem> for Turned {
    fn from(problem: Problem) -> Self {
        Turned::Provider(problem)
    }
}

/// Where the provider sends browsers back to: under the address of the installation, whatever a request says it came to.
fn redirect_uri(app: &App, provider: &Provider) -> String {
    format!("{}/auth/{}/callback", app.config.public_url, provider.id)
}

/// Begins an attempt to sign in, or by somebody signed in to add a way.
pub async fn begin(app: &Arc<App>, id: &str, user: Option<UserId>, next: &str) -> Result<Begun, Turned> {
    let provider = provider(app, id).ok_or(Turned::Off)?;
    let directory = app.identities.directory(app, provider).await.inspect_err(|problem| told(provider, problem))?;
    let secret = random_token();
    let address = Attempt::of(&secret).address(provider, &directory, &redirect_uri(app, provider))?;
    let row = AttemptRow {
        provider: provider.id.clone(),
        user_id: user,
        next: next.chars().take(2_000).collect(),
        created_at: app.clock.now(),
    };
    let mut tx = app.db.begin().await?;
    rows::begin(&mut tx, &token_hash(&secret), &row).await?;
    tx.commit().await?;
    Ok(Begun { secret, address: address.into() })
}

/// What an attempt is remembered by in the session it opened, so that coming back twice is no mistake.
pub fn mark(secret: &str) -> String {
    token_hash(secret)
}

/// Ends an attempt: used up first, believed afterwards.
pub async fn finish(app: &Arc<App>, id: &str, returned: Returned) -> Back {
    let nothing = |came| Back { next: String::new(), linking: false, came: Err(came) };
    let Some(provider) = provider(app, id) else { return nothing(Turned::Off) };
    let attempt = Attempt::of(&returned.secret);
    if returned.secret.is_empty() || !attempt.knows(&returned.state) {
        return nothing(Turned::Expired);
    }
    let row = match take(app, &returned.secret).await {
        Ok(Some(row)) => row,
        Ok(None) => return nothing(Turned::Expired),
        Err(error) => return nothing(Turned::Failed(error)),
    };
    let came = answered(app, provider, &attempt, &row, &returned).await;
    if let Err(Turned::Provider(problem)) = &came {
        told(provider, problem);
    }
    Back { next: row.next, linking: row.user_id.is_some(), came }
}

async fn take(app: &App, secret: &str) -> Result<Option<AttemptRow>> {
    let mut tx = app.db.begin().await?;
    let row = rows::take(&mut tx, &token_hash(secret)).await?;
    tx.commit().await?;
    Ok(row)
}

/// The operator's business is told loudly, what passes by itself softly.
fn told(provider: &Provider, problem: &Problem) {
    match problem {
        Problem::Configuration(_) | Problem::Unbelievable(_) => {
            tracing::error!(provider = %provider.id, %problem, "Signing in with a provider does not work");
        }
        Problem::Down(_) => tracing::warn!(provider = %provider.id, %problem, "A provider cannot be signed in with"),
        Problem::Expired(_) => tracing::info!(provider = %provider.id, %problem, "A sign-in has to be begun anew"),
    }
}

async fn answered(
    app: &Arc<App>,
    provider: &Provider,
    attempt: &Attempt,
    row: &AttemptRow,
    returned: &Returned,
) -> Result<Came, Turned> {
    let now = app.clock.now();
    // An attempt of one provider ends at no other, and whoever adds a way in is still the one who began.
    let same = row.provider == provider.id && (row.user_id.is_none() || row.user_id == returned.user);
    if !same || row.created_at <= now - LIFETIME_MS {
        return Err(Turned::Expired);
    }
    match returned.error.as_str() {
        "" if returned.code.is_empty() => return Err(Turned::Expired),
        "" => {}
        "access_denied" => return Err(Turned::Cancelled),
        "temporarily_unavailable" | "server_error" => return Err(Problem::Down("it says so".into()).into()),
        other => {
            let word: String = other.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '_').take(60).collect();
            return Err(Problem::Configuration(word).into());
        }
    }
    let trying = app.attempts.take(now, "identity", None, Some(&returned.peer))?;
    let person = who(app, provider, attempt, returned).await;
    // Only what somebody could have made up counts; a provider that is down is nobody's guess.
    if !matches!(person, Err(Problem::Unbelievable(_) | Problem::Expired(_))) {
        app.attempts.give_back(&trying);
    }
    settle(app, provider, person?, row.user_id, &returned.peer).await
}

/// Exchanges the code and finds out whose it is.
async fn who(app: &App, provider: &Provider, attempt: &Attempt, returned: &Returned) -> Result<Person, Problem> {
    let directory = app.identities.directory(app, provider).await?;
    let redirect_uri = redirect_uri(app, provider);
    let call = Call {
        http: &app.http,
        provider,
        directory: &directory,
        attempt,
        redirect_uri: &redirect_uri,
        code: &returned.code,
        device_id: &returned.device_id,
    };
    let tokens = identity::exchange(call).await?;
    if provider.kind != identity::Kind::Oidc {
        return identity::profile(call, &tokens).await;
    }
    let token = tokens.id_token.as_deref().ok_or_else(|| Problem::Unbelievable("no id_token".into()))?;
    let keys = app.identities.keys(app, provider, &directory).await?;
    let (access_token, now_ms) = (tokens.access_token.as_str(), app.clock.now());
    let expected = Expected { provider, nonce: &attempt.nonce, access_token, now_ms };
    match identity::verify(token, &keys, expected) {
        Err(Refusal::UnknownKey) => match app.identities.keys_again(app, provider, &directory).await? {
            Some(keys) => Ok(identity::verify(token, &keys, expected)?),
            None => Err(Refusal::UnknownKey.into()),
        },
        other => Ok(other?),
    }
}

async fn settle(
    app: &Arc<App>,
    provider: &Provider,
    person: Person,
    adding: Option<UserId>,
    peer: &str,
) -> Result<Came, Turned> {
    let now = app.clock.now();
    let waiting = Waiting::of(provider, person, now);
    match (rows::owner(&app.db, &waiting.provider, &waiting.subject).await?, adding) {
        (Some(owner), Some(user)) if owner != user => Err(Turned::Taken),
        (Some(_), Some(_)) => Ok(Came::Linked),
        (None, Some(user)) => match linked::link(app, user, &waiting).await {
            Ok(()) => Ok(Came::Linked),
            // Somebody was faster.
            Err(Error::Api(ApiError { code: ErrorCode::AlreadyExists, .. })) => Err(Turned::Taken),
            Err(other) => Err(other.into()),
        },
        (Some(owner), None) => {
            let mut tx = app.db.begin().await?;
            rows::touch(&mut tx, waiting.key(), &waiting.label(), now).await?;
            tx.commit().await?;
            let user = person::row(app, owner).await?;
            Ok(Came::In(sign_in::let_in(app, &user, peer, Some(&provider.name)).await?))
        }
        (None, None) => {
            let account = match &waiting.email {
                Some(email) => store::accounts::user_by_email(&app.db, &person::fold(email)).await?.is_some(),
                None => false,
            };
            Ok(Came::Unknown { waiting, account })
        }
    }
}
