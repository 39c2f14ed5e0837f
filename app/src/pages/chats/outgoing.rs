//! What the composer holds, as messages to send.

use super::attach::{Attached, Upload};
use super::desk::{Desk, Outgoing};
use domain::ids::MessageId;
use domain::views::SendMessage;
use leptos::prelude::*;

/// What the text, the files and the buttons become: one message, or one per file with the text under the first.
/// `None`: there is nothing to send. `after` is the newest message the writer had before them.
pub(super) fn messages(
    desk: Desk,
    text: &str,
    buttons: &[RwSignal<String>],
    after: Option<MessageId>,
) -> Option<Vec<Outgoing>> {
    let text = Some(text.trim().to_owned()).filter(|text| !text.is_empty());
    let reply_to = desk.quote.with_untracked(|quote| quote.as_ref().map(|message| message.id));
    let ready = desk.files.with_untracked(|files| {
        let view = |file: &Attached| match &file.state {
            Upload::Ready(view) => Some(view.clone()),
            _ => None,
        };
        files.iter().filter_map(view).collect::<Vec<_>>()
    });
    let mut list: Vec<Outgoing> = ready
        .iter()
        .map(|file| Outgoing {
            message: SendMessage { file_id: Some(file.id), ..Default::default() },
            text: String::new(),
            file: Some(file.name.clone()),
        })
        .collect();
    // A recording carries no words: they go after it.
    let caption = ready.first().is_some_and(|file| !file.mime.starts_with("audio/"));
    match (text, list.first_mut().filter(|_| caption)) {
        (Some(text), Some(first)) => {
            first.message.text = Some(text.clone());
            first.text = text;
        }
        (Some(text), None) => {
            let titles =
                buttons.iter().map(|title| title.get_untracked().trim().to_owned()).filter(|title| !title.is_empty());
            let buttons = if ready.is_empty() { titles.collect() } else { Vec::new() };
            list.push(Outgoing {
                message: SendMessage { text: Some(text.clone()), buttons, ..Default::default() },
                text,
                file: None,
            });
        }
        (None, _) => {}
    }
    let first = &mut list.first_mut()?.message;
    (first.reply_to, first.after) = (reply_to, after);
    Some(list)
}
