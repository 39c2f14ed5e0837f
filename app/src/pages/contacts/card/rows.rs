//! What belongs to a client: orders and chats.

use crate::format::use_format;
use crate::i18n::use_texts;
use crate::pages::chats::words::{channel_text, preview};
use crate::pages::orders::{Deadline, StatusBadge, number_text, order_href};
use crate::ui::*;
use domain::views::{ChatView, ContactCard, OrderView};
use leptos::prelude::*;

/// Orders, newest first.
#[component]
pub fn Orders(card: Signal<ContactCard>) -> impl IntoView {
    let t = use_texts();
    let format = use_format();
    let orders = Memo::new(move |_| card.with(|card| card.orders.clone()));
    let row = move |order: OrderView| {
        let number = number_text(t, order.number);
        let title = if order.title.is_empty() { number } else { format!("{number} · {}", order.title) };
        let note = format!("{} · {}", format.money(order.total_minor, &order.currency), format.date(order.created_at));
        let end = {
            let order = order.clone();
            move || view! { <Deadline order=order.clone() /><StatusBadge status=order.status /> }
        };
        view! { <ListRow title=title note=note href=order_href(order.id) end=end /> }
    };
    let all = move || {
        let (id, count) = card.with(|card| (card.contact.id, card.contact.orders));
        let shown = orders.with(Vec::len);
        let more = usize::try_from(count).is_ok_and(|count| count > shown);
        more.then(|| view! { <span class="push"><Link href=format!("/orders?show=all&contact_id={id}")>{t.action_show_all()}</Link></span> })
    };
    let list = move || {
        match orders.get() {
        orders if orders.is_empty() => {
            view! { <EmptyState compact=true icon=IconName::Orders title=t.contacts_no_orders() hint=t.contacts_no_orders_hint() /> }.into_any()
        }
        orders => orders.into_iter().map(row).collect_view().into_any(),
    }
    };
    view! { <Card title=t.nav_orders() aside=move || all flush=true>{list}</Card> }.into_any()
}

/// Chats in every channel.
#[component]
pub fn Chats(card: Signal<ContactCard>) -> impl IntoView {
    let t = use_texts();
    let chats = Memo::new(move |_| card.with(|card| card.chats.clone()));
    let row = move |chat: ChatView| {
        let at = chat.last_message_at;
        let waiting = chat.waiting_since.is_some();
        let end = move || {
            view! {
                {waiting.then(|| view! { <Badge tone=Tone::Accent icon=IconName::Clock>{t.contacts_chat_waits()}</Badge> })}
                <Time at=at style=TimeStyle::List />
            }
        };
        view! {
            <ListRow title=channel_text(t, chat.channel) note=preview(t, &chat).1 href=format!("/chats/{}", chat.id) end=end />
        }
    };
    let list = move || {
        match chats.get() {
        chats if chats.is_empty() => {
            view! { <EmptyState compact=true icon=IconName::Chats title=t.contacts_no_chats() hint=t.contacts_no_chats_hint() /> }.into_any()
        }
        chats => chats.into_iter().map(row).collect_view().into_any(),
    }
    };
    view! { <Card title=t.nav_chats() flush=true>{list}</Card> }.into_any()
}
