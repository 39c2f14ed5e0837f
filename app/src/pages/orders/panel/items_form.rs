//! Changing title and lines. When somebody else changes the order meanwhile, says what it is now and keeps what was typed.

use super::super::api::orders_change;
use super::super::lines::{Lines, LinesEditor};
use super::super::status::status_text;
use crate::door::Fault;
use crate::format::{Format, use_format};
use crate::i18n::use_texts;
use crate::pages::lists::Refresh;
use crate::ui::*;
use domain::views::{ChangeOrder, OrderCard};
use domain::{ApiError, ErrorCode};
use leptos::prelude::*;
use leptos::task::spawn_local;
use texts::Texts;

#[component]
pub fn ItemsForm(card: Signal<OrderCard>, refresh: Refresh, editing: RwSignal<bool>) -> impl IntoView {
    let t = use_texts();
    let format = use_format();
    let toasts = use_toasts();
    let base = StoredValue::new(card.get_untracked());
    let title = RwSignal::new(base.with_value(|base| base.order.title.clone()));
    let lines = base.with_value(|base| Lines::new(&base.items));
    let untouched = StoredValue::new(untrack(|| (title.get(), lines.items())));
    let dirty = Signal::derive(move || untouched.with_value(|old| (title.get(), lines.items()) != *old));
    let currency = Signal::derive(move || card.with(|card| card.order.currency.clone()));
    let error = RwSignal::new(None::<ApiError>);
    let refused = RwSignal::new(false);
    let pending = RwSignal::new(false);
    let changes = Memo::new(move |_| card.with(|now| base.with_value(|base| differences(t, format, base, now))));
    let conflict = Memo::new(move |_| refused.get() || changes.with(|changes| !changes.is_empty()));

    let write = move || {
        if pending.get_untracked() {
            return;
        }
        let items = untrack(|| lines.items());
        if items.is_empty() {
            error.set(Some(ApiError::new(ErrorCode::Required).field("items")));
            return;
        }
        if let Some(missing) = untrack(|| lines.missing_price()) {
            error.set(Some(missing));
            return;
        }
        let (id, rev) = card.with_untracked(|card| (card.order.id, card.order.rev));
        let change = ChangeOrder {
            title: Some(title.get_untracked()),
            items: Some(items),
            rev: Some(rev),
            ..Default::default()
        };
        pending.set(true);
        spawn_local(async move {
            let answer = orders_change(id, change).await;
            let _ = pending.try_set(false);
            match answer {
                Ok(()) => {
                    toasts.success(t.order_items_saved());
                    refresh.after_change();
                    let _ = editing.try_set(false);
                }
                Err(Fault(why)) if why.code == ErrorCode::Stale => {
                    let _ = refused.try_set(true);
                    refresh.now();
                }
                Err(Fault(why)) => drop(error.try_set(Some(why))),
            }
        });
    };
    // While there is a conflict, only the button that says so overwrites.
    let submit = move || {
        if !conflict.get_untracked() {
            error.set(None);
            write();
        }
    };
    let overwrite = move || {
        refused.set(false);
        error.set(None);
        base.set_value(card.get_untracked());
        write();
    };
    let empty = Signal::derive(move || {
        error.get().filter(|e| e.field.as_deref() == Some("items")).map(|_| t.order_items_none_left())
    });
    let notice = move || {
        conflict.get().then(|| {
            let what = changes.with(|changes| changes.join(", "));
            let what = (!what.is_empty()).then(|| t.order_stale_what(what));
            view! {
                <Notice tone=Tone::Warning title=t.order_stale_title()>
                    {what} " " {t.order_stale_keep()}
                    <div class="form-actions">
                        <Button small=true variant=Variant::Primary pending=pending on_click=overwrite>{t.order_stale_overwrite()}</Button>
                        <Button small=true on_click=move || editing.set(false)>{t.order_stale_reload()}</Button>
                    </div>
                </Notice>
            }
        })
    };
    let actions = move || {
        (!conflict.get()).then(|| {
            view! {
                <FormActions>
                    <Button variant=Variant::Primary small=true submit=true pending=pending>{t.action_save()}</Button>
                    <Button small=true variant=Variant::Ghost on_click=move || editing.set(false)>{t.action_cancel()}</Button>
                </FormActions>
            }
        })
    };
    view! {
        <Form on_submit=submit error=error dirty=dirty>
            {notice}
            <Field name="title" id="order-title" label=t.order_title_label()>
                <Input value=title max_length=200 autofocus=true />
            </Field>
            <LinesEditor lines=lines currency=currency error=error />
            {move || empty.get().map(|text| view! { <p class="field-error" role="alert"><Icon name=IconName::Alert size=14 />{text}</p> })}
            {actions}
        </Form>
    }
    .into_any()
}

/// What is different now, in words.
fn differences(t: Texts, format: Format, base: &OrderCard, now: &OrderCard) -> Vec<String> {
    let mut words = Vec::new();
    if base.order.status != now.order.status {
        words.push(t.order_stale_status_now(status_text(t, now.order.status)));
    }
    if base.order.title != now.order.title {
        words.push(t.order_stale_title_now(&now.order.title));
    }
    if base.order.assignee_id != now.order.assignee_id {
        words.push(t.order_stale_assignee_now(now.order.assignee_name.clone().unwrap_or_else(|| t.order_unassigned())));
    }
    let lines = |card: &OrderCard| {
        card.items.iter().map(|i| (i.name.clone(), i.price_minor, i.quantity_milli)).collect::<Vec<_>>()
    };
    if lines(base) != lines(now) {
        let count = i64::try_from(now.items.len()).unwrap_or(i64::MAX);
        words.push(t.order_stale_items_now(count, format.money(now.order.total_minor, &now.order.currency)));
    }
    words
}
