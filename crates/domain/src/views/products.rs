//! The catalogue.

use crate::ids::*;

crate::macros::text_enum! {
    /// Product or service.
    pub enum ProductKind {
        Product = "product",
        Service = "service",
    }
}

crate::macros::view! {
    /// An item of the catalogue.
    pub struct ProductView {
        pub id: ProductId,
        pub kind: ProductKind,
        pub name: String,
        pub description: String,
        pub sku: Option<String>,
        /// «шт.», «час», «м²» …
        pub unit: String,
        pub price_minor: i64,
        pub currency: String,
        pub active: bool,
        pub image_id: Option<FileId>,
        pub created_at: i64,
        pub updated_at: i64,
        pub rev: i64,
    }
}

/// An item to create or change. On creation `name` and `price_minor` are required; absent fields stay as they are.
#[derive(Clone, Debug, PartialEq, Default, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default, deny_unknown_fields)]
pub struct SaveProduct {
    pub kind: Option<ProductKind>,
    pub name: Option<String>,
    pub description: Option<String>,
    pub sku: Option<String>,
    pub unit: Option<String>,
    pub price_minor: Option<i64>,
    pub currency: Option<String>,
    pub active: Option<bool>,
    pub image_id: Option<FileId>,
    pub rev: Option<i64>,
}
