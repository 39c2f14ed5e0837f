//! How long an order may stay in each status, typed in the unit people think in; stored in minutes.

use crate::i18n::use_texts;
use crate::pages::orders::status_text;
use crate::ui::*;
use domain::orders::{OrderStatus, default_deadline_minutes};
use domain::{ApiError, ErrorCode};
use leptos::prelude::*;
use std::collections::BTreeMap;

const HOUR: i64 = 60;
const DAY: i64 = 24 * HOUR;

/// Minutes of a unit; `None` for «no deadline».
fn minutes_of(unit: &str) -> Option<i64> {
    match unit {
        "minutes" => Some(1),
        "hours" => Some(HOUR),
        "days" => Some(DAY),
        _ => None,
    }
}

/// Amount and unit of a number of minutes: the largest unit that leaves no rest, but «48 hours» rather than «2 days».
fn written(minutes: i64) -> (String, &'static str) {
    match minutes {
        ..=0 => (String::new(), "none"),
        m if m % DAY == 0 && m > 2 * DAY => ((m / DAY).to_string(), "days"),
        m if m % HOUR == 0 => ((m / HOUR).to_string(), "hours"),
        m => (m.to_string(), "minutes"),
    }
}

/// One status.
#[derive(Clone, Copy)]
struct Deadline {
    status: OrderStatus,
    amount: RwSignal<String>,
    unit: RwSignal<String>,
}

impl Deadline {
    fn name(self) -> String {
        format!("settings.deadlines.{}", self.status)
    }
    /// Minutes, 0 for no deadline.
    fn minutes(self) -> Result<i64, ApiError> {
        let Some(minutes) = self.unit.with(|unit| minutes_of(unit)) else { return Ok(0) };
        let amount = self.amount.with(|text| text.trim().parse::<i64>().ok()).filter(|n| *n > 0);
        let range = ApiError::new(ErrorCode::OutOfRange).arg("min", 1).arg("max", 366 * DAY / minutes);
        amount.and_then(|n| n.checked_mul(minutes)).ok_or_else(|| range.field(self.name()))
    }
}

/// All statuses that can have a deadline.
#[derive(Clone, Copy)]
pub struct Deadlines(StoredValue<Vec<Deadline>>);

impl Deadlines {
    /// From what is stored; a status that is missing there has the program's own deadline.
    pub fn new(stored: &BTreeMap<String, i64>) -> Self {
        let one = |status: &OrderStatus| {
            let minutes = stored.get(status.as_str()).copied().or(default_deadline_minutes(*status)).unwrap_or(0);
            let (amount, unit) = written(minutes);
            Deadline { status: *status, amount: RwSignal::new(amount), unit: RwSignal::new(unit.to_owned()) }
        };
        Self(StoredValue::new(OrderStatus::ALL.iter().filter(|status| !status.is_final()).map(one).collect()))
    }
    /// What to store, tracked: only what differs from the program's own.
    pub fn read(self) -> Result<BTreeMap<String, i64>, ApiError> {
        let mut stored = BTreeMap::new();
        for deadline in self.0.get_value() {
            let minutes = deadline.minutes()?;
            if minutes != default_deadline_minutes(deadline.status).unwrap_or(0) {
                stored.insert(deadline.status.to_string(), minutes);
            }
        }
        Ok(stored)
    }
}

/// A line per status.
#[component]
pub fn DeadlinesEditor(deadlines: Deadlines) -> impl IntoView {
    let t = use_texts();
    let units = [
        ("minutes", t.settings_deadline_minutes()),
        ("hours", t.settings_deadline_hours()),
        ("days", t.settings_deadline_days()),
        ("none", t.settings_deadline_none()),
    ];
    let units: Vec<Choice> = units.into_iter().map(|(value, label)| Choice::new(value, label)).collect();
    let one = move |deadline: Deadline| {
        let units = units.clone();
        let word = status_text(t, deadline.status);
        let usual = default_deadline_minutes(deadline.status).map(|minutes| {
            let (amount, unit) = written(minutes);
            match unit {
                "days" => t.format_unit_days(amount),
                "hours" => t.format_unit_hours(amount),
                _ => t.format_unit_minutes(amount),
            }
        });
        let none = Signal::derive(move || deadline.unit.with(|unit| minutes_of(unit).is_none()));
        let help = usual.map(|time| t.settings_deadline_usual(time)).unwrap_or_default();
        view! {
            <Field name=deadline.name() label=word.clone() help=help>
                <div class="deadline-input">
                    <Input value=deadline.amount input_mode="numeric" max_length=6 disabled=none />
                    <Unit deadline=deadline choices=units label=t.settings_deadline_unit_of(word) />
                </div>
            </Field>
        }
    };
    view! {
        <p class="settings-note">{t.settings_deadlines_note()}</p>
        <div class="settings-grid">{deadlines.0.get_value().into_iter().map(one).collect_view()}</div>
        <p class="settings-note">{t.settings_deadlines_apply()}</p>
    }
    .into_any()
}

/// The unit, beside the amount that the field labels; has a label of its own.
#[component]
fn Unit(deadline: Deadline, choices: Vec<Choice>, label: String) -> impl IntoView {
    let option = move |choice: Choice| {
        let value = choice.value.clone();
        let selected = move || deadline.unit.with(|unit| *unit == value);
        view! { <option value=choice.value selected=selected>{choice.label}</option> }
    };
    view! {
        <div class="select">
            <select
                aria-label=label
                prop:value=move || deadline.unit.get()
                on:change=move |event| deadline.unit.set(event_target_value(&event))
            >
                {choices.into_iter().map(option).collect_view()}
            </select>
            <Icon name=IconName::ChevronDown size=14 />
        </div>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn minutes_are_written_in_the_unit_people_think_in() {
        assert_eq!(written(30), ("30".into(), "minutes"));
        assert_eq!(written(90), ("90".into(), "minutes"));
        assert_eq!(written(48 * HOUR), ("48".into(), "hours"));
        assert_eq!(written(7 * DAY), ("7".into(), "days"));
        assert_eq!(written(0), (String::new(), "none"));
    }

    #[test]
    fn only_what_differs_is_stored() {
        let owner = Owner::new();
        owner.with(|| {
            let stored = BTreeMap::from([("new".to_owned(), 45), ("ready".to_owned(), 0)]);
            let deadlines = Deadlines::new(&stored);
            assert_eq!(deadlines.read().unwrap(), stored);
            deadlines.0.with_value(|all| all[0].amount.set("завтра".into()));
            let error = deadlines.read().unwrap_err();
            assert_eq!((error.code, error.field.as_deref()), (ErrorCode::OutOfRange, Some("settings.deadlines.new")));
        });
    }
}
