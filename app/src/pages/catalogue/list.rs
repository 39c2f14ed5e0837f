//! The catalogue as rows.

use super::api::{products_list, products_update};
use super::kind_text;
use crate::door::Fault;
use crate::format::use_format;
use crate::i18n::use_texts;
use crate::pages::lists::{Address, CursorPager, Followed, NewAbove, Refresh, Steady, use_refresh};
use crate::ui::*;
use domain::views::{ListFilter, ProductView, SaveProduct};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// The table with its pages.
#[component]
pub fn ProductList(address: Address, may_write: Signal<bool>) -> impl IntoView {
    let t = use_texts();
    let refresh = use_refresh(["products"]);
    let filter = Memo::new(move |_| ListFilter {
        q: address.get("q"),
        active: match address.get("show").as_deref() {
            Some("all") => None,
            Some("off") => Some(false),
            _ => Some(true),
        },
        cursor: address.get("cursor"),
        limit: None,
    });
    let products = Resource::new(
        move || (refresh.tick(), filter.get()),
        |(_, filter)| async move { products_list(filter.clone()).await.map(|page| (filter, page)) },
    );
    let current = Signal::derive(move || address.get("open"));
    view! {
        <Followed resource=products let:data>
            {
                let list = Signal::derive(move || data.with(|(filter, page)| (filter.clone(), page.items.clone())));
                let steady = Steady::new(list, |product: &ProductView| product.id.to_string());
                let next = Signal::derive(move || data.with(|(_, page)| page.next_cursor.clone()));
                view! {
                    <NewAbove steady=steady>
                        <Table
                            label=t.nav_catalogue()
                            columns=columns(may_write, refresh)
                            rows=steady.rows
                            key=|product: &ProductView| product.id.to_string()
                            on_open=move |id: String| address.set(&[("open", Some(&id))])
                            current=current
                            row_class=|product: &ProductView| if product.active { "" } else { "off" }
                            empty=move || nothing(data.with(|(filter, _)| filter.clone()), address, may_write)
                        />
                    </NewAbove>
                    <CursorPager address=address next=next />
                }
            }
        </Followed>
    }
    .into_any()
}

fn columns(may_write: Signal<bool>, refresh: Refresh) -> Vec<Column<ProductView>> {
    let t = use_texts();
    let format = use_format();
    let name = |product: &ProductView| {
        let picture = match product.image_id {
            Some(id) => view! { <img class="product-picture" src=format!("/files/{id}") alt="" loading="lazy" width="32" height="32" /> }.into_any(),
            None => view! { <span class="product-picture none"><Icon name=IconName::Catalogue /></span> }.into_any(),
        };
        let note = product.description.lines().next().filter(|line| !line.is_empty()).map(str::to_owned);
        view! {
            <span class="product-name">
                {picture}
                <span>{product.name.clone()} {note.map(|note| view! { <small class="ellipsis">{note}</small> })}</span>
            </span>
        }
    };
    let kind = move |product: &ProductView| kind_text(t, product.kind);
    let sku = |product: &ProductView| product.sku.clone().map(|sku| view! { <code>{sku}</code> });
    let price = move |product: &ProductView| {
        let price = format.money(product.price_minor, &product.currency);
        let unit = (!product.unit.is_empty()).then(|| view! { <span class="quiet">" / "{product.unit.clone()}</span> });
        view! { {price}{unit} }
    };
    let active = move |product: &ProductView| view! { <ActiveSwitch product=product.clone() may_write=may_write refresh=refresh /> };
    vec![
        Column::new("name", t.catalogue_name(), name),
        Column::new("kind", t.catalogue_kind(), kind).width("120px"),
        Column::new("sku", t.catalogue_sku(), sku).width("160px"),
        Column::new("price", t.catalogue_price(), price).end().width("180px"),
        Column::new("active", t.catalogue_active(), active).width("130px"),
    ]
}

/// Acts at once; goes back when it is refused.
#[component]
fn ActiveSwitch(product: ProductView, may_write: Signal<bool>, refresh: Refresh) -> impl IntoView {
    let t = use_texts();
    let toasts = use_toasts();
    let on = RwSignal::new(product.active);
    let (id, rev) = (product.id, product.rev);
    let change = move |wanted: bool| {
        on.set(wanted);
        spawn_local(async move {
            let save = SaveProduct { active: Some(wanted), rev: Some(rev), ..Default::default() };
            match products_update(id, save).await {
                Ok(_) => refresh.after_change(),
                Err(Fault(error)) => {
                    toasts.error(&error);
                    let _ = on.try_set(!wanted);
                    refresh.now();
                }
            }
        });
    };
    let word = move || if on.get() { t.catalogue_on() } else { t.catalogue_off() };
    move || match may_write.get() {
        true => view! {
            <span class="product-switch" title=word>
                <Switch checked=on on_change=change label=t.catalogue_switch(&product.name) label_hidden=true />
            </span>
        }
        .into_any(),
        false => view! { <Badge tone=if on.get() { Tone::Success } else { Tone::Neutral }>{word}</Badge> }.into_any(),
    }
}

fn nothing(filter: ListFilter, address: Address, may_write: Signal<bool>) -> AnyView {
    let t = use_texts();
    if filter.q.is_some() {
        return view! {
            <EmptyState icon=IconName::Search title=t.ui_nothing_found() hint=t.ui_nothing_found_hint()>
                <LinkButton href="/catalogue?show=all">{t.lists_reset()}</LinkButton>
            </EmptyState>
        }
        .into_any();
    }
    if filter.active == Some(false) {
        return view! { <EmptyState icon=IconName::Catalogue title=t.catalogue_none_off() hint=t.catalogue_none_off_hint() /> }.into_any();
    }
    let add = may_write.get_untracked().then(|| {
        view! {
            <Button variant=Variant::Primary icon=IconName::Plus on_click=move || address.set(&[("open", Some("new"))])>
                {t.catalogue_add()}
            </Button>
        }
    });
    view! { <EmptyState icon=IconName::Catalogue title=t.catalogue_empty() hint=t.catalogue_empty_hint()>{add}</EmptyState> }.into_any()
}
