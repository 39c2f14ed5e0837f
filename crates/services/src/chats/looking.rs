//! Who else looks at a chat or writes an answer (CHT-8). The browser says so every few seconds; silence is leaving.

use crate::{Cx, ErrorCode, Result};
use domain::access::{Permission, Role};
use domain::ids::ChatId;
use domain::views::ViewerView;
use store::desk as rows;
use store::sight::Thing;

/// Who has not said anything for so long has left.
const GONE_MS: i64 = 40_000;
/// Who has not typed for so long does not write any more.
const STILL_MS: i64 = 12_000;
/// How long silent viewers are kept.
pub(crate) const KEPT_MS: i64 = 60 * 60 * 1000;

/// Says that one looks at a chat; answers who else does. Quality control looks without leaving traces.
pub async fn looking(cx: &Cx, chat: ChatId, typing: bool) -> Result<Vec<ViewerView>> {
    cx.allow(Permission::ChatsRead)?;
    let user = cx.person()?;
    if cx.role() != Role::Quality {
        let mut work = cx.work().await?;
        cx.sees(&mut work, Thing::Chat(chat)).await?;
        store::chats::row(&mut work.tx, cx.organisation, chat).await?.ok_or(ErrorCode::NotFound)?;
        let typed = if typing { cx.now } else { 0 };
        let before = rows::looking(&mut work.tx, cx.organisation, chat, user, (cx.now, typed)).await?;
        let was_here = before.is_some_and(|(seen, _)| seen >= cx.now - GONE_MS);
        let typed_before = before.is_some_and(|(_, typed)| typed >= cx.now - STILL_MS);
        // Others are told what they can see: coming, beginning and ending to write.
        if !was_here || typed_before != typing {
            work.hint("viewers", chat);
        }
        work.commit().await?;
    }
    let since = (cx.now - GONE_MS, cx.now - STILL_MS);
    Ok(rows::viewers(cx.db(), cx.organisation, chat, since, Some(user)).await?)
}

/// Says that one looks elsewhere now.
pub async fn left(cx: &Cx, chat: ChatId) -> Result<()> {
    cx.allow(Permission::ChatsRead)?;
    let user = cx.person()?;
    let mut work = cx.work().await?;
    cx.sees(&mut work, Thing::Chat(chat)).await?;
    store::chats::row(&mut work.tx, cx.organisation, chat).await?.ok_or(ErrorCode::NotFound)?;
    if rows::left(&mut work.tx, cx.organisation, chat, user).await? {
        work.hint("viewers", chat);
        work.commit().await?;
    }
    Ok(())
}
