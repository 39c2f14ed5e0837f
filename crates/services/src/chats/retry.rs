//! «Повторить» under a message that did not go out.

use super::outgoing::{Draft, Voice, write};
use crate::pipeline::manage;
use crate::{Cx, Result, Work, files};
use domain::ErrorCode;
use domain::access::Permission;
use domain::channel::{Content, Outgoing};
use domain::delivery::Delivery;
use domain::ids::{FileId, JobId, MessageId};
use domain::queue::JobState;
use store::messages::MessageRow;
use store::sight::Thing;

/// Sends a message again. Its stopped job goes back into the queue; where the provider took the call and reported the
/// failure later, that job is over, and the same content goes out as a new message.
pub async fn retry(cx: &Cx, id: MessageId) -> Result<()> {
    cx.allow(Permission::ChatsWrite)?;
    let mut work = cx.work().await?;
    let message = store::messages::by_id(&mut work.tx, cx.organisation, id).await?.ok_or(ErrorCode::NotFound)?;
    cx.sees(&mut work, Thing::Chat(message.chat_id)).await?;
    let stopped = matches!(message.delivery, Some(Delivery::Failed | Delivery::Unknown));
    let job = message.job_id.filter(|_| stopped).ok_or(ErrorCode::JobState)?;
    if !manage::requeue_in(&mut work, job, None).await? {
        let over =
            store::jobs::one(cx.db(), cx.organisation, job).await?.is_some_and(|job| job.state == JobState::Done);
        // Of two who repeat it at once one lets go of the job that is over, and so does one who presses twice.
        let first = over && store::messages::let_go(&mut work.tx, cx.organisation, id, job).await?;
        if !first || message.delivery != Some(Delivery::Failed) {
            return Err(ErrorCode::JobState.into());
        }
        again(cx, &mut work, &message, job).await?;
    }
    work.commit().await
}

async fn again(cx: &Cx, work: &mut Work, message: &MessageRow, job: JobId) -> Result<()> {
    let payload = store::jobs::payload(cx.db(), cx.organisation, job).await?.ok_or(ErrorCode::JobState)?;
    let file = payload.get("file_id").and_then(|id| id.as_str()).and_then(|id| id.parse::<FileId>().ok());
    let outgoing: Outgoing = serde_json::from_value(payload["input"].clone()).map_err(|_| ErrorCode::JobState)?;
    let draft = match (outgoing.content, file) {
        (Content::Text { body }, _) => Draft::text(body),
        (Content::Buttons { body, buttons, .. }, _) => {
            Draft::Text { body, buttons: buttons.into_iter().map(|button| button.title).collect() }
        }
        (Content::Template { name, language, params, .. }, _) => Draft::Template { name, language, params },
        (Content::File { kind, caption }, Some(id)) => {
            let (view, _) = files::open(cx, id).await?;
            Draft::File { id, kind, name: view.name, caption }
        }
        _ => return Err(ErrorCode::JobState.into()),
    };
    let chat =
        store::chats::for_change(&mut work.tx, cx.organisation, message.chat_id).await?.ok_or(ErrorCode::NotFound)?;
    let quoted = match outgoing.reply_to {
        Some(external) => {
            store::messages::by_external(&mut work.tx, cx.organisation, chat.connection_id, &external).await?
        }
        None => None,
    };
    let voice = cx.user().map_or(Voice::Key, Voice::Member);
    write(work, &chat, draft, voice, quoted, None).await.map(|_| ())
}
