//! What browsers and programs find there: the page that asks who somebody is, the exchange of codes, keys and profiles.

use super::page::{escaped, picker};
use super::world::{CLIENT, Grant, SECRET, World};
use crate::identity::{attempt::challenge, facebook::proof};
use crate::simulator::Call;
use axum::body::Bytes;
use axum::extract::{Query, Request, State};
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::{self, Next};
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum::{Json as Body, Router};
use serde_json::{Value as Json, json};
use std::collections::HashMap;
use std::sync::Arc;

type Fields = HashMap<String, String>;
type Here = State<Arc<World>>;

/// How long a code is good.
const CODE_MS: i64 = 10 * 60 * 1000;

/// Everything but the control addresses.
pub fn router(world: Arc<World>) -> Router {
    Router::new()
        .route("/.well-known/openid-configuration", get(discovery))
        .route("/authorize", get(authorize))
        .route("/{service}/authorize", get(authorize))
        .route("/facebook/dialog/oauth", get(authorize))
        .route("/keys", get(keys))
        .route("/token", post(token))
        .route("/yandex/token", post(plain_token))
        .route("/graph/oauth/access_token", post(graph_token))
        .route("/vk/oauth2/auth", post(vk_token))
        .route("/yandex/info", get(yandex))
        .route("/graph/me", get(graph_me))
        .route("/graph/debug_token", get(graph_debug))
        .route("/vk/oauth2/user_info", post(vk_info))
        .layer(middleware::from_fn_with_state(world.clone(), watch))
        .with_state(world)
}

async fn watch(State(world): Here, request: Request, next: Next) -> Response {
    let (method, path) = (request.method().to_string(), request.uri().path().to_owned());
    let error = |_, code: i64| json!({"error": if code == 1 { "invalid_client" } else { "server_error" }});
    let response = world.faults.around(request, next, error).await;
    let status = response.status().as_u16();
    world.calls.add(Call { at_ms: world.clock.now_ms(), method, path, status });
    response
}

async fn discovery(State(world): Here) -> impl IntoResponse {
    let url = &world.url;
    let document = json!({
        "issuer": url, "authorization_endpoint": format!("{url}/authorize"), "token_endpoint": format!("{url}/token"),
        "jwks_uri": format!("{url}/keys"), "response_types_supported": ["code"], "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["RS256"], "code_challenge_methods_supported": ["plain", "S256"],
        "token_endpoint_auth_methods_supported": ["client_secret_post", "client_secret_basic"],
    });
    ([("cache-control", "public, max-age=3600")], Body(document))
}

async fn keys(State(world): Here) -> impl IntoResponse {
    let key = world.memory().key;
    ([("cache-control", "public, max-age=3600")], Body(world.signers.published(key)))
}

fn field<'a>(fields: &'a Fields, name: &str) -> &'a str {
    fields.get(name).map(String::as_str).unwrap_or_default()
}

/// Who is it? Whoever is named in the query, nobody when they deny, else a person picks.
async fn authorize(State(world): Here, request: Request) -> Response {
    let query = request.uri().query().unwrap_or_default().to_owned();
    let fields: Fields = url::form_urlencoded::parse(query.as_bytes()).into_owned().collect();
    let given = |name| field(&fields, name);
    let wrong =
        |what: &str| (StatusCode::BAD_REQUEST, Html(format!("<h1>400</h1><p>{}</p>", escaped(what)))).into_response();
    let Ok(mut back) = url::Url::parse(given("redirect_uri")) else { return wrong("redirect_uri_mismatch") };
    if given("client_id") != CLIENT {
        return wrong("invalid_client");
    }
    if given("response_type") != "code" || given("code_challenge_method") != "S256" || given("state").is_empty() {
        return wrong("invalid_request");
    }
    if fields.contains_key("deny") {
        back.query_pairs_mut().append_pair("error", "access_denied").append_pair("state", given("state"));
        return Redirect::to(back.as_str()).into_response();
    }
    let Some(id) = fields.get("person") else {
        return Html(picker(&world.memory().people, request.uri().path(), &query)).into_response();
    };
    let Some(person) = world.someone(id) else { return wrong("nobody of this id") };
    let grant = Grant {
        code: world.fresh("code"),
        token: world.fresh("access"),
        person,
        redirect_uri: given("redirect_uri").to_owned(),
        challenge: given("code_challenge").to_owned(),
        nonce: given("nonce").to_owned(),
        device_id: world.fresh("device"),
        until_ms: world.clock.now_ms() + CODE_MS,
        used: false,
    };
    let mut pairs = back.query_pairs_mut();
    pairs.append_pair("code", &grant.code).append_pair("state", given("state"));
    if request.uri().path().starts_with("/vk/") {
        pairs.append_pair("device_id", &grant.device_id).append_pair("type", "code_v2");
    }
    drop(pairs);
    world.memory().grants.push(grant);
    Redirect::to(back.as_str()).into_response()
}

/// Takes a code up. Of the wrong ones it says which way it is wrong.
fn taken(world: &World, body: &[u8]) -> Result<(Grant, Fields), (StatusCode, &'static str)> {
    let fields: Fields = url::form_urlencoded::parse(body).into_owned().collect();
    let given = |name| field(&fields, name);
    if given("client_id") != CLIENT || given("client_secret") != SECRET {
        return Err((StatusCode::UNAUTHORIZED, "invalid_client"));
    }
    if given("grant_type") != "authorization_code" {
        return Err((StatusCode::BAD_REQUEST, "unsupported_grant_type"));
    }
    let now = world.clock.now_ms();
    let mut memory = world.memory();
    let grant =
        memory.grants.iter_mut().find(|grant| grant.code == given("code") && !grant.used && grant.until_ms > now);
    let Some(grant) = grant else { return Err((StatusCode::BAD_REQUEST, "invalid_grant")) };
    // Whoever brings a code, right or wrong, uses it up.
    grant.used = true;
    let proved = challenge(given("code_verifier")) == grant.challenge && given("redirect_uri") == grant.redirect_uri;
    let grant = grant.clone();
    if proved { Ok((grant, fields)) } else { Err((StatusCode::BAD_REQUEST, "invalid_grant")) }
}

fn refusal((status, error): (StatusCode, &'static str)) -> Response {
    (status, Body(json!({"error": error, "error_description": "Bad Request"}))).into_response()
}

fn given_out(grant: &Grant) -> Json {
    json!({"access_token": grant.token, "token_type": "Bearer", "expires_in": 3599})
}

async fn token(State(world): Here, body: Bytes) -> Response {
    let (grant, _) = match taken(&world, &body) {
        Ok(taken) => taken,
        Err(wrong) => return refusal(wrong),
    };
    let (key, spoilt) = {
        let mut memory = world.memory();
        (memory.key, memory.spoilt.pop_front().unwrap_or_default())
    };
    let mut answer = given_out(&grant);
    if spoilt != "absent" {
        match world.signers.token(key, &world.url, &grant, world.clock.now_ms(), &spoilt) {
            Ok(token) => answer["id_token"] = token.into(),
            Err(why) => return (StatusCode::INTERNAL_SERVER_ERROR, why).into_response(),
        }
    }
    Body(answer).into_response()
}

async fn plain_token(State(world): Here, body: Bytes) -> Response {
    taken(&world, &body).map_or_else(refusal, |(grant, _)| Body(given_out(&grant)).into_response())
}

fn graph_error(status: StatusCode, code: i64, message: &str) -> Response {
    let error = json!({"message": message, "type": "OAuthException", "code": code, "fbtrace_id": "AbC"});
    (status, Body(json!({"error": error}))).into_response()
}

async fn graph_token(State(world): Here, body: Bytes) -> Response {
    match taken(&world, &body) {
        Ok((grant, _)) => Body(given_out(&grant)).into_response(),
        Err((_, "invalid_client")) => graph_error(StatusCode::BAD_REQUEST, 1, "Error validating client secret."),
        Err(_) => graph_error(StatusCode::BAD_REQUEST, 100, "This authorization code has been used."),
    }
}

/// VK ID answers its refusals with 200.
async fn vk_token(State(world): Here, body: Bytes) -> Response {
    match taken(&world, &body) {
        Ok((grant, fields)) if field(&fields, "device_id") == grant.device_id => {
            Body(given_out(&grant)).into_response()
        }
        Ok(_) => Body(json!({"error": "invalid_request", "error_description": "device_id"})).into_response(),
        Err((_, error)) => Body(json!({"error": error})).into_response(),
    }
}

/// Whose token this is.
fn owner(world: &World, token: &str) -> Option<Grant> {
    world.memory().grants.iter().find(|grant| grant.used && grant.token == token).cloned()
}

async fn yandex(State(world): Here, headers: HeaderMap) -> Response {
    let header = headers.get("authorization").and_then(|it| it.to_str().ok()).unwrap_or_default();
    match owner(&world, header.strip_prefix("OAuth ").unwrap_or_default()) {
        Some(Grant { person, .. }) => {
            let body =
                json!({"id": person.id, "login": "login", "real_name": person.name, "default_email": person.email});
            Body(body).into_response()
        }
        None => StatusCode::UNAUTHORIZED.into_response(),
    }
}

async fn graph_me(State(world): Here, Query(query): Query<Fields>) -> Response {
    let token = field(&query, "access_token");
    let Some(Grant { person, .. }) = owner(&world, token) else {
        return graph_error(StatusCode::UNAUTHORIZED, 190, "Invalid OAuth access token.");
    };
    if field(&query, "appsecret_proof") != proof(SECRET, token) {
        return graph_error(StatusCode::BAD_REQUEST, 100, "Invalid appsecret_proof provided in the API argument");
    }
    let mut answer = json!({"id": person.id, "name": person.name});
    if let Some(email) = person.email {
        answer["email"] = email.into();
    }
    Body(answer).into_response()
}

async fn graph_debug(State(world): Here, Query(query): Query<Fields>) -> Response {
    if field(&query, "access_token") != format!("{CLIENT}|{SECRET}") {
        return graph_error(StatusCode::BAD_REQUEST, 190, "Invalid OAuth access token.");
    }
    let data = match owner(&world, field(&query, "input_token")) {
        Some(grant) => json!({"app_id": CLIENT, "type": "USER", "is_valid": true, "user_id": grant.person.id}),
        None => json!({"is_valid": false}),
    };
    Body(json!({"data": data})).into_response()
}

async fn vk_info(State(world): Here, body: Bytes) -> Response {
    let fields: Fields = url::form_urlencoded::parse(&body).into_owned().collect();
    match owner(&world, field(&fields, "access_token")).filter(|_| field(&fields, "client_id") == CLIENT) {
        Some(Grant { person, .. }) => {
            let (first, last) = person.name.split_once(' ').unwrap_or((person.name.as_str(), ""));
            let user = json!({"user_id": person.id, "first_name": first, "last_name": last, "email": person.email});
            Body(json!({"user": user})).into_response()
        }
        None => Body(json!({"error": "invalid_token"})).into_response(),
    }
}
