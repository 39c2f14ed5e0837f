//! Figures of Сводка. Local days and hours come from an offset the caller gives: a moment plus the offset, divided.

use crate::sight::{Sight, assigned};
use crate::{Db, Result};
use domain::ids::*;

fn orders_by_day_sql() -> String {
    format!(
        "SELECT (o.created_at + $3) / 86400000 AS day, COUNT(*), CAST(SUM(CASE WHEN o.status = 'cancelled' THEN 0 ELSE o.total_minor END) AS BIGINT)
    FROM orders o WHERE o.organisation_id = $1 AND o.created_at >= $2 AND {} GROUP BY 1",
        assigned("o", "$4")
    )
}

/// Per local day: number, orders made, their sum without cancelled ones.
pub async fn orders_by_day(db: &Db, sight: Sight, since: i64, offset: i64) -> Result<Vec<(i64, i64, i64)>> {
    let sql = orders_by_day_sql();
    read!(db, c => sqlx::query_as::<_, (i64, i64, i64)>(&sql).bind(sight.organisation).bind(since).bind(offset).bind(sight.viewer).fetch_all(c))
}

fn orders_between_sql() -> String {
    format!(
        "SELECT COUNT(*), CAST(COALESCE(SUM(CASE WHEN o.status = 'cancelled' THEN 0 ELSE o.total_minor END), 0) AS BIGINT)
    FROM orders o WHERE o.organisation_id = $1 AND o.created_at >= $2 AND o.created_at < $3 AND {}",
        assigned("o", "$4")
    )
}

/// Orders made in a stretch of time and their sum.
pub async fn orders_between(db: &Db, sight: Sight, from: i64, to: i64) -> Result<(i64, i64)> {
    let sql = orders_between_sql();
    read!(db, c => sqlx::query_as::<_, (i64, i64)>(&sql).bind(sight.organisation).bind(from).bind(to).bind(sight.viewer).fetch_one(c))
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

/// Condition over a message's chat; `$1` is the organisation, the viewer stands at `place`.
fn in_seen_chat(place: &str) -> String {
    format!(
        "({place} IS NULL OR EXISTS (SELECT 1 FROM chats c WHERE c.organisation_id = $1 AND c.id = messages.chat_id AND {}))",
        assigned("c", place)
    )
}

fn first_answers_sql() -> String {
    format!(
        "SELECT q.day, (MIN(a.at) - q.asked) / 1000 FROM
      (SELECT chat_id, (at + $4) / 86400000 AS day, MIN(at) AS asked FROM messages
       WHERE organisation_id = $1 AND id >= $5 AND sender = 'customer' AND at >= $2 AND at < $3 AND {} GROUP BY 1, 2) q
      JOIN messages a ON a.organisation_id = $1 AND a.chat_id = q.chat_id AND a.id >= $5 AND a.sender = 'member'
        AND a.at >= q.asked AND a.at < $3 AND (a.at + $4) / 86400000 = q.day
    GROUP BY q.chat_id, q.day, q.asked",
        in_seen_chat("$6")
    )
}

/// Per chat and local day: the day's number and the seconds from the customer's first message to the first answer of a
/// member after it.
pub async fn first_answers(db: &Db, sight: Sight, from: i64, to: i64, offset: i64) -> Result<Vec<(i64, i64)>> {
    let sql = first_answers_sql();
    read!(db, c => sqlx::query_as::<_, (i64, i64)>(&sql).bind(sight.organisation).bind(from).bind(to).bind(offset).bind(first_id(from))
        .bind(sight.viewer).fetch_all(c))
}

fn chats_by_hour_sql() -> String {
    format!(
        "SELECT ((t.asked + $3) / 3600000) % 24 AS hour, COUNT(*) FROM
      (SELECT chat_id, MIN(at) AS asked FROM messages
       WHERE organisation_id = $1 AND id >= $4 AND sender = 'customer' AND at >= $2 AND {} GROUP BY chat_id) t GROUP BY 1",
        in_seen_chat("$5")
    )
}

/// Chats in which a customer wrote since a time, by the local hour of their first message.
pub async fn chats_by_hour(db: &Db, sight: Sight, since: i64, offset: i64) -> Result<Vec<(i64, i64)>> {
    let sql = chats_by_hour_sql();
    read!(db, c => sqlx::query_as::<_, (i64, i64)>(&sql).bind(sight.organisation).bind(since).bind(offset).bind(first_id(since)).bind(sight.viewer).fetch_all(c))
}

fn overdue_sql() -> String {
    format!(
        "SELECT o.id, o.number, o.title, o.deadline_at FROM orders o
    WHERE o.organisation_id = $1 AND o.deadline_at < $2 AND o.status NOT IN ('delivered', 'cancelled') AND {} ORDER BY o.deadline_at LIMIT $3",
        assigned("o", "$4")
    )
}

/// Orders past their deadline, longest first: id, number, title, deadline.
pub async fn overdue_orders(db: &Db, sight: Sight, now: i64, limit: i64) -> Result<Vec<(OrderId, i64, String, i64)>> {
    let sql = overdue_sql();
    read!(db, c => sqlx::query_as::<_, (OrderId, i64, String, i64)>(&sql).bind(sight.organisation).bind(now).bind(limit).bind(sight.viewer).fetch_all(c))
}

fn long_waits_sql() -> String {
    format!(
        "SELECT c.id, k.name, c.waiting_since FROM chats c JOIN contacts k ON k.organisation_id = c.organisation_id AND k.id = c.contact_id
    WHERE c.organisation_id = $1 AND c.waiting_since < $2 AND {} ORDER BY c.waiting_since LIMIT $3",
        assigned("c", "$4")
    )
}

/// Chats that wait since before a time, longest first: id, name, since.
pub async fn long_waits(db: &Db, sight: Sight, before: i64, limit: i64) -> Result<Vec<(ChatId, String, i64)>> {
    let sql = long_waits_sql();
    read!(db, c => sqlx::query_as::<_, (ChatId, String, i64)>(&sql).bind(sight.organisation).bind(before).bind(limit).bind(sight.viewer).fetch_all(c))
}

/// Statements built at run time, for the test that prepares every statement on both engines.
pub fn built_statements(_: crate::Engine) -> Vec<String> {
    vec![
        orders_by_day_sql(),
        orders_between_sql(),
        first_answers_sql(),
        chats_by_hour_sql(),
        overdue_sql(),
        long_waits_sql(),
    ]
}
