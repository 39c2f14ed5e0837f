//! The catalogue of products and services: table and form. Owns what is shown; checks are the services'.

mod api;
mod form;
mod list;

pub use api::*;

use crate::frame::Screen;
use crate::i18n::use_texts;
use crate::pages::lists::{SearchBox, use_address};
use crate::session::use_may;
use crate::ui::*;
use domain::access::Permission;
use domain::views::ProductKind;
use leptos::prelude::*;
use texts::Texts;

/// The page.
#[component]
pub fn CataloguePage() -> impl IntoView {
    let t = use_texts();
    let address = use_address();
    let may_write = use_may(Permission::ProductsWrite);
    let create = move || {
        may_write.get().then(|| {
            view! {
                <Button variant=Variant::Primary icon=IconName::Plus on_click=move || address.set(&[("open", Some("new"))])>
                    {t.catalogue_new()}
                </Button>
            }
        })
    };
    let shown = Signal::derive(move || address.get("show").unwrap_or_else(|| "active".to_owned()));
    let choose = move |key: String| address.filter("show", if key == "active" { "" } else { &key });
    view! {
        <Screen title=t.nav_catalogue() actions=move || create>
            <Toolbar>
                <Tabs
                    label=t.catalogue_show()
                    tabs=vec![
                        Tab::new("active", t.catalogue_show_active()),
                        Tab::new("off", t.catalogue_show_off()),
                        Tab::new("all", t.state_all()),
                    ]
                    selected=shown
                    on_select=choose
                />
                <SearchBox address=address label=t.catalogue_search() />
            </Toolbar>
            <list::ProductList address=address may_write=may_write />
            <form::ProductDrawer address=address may_write=may_write />
        </Screen>
    }
    .into_any()
}

/// The word of a kind.
pub fn kind_text(t: Texts, kind: ProductKind) -> String {
    match kind {
        ProductKind::Product => t.catalogue_kind_product(),
        ProductKind::Service => t.catalogue_kind_service(),
    }
}
