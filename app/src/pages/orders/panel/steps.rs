//! The buttons that move an order on: only where this person may.

use super::super::moving::Mover;
use super::super::status::{status_icon, status_text};
use crate::i18n::use_texts;
use crate::ui::*;
use domain::orders::OrderStatus;
use domain::views::OrderCard;
use leptos::prelude::*;
use texts::Texts;

#[component]
pub fn StatusButtons(card: Signal<OrderCard>, mover: Mover) -> impl IntoView {
    let t = use_texts();
    let next = Memo::new(move |_| card.with(|card| (card.order.status, card.next_statuses.clone())));
    let told = Memo::new(move |_| {
        let told = mover.told();
        card.with(|card| {
            let words = card.next_statuses.iter().copied().filter(|s| told.contains(s)).collect::<Vec<_>>();
            (words, card.order.chat_id.is_some())
        })
    });
    let moving = Memo::new(move |_| card.with(|card| mover.under_way(&card.order)));
    // A button is made anew when the order moves on: a press meant for one must not meet another that took its place.
    let one = move |(from, to): (OrderStatus, OrderStatus)| {
        let variant = match to {
            _ if Some(to) == usual_next(from) => Variant::Primary,
            OrderStatus::Cancelled => Variant::Ghost,
            _ => Variant::Secondary,
        };
        view! {
            <Button
                variant=variant
                small=true
                icon=status_icon(to)
                pending=Signal::derive(move || moving.get() == Some(to))
                disabled=Signal::derive(move || moving.get().is_some_and(|other| other != to))
                on_click=move || mover.start(card.with_untracked(|card| card.order.clone()), to, true)
            >
                {step_text(t, from, to)}
            </Button>
        }
    };
    let each = move || {
        let (from, next) = next.get();
        next.into_iter().map(|to| (from, to)).collect::<Vec<_>>()
    };
    let buttons = view! {
        <div class="order-steps" role="group" aria-label=t.order_move() hidden=move || next.with(|(_, next)| next.is_empty())>
            <For each=each key=|step| *step children=one />
        </div>
    };
    let hint = move || {
        let (told, has_chat) = told.get();
        let words = told.iter().map(|status| format!("«{}»", status_text(t, *status))).collect::<Vec<_>>().join(", ");
        let hint = if has_chat { t.order_notice_hint(words) } else { t.order_notice_hint_maybe(words) };
        (!told.is_empty()).then(|| view! { <p class="order-hint"><Icon name=IconName::Send size=14 />{hint}</p> })
    };
    view! {
        {buttons}
        {hint}
    }
    .into_any()
}

/// The step forward that is made most.
const fn usual_next(from: OrderStatus) -> Option<OrderStatus> {
    match from {
        OrderStatus::New => Some(OrderStatus::Assigned),
        OrderStatus::Assigned => Some(OrderStatus::InProgress),
        OrderStatus::InProgress => Some(OrderStatus::Ready),
        OrderStatus::Ready => Some(OrderStatus::Delivered),
        OrderStatus::Delivered | OrderStatus::Cancelled => None,
    }
}

fn step_text(t: Texts, from: OrderStatus, to: OrderStatus) -> String {
    match (from, to) {
        (_, OrderStatus::Cancelled) => t.order_cancel(),
        (OrderStatus::Cancelled, _) => t.order_restore(),
        (OrderStatus::Ready | OrderStatus::Delivered, OrderStatus::InProgress) => t.order_reopen(),
        _ => status_text(t, to),
    }
}
