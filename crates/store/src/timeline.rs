//! What the timeline of a client is made of, one statement for each kind of entry, all by index and newest first. What came
//! before a place is asked for by the id that place would have: ids grow with time.

use crate::sight::{Sight, assigned, contact as seen};
use crate::{Db, Result};
use domain::chats::{Channel, MessageKind, Sender};
use domain::ids::*;
use domain::views::{InvitationMoment, JournalView, OrderMoment, RunMoment};

fn chats_sql() -> String {
    format!(
        "SELECT c.id, c.channel FROM chats c WHERE c.organisation_id = $1 AND c.contact_id = $2 AND {} ORDER BY c.created_at, c.id LIMIT 50",
        assigned("c", "$3")
    )
}

/// Chats of a client that these eyes see.
pub async fn chats(db: &Db, sight: Sight, contact: ContactId) -> Result<Vec<(ChatId, Channel)>> {
    let sql = chats_sql();
    read!(db, c => sqlx::query_as::<_, (ChatId, Channel)>(&sql).bind(sight.organisation).bind(contact).bind(sight.viewer).fetch_all(c))
}

/// A message, as far as days are made of it.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Said {
    pub id: MessageId,
    pub sender: Sender,
    pub kind: MessageKind,
    pub text: String,
    pub at: i64,
}

const SAID: &str = "SELECT m.id, m.sender, m.kind, substr(m.text, 1, 300) AS text, m.at FROM messages m
    WHERE m.organisation_id = $1 AND m.chat_id = $2 AND m.id < $3 AND m.kind <> 'notice' ORDER BY m.id DESC LIMIT $4";
const SAID_BETWEEN: &str = "SELECT COUNT(*), COUNT(CASE WHEN m.sender = 'customer' THEN 1 END) FROM messages m
    WHERE m.organisation_id = $1 AND m.chat_id = $2 AND m.id >= $3 AND m.id < $4 AND m.kind <> 'notice'";

/// Messages of a chat before a place.
pub async fn said(
    db: &Db,
    organisation: OrganisationId,
    chat: ChatId,
    before: MessageId,
    limit: i64,
) -> Result<Vec<Said>> {
    read!(db, c => sqlx::query_as::<_, Said>(SAID).bind(organisation).bind(chat).bind(before).bind(limit).fetch_all(c))
}
/// How many messages a chat has between two places, and how many of them the client wrote.
pub async fn said_between(
    db: &Db,
    organisation: OrganisationId,
    chat: ChatId,
    from: MessageId,
    to: MessageId,
) -> Result<(i64, i64)> {
    read!(db, c => sqlx::query_as::<_, (i64, i64)>(SAID_BETWEEN).bind(organisation).bind(chat).bind(from).bind(to).fetch_one(c))
}

const LINES: &str = "SELECT j.id, j.at, j.level, j.code, j.args, j.actor_kind, j.actor_id, u.name AS actor_name, j.object_kind, j.object_id, j.cause_kind, j.cause_id
    FROM journal j LEFT JOIN users u ON u.id = j.actor_id
    WHERE j.organisation_id = $1 AND j.object_kind = $2 AND j.object_id = $3 AND j.id < $4
      AND j.code NOT LIKE 'contact_note%' AND j.code <> 'contact_went' ORDER BY j.id DESC LIMIT $5";

/// Lines of the journal about one thing before a place. Notes stand in the timeline themselves, and what they said before is
/// for the journal; that a card went into another one is told by the other one's line.
pub async fn lines(
    db: &Db,
    organisation: OrganisationId,
    (kind, id): (&str, &str),
    before: JournalId,
    limit: i64,
) -> Result<Vec<JournalView>> {
    read!(db, c => sqlx::query_as::<_, JournalView>(LINES).bind(organisation).bind(kind).bind(id).bind(before).bind(limit).fetch_all(c))
}

fn orders_sql() -> String {
    // CROSS JOIN keeps SQLite from beginning with the steps.
    format!(
        "SELECT s.order_id, s.rev, s.at, o.number, o.title, s.from_status, s.to_status, s.reason, u.name AS actor_name
         FROM orders o CROSS JOIN order_steps s LEFT JOIN users u ON u.id = s.actor_id
         WHERE o.organisation_id = $1 AND o.contact_id = $2 AND s.organisation_id = o.organisation_id AND s.order_id = o.id AND {}
           AND (s.at < $4 OR (s.at = $4 AND s.order_id || '.' || CAST(s.rev AS TEXT) < $5))
         ORDER BY s.at DESC, s.order_id || '.' || CAST(s.rev AS TEXT) DESC LIMIT $6",
        assigned("o", "$3")
    )
}

/// Steps of a client's orders before a place.
pub async fn orders(
    db: &Db,
    sight: Sight,
    contact: ContactId,
    (at, id): (i64, &str),
    limit: i64,
) -> Result<Vec<OrderMoment>> {
    let sql = orders_sql();
    read!(db, c => sqlx::query_as::<_, OrderMoment>(&sql).bind(sight.organisation).bind(contact).bind(sight.viewer).bind(at).bind(id).bind(limit).fetch_all(c))
}

const INVITATIONS: &str = "SELECT i.id, i.state, i.email, i.created_at FROM invitations i
    WHERE i.organisation_id = $1 AND i.contact_id = $2 AND (i.created_at < $3 OR (i.created_at = $3 AND i.id < $4))
    ORDER BY i.created_at DESC, i.id DESC LIMIT $5";

/// Invitations of a client before a place.
pub async fn invitations(
    db: &Db,
    organisation: OrganisationId,
    contact: ContactId,
    (at, before): (i64, InvitationId),
    limit: i64,
) -> Result<Vec<InvitationMoment>> {
    read!(db, c => sqlx::query_as::<_, InvitationMoment>(INVITATIONS).bind(organisation).bind(contact).bind(at).bind(before).bind(limit).fetch_all(c))
}

fn runs_sql() -> String {
    // A run about a colleague's chat or order is theirs, although the client is seen.
    let theirs = |table: &str, row: &str, column: &str| {
        format!(
            "(n.{column} IS NULL OR $3 IS NULL OR EXISTS (SELECT 1 FROM {table} {row}
               WHERE {row}.organisation_id = $1 AND {row}.id = n.{column} AND {}))",
            assigned(row, "$3")
        )
    };
    format!(
        "SELECT n.id, n.rule_id, r.name AS rule_name, n.outcome, n.started_at
         FROM rule_runs n JOIN rules r ON r.organisation_id = n.organisation_id AND r.id = n.rule_id
         WHERE n.organisation_id = $1 AND n.contact_id = $2 AND n.id < $4 AND n.outcome <> 'nothing' AND n.shadow = $6 AND {} AND {} AND {}
         ORDER BY n.id DESC LIMIT $5",
        theirs("chats", "c", "chat_id"),
        theirs("orders", "o", "order_id"),
        seen("n.contact_id", "$3")
    )
}

/// Runs of rules about a client before a place, but those that had nothing to do.
pub async fn runs(db: &Db, sight: Sight, contact: ContactId, before: RunId, limit: i64) -> Result<Vec<RunMoment>> {
    let sql = runs_sql();
    read!(db, c => sqlx::query_as::<_, RunMoment>(&sql).bind(sight.organisation).bind(contact).bind(sight.viewer).bind(before).bind(limit).bind(false).fetch_all(c))
}

/// Statements built at run time, for the test that prepares every statement on both engines.
pub fn built_statements() -> Vec<String> {
    vec![chats_sql(), orders_sql(), runs_sql()]
}
