//! The day a rule starts on when it counts from a date of a client's own fields.

use super::desk::use_desk;
use super::lens::{chosen, lens};
use crate::i18n::use_texts;
use crate::pages::rules::words::field_name;
use crate::ui::*;
use domain::custom::PREFIX;
use domain::rules::tree::MOST_DAYS;
use domain::rules::{DateOf, FieldKind};
use leptos::prelude::*;

/// Which date, how many days before or after it, and whether every year.
#[component]
pub fn DateOfClient() -> impl IntoView {
    let t = use_texts();
    let desk = use_desk();
    let date = Memo::new(move |_| desk.tree.with(|tree| tree.trigger.date.clone().unwrap_or_default()));
    let change = move |change: Box<dyn FnOnce(&mut DateOf)>| {
        desk.change("trigger", |tree| change(tree.trigger.date.get_or_insert_default()));
    };
    let dates = Memo::new(move |_| {
        let own = |field: &domain::rules::FieldSpec| field.kind == FieldKind::Date && field.key.starts_with(PREFIX);
        desk.fields().into_iter().filter(own).collect::<Vec<_>>()
    });
    let field = Memo::new(move |_| Some(date.get().field));
    let fields = Signal::derive(move || {
        let mut choices: Vec<Choice> =
            dates.with(|dates| dates.iter().map(|one| Choice::new(&one.key, field_name(t, one))).collect());
        let key = date.get().field;
        if !key.is_empty() && !choices.iter().any(|choice| choice.value == key) {
            choices.push(Choice::new(key.clone(), field_name(t, &desk.field(&key))));
        }
        choices
    });
    let side = Memo::new(move |_| {
        let word = match date.get().days {
            0 => "on",
            ..0 => "before",
            _ => "after",
        };
        Some(word.to_owned())
    });
    let sides = vec![
        Choice::new("on", t.rules_date_on_day()),
        Choice::new("before", t.rules_date_side_before()),
        Choice::new("after", t.rules_date_side_after()),
    ];
    let pick_side = move |word: String| {
        change(Box::new(move |date| {
            let days = date.days.saturating_abs().max(1);
            date.days = match word.as_str() {
                "before" => -days,
                "after" => days,
                _ => 0,
            };
        }));
    };
    let count = Memo::new(move |_| Some(date.get().days.saturating_abs()));
    let days = lens(
        count,
        |count| count.to_string(),
        |text| text.trim().parse::<i32>().ok().filter(|count| (1..=MOST_DAYS).contains(count)),
        move |count| change(Box::new(move |date| date.days = count * date.days.signum())),
    );
    let often = Memo::new(move |_| Some(if date.get().yearly { "yearly" } else { "once" }.to_owned()));
    let oftens = vec![Choice::new("once", t.rules_date_once()), Choice::new("yearly", t.rules_date_yearly())];
    let pick_often = move |word: String| change(Box::new(move |date| date.yearly = word == "yearly"));
    let pick_field = move |key: String| change(Box::new(move |date| date.field = key));
    let away = Memo::new(move |_| date.get().days != 0);
    let none = Memo::new(move |_| dates.with(Vec::is_empty));
    view! {
        <Select value=chosen(field) choices=fields label=t.rules_date_field() placeholder=t.rules_date_choose() small=true on_change=pick_field />
        <Select value=chosen(side) choices=Signal::stored(sides) label=t.rules_date_side() small=true on_change=pick_side />
        {move || {
            away.get().then(|| {
                view! { <span class="rule-length"><Input value=days label=t.rules_unit_days() input_mode="numeric" suffix=t.rules_unit_days() /></span> }
            })
        }}
        <Select value=chosen(often) choices=Signal::stored(oftens) label=t.rules_date_often() small=true on_change=pick_often />
        {move || none.get().then(|| view! { <Link href="/settings/clients".to_owned()>{t.rules_date_none()}</Link> })}
    }
    .into_any()
}
