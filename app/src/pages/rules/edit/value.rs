//! The value of a condition: an input that fits the comparison and the kind of the field.

use super::desk::use_desk;
use super::lens::{chosen, lens, number, text};
use crate::format::use_format;
use crate::i18n::use_texts;
use crate::pages::rules::ops;
use crate::pages::rules::words::choice_text;
use crate::ui::*;
use domain::rules::{FieldKind, FieldSpec, Op};
use leptos::prelude::*;

/// What stands after the comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    Nothing,
    Text,
    /// Several, separated by commas.
    Texts,
    OneChoice,
    Choices,
    Number {
        money: bool,
    },
    Between {
        money: bool,
    },
    Minutes,
    Moment,
}

fn shape(field: &FieldSpec, op: &Op) -> Shape {
    let money = field.kind == FieldKind::Money;
    match op {
        Op::Equal { .. } | Op::NotEqual { .. } | Op::Has { .. } if !field.choices.is_empty() => Shape::OneChoice,
        Op::OneOf { .. } | Op::NoneOf { .. } | Op::HasAny { .. } | Op::HasAll { .. } | Op::HasNone { .. } => {
            if field.choices.is_empty() { Shape::Texts } else { Shape::Choices }
        }
        Op::Equal { .. }
        | Op::NotEqual { .. }
        | Op::Contains { .. }
        | Op::NotContains { .. }
        | Op::StartsWith { .. }
        | Op::Has { .. } => Shape::Text,
        Op::Exactly { .. } | Op::Less { .. } | Op::More { .. } => Shape::Number { money },
        Op::Between { .. } => Shape::Between { money },
        Op::Within { .. } | Op::Older { .. } => Shape::Minutes,
        Op::Before { .. } | Op::After { .. } => Shape::Moment,
        Op::InHours | Op::OutOfHours | Op::Yes | Op::No | Op::Present | Op::Absent => Shape::Nothing,
    }
}

/// The input. It is made anew only when its shape changes, so that typing keeps the focus.
#[component]
pub fn Value(field: Memo<Option<FieldSpec>>, op: Memo<Option<Op>>, set: Callback<Op>) -> impl IntoView {
    let t = use_texts();
    let known = Memo::new(move |_| {
        let field = field.get()?;
        let shape = op.with(|op| op.as_ref().map(|op| shape(&field, op)))?;
        Some((field, shape))
    });
    let change = move |change: Box<dyn FnOnce(&mut Op)>| {
        if let Some(mut op) = op.try_get_untracked().flatten() {
            change(&mut op);
            set.run(op);
        }
    };
    let texts = Memo::new(move |_| op.with(|op| op.as_ref().map(ops::texts_of)));
    move || {
        let Some((field, shape)) = known.get() else { return ().into_any() };
        match shape {
            Shape::Nothing => ().into_any(),
            Shape::Text => {
                let first = Memo::new(move |_| texts.get().map(|texts| texts.into_iter().next().unwrap_or_default()));
                let value = text(first, move |text| change(Box::new(|op| ops::with_texts(op, vec![text]))));
                view! { <Input value=value label=t.rules_value() placeholder=t.rules_value() max_length=500 /> }
                    .into_any()
            }
            Shape::Texts => {
                let write = |texts: &Vec<String>| texts.join(", ");
                let value = lens(
                    texts,
                    write,
                    |text| Some(split(text)),
                    move |texts| {
                        change(Box::new(|op| ops::with_texts(op, texts)));
                    },
                );
                view! { <Input value=value label=t.rules_value() placeholder=t.rules_values_hint() max_length=500 /> }
                    .into_any()
            }
            Shape::OneChoice => {
                let first = Memo::new(move |_| texts.get().map(|texts| texts.into_iter().next().unwrap_or_default()));
                let choices = field.choices.iter().map(|value| Choice::new(value, choice_text(t, &field, value)));
                let choices = Signal::stored(choices.collect::<Vec<_>>());
                let pick = move |value: String| change(Box::new(|op| ops::with_texts(op, vec![value])));
                view! { <Select value=chosen(first) choices=choices label=t.rules_value() placeholder=t.rules_choose() small=true on_change=pick /> }
                    .into_any()
            }
            Shape::Choices => {
                let one = |value: &String| {
                    let (mine, wanted) = (value.clone(), value.clone());
                    let on = move || texts.with(|texts| texts.as_ref().is_some_and(|texts| texts.contains(&mine)));
                    let flip = move |_| {
                        let wanted = wanted.clone();
                        change(Box::new(move |op| {
                            let mut texts = ops::texts_of(op);
                            let had = texts.len();
                            texts.retain(|text| *text != wanted);
                            if texts.len() == had {
                                texts.push(wanted);
                            }
                            ops::with_texts(op, texts);
                        }));
                    };
                    let words = choice_text(t, &field, value);
                    view! { <button type="button" class="rule-pill" aria-pressed=move || on().to_string() on:click=flip>{words}</button> }
                };
                let pills = field.choices.iter().map(one).collect_view();
                view! { <span class="rule-pills" role="group" aria-label=t.rules_value()>{pills}</span> }.into_any()
            }
            Shape::Number { money } => {
                let get = Memo::new(move |_| match op.get()? {
                    Op::Exactly { number } | Op::Less { number } | Op::More { number } => Some(number),
                    _ => None,
                });
                let put = Callback::new(move |value: f64| {
                    change(Box::new(move |op| {
                        if let Op::Exactly { number } | Op::Less { number } | Op::More { number } = op {
                            *number = value;
                        }
                    }));
                });
                view! { <Amount get put money label=t.rules_value() /> }.into_any()
            }
            Shape::Between { money } => {
                let end = move |last: bool| {
                    let get = Memo::new(move |_| match op.get()? {
                        Op::Between { from, to } => Some(if last { to } else { from }),
                        _ => None,
                    });
                    let put = Callback::new(move |value: f64| {
                        change(Box::new(move |op| {
                            if let Op::Between { from, to } = op {
                                *(if last { to } else { from }) = value;
                            }
                        }));
                    });
                    let label = if last { t.rules_value_to() } else { t.rules_value_from() };
                    view! { <Amount get put money label /> }.into_any()
                };
                view! { {end(false)} <span class="quiet">"—"</span> {end(true)} }.into_any()
            }
            Shape::Minutes => {
                let get = Memo::new(move |_| match op.get()? {
                    Op::Within { minutes } | Op::Older { minutes } => Some(minutes),
                    _ => None,
                });
                let put = Callback::new(move |value: u32| {
                    change(Box::new(move |op| {
                        if let Op::Within { minutes } | Op::Older { minutes } = op {
                            *minutes = value;
                        }
                    }));
                });
                view! { <Length get put label=t.rules_value() /> }.into_any()
            }
            Shape::Moment => {
                let get = Memo::new(move |_| match op.get()? {
                    Op::Before { at } | Op::After { at } => Some(at),
                    _ => None,
                });
                let value = RwSignal::new(get.get_untracked());
                Effect::new(move |_| {
                    let now = get.get();
                    if value.get_untracked() != now {
                        value.set(now);
                    }
                });
                Effect::new(move |before: Option<()>| {
                    if let (true, Some(new)) = (before.is_some(), value.get())
                        && get.get_untracked() != Some(new)
                    {
                        change(Box::new(move |op| {
                            if let Op::Before { at } | Op::After { at } = op {
                                *at = new;
                            }
                        }));
                    }
                });
                view! { <DateTime value=value label=t.rules_value() /> }.into_any()
            }
        }
    }
}

fn split(text: &str) -> Vec<String> {
    text.split(',').map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned).collect()
}

/// A number, or a sum in the currency of the organisation.
#[component]
fn Amount(get: Memo<Option<f64>>, put: Callback<f64>, money: bool, label: String) -> impl IntoView {
    let f = use_format();
    let currency = use_desk().currency;
    // Sums are kept in minor units and typed in major ones.
    let unit = if money { 10f64.powi(domain::money::decimals(&currency.get_value()) as i32) } else { 1.0 };
    let write = move |value: &f64| f.decimal(value / unit, 3);
    let read = move |text: &str| number(text).map(|value| (value * unit * 1000.0).round() / 1000.0);
    let value = lens(get, write, read, move |value| put.run(value));
    let suffix = if money { crate::format::currency_label(&currency.get_value()) } else { String::new() };
    // What is no number gives way to what is kept.
    let tidy = move || {
        if let Some(kept) = get.get_untracked() {
            value.set(write(&kept));
        }
    };
    view! { <Input value=value label=label input_mode="decimal" suffix=suffix on_commit=tidy /> }.into_any()
}

/// A length of time: a number and its unit.
#[component]
pub fn Length(get: Memo<Option<u32>>, put: Callback<u32>, label: String) -> impl IntoView {
    let t = use_texts();
    const UNITS: [(u32, &str); 3] = [(1_440, "days"), (60, "hours"), (1, "minutes")];
    let fitting =
        |minutes: u32| UNITS.iter().find(|unit| minutes > 0 && minutes.is_multiple_of(unit.0)).map_or(1, |unit| unit.0);
    let unit = RwSignal::new(get.get_untracked().map_or(60, fitting));
    let of = move |minutes: u32| minutes / unit.get_untracked().max(1);
    // A length set elsewhere that the unit cannot show takes another unit.
    Effect::new(move |_| {
        let minutes = get.get().unwrap_or_default();
        if !minutes.is_multiple_of(unit.get_untracked()) {
            unit.set(fitting(minutes));
        }
    });
    let count = Memo::new(move |_| get.get().map(|minutes| minutes / unit.get().max(1)));
    let text = lens(
        count,
        |count| count.to_string(),
        |text| text.trim().parse::<u32>().ok().filter(|count| *count <= 600_000),
        move |count| put.run(count.saturating_mul(unit.get_untracked()).min(domain::rules::tree::MOST_MINUTES)),
    );
    let name = Memo::new(move |_| UNITS.iter().find(|one| one.0 == unit.get()).map(|unit| unit.1.to_owned()));
    let choices = vec![
        Choice::new("minutes", t.rules_unit_minutes()),
        Choice::new("hours", t.rules_unit_hours()),
        Choice::new("days", t.rules_unit_days()),
    ];
    let other = move |name: String| {
        let count = get.get_untracked().map(of).unwrap_or(1);
        let new = UNITS.iter().find(|unit| unit.1 == name).map_or(1, |unit| unit.0);
        unit.set(new);
        put.run(count.saturating_mul(new).min(domain::rules::tree::MOST_MINUTES));
    };
    let tidy = move || {
        if let Some(kept) = count.get_untracked() {
            text.set(kept.to_string());
        }
    };
    view! {
        <span class="rule-length">
            <Input value=text label=label input_mode="numeric" on_commit=tidy />
            <Select value=chosen(name) choices=Signal::stored(choices) label=t.rules_in_unit() small=true on_change=other />
        </span>
    }
    .into_any()
}
