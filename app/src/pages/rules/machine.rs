//! «Машина времени»: the draft over what really happened, and what it would have changed. Nothing is done.

use super::api::{replays_cancel, replays_list, replays_start};
use super::words::{act_text, field_text};
use crate::door::Fault;
use crate::format::use_format;
use crate::i18n::use_texts;
use crate::pages::chats::words::client_name;
use crate::pages::journal::{object_href, object_text};
use crate::pages::lists::{Followed, Panel, Refresh, use_refresh};
use crate::ui::*;
use domain::ids::{ReplayId, RuleId};
use domain::rules::replay::{Difference, Fate};
use domain::views::{ReplayReport, ReplayRow, ReplayState, ReplayView};
use leptos::prelude::*;
use leptos::task::spawn_local;
use texts::Texts;

/// Rows shown; the report counts all of them.
const SHOWN: usize = 100;

/// The drawer.
#[component]
pub fn MachineDrawer(id: RuleId, open: RwSignal<bool>) -> impl IntoView {
    let t = use_texts();
    let body = move || view! { <Machine id /> };
    view! { <Drawer open=open title=t.rules_machine()>{body}</Drawer> }.into_any()
}

#[component]
fn Machine(id: RuleId) -> impl IntoView {
    let t = use_texts();
    let toasts = use_toasts();
    let refresh = use_refresh([format!("replays:{id}")]);
    let list = Resource::new(move || refresh.tick(), move |_| replays_list(id));
    let days = RwSignal::new("30".to_owned());
    let pending = RwSignal::new(false);
    let periods = [7u32, 30, 90].map(|n| Choice::new(n.to_string(), t.rules_machine_days(n))).to_vec();
    let start = move || {
        if pending.get_untracked() {
            return;
        }
        pending.set(true);
        let days = days.with_untracked(|days| days.parse().unwrap_or(30));
        spawn_local(async move {
            match replays_start(id, days).await {
                Ok(()) => refresh.after_change(),
                Err(Fault(error)) => toasts.error(&error),
            }
            let _ = pending.try_set(false);
        });
    };
    view! {
        <p class="quiet">{t.rules_machine_hint()}</p>
        <div class="rule-machine-start">
            <Select value=days choices=Signal::stored(periods) label=t.rules_machine_period() small=true />
            <Button variant=Variant::Primary small=true pending=pending on_click=start>{t.rules_machine_start()}</Button>
        </div>
        <Followed resource=list skeleton=|| view! { <Skeleton shape=SkeletonShape::Rows count=4 /> }.into_any() let:list>
            <Latest list refresh />
        </Followed>
    }
    .into_any()
}

#[component]
fn Latest(list: Signal<Vec<ReplayView>>, refresh: Refresh) -> impl IntoView {
    let t = use_texts();
    let latest = Memo::new(move |_| list.with(|list| list.first().cloned()));
    move || {
        match latest.get() {
        None => {
            view! { <EmptyState icon=IconName::History title=t.rules_machine_none() hint=t.rules_machine_none_hint() compact=true /> }
                .into_any()
        }
        Some(replay) if replay.state == ReplayState::Running => view! { <Running replay refresh /> }.into_any(),
        Some(replay) => view! { <Report replay /> }.into_any(),
    }
    }
}

#[component]
fn Running(replay: ReplayView, refresh: Refresh) -> impl IntoView {
    let t = use_texts();
    let f = use_format();
    let toasts = use_toasts();
    let id: ReplayId = replay.id;
    let stop = move || {
        spawn_local(async move {
            match replays_cancel(id).await {
                Ok(()) => refresh.after_change(),
                Err(Fault(error)) => toasts.error(&error),
            }
        });
    };
    let share = (replay.total > 0).then(|| replay.done as f64 / replay.total as f64);
    let note = t.rules_machine_progress(f.integer(replay.done), f.integer(replay.total));
    view! {
        <ProgressBar value=Signal::stored(share) label=t.rules_machine_running() note=note />
        <p><Button small=true on_click=stop>{t.rules_machine_stop()}</Button></p>
    }
    .into_any()
}

#[component]
fn Report(replay: ReplayView) -> impl IntoView {
    let t = use_texts();
    let f = use_format();
    let state = match replay.state {
        ReplayState::Cancelled => Some(t.rules_machine_cancelled()),
        ReplayState::Interrupted => Some(t.rules_machine_interrupted()),
        ReplayState::Running | ReplayState::Done => None,
    };
    let short = replay.reaches_back_to.filter(|at| *at > replay.since + 24 * 3_600_000);
    let short = short.map(|at| view! { <p class="quiet">{t.rules_machine_short(f.date_time(at))}</p> });
    let counts = counts(t, &replay.report).into_iter().map(|(label, count)| {
        let count = f.integer(count);
        view! { <Fact label=label>{count}</Fact> }
    });
    let counts = counts.collect_view();
    let rows: Vec<ReplayRow> = replay.report.rows.iter().take(SHOWN).cloned().collect();
    let more = replay.report.rows.len() > SHOWN;
    let list = match rows.is_empty() {
        true => view! { <p class="quiet">{t.rules_machine_same()}</p> }.into_any(),
        false => {
            let rows = rows.into_iter().map(|row| view! { <Row row /> }).collect_view();
            view! { <ul class="rule-machine-rows">{rows}</ul> {more.then(|| t.rules_machine_more())} }.into_any()
        }
    };
    view! {
        <Panel>
            <section class="panel-part">
                <p class="quiet">
                    {t.rules_machine_looked(f.integer(replay.done))}" · "
                    <Time at=replay.ended_at.unwrap_or(replay.started_at) style=TimeStyle::Full />
                </p>
                {state.map(|state| view! { <p class="field-error">{state}</p> })}
                {short}
                <Facts>{counts}</Facts>
            </section>
            <section class="panel-part">{list}</section>
        </Panel>
    }
    .into_any()
}

fn counts(t: Texts, r: &ReplayReport) -> Vec<(String, i64)> {
    let mut counts = vec![
        (t.rules_machine_stays(), r.stays),
        (t.rules_machine_starts(), r.starts),
        (t.rules_machine_stops(), r.stops),
        (t.rules_machine_changes(), r.changes),
        (t.rules_machine_messages(), r.messages),
        (t.rules_machine_clients(), r.clients),
    ];
    counts.extend(
        [(t.rules_machine_others(), r.others), (t.rules_machine_no_data(), r.no_data)]
            .into_iter()
            .filter(|(_, n)| *n > 0),
    );
    counts
}

/// Words, colour and sign of a difference.
fn look(t: Texts, difference: Difference) -> (String, Tone, IconName) {
    match difference {
        Difference::Starts => (t.rules_machine_starts(), Tone::Success, IconName::Plus),
        Difference::Stops => (t.rules_machine_stops(), Tone::Danger, IconName::Minus),
        Difference::Changes => (t.rules_machine_changes(), Tone::Warning, IconName::Pencil),
        Difference::Stays => (t.rules_machine_stays(), Tone::Neutral, IconName::Check),
        Difference::Others => (t.rules_machine_others(), Tone::Info, IconName::Rules),
    }
}

/// What a rule would do: its steps by their words.
fn fate(t: Texts, fate: &Fate) -> String {
    match fate {
        Fate::Nothing => t.rules_outcome_nothing(),
        Fate::NoData => t.rules_trial_no_data(),
        Fate::Displaced { .. } => t.rules_note_other_rule(),
        Fate::Missing { fields } => {
            let names: Vec<String> = fields.iter().map(|field| field_text(t, field)).collect();
            format!("{}: {}", t.rules_trial_no_data(), names.join(", "))
        }
        Fate::Fires { acts } => {
            let said = |act: &String| match act.split_once(": ") {
                Some((word, text)) => format!("{} «{text}»", act_text(t, word)),
                None if act == "wait" => t.rules_act_delay(),
                None => act_text(t, act),
            };
            acts.iter().map(said).collect::<Vec<_>>().join(", ")
        }
    }
}

#[component]
fn Row(row: ReplayRow) -> impl IntoView {
    let t = use_texts();
    let (word, tone, icon) = look(t, row.difference);
    let name = match row.contact_name.is_empty() {
        true => object_text(t, &row.object_kind),
        false => client_name(t, &row.contact_name, None),
    };
    let who = match object_href(&row.object_kind, &row.object_id) {
        Some(href) => view! { <a href=href>{name}</a> }.into_any(),
        None => view! { <span>{name}</span> }.into_any(),
    };
    let rule = row.rule.map(|rule| view! { <p>{t.rules_machine_rule(rule)}</p> });
    view! {
        <li>
            <header>
                <Badge tone=tone icon=icon>{word}</Badge>
                {who}
                <small class="quiet push"><Time at=row.at style=TimeStyle::List /></small>
            </header>
            {rule}
            <p class="quiet"><s>{fate(t, &row.before)}</s></p>
            <p>{fate(t, &row.after)}</p>
        </li>
    }
    .into_any()
}
