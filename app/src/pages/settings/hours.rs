//! When somebody works: a line per weekday. Rules wait for these hours and ask whether it is one of them.

use crate::format::time_of_day;
use crate::i18n::use_texts;
use crate::ui::*;
use domain::views::WorkingHours;
use domain::{ApiError, ErrorCode};
use leptos::prelude::*;

/// Where the server says what is wrong with them.
const NAME: &str = "settings.hours";

/// One weekday.
#[derive(Clone, Copy)]
struct Day {
    works: RwSignal<bool>,
    from: RwSignal<String>,
    to: RwSignal<String>,
}

/// The whole week, Monday first.
#[derive(Clone, Copy)]
pub struct Hours([Day; 7]);

/// `09:00`; midnight at the end of a day is written as the last minute, which browsers can show.
pub(super) fn written(minutes: u16) -> String {
    let minutes = minutes.min(24 * 60 - 1);
    time_of_day(minutes.into())
}

/// Minutes of the day of `09:00`.
pub(super) fn minutes(text: &str) -> Option<u16> {
    let (hours, minutes) = text.split_once(':')?;
    let (hours, minutes) = (hours.parse::<u16>().ok()?, minutes.parse::<u16>().ok()?);
    (hours < 24 && minutes < 60).then_some(hours * 60 + minutes)
}

impl Hours {
    /// From what is stored.
    pub fn new(stored: &WorkingHours) -> Self {
        Self(stored.0.map(|day| {
            let (from, to) = day.unwrap_or((9 * 60, 18 * 60));
            Day {
                works: RwSignal::new(day.is_some()),
                from: RwSignal::new(written(from)),
                to: RwSignal::new(written(to)),
            }
        }))
    }
    /// What to store, tracked.
    pub fn read(self) -> Result<WorkingHours, ApiError> {
        let mut week = [None; 7];
        for (slot, day) in week.iter_mut().zip(self.0) {
            let (from, to) = (day.from.with(|text| minutes(text)), day.to.with(|text| minutes(text)));
            if !day.works.get() {
                continue;
            }
            match (from, to) {
                (Some(from), Some(to)) if from < to => *slot = Some((from, to)),
                _ => return Err(ApiError::new(ErrorCode::NotAllowed).field(NAME)),
            }
        }
        Ok(WorkingHours(week))
    }
}

/// A line per weekday.
#[component]
pub fn HoursEditor(hours: Hours) -> impl IntoView {
    let t = use_texts();
    let names = [
        t.format_weekday_1(),
        t.format_weekday_2(),
        t.format_weekday_3(),
        t.format_weekday_4(),
        t.format_weekday_5(),
        t.format_weekday_6(),
        t.format_weekday_7(),
    ];
    let line = move |(day, name): (Day, String)| {
        let free = Signal::derive(move || !day.works.get());
        let from = t.settings_hours_from(&name);
        let to = t.settings_hours_to(&name);
        view! {
            <li class="hours-day">
                <Checkbox checked=day.works label=name />
                <Input value=day.from kind="time" disabled=free label=from />
                <span aria-hidden="true">"–"</span>
                <Input value=day.to kind="time" disabled=free label=to />
            </li>
        }
    };
    let days = hours.0.into_iter().zip(names).map(line).collect_view();
    view! {
        <Field name=NAME label=t.settings_hours() help=t.settings_hours_help()>
            <ul class="hours">{days}</ul>
        </Field>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::{minutes, written};

    #[test]
    fn times_are_read_as_they_are_written() {
        for at in [0, 1, 540, 1_439] {
            assert_eq!(minutes(&written(at)), Some(at));
        }
        assert_eq!((written(1_440).as_str(), minutes("24:00"), minutes("9"), minutes("")), ("23:59", None, None, None));
    }
}
