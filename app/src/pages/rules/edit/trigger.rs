//! «Когда»: what starts the rule.

use super::block::Problems;
use super::date::DateOfClient;
use super::desk::use_desk;
use super::lens::chosen;
use super::value::Length;
use crate::format::time_of_day;
use crate::i18n::use_texts;
use crate::pages::rules::words::trigger_text;
use crate::ui::*;
use leptos::prelude::*;

/// The event, and how long it must be waited for where it is the lack of one.
#[component]
pub fn TriggerBlock() -> impl IntoView {
    let t = use_texts();
    let desk = use_desk();
    let event = Memo::new(move |_| desk.tree.with(|tree| Some(tree.trigger.event.clone())));
    let minutes = Memo::new(move |_| desk.tree.with(|tree| Some(tree.trigger.minutes.unwrap_or_default())));
    let waits = Memo::new(move |_| desk.trigger.with(|trigger| trigger.as_ref().is_some_and(|trigger| trigger.waits)));
    let choices = Signal::derive(move || {
        let mut choices: Vec<Choice> = desk.offer.with(|offer| {
            offer.triggers.iter().map(|one| Choice::new(&one.event, trigger_text(t, &one.event))).collect()
        });
        let event = event.get().unwrap_or_default();
        if !choices.iter().any(|choice| choice.value == event) {
            choices.push(Choice::new(event.clone(), trigger_text(t, &event)));
        }
        choices
    });
    let pick = move |event: String| {
        let waits = desk.offer.with_untracked(|offer| offer.triggers.iter().any(|one| one.event == event && one.waits));
        desk.change("", |tree| {
            tree.trigger.connection_id = None;
            let of_day = ["day.time", "contact.date"].contains(&event.as_str());
            tree.trigger.minutes = waits.then(|| tree.trigger.minutes.unwrap_or(if of_day { 600 } else { 15 }));
            tree.trigger.date = None;
            tree.trigger.event = event;
        });
    };
    let put = Callback::new(move |value: u32| desk.change("trigger", |tree| tree.trigger.minutes = Some(value)));
    let when = move |event: String| match event.as_str() {
        "day.time" => view! { <TimeOfDay minutes put /> }.into_any(),
        "contact.date" => {
            view! { <DateOfClient /> <span class="rule-words">{t.rules_date_in()}</span> <TimeOfDay minutes put /> }
                .into_any()
        }
        event => {
            let words = if event == "order.deadline" { t.rules_minutes_before() } else { t.rules_minutes_without() };
            view! {
                <span class="rule-words">{words}</span>
                <Length get=minutes put=put label=t.rules_in_number() />
            }
            .into_any()
        }
    };
    view! {
        <div class="rule-line" data-at="trigger">
            <b class="rule-lead">{t.rules_when()}</b>
            <Select value=chosen(event) choices=choices label=t.rules_trigger() small=true on_change=pick />
            {move || waits.get().then(|| when(event.get().unwrap_or_default()))}
            <Through />
        </div>
        <Problems at="trigger".to_owned() />
    }
    .into_any()
}

/// Through which connection it must come, where there are several.
#[component]
fn Through() -> impl IntoView {
    let t = use_texts();
    let desk = use_desk();
    let chosen_id = Memo::new(move |_| {
        desk.tree.with(|tree| Some(tree.trigger.connection_id.map(|id| id.to_string()).unwrap_or_default()))
    });
    let choices = Memo::new(move |_| {
        let known = desk.trigger.with(|trigger| trigger.as_ref().map(|it| it.connections.clone()).unwrap_or_default());
        let mut choices: Vec<Choice> = known.iter().map(|one| Choice::new(one.id.to_string(), &one.name)).collect();
        let id = chosen_id.get().unwrap_or_default();
        if !id.is_empty() && !choices.iter().any(|choice| choice.value == id) {
            choices.push(Choice::new(id, t.rules_gone_connection()));
        }
        choices
    });
    let shown = Memo::new(move |_| choices.with(Vec::len) > 1 || chosen_id.get().is_some_and(|id| !id.is_empty()));
    let pick = move |value: String| desk.change("trigger", |tree| tree.trigger.connection_id = value.parse().ok());
    move || {
        shown.get().then(|| {
            view! {
                <span class="rule-words">{t.rules_through()}</span>
                <Select value=chosen(chosen_id) choices=choices label=t.rules_in_connection() placeholder=t.rules_any_connection() small=true on_change=pick />
            }
        })
    }
}

/// A time of day as minutes since midnight.
#[component]
fn TimeOfDay(minutes: Memo<Option<u32>>, put: Callback<u32>) -> impl IntoView {
    let t = use_texts();
    let clock = |minutes: u32| time_of_day(minutes % 1_440);
    let text = RwSignal::new(clock(minutes.get_untracked().unwrap_or_default()));
    Effect::new(move |_| text.set(clock(minutes.get().unwrap_or_default())));
    let keep = move || {
        let typed = text.get_untracked();
        let parts = typed.split_once(':').and_then(|(h, m)| Some((h.parse::<u32>().ok()?, m.parse::<u32>().ok()?)));
        if let Some((hours, minutes)) = parts.filter(|(hours, minutes)| *hours < 24 && *minutes < 60) {
            put.run(hours * 60 + minutes);
        }
    };
    view! { <Input value=text kind="time" label=t.rules_time_of_day() on_commit=keep /> }
}
