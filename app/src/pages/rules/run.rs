//! «Почему?»: one run with its event, each condition with what it saw, each step with what it made, and what stood in the way.

use super::api::{rules_offer, runs_decide, runs_get, runs_rerun, runs_retry};
use super::outline::{Speech, conditions, outline, quote, run_place};
use super::reading::{SeenList, seen_lines};
use super::trial::word_icon;
use super::words::{about, act_text, code_text, outcome_look, trigger_text};
use crate::door::Fault;
use crate::format::use_format;
use crate::frame::Screen;
use crate::i18n::use_texts;
use crate::pages::journal::object_href;
use crate::pages::lists::{ConfirmAction, Doing, Followed, Refresh, use_refresh};
use crate::session::{use_may, use_me};
use crate::ui::*;
use domain::ErrorCode;
use domain::access::Permission;
use domain::ids::RunId;
use domain::rules::{Act, Place};
use domain::views::{RuleOffer, RunDesk, RunOutcome, StepTrace};
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::hooks::{use_navigate, use_params_map};
use texts::Texts;

type Loaded = (RunDesk, RuleOffer);

/// The page of one run.
#[component]
pub fn RunPage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get_str("id").and_then(|id| id.parse::<RunId>().ok())));
    let page = |id: Option<RunId>| match id {
        Some(id) => view! { <One id /> }.into_any(),
        None => view! { <crate::pages::NotFound /> }.into_any(),
    };
    view! { <For each=move || [id.get()] key=|id| *id children=page /> }
}

fn back() -> AnyView {
    let t = use_texts();
    view! { <LinkButton href="/rules/runs" variant=Variant::Ghost small=true icon=IconName::ArrowLeft>{t.rules_all_runs()}</LinkButton> }
        .into_any()
}

#[component]
fn One(id: RunId) -> impl IntoView {
    let t = use_texts();
    // A run's hints go by its rule, which is not known before it is loaded.
    let refresh = use_refresh(["runs"]);
    let loaded = Resource::new(
        move || refresh.tick(),
        move |_| async move { Ok::<Loaded, Fault>((runs_get(id).await?, rules_offer().await?)) },
    );
    view! {
        <Screen title=t.rules_run_title() aside=back narrow=true>
            <Followed resource=loaded skeleton=|| view! { <Skeleton shape=SkeletonShape::Form count=6 /> }.into_any() let:loaded>
                {move || loaded.with(|(run, offer)| show(run, offer, refresh))}
            </Followed>
        </Screen>
    }
    .into_any()
}

fn show(desk: &RunDesk, offer: &RuleOffer, refresh: Refresh) -> AnyView {
    let (t, f) = (use_texts(), use_format());
    let currency = use_me().with_untracked(|me| me.organisation.currency.clone());
    let speech = Speech { t, f, currency: &currency, offer };
    let run = &desk.line.run;
    let (word, tone, icon) = outcome_look(t, run.outcome);
    let event = desk.tree.as_ref().map(|tree| tree.trigger.event.clone()).unwrap_or_default();
    let (words, href) = about(t, &desk.line);
    let object = match href {
        Some(href) => view! { <Link href=href>{words}</Link> }.into_any(),
        None => view! { <span>{words}</span> }.into_any(),
    };
    let conditions = desk.tree.as_ref().map(|tree| {
        let lines = conditions(speech, &event, &tree.when, "when");
        let seen = seen_lines(speech, &event, &lines, &desk.trace.when);
        match seen.is_empty() {
            true => view! { <p class="rule-hint">{t.rules_run_no_conditions()}</p> }.into_any(),
            false => view! { <SeenList lines=seen /> }.into_any(),
        }
    });
    let steps = match desk.trace.steps.is_empty() {
        true => view! { <p class="rule-hint">{t.rules_run_no_steps()}</p> }.into_any(),
        false => {
            let rows = desk.trace.steps.iter().map(|step| step_row(speech, desk, &event, step)).collect_view();
            view! { <ol class="rule-plan">{rows}</ol> }.into_any()
        }
    };
    let because = because(t, speech, desk);
    let because = because.map(|words| {
        let tone = if run.outcome == RunOutcome::Failed { Tone::Danger } else { Tone::Info };
        let rival = desk.rival.as_ref().map(|(id, _)| {
            view! { " " <Link href=format!("/rules/{id}")>{t.rules_run_rival_open()}</Link> }
        });
        view! { <Notice tone=tone>{words} {rival}</Notice> }
    });
    let (rule, name, run) = (format!("/rules/{}", run.rule_id), run.rule_name.clone(), run.clone());
    view! {
        <header class="rule-head">
            <h2><Link href=rule quiet=true>{name}</Link></h2>
            <span class="rule-badges">
                <Badge tone=tone icon=icon>{word}</Badge>
                {run.shadow.then(|| view! { <Badge tone=Tone::Info icon=IconName::Eye>{t.rules_run_shadow()}</Badge> })}
            </span>
        </header>
        {because}
        <Decision desk=desk.clone() refresh />
        <Card>
            <Facts>
                <Fact label=t.rules_run_event()>{trigger_text(t, &event)}</Fact>
                <Fact label=t.rules_run_about()>{object}</Fact>
                <Fact label=t.rules_run_version()>{run.version.to_string()}</Fact>
                <Fact label=t.rules_run_started()><Time at=run.started_at style=TimeStyle::Full /></Fact>
                {run.ended_at.filter(|at| *at != run.started_at).map(|at| view! {
                    <Fact label=t.rules_run_ended()><Time at=at style=TimeStyle::Full /></Fact>
                })}
                {run.run_at.map(|at| view! { <Fact label=t.rules_run_goes_on()><Time at=at style=TimeStyle::Deadline /></Fact> })}
            </Facts>
        </Card>
        <Card title=t.rules_run_conditions() flush=true>{conditions}</Card>
        <Card title=t.rules_run_steps() flush=true>{steps}</Card>
    }
    .into_any()
}

/// What the outcome means, in a sentence.
fn because(t: Texts, speech: Speech<'_>, desk: &RunDesk) -> Option<String> {
    let run = &desk.line.run;
    Some(match (run.outcome, run.note.as_str()) {
        (RunOutcome::Nothing, "no_data") => t.rules_run_because_no_data(),
        (RunOutcome::Nothing, _) => t.rules_run_because_nothing(),
        (RunOutcome::Blocked, "missing_fields") => t.rules_run_because_missing(),
        (RunOutcome::Blocked, "loop") => t.rules_run_because_loop(),
        (RunOutcome::Blocked, note) if note.starts_with("other_rule:") => match &desk.rival {
            Some((_, name)) => t.rules_run_because_rival(name),
            None => t.rules_run_because_rival_gone(),
        },
        (RunOutcome::Failed, "unreadable") => t.rules_run_because_unreadable(),
        (RunOutcome::Failed | RunOutcome::Blocked, code) => t.rules_run_because_failed(code_text(t, code)),
        (RunOutcome::Waiting, _) => match desk.waits_for.as_str() {
            "answer" => t.rules_run_waits_answer(),
            "approval" => {
                let who = desk.asked.map_or_else(|| t.rules_anybody(), |id| speech.member(id));
                t.rules_run_waits_approval(who)
            }
            _ => t.rules_run_waits_time(),
        },
        (RunOutcome::Done, _) => return None,
    })
}

/// A decision that is asked for, and trying a failed run again.
#[component]
fn Decision(desk: RunDesk, refresh: Refresh) -> impl IntoView {
    let t = use_texts();
    let toasts = use_toasts();
    let id = desk.line.run.id;
    let manages = use_may(Permission::RulesManage);
    let pending = RwSignal::new(false);
    let decide = move |yes: bool| {
        pending.set(true);
        spawn_local(async move {
            match runs_decide(id, yes).await {
                Ok(()) if yes => toasts.success(t.rules_run_agreed()),
                Ok(()) => toasts.success(t.rules_run_declined()),
                Err(Fault(error)) if error.code == ErrorCode::Stale => toasts.info(t.rules_run_decided_already()),
                Err(Fault(error)) => toasts.error(&error),
            }
            let _ = pending.try_set(false);
            refresh.now();
        });
    };
    let retry = move || {
        pending.set(true);
        spawn_local(async move {
            match runs_retry(id).await {
                Ok(RunOutcome::Failed) => toasts.info(t.rules_run_retried_failed()),
                Ok(_) => toasts.success(t.rules_run_retried()),
                Err(Fault(error)) => toasts.error(&error),
            }
            let _ = pending.try_set(false);
            refresh.now();
        });
    };
    let may_retry = desk.can_retry;
    let decision = desk.may_decide.then(|| {
        view! {
            <Button variant=Variant::Primary icon=IconName::Check pending=pending on_click=move || decide(true)>{t.rules_run_agree()}</Button>
            <Button icon=IconName::Close pending=pending on_click=move || decide(false)>{t.rules_run_refuse()}</Button>
        }
    });
    let again = move || {
        (may_retry && manages.get()).then(|| {
            view! { <Button icon=IconName::Refresh pending=pending on_click=retry>{t.rules_run_retry()}</Button> }
        })
    };
    let ended = desk.line.run.ended_at.is_some();
    let asking = RwSignal::new(false);
    let anew = move || {
        (ended && manages.get()).then(|| {
            view! { <Button icon=IconName::Play on_click=move || asking.set(true)>{t.rules_run_anew()}</Button> }
        })
    };
    let navigate = use_navigate();
    let goes = Callback::new(move |id: RunId| navigate(&format!("/rules/runs/{id}"), Default::default()));
    let run_anew = Callback::new(move |()| {
        let doing: Doing = Box::pin(async move {
            let new = runs_rerun(id).await?;
            goes.run(new);
            Ok(t.rules_run_anew_done())
        });
        Some(doing)
    });
    view! {
        <div class="rule-choices">{decision}{again}{anew}</div>
        <ConfirmAction open=asking title=t.rules_run_anew_title() text=t.rules_run_anew_text() confirm=t.rules_run_anew() refresh=refresh action=run_anew />
    }
    .into_any()
}

/// One step that was done, or was not.
fn step_row(speech: Speech<'_>, desk: &RunDesk, event: &str, step: &StepTrace) -> AnyView {
    let (t, f) = (speech.t, speech.f);
    let act = desk.tree.as_ref().and_then(|tree| step.place.parse::<Place>().ok()?.act(tree).cloned());
    let is_wait = step.result == "waits";
    let title = match (&act, step.act.as_str()) {
        (_, "decision") => speech.t.rules_act_approve(),
        (Some(act), word) if act.word() == word => speech.act(act),
        (Some(act), "answer" | "approval") => speech.act(act),
        _ if is_wait || step.act == "delay" => waited(speech, desk, step),
        (_, word) => act_text(t, word),
    };
    let (tone, word) = match (step.act.as_str(), step.result.as_str()) {
        ("decision", "yes") => (Tone::Success, t.rules_result_decided_yes()),
        ("decision", _) => (Tone::Danger, t.rules_result_decided_no()),
        (_, "done") => (Tone::Success, t.rules_result_done()),
        (_, "would") => (Tone::Info, t.rules_result_would()),
        (_, "failed") => (Tone::Danger, t.rules_result_failed()),
        (_, "blocked") => (Tone::Warning, t.rules_result_blocked()),
        (_, "waits") => (Tone::Info, t.rules_result_waits()),
        (_, "yes") => (Tone::Success, t.rules_result_yes()),
        (_, "no") => (Tone::Neutral, t.rules_result_no()),
        (_, other) => (Tone::Neutral, other.to_owned()),
    };
    let says = act.as_ref().is_some_and(|act| !quote(act).is_empty());
    let detail = match step.result.as_str() {
        "failed" => view! { <p class="field-error">{code_text(t, &step.detail)}</p> }.into_any(),
        "blocked" => {
            let names: Vec<_> = step.detail.split(", ").map(|key| speech.name(key)).collect();
            view! { <p class="field-error">{t.rules_trial_missing(names.join("», «"))}</p> }.into_any()
        }
        "waits" => match step.detail.parse::<i64>() {
            Ok(until) => view! { <p class="rule-saw">{t.rules_result_until(f.date_time(until))}</p> }.into_any(),
            Err(_) => ().into_any(),
        },
        _ if step.act == "decision" => {
            let who = step.detail.parse().map_or_else(|_| t.rules_version_system(), |id| speech.member(id));
            view! { <p class="rule-saw">{t.rules_version_by(who)}</p> }.into_any()
        }
        _ if says && !step.detail.is_empty() => view! { <q class="rule-quote">{step.detail.clone()}</q> }.into_any(),
        _ => ().into_any(),
    };
    let branch = match &act {
        Some(Act::Branch { when, .. }) if !step.seen.is_empty() => {
            let lines = conditions(speech, event, when, "when");
            Some(view! { <SeenList lines=seen_lines(speech, event, &lines, &step.seen) /> })
        }
        _ => None,
    };
    view! {
        <li>
            <Icon name=word_icon(&step.act) size=14 />
            <div>
                <p>{title}" "<span class=format!("rule-result {}", tone.class())>{word}</span></p>
                {detail}
                {branch}
                <p class="rule-saw"><Time at=step.at style=TimeStyle::Full />{made(t, desk, step)}</p>
            </div>
        </li>
    }
    .into_any()
}

/// The wait a run stands at, as the tree words it.
fn waited(speech: Speech<'_>, desk: &RunDesk, step: &StepTrace) -> String {
    let lines = desk.tree.as_ref().map(|tree| outline(speech, tree)).unwrap_or_default();
    let found = lines
        .into_iter()
        .find(|line| line.kind == super::outline::LineKind::Delay && run_place(&line.at) == step.place);
    found.map_or_else(|| speech.t.rules_act_delay(), |line| line.text)
}

/// Where to see what a step made.
fn made(t: Texts, desk: &RunDesk, step: &StepTrace) -> Option<AnyView> {
    let (kind, id) = step.made.as_ref()?;
    let (href, words) = match kind.as_str() {
        "message" => (format!("/chats/{}", desk.line.run.chat_id?), t.rules_open_chat()),
        "comment" => (object_href("order", &desk.line.run.order_id?.to_string())?, t.rules_open_order()),
        "order" => (object_href("order", id)?, t.rules_made_order()),
        other => (object_href(other, id)?, t.action_open()),
    };
    Some(view! { " · "<Link href=href>{words}</Link> }.into_any())
}
