//! Runs as rows: which rule, about what, how it ended. Filters lie in the address; with an object in it the list answers
//! «почему» and «почему не сработало» for an order or a chat.

use super::api::{rules_list, runs_list, runs_retry_all};
use super::words::{about, note_text, outcome_look};
use crate::i18n::use_texts;
use crate::pages::lists::*;
use crate::session::use_may;
use crate::ui::*;
use domain::access::Permission;
use domain::views::{RunFilter, RunLine, RunOutcome};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::use_navigate;

fn filter_of(address: Address) -> RunFilter {
    RunFilter {
        rule_id: address.read("rule_id"),
        outcome: address.read("outcome"),
        object_id: address.get("object_id"),
        q: address.get("q"),
        cursor: address.get("cursor"),
        limit: None,
    }
}

/// The list with its filters.
#[component]
pub fn Runs(address: Address) -> impl IntoView {
    let t = use_texts();
    let refresh = use_refresh(["runs"]);
    let filter = Memo::new(move |_| filter_of(address));
    let runs = Resource::new(
        move || (refresh.tick(), filter.get()),
        |(_, filter)| async move { runs_list(filter.clone()).await.map(|page| (filter, page)) },
    );
    let navigate = use_navigate();
    let open = Callback::new(move |id: String| navigate(&format!("/rules/runs/{id}"), Default::default()));
    let outcomes = RunOutcome::ALL.iter().map(|it| Choice::new(it.as_str(), outcome_look(t, *it).0));
    let outcomes = Signal::stored(outcomes.collect::<Vec<_>>());
    let object = move || {
        address.get("object_id").map(|_| {
            let clear = move |_| address.filter("object_id", "");
            view! {
                <span class="chip on">
                    <span class="chip-button">{t.rules_runs_about()}</span>
                    <button type="button" class="chip-clear" aria-label=t.lists_clear(t.rules_runs_about()) on:click=clear>
                        <Icon name=IconName::Close size=12 />
                    </button>
                </span>
            }
        })
    };
    view! {
        <Chips label=t.rules_run_filters()>
            <ChipMenu address=address name="rule_id" label=t.rules_run_filter_rule() choices=use_rules() />
            <ChipMenu address=address name="outcome" label=t.rules_run_filter_outcome() choices=outcomes />
            {object}
            <SearchBox address=address label=t.rules_run_search() />
            <span class="push"></span>
            <RetryAll filter=filter refresh=refresh />
        </Chips>
        <Followed resource=runs let:data>
            {
                let list = Signal::derive(move || data.with(|(filter, page)| (filter.clone(), page.items.clone())));
                let steady = Steady::new(list, |line: &RunLine| line.run.id.to_string());
                let next = Signal::derive(move || data.with(|(_, page)| page.next_cursor.clone()));
                view! {
                    <NewAbove steady=steady>
                        <Table
                            label=t.rules_tab_runs()
                            columns=columns()
                            rows=steady.rows
                            key=|line: &RunLine| line.run.id.to_string()
                            on_open=open
                            empty=move || nothing(data.with(|(filter, _)| filter.clone()))
                        />
                    </NewAbove>
                    <CursorPager address=address next=next />
                }
            }
        </Followed>
    }
    .into_any()
}

/// Names of the rules, for the filter.
fn use_rules() -> Signal<Vec<Choice>> {
    let rules = RwSignal::new(Vec::new());
    Effect::new(move |_| {
        spawn_local(async move {
            if let Ok(lines) = rules_list().await {
                let choices = lines.into_iter().map(|line| Choice::new(line.rule.id.to_string(), line.rule.name));
                let _ = rules.try_set(choices.collect());
            }
        });
    });
    rules.into()
}

fn columns() -> Vec<Column<RunLine>> {
    let t = use_texts();
    let rule = move |line: &RunLine| {
        let (href, name, shadow) =
            (format!("/rules/runs/{}", line.run.id), line.run.rule_name.clone(), line.run.shadow);
        view! {
            <span class="rule-title">
                <Link href=href quiet=true>{name}</Link>
                {shadow.then(|| view! { <small>{t.rules_run_shadow()}</small> })}
            </span>
        }
    };
    let object = move |line: &RunLine| match about(t, line) {
        (words, Some(href)) => view! { <Link href=href quiet=true>{words}</Link> }.into_any(),
        (words, None) => view! { <span>{words}</span> }.into_any(),
    };
    let outcome = move |line: &RunLine| {
        let (word, tone, icon) = outcome_look(t, line.run.outcome);
        let note = note_text(t, &line.run.note);
        view! {
            <span class="rule-last">
                <Badge tone=tone icon=icon>{word}</Badge>
                {(!note.is_empty()).then(|| view! { <span class="quiet ellipsis">{note}</span> })}
            </span>
        }
    };
    let at = |line: &RunLine| view! { <Time at=line.run.started_at /> };
    vec![
        Column::new("rule", t.rules_run_column_rule(), rule),
        Column::new("about", t.rules_run_column_about(), object),
        Column::new("outcome", t.rules_run_column_outcome(), outcome),
        Column::new("at", t.rules_run_column_at(), at).end().width("150px"),
    ]
}

/// An honest nothing for what was asked.
fn nothing(filter: RunFilter) -> AnyView {
    let t = use_texts();
    if filter.object_id.is_some() && filter.outcome.is_none() && filter.rule_id.is_none() {
        return view! {
            <EmptyState icon=IconName::Rules title=t.rules_runs_none_about() hint=t.rules_runs_none_about_hint()>
                <LinkButton href="/rules">{t.rules_all()}</LinkButton>
            </EmptyState>
        }
        .into_any();
    }
    if filter == RunFilter::default() {
        return view! { <EmptyState icon=IconName::History title=t.rules_runs_empty() hint=t.rules_runs_empty_hint() /> }.into_any();
    }
    view! {
        <EmptyState icon=IconName::Search title=t.ui_nothing_found() hint=t.ui_nothing_found_hint()>
            <LinkButton href="/rules/runs">{t.lists_reset()}</LinkButton>
        </EmptyState>
    }
    .into_any()
}

/// «Повторить неудавшиеся», where the list shows failed runs and the person may.
#[component]
fn RetryAll(filter: Memo<RunFilter>, refresh: Refresh) -> impl IntoView {
    let t = use_texts();
    let may = use_may(Permission::RulesManage);
    let asking = RwSignal::new(false);
    let action = Callback::new(move |()| {
        let filter = RunFilter { cursor: None, ..filter.get_untracked() };
        let doing: Doing = Box::pin(async move {
            let retried = runs_retry_all(filter).await?;
            Ok(t.rules_runs_retry_result(retried.went_on.to_string(), retried.failed.to_string()))
        });
        Some(doing)
    });
    let shown = move || may.get() && filter.with(|filter| filter.outcome == Some(RunOutcome::Failed));
    view! {
        {move || shown().then(|| view! {
            <Button small=true icon=IconName::Refresh on_click=move || asking.set(true)>{t.rules_runs_retry_all()}</Button>
        })}
        <ConfirmAction
            open=asking
            title=t.rules_runs_retry_all_title()
            text=t.rules_runs_retry_all_text()
            confirm=t.action_retry()
            refresh=refresh
            action=action
        />
    }
    .into_any()
}
