//! The door of the order pages.

#[cfg(feature = "ssr")]
use crate::door::cx;
use crate::door::{Answer, Door};
use domain::ids::{FileId, OrderId};
use domain::views::*;
use leptos::prelude::*;

/// A page of orders.
#[server(prefix = "/api/ui", endpoint = "orders_list", protocol = Door)]
pub async fn orders_list(filter: OrderFilter) -> Answer<Page<OrderView>> {
    Ok(services::orders::list(&cx()?, &filter).await?)
}

/// Orders by status.
#[server(prefix = "/api/ui", endpoint = "orders_board", protocol = Door)]
pub async fn orders_board(filter: OrderFilter) -> Answer<Vec<BoardLane>> {
    Ok(services::orders::board(&cx()?, &filter).await?)
}

/// One order with everything in its panel.
#[server(prefix = "/api/ui", endpoint = "orders_get", protocol = Door)]
pub async fn orders_get(id: OrderId) -> Answer<OrderCard> {
    Ok(services::orders::get(&cx()?, id).await?)
}

/// Changes an order.
#[server(prefix = "/api/ui", endpoint = "orders_change", protocol = Door)]
pub async fn orders_change(id: OrderId, change: ChangeOrder) -> Answer<()> {
    services::orders::change(&cx()?, id, &change).await?;
    Ok(())
}

/// Adds a comment.
#[server(prefix = "/api/ui", endpoint = "orders_comment", protocol = Door)]
pub async fn orders_comment(id: OrderId, text: String) -> Answer<()> {
    services::orders::comment(&cx()?, id, &text).await?;
    Ok(())
}

/// Attaches an uploaded file.
#[server(prefix = "/api/ui", endpoint = "orders_attach", protocol = Door)]
pub async fn orders_attach(id: OrderId, file: FileId) -> Answer<()> {
    services::orders::attach(&cx()?, id, file).await?;
    Ok(())
}

/// Members an order can be given to.
#[server(prefix = "/api/ui", endpoint = "orders_assignees", protocol = Door)]
pub async fn orders_assignees() -> Answer<Vec<MemberView>> {
    Ok(services::accounts::members::list(&cx()?).await?)
}
