//! The figures of today, each with its change against the same stretch a week ago.

use crate::format::{Format, civil, use_format};
use crate::i18n::use_texts;
use crate::ui::*;
use domain::views::{DashboardView, Figure};
use leptos::prelude::*;
use texts::Texts;

#[component]
pub fn Tiles(data: Signal<DashboardView>) -> impl IntoView {
    let t = use_texts();
    let format = use_format();
    let figure = move |read: fn(&DashboardView) -> &Figure| Memo::new(move |_| data.with(|data| read(data).clone()));
    let (orders, revenue) = (figure(|data| &data.orders_today), figure(|data| &data.revenue_today));
    let (answer, jobs) = (figure(|data| &data.first_answer_seconds), figure(|data| &data.jobs_done));
    let failed = Memo::new(move |_| data.with(|data| data.jobs_failed_today));
    let weekday = Memo::new(move |_| data.with(|data| civil(data.day_start_ms, format.offset_minutes()).weekday));
    let currency = Memo::new(move |_| data.with(|data| data.currency.clone()));
    let course = |figure: Memo<Figure>| {
        Signal::derive(move || {
            figure.with(|figure| figure.course.iter().map(|v| (*v).max(0) as f64).collect::<Vec<_>>())
        })
    };
    let change = move |figure: Memo<Figure>| {
        Signal::derive(move || figure.with(|figure| share(t, format, figure, weekday.get())).0)
    };
    let tone = move |figure: Memo<Figure>| {
        Signal::derive(move || figure.with(|figure| share(t, format, figure, weekday.get())).1)
    };
    let speed = Memo::new(move |_| answer.with(|figure| speed(t, format, figure)));
    let errors = move || match failed.get() {
        0 => t.home_no_errors(),
        count => t.home_errors(count),
    };
    view! {
        <div class="tiles home-tiles">
            <Tile
                label=t.home_orders_today()
                value=Signal::derive(move || format.integer(orders.with(|figure| figure.value)))
                change=change(orders)
                tone=tone(orders)
                href="/orders?show=all"
            >
                <Spark values=course(orders) tone=Tone::Accent />
            </Tile>
            <Tile
                label=t.home_revenue_today()
                value=Signal::derive(move || format.money(revenue.with(|figure| figure.value), &currency.get()))
                change=change(revenue)
                tone=tone(revenue)
                href="/orders?show=all"
            >
                <Spark values=course(revenue) tone=Tone::Success />
            </Tile>
            <Tile
                label=t.home_first_answer()
                value=Signal::derive(move || match answer.with(|figure| figure.value) {
                    ..0 => "—".to_owned(),
                    seconds => format.duration(seconds * 1000),
                })
                change=Signal::derive(move || speed.get().0)
                tone=Signal::derive(move || speed.get().1)
                href="/chats"
            >
                <Spark values=course(answer) tone=Tone::Info />
            </Tile>
            <Tile
                label=t.home_jobs()
                value=Signal::derive(move || format.integer(jobs.with(|figure| figure.value)))
                change=Signal::derive(errors)
                tone=Signal::derive(move || if failed.get() > 0 { Tone::Danger } else { Tone::Neutral })
                href="/journal?tab=jobs"
            >
                <Spark values=course(jobs) tone=Tone::Automatic />
            </Tile>
        </div>
    }
    .into_any()
}

/// «▲ 12 % к вторнику»: more is good.
fn share(t: Texts, format: Format, figure: &Figure, weekday: u32) -> (String, Tone) {
    let day = than(t, weekday);
    match figure.before {
        None => (t.home_nothing_before(), Tone::Neutral),
        Some(before) if before == figure.value => (t.home_same(), Tone::Neutral),
        Some(before) if before <= 0 => (t.home_from_zero(), Tone::Success),
        Some(before) => {
            let part = (figure.value - before) as f64 / before as f64 * 100.0;
            let percent = format.percent(part.abs().round(), 0);
            match part > 0.0 {
                true => (t.home_up(percent, day), Tone::Success),
                false => (t.home_down(percent, day), Tone::Warning),
            }
        }
    }
}

/// «на 22 с быстрее»: less is good.
fn speed(t: Texts, format: Format, figure: &Figure) -> (String, Tone) {
    if figure.value < 0 {
        return (t.home_no_answers(), Tone::Neutral);
    }
    match figure.before.filter(|before| *before >= 0) {
        None => (t.home_nothing_before(), Tone::Neutral),
        Some(before) if before == figure.value => (t.home_speed_same(), Tone::Neutral),
        Some(before) if before > figure.value => {
            (t.home_faster(format.duration((before - figure.value) * 1000)), Tone::Success)
        }
        Some(before) => (t.home_slower(format.duration((figure.value - before) * 1000)), Tone::Warning),
    }
}

fn than(t: Texts, weekday: u32) -> String {
    match weekday {
        1 => t.home_than_1(),
        2 => t.home_than_2(),
        3 => t.home_than_3(),
        4 => t.home_than_4(),
        5 => t.home_than_5(),
        6 => t.home_than_6(),
        _ => t.home_than_7(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use texts::Language;

    fn plain(text: (String, Tone)) -> (String, Tone) {
        (text.0.replace('\u{a0}', " "), text.1)
    }

    #[test]
    fn changes_are_said_with_their_ground() {
        let t = texts::load(Language::Ru);
        let f = Format::new(t, Language::Ru, 0);
        let figure = |value, before| Figure { value, before, course: Vec::new() };
        assert_eq!(plain(share(t, f, &figure(41, Some(36)), 2)), ("▲ 14 % к вторнику".into(), Tone::Success));
        assert_eq!(plain(share(t, f, &figure(30, Some(40)), 3)), ("▼ 25 % к среде".into(), Tone::Warning));
        assert_eq!(share(t, f, &figure(3, None), 1).1, Tone::Neutral);
        assert_eq!(plain(speed(t, f, &figure(108, Some(130)))), ("▼ на 22 с быстрее".into(), Tone::Success));
        assert_eq!(speed(t, f, &figure(-1, Some(130))).1, Tone::Neutral);
    }
}
