//! Sending: a message and the job that carries it are written together. Whoever sends (a member, an order notice,
//! later a rule or a campaign) comes through [`enqueue`].

pub use super::otherwise::Otherwise;
use crate::pipeline::{self, kinds};
use crate::{Cx, Result, Work};
use domain::access::Permission;
use domain::channel::{Button, Content, Outgoing};
use domain::chats::{MessageKind, Sender, window_open as open_at, window_until};
use domain::delivery::Delivery;
use domain::ids::{ChatId, FileId, MessageId, UserId};
use domain::routing::{Decision, RoutingReason};
use domain::views::{ConnectionState, SendMessage};
use domain::{ApiError, ErrorCode};
use serde_json::json;
use store::chats::{ChatRow, Line};
use store::messages::NewMessage;
use store::sight::Thing;

/// Longest text a messenger takes.
const MAX_TEXT: usize = 4096;
/// Longest title of an answer button.
const MAX_BUTTON: usize = 20;

/// What is to be said, before the channel's form is known.
#[derive(Clone, Debug)]
pub enum Draft {
    Text { body: String, buttons: Vec<String> },
    Template { name: String, language: String, params: Vec<String> },
    File { id: FileId, kind: MessageKind, name: String, caption: String },
}

impl Draft {
    /// A plain text.
    pub fn text(body: impl Into<String>) -> Self {
        Draft::Text { body: body.into(), buttons: Vec::new() }
    }
}

/// Who says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Voice {
    /// A person: the chat counts as answered.
    Member(UserId),
    /// An integration through its key: counts as answered too.
    Key,
    /// Pult by itself: the customer still waits for a person.
    System,
}

/// Sends a message of a person or key into a chat.
pub async fn send(cx: &Cx, id: ChatId, input: SendMessage) -> Result<MessageId> {
    cx.allow(Permission::ChatsWrite)?;
    let draft = draft(cx, &input).await?;
    let mut work = cx.work().await?;
    // Locked first: what is asked of it below still holds when the message is written.
    let chat = store::chats::for_change(&mut work.tx, cx.organisation, id).await?.ok_or(ErrorCode::NotFound)?;
    cx.sees(&mut work, Thing::Chat(id)).await?;
    if let (Some(after), Some(user)) = (input.after, cx.user())
        && let Some(name) = store::messages::answered_since(&mut work.tx, cx.organisation, id, after, user).await?
    {
        return Err(ApiError::new(ErrorCode::AnsweredMeanwhile).arg("name", name).into());
    }
    let reply_to = match input.reply_to {
        None => None,
        Some(message) => {
            let row = store::messages::by_id(&mut work.tx, cx.organisation, message).await?.filter(|m| m.chat_id == id);
            Some(row.ok_or_else(|| ApiError::new(ErrorCode::NotFound).field("reply_to"))?)
        }
    };
    let voice = cx.user().map_or(Voice::Key, Voice::Member);
    let message = write(&mut work, &chat, draft, voice, reply_to, None).await?;
    if let (None, Some(user), true) = (chat.assignee_id, cx.user(), super::routing::first_takes(&mut work).await?) {
        let decision = Decision::plain(RoutingReason::First, Some(user));
        store::chats::assign(&mut work.tx, cx.organisation, id, Some(user)).await?;
        super::change::note(&mut work, &chat, "chat_taken", json!({"user_id": user, "decision": decision})).await?;
        super::change::assigned(&mut work, &chat).await?;
    }
    work.commit().await?;
    Ok(message)
}

/// Writes a message of Pult itself with its job, and what goes instead should it come too late.
pub async fn enqueue(work: &mut Work, chat: ChatId, draft: Draft, otherwise: Option<Otherwise>) -> Result<MessageId> {
    let chat = store::chats::for_change(&mut work.tx, work.organisation, chat).await?.ok_or(ErrorCode::NotFound)?;
    write(work, &chat, draft, Voice::System, None, otherwise).await
}

/// Whether a free-form message may go into the chat now.
pub async fn window_open(work: &mut Work, chat: ChatId) -> Result<bool> {
    let chat = store::chats::row(&mut work.tx, work.organisation, chat).await?.ok_or(ErrorCode::NotFound)?;
    Ok(open_at(window_until(chat.channel, chat.last_inbound_at), work.now))
}

/// Checks what a person or key wants to send.
pub(super) async fn draft(cx: &Cx, input: &SendMessage) -> Result<Draft> {
    let text = input.text.as_deref().unwrap_or_default().trim().replace('\0', "");
    if text.chars().count() > MAX_TEXT {
        return Err(ApiError::new(ErrorCode::TooLong).arg("max", MAX_TEXT).field("text").into());
    }
    if let Some(template) = &input.template {
        if template.params.iter().any(|p| p.trim().is_empty() || p.chars().count() > 1024) {
            return Err(ApiError::new(ErrorCode::Required).field("template.params").into());
        }
        return Ok(Draft::Template {
            name: template.name.clone(),
            language: template.language.clone(),
            params: template.params.clone(),
        });
    }
    if let Some(file) = input.file_id {
        let (view, _) = crate::files::open(cx, file).await?;
        let kind = match view.mime.split('/').next() {
            Some("image") if view.mime == "image/jpeg" || view.mime == "image/png" => MessageKind::Image,
            Some("audio") => MessageKind::Audio,
            Some("video") => MessageKind::Video,
            _ => MessageKind::Document,
        };
        return Ok(Draft::File { id: file, kind, name: view.name, caption: text });
    }
    if text.is_empty() {
        return Err(ApiError::new(ErrorCode::Required).field("text").into());
    }
    if input.buttons.len() > 3 || input.buttons.iter().any(|b| b.trim().is_empty() || b.chars().count() > MAX_BUTTON) {
        return Err(ApiError::new(ErrorCode::TooLong).arg("max", MAX_BUTTON).field("buttons").into());
    }
    Ok(Draft::Text { body: text, buttons: input.buttons.iter().map(|b| b.trim().to_owned()).collect() })
}

pub(super) async fn write(
    work: &mut Work,
    chat: &ChatRow,
    draft: Draft,
    voice: Voice,
    reply_to: Option<store::messages::MessageRow>,
    otherwise: Option<Otherwise>,
) -> Result<MessageId> {
    if !matches!(draft, Draft::Template { .. }) && !open_at(window_until(chat.channel, chat.last_inbound_at), work.now)
    {
        return Err(ErrorCode::WindowClosed.into());
    }
    let app = work.app.clone();
    let connection = app
        .connections
        .by_id(&app, work.organisation, chat.connection_id)
        .await?
        .ok_or(ErrorCode::ConnectionUnavailable)?;
    if connection.state == ConnectionState::Off {
        return Err(ErrorCode::ConnectionUnavailable.into());
    }
    let id: MessageId = work.id();
    let written = template_text(work, chat, &draft).await?;
    let (kind, text, file, mut meta, content) = form(id, draft);
    if let ("run", Some(run)) = (work.cause.kind, &work.cause.id) {
        meta["run_id"] = run.clone().into();
    }
    let text = written.unwrap_or(text);
    let mut job = pipeline::connection_job(work, kinds::SEND_MESSAGE, chat.connection_id, serde_json::Value::Null);
    let outgoing = Outgoing {
        to: chat.person.0.clone(),
        reply_to: reply_to.as_ref().and_then(|m| m.external_id.clone()),
        content,
    };
    job.payload = json!({"action": "send", "message_id": id, "chat_id": chat.id, "file_id": file, "input": outgoing});
    if let Some(otherwise) = otherwise {
        otherwise.into_payload(&mut job.payload);
    }
    job.order_key = format!("chat:{}", chat.id);
    (job.object_kind, job.object_id) = ("message", id.to_string());
    let (sender, author) = match voice {
        Voice::Member(user) => (Sender::Member, Some(user)),
        Voice::Key => (Sender::Member, None),
        Voice::System => (Sender::System, None),
    };
    let preview = domain::text::preview(&text, 120);
    let line = Line { preview: &preview, kind, sender, at: work.now };
    store::chats::we_wrote(&mut work.tx, work.organisation, chat.id, &line, voice != Voice::System).await?;
    let message = NewMessage {
        id,
        chat: chat.id,
        sender,
        author,
        kind,
        text,
        meta,
        file,
        connection: Some(chat.connection_id),
        external_id: None,
        reply_to: reply_to.map(|m| m.id),
        delivery: Some(Delivery::Queued),
        job: Some(job.id),
        at: work.now,
    };
    store::messages::insert(&mut work.tx, work.organisation, &message).await?;
    work.job(job).await?;
    work.hint("chats", chat.id);
    Ok(id)
}

/// What the customer will read, where we know the template's text.
async fn template_text(work: &Work, chat: &ChatRow, draft: &Draft) -> Result<Option<String>> {
    let Draft::Template { name, language, params } = draft else { return Ok(None) };
    let known = store::connections::templates(&work.app.db, work.organisation, chat.connection_id).await?;
    let found = known.into_iter().find(|t| t.name == *name && t.language == *language && !t.body.is_empty());
    Ok(found.map(|template| domain::text::fill_template(&template.body, params)))
}

fn form(id: MessageId, draft: Draft) -> (MessageKind, String, Option<FileId>, serde_json::Value, Content) {
    match draft {
        Draft::Text { body, buttons } if buttons.is_empty() => {
            (MessageKind::Text, body.clone(), None, json!({}), Content::Text { body })
        }
        Draft::Text { body, buttons } => {
            let meta = json!({"buttons": buttons});
            let buttons =
                buttons.into_iter().enumerate().map(|(n, title)| Button { id: format!("{id}:{n}"), title }).collect();
            (
                MessageKind::Interactive,
                body.clone(),
                None,
                meta,
                Content::Buttons { body, header: None, footer: None, buttons },
            )
        }
        Draft::Template { name, language, params } => {
            let meta = json!({"template": name, "language": language, "params": params});
            (
                MessageKind::Template,
                params.join(" · "),
                None,
                meta,
                Content::Template { name, language, params, buttons: Vec::new() },
            )
        }
        Draft::File { id, kind, name, caption } => {
            (kind, caption.clone(), Some(id), json!({"name": name}), Content::File { kind, caption })
        }
    }
}
