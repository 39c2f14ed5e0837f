//! One review: what was written, our answer and how it stands, and the panel in which it is answered.

use super::api::{reviews_answer, reviews_get};
use super::stars::Stars;
use super::words::{answer_look, author, may_be_answered, reason, review_case};
use crate::door::Fault;
use crate::format::use_format;
use crate::i18n::use_texts;
use crate::pages::lists::{Address, Followed, Panel, Refresh, use_refresh};
use crate::session::use_may;
use crate::ui::*;
use domain::access::Permission;
use domain::ids::ReviewId;
use domain::queue::JobState;
use domain::views::ReviewView;
use domain::{ApiError, ErrorCode};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Longest answer, as the service of reviews takes it.
const MOST: u32 = 4_000;

/// What the client wrote.
#[component]
pub fn Written(review: ReviewView) -> impl IntoView {
    let t = use_texts();
    let title = if review.title.is_empty() { t.reviews_untitled() } else { review.title.clone() };
    let case = review_case(t, &review);
    let removed = review.removed_at.is_some();
    let link = review.link.clone().map(|link| view! { <Link href=link external=true>{t.reviews_open_public()}</Link> });
    view! {
        <header class="review-head">
            <Stars count=review.stars />
            {removed.then(|| view! { <Badge icon=IconName::EyeOff>{t.reviews_removed()}</Badge> })}
            <Time at=review.published_at />
        </header>
        <h3 class="review-title">{title}</h3>
        <p class="review-text">{review.body.clone()}</p>
        <p class="review-meta"><span>{author(t, &review)}</span>{case}{link}</p>
    }
    .into_any()
}

/// Our answer, if there is one: its text, how it stands, and what to do where it did not get there.
#[component]
pub fn Answered(review: ReviewView) -> impl IntoView {
    let t = use_texts();
    let may_journal = use_may(Permission::JournalRead);
    let state = review.answer_state;
    let (tone, icon, word) = answer_look(t, state);
    let stuck = !matches!(state, None | Some(JobState::Done));
    let why = reason(
        t,
        review.answer_code.as_deref().unwrap_or_default(),
        review.answer_detail.as_deref().unwrap_or_default(),
    );
    let hint = match state {
        Some(JobState::Dead | JobState::Cancelled) => Some(t.reviews_answer_failed_hint()),
        Some(JobState::Unknown) => Some(t.reviews_answer_unknown_hint()),
        _ => None,
    };
    let job = review.answer_job_id.filter(|_| hint.is_some());
    review.answer.map(|text| {
        view! {
            <blockquote class="review-answer">
                <p class="line"><b>{t.reviews_our_answer()}</b><Badge tone=tone icon=icon>{word}</Badge></p>
                <p class="review-text">{text}</p>
                {(stuck && !why.is_empty()).then(|| view! { <p class="journal-why">{why}</p> })}
                {hint.map(|hint| view! { <p class="quiet">{hint}</p> })}
                {move || {
                    job.filter(|_| may_journal.get())
                        .map(|job| view! { <Link href=format!("/journal?tab=jobs&open={job}")>{t.reviews_job()}</Link> })
                }}
            </blockquote>
        }
    })
}

/// Opens while the address has `open`.
#[component]
pub fn ReviewDrawer(address: Address) -> impl IntoView {
    let t = use_texts();
    let (open, item) = address.layer("open");
    let panel = move || {
        item.get().map(|id| match id.parse::<ReviewId>() {
            Ok(id) => view! { <Loading id=id /> }.into_any(),
            Err(_) => view! { <LoadError error=ApiError::new(ErrorCode::NotFound) /> }.into_any(),
        })
    };
    view! { <Drawer open=open title=t.reviews_review()>{panel}</Drawer> }.into_any()
}

#[component]
fn Loading(id: ReviewId) -> impl IntoView {
    let refresh = use_refresh(["reviews"]);
    let review = Resource::new(move || refresh.tick(), move |_| reviews_get(id));
    let may = use_may(Permission::ReviewsWrite);
    view! {
        <Followed resource=review skeleton=|| view! { <Skeleton shape=SkeletonShape::Form count=4 /> } let:review>
            {
                let shown = Memo::new(move |_| review.get());
                let answerable = Memo::new(move |_| may.get() && shown.with(may_be_answered));
                view! {
                    <Panel>
                        <div class="review">
                            {move || view! { <Written review=shown.get() /> }}
                            {move || view! { <Answered review=shown.get() /> }}
                        </div>
                        {move || answerable.get().then(|| view! { <AnswerForm review=shown refresh=refresh /> })}
                    </Panel>
                }
            }
        </Followed>
    }
    .into_any()
}

/// The answer being written. One that was refused is there again to be mended.
#[component]
fn AnswerForm(review: Memo<ReviewView>, refresh: Refresh) -> impl IntoView {
    let t = use_texts();
    let format = use_format();
    let toasts = use_toasts();
    let first = review.with_untracked(|review| review.answer.clone().unwrap_or_default());
    let text = RwSignal::new(first.clone());
    let pending = RwSignal::new(false);
    let error = RwSignal::new(None::<ApiError>);
    let sent = RwSignal::new(false);
    let dirty = Signal::derive(move || !sent.get() && text.with(|text| *text != first));
    let send = Callback::new(move |()| {
        if pending.get_untracked() {
            return;
        }
        let (id, words) = (review.with_untracked(|review| review.id), text.get_untracked());
        pending.set(true);
        error.set(None);
        spawn_local(async move {
            let answer = reviews_answer(id, words).await;
            let _ = pending.try_set(false);
            match answer {
                Ok(()) => {
                    let _ = sent.try_set(true);
                    toasts.success(t.reviews_answer_sent());
                    refresh.after_change();
                }
                // Somebody else answered meanwhile: their answer is shown, this text stays until the panel is closed.
                Err(Fault(refused)) if refused.code == ErrorCode::JobState => {
                    toasts.info(t.reviews_too_late());
                    refresh.now();
                }
                Err(Fault(refused)) => drop(error.try_set(Some(refused))),
            }
        });
    });
    // Whoever opens the panel of a review that waits for an answer came to write one.
    let input = NodeRef::<leptos::html::Textarea>::new();
    Effect::new(move |_| {
        if let Some(input) = input.get() {
            request_animation_frame(move || drop(input.focus()));
        }
    });
    let typed = move || {
        let count = text.with(|text| text.chars().count());
        t.reviews_answer_count(format.integer(i64::try_from(count).unwrap_or(0)), format.integer(i64::from(MOST)))
    };
    view! {
        <Form on_submit=send error=error dirty=dirty>
            <Field name="text" id="review-answer" label=t.reviews_answer_label() help=t.reviews_answer_help() required=true>
                <Textarea value=text rows=5 max_length=MOST placeholder=t.reviews_answer_placeholder() on_send=send node_ref=input />
            </Field>
            <FormActions>
                <Button variant=Variant::Primary submit=true icon=IconName::Send pending=pending>{t.reviews_answer_send()}</Button>
                <span class="quiet numbers">{typed}</span>
            </FormActions>
        </Form>
    }
    .into_any()
}
