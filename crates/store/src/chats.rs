//! Chats and canned replies.

use crate::sight::{Sight, assigned};
use crate::{Db, Engine, Result, Tx};
use domain::access::Role;
use domain::channel::Person;
use domain::chats::{Channel, ChatStatus, MessageKind, Sender};
use domain::ids::*;
use domain::views::{CannedReplyView, ChatCounts, ChatView};
use sqlx::types::Json;

const SELECT: &str = "SELECT c.id, c.contact_id, k.name AS contact_name, k.phone AS contact_phone, c.connection_id, c.channel, c.status, c.assignee_id,
      u.name AS assignee_name, c.waiting_since, c.unread, c.last_message_at, c.last_inbound_at, c.snoozed_until, c.preview, c.preview_kind, c.preview_sender, c.created_at, c.rev
    FROM chats c JOIN contacts k ON k.organisation_id = c.organisation_id AND k.id = c.contact_id LEFT JOIN users u ON u.id = c.assignee_id
    WHERE c.organisation_id = $1";

/// What a list shows; absent fields do not narrow.
#[derive(Clone, Debug, Default)]
pub struct ChatQuery<'a> {
    /// Only chats that wait for an answer, oldest waiting first.
    pub waiting: bool,
    /// Whether it is set aside.
    pub snoozed: Option<bool>,
    /// Only chats with notes that name this member, not looked at yet.
    pub mentions: Option<UserId>,
    pub assignee: Option<UserId>,
    pub unassigned: bool,
    pub closed: Option<bool>,
    pub status: Option<ChatStatus>,
    pub channel: Option<Channel>,
    pub contact: Option<ContactId>,
    /// Folded `LIKE` patterns over the contact, one of which must match.
    pub like: Option<&'a [String; 3]>,
    /// Last row of the page before: sort key and id.
    pub after: Option<(i64, ChatId)>,
}

/// `waiting` sorts by who waits longest, the rest by newest activity.
fn list_sql(waiting: bool) -> String {
    let (key, direction, beyond) =
        if waiting { ("c.waiting_since", "ASC", ">") } else { ("c.last_message_at", "DESC", "<") };
    format!(
        "{SELECT} AND ($2 IS NULL OR c.assignee_id = $2) AND (NOT $3 OR c.assignee_id IS NULL)
          AND ($4 IS NULL OR (c.status = 'closed') = $4) AND ($5 IS NULL OR c.status = $5) AND ($6 IS NULL OR c.channel = $6)
          AND ($7 IS NULL OR c.contact_id = $7) AND ($8 IS NULL OR k.search_text LIKE $8 ESCAPE '\\' OR k.search_text LIKE $15 ESCAPE '\\' OR k.search_text LIKE $16 ESCAPE '\\')
          AND ($9 IS NULL OR {key} {beyond} $9 OR ({key} = $9 AND c.id {beyond} $10)) {} AND {}
          AND ($13 IS NULL OR (c.snoozed_until IS NOT NULL) = $13)
          AND ($14 IS NULL OR EXISTS (SELECT 1 FROM mentions n WHERE n.organisation_id = $1 AND n.user_id = $14 AND n.chat_id = c.id AND n.seen_at IS NULL))
        ORDER BY {key} {direction}, c.id {direction} LIMIT $11",
        if waiting { "AND c.waiting_since IS NOT NULL" } else { "" },
        assigned("c", "$12")
    )
}

/// A page of chats.
pub async fn list(db: &Db, sight: Sight, q: &ChatQuery<'_>, limit: i64) -> Result<Vec<ChatView>> {
    let sql = list_sql(q.waiting);
    let like = |n: usize| q.like.map(|patterns| patterns[n].as_str());
    read!(db, c => sqlx::query_as::<_, ChatView>(&sql).bind(sight.organisation).bind(q.assignee).bind(q.unassigned).bind(q.closed).bind(q.status).bind(q.channel)
        .bind(q.contact).bind(like(0)).bind(q.after.map(|a| a.0)).bind(q.after.map(|a| a.1)).bind(limit).bind(sight.viewer)
        .bind(q.snoozed).bind(q.mentions).bind(like(1)).bind(like(2)).fetch_all(c))
}

fn one_sql() -> String {
    format!("{SELECT} AND c.id = $2 AND {}", assigned("c", "$3"))
}

/// One chat.
pub async fn one(db: &Db, sight: Sight, id: ChatId) -> Result<Option<ChatView>> {
    let sql = one_sql();
    read!(db, c => sqlx::query_as::<_, ChatView>(&sql).bind(sight.organisation).bind(id).bind(sight.viewer).fetch_optional(c))
}

fn counts_sql() -> String {
    format!(
        "SELECT COUNT(CASE WHEN c.snoozed_until IS NULL THEN c.waiting_since END) AS unanswered,
      COUNT(CASE WHEN c.snoozed_until IS NULL AND c.assignee_id = $2 THEN 1 END) AS mine,
      COUNT(CASE WHEN c.snoozed_until IS NULL AND c.assignee_id IS NULL THEN 1 END) AS unassigned, COUNT(c.snoozed_until) AS snoozed,
      (SELECT COUNT(DISTINCT n.chat_id) FROM mentions n JOIN chats nc ON nc.organisation_id = n.organisation_id AND nc.id = n.chat_id
         WHERE n.organisation_id = $1 AND n.user_id = $2 AND n.seen_at IS NULL AND {}) AS mentions
    FROM chats c WHERE c.organisation_id = $1 AND c.status <> 'closed' AND {}",
        assigned("nc", "$3"),
        assigned("c", "$3")
    )
}

/// Numbers on the tabs.
pub async fn counts(db: &Db, sight: Sight, user: Option<UserId>) -> Result<ChatCounts> {
    let sql = counts_sql();
    read!(db, c => sqlx::query_as::<_, ChatCounts>(&sql).bind(sight.organisation).bind(user).bind(sight.viewer).fetch_one(c))
}

/// A chat inside a transaction, with what changes need.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct ChatRow {
    pub id: ChatId,
    pub contact_id: ContactId,
    pub connection_id: ConnectionId,
    pub channel: Channel,
    pub person: Json<Person>,
    pub status: ChatStatus,
    pub assignee_id: Option<UserId>,
    pub waiting_since: Option<i64>,
    pub unread: i64,
    pub last_message_at: i64,
    pub last_inbound_at: Option<i64>,
    pub snoozed_until: Option<i64>,
}

const ROW: &str = "SELECT id, contact_id, connection_id, channel, person, status, assignee_id, waiting_since, unread, last_message_at, last_inbound_at, snoozed_until
    FROM chats WHERE organisation_id = $1 AND id = $2";
const LATEST_OF_CONTACT: &str = "SELECT id FROM chats WHERE organisation_id = $1 AND contact_id = $2 ORDER BY +last_message_at DESC, id DESC LIMIT 1";

fn for_change_sql(engine: Engine) -> String {
    format!("{ROW}{}", engine.for_update())
}
fn rows_of_contact_sql(engine: Engine) -> String {
    format!(
        "SELECT id, contact_id, connection_id, channel, person, status, assignee_id, waiting_since, unread, last_message_at, last_inbound_at, snoozed_until
         FROM chats WHERE organisation_id = $1 AND connection_id = $2 AND contact_id = $3 ORDER BY branch LIMIT 20{}",
        engine.for_update()
    )
}

/// A chat by id, to read.
pub async fn row(tx: &mut Tx, organisation: OrganisationId, id: ChatId) -> Result<Option<ChatRow>> {
    write!(tx, c => sqlx::query_as::<_, ChatRow>(ROW).bind(organisation).bind(id).fetch_optional(c))
}
/// A chat by id, for whoever decides by it what to write: nobody else changes it until the transaction ends.
pub async fn for_change(tx: &mut Tx, organisation: OrganisationId, id: ChatId) -> Result<Option<ChatRow>> {
    let sql = for_change_sql(tx.engine());
    write!(tx, c => sqlx::query_as::<_, ChatRow>(&sql).bind(organisation).bind(id).fetch_optional(c))
}
/// The chats of a contact on a connection, for change: one, and one more for each merged card that had its own.
pub async fn rows_of_contact(
    tx: &mut Tx,
    organisation: OrganisationId,
    connection: ConnectionId,
    contact: ContactId,
) -> Result<Vec<ChatRow>> {
    let sql = rows_of_contact_sql(tx.engine());
    write!(tx, c => sqlx::query_as::<_, ChatRow>(&sql).bind(organisation).bind(connection).bind(contact).fetch_all(c))
}
/// The chat a contact used last.
pub async fn latest_of_contact(
    tx: &mut Tx,
    organisation: OrganisationId,
    contact: ContactId,
) -> Result<Option<ChatId>> {
    write!(tx, c => sqlx::query_scalar::<_, ChatId>(LATEST_OF_CONTACT).bind(organisation).bind(contact).fetch_optional(c))
}

const INSERT: &str = "INSERT INTO chats (organisation_id, id, contact_id, connection_id, channel, person, status, unread, last_message_at, preview, preview_kind, preview_sender, created_at, rev)
    VALUES ($1, $2, $3, $4, $5, $6, 'active', 0, $7, '', 'text', 'customer', $7, 1)";

/// Opens a chat.
pub async fn insert(
    tx: &mut Tx,
    organisation: OrganisationId,
    id: ChatId,
    contact: ContactId,
    connection: ConnectionId,
    channel: Channel,
    person: &Person,
    now: i64,
) -> Result<()> {
    execute!(tx, INSERT, organisation, id, contact, connection, channel, Json(person), now).map(|_| ())
}

/// Newest line of a chat, for the list.
#[derive(Clone, Debug)]
pub struct Line<'a> {
    pub preview: &'a str,
    pub kind: MessageKind,
    pub sender: Sender,
    pub at: i64,
}

const CUSTOMER_WROTE: &str = "UPDATE chats SET person = $3, waiting_since = COALESCE(waiting_since, $4), unread = unread + 1, status = CASE WHEN status = 'closed' THEN 'active' ELSE status END,
      closed_at = NULL, snoozed_until = NULL, last_inbound_at = CASE WHEN COALESCE(last_inbound_at, 0) > $5 THEN last_inbound_at ELSE $5 END,
      last_message_at = CASE WHEN last_message_at > $4 THEN last_message_at ELSE $4 END,
      preview = CASE WHEN last_message_at > $4 THEN preview ELSE $6 END, preview_kind = CASE WHEN last_message_at > $4 THEN preview_kind ELSE $7 END,
      preview_sender = CASE WHEN last_message_at > $4 THEN preview_sender ELSE $8 END, rev = rev + 1
    WHERE organisation_id = $1 AND id = $2";

/// The customer wrote: the chat waits, counts and shows it. `inbound_at` is the provider's time of the message.
pub async fn customer_wrote(
    tx: &mut Tx,
    organisation: OrganisationId,
    id: ChatId,
    person: &Person,
    inbound_at: i64,
    line: &Line<'_>,
) -> Result<()> {
    execute!(
        tx,
        CUSTOMER_WROTE,
        organisation,
        id,
        Json(person),
        line.at,
        inbound_at,
        line.preview,
        line.kind,
        line.sender
    )
    .map(|_| ())
}

const WE_WROTE: &str = "UPDATE chats SET last_message_at = $3, preview = $4, preview_kind = $5, preview_sender = $6,
      waiting_since = CASE WHEN $7 THEN NULL ELSE waiting_since END, unread = CASE WHEN $7 THEN 0 ELSE unread END, rev = rev + 1
    WHERE organisation_id = $1 AND id = $2";

/// We wrote; `answers` when a person did, so that the chat no longer waits.
pub async fn we_wrote(
    tx: &mut Tx,
    organisation: OrganisationId,
    id: ChatId,
    line: &Line<'_>,
    answers: bool,
) -> Result<()> {
    execute!(tx, WE_WROTE, organisation, id, line.at, line.preview, line.kind, line.sender, answers).map(|_| ())
}

const ASSIGN: &str = "UPDATE chats SET assignee_id = $3, rev = rev + 1 WHERE organisation_id = $1 AND id = $2";
const STATUS: &str = "UPDATE chats SET status = $3, closed_at = $4, snoozed_until = CASE WHEN $3 = 'closed' THEN NULL ELSE snoozed_until END, waiting_since = CASE WHEN $3 = 'closed' THEN NULL ELSE waiting_since END,
      unread = CASE WHEN $3 = 'closed' THEN 0 ELSE unread END, rev = rev + 1 WHERE organisation_id = $1 AND id = $2";
const ANSWERED: &str =
    "UPDATE chats SET waiting_since = NULL, unread = 0, rev = rev + 1 WHERE organisation_id = $1 AND id = $2";
const SEEN: &str = "UPDATE chats SET unread = 0, rev = rev + 1 WHERE organisation_id = $1 AND id = $2 AND unread > 0";

/// Gives the chat to a member or to nobody.
pub async fn assign(tx: &mut Tx, organisation: OrganisationId, id: ChatId, user: Option<UserId>) -> Result<()> {
    execute!(tx, ASSIGN, organisation, id, user).map(|_| ())
}
/// Changes the status; closing also ends waiting.
pub async fn set_status(
    tx: &mut Tx,
    organisation: OrganisationId,
    id: ChatId,
    status: ChatStatus,
    closed_at: Option<i64>,
) -> Result<()> {
    execute!(tx, STATUS, organisation, id, status, closed_at).map(|_| ())
}
/// No answer needed.
pub async fn answered(tx: &mut Tx, organisation: OrganisationId, id: ChatId) -> Result<()> {
    execute!(tx, ANSWERED, organisation, id).map(|_| ())
}
/// Somebody looked; `true` when there was something unread.
pub async fn seen(tx: &mut Tx, organisation: OrganisationId, id: ChatId) -> Result<bool> {
    Ok(execute!(tx, SEEN, organisation, id)? == 1)
}

const MEMBER: &str = "SELECT m.role, u.name FROM members m JOIN users u ON u.id = m.user_id WHERE m.organisation_id = $1 AND m.user_id = $2 AND m.active = $3";

/// Role and name of an active member, for assignments.
pub async fn member(tx: &mut Tx, organisation: OrganisationId, user: UserId) -> Result<Option<(Role, String)>> {
    write!(tx, c => sqlx::query_as::<_, (Role, String)>(MEMBER).bind(organisation).bind(user).bind(true).fetch_optional(c))
}

const CANNED: &str =
    "SELECT id, shortcut, title, text, updated_at FROM canned_replies WHERE organisation_id = $1 ORDER BY shortcut";
const SAVE_CANNED: &str = "INSERT INTO canned_replies (organisation_id, id, shortcut, title, text, updated_at) VALUES ($1, $2, $3, $4, $5, $6)
    ON CONFLICT (organisation_id, id) DO UPDATE SET shortcut = excluded.shortcut, title = excluded.title, text = excluded.text, updated_at = excluded.updated_at";
const DELETE_CANNED: &str = "DELETE FROM canned_replies WHERE organisation_id = $1 AND id = $2";

/// All canned replies.
pub async fn canned(db: &Db, organisation: OrganisationId) -> Result<Vec<CannedReplyView>> {
    read!(db, c => sqlx::query_as::<_, CannedReplyView>(CANNED).bind(organisation).fetch_all(c))
}
/// Writes a canned reply.
pub async fn save_canned(tx: &mut Tx, organisation: OrganisationId, reply: &CannedReplyView) -> Result<()> {
    execute!(tx, SAVE_CANNED, organisation, reply.id, &reply.shortcut, &reply.title, &reply.text, reply.updated_at)
        .map(|_| ())
}
/// Removes a canned reply.
pub async fn delete_canned(tx: &mut Tx, organisation: OrganisationId, id: CannedReplyId) -> Result<bool> {
    Ok(execute!(tx, DELETE_CANNED, organisation, id)? == 1)
}

/// Statements built at run time, for the test that prepares every statement on both engines.
pub fn built_statements(engine: Engine) -> Vec<String> {
    vec![list_sql(true), list_sql(false), one_sql(), counts_sql(), for_change_sql(engine), rows_of_contact_sql(engine)]
}
