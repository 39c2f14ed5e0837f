//! What came of inviting: figures, days as bars, members, how the stars are spread.

use super::api::reviews_statistics;
use super::stars::Stars;
use super::words::share;
use crate::format::use_format;
use crate::i18n::use_texts;
use crate::pages::lists::{Address, Followed, use_refresh};
use crate::ui::*;
use domain::views::{InvitationCount, ReviewStatistics};
use leptos::prelude::*;

/// Periods to choose from; the one in the middle is usual.
const PERIODS: [i64; 3] = [7, 30, 90];

#[component]
pub fn Statistics(address: Address) -> impl IntoView {
    let t = use_texts();
    let refresh = use_refresh(["reviews"]);
    let days = Memo::new(move |_| {
        let asked = address.read::<i64>("days");
        asked.filter(|days| PERIODS.contains(days)).unwrap_or(PERIODS[1])
    });
    let statistics = Resource::new(move || (refresh.tick(), days.get()), |(_, days)| reviews_statistics(days));
    let selected = Signal::derive(move || days.get().to_string());
    let words = [t.reviews_days_7(), t.reviews_days_30(), t.reviews_days_90()];
    let tabs = PERIODS.iter().zip(words).map(|(days, words)| Tab::new(days.to_string(), words)).collect();
    let choose = move |key: String| address.set(&[("days", Some(&key))]);
    let waiting = || {
        view! {
            <Skeleton shape=SkeletonShape::Tiles count=4 />
            <Skeleton shape=SkeletonShape::Block count=1 />
        }
    };
    view! {
        <div class="line">
            <Tabs label=t.reviews_period() segmented=true tabs=tabs selected=selected on_select=choose />
        </div>
        <Followed resource=statistics skeleton=waiting let:data>
            <Figures data=data />
            <ByDay data=data />
            <div class="home-columns">
                <ByMember data=data />
                <Spread data=data />
            </div>
        </Followed>
    }
    .into_any()
}

#[component]
fn Figures(data: Signal<ReviewStatistics>) -> impl IntoView {
    let t = use_texts();
    let format = use_format();
    let figure = move |read: fn(&InvitationCount) -> i64| {
        Signal::derive(move || format.integer(data.with(|data| read(&data.total))))
    };
    let part = Signal::derive(move || {
        data.with(|data| share(format, data.total.reviews, data.total.sent))
            .map(|percent| t.reviews_share(percent))
            .unwrap_or_default()
    });
    view! {
        <div class="tiles home-tiles">
            <Tile label=t.reviews_sent() value=figure(|all| all.sent) href="/reviews?state=sent" />
            <Tile label=t.reviews_came() value=figure(|all| all.reviews) change=part href="/reviews?tab=reviews" />
            <Tile label=t.reviews_waiting() value=figure(|all| all.pending) href="/reviews?state=unknown" />
            <Tile label=t.reviews_not_sent() value=figure(|all| all.failed) href="/reviews?state=failed" />
        </div>
    }
    .into_any()
}

/// `2026-11-21` as `21.11`.
fn day_word(name: &str) -> String {
    match (name.get(8..10), name.get(5..7)) {
        (Some(day), Some(month)) => format!("{day}.{month}"),
        _ => name.to_owned(),
    }
}

#[component]
fn ByDay(data: Signal<ReviewStatistics>) -> impl IntoView {
    let t = use_texts();
    let format = use_format();
    let days = Memo::new(move |_| data.with(|data| data.days.clone()));
    let labels =
        Signal::derive(move || days.with(|days| days.iter().map(|day| day_word(&day.name)).collect::<Vec<_>>()));
    let series = Signal::derive(move || {
        let row = |name: String, tone: Tone, read: fn(&InvitationCount) -> i64| Series {
            name,
            tone,
            values: days.with(|days| days.iter().map(|day| read(day) as f64).collect()),
        };
        vec![
            row(t.reviews_sent(), Tone::Success, |day| day.sent),
            row(t.reviews_waiting(), Tone::Warning, |day| day.pending),
            row(t.reviews_not_sent(), Tone::Danger, |day| day.failed),
        ]
    });
    let sentence = Signal::derive(move || {
        let all = |day: &InvitationCount| day.sent + day.pending + day.failed;
        let peak = days.with(|days| days.iter().max_by_key(|day| all(day)).map(|day| (all(day), day_word(&day.name))));
        match peak {
            Some((count, day)) if count > 0 => t.reviews_by_day_peak(day, format.integer(count)),
            _ => t.reviews_by_day_none(),
        }
    });
    let write = Callback::new(move |value: f64| format.decimal(value, 1));
    let aside = move || view! { <small>{sentence}</small> };
    view! {
        <Card title=t.reviews_by_day() aside=aside>
            <Chart label=sentence labels=labels series=series write=write />
        </Card>
    }
    .into_any()
}

#[component]
fn ByMember(data: Signal<ReviewStatistics>) -> impl IntoView {
    let t = use_texts();
    let format = use_format();
    let rows = Signal::derive(move || data.with(|data| data.members.clone()));
    let name = move |row: &InvitationCount| {
        let nobody = row.name.is_empty();
        if nobody { t.reviews_member_unknown() } else { row.name.clone() }
    };
    let number = move |read: fn(&InvitationCount) -> i64| move |row: &InvitationCount| format.integer(read(row));
    let part = move |row: &InvitationCount| share(format, row.reviews, row.sent);
    let columns = vec![
        Column::new("name", t.reviews_column_member(), name),
        Column::new("sent", t.reviews_sent(), number(|row| row.sent)).end(),
        Column::new("pending", t.reviews_waiting(), number(|row| row.pending)).end().secondary(),
        Column::new("failed", t.reviews_not_sent(), number(|row| row.failed)).end(),
        Column::new("reviews", t.reviews_came(), number(|row| row.reviews)).end(),
        Column::new("share", t.reviews_share_column(), part).end(),
    ];
    let empty = move || view! { <p class="chart-empty">{t.reviews_by_day_none()}</p> };
    view! {
        <Card title=t.reviews_by_member() flush=true>
            <Table label=t.reviews_by_member() columns=columns rows=rows key=|row: &InvitationCount| row.name.clone() empty=empty />
        </Card>
    }
    .into_any()
}

#[component]
fn Spread(data: Signal<ReviewStatistics>) -> impl IntoView {
    let t = use_texts();
    let format = use_format();
    let stars = Memo::new(move |_| data.with(|data| data.stars));
    let total = Memo::new(move |_| stars.with(|stars| stars.iter().sum::<i64>()));
    let average = move || {
        let points: i64 = stars.with(|stars| stars.iter().zip(1..).map(|(count, star)| count * star).sum());
        (total.get() > 0).then(|| t.reviews_average(format.decimal(points as f64 / total.get() as f64, 1)))
    };
    let row = move |place: usize| {
        let count = stars.with(|stars| stars.get(place).copied().unwrap_or(0));
        let whole = total.get().max(1);
        let width = format!("width:{}%", count * 100 / whole);
        let star = i64::try_from(place + 1).unwrap_or(0);
        view! {
            <li>
                <a href=format!("/reviews?tab=reviews&stars={star}")><Stars count=star short=true /></a>
                <span class="review-bar" aria-hidden="true"><i style=width></i></span>
                <span class="numbers">{format.integer(count)}</span>
                <span class="numbers quiet">{share(format, count, whole)}</span>
            </li>
        }
    };
    let body = move || match total.get() {
        0 => view! { <p class="chart-empty">{t.reviews_distribution_none()}</p> }.into_any(),
        _ => view! { <ul class="review-spread">{(0..5).rev().map(row).collect_view()}</ul> }.into_any(),
    };
    view! {
        <Card title=t.reviews_distribution() aside=move || view! { <small>{average}</small> }>
            {body}
        </Card>
    }
    .into_any()
}
