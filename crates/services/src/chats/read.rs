//! Lists and threads.

use crate::{Cx, Error, Result, validate};
use domain::access::Permission;
use domain::chats::{ChatStatus, window_until};
use domain::ids::{ChatId, MessageId};
use domain::views::*;
use domain::{ApiError, ErrorCode};
use store::chats::ChatQuery;

/// Messages per page of a thread.
const THREAD_PAGE: i64 = 60;
/// Messages loaded at once to reach one that was found.
const MOST_BACK: i64 = 1_000;

/// A page of chats. «Неотвеченные» start with who waits longest, the others with the newest.
pub async fn list(cx: &Cx, filter: ChatFilter) -> Result<Page<ChatView>> {
    cx.allow(Permission::ChatsRead)?;
    let limit = validate::limit(filter.limit);
    let chat_box = filter.r#box.unwrap_or(ChatBox::All);
    let like = crate::contacts::patterns(filter.q.as_deref());
    let mut query = ChatQuery {
        status: filter.status,
        channel: filter.channel,
        contact: filter.contact_id,
        like: like.as_ref(),
        after: filter.cursor.as_deref().map(parse_cursor).transpose()?,
        ..Default::default()
    };
    let open = filter.status.is_none().then_some(false);
    match chat_box {
        ChatBox::Unanswered => (query.waiting, query.snoozed) = (true, Some(false)),
        ChatBox::Mine => (query.assignee, query.closed, query.snoozed) = (Some(cx.person()?), open, Some(false)),
        ChatBox::Unassigned => (query.unassigned, query.closed, query.snoozed) = (true, open, Some(false)),
        ChatBox::Snoozed => query.snoozed = Some(true),
        ChatBox::Mentions => query.mentions = Some(cx.person()?),
        ChatBox::All => {}
        ChatBox::Closed => query.status = Some(ChatStatus::Closed),
    }
    let rows = store::chats::list(cx.db(), cx.sight(), &query, limit + 1).await?;
    let waiting = query.waiting;
    Ok(Page::cut(rows, limit as usize, |c| {
        format!("{}.{}", if waiting { c.waiting_since.unwrap_or_default() } else { c.last_message_at }, c.id)
    }))
}

fn parse_cursor(text: &str) -> Result<(i64, ChatId)> {
    text.split_once('.')
        .and_then(|(at, id)| Some((at.parse().ok()?, id.parse().ok()?)))
        .ok_or_else(|| Error::Api(ApiError::new(ErrorCode::NotAllowed).field("cursor")))
}

/// Numbers on the tabs.
pub async fn counts(cx: &Cx) -> Result<ChatCounts> {
    cx.allow(Permission::ChatsRead)?;
    Ok(store::chats::counts(cx.db(), cx.sight(), cx.user()).await?)
}

/// A thread with its newest messages.
pub async fn get(cx: &Cx, id: ChatId) -> Result<ThreadView> {
    cx.allow(Permission::ChatsRead)?;
    let chat = store::chats::one(cx.db(), cx.sight(), id).await?.ok_or(ErrorCode::NotFound)?;
    let page = page(cx, id, None).await?;
    let connection =
        store::connections::row(cx.db(), cx.organisation, chat.connection_id).await?.ok_or(ErrorCode::NotFound)?;
    Ok(ThreadView {
        nobodys: super::routing::why_nobodys(cx, &chat).await?,
        window_until: window_until(chat.channel, chat.last_inbound_at),
        messages: page.items,
        older_cursor: page.next_cursor,
        connection_name: connection.name,
        connection_state: connection.state,
        later: store::later::of_chat(cx.db(), cx.organisation, id).await?,
        chat,
    })
}

/// One message; whoever may write may see what they wrote.
pub async fn message(cx: &Cx, chat: ChatId, id: MessageId) -> Result<MessageView> {
    cx.allow(Permission::ChatsRead).or_else(|error| cx.allow(Permission::ChatsWrite).map_err(|_| error))?;
    store::chats::one(cx.db(), cx.sight(), chat).await?.ok_or(ErrorCode::NotFound)?;
    Ok(store::messages::one(cx.db(), cx.organisation, chat, id).await?.ok_or(ErrorCode::NotFound)?)
}

/// Older messages, oldest first.
pub async fn older(cx: &Cx, id: ChatId, cursor: Option<&str>) -> Result<Page<MessageView>> {
    cx.allow(Permission::ChatsRead)?;
    store::chats::one(cx.db(), cx.sight(), id).await?.ok_or(ErrorCode::NotFound)?;
    page(cx, id, validate::id_cursor::<MessageId>(cursor)?).await
}

/// Everything between the oldest message shown and one further back that was found, with a little before it, oldest first.
/// In a very long chat only the newer part of that; the rest is asked for page by page.
pub async fn back_to(cx: &Cx, id: ChatId, shown: MessageId, wanted: MessageId) -> Result<Page<MessageView>> {
    cx.allow(Permission::ChatsRead)?;
    store::chats::one(cx.db(), cx.sight(), id).await?.ok_or(ErrorCode::NotFound)?;
    let rows = store::messages::between(cx.db(), cx.organisation, id, wanted, shown, MOST_BACK).await?;
    let oldest = rows.last().map_or(shown, |message| message.id);
    let mut page = page(cx, id, Some(oldest)).await?;
    page.items.extend(rows.into_iter().rev());
    Ok(page)
}

async fn page(cx: &Cx, id: ChatId, before: Option<MessageId>) -> Result<Page<MessageView>> {
    let rows = store::messages::thread(cx.db(), cx.organisation, id, before, THREAD_PAGE + 1).await?;
    let mut page = Page::cut(rows, THREAD_PAGE as usize, |m| m.id.to_string());
    page.items.reverse();
    Ok(page)
}
