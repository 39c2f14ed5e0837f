//! Server functions of the chats page. Each asks one service and decides nothing.

#[cfg(feature = "ssr")]
use crate::door::cx;
use crate::door::{Answer, Door};
use domain::ids::{CannedReplyId, ChatId, ConnectionId, LaterId, MessageId};
use domain::views::*;
use leptos::prelude::*;

/// A page of the list.
#[server(prefix = "/api/ui", endpoint = "chats_list", protocol = Door)]
pub async fn chats_list(filter: ChatFilter) -> Answer<Page<ChatView>> {
    Ok(services::chats::list(&cx()?, filter).await?)
}

/// Numbers on the tabs.
#[server(prefix = "/api/ui", endpoint = "chats_counts", protocol = Door)]
pub async fn chats_counts() -> Answer<ChatCounts> {
    Ok(services::chats::counts(&cx()?).await?)
}

/// A thread with its newest messages.
#[server(prefix = "/api/ui", endpoint = "chats_thread", protocol = Door)]
pub async fn chats_thread(id: ChatId) -> Answer<ThreadView> {
    Ok(services::chats::get(&cx()?, id).await?)
}

/// Messages before the ones shown.
#[server(prefix = "/api/ui", endpoint = "chats_older", protocol = Door)]
pub async fn chats_older(id: ChatId, cursor: String) -> Answer<Page<MessageView>> {
    Ok(services::chats::older(&cx()?, id, Some(&cursor)).await?)
}

/// Messages back to one that was found.
#[server(prefix = "/api/ui", endpoint = "chats_back_to", protocol = Door)]
pub async fn chats_back_to(id: ChatId, shown: MessageId, wanted: MessageId) -> Answer<Page<MessageView>> {
    Ok(services::chats::back_to(&cx()?, id, shown, wanted).await?)
}

/// Messages in which something is said.
#[server(prefix = "/api/ui", endpoint = "messages_find", protocol = Door)]
pub async fn messages_find(query: MessageQuery) -> Answer<Page<FoundMessage>> {
    Ok(services::search::messages(&cx()?, &query).await?)
}

/// Sends a message.
#[server(prefix = "/api/ui", endpoint = "chats_send", protocol = Door)]
pub async fn chats_send(id: ChatId, message: SendMessage) -> Answer<MessageId> {
    Ok(services::chats::send(&cx()?, id, message).await?)
}

/// Sends a message again that did not go out.
#[server(prefix = "/api/ui", endpoint = "chats_retry", protocol = Door)]
pub async fn chats_retry(id: MessageId) -> Answer<()> {
    Ok(services::chats::retry(&cx()?, id).await?)
}

/// Assigns, closes, reopens, marks.
#[server(prefix = "/api/ui", endpoint = "chats_change", protocol = Door)]
pub async fn chats_change(id: ChatId, change: ChatChange) -> Answer<()> {
    Ok(services::chats::change(&cx()?, id, change).await?)
}

/// Writes a note for colleagues.
#[server(prefix = "/api/ui", endpoint = "chats_note", protocol = Door)]
pub async fn chats_note(id: ChatId, note: WriteNote) -> Answer<MessageId> {
    Ok(services::chats::write_note(&cx()?, id, &note).await?)
}

/// Says that one looks at a chat; answers who else does.
#[server(prefix = "/api/ui", endpoint = "chats_looking", protocol = Door)]
pub async fn chats_looking(id: ChatId, typing: bool) -> Answer<Vec<ViewerView>> {
    Ok(services::chats::looking(&cx()?, id, typing).await?)
}

/// Says that one looks elsewhere now.
#[server(prefix = "/api/ui", endpoint = "chats_left", protocol = Door)]
pub async fn chats_left(id: ChatId) -> Answer<()> {
    Ok(services::chats::left(&cx()?, id).await?)
}

/// Plans a message for later.
#[server(prefix = "/api/ui", endpoint = "chats_later_plan", protocol = Door)]
pub async fn chats_later_plan(id: ChatId, later: SaveLater) -> Answer<LaterId> {
    Ok(services::chats::later::plan(&cx()?, id, &later).await?)
}

/// Changes a planned message.
#[server(prefix = "/api/ui", endpoint = "chats_later_change", protocol = Door)]
pub async fn chats_later_change(id: LaterId, later: SaveLater) -> Answer<()> {
    Ok(services::chats::later::change(&cx()?, id, &later).await?)
}

/// Takes a planned message back.
#[server(prefix = "/api/ui", endpoint = "chats_later_cancel", protocol = Door)]
pub async fn chats_later_cancel(id: LaterId) -> Answer<()> {
    Ok(services::chats::later::cancel(&cx()?, id).await?)
}

/// Approved and other templates of a connection.
#[server(prefix = "/api/ui", endpoint = "chats_templates", protocol = Door)]
pub async fn chats_templates(id: ConnectionId) -> Answer<Vec<TemplateView>> {
    Ok(services::connections::find_templates(&cx()?, id).await?)
}

/// Who a chat can be given to.
#[server(prefix = "/api/ui", endpoint = "chats_members", protocol = Door)]
pub async fn chats_members() -> Answer<Vec<MemberView>> {
    Ok(services::accounts::members::list(&cx()?).await?)
}

/// All canned replies.
#[server(prefix = "/api/ui", endpoint = "canned_list", protocol = Door)]
pub async fn canned_list() -> Answer<Vec<CannedReplyView>> {
    Ok(services::chats::canned(&cx()?).await?)
}

/// Makes or changes a canned reply.
#[server(prefix = "/api/ui", endpoint = "canned_save", protocol = Door)]
pub async fn canned_save(id: Option<CannedReplyId>, reply: SaveCannedReply) -> Answer<CannedReplyId> {
    Ok(services::chats::save_canned(&cx()?, id, reply).await?)
}

/// Removes a canned reply.
#[server(prefix = "/api/ui", endpoint = "canned_delete", protocol = Door)]
pub async fn canned_delete(id: CannedReplyId) -> Answer<()> {
    Ok(services::chats::delete_canned(&cx()?, id).await?)
}
