//! The list and one item.

use crate::{Cx, ErrorCode, Result, validate};
use domain::access::Permission;
use domain::ids::ProductId;
use domain::text::{fold, like_pattern};
use domain::views::{ListFilter, Page, ProductView};

/// A page of items that match the search, newest first.
pub async fn list(cx: &Cx, filter: &ListFilter) -> Result<Page<ProductView>> {
    cx.allow(Permission::ProductsRead)?;
    let before: Option<ProductId> = validate::id_cursor(filter.cursor.as_deref())?;
    let limit = validate::limit(filter.limit);
    let like = filter.q.as_deref().map(fold).filter(|q| !q.is_empty()).map(|q| like_pattern(&q));
    let rows =
        store::products::list(cx.db(), cx.organisation, before, like.as_deref(), filter.active, limit + 1).await?;
    Ok(Page::cut(rows, limit as usize, |row| row.id.to_string()))
}

/// One item.
pub async fn get(cx: &Cx, id: ProductId) -> Result<ProductView> {
    cx.allow(Permission::ProductsRead)?;
    Ok(store::products::one(cx.db(), cx.organisation, id).await?.ok_or(ErrorCode::NotFound)?)
}
