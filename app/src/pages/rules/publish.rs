//! «Опубликовать…»: what changes, and on which events it will act.

use super::api::{rules_publish, rules_reach};
use super::edit::{SaveState, Saver, use_desk};
use super::outline::{Fate, compare, outline};
use super::page::published;
use super::reading::Difference;
use crate::door::Fault;
use crate::i18n::use_texts;
use crate::pages::lists::Refresh;
use crate::ui::*;
use domain::ApiError;
use domain::views::{PublishRule, RuleDesk, RuleReach, RuleRival};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The dialog. What is not saved yet is saved first.
#[component]
pub fn PublishDialog(open: RwSignal<bool>, rule: Memo<RuleDesk>, saver: Saver, refresh: Refresh) -> impl IntoView {
    let t = use_texts();
    Effect::new(move |_| {
        if open.get() {
            saver.save();
        }
    });
    let next = move || rule.with(|rule| rule.versions.first().map_or(1, |version| version.version + 1));
    let title = Signal::derive(move || t.rules_publish_title(next().to_string()));
    let desk = use_desk();
    view! {
        <Dialog open=open title=title wide=true>
            {move || match desk.problems.with(Vec::is_empty) {
                true => view! { <Question open rule saver refresh /> }.into_any(),
                false => view! {
                    <p class="dialog-text">{t.rules_publish_fix()}</p>
                    <div class="dialog-actions"><Button on_click=move || open.set(false)>{t.action_close()}</Button></div>
                }
                .into_any(),
            }}
        </Dialog>
    }
    .into_any()
}

#[component]
fn Question(open: RwSignal<bool>, rule: Memo<RuleDesk>, saver: Saver, refresh: Refresh) -> impl IntoView {
    let t = use_texts();
    let toasts = use_toasts();
    let desk = use_desk();
    let existing = RwSignal::new(false);
    let pending = RwSignal::new(false);
    let error = RwSignal::new(None::<ApiError>);
    let saved = Memo::new(move |_| saver.state.with(|state| *state == SaveState::Saved));
    let reach = RwSignal::new(None::<Option<RuleReach>>);
    // Counted on what is stored, so not before it is.
    Effect::new(move |_| {
        if saved.get() {
            spawn_local(async move {
                let found = rules_reach(desk.id).await.ok();
                let _ = reach.try_set(Some(found));
            });
        }
    });
    let (before, changes) = rule.with_untracked(|rule| {
        let old = published(rule);
        let currency = desk.currency.get_value();
        let changes = desk.offer.with_untracked(|offer| {
            let speech = desk.speech(offer, &currency);
            let new = desk.tree.with_untracked(|tree| outline(speech, tree));
            old.map(|old| compare(&outline(speech, &old), &new))
        });
        (rule.rule.version, changes)
    });
    let same = changes.as_ref().is_some_and(|changes| changes.iter().all(|change| change.0 == Fate::Same));
    let words = match before {
        Some(_) if same => t.rules_publish_same(),
        Some(version) => t.rules_publish_next(version.to_string()),
        None => t.rules_publish_first(),
    };
    let publish = move || {
        if pending.get_untracked() || !saved.get_untracked() {
            return;
        }
        pending.set(true);
        error.set(None);
        let how = PublishRule { existing: existing.get_untracked(), rev: Some(saver.rev()) };
        spawn_local(async move {
            match rules_publish(desk.id, how).await {
                Ok(version) => {
                    toasts.success(t.rules_publish_done(version.to_string()));
                    let _ = open.try_set(false);
                    refresh.now();
                }
                Err(Fault(why)) => drop(error.try_set(Some(why))),
            }
            let _ = pending.try_set(false);
        });
    };
    let option = move |on: bool, label: String, hint: String| {
        view! {
            <label class="choice-card">
                <input type="radio" name="scope" prop:checked=move || existing.get() == on on:change=move |_| existing.set(on) />
                <span>{label}<small>{hint}</small></span>
            </label>
        }
    };
    let older = move || {
        let Some(found) = reach.get() else {
            return Some(view! { <p class="quiet">{t.rules_publish_counting()}</p> }.into_any());
        };
        let found = found?;
        if found.too_many {
            return Some(view! { <p class="quiet">{t.rules_publish_too_many()}</p> }.into_any());
        }
        let count = found.matching.filter(|count| *count > 0)?;
        Some(option(true, t.rules_publish_existing(count.to_string()), t.rules_publish_existing_hint()).into_any())
    };
    let rivals = move || {
        let rivals = reach.get().flatten()?.rivals;
        (!rivals.is_empty()).then(move || {
            let one = move |rival: RuleRival| {
                let words = match rival.first {
                    true => t.rules_rival_first(rival.name),
                    false => t.rules_rival_after(rival.name),
                };
                view! { <li><Link href=format!("/rules/{}", rival.id)>{words}</Link></li> }
            };
            view! {
                <Notice tone=Tone::Warning title=t.rules_rivals()>
                    <p>{t.rules_rivals_text()}</p>
                    <ul class="rule-rivals">{rivals.into_iter().map(one).collect_view()}</ul>
                </Notice>
            }
        })
    };
    view! {
        <div class="stack">
            <p class="dialog-text">{words}</p>
            {rivals}
            {changes.filter(|_| !same).map(|changes| view! {
                <div>
                    <p class="field-label">{t.rules_publish_changes()}</p>
                    <Difference lines=changes />
                </div>
            })}
            <fieldset class="choice-cards">
                <legend class="field-label">{t.rules_publish_scope()}</legend>
                {option(false, t.rules_publish_new(), t.rules_publish_new_hint())}
                {move || older()}
            </fieldset>
            <FormError error=Signal::derive(move || error.get()) />
        </div>
        <div class="dialog-actions">
            <Button on_click=move || open.set(false)>{t.action_cancel()}</Button>
            <Button variant=Variant::Primary pending=Signal::derive(move || pending.get() || !saved.get()) on_click=publish>{t.rules_publish_do()}</Button>
        </div>
    }
    .into_any()
}
