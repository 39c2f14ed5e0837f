//! Saving by itself: a moment after the last change, one save at a time, and what happens when somebody else was faster.

use super::desk::{Desk, rooted};
use crate::door::Fault;
use crate::i18n::{error_text, use_texts};
use crate::pages::rules::api::{rules_edit, rules_get};
use crate::ui::*;
use domain::rules::RuleTree;
use domain::views::{EditRule, RuleDesk, RuleState};
use domain::{ApiError, ErrorCode};
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::time::Duration;

/// Pause after the last change.
const PAUSE: Duration = Duration::from_millis(500);

/// How what is on the page and what is stored stand to each other.
#[derive(Clone, Debug, PartialEq)]
pub enum SaveState {
    Saved,
    /// Changed, to be saved in a moment.
    Changed,
    Saving,
    Failed(ApiError),
    /// Somebody else changed it meanwhile.
    Stale,
}

/// Name, draft and state as they are stored.
#[derive(Clone, Debug, PartialEq)]
struct Stored {
    name: String,
    tree: RuleTree,
    state: RuleState,
    rev: i64,
}

/// What saves the desk.
#[derive(Clone, Copy)]
pub struct Saver {
    desk: Desk,
    /// Name in the input.
    pub name: RwSignal<String>,
    /// Wanted state of the rule.
    pub rule_state: RwSignal<RuleState>,
    pub state: RwSignal<SaveState>,
    stored: RwSignal<Stored>,
    timer: StoredValue<Option<TimeoutHandle>>,
}

impl Saver {
    /// Saves what is changed on this desk from now on, if the person may.
    pub fn new(desk: Desk, first: &RuleDesk, may: Signal<bool>) -> Self {
        let stored = Stored {
            name: first.rule.name.clone(),
            tree: desk.tree.get_untracked(),
            state: first.rule.state,
            rev: first.rule.rev,
        };
        let saver = Self {
            desk,
            name: RwSignal::new(stored.name.clone()),
            rule_state: RwSignal::new(stored.state),
            state: RwSignal::new(SaveState::Saved),
            stored: RwSignal::new(stored),
            timer: StoredValue::new(None),
        };
        Effect::new(move |_| {
            saver.desk.tree.track();
            saver.name.track();
            saver.rule_state.track();
            if may.get_untracked() {
                saver.noticed();
            }
        });
        ask_before_leaving(Signal::derive(move || saver.state.with(|state| *state != SaveState::Saved)));
        saver
    }

    /// Revision that is stored.
    pub fn rev(self) -> i64 {
        self.stored.with_untracked(|stored| stored.rev)
    }

    /// What differs from what is stored.
    fn difference(self) -> Option<EditRule> {
        let (name, tree, state) =
            (self.name.try_get_untracked()?, self.desk.tree.try_get_untracked()?, self.rule_state.try_get_untracked()?);
        let stored = self.stored.get_untracked();
        let name = Some(name.trim().to_owned()).filter(|name| *name != stored.name && !name.is_empty());
        let draft = Some(tree).filter(|tree| *tree != stored.tree);
        let state = Some(state).filter(|state| *state != stored.state);
        let any = name.is_some() || draft.is_some() || state.is_some();
        any.then_some(EditRule { name, draft, state, rev: Some(stored.rev), ceiling: None })
    }

    fn noticed(self) {
        if matches!(self.state.get_untracked(), SaveState::Saving | SaveState::Stale) {
            return;
        }
        self.timer.update_value(|timer| {
            if let Some(timer) = timer.take() {
                timer.clear();
            }
        });
        if self.difference().is_none() {
            if self.state.get_untracked() != SaveState::Saved {
                self.state.set(SaveState::Saved);
            }
            return;
        }
        self.state.set(SaveState::Changed);
        self.timer.set_value(set_timeout_with_handle(move || self.save(), PAUSE).ok());
    }

    /// Saves at once.
    pub fn save(self) {
        if self.state.try_get_untracked().is_none_or(|state| matches!(state, SaveState::Saving | SaveState::Stale)) {
            return;
        }
        let Some(change) = self.difference() else { return self.state.set(SaveState::Saved) };
        self.state.set(SaveState::Saving);
        spawn_local(async move {
            let answer = rules_edit(self.desk.id, change.clone()).await;
            // The page may have been left meanwhile.
            let after = match answer {
                Ok(rule) => {
                    let _ = self.stored.try_update(|stored| {
                        stored.name = rule.name;
                        stored.state = rule.state;
                        stored.rev = rule.rev;
                        if let Some(draft) = change.draft {
                            stored.tree = draft;
                        }
                    });
                    SaveState::Saved
                }
                Err(Fault(error)) if error.code == ErrorCode::Stale => SaveState::Stale,
                Err(Fault(error)) => {
                    // A switch that could not be thrown goes back by itself; what was typed stays to be saved again.
                    let stored = self.stored.try_get_untracked().map(|stored| stored.state);
                    if let (Some(_), Some(old)) = (change.state, stored) {
                        let _ = self.rule_state.try_set(old);
                    }
                    SaveState::Failed(error)
                }
            };
            let saved = after == SaveState::Saved;
            if self.state.try_set(after).is_none() && saved {
                self.noticed();
            }
        });
    }

    /// The rule was loaded again: takes over what is newer, unless that would lose something. Answers whether the draft on
    /// the page was replaced.
    pub fn arrived(self, fresh: &RuleDesk) -> bool {
        let stored = self.stored.get_untracked();
        let busy = matches!(self.state.get_untracked(), SaveState::Saving | SaveState::Stale);
        let newer = fresh.draft.clone().filter(|_| !busy && fresh.rule.rev > stored.rev);
        let Some(draft) = newer.map(rooted) else { return false };
        let typing = self.name.with_untracked(|name| *name != stored.name);
        let mine = self.desk.tree.with_untracked(|tree| *tree != stored.tree);
        if mine && draft != stored.tree && self.desk.tree.with_untracked(|tree| *tree != draft) {
            self.state.set(SaveState::Stale);
            return false;
        }
        let replaced = !mine && draft != stored.tree;
        self.stored.set(Stored {
            name: fresh.rule.name.clone(),
            tree: if mine { stored.tree } else { draft.clone() },
            state: fresh.rule.state,
            rev: fresh.rule.rev,
        });
        if !typing {
            self.name.set(fresh.rule.name.clone());
        }
        self.rule_state.set(fresh.rule.state);
        if replaced {
            self.desk.replace(draft);
        }
        replaced
    }

    /// Ends a conflict: with the newer rule, or with what is on this page written over it.
    fn settle(self, mine: bool, toasts: Toasts) {
        spawn_local(async move {
            match rules_get(self.desk.id).await {
                Ok(RuleDesk { rule, draft: Some(draft), .. }) => {
                    let draft = rooted(draft);
                    let stored =
                        Stored { name: rule.name.clone(), tree: draft.clone(), state: rule.state, rev: rule.rev };
                    if self.stored.try_set(stored).is_some() {
                        return;
                    }
                    self.state.set(SaveState::Saved);
                    if mine {
                        self.save();
                    } else {
                        self.name.set(rule.name);
                        self.rule_state.set(rule.state);
                        self.desk.replace(draft);
                    }
                }
                Ok(_) => toasts.error(&ApiError::new(ErrorCode::Stale)),
                Err(Fault(error)) => toasts.error(&error),
            }
        });
    }
}

/// «Сохранено», quietly, beside the name.
#[component]
pub fn SavingWord(saver: Saver) -> impl IntoView {
    let t = use_texts();
    let word = move || match saver.state.get() {
        SaveState::Saved => t.rules_saved(),
        SaveState::Changed | SaveState::Saving => t.rules_saving(),
        SaveState::Failed(_) | SaveState::Stale => t.rules_unsaved(),
    };
    view! { <small class="rule-saving" role="status">{move || word()}</small> }.into_any()
}

/// A strip above the rule when it could not be saved, and what can be done.
#[component]
pub fn SavingStrip(saver: Saver) -> impl IntoView {
    let t = use_texts();
    let toasts = use_toasts();
    move || {
        match saver.state.get() {
        SaveState::Stale => Some(view! {
            <Notice tone=Tone::Warning title=t.rules_stale()>
                <span class="rule-choices">
                    <Button small=true variant=Variant::Primary on_click=move || saver.settle(false, toasts)>{t.rules_stale_load()}</Button>
                    <Button small=true on_click=move || saver.settle(true, toasts)>{t.rules_stale_keep()}</Button>
                </span>
            </Notice>
        }
        .into_any()),
        SaveState::Failed(error) => Some(view! {
            <Notice tone=Tone::Danger title=t.rules_unsaved()>
                <span>{error_text(t, &error)}" "</span>
                <Button small=true on_click=move || {
                    saver.state.set(SaveState::Changed);
                    saver.save();
                }>{t.rules_save_again()}</Button>
            </Notice>
        }
        .into_any()),
        _ => None,
    }
    }
}
