//! Searching in what was said (CHT-9): the words of messages are kept by a worker seconds after they came, and found in any
//! form, case and keyboard layout.

mod words;

use crate::{App, Cx, Result, validate};
use domain::access::Permission;
use domain::chats::MessageKind;
use domain::ids::MessageId;
use domain::text::readings;
use domain::views::{FoundMessage, MessageQuery, Page};
use std::sync::Arc;
use std::time::Duration;
use store::search as rows;
use tokio_util::sync::CancellationToken;
use words::Asked;

/// Messages in one transaction; other writers get in between two.
const BATCH: i64 = 300;
const REST: Duration = Duration::from_secs(1);
const BREATH: Duration = Duration::from_millis(20);
/// Longest question; what is longer was pasted by mistake.
const MOST: usize = 200;

/// Makes the next messages searchable; answers how many.
pub async fn index_some(app: &App) -> Result<usize> {
    if !rows::any_pending(&app.db).await? {
        return Ok(0);
    }
    let mut tx = app.db.begin().await?;
    let pending = rows::pending(&mut tx, BATCH).await?;
    for message in &pending {
        let gone = message.revoked_at.is_some() || message.kind == MessageKind::Notice;
        let said = if gone { String::new() } else { words::of(&message.text, message.file_name.as_deref()) };
        rows::keep(&mut tx, message, &said).await?;
    }
    tx.commit().await?;
    Ok(pending.len())
}

/// The worker.
pub(crate) async fn run(app: Arc<App>, stop: CancellationToken) {
    loop {
        let count = index_some(&app).await.unwrap_or_else(|error| {
            tracing::warn!(%error, "Messages could not be made searchable");
            0
        });
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(if count as i64 == BATCH { BREATH } else { REST }) => {}
        }
    }
}

/// Messages in which all these words are said, newest first.
pub async fn messages(cx: &Cx, query: &MessageQuery) -> Result<Page<FoundMessage>> {
    cx.allow(Permission::ChatsRead)?;
    let limit = validate::limit(query.limit);
    let before = validate::id_cursor::<MessageId>(query.cursor.as_deref())?;
    let typed: String = query.q.chars().take(MOST).collect();
    for reading in readings(&typed) {
        let Some(asked) = Asked::of(&reading) else { continue };
        let found = rows::find(cx.db(), cx.sight(), asked.wanted(), before, query.chat_id, limit + 1).await?;
        if found.is_empty() {
            continue;
        }
        let page = Page::cut(found, limit as usize, |row| row.id.to_string());
        return Ok(page.map(|row| {
            let said = if row.text.is_empty() { row.file_name.unwrap_or_default() } else { row.text };
            let (text, marks) = asked.shown(&said);
            FoundMessage {
                id: row.id,
                chat_id: row.chat_id,
                contact_id: row.contact_id,
                contact_name: row.contact_name,
                sender: row.sender,
                text,
                marks,
                at: row.at,
            }
        }));
    }
    Ok(Page { items: Vec::new(), next_cursor: None })
}
