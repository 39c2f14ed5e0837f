//! What rules may know of a client's past, in one statement each.

use crate::{Result, Tx};
use domain::chats::Sender;
use domain::ids::*;

/// A client's past.
#[derive(Clone, Debug, Default, sqlx::FromRow)]
pub struct Past {
    pub created_at: i64,
    /// Orders but the cancelled ones; their sum in minor units.
    pub orders: i64,
    pub orders_30d: i64,
    pub spent: i64,
    pub last_order_at: Option<i64>,
    /// Messages the client wrote.
    pub messages_7d: i64,
    pub invited_at: Option<i64>,
}

// Written so that SQLite begins with the client, whose rows are few, whether or not it knows the sizes of the tables.
const PAST: &str = "SELECT k.created_at, COUNT(o.id) FILTER (WHERE o.status <> 'cancelled') AS orders,
      COUNT(o.id) FILTER (WHERE o.status <> 'cancelled' AND o.created_at > $3) AS orders_30d,
      CAST(COALESCE(SUM(o.total_minor) FILTER (WHERE o.status <> 'cancelled'), 0) AS BIGINT) AS spent, MAX(o.created_at) AS last_order_at,
      (SELECT COUNT(*) FROM chats c CROSS JOIN messages m WHERE c.organisation_id = k.organisation_id AND c.contact_id = k.id
        AND m.organisation_id = c.organisation_id AND m.chat_id = c.id AND m.sender = 'customer' AND m.id > $4) AS messages_7d,
      (SELECT MAX(i.created_at) FROM invitations i WHERE i.organisation_id = k.organisation_id AND i.contact_id = k.id AND i.state <> 'failed') AS invited_at
    FROM contacts k LEFT JOIN orders o ON o.organisation_id = k.organisation_id AND o.contact_id = k.id
    WHERE k.organisation_id = $1 AND k.id = $2 GROUP BY k.organisation_id, k.id";
const STARTED_BY: &str = "SELECT sender FROM messages WHERE organisation_id = $1 AND chat_id = $2 AND sender <> 'system' ORDER BY id LIMIT 1";
const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// A client's past as it is now.
pub async fn past(tx: &mut Tx, organisation: OrganisationId, contact: ContactId, now: i64) -> Result<Past> {
    let (month, week) = (now - 30 * DAY_MS, MessageId::make((now - 7 * DAY_MS).max(0), &[0; 10]));
    let found = write!(tx, c => sqlx::query_as::<_, Past>(PAST).bind(organisation).bind(contact).bind(month).bind(week).fetch_optional(c))?;
    Ok(found.unwrap_or_default())
}
/// Who wrote the first message of a chat: `customer`, or anybody of us.
pub async fn started_by(tx: &mut Tx, organisation: OrganisationId, chat: ChatId) -> Result<Option<&'static str>> {
    let sender =
        write!(tx, c => sqlx::query_scalar::<_, Sender>(STARTED_BY).bind(organisation).bind(chat).fetch_optional(c))?;
    Ok(sender.map(|sender| if sender == Sender::Customer { "customer" } else { "member" }))
}
