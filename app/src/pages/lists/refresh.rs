//! When a page fetches again: on hints of the live stream, and after its own changes while the stream is down.

use crate::live::{LiveState, use_hints, use_live_state};
use leptos::prelude::*;

/// Give [`Refresh::tick`] to a resource as a part of its source.
#[derive(Clone, Copy)]
pub struct Refresh {
    hints: Signal<u32>,
    own: RwSignal<u32>,
    live: Signal<LiveState>,
}

/// Fetch again when something of these topics changes.
pub fn use_refresh<S: Into<String>>(topics: impl IntoIterator<Item = S>) -> Refresh {
    Refresh { hints: use_hints(topics), own: RwSignal::new(0), live: use_live_state() }
}

impl Refresh {
    /// Grows whenever it is time to fetch again.
    pub fn tick(self) -> u32 {
        self.hints.get().wrapping_add(self.own.get())
    }
    /// Something was changed here. The hint of the change comes back by the stream; only without it we fetch ourselves.
    /// Answers may come after the page has been left: then there is nothing to fetch.
    pub fn after_change(self) {
        if self.live.try_get_untracked().is_some_and(|state| state != LiveState::On) {
            let _ = self.own.try_update(|n| *n = n.wrapping_add(1));
        }
    }
    /// Fetches again in any case.
    pub fn now(self) {
        let _ = self.own.try_update(|n| *n = n.wrapping_add(1));
    }
}
