//! «Повторить все неудачные»: says how many before it happens.

use super::super::api::{journal_jobs, journal_retry_dead};
use crate::door::Fault;
use crate::format::use_format;
use crate::i18n::use_texts;
use crate::pages::lists::Refresh;
use crate::ui::*;
use domain::views::JournalFilter;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Most jobs counted for the question.
const COUNTED: u32 = 200;

#[component]
pub fn RetryDead(refresh: Refresh) -> impl IntoView {
    let t = use_texts();
    let format = use_format();
    let toasts = use_toasts();
    let open = RwSignal::new(false);
    let pending = RwSignal::new(false);
    let dead = RwSignal::new(0i64);
    let more = RwSignal::new(false);
    let ask = move || {
        pending.set(true);
        spawn_local(async move {
            let filter = JournalFilter { state: Some("dead".into()), limit: Some(COUNTED), ..Default::default() };
            let answer = journal_jobs(filter).await;
            let _ = pending.try_set(false);
            match answer {
                Ok(page) if page.items.is_empty() => toasts.info(t.journal_no_dead()),
                Ok(page) => {
                    dead.set(i64::try_from(page.items.len()).unwrap_or(i64::MAX));
                    more.set(page.next_cursor.is_some());
                    open.set(true);
                }
                Err(Fault(error)) => toasts.error(&error),
            }
        });
    };
    let retry = move || {
        pending.set(true);
        spawn_local(async move {
            let answer = journal_retry_dead().await;
            let _ = pending.try_set(false);
            let _ = open.try_set(false);
            match answer {
                Ok(count) => toasts.success(t.journal_retried_all(count)),
                Err(Fault(error)) => toasts.error(&error),
            }
            refresh.after_change();
        });
    };
    let text = Signal::derive(move || {
        let count = dead.get();
        let written = if more.get() { format!("{}+", format.integer(count)) } else { format.integer(count) };
        t.journal_retry_all_text(count, written)
    });
    view! {
        <Button small=true icon=IconName::Refresh pending=pending on_click=ask>{t.journal_retry_all()}</Button>
        <ConfirmDialog
            open=open
            title=t.journal_retry_all()
            text=text
            confirm=t.action_retry()
            pending=pending
            on_confirm=retry
        />
    }
    .into_any()
}
