//! Taking back what the rule did in services since a moment: how much that is, before it happens.

use super::api::{rules_undo, rules_writes};
use crate::door::Fault;
use crate::i18n::use_texts;
use crate::ui::*;
use domain::ids::RuleId;
use domain::views::{RuleWrites, UndoWrites};
use leptos::prelude::*;
use leptos::task::spawn_local;

const DAY_MS: i64 = 24 * 60 * 60 * 1_000;

/// The moment, what can be taken back since then, and the button.
#[component]
pub fn Undo(id: RuleId) -> impl IntoView {
    let t = use_texts();
    let toasts = use_toasts();
    let now = use_now();
    let since = RwSignal::new(Some(now.get_untracked() - DAY_MS));
    let found = RwSignal::new(None::<RuleWrites>);
    let pending = RwSignal::new(false);
    Effect::new(move |_| {
        let Some(since) = since.get() else { return found.set(None) };
        spawn_local(async move {
            let answer = rules_writes(id, UndoWrites { since }).await.ok();
            let _ = found.try_set(answer);
        });
    });
    let undo = move || {
        let Some(since) = since.get_untracked().filter(|_| !pending.get_untracked()) else { return };
        pending.set(true);
        spawn_local(async move {
            match rules_undo(id, UndoWrites { since }).await {
                Ok(left) => {
                    let _ = found.try_set(Some(left));
                    toasts.success(t.rules_undo_begun());
                }
                Err(Fault(error)) => toasts.error(&error),
            }
            let _ = pending.try_set(false);
        });
    };
    let words = move || {
        found.get().map(|found| {
            let parts = [
                Some(t.rules_undo_can(found.reversible)),
                (found.final_ones > 0).then(|| t.rules_undo_cannot(found.final_ones)),
                (found.undone > 0).then(|| t.rules_undo_done(found.undone)),
            ];
            parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
        })
    };
    let any = Signal::derive(move || found.get().is_some_and(|found| found.reversible > 0));
    view! {
        <Field name="since" label=t.rules_undo_since()><DateTime value=since /></Field>
        <p class="settings-note" aria-live="polite">{words}</p>
        {move || any.get().then(|| view! {
            <p class="settings-note">{t.rules_undo_note()}</p>
            <Button small=true variant=Variant::Danger icon=IconName::Undo pending=pending on_click=undo>{t.rules_undo_do()}</Button>
        })}
    }
    .into_any()
}
