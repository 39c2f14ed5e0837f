//! Сводка: what needs a person now, then the figures of today, each leading to its rows. Everything follows live changes.

mod api;
mod attention;
mod charts;
mod strips;
mod tiles;

pub use api::*;

use crate::frame::Screen;
use crate::i18n::use_texts;
use crate::pages::lists::{Followed, use_refresh};
use crate::pages::order_form::OrderDialog;
use crate::session::use_may;
use crate::ui::*;
use domain::access::Permission;
use leptos::prelude::*;

/// The page.
#[component]
pub fn HomePage() -> impl IntoView {
    let t = use_texts();
    let refresh = use_refresh(["orders", "chats", "jobs", "connections", "journal", "settings"]);
    let dashboard = Resource::new(move || refresh.tick(), |_| home_dashboard());
    let may_order = use_may(Permission::OrdersWrite);
    let creating = RwSignal::new(false);
    let create = move || {
        may_order.get().then(|| {
            view! {
                <Button variant=Variant::Primary icon=IconName::Plus on_click=move || creating.set(true)>
                    {t.orders_new()}
                </Button>
            }
        })
    };
    let waiting = || {
        view! {
            <Skeleton count=3 />
            <Skeleton shape=SkeletonShape::Tiles count=4 />
            <Skeleton shape=SkeletonShape::Block count=1 />
        }
    };
    view! {
        <Screen title=t.nav_dashboard() actions=move || create>
            <Followed resource=dashboard skeleton=waiting let:data>
                <attention::AttentionCard data=data />
                <tiles::Tiles data=data />
                <div class="home-columns">
                    <charts::ChatsByHour data=data />
                    <strips::Connections data=data />
                </div>
                <div class="home-columns">
                    <charts::ByDay data=data />
                    <strips::Recent data=data />
                </div>
            </Followed>
            <OrderDialog open=creating />
        </Screen>
    }
    .into_any()
}
