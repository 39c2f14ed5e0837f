//! Where a provider's addresses are: of OpenID Connect by its discovery document, of the others by what we know of them. And
//! the keys its tokens are signed with.

use super::call::{asked, json};
use super::{Keys, Kind, Problem, Provider};
use crate::http::Answer;
use serde::Deserialize;

/// Addresses of a provider.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Directory {
    pub authorize: String,
    pub token: String,
    /// Its keys; empty where there are no tokens of identity.
    pub keys: String,
}

/// Something that may be kept for a while.
#[derive(Clone, Debug)]
pub struct Fetched<T> {
    pub value: T,
    pub keep_ms: i64,
}

#[derive(Deserialize)]
struct Document {
    issuer: String,
    authorization_endpoint: String,
    token_endpoint: String,
    jwks_uri: String,
}

const MINUTE_MS: i64 = 60_000;
const DAY_MS: i64 = 24 * 60 * MINUTE_MS;

/// Where to go. Only OpenID Connect has to be asked.
pub async fn directory(http: &reqwest::Client, provider: &Provider) -> Result<Fetched<Directory>, Problem> {
    let (issuer, api) = (&provider.issuer, &provider.api_url);
    let of = |authorize: String, token: String| Directory { authorize, token, keys: String::new() };
    let value = match provider.kind {
        Kind::Oidc => return discover(http, provider).await,
        Kind::Facebook => of(format!("{issuer}/dialog/oauth"), format!("{api}/oauth/access_token")),
        Kind::Yandex => of(format!("{issuer}/authorize"), format!("{issuer}/token")),
        Kind::Vk => of(format!("{issuer}/authorize"), format!("{api}/oauth2/auth")),
    };
    Ok(Fetched { value, keep_ms: DAY_MS })
}

async fn discover(http: &reqwest::Client, provider: &Provider) -> Result<Fetched<Directory>, Problem> {
    let address = format!("{}/.well-known/openid-configuration", provider.issuer.trim_end_matches('/'));
    let answer = asked(http.get(address)).await?;
    if !answer.good() {
        // A wrong issuer is answered 404; everything else may pass.
        let why = format!("discovery answered {}", answer.status);
        return Err(if answer.status == 404 { Problem::Configuration(why) } else { Problem::Down(why) });
    }
    let found: Document = json(&answer)?;
    if found.issuer != provider.issuer {
        return Err(Problem::Configuration(format!("the issuer calls itself {:?}", found.issuer)));
    }
    let plain = provider.issuer.starts_with("http://");
    for address in [&found.authorization_endpoint, &found.token_endpoint, &found.jwks_uri] {
        super::config::checked(address, plain).map_err(|what| Problem::Configuration(format!("an address {what}")))?;
    }
    let value =
        Directory { authorize: found.authorization_endpoint, token: found.token_endpoint, keys: found.jwks_uri };
    Ok(Fetched { value, keep_ms: keep_ms(&answer) })
}

/// The keys of a provider.
pub async fn keys(http: &reqwest::Client, directory: &Directory) -> Result<Fetched<Keys>, Problem> {
    let answer = asked(http.get(&directory.keys)).await?;
    if !answer.good() {
        return Err(Problem::Down(format!("its keys were answered {}", answer.status)));
    }
    Ok(Fetched { value: json(&answer)?, keep_ms: keep_ms(&answer) })
}

/// As long as the provider says, between five minutes and a day; an hour when it says nothing.
fn keep_ms(answer: &Answer) -> i64 {
    let told = answer.header("cache-control").split(',').find_map(|part| part.trim().strip_prefix("max-age="));
    let told = told.and_then(|seconds| seconds.parse::<u32>().ok()).map(|seconds| i64::from(seconds) * 1000);
    told.unwrap_or(60 * MINUTE_MS).clamp(5 * MINUTE_MS, DAY_MS)
}
