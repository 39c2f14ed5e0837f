//! The client beside the thread: who it is, who answers them, what they ordered.

use super::api::chats_members;
use super::desk::Desk;
use super::follow::follow;
use super::inline_edit::InlineEdit;
use super::use_chats;
use super::words::{channel_icon, channel_text, client_name, status_text};
use crate::door::Fault;
use crate::format::{phone, use_format};
use crate::i18n::{error_text, use_texts};
use crate::live::use_hints;
use crate::pages::contacts::{contacts_get, contacts_update};
use crate::pages::lists::{Followed, Refresh, use_refresh};
use crate::pages::orders::{StatusBadge, number_text, order_href};
use crate::pages::rules::why_href;
use crate::session::{use_may, use_me};
use crate::ui::{
    Avatar, AvatarSize, Button, Choice, Fact, Facts, Icon, IconButton, IconName, Link, Select, Skeleton, SkeletonShape,
    Variant,
};
use domain::ApiError;
use domain::access::Permission;
use domain::chats::ChatStatus;
use domain::views::{ChatChange, ContactCard, OrderView, SaveContact};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Orders shown on the card; the rest is one press away.
const ORDERS: usize = 5;

/// The client card: a pane on wide screens, over the thread on narrow ones.
#[component]
pub(super) fn ClientCard(desk: Desk) -> impl IntoView {
    let t = use_texts();
    let chats = use_chats();
    let contact = desk.chat.with_untracked(|chat| chat.contact_id);
    let refresh = use_refresh([format!("contacts:{contact}"), "orders".to_owned()]);
    let card = Resource::new(move || refresh.tick(), move |_| contacts_get(contact));
    let skeleton = || view! { <Skeleton shape=SkeletonShape::Text count=6 /> }.into_any();
    view! {
        <aside class="client-card" class:open=move || chats.card.get() aria-label=t.chats_card()>
            <span class="client-card-close">
                <IconButton icon=IconName::Close label=t.ui_close() on_click=move || chats.card.set(false) />
            </span>
            <Followed resource=card skeleton=skeleton let:card>
                <Who desk card refresh />
            </Followed>
            <Answering desk />
            <Why desk />
            <Followed resource=card skeleton=|| ().into_any() let:card>
                <Orders desk card />
            </Followed>
        </aside>
        <button
            type="button"
            class="client-card-behind"
            class:open=move || chats.card.get()
            tabindex="-1"
            aria-hidden="true"
            on:click=move |_| chats.card.set(false)
        ></button>
    }
    .into_any()
}

/// What rules made of this chat, and why they did nothing.
#[component]
fn Why(desk: Desk) -> impl IntoView {
    let t = use_texts();
    let id = desk.chat.with_untracked(|chat| chat.id);
    let may_ask = use_may(Permission::RulesRead);
    move || {
        may_ask
            .get()
            .then(|| view! { <p class="client-why"><Link href=why_href(id) quiet=true>{t.rules_why_chat()}</Link></p> })
    }
}

#[component]
fn Who(desk: Desk, card: Signal<ContactCard>, refresh: Refresh) -> impl IntoView {
    let t = use_texts();
    let f = use_format();
    let allowed = use_may(Permission::ContactsWrite);
    let refused = RwSignal::new(None::<ApiError>);
    let contact = Memo::new(move |_| card.with(|card| card.contact.clone()));
    let save = move |change: SaveContact| {
        refused.set(None);
        let (id, rev) = contact.with_untracked(|contact| (contact.id, contact.rev));
        spawn_local(async move {
            match contacts_update(id, SaveContact { rev: Some(rev), ..change }).await {
                Ok(_) => {
                    if contact.try_with_untracked(|_| ()).is_some() {
                        refresh.now();
                        desk.after_change();
                    }
                }
                Err(Fault(error)) if error.field.is_some() => drop(refused.try_set(Some(error))),
                Err(Fault(error)) => desk.toasts.error(&error),
            }
        });
    };
    let error = move |name: &'static str| {
        Signal::derive(move || {
            let error = refused.get()?;
            (error.field.as_deref() == Some(name)).then(|| error_text(t, &error))
        })
    };
    let name = move || contact.with(|contact| client_name(t, &contact.name, contact.phone.as_deref()));
    let value = move |read: fn(&domain::views::ContactView) -> String| Signal::derive(move || contact.with(read));
    let identities = move || {
        let list = card.with(|card| card.identities.clone());
        list.into_iter()
            .map(|identity| {
                view! {
                    <span class="client-identity" title=channel_text(t, identity.channel)>
                        <Icon name=channel_icon(identity.channel) size=12 label=channel_text(t, identity.channel) />
                        <span class="ellipsis">{identity.external_id}</span>
                    </span>
                }
            })
            .collect_view()
    };
    let unreachable = move || {
        contact.with(|contact| contact.unreachable.clone()).map(|why| {
            view! { <p class="client-unreachable"><Icon name=IconName::Warning size=14 />{t.chats_unreachable(why)}</p> }
        })
    };
    view! {
        <div class="client-who">
            {move || view! { <Avatar name=name() size=AvatarSize::Large /> }}
            <div>
                <h2>
                    <InlineEdit
                        label=t.chats_field_name()
                        value=value(|contact| contact.name.clone())
                        shown=move || view! { <span>{name()}</span> }.into_any()
                        allowed=allowed
                        on_save=move |name| save(SaveContact { name: Some(name), ..Default::default() })
                        error=error("name")
                    />
                </h2>
                <small class="quiet">{move || t.chats_client_since(contact.with(|contact| f.date_long(contact.created_at)))}</small>
            </div>
        </div>
        {unreachable}
        <Facts>
            <Fact label=t.chats_field_phone()>
                <InlineEdit
                    label=t.chats_field_phone()
                    kind="tel"
                    value=value(|contact| contact.phone.clone().unwrap_or_default())
                    shown=move || {
                        let number = contact.with(|contact| contact.phone.clone().unwrap_or_default());
                        view! { <Link href=format!("tel:{number}") quiet=true>{phone(&number)}</Link> }.into_any()
                    }
                    allowed=allowed
                    on_save=move |phone| save(SaveContact { phone: Some(phone), ..Default::default() })
                    error=error("phone")
                />
            </Fact>
            <Fact label=t.chats_field_email()>
                <InlineEdit
                    label=t.chats_field_email()
                    kind="email"
                    value=value(|contact| contact.email.clone().unwrap_or_default())
                    allowed=allowed
                    on_save=move |email| save(SaveContact { email: Some(email), ..Default::default() })
                    error=error("email")
                />
            </Fact>
            <Fact label=t.chats_field_city()>
                <InlineEdit
                    label=t.chats_field_city()
                    value=value(|contact| contact.city.clone())
                    allowed=allowed
                    on_save=move |city| save(SaveContact { city: Some(city), ..Default::default() })
                    error=error("city")
                />
            </Fact>
            <Fact label=t.chats_field_identities()>{identities}</Fact>
        </Facts>
    }
    .into_any()
}

/// Who answers, and where the chat stands.
#[component]
fn Answering(desk: Desk) -> impl IntoView {
    let t = use_texts();
    let me = use_me();
    let hints = use_hints(["members"]);
    let members = follow(|| true, move || hints.get(), chats_members);
    let chat = desk.chat;
    let assignee = RwSignal::new(String::new());
    let status = RwSignal::new(String::new());
    let read = move || {
        let (user, now) = chat.with(|chat| (chat.assignee_id, chat.status));
        (user.map(|user| user.to_string()).unwrap_or_default(), now.to_string())
    };
    let (user, now) = untrack(read);
    assignee.set(user);
    status.set(now);
    Effect::new(move |_| {
        let (user, now) = read();
        assignee.set(user);
        status.set(now);
    });
    let choices = Signal::derive(move || {
        let current = chat.with(|chat| chat.assignee_id.zip(chat.assignee_name.clone()));
        let mut list: Vec<Choice> = members.with(|members| match members {
            Some(Ok(members)) => members
                .iter()
                .filter(|member| member.active && member.role.allows(Permission::ChatsWrite))
                .map(|member| Choice::new(member.user_id.to_string(), member.name.clone()))
                .collect(),
            _ => Vec::new(),
        });
        // Whoever has it stands in the list, also while it is loaded and after they left.
        if let Some((id, name)) = current.filter(|(id, _)| list.iter().all(|choice| choice.value != id.to_string())) {
            list.insert(0, Choice::new(id.to_string(), name));
        }
        list
    });
    let give = move |user: String| desk.change(ChatChange::Assign { user_id: user.parse().ok() }, || ());
    let mine = move || chat.with(|chat| chat.assignee_id) == Some(me.with(|me| me.user_id));
    let take = move || desk.change(ChatChange::Assign { user_id: Some(me.with_untracked(|me| me.user_id)) }, || ());
    let statuses = ChatStatus::ALL
        .iter()
        .map(|status| Choice::new(status.to_string(), status_text(t, *status)))
        .collect::<Vec<_>>();
    let set = move |status: String| {
        if let Ok(status) = status.parse() {
            desk.change(ChatChange::Status { status }, || ());
        }
    };
    let locked = Signal::derive(move || !desk.may_write.get());
    view! {
        <Facts>
            <Fact label=t.chats_field_assignee()>
                <div class="client-assignee">
                    <Select value=assignee choices=choices placeholder=t.chats_nobody() small=true disabled=locked on_change=give label=t.chats_field_assignee() />
                    <Show when=move || desk.may_write.get() && !mine()>
                        <Button small=true on_click=take>{t.chats_take()}</Button>
                    </Show>
                </div>
            </Fact>
            <Fact label=t.chats_field_status()>
                <Select value=status choices=statuses small=true disabled=locked on_change=set label=t.chats_field_status() />
            </Fact>
        </Facts>
    }
    .into_any()
}

#[component]
fn Orders(desk: Desk, card: Signal<ContactCard>) -> impl IntoView {
    let t = use_texts();
    let may_order = use_may(Permission::OrdersWrite);
    let may_see = use_may(Permission::OrdersRead);
    let contact = desk.chat.with_untracked(|chat| chat.contact_id);
    let list = move || {
        let orders = card.with(|card| card.orders.clone());
        if orders.is_empty() {
            return view! { <p class="quiet">{t.chats_orders_empty()}</p> }.into_any();
        }
        let more = orders.len() > ORDERS;
        let rows = orders.into_iter().take(ORDERS).map(|order| order_row(desk, order)).collect_view();
        let all = more.then(
            || view! { <Link href=format!("/orders?contact_id={contact}&show=all")>{t.chats_orders_all()}</Link> },
        );
        view! { <div class="client-orders">{rows}{all}</div> }.into_any()
    };
    view! {
        <Show when=move || may_order.get()>
            <Button variant=Variant::Primary wide=true icon=IconName::Plus on_click=move || desk.ordering.set(true)>
                {t.chats_order_create()}
            </Button>
        </Show>
        <Show when=move || may_see.get()>
            <h3 class="client-heading">{t.chats_orders()}</h3>
            {list}
        </Show>
    }
    .into_any()
}

fn order_row(desk: Desk, order: OrderView) -> AnyView {
    let t = use_texts();
    let f = use_format();
    let here = order.chat_id == Some(desk.id);
    let note = [order.title.clone(), f.money(order.total_minor, &order.currency), f.date(order.created_at)];
    let note = note.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
    view! {
        <a class="client-order" href=order_href(order.id)>
            <span class="line">
                <b>{number_text(t, order.number)}</b>
                {here.then(|| view! { <small class="quiet">{t.chats_order_of_this_chat()}</small> })}
                <span class="push">
                    <StatusBadge status=order.status />
                </span>
            </span>
            <small>{note}</small>
        </a>
    }
    .into_any()
}
