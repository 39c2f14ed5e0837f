//! What calls a member to the chats (CHT-11): messages of clients that are theirs or nobody's, and notes that name them.

use crate::{Cx, Result};
use domain::access::Permission;
use domain::ids::{Id, MessageId};
use domain::text::preview;
use domain::views::{CallView, Calls};

/// Calls shown at once; the figure in the window's title tells of the rest.
const MOST: i64 = 5;
/// Nobody is called by what came longer ago.
const MOST_BACK_MS: i64 = 10 * 60_000;

/// What came since a moment, newest first.
pub async fn calls(cx: &Cx, since: i64) -> Result<Calls> {
    cx.allow(Permission::ChatsRead)?;
    let user = cx.person()?;
    let since = since.clamp(cx.now - MOST_BACK_MS, cx.now);
    let after = MessageId::make(since, &[0; 10]);
    let mut items = store::desk::calls(cx.db(), cx.sight(), user, after, MOST).await?;
    for call in &mut items {
        call.text = preview(&call.text, 140);
    }
    Ok(Calls { items: items.into_iter().filter(|call: &CallView| call.at > since).collect(), now: cx.now })
}
