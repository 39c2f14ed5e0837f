//! What goes out: jobs of the outbox with their state in words, and the way to try the failed ones again.

mod card;
mod dead;

pub use card::Attempts;

use super::api::journal_jobs;
use super::lines::Moment;
use super::links::{ConnectionChip, ObjectChip, filter_of, nothing, object_link};
use super::words::{JOB_KINDS, failure_words, job_kind_text, job_state_look, job_state_text};
use crate::format::use_format;
use crate::i18n::use_texts;
use crate::pages::lists::{Address, ChipMenu, Chips, CursorPager, Followed, NewAbove, Steady, use_refresh};
use crate::session::use_may;
use crate::ui::*;
use domain::access::Permission;
use domain::queue::JobState;
use domain::views::JobView;
use leptos::prelude::*;
use texts::Texts;

/// The list and the panel of one job.
#[component]
pub fn Jobs(address: Address) -> impl IntoView {
    let t = use_texts();
    let refresh = use_refresh(["jobs"]);
    let filter = Memo::new(move |_| filter_of(address));
    let jobs = Resource::new(
        move || (refresh.tick(), filter.get()),
        |(_, filter)| async move { journal_jobs(filter.clone()).await.map(|page| (filter, page)) },
    );
    let current = Signal::derive(move || address.get("open"));
    let may_manage = use_may(Permission::JobsManage);
    let states = JobState::ALL.iter().map(|s| Choice::new(s.as_str(), job_state_text(t, *s))).collect::<Vec<_>>();
    let kinds = JOB_KINDS.map(|kind| Choice::new(kind, job_kind_text(t, kind))).to_vec();
    view! {
        <Chips label=t.journal_filters()>
            <ChipMenu address=address name="state" label=t.journal_filter_state() choices=Signal::stored(states) />
            <ChipMenu address=address name="kind" label=t.journal_filter_job() choices=Signal::stored(kinds) />
            <ConnectionChip address=address />
            <ObjectChip address=address />
            <span class="push"></span>
            {move || may_manage.get().then(|| view! { <dead::RetryDead refresh=refresh /> })}
        </Chips>
        <Followed resource=jobs let:data>
            {
                let list = Signal::derive(move || data.with(|(filter, page)| (filter.clone(), page.items.clone())));
                let steady = Steady::new(list, |job: &JobView| job.id.to_string());
                let next = Signal::derive(move || data.with(|(_, page)| page.next_cursor.clone()));
                let empty = move || {
                    let filter = data.with(|(filter, _)| filter.clone());
                    if filter.state.as_deref() == Some("dead") {
                        return view! { <EmptyState icon=IconName::Success title=t.journal_no_dead() hint=t.journal_no_dead_hint() /> }.into_any();
                    }
                    nothing(&filter, IconName::Send, t.journal_jobs_empty(), t.journal_jobs_empty_hint(), "/journal?tab=jobs")
                };
                view! {
                    <NewAbove steady=steady>
                        <Table
                            label=t.journal_tab_jobs()
                            columns=columns()
                            rows=steady.rows
                            key=|job: &JobView| job.id.to_string()
                            on_open=move |id: String| address.set(&[("open", Some(&id))])
                            current=current
                            empty=empty
                        />
                    </NewAbove>
                    <CursorPager address=address next=next />
                }
            }
        </Followed>
        <card::JobDrawer address=address may_manage=may_manage />
    }
    .into_any()
}

fn columns() -> Vec<Column<JobView>> {
    let t = use_texts();
    let kind = move |job: &JobView| job_kind_text(t, &job.kind);
    let state = move |job: &JobView| {
        let why = failure(t, job);
        view! {
            <span class="journal-verdict">
                <JobBadge job=job.clone() />
                {why.map(|why| view! { <span class="quiet ellipsis">{why}</span> })}
            </span>
        }
    };
    let about = move |job: &JobView| object_link(t, &job.object_kind, &job.object_id);
    let attempts = move |job: &JobView| {
        (job.attempts > 0).then(|| t.journal_attempts_of(job.attempts.to_string(), job.max_attempts.to_string()))
    };
    let at = |job: &JobView| view! { <Moment at=job.created_at /> };
    vec![
        Column::new("kind", t.journal_column_job(), kind),
        Column::new("state", t.journal_column_state(), state),
        Column::new("about", t.journal_column_about(), about).width("130px"),
        Column::new("attempts", t.journal_attempts(), attempts).end().width("110px"),
        Column::new("at", t.journal_column_at(), at).end().width("150px"),
    ]
}

/// Why the last attempt failed.
pub(super) fn failure(t: Texts, job: &JobView) -> Option<String> {
    let words = failure_words(t, job.code.as_deref().unwrap_or_default(), job.detail.as_deref().unwrap_or_default());
    Some(words).filter(|words| !words.is_empty())
}

/// The state in words; a waiting retry says when.
#[component]
pub fn JobBadge(job: JobView) -> impl IntoView {
    let t = use_texts();
    let format = use_format();
    let now = use_now();
    let (tone, icon) = job_state_look(job.state);
    let state = job.state;
    let waits = state == JobState::Ready && job.attempts > 0;
    let run_at = job.run_at;
    let text = move || match waits && run_at > now.get() {
        true => t.journal_state_retry(format.relative(run_at, now.get())),
        false => job_state_text(t, state),
    };
    let tone = if waits { Tone::Warning } else { tone };
    view! { <Badge tone=tone icon=icon>{text}</Badge> }
}
