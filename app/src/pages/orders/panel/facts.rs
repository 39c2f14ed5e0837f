//! Who the order is for, where it came from, who does it.

use super::super::api::orders_change;
use super::super::filters::use_members;
use super::super::list::contact_link;
use super::super::status::{Deadline, source_text};
use crate::door::Fault;
use crate::format::phone;
use crate::i18n::use_texts;
use crate::pages::lists::Refresh;
use crate::ui::*;
use domain::views::{ChangeOrder, OrderCard};
use leptos::prelude::*;
use leptos::task::spawn_local;

#[component]
pub fn OrderFacts(card: Signal<OrderCard>, refresh: Refresh, may_write: Signal<bool>) -> impl IntoView {
    let t = use_texts();
    let order = Memo::new(move |_| card.with(|card| card.order.clone()));
    let contact = move || order.with(contact_link);
    let number = move || {
        let e164 = order.with(|order| order.contact_phone.clone())?;
        Some(view! { <a class="link quiet numbers" href=format!("tel:{e164}")>{phone(&e164)}</a> })
    };
    let chat = move || {
        order
            .with(|order| order.chat_id)
            .map(|id| view! { <Link href=format!("/chats/{id}")>{t.order_open_chat()}</Link> })
    };
    let created = move || {
        let (at, source) = order.with(|order| (order.created_at, order.source));
        view! {
            <Time at=at style=TimeStyle::Full />
            <span class="quiet">", "{source_text(t, source)}</span>
        }
    };
    view! {
        <Facts>
            <Fact label=t.order_contact()>
                {contact} <span class="order-phone">{number}</span>
            </Fact>
            {move || chat().map(|chat| view! { <Fact label=t.order_channel()>{chat}</Fact> })}
            <Fact label=t.order_assignee()>
                <Assignee card=card refresh=refresh may_write=may_write />
            </Fact>
            {move || view! { <Fact label=t.order_due_label()><Deadline order=order.get() always=true /></Fact> }}
            <Fact label=t.order_created()>{created}</Fact>
        </Facts>
    }
    .into_any()
}

/// Chosen from the members, written at once.
#[component]
fn Assignee(card: Signal<OrderCard>, refresh: Refresh, may_write: Signal<bool>) -> impl IntoView {
    let t = use_texts();
    let toasts = use_toasts();
    let members = use_members();
    let stored = Memo::new(move |_| card.with(|card| (card.order.assignee_id, card.order.assignee_name.clone())));
    let value = RwSignal::new(String::new());
    let show_stored = move || value.set(stored.get().0.map(|id| id.to_string()).unwrap_or_default());
    untrack(show_stored);
    Effect::new(move |_| show_stored());
    let choices = Signal::derive(move || {
        let mut choices: Vec<Choice> =
            members.get().into_iter().map(|m| Choice::new(m.user_id.to_string(), m.name)).collect();
        // Whoever has it now may have left since.
        if let (Some(id), Some(name)) = stored.get() {
            let id = id.to_string();
            if !choices.iter().any(|choice| choice.value == id) {
                choices.insert(0, Choice::new(id, name));
            }
        }
        choices
    });
    let assign = move |user: String| {
        let (id, rev) = card.with_untracked(|card| (card.order.id, card.order.rev));
        spawn_local(async move {
            let change = ChangeOrder { assignee_id: Some(user), rev: Some(rev), ..Default::default() };
            match orders_change(id, change).await {
                Ok(()) => refresh.after_change(),
                Err(Fault(error)) => {
                    toasts.error(&error);
                    if let Some((id, _)) = stored.try_get_untracked() {
                        value.set(id.map(|id| id.to_string()).unwrap_or_default());
                    }
                    refresh.now();
                }
            }
        });
    };
    let name = move || stored.get().1.unwrap_or_else(|| t.order_unassigned());
    move || {
        match may_write.get() {
        true => view! {
            <Select value=value choices=choices placeholder=t.order_nobody() label=t.order_assignee() small=true on_change=assign />
        }
        .into_any(),
        false => view! { <span>{name}</span> }.into_any(),
    }
    }
}
