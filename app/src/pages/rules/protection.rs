//! «Защита»: how often the rule may act, and examples from life it must not betray; publishing checks them.

use super::api::{rules_edit, rules_forget_example};
use super::words::trigger_text;
use crate::door::Fault;
use crate::i18n::use_texts;
use crate::pages::lists::{Panel, Refresh};
use crate::session::use_may;
use crate::ui::*;
use domain::access::Permission;
use domain::ids::RuleId;
use domain::views::{EditRule, ExampleView, RuleDesk};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The drawer.
#[component]
pub fn ProtectionDrawer(id: RuleId, open: RwSignal<bool>, rule: Memo<RuleDesk>, refresh: Refresh) -> impl IntoView {
    let t = use_texts();
    let may = use_may(Permission::RulesManage);
    let examples = move || {
        let examples = rule.with(|rule| rule.examples.clone());
        match examples.is_empty() {
            true => view! { <EmptyState icon=IconName::Shield title=t.rules_examples_none() hint=t.rules_examples_hint() compact=true /> }.into_any(),
            false => examples.into_iter().map(|example| view! { <Example id example refresh /> }).collect_view().into_any(),
        }
    };
    let body = move || {
        view! {
            <Panel>
                <section class="panel-part"><Ceiling id rule refresh /></section>
                <section class="panel-part">
                    <h3>{t.rules_examples()}</h3>
                    {examples}
                </section>
                {move || may.get().then(|| view! {
                    <section class="panel-part">
                        <h3>{t.rules_undo_title()}</h3>
                        <super::undo::Undo id />
                    </section>
                })}
            </Panel>
        }
    };
    view! { <Drawer open=open title=t.rules_protection()>{body}</Drawer> }.into_any()
}

#[component]
fn Ceiling(id: RuleId, rule: Memo<RuleDesk>, refresh: Refresh) -> impl IntoView {
    let t = use_texts();
    let toasts = use_toasts();
    let value = RwSignal::new(rule.with_untracked(|rule| rule.rule.ceiling.to_string()));
    let keep = move || {
        let before = rule.with_untracked(|rule| rule.rule.ceiling);
        let wanted = value.with_untracked(|value| value.trim().parse::<i64>().unwrap_or(0));
        if wanted == before {
            return;
        }
        spawn_local(async move {
            match rules_edit(id, EditRule { ceiling: Some(wanted), ..EditRule::default() }).await {
                Ok(_) => toasts.success(t.rules_ceiling_kept()),
                Err(Fault(error)) => {
                    toasts.error(&error);
                    let _ = value.try_set(before.to_string());
                }
            }
            refresh.after_change();
        });
    };
    view! {
        <Field name="ceiling" label=t.rules_ceiling() help=t.rules_ceiling_hint()>
            <Input value=value kind="number" input_mode="numeric" suffix=t.rules_ceiling_unit() on_commit=keep />
        </Field>
    }
    .into_any()
}

#[component]
fn Example(id: RuleId, example: ExampleView, refresh: Refresh) -> impl IntoView {
    let t = use_texts();
    let toasts = use_toasts();
    let which = example.id;
    let forget = move || {
        spawn_local(async move {
            if let Err(Fault(error)) = rules_forget_example(id, which).await {
                toasts.error(&error);
            }
            refresh.after_change();
        });
    };
    let (tone, icon, word) = match example.fires {
        true => (Tone::Success, IconName::Check, t.rules_example_must()),
        false => (Tone::Neutral, IconName::CircleSlash, t.rules_example_must_not()),
    };
    let label = t.rules_example_forget(&example.name);
    let note = trigger_text(t, &example.event);
    let end = move || {
        let (label, word) = (label.clone(), word.clone());
        view! {
            <Badge tone=tone icon=icon>{word}</Badge>
            <IconButton icon=IconName::Trash label=label small=true on_click=forget />
        }
    };
    view! { <ListRow title=example.name note=note end=move || end().into_any() /> }
}
