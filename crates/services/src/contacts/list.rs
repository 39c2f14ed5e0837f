//! The list of contacts, newest first.

use super::search;
use crate::{Cx, Result, validate};
use domain::access::Permission;
use domain::ids::ContactId;
use domain::views::{ContactView, ListFilter, Page};

/// A page of contacts that match the search.
pub async fn list(cx: &Cx, filter: &ListFilter) -> Result<Page<ContactView>> {
    cx.allow(Permission::ContactsRead)?;
    let before: Option<ContactId> = validate::id_cursor(filter.cursor.as_deref())?;
    let limit = validate::limit(filter.limit);
    let like = search::patterns(filter.q.as_deref());
    let rows = store::contacts::list(cx.db(), cx.sight(), before, like.as_ref(), limit + 1).await?;
    Ok(Page::cut(rows, limit as usize, |row| row.id.to_string()))
}
