//! Rules as rows: name, whether it works, the week, the last run. Switching on and off works right here, also on a phone.

use super::api::{rules_edit, rules_list, rules_shift};
use super::create::NewRule;
use super::words::{outcome_look, state_look, trigger_text};
use crate::door::Fault;
use crate::format::use_format;
use crate::i18n::use_texts;
use crate::pages::lists::{Followed, Refresh, use_refresh};
use crate::session::use_may;
use crate::ui::*;
use domain::access::Permission;
use domain::ids::RuleId;
use domain::views::{EditRule, RuleLine, RuleState, RuleView};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::use_navigate;

/// The list.
#[component]
pub fn RuleList(creating: RwSignal<bool>) -> impl IntoView {
    let t = use_texts();
    let refresh = use_refresh(["rules", "runs"]);
    let lines = Resource::new(move || refresh.tick(), |_| rules_list());
    let may = use_may(Permission::RulesManage);
    let navigate = use_navigate();
    let open = Callback::new(move |id: String| navigate(&format!("/rules/{id}"), Default::default()));
    let nothing = move || {
        if !may.get() {
            return view! { <EmptyState icon=IconName::Rules title=t.rules_empty() hint=t.rules_empty_read() /> }
                .into_any();
        }
        view! {
            <EmptyState icon=IconName::Rules title=t.rules_empty() hint=t.rules_empty_hint()>
                <Button variant=Variant::Primary icon=IconName::Plus on_click=move || creating.set(true)>{t.rules_new()}</Button>
            </EmptyState>
        }
        .into_any()
    };
    view! {
        <Followed resource=lines let:all>
            {
                let of = move |archived: bool| move || {
                    let kept = |line: &&RuleLine| (line.rule.state == RuleState::Archived) == archived;
                    all.with(|all| all.iter().filter(kept).cloned().collect::<Vec<_>>())
                };
                let (lines, put_away) = (Signal::derive(of(false)), Signal::derive(of(true)));
                view! {
            <div class="rule-list">
                <Table
                    label=t.nav_rules()
                    columns=columns(may, refresh)
                    rows=lines
                    key=|line: &RuleLine| line.rule.id.to_string()
                    on_open=open
                    row_class=|line: &RuleLine| if line.rule.state == RuleState::Off { "rule-off" } else { "" }
                    empty=nothing
                />
            </div>
            <Archive lines=put_away may refresh />
                }
            }
        </Followed>
        <NewRule open=creating />
    }
    .into_any()
}

fn columns(may: Signal<bool>, refresh: Refresh) -> Vec<Column<RuleLine>> {
    let t = use_texts();
    let f = use_format();
    let name = move |line: &RuleLine| {
        let when =
            (!line.rule.event.is_empty()).then(|| format!("{} {}", t.rules_when(), trigger_text(t, &line.rule.event)));
        let (href, name) = (format!("/rules/{}", line.rule.id), line.rule.name.clone());
        view! {
            <span class="rule-title">
                <Link href=href quiet=true>{name}</Link>
                {when.map(|when| view! { <small>{when}</small> })}
            </span>
        }
    };
    let works = move |line: &RuleLine| view! { <Works line=line.clone() may refresh /> };
    let week = move |line: &RuleLine| {
        let values = line.days.iter().map(|count| *count as f64).collect::<Vec<_>>();
        let href = format!("/rules/runs?rule_id={}", line.rule.id);
        let fired = f.integer(line.rule.fired);
        view! {
            <span class="rule-week">
                <span class="rule-spark" aria-hidden="true"><Spark values=Signal::stored(values) tone=Tone::Accent /></span>
                <Link href=href quiet=true>{fired}</Link>
            </span>
        }
    };
    let last = move |line: &RuleLine| match (line.rule.last_outcome, line.rule.last_at) {
        (Some(outcome), Some(at)) => {
            let (word, tone, icon) = outcome_look(t, outcome);
            view! { <span class="rule-last"><Badge tone=tone icon=icon>{word}</Badge><Time at=at /></span> }.into_any()
        }
        _ => view! { <span class="quiet">{t.rules_never()}</span> }.into_any(),
    };
    let hand = move |line: &RuleLine| view! { <Hand rule=line.rule.clone() may refresh /> };
    vec![
        Column::new("name", t.rules_column_name(), name),
        Column::new("state", t.rules_column_state(), works).width("190px"),
        Column::new("week", t.rules_column_week(), week).width("190px"),
        Column::new("last", t.rules_column_last(), last).width("290px"),
        Column::new("hand", String::new(), hand).end().width("56px"),
    ]
}

/// Whether it works, with a switch where that can be changed; a rule never published has nothing to switch.
#[component]
fn Works(line: RuleLine, may: Signal<bool>, refresh: Refresh) -> impl IntoView {
    let t = use_texts();
    let toasts = use_toasts();
    let rule = line.rule;
    let (id, published) = (rule.id, rule.version.is_some());
    let (word, tone, icon) = state_look(t, rule.state, published);
    // What was asked for shows at once; the row comes anew with what is stored.
    let on = RwSignal::new(rule.state.listens());
    let name = StoredValue::new(rule.name.clone());
    let flip = move |wanted: bool| {
        on.set(wanted);
        let state = if wanted { RuleState::On } else { RuleState::Off };
        spawn_local(async move {
            match rules_edit(id, EditRule { state: Some(state), ..EditRule::default() }).await {
                Ok(rule) if wanted => toasts.success(t.rules_switched_on(rule.name)),
                Ok(rule) => toasts.success(t.rules_switched_off(rule.name)),
                Err(Fault(error)) => {
                    toasts.error(&error);
                    let _ = on.try_set(!wanted);
                }
            }
            refresh.after_change();
        });
    };
    let shadow = rule.state == RuleState::Shadow;
    move || {
        let word = word.clone();
        let badge = view! { <Badge tone=tone icon=icon>{word}</Badge> };
        match may.get() && published {
            true => view! {
                <span class="rule-works">
                    <Switch checked=on on_change=flip label=t.rules_switch_of(name.get_value()) label_hidden=true />
                    {shadow.then_some(badge)}
                </span>
            }
            .into_any(),
            false => badge.into_any(),
        }
    }
}

/// What can be done with a rule besides switching it: its place among the others, and putting it away.
#[component]
fn Hand(rule: RuleView, may: Signal<bool>, refresh: Refresh) -> impl IntoView {
    let t = use_texts();
    let toasts = use_toasts();
    let id = rule.id;
    let shift = Callback::new(move |earlier: bool| {
        spawn_local(async move {
            match rules_shift(id, earlier).await {
                Ok(()) => refresh.after_change(),
                Err(Fault(error)) => toasts.error(&error),
            }
        });
    });
    let put_away = Callback::new(move |()| to_state(toasts, refresh, id, RuleState::Archived, t.rules_archived()));
    let label = t.rules_hand_of(&rule.name);
    let items = Signal::derive(move || {
        vec![
            MenuItem::action(t.rules_earlier(), move || shift.run(true)).icon(IconName::ArrowUp),
            MenuItem::action(t.rules_later(), move || shift.run(false)).icon(IconName::ArrowDown),
            MenuItem::action(t.rules_archive(), move || put_away.run(())).icon(IconName::Inbox),
        ]
    });
    move || may.get().then(|| view! { <Menu label=label.clone() items=items place=Place::BelowEnd /> })
}

/// Rules put away, folded.
#[component]
fn Archive(lines: Signal<Vec<RuleLine>>, may: Signal<bool>, refresh: Refresh) -> impl IntoView {
    let t = use_texts();
    let toasts = use_toasts();
    let row = move |line: RuleLine| {
        let id = line.rule.id;
        let back = move || to_state(toasts, refresh, id, RuleState::Off, t.rules_taken_back());
        let end = move || {
            may.get()
                .then(|| view! { <Button small=true icon=IconName::Undo on_click=back>{t.rules_take_back()}</Button> })
        };
        view! { <ListRow title=line.rule.name href=format!("/rules/{id}") end=move || end().into_any() /> }
    };
    move || {
        let lines = lines.get();
        let count = lines.len();
        (count > 0).then(|| {
            let rows = lines.into_iter().map(row).collect_view();
            view! {
                <details class="rule-details rule-archive">
                    <summary>{t.rules_archive_of(count)}</summary>
                    <Card flush=true>{rows}</Card>
                </details>
            }
        })
    }
}

fn to_state(toasts: Toasts, refresh: Refresh, id: RuleId, state: RuleState, said: String) {
    spawn_local(async move {
        match rules_edit(id, EditRule { state: Some(state), ..EditRule::default() }).await {
            Ok(_) => toasts.success(said),
            Err(Fault(error)) => toasts.error(&error),
        }
        refresh.after_change();
    });
}
