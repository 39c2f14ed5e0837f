//! Orders as rows.

use super::api::orders_list;
use super::filters::{USUAL_SORT, filter_of};
use super::status::{Deadline, StatusBadge, is_late, number_text, title_text};
use crate::format::use_format;
use crate::i18n::use_texts;
use crate::pages::chats::words::client_name;
use crate::pages::lists::{Address, CursorPager, Followed, NewAbove, Steady, use_refresh};
use crate::session::use_may;
use crate::ui::*;
use domain::access::Permission;
use domain::views::{OrderFilter, OrderView};
use leptos::prelude::*;

/// A row: becoming late changes it like any other change.
#[derive(Clone, Debug, PartialEq)]
struct OrderRow {
    order: OrderView,
    late: bool,
}

/// The table with its pages.
#[component]
pub fn OrderList(
    /// Address of the page.
    address: Address,
    /// Opens the form of a new order.
    creating: RwSignal<bool>,
) -> impl IntoView {
    let t = use_texts();
    let refresh = use_refresh(["orders"]);
    let filter = Memo::new(move |_| filter_of(address));
    let orders = Resource::new(
        move || (refresh.tick(), filter.get()),
        |(_, filter)| async move { orders_list(filter.clone()).await.map(|page| (filter, page)) },
    );
    let now = use_now();
    let sort = address.sort(USUAL_SORT);
    let current = Signal::derive(move || address.get("open"));
    let may_write = use_may(Permission::OrdersWrite);
    view! {
        <Followed resource=orders let:data>
            {
                let list = Signal::derive(move || {
                    let now = now.get();
                    let row = |order: &OrderView| OrderRow { order: order.clone(), late: is_late(order, now) };
                    data.with(|(filter, page)| (filter.clone(), page.items.iter().map(row).collect::<Vec<_>>()))
                });
                let steady = Steady::new(list, |row: &OrderRow| row.order.id.to_string());
                let next = Signal::derive(move || data.with(|(_, page)| page.next_cursor.clone()));
                view! {
                    <NewAbove steady=steady>
                        <Table
                            label=t.orders_table()
                            columns=columns()
                            rows=steady.rows
                            key=|row: &OrderRow| row.order.id.to_string()
                            sort=sort
                            on_open=move |id: String| address.set(&[("open", Some(&id))])
                            current=current
                            row_class=|row: &OrderRow| if row.late { "late" } else { "" }
                            empty=move || nothing(data.with(|(filter, _)| filter.clone()), address, may_write, creating)
                        />
                    </NewAbove>
                    <CursorPager address=address next=next />
                }
            }
        </Followed>
    }
    .into_any()
}

fn columns() -> Vec<Column<OrderRow>> {
    let t = use_texts();
    let format = use_format();
    let number = move |row: &OrderRow| {
        let title = title_text(t, &row.order.title);
        view! {
            <span class="order-number">{number_text(t, row.order.number)}</span>
            <span class="only-phone">" "{title}</span>
        }
        .into_any()
    };
    let title =
        move |row: &OrderRow| view! { <span class="order-title">{title_text(t, &row.order.title)}</span> }.into_any();
    let contact = |row: &OrderRow| contact_link(&row.order);
    let status = |row: &OrderRow| view! { <StatusBadge status=row.order.status /> }.into_any();
    let due = |row: &OrderRow| view! { <Deadline order=row.order.clone() /> }.into_any();
    let assignee = move |row: &OrderRow| {
        match row.order.assignee_name.clone() {
        Some(name) => view! {
            <span class="person"><Avatar name=name.clone() size=AvatarSize::Small /><span class="ellipsis">{name}</span></span>
        }
        .into_any(),
        None => view! { <span class="quiet">{t.order_unassigned()}</span> }.into_any(),
    }
    };
    let total = move |row: &OrderRow| format.money(row.order.total_minor, &row.order.currency).into_any();
    let created = |row: &OrderRow| view! { <Time at=row.order.created_at style=TimeStyle::List /> }.into_any();
    vec![
        Column::new("number", t.orders_column_number(), number).sortable().width("92px"),
        Column::new("title", t.orders_column_title(), title).secondary(),
        Column::new("contact", t.orders_column_contact(), contact),
        Column::new("status_since", t.orders_column_status(), status).sortable().width("132px"),
        Column::new("due", t.orders_column_due(), due).width("190px"),
        Column::new("assignee", t.orders_column_assignee(), assignee).width("180px"),
        Column::new("total_minor", t.orders_column_total(), total).sortable().end().width("120px"),
        Column::new("created_at", t.orders_column_created(), created).sortable().end().width("100px"),
    ]
}

/// The client's name, leading to their card.
pub(super) fn contact_link(order: &OrderView) -> AnyView {
    let name = client_name(use_texts(), &order.contact_name, order.contact_phone.as_deref());
    view! { <Link href=format!("/contacts/{}", order.contact_id) quiet=true>{name}</Link> }.into_any()
}

/// An honest nothing for what was asked.
fn nothing(filter: OrderFilter, address: Address, may_write: Signal<bool>, creating: RwSignal<bool>) -> AnyView {
    let t = use_texts();
    let bare = filter.q.is_none() && filter.assignee_id.is_none() && filter.contact_id.is_none();
    let plain = bare && filter.status.is_none();
    if plain && filter.overdue == Some(true) {
        return view! { <EmptyState icon=IconName::Success title=t.orders_none_overdue() hint=t.orders_none_overdue_hint() /> }
            .into_any();
    }
    if plain && filter.open == Some(true) {
        return view! {
            <EmptyState icon=IconName::Success title=t.orders_none_open() hint=t.orders_none_open_hint()>
                <LinkButton href=address.href(&[("show", Some("all")), ("cursor", None)])>{t.orders_show_all()}</LinkButton>
                {new_button(may_write, creating)}
            </EmptyState>
        }
        .into_any();
    }
    if plain {
        return view! {
            <EmptyState icon=IconName::Orders title=t.orders_empty() hint=t.orders_empty_hint()>
                {new_button(may_write, creating)}
            </EmptyState>
        }
        .into_any();
    }
    view! {
        <EmptyState icon=IconName::Search title=t.orders_none() hint=t.ui_nothing_found_hint()>
            <LinkButton href="/orders?show=all">{t.lists_reset()}</LinkButton>
        </EmptyState>
    }
    .into_any()
}

fn new_button(may_write: Signal<bool>, creating: RwSignal<bool>) -> impl IntoView {
    let t = use_texts();
    may_write.get_untracked().then(|| {
        view! { <Button variant=Variant::Primary icon=IconName::Plus on_click=move || creating.set(true)>{t.orders_new()}</Button> }
    })
}
