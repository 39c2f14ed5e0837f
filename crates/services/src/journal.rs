//! Reading the journal.

use crate::{Cx, Result, validate};
use domain::access::Permission;
use domain::views::{JournalFilter, JournalView, Page};
use store::journal::LineFilter;

/// Lines, newest first.
pub async fn list(cx: &Cx, f: JournalFilter) -> Result<Page<JournalView>> {
    cx.allow(Permission::JournalRead)?;
    let limit = validate::limit(f.limit);
    let filter = LineFilter {
        before: validate::id_cursor(f.cursor.as_deref())?,
        level: f.level.as_deref(),
        object_kind: f.object_kind.as_deref(),
        object_id: f.object_id.as_deref(),
        cause: None,
    };
    let rows = store::journal::list(cx.db(), cx.organisation, &filter, limit + 1).await?;
    Ok(Page::cut(rows, limit as usize, |line| line.id.to_string()))
}
