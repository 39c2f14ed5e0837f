//! What a stopped rule still has in the queue: nothing goes out until somebody says so.

use super::api::rules_release;
use crate::door::Fault;
use crate::i18n::use_texts;
use crate::pages::lists::Refresh;
use crate::ui::*;
use domain::ids::RuleId;
use domain::views::RuleDesk;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The question, while there is something to decide.
#[component]
pub fn Held(id: RuleId, rule: Memo<RuleDesk>, refresh: Refresh) -> impl IntoView {
    let t = use_texts();
    let toasts = use_toasts();
    let pending = RwSignal::new(false);
    let held = Memo::new(move |_| rule.with(|rule| rule.held));
    let decide = move |send: bool| {
        if pending.get_untracked() {
            return;
        }
        pending.set(true);
        spawn_local(async move {
            match rules_release(id, send).await {
                Ok(()) => {
                    refresh.after_change();
                    toasts.success(if send { t.rules_held_sent() } else { t.rules_held_dropped() });
                }
                Err(Fault(error)) => toasts.error(&error),
            }
            let _ = pending.try_set(false);
        });
    };
    move || {
        let count = held.get();
        (count > 0).then(|| {
            view! {
                <Notice tone=Tone::Warning title=t.rules_held(count)>
                    <p>{t.rules_held_text()}</p>
                    <p class="rule-held">
                        <Button small=true pending=pending on_click=move || decide(true)>{t.rules_held_send()}</Button>
                        <Button small=true variant=Variant::Danger pending=pending on_click=move || decide(false)>{t.rules_held_drop()}</Button>
                    </p>
                </Notice>
            }
        })
    }
}
