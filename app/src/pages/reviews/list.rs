//! Reviews as they were written, with the case they are about and our answer.

use super::api::reviews_list;
use super::review::{Answered, ReviewDrawer, Written};
use super::words::may_be_answered;
use crate::i18n::use_texts;
use crate::pages::lists::{Address, ChipMenu, Chips, CursorPager, Followed, NewAbove, Steady, use_refresh};
use crate::session::use_may;
use crate::ui::*;
use domain::access::Permission;
use domain::views::{ReviewFilter, ReviewView};
use leptos::prelude::*;
use std::sync::Arc;

/// The choice of all bad ones in the filter by stars.
const BAD: &str = "bad";

fn filter_of(address: Address) -> ReviewFilter {
    let stars = address.get("stars");
    ReviewFilter {
        max_stars: stars.as_deref().filter(|stars| *stars == BAD).map(|_| 2),
        stars: stars.and_then(|stars| stars.parse().ok()),
        unanswered: address.is("answer", "none").then_some(true),
        cursor: address.get("cursor"),
        limit: None,
    }
}

#[component]
pub fn Reviews(address: Address) -> impl IntoView {
    let t = use_texts();
    let refresh = use_refresh(["reviews"]);
    let filter = Memo::new(move |_| filter_of(address));
    let reviews = Resource::new(
        move || (refresh.tick(), filter.get()),
        |(_, filter)| async move { reviews_list(filter.clone()).await.map(|page| (filter, page)) },
    );
    let numbers = (1..=5).rev().map(|stars: i64| Choice::new(stars.to_string(), t.reviews_stars(stars.to_string())));
    let stars = std::iter::once(Choice::new(BAD, t.reviews_filter_bad())).chain(numbers).collect::<Vec<_>>();
    let answers = vec![Choice::new("none", t.reviews_filter_unanswered())];
    view! {
        <Chips label=t.reviews_list()>
            <ChipMenu address=address name="stars" label=t.reviews_filter_stars() choices=Signal::stored(stars) />
            <ChipMenu address=address name="answer" label=t.reviews_filter_answer() choices=Signal::stored(answers) />
        </Chips>
        <Followed resource=reviews let:data>
            {
                let list = Signal::derive(move || data.with(|(filter, page)| (filter.clone(), page.items.clone())));
                let steady = Steady::new(list, |review: &ReviewView| review.id.to_string());
                let next = Signal::derive(move || data.with(|(_, page)| page.next_cursor.clone()));
                let empty = Memo::new(move |_| steady.rows.with(Vec::is_empty));
                view! {
                    <NewAbove steady=steady>
                        {move || match empty.get() {
                            true => nothing(&data.with(|(filter, _)| filter.clone())),
                            false => view! { <Rows rows=steady.rows address=address /> }.into_any(),
                        }}
                    </NewAbove>
                    <CursorPager address=address next=next />
                }
            }
        </Followed>
        <ReviewDrawer address=address />
    }
    .into_any()
}

#[component]
fn Rows(rows: Signal<Vec<ReviewView>>, address: Address) -> impl IntoView {
    let t = use_texts();
    let may = use_may(Permission::ReviewsWrite);
    let keys = Signal::derive(move || rows.with(|rows| rows.iter().map(|r| r.id.to_string()).collect::<Vec<_>>()));
    let item: ItemView = Arc::new(move |key: String| {
        let id = StoredValue::new(key);
        let review = Memo::new(move |_| {
            let found = |review: &&ReviewView| id.with_value(|id| review.id.to_string() == *id);
            rows.with(|rows| rows.iter().find(found).cloned())
        });
        let open = move || address.set(&[("open", Some(&id.get_value()))]);
        let body = move || {
            let review = review.get()?;
            let answerable = may_be_answered(&review) && may.get();
            Some(view! {
                <Written review=review.clone() />
                <Answered review=review />
                {answerable
                    .then(|| {
                        view! { <div class="line"><Button small=true icon=IconName::Reply on_click=open>{t.reviews_answer()}</Button></div> }
                    })}
            })
        };
        let current = move || address.get("open") == Some(id.get_value());
        view! { <li class="review" class:current=current>{body}</li> }.into_any()
    });
    view! { <ul class="card reviews" aria-label=t.reviews_list()><Each keys=keys item=item /></ul> }.into_any()
}

/// An honest nothing for what was asked.
fn nothing(filter: &ReviewFilter) -> AnyView {
    let t = use_texts();
    let bad = filter.max_stars.is_some() && filter.unanswered.is_some();
    if bad {
        return view! { <EmptyState icon=IconName::Success title=t.reviews_none_bad() hint=t.reviews_none_bad_hint() /> }
            .into_any();
    }
    match filter.stars.is_some() || filter.max_stars.is_some() || filter.unanswered.is_some() {
        true => view! {
            <EmptyState icon=IconName::Search title=t.ui_nothing_found() hint=t.ui_nothing_found_hint()>
                <LinkButton href="/reviews?tab=reviews">{t.lists_reset()}</LinkButton>
            </EmptyState>
        }
        .into_any(),
        false => {
            view! { <EmptyState icon=IconName::Star title=t.reviews_empty() hint=t.reviews_empty_hint() /> }.into_any()
        }
    }
}
