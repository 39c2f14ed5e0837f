//! Chats and their messages.

use super::doors::{Answer, Body, Fault, Filter, Id, Key, Problem};
use crate::state::AppState;
use axum::Json;
use axum::response::Response;
use domain::chats::ChatStatus;
use domain::ids::{ChatId, UserId};
use domain::views::{
    ChatChange, ChatFilter, ChatView, FoundMessage, MessageQuery, MessageView, Page, SendMessage, WriteNote,
};
use services::chats as use_cases;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

/// The operations.
pub fn routes() -> OpenApiRouter<AppState> {
    OpenApiRouter::new()
        .routes(routes!(list))
        .routes(routes!(get, change))
        .routes(routes!(messages, send))
        .routes(routes!(note))
        .routes(routes!(find))
}

/// Chats
#[utoipa::path(get, path = "/chats", tag = "chats", params(("box" = Option<String>, Query, description = "unanswered, unassigned, all, closed"),
    ("status" = Option<ChatStatus>, Query), ("contact_id" = Option<String>, Query), ("q" = Option<String>, Query), ("cursor" = Option<String>, Query), ("limit" = Option<u32>, Query)),
    responses((status = 200, body = Page<ChatView>), (status = "4XX", body = Problem)))]
async fn list(Key(cx): Key, Filter(filter): Filter<ChatFilter>) -> Answer<Page<ChatView>> {
    Ok(Json(use_cases::list(&cx, filter).await?))
}

/// One chat
#[utoipa::path(get, path = "/chats/{id}", tag = "chats", params(("id" = ChatId, Path)), responses((status = 200, body = ChatView), (status = "4XX", body = Problem)))]
async fn get(Key(cx): Key, Id(id): Id<ChatId>) -> Answer<ChatView> {
    Ok(Json(use_cases::get(&cx, id).await?.chat))
}

/// What may be changed of a chat; absent fields stay.
#[derive(serde::Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
struct PatchChat {
    status: Option<ChatStatus>,
    /// A member's id; `""` for nobody.
    assignee_id: Option<String>,
    /// Set aside until then (epoch ms); 0 takes it back.
    snoozed_until: Option<i64>,
}

/// Change status or responsible member, set aside
#[utoipa::path(patch, path = "/chats/{id}", tag = "chats", params(("id" = ChatId, Path)), request_body = PatchChat,
    responses((status = 200, body = ChatView), (status = "4XX", body = Problem)))]
async fn change(Key(cx): Key, Id(id): Id<ChatId>, body: Body<PatchChat>) -> Answer<ChatView> {
    let mut changes = Vec::new();
    if let Some(text) = body.input.assignee_id {
        let bad = || domain::ApiError::new(domain::ErrorCode::NotAllowed).field("assignee_id");
        let user_id = if text.is_empty() { None } else { Some(text.parse::<UserId>().map_err(|_| bad())?) };
        changes.push(ChatChange::Assign { user_id });
    }
    let snooze = |until| ChatChange::Snooze { until: (until != 0).then_some(until) };
    changes.extend(body.input.snoozed_until.map(snooze));
    changes.extend(body.input.status.map(|status| ChatChange::Status { status }));
    Ok(Json(use_cases::change_all(&cx, id, changes).await?))
}

#[derive(Default, serde::Deserialize)]
#[serde(default)]
struct Older {
    cursor: Option<String>,
}

/// Messages of a chat, oldest first; the cursor leads to older ones
#[utoipa::path(get, path = "/chats/{id}/messages", tag = "chats", params(("id" = ChatId, Path), ("cursor" = Option<String>, Query)),
    responses((status = 200, body = Page<MessageView>), (status = "4XX", body = Problem)))]
async fn messages(Key(cx): Key, Id(id): Id<ChatId>, Filter(older): Filter<Older>) -> Answer<Page<MessageView>> {
    Ok(Json(use_cases::older(&cx, id, older.cursor.as_deref()).await?))
}

/// Send a message
#[utoipa::path(post, path = "/chats/{id}/messages", tag = "chats", params(("id" = ChatId, Path)), request_body = SendMessage,
    responses((status = 201, body = MessageView), (status = "4XX", body = Problem)))]
async fn send(Key(cx): Key, Id(id): Id<ChatId>, body: Body<SendMessage>) -> Result<Response, Fault> {
    body.create(cx, async move |cx, input| {
        let message = use_cases::send(&cx, id, input).await?;
        use_cases::message(&cx, id, message).await
    })
    .await
}

/// Write a note for colleagues; the client never sees it
#[utoipa::path(post, path = "/chats/{id}/notes", tag = "chats", params(("id" = ChatId, Path)), request_body = WriteNote,
    responses((status = 201, body = MessageView), (status = "4XX", body = Problem)))]
async fn note(Key(cx): Key, Id(id): Id<ChatId>, body: Body<WriteNote>) -> Result<Response, Fault> {
    body.create(cx, async move |cx, input| {
        let message = use_cases::write_note(&cx, id, &input).await?;
        use_cases::message(&cx, id, message).await
    })
    .await
}

/// Messages in which all these words are said, newest first
#[utoipa::path(get, path = "/messages", tag = "chats", params(("q" = String, Query, description = "Words in any form; the last one may be unfinished"),
    ("chat_id" = Option<String>, Query), ("cursor" = Option<String>, Query), ("limit" = Option<u32>, Query)),
    responses((status = 200, body = Page<FoundMessage>), (status = "4XX", body = Problem)))]
async fn find(Key(cx): Key, Filter(query): Filter<MessageQuery>) -> Answer<Page<FoundMessage>> {
    Ok(Json(services::search::messages(&cx, &query).await?))
}
