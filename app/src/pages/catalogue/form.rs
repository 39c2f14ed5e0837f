//! The form of one item in a side panel: `open=new` or its id.

use super::api::{products_create, products_get, products_update};
use super::kind_text;
use crate::i18n::use_texts;
use crate::pages::lists::Address;
use crate::pages::upload::{MAX_BYTES, upload};
use crate::session::use_me;
use crate::ui::*;
use domain::ids::{FileId, ProductId};
use domain::views::{ProductKind, ProductView, SaveProduct};
use domain::{ApiError, ErrorCode};
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Opens while the address has `open`.
#[component]
pub fn ProductDrawer(address: Address, may_write: Signal<bool>) -> impl IntoView {
    let t = use_texts();
    let (open, item) = address.layer("open");
    let title = Signal::derive(move || match item.get().as_deref() {
        Some("new") | None => t.catalogue_new_title(),
        Some(_) => t.catalogue_edit_title(),
    });
    let close = Callback::new(move |()| open.set(false));
    // Chosen files live in the browser's own thread; the server must not touch them.
    let awake = RwSignal::new(false);
    Effect::new(move |_| awake.set(true));
    let panel = move || {
        item.get().filter(|_| awake.get()).map(|id| match (id.as_str(), id.parse::<ProductId>()) {
            ("new", _) => view! { <ProductForm stored=None may_write=may_write close=close /> }.into_any(),
            (_, Ok(id)) => view! { <Stored id=id may_write=may_write close=close /> }.into_any(),
            _ => view! { <LoadError error=ApiError::new(ErrorCode::NotFound) /> }.into_any(),
        })
    };
    view! { <Drawer open=open title=title>{panel}</Drawer> }.into_any()
}

/// Loaded once: what is being typed must not be overwritten by live changes.
#[component]
fn Stored(id: ProductId, may_write: Signal<bool>, close: Callback<()>) -> impl IntoView {
    let product = Resource::new(|| (), move |()| products_get(id));
    view! {
        <Loaded resource=product skeleton=|| view! { <Skeleton shape=SkeletonShape::Form count=7 /> } let:product>
            <ProductForm stored=Some(product) may_write=may_write close=close />
        </Loaded>
    }
    .into_any()
}

#[component]
fn ProductForm(stored: Option<ProductView>, may_write: Signal<bool>, close: Callback<()>) -> impl IntoView {
    let t = use_texts();
    let toasts = use_toasts();
    let me = use_me();
    let id = stored.as_ref().map(|p| p.id);
    let currency = stored
        .as_ref()
        .map_or_else(|| me.with_untracked(|me| me.organisation.currency.clone()), |p| p.currency.clone());
    let text =
        |read: fn(&ProductView) -> &str| RwSignal::new(stored.as_ref().map(|p| read(p).to_owned()).unwrap_or_default());
    let kind = RwSignal::new(stored.as_ref().map_or(ProductKind::Product, |p| p.kind).as_str().to_owned());
    let name = text(|p| &p.name);
    let description = text(|p| &p.description);
    let sku = text(|p| p.sku.as_deref().unwrap_or_default());
    let unit = text(|p| &p.unit);
    let price = RwSignal::new(stored.as_ref().map(|p| p.price_minor));
    let active = RwSignal::new(stored.as_ref().is_none_or(|p| p.active));
    let rev = RwSignal::new(stored.as_ref().map(|p| p.rev));
    let image = RwSignal::new(stored.as_ref().and_then(|p| p.image_id));
    let picked = RwSignal::new(Vec::<Picked>::new());
    let typed = move || (kind.get(), name.get(), description.get(), sku.get(), unit.get(), price.get(), active.get());
    let untouched = StoredValue::new(untrack(typed));
    let dirty =
        Signal::derive(move || untouched.with_value(|old| *old != typed()) || picked.with(|list| !list.is_empty()));
    let error = RwSignal::new(None::<ApiError>);
    let pending = RwSignal::new(false);
    let disabled = Signal::derive(move || !may_write.get());

    let product = move |uploaded: Option<FileId>| SaveProduct {
        kind: kind.get_untracked().parse().ok(),
        name: Some(name.get_untracked()),
        description: Some(description.get_untracked()),
        sku: Some(sku.get_untracked()),
        unit: Some(unit.get_untracked()),
        price_minor: price.get_untracked(),
        currency: None,
        active: Some(active.get_untracked()),
        image_id: uploaded.or(image.get_untracked()),
        rev: rev.get_untracked(),
    };
    let save = move || async move {
        let file = picked.with_untracked(|list| list.first().map(|picked| picked.file.clone()));
        let uploaded = match file {
            Some(file) => Some(upload(&file).await.map_err(|why| why.field("image_id"))?.id),
            None => None,
        };
        let saved = match id {
            Some(id) => products_update(id, product(uploaded)).await,
            None => products_create(product(uploaded)).await,
        };
        saved.map(drop).map_err(ApiError::from)
    };
    let submit = move || {
        if pending.get_untracked() || disabled.get_untracked() {
            return;
        }
        // An absent price would mean «leave it as it is».
        if price.get_untracked().is_none() {
            error.set(Some(ApiError::new(ErrorCode::Required).field("price_minor")));
            return;
        }
        error.set(None);
        pending.set(true);
        spawn_local(async move {
            let answer = save().await;
            let _ = pending.try_set(false);
            match answer {
                Ok(()) => {
                    toasts.success(t.state_saved());
                    close.run(());
                }
                Err(why) => drop(error.try_set(Some(why))),
            }
        });
    };
    // Somebody else saved meanwhile: what is typed stays, and can be written over the newer state.
    let stale = move || error.with(|error| error.as_ref().is_some_and(|e| e.code == ErrorCode::Stale));
    let overwrite = move || {
        rev.set(None);
        submit();
    };
    let picture = move || {
        let id = image.get().filter(|_| picked.with(Vec::is_empty))?;
        Some(view! { <img class="product-image" src=format!("/files/{id}") alt=t.catalogue_image() /> })
    };
    let kinds = Signal::stored(
        ProductKind::ALL.iter().map(|kind| Choice::new(kind.as_str(), kind_text(t, *kind))).collect::<Vec<_>>(),
    );
    view! {
        <Form on_submit=submit error=error dirty=dirty>
            <Field name="name" label=t.catalogue_name() required=true>
                <Input value=name autofocus=true max_length=200 disabled=disabled />
            </Field>
            <FieldRow>
                <Field name="kind" label=t.catalogue_kind()>
                    <Select value=kind choices=kinds disabled=disabled />
                </Field>
                <Field name="sku" label=t.catalogue_sku() help=t.catalogue_sku_help()>
                    <Input value=sku mono=true max_length=64 disabled=disabled />
                </Field>
            </FieldRow>
            <FieldRow>
                <Field name="price_minor" label=t.catalogue_price() required=true>
                    <MoneyInput value=price currency=currency disabled=disabled />
                </Field>
                <Field name="unit" label=t.catalogue_unit() help=t.catalogue_unit_help()>
                    <Input value=unit max_length=20 disabled=disabled />
                </Field>
            </FieldRow>
            <Field name="description" label=t.catalogue_description()>
                <Textarea value=description rows=3 max_length=2000 disabled=disabled />
            </Field>
            <Field name="image_id" label=t.catalogue_image()>
                {picture}
                {move || (!disabled.get()).then(|| view! { <FileDrop files=picked accept="image/*" max_bytes=MAX_BYTES /> })}
            </Field>
            <Checkbox checked=active label=t.catalogue_active_label() note=t.catalogue_active_note() disabled=disabled />
            {move || {
                may_write
                    .get()
                    .then(|| {
                        view! {
                            <FormActions>
                                <Button variant=Variant::Primary submit=true pending=pending>{t.action_save()}</Button>
                                <Button variant=Variant::Ghost on_click=close>{t.action_cancel()}</Button>
                                {move || stale().then(|| view! { <Button on_click=overwrite>{t.catalogue_overwrite()}</Button> })}
                            </FormActions>
                        }
                    })
            }}
        </Form>
    }
    .into_any()
}
