//! What a messenger's event does to contacts, chats and messages. Runs inside the event worker's transaction.

use super::reports;
use crate::connections::Connected;
use crate::pipeline::{self, kinds};
use crate::push::{self, Call};
use crate::rules::{self, Occasion};
use crate::{Result, Work, contacts, files};
use domain::channel::{ChannelEvent, Person, RemoteFile};
use domain::chats::{Channel, ChatStatus, MessageKind, Sender};
use domain::delivery::Delivery;
use domain::ids::{ChatId, FileId};
use serde_json::{Value as Json, json};
use store::chats::{ChatRow, Line};
use store::messages::NewMessage;

/// A future beyond this is the provider's clock gone wrong; it must not keep a window open.
const CLOCK_SLACK_MS: i64 = 5 * 60 * 1000;

/// Applies one event. `Ok(Some(why))` when it had no consequences.
pub async fn apply(
    work: &mut Work,
    connection: &Connected,
    channel: Channel,
    event: ChannelEvent,
) -> Result<Option<String>> {
    match event {
        ChannelEvent::Message { from, external_id, at_ms, kind, text, file, reply_to, meta } => {
            let incoming = Incoming { person: from, external_id, at_ms, kind, text, file, reply_to, meta };
            message(work, connection, channel, incoming, Sender::Customer).await
        }
        ChannelEvent::Echo { to, external_id, at_ms, kind, text, file, meta } => {
            let incoming = Incoming { person: to, external_id, at_ms, kind, text, file, reply_to: None, meta };
            message(work, connection, channel, incoming, Sender::Member).await
        }
        ChannelEvent::Status { external_id, reference, status, at_ms, error, .. } => {
            reports::report(work, connection.id, &external_id, reference.as_deref(), status, at_ms, error.as_ref())
                .await?;
            Ok(None)
        }
        ChannelEvent::Edit { external_id, text, at_ms } => {
            let Some(row) =
                store::messages::by_external(&mut work.tx, work.organisation, connection.id, &external_id).await?
            else {
                return Ok(Some("message_unknown".into()));
            };
            store::messages::edit(&mut work.tx, work.organisation, row.id, &clean(&text), at_ms).await?;
            work.hint("chats", row.chat_id);
            Ok(None)
        }
        ChannelEvent::Revoke { external_id, at_ms } => {
            let Some(row) =
                store::messages::by_external(&mut work.tx, work.organisation, connection.id, &external_id).await?
            else {
                return Ok(Some("message_unknown".into()));
            };
            store::messages::revoke(&mut work.tx, work.organisation, row.id, at_ms).await?;
            work.hint("chats", row.chat_id);
            Ok(None)
        }
        ChannelEvent::Reaction { from, external_id, emoji, .. } => {
            let Some(row) =
                store::messages::by_external(&mut work.tx, work.organisation, connection.id, &external_id).await?
            else {
                return Ok(Some("message_unknown".into()));
            };
            let mut reactions = row.reactions.as_object().cloned().unwrap_or_default();
            let who = from.keys().next().unwrap_or("customer").to_owned();
            match emoji.filter(|e| !e.is_empty()) {
                Some(emoji) => reactions.insert(who, clean(&emoji).into()),
                None => reactions.remove(&who),
            };
            store::messages::set_reactions(&mut work.tx, work.organisation, row.id, &reactions.into()).await?;
            work.hint("chats", row.chat_id);
            Ok(None)
        }
        ChannelEvent::Moved { from, to, .. } => {
            contacts::move_identity(work, channel, &from, &to).await?;
            Ok(None)
        }
        ChannelEvent::Preference { person, marketing, .. } => {
            let (contact, _) = contacts::find_or_create_by_identity(work, channel, &person).await?;
            work.journal(
                "marketing_preference",
                "contact",
                contact,
                json!({"marketing": marketing, "provider": connection.connector.spec().id}),
            )
            .await?;
            Ok(None)
        }
        ChannelEvent::Template { name, language, status, category, reason } => {
            store::connections::template_changed(
                &mut work.tx,
                work.organisation,
                connection.id,
                &name,
                &language,
                status.as_deref(),
                category.as_deref(),
                work.now,
            )
            .await?;
            let args =
                json!({"name": name, "language": language, "status": status, "category": category, "reason": reason});
            work.journal("template_changed", "connection", connection.id, args).await?;
            work.hint("connections", connection.id);
            Ok(None)
        }
        ChannelEvent::Account { event, stop, detail } => {
            if stop {
                crate::connections::pause_for_reauth(
                    work,
                    connection.id,
                    connection.connector.spec().id,
                    &event,
                    &detail,
                )
                .await?;
            } else {
                let args = json!({"event": event, "detail": detail});
                work.journal_at("warning", "account_event", "connection", connection.id, args).await?;
            }
            Ok(None)
        }
        // For services that are no messengers.
        ChannelEvent::Happened { .. } | ChannelEvent::Review { .. } => Ok(Some("no_channel".into())),
        ChannelEvent::Ignored { why } => Ok(Some(why)),
    }
}

struct Incoming {
    person: Person,
    external_id: String,
    at_ms: i64,
    kind: MessageKind,
    text: String,
    file: Option<RemoteFile>,
    reply_to: Option<String>,
    meta: Json,
}

async fn message(
    work: &mut Work,
    connection: &Connected,
    channel: Channel,
    m: Incoming,
    sender: Sender,
) -> Result<Option<String>> {
    if store::messages::by_external(&mut work.tx, work.organisation, connection.id, &m.external_id).await?.is_some() {
        return Ok(Some("repeat".into()));
    }
    let chat = open_chat(work, connection, channel, &m.person).await?;
    let text = clean(&m.text);
    let at = m.at_ms.min(work.now + CLOCK_SLACK_MS);
    let file = match &m.file {
        Some(remote) => Some(fetch(work, connection, chat.id, remote).await?),
        None => None,
    };
    let reply_to = match &m.reply_to {
        Some(external) => {
            store::messages::by_external(&mut work.tx, work.organisation, connection.id, external).await?.map(|r| r.id)
        }
        None => None,
    };
    let preview = domain::text::preview(&text, 120);
    let line = Line { preview: &preview, kind: m.kind, sender, at: work.now };
    if sender == Sender::Customer {
        let mut person = m.person.clone();
        // A later message without the phone must not make us forget it.
        person.address = person.address.or_else(|| chat.person.0.address.clone());
        person.user_id = person.user_id.or_else(|| chat.person.0.user_id.clone());
        person.phone = person.phone.or_else(|| chat.person.0.phone.clone());
        store::chats::customer_wrote(&mut work.tx, work.organisation, chat.id, &person, at, &line).await?;
    } else {
        store::chats::we_wrote(&mut work.tx, work.organisation, chat.id, &line, true).await?;
    }
    let row = NewMessage {
        id: work.id(),
        chat: chat.id,
        sender,
        author: None,
        kind: m.kind,
        text,
        meta: clean_json(m.meta),
        file,
        connection: Some(connection.id),
        external_id: Some(m.external_id),
        reply_to,
        delivery: (sender == Sender::Member).then_some(Delivery::Sent),
        job: None,
        at,
    };
    store::messages::insert(&mut work.tx, work.organisation, &row).await?;
    work.hint("chats", chat.id);
    if sender == Sender::Customer {
        push::call(work, Call::Message(chat.id, row.id)).await?;
        rules::answered(work, chat.id).await?;
        super::later::answered(work, chat.id).await?;
        if chat.status == ChatStatus::Closed {
            super::routing::came_back(work, &chat).await?;
            super::change::status_changed(work, &chat).await?;
        } else if chat.waiting_since.is_none() {
            super::routing::went_on(work, &chat).await?;
        }
        let occasion = Occasion::chat("message.received", chat.id, chat.contact_id)
            .with("message.text", row.text)
            .with("message.kind", json!(row.kind))
            .with("message.first", chat.last_inbound_at.is_none());
        rules::happened(work, occasion).await?;
    }
    Ok(None)
}

async fn open_chat(work: &mut Work, connection: &Connected, channel: Channel, person: &Person) -> Result<ChatRow> {
    let (contact, fresh) = contacts::find_or_create_by_identity(work, channel, person).await?;
    let rows = store::chats::rows_of_contact(&mut work.tx, work.organisation, connection.id, contact).await?;
    // Merged cards bring their chats along: each goes on with whom it was with.
    let theirs = |row: &&ChatRow| person.keys().any(|key| row.person.0.keys().any(|known| known == key));
    if let Some(row) = rows.iter().find(theirs).or(rows.first()) {
        return Ok(row.clone());
    }
    let id: ChatId = work.id();
    store::chats::insert(&mut work.tx, work.organisation, id, contact, connection.id, channel, person, work.now)
        .await?;
    work.journal(
        "chat_created",
        "chat",
        id,
        json!({"contact_id": contact, "provider": connection.connector.spec().id}),
    )
    .await?;
    if fresh {
        contacts::created(work, contact).await?;
    }
    rules::happened(work, Occasion::chat("chat.created", id, contact)).await?;
    let row = store::chats::row(&mut work.tx, work.organisation, id).await?;
    row.ok_or_else(|| anyhow::anyhow!("chat {id} vanished inside its own transaction").into())
}

async fn fetch(work: &mut Work, connection: &Connected, chat: ChatId, remote: &RemoteFile) -> Result<FileId> {
    let name = remote.name.as_deref().map(clean).unwrap_or_default();
    let file = files::create_waiting(work, &name, &remote.mime).await?;
    let payload = json!({"action": "media", "file_id": file, "input": {"id": remote.id, "mime": remote.mime, "sha256": remote.sha256}});
    let mut job = pipeline::connection_job(work, kinds::DOWNLOAD_MEDIA, connection.id, payload);
    job.order_key = format!("file:{file}");
    (job.object_kind, job.object_id) = ("chat", chat.to_string());
    work.job(job).await?;
    Ok(file)
}

/// PostgreSQL stores no NUL character.
fn clean(text: &str) -> String {
    text.replace('\0', "")
}

fn clean_json(value: Json) -> Json {
    match value {
        Json::String(text) => Json::String(clean(&text)),
        Json::Array(items) => items.into_iter().map(clean_json).collect(),
        Json::Object(map) => Json::Object(map.into_iter().map(|(k, v)| (clean(&k), clean_json(v))).collect()),
        other => other,
    }
}
