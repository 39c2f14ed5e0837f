//! The provider's addresses: who may call, where a path leads, and everything but messages themselves.

use super::messages::{Refusal, error_body, refuse, send};
use super::world::{MEDIA_URL_MS, World, template};
use crate::json::Look;
use crate::simulator::Call;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, FromRequest, Multipart, Path, Query, Request, State};
use axum::http::{HeaderMap, Method, StatusCode};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::{any, get, post};
use axum::{Json as Body, Router};
use serde_json::{Value as Json, json};
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

type Params = HashMap<String, String>;
type Answer = Result<Json, Refusal>;

/// Routes of the provider, with faults in front and a memory of calls.
pub fn router(world: Arc<World>) -> Router {
    Router::new()
        .route("/{version}/{object}/media", post(upload))
        .route("/{version}/{object}/{edge}", any(edge))
        .route("/{version}/{object}", any(object))
        .route("/whatsapp_business/attachments", get(download))
        .layer(DefaultBodyLimit::max(110 * 1024 * 1024))
        .layer(middleware::from_fn_with_state(world.clone(), watch))
        .with_state(world)
}

async fn watch(State(world): State<Arc<World>>, request: Request, next: Next) -> Response {
    let (method, path) = (request.method().to_string(), request.uri().path().to_owned());
    let error = |_, code| error_body(code, "Ordered fault.");
    let response = world.faults.around(request, next, error).await;
    let status = response.status().as_u16();
    world.calls.add(Call { at_ms: world.clock.now_ms(), method, path, status });
    response
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::BAD_REQUEST);
        (status, Body(error_body(self.code, &self.details))).into_response()
    }
}

fn allowed(world: &World, headers: &HeaderMap) -> Result<(), Refusal> {
    let given = headers.get("authorization").and_then(|v| v.to_str().ok()).unwrap_or_default();
    let token = &world.memory().behaviour.access_token;
    if given.strip_prefix("Bearer ") == Some(token) { Ok(()) } else { Err(refuse(190, "Invalid OAuth access token.")) }
}

fn unknown(object: &str) -> Refusal {
    refuse(100, format!("Object with ID '{object}' does not exist or cannot be loaded due to missing permissions."))
}

async fn edge(
    State(world): State<Arc<World>>,
    method: Method,
    Path((_, object, edge)): Path<(String, String, String)>,
    Query(query): Query<Params>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Body<Json>, Refusal> {
    if (object.as_str(), edge.as_str()) == ("oauth", "access_token") {
        let token = world.memory().behaviour.access_token.clone();
        return Ok(Body(json!({"access_token": token, "token_type": "bearer"})));
    }
    allowed(&world, &headers)?;
    let (number, account) = {
        let own = &world.memory().behaviour;
        (object == own.phone_number_id, object == own.waba_id)
    };
    let input = if body.is_empty() { Json::Null } else { parsed(&body)? };
    let answer = match (method.as_str(), edge.as_str()) {
        ("POST", "messages" | "marketing_messages") if number => send(&world, &input),
        ("POST", "register" | "deregister") if number => Ok(json!({"success": true})),
        ("POST" | "DELETE" | "GET", "block_users") if number => Ok(block(&world, &method, &input)),
        ("GET", "subscribed_apps") if account => Ok(subscribed(&world)),
        ("POST", "subscribed_apps") if account => subscribe(&world, &input).await,
        ("DELETE", "subscribed_apps") if account => {
            world.memory().subscribed = false;
            Ok(json!({"success": true}))
        }
        ("GET", "phone_numbers") if account => {
            Ok(json!({"data": [phone(&world)], "paging": {"cursors": {"before": "QVFI", "after": "QVFJ"}}}))
        }
        ("GET", "message_templates") if account => Ok(templates(&world, &query)),
        ("POST", "message_templates") if account => create_template(&world, &input),
        ("DELETE", "message_templates") if account => delete_template(&world, &query),
        _ => Err(unknown(&object)),
    };
    answer.map(Body)
}

fn parsed(body: &[u8]) -> Answer {
    serde_json::from_slice(body).map_err(|_| refuse(100, "The body is no JSON."))
}

async fn object(
    State(world): State<Arc<World>>,
    method: Method,
    Path((_, object)): Path<(String, String)>,
    Query(query): Query<Params>,
    headers: HeaderMap,
) -> Result<Body<Json>, Refusal> {
    if object == "debug_token" {
        let own = &world.memory().behaviour;
        let valid = query.get("input_token") == Some(&own.access_token);
        let scopes = json!([{"scope": "whatsapp_business_messaging", "target_ids": [own.waba_id]}]);
        return Ok(Body(json!({"data": {"app_id": own.app_id, "is_valid": valid, "granular_scopes": scopes}})));
    }
    allowed(&world, &headers)?;
    let is_number = object == world.memory().behaviour.phone_number_id;
    let answer = match method.as_str() {
        "GET" if is_number => Ok(chosen(&phone(&world), query.get("fields"))),
        "GET" => media(&world, &object, query.get("phone_number_id")),
        "DELETE" if world.memory().media.remove(&object).is_some() => Ok(json!({"success": true})),
        _ => Err(unknown(&object)),
    };
    answer.map(Body)
}

fn phone(world: &World) -> Json {
    let memory = world.memory();
    let own = &memory.behaviour;
    json!({
        "id": own.phone_number_id, "display_phone_number": format!("+{}", own.display_phone_number),
        "verified_name": own.verified_name, "quality_rating": "GREEN", "code_verification_status": "VERIFIED",
        "throughput": {"level": "STANDARD"}, "whatsapp_business_manager_messaging_limit": "TIER_2K",
        "webhook_configuration": {"application": memory.callback.as_ref().map(|callback| callback.url.as_str())},
    })
}

/// Only the asked fields, and always the id.
fn chosen(object: &Json, fields: Option<&String>) -> Json {
    let Some(fields) = fields else { return object.clone() };
    let names = fields.split(',').map(|name| name.split('{').next().unwrap_or_default().trim()).chain(["id"]);
    names
        .filter_map(|name| Some((name.to_owned(), object.get(name)?.clone())))
        .collect::<serde_json::Map<_, _>>()
        .into()
}

async fn upload(
    State(world): State<Arc<World>>,
    Path((_, object)): Path<(String, String)>,
    request: Request,
) -> Result<Body<Json>, Refusal> {
    allowed(&world, request.headers())?;
    if object != world.memory().behaviour.phone_number_id {
        return Err(unknown(&object));
    }
    let broken = |_| refuse(131053, "The upload cannot be read.");
    let mut form =
        Multipart::from_request(request, &()).await.map_err(|_| refuse(100, "A multipart body is needed."))?;
    let (mut product, mut mime, mut file) = (String::new(), String::new(), None);
    while let Some(field) = form.next_field().await.map_err(broken)? {
        match field.name().unwrap_or_default() {
            "messaging_product" => product = field.text().await.map_err(broken)?,
            "type" => mime = field.text().await.map_err(broken)?,
            "file" => file = Some((field.content_type().map(str::to_owned), field.bytes().await.map_err(broken)?)),
            _ => {}
        }
    }
    if product != "whatsapp" {
        return Err(refuse(100, "The parameter messaging_product is required."));
    }
    let Some((content_type, bytes)) = file else { return Err(refuse(100, "The parameter file is required.")) };
    if mime.is_empty() {
        mime = content_type.unwrap_or_default();
    }
    Ok(Body(json!({"id": world.keep(&mime, bytes)})))
}

/// A fresh address, good for five minutes.
fn media(world: &World, id: &str, number: Option<&String>) -> Answer {
    let key = world.number_id();
    let now = world.clock.now_ms();
    let mut memory = world.memory();
    if number.is_some_and(|number| *number != memory.behaviour.phone_number_id) {
        return Err(unknown(id));
    }
    let media = memory.media.get_mut(id).ok_or_else(|| unknown(id))?;
    media.url_until_ms = now + MEDIA_URL_MS;
    media.url_key = key;
    let url = format!("{}/whatsapp_business/attachments?mid={id}&hash={}", world.base_url, media.url_key);
    Ok(json!({
        "messaging_product": "whatsapp", "url": url, "mime_type": media.mime,
        "sha256": hex::encode(Sha256::digest(&media.bytes)), "file_size": media.bytes.len().to_string(), "id": id,
    }))
}

async fn download(State(world): State<Arc<World>>, Query(query): Query<Params>, headers: HeaderMap) -> Response {
    if let Err(refusal) = allowed(&world, &headers) {
        return refusal.into_response();
    }
    let media = query.get("mid").and_then(|id| world.memory().media.get(id).cloned());
    match media {
        Some(media) if query.get("hash") == Some(&media.url_key) && world.clock.now_ms() < media.url_until_ms => {
            ([("content-type", media.mime)], media.bytes).into_response()
        }
        _ => StatusCode::NOT_FOUND.into_response(),
    }
}

fn subscribed(world: &World) -> Json {
    let memory = world.memory();
    let link = "https://pult.example";
    let app = json!({"whatsapp_business_api_data": {"id": memory.behaviour.app_id, "name": "Pult", "link": link}});
    json!({"data": if memory.subscribed { vec![app] } else { vec![] }})
}

async fn subscribe(world: &World, input: &Json) -> Answer {
    let url = input.text("override_callback_uri");
    if !url.is_empty() {
        let failed = |why| refuse(2200, format!("Callback verification failed with the following errors: {why}"));
        world.connect(url, input.text("verify_token")).await.map_err(failed)?;
    }
    world.memory().subscribed = true;
    Ok(json!({"success": true}))
}

fn templates(world: &World, query: &Params) -> Json {
    let memory = world.memory();
    let status = query.get("status");
    let all: Vec<&Json> =
        memory.templates.iter().filter(|t| status.is_none_or(|status| t.text("status") == status)).collect();
    let number = |name: &str| query.get(name).and_then(|text| text.parse::<usize>().ok());
    let (start, limit) = (number("after").unwrap_or(0), number("limit").unwrap_or(25).max(1));
    let page: Vec<&Json> = all.iter().skip(start).take(limit).copied().collect();
    let end = start + page.len();
    let mut paging = json!({"cursors": {"before": start.to_string(), "after": end.to_string()}});
    if end < all.len() {
        paging["next"] = format!("{}/next?access_token=hidden&after={end}", world.base_url).into();
    }
    json!({"data": page, "paging": paging})
}

fn create_template(world: &Arc<World>, input: &Json) -> Answer {
    let (name, language, category) = (input.text("name"), input.text("language"), input.text("category"));
    let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_';
    if name.is_empty() || !name.bytes().all(plain) || language.is_empty() || category.is_empty() {
        return Err(refuse(100, "name, language and category are needed; name in lower case."));
    }
    let id = world.number_id();
    let approve_ms = {
        let mut memory = world.memory();
        if memory.templates.iter().any(|t| t.text("name") == name && t.text("language") == language) {
            return Err(refuse(100, "There is already content in this language for this template."));
        }
        let components = input.at("components").clone();
        memory.templates.push(template(name, language, category, components, "PENDING", &id));
        memory.behaviour.approve_ms
    };
    if let Some(ms) = approve_ms {
        let (world, name, language) = (world.clone(), name.to_owned(), language.to_owned());
        tokio::spawn(async move {
            tokio::time::sleep(Duration::from_millis(ms)).await;
            let _ = world.judge_template(&name, &language, "APPROVED", "NONE").await;
        });
    }
    Ok(json!({"id": id, "status": "PENDING", "category": category}))
}

fn delete_template(world: &World, query: &Params) -> Answer {
    let name = query.get("name").map(String::as_str).unwrap_or_default();
    let id = query.get("hsm_id");
    let mut memory = world.memory();
    let before = memory.templates.len();
    memory.templates.retain(|t| t.text("name") != name || id.is_some_and(|id| t.text("id") != id));
    if memory.templates.len() == before { Err(unknown(name)) } else { Ok(json!({"success": true})) }
}

fn block(world: &World, method: &Method, input: &Json) -> Json {
    let mut memory = world.memory();
    let digits = |user: &Json| user.text("user").trim_start_matches('+').to_owned();
    let users: Vec<String> = input.list("block_users").iter().map(digits).collect();
    let list = |users: &[String]| users.iter().map(|user| json!({"input": user, "wa_id": user})).collect::<Vec<_>>();
    match method.as_str() {
        "POST" => {
            memory.blocked.extend(users.iter().cloned());
            json!({"messaging_product": "whatsapp", "block_users": {"added_users": list(&users)}})
        }
        "DELETE" => {
            memory.blocked.retain(|user| !users.contains(user));
            json!({"messaging_product": "whatsapp", "block_users": {"removed_users": list(&users)}})
        }
        _ => {
            let data: Vec<Json> =
                memory.blocked.iter().map(|user| json!({"messaging_product": "whatsapp", "wa_id": user})).collect();
            json!({"data": data})
        }
    }
}

impl World {
    /// Decides about a template and tells it by webhook.
    pub async fn judge_template(
        self: &Arc<Self>,
        name: &str,
        language: &str,
        status: &str,
        reason: &str,
    ) -> Result<bool, String> {
        let value = {
            let mut memory = self.memory();
            let same = |t: &&mut Json| t.text("name") == name && t.text("language") == language;
            let template = memory.templates.iter_mut().find(same).ok_or("no such template")?;
            template["status"] = status.into();
            json!({
                "event": status, "message_template_id": template.text("id").parse::<u64>().unwrap_or_default(),
                "message_template_name": name, "message_template_language": language, "reason": reason,
                "message_template_category": template["category"],
            })
        };
        Ok(self.post("message_template_status_update", &value).await?.acknowledged())
    }
}
