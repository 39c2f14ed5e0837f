//! Orders: table and board of the same filters, and the panel of one order. Owns what is shown; which step is allowed and
//! what it causes is decided by the services (and, for greying out, by the same table in `domain`).

mod api;
mod board;
mod filters;
mod lines;
mod list;
mod moving;
mod panel;
mod status;

pub use api::*;
pub use lines::{Lines, LinesEditor};
pub use status::{
    Deadline, StatusBadge, is_late, number_text, order_href, source_text, status_icon, status_text, status_tone,
};

use crate::frame::Screen;
use crate::i18n::use_texts;
use crate::pages::lists::use_address;
use crate::pages::order_form::OrderDialog;
use crate::session::use_may;
use crate::ui::{Button, IconName, Variant, apart, settled};
use domain::access::Permission;
use filters::{Filters, View};
use leptos::prelude::*;

/// The page.
#[component]
pub fn OrdersPage() -> impl IntoView {
    let t = use_texts();
    let address = use_address();
    let view = settled(Memo::new(move |_| View::of(address)));
    let may_write = use_may(Permission::OrdersWrite);
    let (creating, _) = address.layer("new");
    let create = move || {
        may_write.get().then(|| {
            view! {
                <Button variant=Variant::Primary icon=IconName::Plus on_click=move || creating.set(true)>
                    {t.orders_new()}
                </Button>
            }
        })
    };
    view! {
        <Screen title=t.nav_orders() actions=move || create bare=true>
            <div class="orders-page" class:on-board=move || view.get() == View::Board>
                <Filters address=address />
                {move || match view.get() {
                    View::Table => apart(move || view! { <list::OrderList address=address creating=creating /> }.into_any()),
                    View::Board => apart(move || view! { <board::OrderBoard address=address /> }.into_any()),
                }}
            </div>
            <panel::OrderDrawer address=address />
            <OrderDialog open=creating />
        </Screen>
    }
    .into_any()
}
