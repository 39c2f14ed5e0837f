//! Figures of Сводка. Local days and hours come from an offset the caller gives: a moment plus the offset, divided.

use crate::{Db, Result};
use domain::ids::*;

const ORDERS_BY_DAY: &str = "SELECT (created_at + $3) / 86400000 AS day, COUNT(*), CAST(SUM(CASE WHEN status = 'cancelled' THEN 0 ELSE total_minor END) AS BIGINT)
    FROM orders WHERE organisation_id = $1 AND created_at >= $2 GROUP BY 1";

/// Per local day: number, orders made, their sum without cancelled ones.
pub async fn orders_by_day(
    db: &Db,
    organisation: OrganisationId,
    since: i64,
    offset: i64,
) -> Result<Vec<(i64, i64, i64)>> {
    read!(db, c => sqlx::query_as::<_, (i64, i64, i64)>(ORDERS_BY_DAY).bind(organisation).bind(since).bind(offset).fetch_all(c))
}

const ORDERS_BETWEEN: &str =
    "SELECT COUNT(*), CAST(COALESCE(SUM(CASE WHEN status = 'cancelled' THEN 0 ELSE total_minor END), 0) AS BIGINT)
    FROM orders WHERE organisation_id = $1 AND created_at >= $2 AND created_at < $3";

/// Orders made in a stretch of time and their sum.
pub async fn orders_between(db: &Db, organisation: OrganisationId, from: i64, to: i64) -> Result<(i64, i64)> {
    read!(db, c => sqlx::query_as::<_, (i64, i64)>(ORDERS_BETWEEN).bind(organisation).bind(from).bind(to).fetch_one(c))
}

const JOBS_DONE_BY_DAY: &str = "SELECT (finished_at + $3) / 86400000 AS day, COUNT(*) FROM jobs
    WHERE organisation_id = $1 AND state = 'done' AND finished_at >= $2 GROUP BY 1";

/// Jobs that ended well per local day.
pub async fn jobs_done_by_day(
    db: &Db,
    organisation: OrganisationId,
    since: i64,
    offset: i64,
) -> Result<Vec<(i64, i64)>> {
    read!(db, c => sqlx::query_as::<_, (i64, i64)>(JOBS_DONE_BY_DAY).bind(organisation).bind(since).bind(offset).fetch_all(c))
}

const JOBS_FAILED: &str =
    "SELECT COUNT(*) FROM jobs WHERE organisation_id = $1 AND state = 'dead' AND finished_at >= $2";

/// Jobs given up since a time.
pub async fn jobs_failed_since(db: &Db, organisation: OrganisationId, since: i64) -> Result<i64> {
    read!(db, c => sqlx::query_scalar::<_, i64>(JOBS_FAILED).bind(organisation).bind(since).fetch_one(c))
}

/// Ids of messages grow with the time they were stored; the slack covers a provider's clock that runs ahead.
fn first_id(since: i64) -> MessageId {
    MessageId::make(since - 10 * 60_000, &[0; 10])
}

const FIRST_ANSWERS: &str = "SELECT q.day, (MIN(a.at) - q.asked) / 1000 FROM
      (SELECT chat_id, (at + $4) / 86400000 AS day, MIN(at) AS asked FROM messages
       WHERE organisation_id = $1 AND id >= $5 AND sender = 'customer' AND at >= $2 AND at < $3 GROUP BY 1, 2) q
      JOIN messages a ON a.organisation_id = $1 AND a.chat_id = q.chat_id AND a.id >= $5 AND a.sender = 'member'
        AND a.at >= q.asked AND a.at < $3 AND (a.at + $4) / 86400000 = q.day
    GROUP BY q.chat_id, q.day, q.asked";

/// Per chat and local day: the day's number and the seconds from the customer's first message to the first answer of a
/// member after it.
pub async fn first_answers(
    db: &Db,
    organisation: OrganisationId,
    from: i64,
    to: i64,
    offset: i64,
) -> Result<Vec<(i64, i64)>> {
    read!(db, c => sqlx::query_as::<_, (i64, i64)>(FIRST_ANSWERS).bind(organisation).bind(from).bind(to).bind(offset).bind(first_id(from)).fetch_all(c))
}

const CHATS_BY_HOUR: &str = "SELECT ((t.asked + $3) / 3600000) % 24 AS hour, COUNT(*) FROM
      (SELECT chat_id, MIN(at) AS asked FROM messages
       WHERE organisation_id = $1 AND id >= $4 AND sender = 'customer' AND at >= $2 GROUP BY chat_id) t GROUP BY 1";

/// Chats in which a customer wrote since a time, by the local hour of their first message.
pub async fn chats_by_hour(db: &Db, organisation: OrganisationId, since: i64, offset: i64) -> Result<Vec<(i64, i64)>> {
    read!(db, c => sqlx::query_as::<_, (i64, i64)>(CHATS_BY_HOUR).bind(organisation).bind(since).bind(offset).bind(first_id(since)).fetch_all(c))
}

const OVERDUE: &str = "SELECT id, number, title, deadline_at FROM orders
    WHERE organisation_id = $1 AND deadline_at < $2 AND status NOT IN ('delivered', 'cancelled') ORDER BY deadline_at LIMIT $3";

/// Orders past their deadline, longest first: id, number, title, deadline.
pub async fn overdue_orders(
    db: &Db,
    organisation: OrganisationId,
    now: i64,
    limit: i64,
) -> Result<Vec<(OrderId, i64, String, i64)>> {
    read!(db, c => sqlx::query_as::<_, (OrderId, i64, String, i64)>(OVERDUE).bind(organisation).bind(now).bind(limit).fetch_all(c))
}

const LONG_WAITS: &str = "SELECT c.id, k.name, c.waiting_since FROM chats c JOIN contacts k ON k.organisation_id = c.organisation_id AND k.id = c.contact_id
    WHERE c.organisation_id = $1 AND c.waiting_since < $2 ORDER BY c.waiting_since LIMIT $3";

/// Chats that wait since before a time, longest first: id, name, since.
pub async fn long_waits(
    db: &Db,
    organisation: OrganisationId,
    before: i64,
    limit: i64,
) -> Result<Vec<(ChatId, String, i64)>> {
    read!(db, c => sqlx::query_as::<_, (ChatId, String, i64)>(LONG_WAITS).bind(organisation).bind(before).bind(limit).fetch_all(c))
}
