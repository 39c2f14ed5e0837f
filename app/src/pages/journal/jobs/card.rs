//! One job: state, why, attempts, payload, and what a person can do about it.

use super::super::api::{journal_cancel, journal_job, journal_retry};
use super::super::links::object_link;
use super::super::words::{attempt_text, attempt_tone, job_kind_text};
use super::{JobBadge, failure};
use crate::door::{Answer, Fault};
use crate::format::use_format;
use crate::i18n::use_texts;
use crate::pages::lists::{Address, Followed, Panel, PanelPart, Refresh, use_refresh};
use crate::ui::*;
use domain::ids::JobId;
use domain::queue::JobState;
use domain::views::{AttemptView, JobCard, JobView};
use domain::{ApiError, ErrorCode};
use leptos::prelude::*;
use leptos::task::spawn_local;

#[component]
pub fn JobDrawer(address: Address, may_manage: Signal<bool>) -> impl IntoView {
    let t = use_texts();
    let (open, item) = address.layer("open");
    let panel = move || {
        item.get().map(|id| match id.parse::<JobId>() {
            Ok(id) => view! { <Loading id=id may_manage=may_manage /> }.into_any(),
            Err(_) => view! { <LoadError error=ApiError::new(ErrorCode::NotFound) /> }.into_any(),
        })
    };
    view! { <Drawer open=open title=t.journal_job_title()>{panel}</Drawer> }
}

#[component]
fn Loading(id: JobId, may_manage: Signal<bool>) -> impl IntoView {
    let refresh = use_refresh(["jobs"]);
    let card = Resource::new(move || refresh.tick(), move |_| journal_job(id));
    view! {
        <Followed resource=card skeleton=|| view! { <Skeleton shape=SkeletonShape::Form count=6 /> } let:card>
            <Body card=card refresh=refresh may_manage=may_manage />
        </Followed>
    }
    .into_any()
}

#[component]
fn Body(card: Signal<JobCard>, refresh: Refresh, may_manage: Signal<bool>) -> impl IntoView {
    let t = use_texts();
    let format = use_format();
    let job = Memo::new(move |_| card.with(|card| card.job.clone()));
    let attempts = Memo::new(move |_| card.with(|card| card.attempts.clone()));
    let payload = card.with_untracked(|card| card.payload.to_string());
    let facts = move || {
        let job = job.get();
        let why = failure(t, &job);
        let cause = job.cause_id.clone().map(|id| {
            let link = object_link(t, &job.cause_kind, &id);
            view! { <Fact label=t.journal_cause()>{link}</Fact> }
        });
        let about = object_link(t, &job.object_kind, &job.object_id);
        let attempts = t.journal_attempts_of(job.attempts.to_string(), job.max_attempts.to_string());
        view! {
            <p class="journal-line large"><Icon name=IconName::Send /><span>{job_kind_text(t, &job.kind)}</span></p>
            <p class="line"><JobBadge job=job.clone() />{job.code.clone().map(|code| view! { <code>{code}</code> })}</p>
            {why.map(|why| view! { <p class="journal-why">{why}</p> })}
            <Facts>
                <Fact label=t.journal_column_about()>{about}</Fact>
                {cause}
                <Fact label=t.journal_created()>{format.exact(job.created_at)}</Fact>
                {(job.state == JobState::Ready).then(|| view! { <Fact label=t.journal_next_try()><Time at=job.run_at /></Fact> })}
                {job.finished_at.map(|at| view! { <Fact label=t.journal_finished()>{format.exact(at)}</Fact> })}
                {job
                    .connection_id
                    .map(|id| view! { <Fact label=t.journal_column_connection()>{object_link(t, "connection", &id.to_string())}</Fact> })}
                <Fact label=t.journal_attempts()>{attempts}</Fact>
            </Facts>
        }
        .into_any()
    };
    view! {
        <Panel>
            {facts}
            {move || may_manage.get().then(|| view! { <Actions job=job refresh=refresh /> })}
            <PanelPart title=t.journal_attempts()>
                {move || match attempts.get() {
                    list if list.is_empty() => view! { <p class="quiet">{t.journal_no_attempts()}</p> }.into_any(),
                    list => view! { <Attempts list=list /> }.into_any(),
                }}
            </PanelPart>
            <PanelPart title=t.journal_payload()>
                <Json text=payload label=t.journal_payload() />
            </PanelPart>
        </Panel>
    }
    .into_any()
}

/// Every try of a job with its end.
#[component]
pub fn Attempts(list: Vec<AttemptView>) -> impl IntoView {
    let t = use_texts();
    let format = use_format();
    let row = |attempt: AttemptView| {
        let words =
            [attempt.code, attempt.detail].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" · ");
        view! {
            <li class="attempt">
                <span class="attempt-number">{attempt.number}</span>
                <div>
                    <p class="line">
                        <Badge tone=attempt_tone(&attempt.outcome)>{attempt_text(t, &attempt.outcome)}</Badge>
                        <span class="quiet">{format.exact(attempt.started_at)}" · "{format.duration(attempt.took_ms)}</span>
                    </p>
                    {(!words.is_empty()).then(|| view! { <p class="attempt-words">{words}</p> })}
                </div>
            </li>
        }
    };
    view! { <ol class="attempts" aria-label=t.journal_attempts()>{list.into_iter().map(row).collect_view()}</ol> }
}

/// «Повторить» and «Отменить», where the state allows them; what may go out twice is asked first.
#[component]
fn Actions(job: Memo<JobView>, refresh: Refresh) -> impl IntoView {
    let t = use_texts();
    let toasts = use_toasts();
    let pending = RwSignal::new(false);
    let asking = RwSignal::new(false);
    let finish = move |answer: Answer<()>, words: String| {
        let _ = pending.try_set(false);
        let _ = asking.try_set(false);
        match answer {
            Ok(()) => toasts.success(words),
            Err(Fault(error)) => toasts.error(&error),
        }
        refresh.after_change();
    };
    let retry = move || {
        pending.set(true);
        let id = job.with_untracked(|job| job.id);
        spawn_local(async move { finish(journal_retry(id).await, t.journal_retried()) });
    };
    let cancel = move || {
        pending.set(true);
        let id = job.with_untracked(|job| job.id);
        spawn_local(async move { finish(journal_cancel(id).await, t.journal_cancelled()) });
    };
    let ask_or_retry = move || match job.with_untracked(|job| job.state) {
        JobState::Unknown => asking.set(true),
        _ => retry(),
    };
    let state = Memo::new(move |_| job.with(|job| job.state));
    let buttons = move || {
        let may_retry =
            matches!(state.get(), JobState::Dead | JobState::Held | JobState::Unknown | JobState::Cancelled);
        let may_cancel = matches!(state.get(), JobState::Ready | JobState::Held | JobState::Unknown | JobState::Dead);
        let retry = may_retry.then(|| {
            view! {
                <Button variant=Variant::Primary small=true icon=IconName::Refresh pending=pending on_click=ask_or_retry>
                    {t.action_retry()}
                </Button>
            }
        });
        let cancel = may_cancel.then(|| {
            view! { <Button small=true icon=IconName::CircleSlash pending=pending on_click=cancel>{t.journal_cancel()}</Button> }
        });
        (may_retry || may_cancel).then(|| view! { <div class="line">{retry}{cancel}</div> })
    };
    view! {
        {buttons}
        <ConfirmDialog
            open=asking
            title=t.journal_unknown_title()
            text=t.journal_unknown_text()
            confirm=t.action_retry()
            danger=true
            pending=pending
            on_confirm=retry
        />
    }
    .into_any()
}
