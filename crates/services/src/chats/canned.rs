//! Canned replies: short texts behind `/shortcut`.

use crate::changes;
use crate::{Cx, Result, validate};
use domain::access::Permission;
use domain::ids::CannedReplyId;
use domain::views::{CannedReplyView, SaveCannedReply};
use domain::{ApiError, ErrorCode};
use serde_json::{Value as Json, json};

/// All of the organisation.
pub async fn list(cx: &Cx) -> Result<Vec<CannedReplyView>> {
    cx.allow(Permission::ChatsRead)?;
    Ok(store::chats::canned(cx.db(), cx.organisation).await?)
}

/// Makes (no id) or changes one.
pub async fn save(cx: &Cx, id: Option<CannedReplyId>, input: SaveCannedReply) -> Result<CannedReplyId> {
    cx.allow(Permission::ChatsWrite)?;
    let shortcut = validate::required("shortcut", input.shortcut.trim().trim_start_matches('/'), 30)?.to_lowercase();
    if !shortcut.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_')) {
        return Err(ApiError::new(ErrorCode::NotAllowed).field("shortcut").into());
    }
    let known = store::chats::canned(cx.db(), cx.organisation).await?;
    if id.is_some_and(|id| known.iter().all(|r| r.id != id)) {
        return Err(ErrorCode::NotFound.into());
    }
    if known.iter().any(|r| r.shortcut == shortcut && Some(r.id) != id) {
        return Err(ApiError::new(ErrorCode::AlreadyExists).arg("what", "shortcut").field("shortcut").into());
    }
    let reply = CannedReplyView {
        id: id.unwrap_or_else(|| cx.id()),
        shortcut,
        title: validate::required("title", &input.title, 100)?,
        text: validate::required("text", &input.text, 4096)?,
        updated_at: cx.now,
    };
    let mut work = cx.work().await?;
    store::chats::save_canned(&mut work.tx, cx.organisation, &reply).await?;
    let before = known.iter().find(|r| Some(r.id) == id).map_or(Json::Null, facts);
    let args = json!({"shortcut": reply.shortcut, "changes": changes::between(&before, &facts(&reply))});
    work.journal("canned_reply_saved", "canned_reply", reply.id, args).await?;
    work.hint("canned", reply.id);
    work.commit().await?;
    Ok(reply.id)
}

fn facts(reply: &CannedReplyView) -> Json {
    json!({"shortcut": reply.shortcut, "title": reply.title, "text": reply.text})
}

/// Removes one.
pub async fn delete(cx: &Cx, id: CannedReplyId) -> Result<()> {
    cx.allow(Permission::ChatsWrite)?;
    let known = store::chats::canned(cx.db(), cx.organisation).await?;
    let before = known.iter().find(|reply| reply.id == id).map_or(Json::Null, facts);
    let mut work = cx.work().await?;
    if !store::chats::delete_canned(&mut work.tx, cx.organisation, id).await? {
        return Err(ErrorCode::NotFound.into());
    }
    work.journal(
        "canned_reply_deleted",
        "canned_reply",
        id,
        json!({"changes": changes::between(&before, &Json::Null)}),
    )
    .await?;
    work.hint("canned", id);
    work.commit().await
}
