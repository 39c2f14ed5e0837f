//! The panel of one order beside its list: everything about it and everything that can be done to it.

mod comments;
mod facts;
mod files;
mod history;
mod items;
mod items_form;
mod steps;

use super::api::orders_get;
use super::moving::{MoveDialog, use_mover};
use super::status::{Deadline, StatusBadge, number_text, title_text};
use crate::i18n::use_texts;
use crate::pages::lists::{Address, Followed, Panel, Refresh, use_refresh};
use crate::session::use_may;
use crate::ui::*;
use domain::access::Permission;
use domain::ids::OrderId;
use domain::views::OrderCard;
use domain::{ApiError, ErrorCode};
use leptos::prelude::*;

/// Opens while the address has `open`.
#[component]
pub fn OrderDrawer(
    /// Address of the page.
    address: Address,
) -> impl IntoView {
    let t = use_texts();
    let (open, item) = address.layer("open");
    let title = RwSignal::new(t.orders_new());
    let panel = move || {
        item.get().map(|id| match id.parse::<OrderId>() {
            Ok(id) => view! { <OrderPanel id=id title=title /> }.into_any(),
            Err(_) => view! { <LoadError error=ApiError::new(ErrorCode::NotFound) /> }.into_any(),
        })
    };
    view! { <Drawer open=open title=title>{panel}</Drawer> }.into_any()
}

/// One order, loaded and followed.
#[component]
fn OrderPanel(id: OrderId, title: RwSignal<String>) -> impl IntoView {
    let refresh = use_refresh([format!("orders:{id}"), "products".to_owned()]);
    let order = Resource::new(move || refresh.tick(), move |_| orders_get(id));
    view! {
        <Followed resource=order skeleton=|| view! { <Skeleton shape=SkeletonShape::Form count=7 /> } let:card>
            <OrderBody card=card refresh=refresh title=title />
        </Followed>
    }
    .into_any()
}

#[component]
fn OrderBody(card: Signal<OrderCard>, refresh: Refresh, title: RwSignal<String>) -> impl IntoView {
    let t = use_texts();
    let mover = use_mover(refresh);
    let may_write = use_may(Permission::OrdersWrite);
    let number = Memo::new(move |_| card.with(|card| card.order.number));
    Effect::new(move |_| title.set(number_text(t, number.get())));
    let head = Memo::new(move |_| card.with(|card| card.order.clone()));
    view! {
        <Panel>
            {move || {
                let order = head.get();
                view! {
                    <div class="order-head">
                        <p class="order-name">{title_text(t, &order.title)}</p>
                        <p class="line">
                            <StatusBadge status=order.status />
                            <Deadline order=order />
                        </p>
                    </div>
                }
            }}
            <steps::StatusButtons card=card mover=mover />
            <facts::OrderFacts card=card refresh=refresh may_write=may_write />
            <items::OrderItems card=card refresh=refresh may_write=may_write />
            <files::OrderFiles card=card refresh=refresh may_write=may_write />
            <comments::OrderComments card=card refresh=refresh may_write=may_write />
            <history::OrderHistory card=card />
        </Panel>
        <MoveDialog mover=mover />
    }
    .into_any()
}
