//! Notes of members for members (CHT-3): in the thread, never sent; whoever is named finds the chat under «Упоминания».

use crate::push::{self, Call};
use crate::{Actor, ApiError, Cx, ErrorCode, Result, validate};
use domain::access::{Permission, Visibility};
use domain::chats::{MessageKind, Sender};
use domain::ids::{ChatId, MessageId, UserId};
use domain::views::WriteNote;
use serde_json::json;
use store::messages::NewMessage;
use store::sight::{Sight, Thing};

/// Longest note.
const MOST: usize = 5_000;
/// Members named in one note at most.
const MOST_NAMED: usize = 20;

/// Writes a note. Who is named must be able to see the chat.
pub async fn write(cx: &Cx, id: ChatId, input: &WriteNote) -> Result<MessageId> {
    cx.allow(Permission::ChatsWrite)?;
    let text = validate::required("text", &input.text.replace('\0', ""), MOST)?;
    let mut named = input.mentions.clone();
    named.sort();
    named.dedup();
    if named.len() > MOST_NAMED {
        return Err(ApiError::new(ErrorCode::OutOfRange).arg("min", 0).arg("max", MOST_NAMED).field("mentions").into());
    }
    let mut work = cx.work().await?;
    cx.sees(&mut work, Thing::Chat(id)).await?;
    let chat = store::chats::row(&mut work.tx, cx.organisation, id).await?.ok_or(ErrorCode::NotFound)?;
    let message: MessageId = work.id();
    let (mut mentions, mut called) = (Vec::new(), false);
    for user in named {
        let name = sees(&mut work, chat.id, user).await?;
        mentions.push(json!({"user_id": user, "name": name}));
        if Some(user) != cx.user() {
            store::desk::mention(&mut work.tx, cx.organisation, user, id, message, cx.now).await?;
            work.hint("me", user);
            called = true;
        }
    }
    let author = match cx.actor {
        Actor::Member { user, .. } => Some(user),
        _ => None,
    };
    let note = NewMessage {
        id: message,
        chat: id,
        sender: Sender::Member,
        author,
        kind: MessageKind::Note,
        text,
        meta: json!({"mentions": mentions}),
        file: None,
        connection: None,
        external_id: None,
        reply_to: None,
        delivery: None,
        job: None,
        at: cx.now,
    };
    store::messages::insert(&mut work.tx, cx.organisation, &note).await?;
    if called {
        push::call(&mut work, Call::Mention(id, message)).await?;
    }
    work.hint("chats", id);
    work.commit().await?;
    Ok(message)
}

/// Name of a member who sees the chat; refused by name otherwise, so that nobody is called to a closed door.
async fn sees(work: &mut crate::Work, chat: ChatId, user: UserId) -> Result<String> {
    let refused = || ApiError::new(ErrorCode::NotAllowed).field("mentions");
    let member = store::organisations::member(&mut work.tx, work.organisation, user).await?.ok_or_else(refused)?;
    let narrowed = member.role.can_be_narrowed() && member.visibility != Visibility::All;
    let theirs = Sight { organisation: work.organisation, viewer: narrowed.then_some(user) };
    let name = store::desk::member_who_sees(&mut work.tx, theirs, chat, user).await?;
    Ok(name.ok_or_else(|| refused().arg("what", &member.name))?)
}
