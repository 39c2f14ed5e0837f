//! The inputs of a call to somebody's own program: through which connection, the event's name, and its values.

use super::desk::use_desk;
use super::lens::{chosen, text};
use super::text::TextInput;
use crate::i18n::use_texts;
use crate::ui::*;
use domain::rules::{Act, CallField, act::MOST_CALL_FIELDS};
use domain::views::OfferedConnection;
use leptos::prelude::*;
use std::sync::Arc;

/// Everything to fill in of such a step.
#[component]
pub fn Call(at: String) -> impl IntoView {
    let t = use_texts();
    let desk = use_desk();
    let here = desk.step(at.clone());
    let place = StoredValue::new(at);
    let connection = Memo::new(move |_| match here.get()?.act {
        Act::CallWebhook { connection_id, .. } => Some(connection_id.to_string()),
        _ => None,
    });
    let event = Memo::new(move |_| match here.get()?.act {
        Act::CallWebhook { event, .. } => Some(event),
        _ => None,
    });
    let count = Memo::new(move |_| match here.get().map(|step| step.act) {
        Some(Act::CallWebhook { fields, .. }) => fields.len(),
        _ => 0,
    });
    let choices = Signal::derive(move || {
        let one = |one: &OfferedConnection| Choice::new(one.id.to_string(), &one.name);
        desk.offer.with(|offer| offer.callers.iter().map(one).collect::<Vec<_>>())
    });
    let pick = move |value: String| {
        desk.change_step(&place.get_value(), |step| {
            if let (Act::CallWebhook { connection_id, .. }, Ok(wanted)) = (&mut step.act, value.parse()) {
                *connection_id = wanted;
            }
        });
    };
    let event = text(event, move |new| {
        desk.change_step(&place.get_value(), |step| {
            if let Act::CallWebhook { event, .. } = &mut step.act {
                *event = new;
            }
        });
    });
    let add = move || {
        // Each is a change of its own, to be undone by itself.
        desk.change("", |tree| {
            super::places::change_step(tree, &place.get_value(), |step| {
                if let Act::CallWebhook { fields, .. } = &mut step.act {
                    fields.push(CallField { name: String::new(), text: String::new() });
                }
            });
        });
    };
    let keys = Signal::derive(move || (0..count.get()).map(|n| n.to_string()).collect::<Vec<_>>());
    let row: ItemView = Arc::new(move |n| {
        let which = n.parse().unwrap_or_default();
        view! { <Value at=place.get_value() which /> }.into_any()
    });
    view! {
        <Select value=chosen(connection) choices=choices label=t.rules_in_connection() placeholder=t.rules_choose() small=true on_change=pick />
        <Input value=event label=t.rules_in_event() placeholder="order.ready" mono=true max_length=100 />
        <div class="rule-call">
            <Each keys=keys item=row />
            <Show when=move || count.get() < MOST_CALL_FIELDS>
                <Button variant=Variant::Ghost small=true icon=IconName::Plus on_click=add>{t.rules_call_add()}</Button>
            </Show>
        </div>
    }
    .into_any()
}

/// One value: its name and its text.
#[component]
fn Value(at: String, which: usize) -> impl IntoView {
    let t = use_texts();
    let desk = use_desk();
    let here = desk.step(at.clone());
    let place = StoredValue::new(at.clone());
    let name = Memo::new(move |_| match here.get()?.act {
        Act::CallWebhook { fields, .. } => fields.get(which).map(|field| field.name.clone()),
        _ => None,
    });
    let name = text(name, move |new| {
        desk.change_step(&place.get_value(), |step| {
            if let Act::CallWebhook { fields, .. } = &mut step.act
                && let Some(field) = fields.get_mut(which)
            {
                field.name = new;
            }
        });
    });
    let remove = move || {
        desk.change("", |tree| {
            super::places::change_step(tree, &place.get_value(), |step| {
                if let Act::CallWebhook { fields, .. } = &mut step.act
                    && which < fields.len()
                {
                    fields.remove(which);
                }
            });
        });
    };
    view! {
        <div class="rule-call-value">
            <Input value=name label=t.rules_in_value_name() placeholder=t.rules_in_value_name() mono=true max_length=100 />
            <TextInput at which />
            <IconButton icon=IconName::Close label=t.rules_call_remove() on_click=remove />
        </div>
    }
    .into_any()
}
