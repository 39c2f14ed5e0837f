//! A month as a grid of days, the week from Monday. Arrows move by day and week, Page Up and Down by month.

use super::button::IconButton;
use super::icon_paths::IconName;
use crate::format::{civil, days_from_civil, use_format};
use crate::i18n::use_texts;
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// Year, month, day.
pub type Day = (i64, u32, u32);

const DAY_MS: i64 = 86_400_000;

/// Days of one month to pick from.
#[component]
pub fn Calendar(
    /// The chosen day.
    #[prop(into)]
    chosen: Signal<Option<Day>>,
    /// Today, marked.
    #[prop(into)]
    today: Signal<Day>,
    /// Called with the picked day.
    #[prop(into)]
    on_pick: Callback<Day>,
) -> impl IntoView {
    let t = use_texts();
    let format = use_format();
    // Where the keyboard is, as days since 1970.
    let at = RwSignal::new(number(chosen.get_untracked().unwrap_or_else(|| today.get_untracked())));
    let month = Memo::new(move |_| {
        let (year, month, _) = day_of(at.get());
        (year, month)
    });
    let grid = NodeRef::<html::Div>::new();
    let move_to = move |day: i64| {
        at.set(day);
        request_animation_frame(move || {
            let focus = grid
                .try_get_untracked()
                .flatten()
                .and_then(|grid| grid.query_selector("[tabindex='0']").ok().flatten());
            if let Some(day) = focus.and_then(|day| day.dyn_into::<web_sys::HtmlElement>().ok()) {
                let _ = day.focus();
            }
        });
    };
    let shifted = move |months: i64| {
        let (year, month, day) = day_of(at.get_untracked());
        let index = year * 12 + i64::from(month) - 1 + months;
        let (year, month) = (index.div_euclid(12), (index.rem_euclid(12) + 1) as u32);
        number((year, month, day.min(month_length(year, month))))
    };
    let keys = move |event: leptos::ev::KeyboardEvent| {
        let now = at.get_untracked();
        let to = match event.key().as_str() {
            "ArrowLeft" => now - 1,
            "ArrowRight" => now + 1,
            "ArrowUp" => now - 7,
            "ArrowDown" => now + 7,
            "Home" => now - i64::from(weekday(now)) + 1,
            "End" => now - i64::from(weekday(now)) + 7,
            "PageUp" => shifted(-1),
            "PageDown" => shifted(1),
            _ => return,
        };
        event.prevent_default();
        move_to(to);
    };
    let title = move || {
        let (year, month) = month.get();
        format!("{} {year}", format.month_name(month))
    };
    let days = move || {
        let (year, month) = month.get();
        let first = number((year, month, 1));
        let start = first - i64::from(weekday(first)) + 1;
        (start..start + 42)
            .map(|n| {
                let day = day_of(n);
                view! {
                    <button
                        type="button"
                        class="calendar-day"
                        class:other=day.1 != month
                        class:today=move || today.get() == day
                        aria-pressed=move || (chosen.get() == Some(day)).to_string()
                        aria-label=format.date_long(n * DAY_MS - i64::from(format.offset_minutes()) * 60_000)
                        tabindex=move || if at.get() == n { "0" } else { "-1" }
                        on:click=move |_| on_pick.run(day)
                    >
                        {day.2}
                    </button>
                }
            })
            .collect_view()
    };
    view! {
        <div class="calendar">
            <header>
                <IconButton icon=IconName::ChevronLeft label=t.ui_month_previous() small=true on_click=move || at.set(shifted(-1)) />
                <b aria-live="polite">{move || title()}</b>
                <IconButton icon=IconName::ChevronRight label=t.ui_month_next() small=true on_click=move || at.set(shifted(1)) />
            </header>
            <div class="calendar-week" aria-hidden="true">
                {(1..=7).map(|day| view! { <span>{format.weekday(day)}</span> }).collect_view()}
            </div>
            <div class="calendar-days" role="group" aria-label=move || title() node_ref=grid on:keydown=keys>
                {move || days()}
            </div>
        </div>
    }
    .into_any()
}

fn number((year, month, day): Day) -> i64 {
    days_from_civil(year, month, day)
}

fn day_of(number: i64) -> Day {
    let c = civil(number * DAY_MS, 0);
    (c.year, c.month, c.day)
}

/// 1 is Monday.
fn weekday(number: i64) -> u32 {
    civil(number * DAY_MS, 0).weekday
}

fn month_length(year: i64, month: u32) -> u32 {
    let next = if month == 12 { (year + 1, 1) } else { (year, month + 1) };
    (days_from_civil(next.0, next.1, 1) - days_from_civil(year, month, 1)) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_and_weeks() {
        assert_eq!(month_length(2024, 2), 29);
        assert_eq!(month_length(2026, 12), 31);
        assert_eq!(weekday(number((2026, 11, 23))), 1);
        assert_eq!(day_of(number((2026, 11, 21))), (2026, 11, 21));
    }
}
