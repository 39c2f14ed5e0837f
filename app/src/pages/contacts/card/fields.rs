//! The organisation's own fields of a client: read on the card, filled in beside it.

use super::super::api::contacts_fields;
use super::super::{day_text, value_text};
use crate::door::Fault;
use crate::i18n::use_texts;
use crate::pages::lists::Refresh;
use crate::ui::*;
use domain::ApiError;
use domain::ids::ContactId;
use domain::rules::FieldKind;
use domain::views::{ContactCard, ContactFields, FieldValue};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The card of them; nothing while the organisation has none.
#[component]
pub fn OwnFields(card: Signal<ContactCard>, refresh: Refresh, may_write: Signal<bool>) -> impl IntoView {
    let t = use_texts();
    let id = card.with_untracked(|card| card.contact.id);
    let fields = Memo::new(move |_| card.with(|card| card.fields.clone()));
    let editing = RwSignal::new(false);
    let edit = move || {
        may_write.get().then(|| {
            view! {
                <span class="push">
                    <Button small=true variant=Variant::Ghost icon=IconName::Pencil on_click=move || editing.set(true)>
                        {t.action_edit()}
                    </Button>
                </span>
            }
        })
    };
    let body = move || {
        let filled = fields.get().into_iter().filter(|one| !one.value.is_empty());
        let facts: Vec<_> = filled
            .map(|one| {
                let value = value_text(t, one.field.kind, &one.value);
                view! { <Fact label=one.field.name>{value}</Fact> }
            })
            .collect();
        match facts.is_empty() {
            true => view! { <p class="quiet">{t.contacts_fields_none()}</p> }.into_any(),
            false => view! { <Facts>{facts}</Facts> }.into_any(),
        }
    };
    let form = move || view! { <FieldsForm id=id start=fields.get_untracked() refresh=refresh editing=editing /> };
    move || {
        fields.with(|fields| !fields.is_empty()).then(|| {
            view! {
                <Card title=t.contacts_fields() aside=move || edit>{body}</Card>
                <Drawer open=editing title=t.contacts_fields()>{form}</Drawer>
            }
        })
    }
}

/// A value as people type it.
fn typed(one: &FieldValue) -> String {
    match one.field.kind {
        FieldKind::Date => day_text(&one.value),
        _ => one.value.clone(),
    }
}

#[component]
fn FieldsForm(id: ContactId, start: Vec<FieldValue>, refresh: Refresh, editing: RwSignal<bool>) -> impl IntoView {
    let t = use_texts();
    let toasts = use_toasts();
    let rows: Vec<(FieldValue, RwSignal<String>)> =
        start.into_iter().map(|one| (one.clone(), RwSignal::new(typed(&one)))).collect();
    let rows = StoredValue::new(rows);
    let changed = move || {
        rows.with_value(|rows| {
            let changed = rows.iter().filter(|(old, new)| new.get() != typed(old));
            changed.map(|(old, new)| (old.field.key.clone(), new.get())).collect::<std::collections::BTreeMap<_, _>>()
        })
    };
    let dirty = Signal::derive(move || !changed().is_empty());
    let error = RwSignal::new(None::<ApiError>);
    let pending = RwSignal::new(false);
    let submit = move || {
        if pending.get_untracked() {
            return;
        }
        error.set(None);
        pending.set(true);
        // Only what was changed: what somebody else has filled in meanwhile stays.
        let fields = ContactFields { fields: untrack(changed) };
        spawn_local(async move {
            let answer = contacts_fields(id, fields).await;
            let _ = pending.try_set(false);
            match answer {
                Ok(()) => {
                    toasts.success(t.state_saved());
                    let _ = editing.try_set(false);
                    refresh.after_change();
                }
                Err(Fault(why)) => drop(error.try_set(Some(why))),
            }
        });
    };
    let one = move |(field, value): (FieldValue, RwSignal<String>)| {
        let name = format!("fields.{}", field.field.key);
        view! { <Field name=name label=field.field.name.clone()><Value of=field value=value /></Field> }
    };
    view! {
        <Form on_submit=submit error=error dirty=dirty>
            {rows.get_value().into_iter().map(one).collect_view()}
            <FormActions>
                <Button variant=Variant::Primary submit=true pending=pending>{t.action_save()}</Button>
                <Button variant=Variant::Ghost on_click=move || editing.set(false)>{t.action_cancel()}</Button>
            </FormActions>
        </Form>
    }
    .into_any()
}

/// The input that fits the kind.
#[component]
fn Value(of: FieldValue, value: RwSignal<String>) -> impl IntoView {
    let t = use_texts();
    let choice = |choices: Vec<Choice>| {
        let choices = Signal::stored(choices);
        view! { <Select value=value choices=choices placeholder=t.contacts_field_unset() /> }.into_any()
    };
    match of.field.kind {
        FieldKind::Date => {
            view! { <Input value=value placeholder=t.contacts_field_day() input_mode="numeric" max_length=10 autocomplete="off" /> }
                .into_any()
        }
        FieldKind::Number => view! { <Input value=value input_mode="decimal" max_length=20 /> }.into_any(),
        FieldKind::Flag => {
            choice(vec![Choice::new("true", t.contacts_field_yes()), Choice::new("false", t.contacts_field_no())])
        }
        FieldKind::Choice => choice(of.field.choices.iter().map(|one| Choice::new(one, one)).collect()),
        _ => view! { <Input value=value max_length=1000 /> }.into_any(),
    }
}
