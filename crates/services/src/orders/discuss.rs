//! Comments and files of an order.

use crate::{ApiError, Cx, ErrorCode, Result, Work, validate};
use domain::access::Permission;
use domain::ids::{CommentId, FileId, OrderId};
use domain::views::{CommentView, OrderCard};
use serde_json::json;
use store::sight::Thing;

/// Writes a comment.
pub async fn comment(cx: &Cx, id: OrderId, text: &str) -> Result<CommentView> {
    cx.allow(Permission::OrdersWrite)?;
    let mut work = cx.work().await?;
    let comment = comment_in(cx, &mut work, id, text).await?;
    work.commit().await?;
    let comments = store::orders::comments(cx.db(), cx.organisation, id).await?;
    Ok(comments.into_iter().find(|c| c.id == comment).ok_or(ErrorCode::NotFound)?)
}

/// The same inside a unit of work.
pub(crate) async fn comment_in(cx: &Cx, work: &mut Work, id: OrderId, text: &str) -> Result<CommentId> {
    let text = validate::required("text", text, 5_000)?;
    cx.sees(work, Thing::Order(id)).await?;
    let order = store::orders::lock(&mut work.tx, cx.organisation, id).await?.ok_or(ErrorCode::NotFound)?;
    let comment: CommentId = work.id();
    store::orders::insert_comment(&mut work.tx, cx.organisation, id, comment, cx.user(), &text, cx.now).await?;
    work.journal("order_commented", "order", id, json!({"number": order.number})).await?;
    work.hint("orders", id);
    Ok(comment)
}

/// Attaches an uploaded file.
pub async fn attach(cx: &Cx, id: OrderId, file: FileId) -> Result<OrderCard> {
    cx.allow(Permission::OrdersWrite)?;
    let mut work = cx.work().await?;
    cx.sees(&mut work, Thing::Order(id)).await?;
    let order = store::orders::lock(&mut work.tx, cx.organisation, id).await?.ok_or(ErrorCode::NotFound)?;
    let hidden = || ApiError::new(ErrorCode::NotFound).field("file_id");
    cx.sees(&mut work, Thing::File(file)).await.map_err(|_| hidden())?;
    let view = store::files::row(&mut work.tx, cx.organisation, file).await?;
    let view = view.ok_or_else(hidden)?;
    if store::orders::attach(&mut work.tx, cx.organisation, id, file).await? {
        work.journal("order_file", "order", id, json!({"number": order.number, "name": view.name})).await?;
        work.hint("orders", id);
        work.commit().await?;
    }
    super::list::card(cx, id).await
}
