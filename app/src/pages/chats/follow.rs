//! Data a pane needs only once the page is awake (members, templates, canned replies): fetched in the browser, again
//! when the live stream says so. What belongs to the first paint is a `Resource`.

use crate::door::Answer;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::future::Future;

/// Fetches while `wanted`, and again whenever `tick` changes. `None` until the first answer.
pub(super) fn follow<T, F>(
    wanted: impl Fn() -> bool + 'static,
    tick: impl Fn() -> u32 + 'static,
    fetch: impl Fn() -> F + Copy + 'static,
) -> RwSignal<Option<Answer<T>>>
where
    T: Send + Sync + 'static,
    F: Future<Output = Answer<T>> + 'static,
{
    let data = RwSignal::new(None);
    Effect::new(move |_| {
        let _ = tick();
        if wanted() {
            spawn_local(async move {
                let answer = fetch().await;
                // What was there stays when the link is gone for a moment.
                if answer.is_ok()
                    || data.try_with_untracked(|data: &Option<Answer<T>>| !matches!(data, Some(Ok(_)))) == Some(true)
                {
                    let _ = data.try_set(Some(answer));
                }
            });
        }
    });
    data
}
