//! A question before something that cannot be undone, and the doing of it: the button waits, a toast says how it ended, the
//! page fetches again.

use super::Refresh;
use crate::door::{Answer, Fault};
use crate::ui::{ConfirmDialog, use_toasts};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::pin::Pin;

/// What is done when the person is sure; answers the words of the toast.
pub type Doing = Pin<Box<dyn Future<Output = Answer<String>>>>;

/// Asks, does, says. Closed by itself afterwards.
#[component]
pub fn ConfirmAction(
    /// Open or not, both ways.
    open: RwSignal<bool>,
    /// The question.
    title: String,
    /// What will happen.
    #[prop(into)]
    text: Signal<String>,
    /// The verb on the button.
    confirm: String,
    /// Fetches the page's data again.
    refresh: Refresh,
    /// Begins to do it; `None` when there is nothing to do any more.
    #[prop(into)]
    action: Callback<(), Option<Doing>>,
) -> impl IntoView {
    let toasts = use_toasts();
    let pending = RwSignal::new(false);
    let begin = move || {
        let Some(doing) = action.run(()).filter(|_| !pending.get_untracked()) else { return };
        pending.set(true);
        spawn_local(async move {
            match doing.await {
                Ok(words) => toasts.success(words),
                Err(Fault(error)) => toasts.error(&error),
            }
            let _ = pending.try_set(false);
            let _ = open.try_set(false);
            refresh.after_change();
        });
    };
    view! { <ConfirmDialog open=open title=title text=text confirm=confirm danger=true pending=pending on_confirm=begin /> }
        .into_any()
}
