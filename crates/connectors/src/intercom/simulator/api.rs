//! The provider's addresses: who may call, in which version, how often, and where a path leads.

use super::desk::Step;
use super::world::World;
use super::{query, shapes};
use crate::json::Look;
use crate::simulator::Call;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, Query, Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, Uri};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::any;
use axum::{Json as Body, Router};
use serde_json::{Value as Json, json};
use std::collections::HashMap;
use std::sync::Arc;

/// A call Intercom refuses.
#[derive(Debug)]
struct Refusal {
    status: u16,
    code: &'static str,
    message: String,
    /// Where a merged contact lives on.
    link: Option<String>,
}

type Answer = Result<Json, Refusal>;

fn refuse(status: u16, code: &'static str, message: impl Into<String>) -> Refusal {
    Refusal { status, code, message: message.into(), link: None }
}

fn not_found() -> Refusal {
    refuse(404, "not_found", "Resource Not Found")
}

fn invalid(message: impl Into<String>) -> Refusal {
    refuse(400, "parameter_invalid", message)
}

fn error_body(code: &str, message: &str) -> Json {
    json!({
        "type": "error.list", "request_id": "8c288c4f-b699-4209-9de4-064398f02785",
        "errors": [{"code": code, "message": message}],
    })
}

/// The body of an ordered fault: its number only says that there is to be one.
fn fault_body(status: u16, _: i64) -> Json {
    let code = match status {
        401 => "unauthorized",
        403 => "api_plan_restricted",
        404 => "not_found",
        409 => "resource_conflict",
        422 => "validation_error",
        429 => "rate_limit_exceeded",
        503 => "service_unavailable",
        500.. => "server_error",
        _ => "client_error",
    };
    error_body(code, "Ordered fault.")
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::BAD_REQUEST);
        let mut response = (status, Body(error_body(self.code, &self.message))).into_response();
        if let Some(link) = self.link.and_then(|link| HeaderValue::from_str(&link).ok()) {
            response.headers_mut().insert("link", link);
        }
        response
    }
}

/// Routes of the provider, with faults in front and a memory of calls.
pub fn router(world: Arc<World>) -> Router {
    Router::new()
        .route("/{*path}", any(call))
        .layer(DefaultBodyLimit::max(4 * 1024 * 1024))
        .layer(middleware::from_fn_with_state(world.clone(), watch))
        .with_state(world)
}

async fn watch(State(world): State<Arc<World>>, request: Request, next: Next) -> Response {
    let (method, path) = (request.method().to_string(), request.uri().path().to_owned());
    let response = guarded(&world, request, next).await;
    let status = response.status().as_u16();
    world.calls.add(Call { at_ms: world.clock.now_ms(), method, path, status });
    response
}

/// Sign-in, version and rate come before anything else; only who is signed in sees the rate.
async fn guarded(world: &World, request: Request, next: Next) -> Response {
    if !allowed(world, request.headers()) {
        return refuse(401, "unauthorized", "Access Token Invalid").into_response();
    }
    let (within, [limit, remaining, reset]) = world.count_call();
    let mut response = if !within {
        refuse(429, "rate_limit_exceeded", format!("Exceeded rate limit of {limit} in 10_seconds")).into_response()
    } else if version(request.headers()).is_none() {
        refuse(400, "intercom_version_invalid", "The requested version could not be found").into_response()
    } else {
        world.faults.around(request, next, fault_body).await
    };
    for (name, value) in
        [("x-ratelimit-limit", limit), ("x-ratelimit-remaining", remaining), ("x-ratelimit-reset", reset)]
    {
        response.headers_mut().insert(name, value.into());
    }
    response
}

fn allowed(world: &World, headers: &HeaderMap) -> bool {
    let given = headers.get("authorization").and_then(|v| v.to_str().ok()).unwrap_or_default();
    given.strip_prefix("Bearer ") == Some(&world.memory().behaviour.access_token)
}

/// The version asked for, 2.14 when none is; `None` for one that never was.
fn version(headers: &HeaderMap) -> Option<(u32, u32)> {
    let Some(given) = headers.get("intercom-version") else { return Some((2, 14)) };
    let (major, minor) = given.to_str().ok()?.split_once('.')?;
    let version = (major.parse().ok()?, minor.parse().ok()?);
    ((1, 0)..=(2, 16)).contains(&version).then_some(version)
}

async fn call(
    State(world): State<Arc<World>>,
    method: Method,
    uri: Uri,
    Query(params): Query<HashMap<String, String>>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Body<Json>, Refusal> {
    let input: Json = match body.is_empty() {
        true => json!({}),
        false => serde_json::from_slice(&body).map_err(|_| refuse(400, "bad_request", "The body is no JSON."))?,
    };
    let path: Vec<&str> = uri.path().trim_matches('/').split('/').collect();
    let plain = params.get("display_as").is_some_and(|how| how == "plaintext");
    let answer = match (method.as_str(), path.as_slice()) {
        ("GET", ["me"]) => Ok(me(&world)),
        ("GET", ["admins"]) => Ok(admins(&world)),
        ("GET", ["tags"]) => Ok(json!({"type": "list", "data": world.memory().tags})),
        ("POST", ["tags"]) => make_tag(&world, &input),
        ("POST", ["contacts", "search"]) => search_contacts(&world, &input),
        ("GET", ["contacts", id]) => contact(&world, id, version(&headers) >= Some((2, 16))),
        ("POST", ["contacts", id, "notes"]) => contact_note(&world, id, &input),
        ("POST", ["conversations", "search"]) => search_conversations(&world, &input),
        ("GET", ["conversations", id]) => conversation(&world, id, plain),
        ("POST", ["conversations", id, "tags"]) => tag(&world, id, &input),
        ("POST", ["conversations", id, "reply"]) => reply(&world, id, &input),
        ("POST", ["conversations", id, "parts"]) => manage(&world, id, &input),
        _ => Err(not_found()),
    };
    answer.map(Body)
}

fn admin_view(id: &str, name: &str, email: &str) -> Json {
    json!({"type": "admin", "id": id, "email": email, "name": name, "has_inbox_seat": true})
}

fn me(world: &World) -> Json {
    let memory = world.memory();
    let own = &memory.behaviour;
    let mut me = own.admins.first().map(|a| admin_view(&a.id, &a.name, &a.email)).unwrap_or_default();
    me["email_verified"] = true.into();
    me["app"] = json!({
        "type": "app", "id_code": own.app_id, "name": own.app_name, "created_at": 1_734_537_243, "secure": false,
        "identity_verification": false, "timezone": own.timezone, "region": own.region,
    });
    me
}

fn admins(world: &World) -> Json {
    let memory = world.memory();
    let all: Vec<Json> = memory.behaviour.admins.iter().map(|a| admin_view(&a.id, &a.name, &a.email)).collect();
    json!({"type": "admin.list", "admins": all})
}

fn make_tag(world: &World, input: &Json) -> Answer {
    match input.text("name") {
        "" => Err(refuse(400, "parameter_not_found", "Name is missing")),
        name => Ok(world.memory().tag(name, world.number_id())),
    }
}

/// 410 with the heir's address since 2.16, before that 404 or the heir.
fn contact(world: &World, id: &str, gone: bool) -> Answer {
    let memory = world.memory();
    if let Some(contact) = memory.contacts.get(id) {
        return Ok(contact.clone());
    }
    match memory.heir(id) {
        Some(heir) if gone => Err(Refusal {
            link: Some(format!("</contacts/{heir}>; rel=\"canonical\"")),
            ..refuse(410, "contact_merged", "This contact was merged")
        }),
        Some(heir) if memory.behaviour.survivor => memory.contacts.get(&heir).cloned().ok_or_else(not_found),
        _ => Err(refuse(404, "not_found", "User Not Found")),
    }
}

fn contact_note(world: &World, id: &str, input: &Json) -> Answer {
    let memory = world.memory();
    let contact = memory.contacts.get(id).ok_or_else(not_found)?;
    match input.text("body") {
        "" => Err(refuse(400, "parameter_not_found", "Body is missing")),
        body => {
            Ok(json!({"type": "note", "id": world.number_id(), "contact": {"type": "contact", "id": contact["id"]},
            "body": body, "created_at": world.now_s()}))
        }
    }
}

fn conversation(world: &World, id: &str, plain: bool) -> Answer {
    let memory = world.memory();
    let conversation = memory.conversations.get(id);
    conversation.map(|c| shapes::answered(c, plain)).ok_or_else(no_conversation)
}

fn no_conversation() -> Refusal {
    refuse(404, "conversation_not_found", "Resource Not Found")
}

/// Who fits, unless it is too young to be found.
fn found<'a>(
    world: &World,
    all: impl Iterator<Item = &'a Json>,
    input: &Json,
    delay_ms: i64,
) -> Result<Vec<Json>, Refusal> {
    let latest = world.clock.now_ms() - delay_ms;
    let mut found = Vec::new();
    for object in all {
        let young = object.int("updated_at").unwrap_or(0).saturating_mul(1000) > latest;
        if query::fits(input.at("query"), object).map_err(invalid)? && !(young && delay_ms > 0) {
            found.push(object.clone());
        }
    }
    Ok(found)
}

fn search_conversations(world: &World, input: &Json) -> Answer {
    let memory = world.memory();
    let found = found(world, memory.conversations.values(), input, memory.behaviour.search_delay_ms)?;
    let total = found.len();
    let (items, pages) = query::page(found, input.at("pagination")).map_err(invalid)?;
    let items: Vec<Json> = items.iter().map(shapes::listed).collect();
    Ok(json!({"type": "conversation.list", "conversations": items, "total_count": total, "pages": pages}))
}

fn search_contacts(world: &World, input: &Json) -> Answer {
    let memory = world.memory();
    let found = found(world, memory.contacts.values(), input, memory.behaviour.search_delay_ms)?;
    let total = found.len();
    let (items, pages) = query::page(found, input.at("pagination")).map_err(invalid)?;
    Ok(json!({"type": "list", "data": items, "total_count": total, "pages": pages}))
}

fn known_admin(world: &World, input: &Json) -> Result<String, Refusal> {
    let id = input.word("admin_id");
    let memory = world.memory();
    let known = memory.behaviour.admins.iter().any(|admin| admin.id == id);
    if known { Ok(id) } else { Err(invalid("admin_id is no admin")) }
}

fn tag(world: &World, id: &str, input: &Json) -> Answer {
    let admin = known_admin(world, input)?;
    let wanted = input.word("id");
    let tag = world.memory().tags.iter().find(|tag| tag.text("id") == wanted).cloned();
    let tag = tag.ok_or_else(|| refuse(404, "not_found", "Tag Not Found"))?;
    world.put_tag(id, &tag, &admin).map_err(|_| no_conversation())?;
    Ok(tag)
}

fn reply(world: &Arc<World>, id: &str, input: &Json) -> Answer {
    let admin = known_admin(world, input)?;
    let note = match input.text("message_type") {
        "note" => true,
        "comment" => false,
        _ => return Err(invalid("message_type is note or comment")),
    };
    if input.text("body").is_empty() {
        return Err(refuse(400, "parameter_not_found", "Body is missing"));
    }
    let order = json!({"conversation": id, "text": input.text("body"), "by": "admin", "admin": admin});
    done(world, world.reply(&order, note))
}

fn manage(world: &Arc<World>, id: &str, input: &Json) -> Answer {
    let admin = known_admin(world, input)?;
    let order = json!({"conversation": id, "by": "admin", "admin": admin, "snoozed_until": input.at("snoozed_until")});
    let step = match input.text("message_type") {
        "close" => world.close(&order),
        "open" => world.reopen(&order),
        "snoozed" => world.snooze(&order),
        "assignment" => world.assign(&json!({"conversation": id, "admin": input.word("assignee_id")})),
        _ => return Err(invalid("message_type is close, open, snoozed or assignment")),
    };
    done(world, step)
}

/// Answers with the conversation; its webhook goes out meanwhile, when there is anywhere to.
fn done(world: &Arc<World>, step: Result<Step, String>) -> Answer {
    let step = step.map_err(|_| no_conversation())?;
    let answer = conversation(world, &step.conversation, false);
    let world = world.clone();
    tokio::spawn(async move {
        if let Ok(options) = world.options(&json!({})) {
            let _ = world.tell(&step, &options).await;
        }
    });
    answer
}
