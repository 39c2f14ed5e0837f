//! Orders.

use crate::chats::Channel;
use crate::ids::*;
use crate::orders::{OrderSource, OrderStatus};

crate::macros::view! {
    /// An order in the table, on the board and in a card.
    pub struct OrderView {
        pub id: OrderId,
        pub number: i64,
        pub title: String,
        pub status: OrderStatus,
        pub status_since: i64,
        /// When the order becomes overdue in this status.
        pub deadline_at: Option<i64>,
        pub contact_id: ContactId,
        pub contact_name: String,
        pub contact_phone: Option<String>,
        pub chat_id: Option<ChatId>,
        pub channel: Option<Channel>,
        pub source: OrderSource,
        pub assignee_id: Option<UserId>,
        pub assignee_name: Option<String>,
        pub total_minor: i64,
        pub currency: String,
        pub created_at: i64,
        pub updated_at: i64,
        pub rev: i64,
    }

    /// A line of an order; name and price are those of the moment it was added.
    pub struct OrderItemView {
        pub id: OrderItemId,
        pub product_id: Option<ProductId>,
        pub name: String,
        pub unit: String,
        pub price_minor: i64,
        /// Thousandths: 1,5 = 1500.
        pub quantity_milli: i64,
        pub total_minor: i64,
    }

    /// A step of the status history.
    pub struct OrderStepView {
        pub at: i64,
        pub from_status: Option<OrderStatus>,
        pub to_status: OrderStatus,
        pub reason: String,
        pub actor_name: Option<String>,
    }

    /// A comment of a member.
    pub struct CommentView {
        pub id: CommentId,
        pub author_name: Option<String>,
        pub text: String,
        pub created_at: i64,
    }

    /// A file of an order.
    pub struct FileView {
        pub id: FileId,
        pub name: String,
        pub mime: String,
        pub size: i64,
        pub state: String,
        pub created_at: i64,
    }
}

/// An order with everything in its panel.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct OrderCard {
    #[serde(flatten)]
    pub order: OrderView,
    pub items: Vec<OrderItemView>,
    pub steps: Vec<OrderStepView>,
    pub comments: Vec<CommentView>,
    pub files: Vec<FileView>,
    /// Where the asking person may move it.
    pub next_statuses: Vec<OrderStatus>,
}

/// A line to put into an order: from the catalogue, or free with name and price.
#[derive(Clone, Debug, PartialEq, Default, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default, deny_unknown_fields)]
pub struct NewItem {
    pub product_id: Option<ProductId>,
    pub name: Option<String>,
    pub unit: Option<String>,
    pub price_minor: Option<i64>,
    /// A decimal number with up to three places, greater than zero.
    pub quantity: Option<f64>,
}

/// A new order.
#[derive(Clone, Debug, PartialEq, Default, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default, deny_unknown_fields)]
pub struct NewOrder {
    pub contact_id: Option<ContactId>,
    pub chat_id: Option<ChatId>,
    pub title: Option<String>,
    pub comment: Option<String>,
    pub assignee_id: Option<UserId>,
    pub items: Vec<NewItem>,
}

/// Change of an order. `rev` is the revision the change was made on.
#[derive(Clone, Debug, PartialEq, Default, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default, deny_unknown_fields)]
pub struct ChangeOrder {
    pub title: Option<String>,
    pub status: Option<OrderStatus>,
    /// Why, where the step asks for it.
    pub reason: Option<String>,
    /// `""` takes the assignee away.
    pub assignee_id: Option<String>,
    /// Replaces all lines.
    pub items: Option<Vec<NewItem>>,
    pub rev: Option<i64>,
}

/// Filter of the order list.
#[derive(Clone, Debug, PartialEq, Default, serde::Serialize, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct OrderFilter {
    pub q: Option<String>,
    pub status: Option<OrderStatus>,
    /// All that are not final.
    pub open: Option<bool>,
    pub overdue: Option<bool>,
    pub assignee_id: Option<UserId>,
    pub contact_id: Option<ContactId>,
    /// `number`, `created_at`, `total_minor`, `status_since`; with `-` in front descending. Default `-created_at`.
    pub sort: Option<String>,
    pub cursor: Option<String>,
    pub limit: Option<u32>,
}

/// A column of the board.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct BoardLane {
    pub status: OrderStatus,
    pub count: i64,
    pub total_minor: i64,
    pub orders: Vec<OrderView>,
}
