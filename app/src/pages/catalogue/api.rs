//! The door of the catalogue.

#[cfg(feature = "ssr")]
use crate::door::cx;
use crate::door::{Answer, Door};
use domain::ids::ProductId;
use domain::views::*;
use leptos::prelude::*;

/// A page of the catalogue.
#[server(prefix = "/api/ui", endpoint = "products_list", protocol = Door)]
pub async fn products_list(filter: ListFilter) -> Answer<Page<ProductView>> {
    Ok(services::products::list(&cx()?, &filter).await?)
}

/// One item.
#[server(prefix = "/api/ui", endpoint = "products_get", protocol = Door)]
pub async fn products_get(id: ProductId) -> Answer<ProductView> {
    Ok(services::products::get(&cx()?, id).await?)
}

/// A new item.
#[server(prefix = "/api/ui", endpoint = "products_create", protocol = Door)]
pub async fn products_create(product: SaveProduct) -> Answer<ProductView> {
    Ok(services::products::create(&cx()?, &product).await?)
}

/// Changes an item.
#[server(prefix = "/api/ui", endpoint = "products_update", protocol = Door)]
pub async fn products_update(id: ProductId, product: SaveProduct) -> Answer<ProductView> {
    Ok(services::products::update(&cx()?, id, &product).await?)
}
