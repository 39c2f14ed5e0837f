//! «Версии»: what was published, when and by whom, how it differs from the draft, and taking it back into the draft.

use super::edit::use_desk;
use super::outline::{Fate, compare, outline};
use super::reading::Difference;
use crate::i18n::use_texts;
use crate::pages::lists::Panel;
use crate::ui::*;
use domain::views::{RuleDesk, RuleDeskVersion};
use leptos::prelude::*;

/// The drawer.
#[component]
pub fn VersionsDrawer(open: RwSignal<bool>, rule: Memo<RuleDesk>) -> impl IntoView {
    let t = use_texts();
    let body = move || {
        let (versions, now) = rule.with(|rule| (rule.versions.clone(), rule.rule.version));
        if versions.is_empty() {
            return view! { <EmptyState icon=IconName::History title=t.rules_versions_empty() hint=t.rules_versions_empty_hint() compact=true /> }
                .into_any();
        }
        let one = move |version: RuleDeskVersion| {
            let now = now == Some(version.version);
            view! { <Version version now open /> }
        };
        view! { <Panel>{versions.into_iter().map(one).collect_view()}</Panel> }.into_any()
    };
    view! { <Drawer open=open title=t.rules_versions_title()>{body}</Drawer> }.into_any()
}

#[component]
fn Version(version: RuleDeskVersion, now: bool, open: RwSignal<bool>) -> impl IntoView {
    let t = use_texts();
    let toasts = use_toasts();
    let desk = use_desk();
    let number = version.version.to_string();
    let by = match &version.published_by {
        Some(name) => t.rules_version_by(name),
        None => t.rules_version_system(),
    };
    let body = version.tree.map(|tree| {
        let tree = StoredValue::new(tree);
        let number = StoredValue::new(number.clone());
        let restore = move || {
            desk.replace(tree.get_value());
            open.set(false);
            toasts.with_action(t.rules_version_restored(number.get_value()), t.rules_undo(), move || {
                if desk.tree.try_get_untracked().is_some() {
                    desk.undo();
                }
            });
        };
        let difference = move || {
            let currency = desk.currency.get_value();
            let lines = desk.offer.with(|offer| {
                let speech = desk.speech(offer, &currency);
                let old = tree.with_value(|tree| outline(speech, tree));
                desk.tree.with(|draft| compare(&old, &outline(speech, draft)))
            });
            match lines.iter().all(|line| line.0 == Fate::Same) {
                true => view! { <p class="quiet">{t.rules_version_same()}</p> }.into_any(),
                false => view! {
                    <details class="rule-details">
                        <summary>{t.rules_version_diff()}</summary>
                        <Difference lines=lines />
                    </details>
                    <Button small=true icon=IconName::Undo on_click=restore>{t.rules_version_restore()}</Button>
                }
                .into_any(),
            }
        };
        view! { {difference} }
    });
    view! {
        <section class="panel-part rule-version" aria-label=t.rules_version(&number)>
            <header>
                <h3>{t.rules_version(&number)}</h3>
                {now.then(|| view! { <Badge tone=Tone::Success icon=IconName::Check>{t.rules_version_now()}</Badge> })}
            </header>
            <p class="quiet"><Time at=version.published_at style=TimeStyle::Full />" · "{by}</p>
            {body}
        </section>
    }
    .into_any()
}
