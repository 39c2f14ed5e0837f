//! Which host has which paths, and what stands in front of all of them: faults, a memory of calls, keys and tokens.

use super::refusal::{Refusal, bad_token, details, fault, message, no_path, ordered};
use super::world::{Memory, Token, World};
use super::{invitations, oauth, reviews};
use crate::simulator::Call;
use axum::Router;
use axum::extract::{Request, State};
use axum::http::HeaderMap;
use axum::middleware::{self, Next};
use axum::response::Response;
use axum::routing::{get, post};
use serde_json::Value as Json;
use std::sync::Arc;

/// `api.trustpilot.com`.
pub fn api(world: Arc<World>) -> Router {
    let oauth = "/v1/oauth/oauth-business-users-for-applications";
    let router = Router::new()
        .route(&format!("{oauth}/accesstoken"), post(oauth::access))
        .route(&format!("{oauth}/refresh"), post(oauth::refresh))
        .route(&format!("{oauth}/revoke"), post(oauth::revoke))
        .route("/v1/business-units/find", get(reviews::find))
        .route("/v1/business-units/{unit}", get(reviews::profile))
        .route("/v1/private/business-units/{unit}/reviews", get(reviews::list))
        .route("/v1/private/reviews/{id}/reply", post(reviews::reply))
        .route("/v1/reviews/{id}", get(reviews::one));
    guarded(router, world)
}

/// `invitations-api.trustpilot.com`.
pub fn invitations(world: Arc<World>) -> Router {
    let unit = "/v1/private/business-units/{unit}";
    let router = Router::new()
        .route(&format!("{unit}/templates"), get(invitations::templates))
        .route(&format!("{unit}/email-invitations"), post(invitations::invite))
        .route(&format!("{unit}/invitation-links"), post(invitations::link))
        .route(&format!("{unit}/invitation-data/delete"), post(invitations::erase));
    guarded(router, world)
}

fn guarded(router: Router<Arc<World>>, world: Arc<World>) -> Router {
    router
        .fallback(async || no_path())
        .method_not_allowed_fallback(async || no_path())
        .layer(middleware::from_fn_with_state(world.clone(), watch))
        .with_state(world)
}

async fn watch(State(world): State<Arc<World>>, request: Request, next: Next) -> Response {
    let (method, path) = (request.method().to_string(), request.uri().path().to_owned());
    let response = world.faults.around(request, next, ordered).await;
    let status = response.status().as_u16();
    world.calls.add(Call { at_ms: world.clock.now_ms(), method, path, status });
    response
}

pub fn header<'a>(headers: &'a HeaderMap, name: &str) -> &'a str {
    headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

/// The key in the header, for what everybody may read.
pub fn with_key(memory: &Memory, headers: &HeaderMap) -> Result<(), Refusal> {
    match header(headers, "apikey") == memory.behaviour.api_key {
        true => Ok(()),
        false => Err(fault(401, "Invalid ApiKey", "oauth.v2.InvalidApiKey")),
    }
}

/// The token in the header, never in the query, for a unit of this account.
pub fn with_token<'a>(world: &World, memory: &'a Memory, headers: &HeaderMap) -> Result<&'a Token, Refusal> {
    let given = header(headers, "authorization").strip_prefix("Bearer ").unwrap_or_default();
    let now = world.clock.now_ms();
    let token = memory.tokens.iter().find(|token| token.access == given && now < token.until_ms);
    let token = token.ok_or_else(bad_token)?;
    if memory.behaviour.plan { Ok(token) } else { Err(message(403, "The plan does not include this module.")) }
}

pub fn own_unit(memory: &Memory, unit: &str) -> Result<(), Refusal> {
    if unit == memory.behaviour.business_unit_id {
        Ok(())
    } else if memory.behaviour.foreign_units.iter().any(|foreign| foreign == unit) {
        Err(message(403, "No access to this business unit."))
    } else {
        Err(message(404, "The business unit does not exist."))
    }
}

/// The person who acts: named in the header when the application signed in, and Admin or Manager in any case.
pub fn with_person(memory: &Memory, token: &Token, headers: &HeaderMap) -> Result<String, Refusal> {
    let named = header(headers, "x-business-user-id");
    let known = !token.refresh.is_empty() || named == memory.behaviour.business_user_id;
    match known && memory.behaviour.may_act {
        true => Ok(named.to_owned()),
        false => Err(message(403, "The business user must be Admin or Manager.")),
    }
}

/// A JSON object, declared as such.
pub fn parsed(headers: &HeaderMap, body: &[u8]) -> Result<Json, Refusal> {
    if !header(headers, "content-type").starts_with("application/json") {
        return Err(message(415, "Unsupported Media Type"));
    }
    let body = serde_json::from_slice::<Json>(body).ok().filter(Json::is_object);
    body.ok_or_else(|| details(400, "the body is no JSON object"))
}
