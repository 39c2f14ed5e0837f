//! Tokens: all grants, answers with nothing but strings, and a refusal for whoever asks too often.

use super::refusal::{Refusal, message, reason, too_many};
use super::routes::header;
use super::world::{Memory, Token, World};
use axum::Json as Body;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value as Json, json};
use std::collections::HashMap;
use std::sync::Arc;

const HOUR_MS: i64 = 60 * 60 * 1000;

type Answer = Result<Body<Json>, Refusal>;

/// The grants `client_credentials`, `password` and `authorization_code`.
pub async fn access(State(world): State<Arc<World>>, headers: HeaderMap, body: Bytes) -> Answer {
    let mut memory = world.memory();
    let form = form(&memory, &headers, &body)?;
    let own = &memory.behaviour;
    let given = |name: &str| form.get(name).map(String::as_str).unwrap_or_default();
    let person = match given("grant_type") {
        "client_credentials" => false,
        "password" if given("username") == own.username && given("password") == own.password => true,
        "authorization_code" if given("code") == own.code && !given("redirect_uri").is_empty() => true,
        "password" | "authorization_code" => return Err(reason(401, "Invalid credentials")),
        _ => return Err(reason(400, "Unsupported grant type")),
    };
    give(&world, &mut memory, person)
}

/// A new pair for a refresh token, which is used up by that.
pub async fn refresh(State(world): State<Arc<World>>, headers: HeaderMap, body: Bytes) -> Answer {
    let now = world.clock.now_ms();
    let mut memory = world.memory();
    let form = form(&memory, &headers, &body)?;
    let given = form.get("refresh_token").filter(|token| !token.is_empty());
    let known = |token: &Token| given == Some(&token.refresh) && now < token.refresh_until_ms;
    if form.get("grant_type").is_none_or(|grant| grant != "refresh_token") || !memory.tokens.iter().any(known) {
        return Err(reason(401, "Invalid refresh token"));
    }
    let answer = give(&world, &mut memory, true)?;
    if let Some(token) = memory.tokens.iter_mut().find(|token| known(token)) {
        token.refresh_until_ms = 0;
    }
    Ok(answer)
}

/// Ends a refresh token and its access token.
pub async fn revoke(State(world): State<Arc<World>>, headers: HeaderMap, body: Bytes) -> Result<StatusCode, Refusal> {
    let mut memory = world.memory();
    let form = form(&memory, &headers, &body)?;
    let given = form.get("token").filter(|token| !token.is_empty());
    memory.tokens.retain(|token| given != Some(&token.refresh));
    Ok(StatusCode::OK)
}

/// The fields of a form sent by the application itself.
fn form(memory: &Memory, headers: &HeaderMap, body: &[u8]) -> Result<HashMap<String, String>, Refusal> {
    if !header(headers, "content-type").starts_with("application/x-www-form-urlencoded") {
        return Err(message(415, "Unsupported Media Type"));
    }
    let own = &memory.behaviour;
    let expected = format!("Basic {}", STANDARD.encode(format!("{}:{}", own.api_key, own.api_secret)));
    if header(headers, "authorization") != expected {
        return Err(reason(401, "Invalid application credentials"));
    }
    Ok(url::form_urlencoded::parse(body).into_owned().collect())
}

fn give(world: &World, memory: &mut Memory, person: bool) -> Answer {
    let now = world.clock.now_ms();
    let early = memory.tokens.iter().filter(|token| token.until_ms - now > HOUR_MS).count();
    if early >= memory.behaviour.tokens_at_once {
        return Err(too_many("Too many token requests"));
    }
    let own = &memory.behaviour;
    let (access, refresh) = (format!("tpa-{}", world.id()), format!("tpr-{}", world.id()));
    // Seconds, although the provider's own client takes them for something else.
    let issued_at = (now / 1000).to_string();
    let mut answer = json!({
        "access_token": access, "issued_at": issued_at, "expires_in": own.expires_in.to_string(),
        "token_type": "BearerToken", "app_enduser": "XXXX", "client_id": own.api_key,
    });
    if person {
        answer["refresh_token"] = refresh.as_str().into();
        answer["refresh_token_issued_at"] = issued_at.into();
        answer["refresh_token_expires_in"] = own.refresh_expires_in.to_string().into();
        answer["refresh_token_status"] = "approved".into();
    }
    let token = Token {
        access,
        until_ms: now + own.expires_in * 1000,
        refresh: if person { refresh } else { String::new() },
        refresh_until_ms: now + own.refresh_expires_in * 1000,
    };
    memory.tokens.push(token);
    Ok(Body(answer))
}
