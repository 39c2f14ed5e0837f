//! The wait before a step: for a length of time, until working hours, or counted from a date.

use super::desk::use_desk;
use super::lens::chosen;
use super::value::Length;
use crate::i18n::use_texts;
use crate::pages::rules::words::field_name;
use crate::ui::*;
use domain::rules::{Delay, FieldKind};
use leptos::prelude::*;

/// The inputs of the wait of the step at this place.
#[component]
pub fn DelayInputs(at: String) -> impl IntoView {
    let t = use_texts();
    let desk = use_desk();
    let here = desk.step(at.clone());
    let place = StoredValue::new(at);
    let delay = Memo::new(move |_| here.with(|step| step.as_ref().and_then(|step| step.after.clone())));
    let set = move |new: Delay| desk.change_step(&place.get_value(), |step| step.after = Some(new));
    let kind = Memo::new(move |_| {
        Some(
            match delay.get()? {
                Delay::Minutes { .. } => "minutes",
                Delay::InHours { .. } => "in_hours",
                Delay::Until { .. } => "until",
            }
            .to_owned(),
        )
    });
    let length = move || match delay.get_untracked() {
        Some(Delay::Minutes { minutes } | Delay::InHours { minutes }) => minutes,
        Some(Delay::Until { shift_minutes, .. }) => shift_minutes.unsigned_abs(),
        None => 60,
    };
    let dates = move || {
        let fields = desk.fields().into_iter().filter(|field| field.kind == FieldKind::Date && field.key != "now");
        fields.collect::<Vec<_>>()
    };
    let other = move |word: String| {
        let minutes = length();
        set(match word.as_str() {
            "in_hours" => Delay::InHours { minutes },
            "until" => {
                let field = untrack(dates).into_iter().next().map(|field| field.key).unwrap_or_default();
                Delay::Until { field, shift_minutes: -i32::try_from(minutes).unwrap_or_default() }
            }
            _ => Delay::Minutes { minutes },
        });
    };
    let kinds = Signal::derive(move || {
        let mut kinds =
            vec![Choice::new("minutes", t.rules_delay_minutes()), Choice::new("in_hours", t.rules_delay_in_hours())];
        if !dates().is_empty() || kind.get().as_deref() == Some("until") {
            kinds.push(Choice::new("until", t.rules_delay_until()));
        }
        kinds
    });
    let get = Memo::new(move |_| {
        delay.with(|delay| {
            Some(match delay.as_ref()? {
                Delay::Minutes { minutes } | Delay::InHours { minutes } => *minutes,
                Delay::Until { shift_minutes, .. } => shift_minutes.unsigned_abs(),
            })
        })
    });
    let put = Callback::new(move |new: u32| match delay.get_untracked() {
        Some(Delay::InHours { .. }) => set(Delay::InHours { minutes: new }),
        Some(Delay::Until { field, shift_minutes }) => {
            let size = i32::try_from(new).unwrap_or(i32::MAX);
            set(Delay::Until { field, shift_minutes: if shift_minutes < 0 { -size } else { size } });
        }
        _ => set(Delay::Minutes { minutes: new }),
    });
    let date = move || {
        (kind.get().as_deref() == Some("until")).then(|| {
            let field = Memo::new(move |_| match delay.get()? {
                Delay::Until { field, .. } => Some(field),
                _ => None,
            });
            let side = Memo::new(move |_| match delay.get()? {
                Delay::Until { shift_minutes, .. } => Some(if shift_minutes < 0 { "before" } else { "after" }.to_owned()),
                _ => None,
            });
            let fields = Signal::derive(move || {
                dates().iter().map(|field| Choice::new(&field.key, field_name(t, field))).collect::<Vec<_>>()
            });
            let sides = vec![Choice::new("before", t.rules_delay_before()), Choice::new("after", t.rules_delay_after())];
            let pick_side = move |side: String| {
                if let Some(Delay::Until { field, shift_minutes }) = delay.get_untracked() {
                    let size = shift_minutes.abs();
                    set(Delay::Until { field, shift_minutes: if side == "before" { -size } else { size } });
                }
            };
            let pick_field = move |field: String| {
                if let Some(Delay::Until { shift_minutes, .. }) = delay.get_untracked() {
                    set(Delay::Until { field, shift_minutes });
                }
            };
            view! {
                <Select value=chosen(side) choices=Signal::stored(sides) label=t.rules_delay() small=true on_change=pick_side />
                <Select value=chosen(field) choices=fields label=t.rules_delay_field() small=true on_change=pick_field />
            }
        })
    };
    view! {
        <div class="rule-line rule-delay">
            <Icon name=IconName::Clock size=14 />
            <b class="rule-lead">{t.rules_act_delay()}</b>
            <Select value=chosen(kind) choices=kinds label=t.rules_delay() small=true on_change=other />
            <Length get put label=t.rules_in_number() />
            {date}
        </div>
    }
    .into_any()
}
