//! Pulling it: what to stop, why, and how much that is before it happens.

use super::{covers, stops_pull};
use crate::door::Fault;
use crate::i18n::use_texts;
use crate::pages::lists::Refresh;
use crate::ui::*;
use domain::ApiError;
use domain::views::{PullStop, StopBoard, StopScope};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// `scope:target` as the list of choices carries it.
fn parsed(value: &str) -> (StopScope, String) {
    let (scope, target) = value.split_once(':').unwrap_or((value, ""));
    (scope.parse().unwrap_or(StopScope::All), target.to_owned())
}

/// The form.
#[component]
pub fn Pull(board: Signal<StopBoard>, refresh: Refresh) -> impl IntoView {
    let t = use_texts();
    let toasts = use_toasts();
    let what = RwSignal::new("all:".to_owned());
    let why = RwSignal::new(String::new());
    let error = RwSignal::new(None::<ApiError>);
    let pending = RwSignal::new(false);
    let choices = Signal::derive(move || {
        board.with(|board| {
            let mut seen = Vec::new();
            let mut choices = vec![Choice::new("all:", t.stops_all())];
            for it in &board.targets {
                if !seen.contains(&&it.provider) {
                    seen.push(&it.provider);
                    let words = covers(t, board, StopScope::Channel, &it.provider);
                    choices.push(Choice::new(format!("channel:{}", it.provider), words));
                }
            }
            for it in &board.targets {
                let id = it.id.to_string();
                choices.push(Choice::new(format!("connection:{id}"), covers(t, board, StopScope::Connection, &id)));
            }
            for (id, _) in &board.rules {
                let id = id.to_string();
                choices.push(Choice::new(format!("rule:{id}"), covers(t, board, StopScope::Rule, &id)));
            }
            choices
        })
    });
    let waits = move || {
        let (scope, target) = what.with(|what| parsed(what));
        let (_, ready) = board.with(|board| board.covered(scope, &target));
        t.stops_ready(ready)
    };
    let submit = move || {
        if pending.get_untracked() {
            return;
        }
        error.set(None);
        pending.set(true);
        let (scope, target) = what.with_untracked(|what| parsed(what));
        let stop = PullStop { scope, target, why: why.get_untracked() };
        spawn_local(async move {
            let answer = stops_pull(stop).await;
            let _ = pending.try_set(false);
            match answer {
                Ok(()) => {
                    toasts.success(t.stops_pulled_toast());
                    let _ = why.try_set(String::new());
                    refresh.after_change();
                }
                Err(Fault(fault)) => drop(error.try_set(Some(fault))),
            }
        });
    };
    view! {
        <Card title=t.stops_pull()>
            <Form on_submit=submit error=error>
                <FieldRow>
                    <Field name="target" label=t.stops_what()>
                        <Select value=what choices=choices />
                    </Field>
                    <Field name="why" label=t.stops_why()>
                        <Input value=why placeholder=t.stops_why_example() max_length=300 autocomplete="off" />
                    </Field>
                </FieldRow>
                <p class="settings-note">{waits}" "{t.stops_note()}</p>
                <FormActions>
                    <Button variant=Variant::Danger icon=IconName::Stop submit=true pending=pending>{t.stops_pull_do()}</Button>
                </FormActions>
            </Form>
        </Card>
    }
    .into_any()
}
