//! Drafts: what is written stays in this browser until it is sent.

use super::desk::Desk;
use leptos::prelude::*;

/// Brings back the draft of this chat, and keeps it from then on.
pub(super) fn keep_draft(desk: Desk, text: RwSignal<String>) {
    let key = format!("pult.draft.{}", desk.id);
    let storage = || window().local_storage().ok().flatten();
    Effect::new(move |before: Option<()>| {
        let written = text.get();
        let Some(storage) = storage() else { return };
        if before.is_none() {
            if let Some(draft) = storage.get_item(&key).ok().flatten().filter(|_| written.is_empty()) {
                text.set(draft);
            }
        } else if written.is_empty() {
            let _ = storage.remove_item(&key);
        } else {
            let _ = storage.set_item(&key, &written);
        }
    });
}
