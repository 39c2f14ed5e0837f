//! One rule: the constructor with its preview for those who may change it, the rule in words for everybody else.

use super::api::{rules_get, rules_offer};
use super::edit::{Constructor, Desk, Saver, SavingStrip, SavingWord};
use super::held::Held;
use super::machine::MachineDrawer;
use super::outline::{Speech, outline};
use super::protection::ProtectionDrawer;
use super::publish::PublishDialog;
use super::reading::Reading;
use super::trial::Trial;
use super::versions::VersionsDrawer;
use super::words::state_look;
use crate::format::use_format;
use crate::frame::Screen;
use crate::i18n::use_texts;
use crate::pages::lists::{Followed, Refresh, use_refresh};
use crate::session::{use_may, use_me};
use crate::ui::*;
use domain::access::Permission;
use domain::ids::RuleId;
use domain::rules::RuleTree;
use domain::views::{RuleDesk, RuleOffer, RuleState};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

/// What the page shows: the rule and what rules are made of.
type Loaded = (RuleDesk, RuleOffer);

/// The page of one rule.
#[component]
pub fn RulePage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get_str("id").and_then(|id| id.parse::<RuleId>().ok())));
    let page = |id: Option<RuleId>| match id {
        Some(id) => view! { <One id /> }.into_any(),
        None => view! { <crate::pages::NotFound /> }.into_any(),
    };
    view! { <For each=move || [id.get()] key=|id| *id children=page /> }
}

/// The way back to the list.
pub fn back() -> AnyView {
    let t = use_texts();
    view! { <LinkButton href="/rules" variant=Variant::Ghost small=true icon=IconName::ArrowLeft>{t.rules_all()}</LinkButton> }
        .into_any()
}

#[component]
fn One(id: RuleId) -> impl IntoView {
    let t = use_texts();
    let refresh = use_refresh([format!("rules:{id}")]);
    let loaded = Resource::new(
        move || refresh.tick(),
        move |_| async move { Ok::<Loaded, crate::door::Fault>((rules_get(id).await?, rules_offer().await?)) },
    );
    view! {
        <Screen title=t.nav_rules() aside=back>
            <Followed resource=loaded skeleton=|| view! { <Skeleton shape=SkeletonShape::Form count=6 /> }.into_any() let:loaded>
                <Shown id loaded refresh />
            </Followed>
        </Screen>
    }
    .into_any()
}

#[component]
fn Shown(id: RuleId, loaded: Signal<Loaded>, refresh: Refresh) -> impl IntoView {
    let t = use_texts();
    let may = use_may(Permission::RulesManage);
    let first = loaded.with_untracked(|loaded| loaded.0.clone());
    let offer = Signal::from(Memo::new(move |_| loaded.with(|loaded| loaded.1.clone())));
    let Some(tree) = first.draft.clone() else {
        return view! { <EmptyState icon=IconName::Alert title=first.rule.name hint=t.rules_unreadable() /> }
            .into_any();
    };
    let desk = Desk::new(id, tree, offer);
    provide_context(desk);
    let rule = Memo::new(move |_| loaded.with(|loaded| loaded.0.clone()));
    let narrow = move || match may.get() {
        true => view! { <Editing desk rule may refresh /> }.into_any(),
        false => view! { <ReadOnly rule offer /> }.into_any(),
    };
    view! { {narrow} }.into_any()
}

/// The rule for those who may change it.
#[component]
fn Editing(desk: Desk, rule: Memo<RuleDesk>, may: Signal<bool>, refresh: Refresh) -> impl IntoView {
    let t = use_texts();
    let toasts = use_toasts();
    let saver = rule.with_untracked(|rule| Saver::new(desk, rule, may));
    Effect::new(move |before: Option<()>| {
        if rule.with(|rule| before.is_some() && saver.arrived(rule)) {
            toasts.info(t.rules_taken_over());
        }
    });
    let (publishing, looking, travelling) = (RwSignal::new(false), RwSignal::new(false), RwSignal::new(false));
    let protecting = RwSignal::new(false);
    let version = Memo::new(move |_| rule.with(|rule| rule.rule.version));
    let changed =
        Memo::new(move |_| rule.with(|rule| published(rule).is_none_or(|tree| desk.tree.with(|draft| *draft != tree))));
    let badges = move || {
        let (version, changed) = (version.get(), changed.get());
        let first = match version {
            Some(version) => {
                view! { <Badge tone=Tone::Success icon=IconName::Check>{t.rules_published(version.to_string())}</Badge> }
            }
            None => view! { <Badge icon=IconName::Pencil>{t.rules_unpublished()}</Badge> },
        };
        let second = (version.is_some() && changed)
            .then(|| view! { <Badge tone=Tone::Warning icon=IconName::Pencil>{t.rules_draft_changed()}</Badge> });
        view! { {first} {second} }
    };
    let faults = move || {
        let count = desk.problems.with(Vec::len);
        (count > 0).then(|| view! { <Badge tone=Tone::Danger icon=IconName::Alert>{t.rules_problems(count)}</Badge> })
    };
    let states = Signal::stored(vec![
        Choice::new("on", t.rules_state_on()),
        Choice::new("shadow", t.rules_state_shadow()),
        Choice::new("off", t.rules_state_off()),
    ]);
    let state = RwSignal::new(String::new());
    Effect::new(move |_| state.set(saver.rule_state.get().as_str().to_owned()));
    let switch = move || {
        version.get().map(|_| {
            let pick = move |word: String| {
                if let Ok(wanted) = word.parse::<RuleState>() {
                    saver.rule_state.set(wanted);
                    saver.save();
                }
            };
            view! { <Select value=state choices=states label=t.rules_column_state() small=true on_change=pick /> }
        })
    };
    let runs = format!("/rules/runs?rule_id={}", desk.id);
    let commit = move || saver.save();
    view! {
        <header class="rule-head">
            <div class="rule-name"><Input value=saver.name label=t.rules_name() max_length=120 on_commit=commit /></div>
            <span class="rule-badges">{badges} {faults} <SavingWord saver /></span>
            <span class="push"></span>
            <div class="rule-actions">
                <IconButton icon=IconName::Undo label=t.rules_undo() small=true disabled=Signal::derive(move || !desk.depth.get().0) on_click=move || desk.undo() />
                <span class="mirrored">
                    <IconButton icon=IconName::Undo label=t.rules_redo() small=true disabled=Signal::derive(move || !desk.depth.get().1) on_click=move || desk.redo() />
                </span>
                {switch}
                <LinkButton href=runs small=true icon=IconName::History>{t.rules_tab_runs()}</LinkButton>
                <Button small=true on_click=move || looking.set(true)>{t.rules_versions()}</Button>
                <Button small=true on_click=move || protecting.set(true)>{t.rules_protection()}</Button>
                <Button small=true on_click=move || travelling.set(true)>{t.rules_machine()}</Button>
                <Button small=true variant=Variant::Primary on_click=move || publishing.set(true)>{t.rules_publish()}</Button>
            </div>
        </header>
        <SavingStrip saver />
        <Held id=desk.id rule refresh />
        <div class="rule-desk">
            <Constructor />
            <aside class="rule-trial"><Trial /></aside>
        </div>
        <PublishDialog open=publishing rule saver refresh />
        <VersionsDrawer open=looking rule />
        <MachineDrawer id=desk.id open=travelling />
        <ProtectionDrawer id=desk.id open=protecting rule refresh />
    }
    .into_any()
}

/// The tree that acts now.
pub fn published(rule: &RuleDesk) -> Option<RuleTree> {
    let version = rule.rule.version?;
    rule.versions.iter().find(|one| one.version == version).and_then(|one| one.tree.clone())
}

/// The rule for those who may only look: what acts now, in words.
#[component]
fn ReadOnly(rule: Memo<RuleDesk>, offer: Signal<RuleOffer>) -> impl IntoView {
    let t = use_texts();
    let f = use_format();
    let currency = use_me().with_untracked(|me| me.organisation.currency.clone());
    let body = move || {
        let rule = rule.get();
        let (word, tone, icon) = state_look(t, rule.rule.state, rule.rule.version.is_some());
        let tree = published(&rule).or(rule.draft);
        let currency = &currency;
        let lines = offer.with(|offer| tree.map(|tree| outline(Speech { t, f, currency, offer }, &tree)));
        let runs = format!("/rules/runs?rule_id={}", rule.rule.id);
        view! {
            <header class="rule-head">
                <h2>{rule.rule.name}</h2>
                <span class="rule-badges">
                    <Badge tone=tone icon=icon>{word}</Badge>
                    {rule.rule.version.map(|version| view! { <small class="quiet">{t.rules_version(version.to_string())}</small> })}
                </span>
                <span class="push"></span>
                <LinkButton href=runs small=true icon=IconName::History>{t.rules_tab_runs()}</LinkButton>
            </header>
            <Card><Reading lines=lines.unwrap_or_default() /></Card>
            <p class="quiet">{t.rules_read_only()}</p>
        }
    };
    view! { <div class="rule-read">{body}</div> }.into_any()
}
