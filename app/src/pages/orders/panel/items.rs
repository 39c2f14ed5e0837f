//! What the order consists of: read first, changed on demand.

use super::items_form::ItemsForm;
use crate::format::use_format;
use crate::i18n::use_texts;
use crate::pages::lists::{PanelPart, Refresh};
use crate::ui::*;
use domain::views::{OrderCard, OrderItemView};
use leptos::prelude::*;

#[component]
pub fn OrderItems(card: Signal<OrderCard>, refresh: Refresh, may_write: Signal<bool>) -> impl IntoView {
    let t = use_texts();
    let editing = RwSignal::new(false);
    let edit = move || {
        (may_write.get() && !editing.get()).then(|| {
            view! {
                <Button small=true variant=Variant::Ghost icon=IconName::Pencil on_click=move || editing.set(true)>
                    {t.order_items_edit()}
                </Button>
            }
        })
    };
    view! {
        <PanelPart title=t.order_items() aside=edit>
            {move || match editing.get() {
                true => view! { <ItemsForm card=card refresh=refresh editing=editing /> }.into_any(),
                false => view! { <ItemsTable card=card /> }.into_any(),
            }}
        </PanelPart>
    }
    .into_any()
}

#[component]
fn ItemsTable(card: Signal<OrderCard>) -> impl IntoView {
    let t = use_texts();
    let format = use_format();
    let stored =
        Memo::new(move |_| card.with(|card| (card.items.clone(), card.order.total_minor, card.order.currency.clone())));
    move || {
        let (items, total, currency) = stored.get();
        if items.is_empty() {
            return view! { <EmptyState compact=true title=t.order_items_empty() hint=t.order_items_empty_hint() /> }
                .into_any();
        }
        let row = |item: OrderItemView| {
            let unit = if item.unit.is_empty() { String::new() } else { format!("\u{a0}{}", item.unit) };
            let price = format.money(item.price_minor, &currency);
            view! {
                <tr>
                    <td>
                        {item.name}
                        <small>{format.quantity(item.quantity_milli)}{unit}" × "{price}</small>
                    </td>
                    <td class="end">{format.money(item.total_minor, &currency)}</td>
                </tr>
            }
        };
        view! {
            <table class="order-items">
                <thead class="visually-hidden">
                    <tr><th>{t.order_item_name()}</th><th>{t.order_item_sum()}</th></tr>
                </thead>
                <tbody>{items.into_iter().map(row).collect_view()}</tbody>
                <tfoot>
                    <tr><th scope="row">{t.order_item_total()}</th><td class="end">{format.money(total, &currency)}</td></tr>
                </tfoot>
            </table>
        }
        .into_any()
    }
}
