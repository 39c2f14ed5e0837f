//! What is known when something happens: the event's own values, and its contact, chat and order as they are at that moment.

use super::offer::WEEKDAYS;
use crate::{Result, Work, contacts, memo, zone};
use domain::ids::*;
use domain::rules::{Facts, Hours};
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;

/// Something rules may start from.
#[derive(Clone, Debug)]
pub struct Occasion {
    /// Trigger (`order.created`).
    pub event: String,
    /// The connection it came from, when a service told it.
    pub connection: Option<ConnectionId>,
    /// What it is about: `order`, `chat`, or the word of a service's own things (`conversation`), and its id.
    pub object: (String, String),
    pub contact: Option<ContactId>,
    pub chat: Option<ChatId>,
    pub order: Option<OrderId>,
    /// Values of the event itself.
    pub fields: BTreeMap<String, Json>,
}

impl Occasion {
    /// Something about an order.
    pub fn order(event: &str, order: &store::orders::OrderRow) -> Self {
        Self {
            event: event.into(),
            connection: None,
            object: ("order".into(), order.id.to_string()),
            contact: Some(order.contact_id),
            chat: order.chat_id,
            order: Some(order.id),
            fields: BTreeMap::new(),
        }
    }
    /// Something about a chat.
    pub fn chat(event: &str, chat: ChatId, contact: ContactId) -> Self {
        Self {
            event: event.into(),
            connection: None,
            object: ("chat".into(), chat.to_string()),
            contact: Some(contact),
            chat: Some(chat),
            order: None,
            fields: BTreeMap::new(),
        }
    }
    /// Something about a client; what is said goes into the chat they used last.
    pub async fn contact(work: &mut Work, event: &str, contact: ContactId) -> Result<Self> {
        Ok(Self {
            event: event.into(),
            connection: None,
            object: ("contact".into(), contact.to_string()),
            contact: Some(contact),
            chat: store::chats::latest_of_contact(&mut work.tx, work.organisation, contact).await?,
            order: None,
            fields: BTreeMap::new(),
        })
    }
    /// With a value of the event.
    pub fn with(mut self, field: &str, value: impl Into<Json>) -> Self {
        self.fields.insert(field.into(), value.into());
        self
    }
}

/// Everything an evaluation may look at, as this transaction sees it.
pub async fn gather(work: &mut Work, occasion: &Occasion) -> Result<Facts> {
    let mut fields = occasion.fields.clone();
    if let Some(id) = occasion.contact {
        fields.extend(contacts::custom::facts(work, id).await?);
    }
    let mut put = |key: &str, value: Json| {
        fields.insert(key.to_owned(), value);
    };
    put("now", json!(work.now));
    if let Some(id) = occasion.contact
        && let Some(row) = store::contacts::row(&mut work.tx, work.organisation, id).await?
    {
        put("contact.name", text(&row.name));
        put("contact.phone", json!(row.phone));
        put("contact.email", json!(row.email));
        put("contact.company", text(&row.company));
        put("contact.city", text(&row.city));
        let past = store::rule_facts::past(&mut work.tx, work.organisation, id, work.now).await?;
        put("contact.tags", json!(store::contacts::tags(&mut work.tx, work.organisation, id).await?));
        put("contact.created_at", json!(past.created_at));
        put("contact.orders", json!(past.orders));
        put("contact.orders_30d", json!(past.orders_30d));
        put("contact.spent", json!(past.spent));
        put("contact.last_order_at", json!(past.last_order_at));
        put("contact.messages_7d", json!(past.messages_7d));
        put("contact.invited_at", json!(past.invited_at));
    }
    let chat = match (occasion.chat, occasion.contact) {
        (Some(chat), _) => Some(chat),
        (None, Some(contact)) => store::chats::latest_of_contact(&mut work.tx, work.organisation, contact).await?,
        (None, None) => None,
    };
    if let Some(id) = chat
        && let Some(row) = store::chats::row(&mut work.tx, work.organisation, id).await?
    {
        put("chat.channel", json!(row.channel));
        put("chat.status", json!(row.status));
        put("chat.assigned", json!(row.assignee_id.is_some()));
        put("chat.last_inbound_at", json!(row.last_inbound_at));
        put("chat.started_by", json!(store::rule_facts::started_by(&mut work.tx, work.organisation, id).await?));
        if let Some(user) = row.assignee_id {
            put("chat.assignee_presence", json!(store::rules::presence(&mut work.tx, work.organisation, user).await?));
        }
    }
    if let Some(id) = occasion.order
        && let Some(row) = store::orders::look(&mut work.tx, work.organisation, id).await?
    {
        put("order.number", json!(row.number));
        put("order.title", text(&row.title));
        put("order.status", json!(row.status));
        put("order.source", json!(row.source));
        put("order.total", json!(row.total_minor));
        put("order.assigned", json!(row.assignee_id.is_some()));
        put("order.deadline_at", json!(row.deadline_at));
        if let Some(user) = row.assignee_id {
            put("order.assignee_presence", json!(store::rules::presence(&mut work.tx, work.organisation, user).await?));
        }
    }
    let organisation = memo::organisation(work).await?;
    let offset_minutes = zone::offset_minutes(&organisation.zone, work.now);
    let day = zone::day(work.now, offset_minutes);
    put("now.weekday", json!(WEEKDAYS[usize::from(day.weekday().number_days_from_monday())]));
    put("now.day", json!(day.day()));
    let hours = Hours { offset_minutes, days: organisation.settings.hours.0 };
    Ok(Facts { at: work.now, hours, fields })
}

/// An empty text is no data.
fn text(text: &str) -> Json {
    if text.trim().is_empty() { Json::Null } else { text.into() }
}
