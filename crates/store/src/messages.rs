//! Messages of chats and the delivery reports about them.

use crate::{Db, Result, Tx};
use domain::chats::{MessageKind, Sender};
use domain::delivery::Delivery;
use domain::ids::*;
use domain::views::MessageView;
use serde_json::Value as Json;

/// A message to write.
#[derive(Clone, Debug)]
pub struct NewMessage {
    pub id: MessageId,
    pub chat: ChatId,
    pub sender: Sender,
    pub author: Option<UserId>,
    pub kind: MessageKind,
    pub text: String,
    pub meta: Json,
    pub file: Option<FileId>,
    pub connection: Option<ConnectionId>,
    pub external_id: Option<String>,
    pub reply_to: Option<MessageId>,
    pub delivery: Option<Delivery>,
    pub job: Option<JobId>,
    pub at: i64,
}

const INSERT: &str = "INSERT INTO messages (organisation_id, id, chat_id, sender, author_id, kind, text, meta, file_id, connection_id, external_id, reply_to, delivery, job_id, reactions, at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
    ON CONFLICT (organisation_id, connection_id, external_id) DO NOTHING";

/// Writes a message; `false` when the provider's id is there already.
pub async fn insert(tx: &mut Tx, organisation: OrganisationId, m: &NewMessage) -> Result<bool> {
    let reactions = Json::Object(Default::default());
    let done = execute!(
        tx,
        INSERT,
        organisation,
        m.id,
        m.chat,
        m.sender,
        m.author,
        m.kind,
        &m.text,
        &m.meta,
        m.file,
        m.connection,
        m.external_id.as_deref(),
        m.reply_to,
        m.delivery,
        m.job,
        &reactions,
        m.at
    )?;
    Ok(done == 1)
}

const SELECT: &str = "SELECT m.id, m.chat_id, m.sender, m.author_id, u.name AS author_name, m.kind, m.text, m.meta, m.file_id, f.name AS file_name, f.mime AS file_mime,
      f.size AS file_size, f.state AS file_state, m.reply_to, m.delivery,
      (SELECT r.at FROM delivery_reports r WHERE r.organisation_id = m.organisation_id AND r.connection_id = m.connection_id AND r.external_id = m.external_id
        AND r.delivery = m.delivery) AS delivery_at, m.error_code, m.error_detail, m.job_id,
      CASE WHEN j.state = 'ready' THEN j.run_at END AS job_run_at, CASE WHEN j.state = 'ready' THEN j.attempts END AS job_attempts,
      m.reactions, m.at, m.edited_at, m.revoked_at
    FROM messages m LEFT JOIN users u ON u.id = m.author_id
      LEFT JOIN files f ON f.organisation_id = m.organisation_id AND f.id = m.file_id
      LEFT JOIN jobs j ON j.organisation_id = m.organisation_id AND j.id = m.job_id
    WHERE m.organisation_id = $1 AND m.chat_id = $2";

fn thread_sql() -> String {
    format!("{SELECT} AND ($3 IS NULL OR m.id < $3) ORDER BY m.id DESC LIMIT $4")
}
fn between_sql() -> String {
    format!("{SELECT} AND m.id >= $3 AND m.id < $4 ORDER BY m.id DESC LIMIT $5")
}
fn one_sql() -> String {
    format!("{SELECT} AND m.id = $3")
}

/// One message of a chat.
pub async fn one(db: &Db, organisation: OrganisationId, chat: ChatId, id: MessageId) -> Result<Option<MessageView>> {
    let sql = one_sql();
    read!(db, c => sqlx::query_as::<_, MessageView>(&sql).bind(organisation).bind(chat).bind(id).fetch_optional(c))
}

/// Messages from one to before another, newest first.
pub async fn between(
    db: &Db,
    organisation: OrganisationId,
    chat: ChatId,
    from: MessageId,
    before: MessageId,
    limit: i64,
) -> Result<Vec<MessageView>> {
    let sql = between_sql();
    read!(db, c => sqlx::query_as::<_, MessageView>(&sql).bind(organisation).bind(chat).bind(from).bind(before).bind(limit).fetch_all(c))
}

/// Newest messages first; `before` is the oldest one already shown.
pub async fn thread(
    db: &Db,
    organisation: OrganisationId,
    chat: ChatId,
    before: Option<MessageId>,
    limit: i64,
) -> Result<Vec<MessageView>> {
    let sql = thread_sql();
    read!(db, c => sqlx::query_as::<_, MessageView>(&sql).bind(organisation).bind(chat).bind(before).bind(limit).fetch_all(c))
}

/// Where a message is and how it stands.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct MessageRow {
    pub id: MessageId,
    pub chat_id: ChatId,
    pub sender: Sender,
    pub external_id: Option<String>,
    pub delivery: Option<Delivery>,
    pub job_id: Option<JobId>,
    pub reactions: Json,
}

const BY_EXTERNAL: &str = "SELECT id, chat_id, sender, external_id, delivery, job_id, reactions FROM messages WHERE organisation_id = $1 AND connection_id = $2 AND external_id = $3";
const BY_JOB: &str = "SELECT id, chat_id, sender, external_id, delivery, job_id, reactions FROM messages WHERE organisation_id = $1 AND job_id = $2";
const BY_ID: &str = "SELECT id, chat_id, sender, external_id, delivery, job_id, reactions FROM messages WHERE organisation_id = $1 AND id = $2";

/// By the provider's id.
pub async fn by_external(
    tx: &mut Tx,
    organisation: OrganisationId,
    connection: ConnectionId,
    external_id: &str,
) -> Result<Option<MessageRow>> {
    write!(tx, c => sqlx::query_as::<_, MessageRow>(BY_EXTERNAL).bind(organisation).bind(connection).bind(external_id).fetch_optional(c))
}
/// By the job that sends it.
pub async fn by_job(tx: &mut Tx, organisation: OrganisationId, job: JobId) -> Result<Option<MessageRow>> {
    write!(tx, c => sqlx::query_as::<_, MessageRow>(BY_JOB).bind(organisation).bind(job).fetch_optional(c))
}
/// By our id.
pub async fn by_id(tx: &mut Tx, organisation: OrganisationId, id: MessageId) -> Result<Option<MessageRow>> {
    write!(tx, c => sqlx::query_as::<_, MessageRow>(BY_ID).bind(organisation).bind(id).fetch_optional(c))
}

const SET_DELIVERY: &str = "UPDATE messages SET external_id = COALESCE(external_id, $3), delivery = $4, error_code = $5, error_detail = $6 WHERE organisation_id = $1 AND id = $2";

/// Writes where the message stands.
pub async fn set_delivery(
    tx: &mut Tx,
    organisation: OrganisationId,
    id: MessageId,
    external_id: Option<&str>,
    delivery: Delivery,
    code: Option<&str>,
    detail: Option<&str>,
) -> Result<()> {
    execute!(tx, SET_DELIVERY, organisation, id, external_id, delivery, code, detail).map(|_| ())
}

const REPORT: &str = "INSERT INTO delivery_reports (organisation_id, connection_id, external_id, delivery, reference, at, code, detail) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
    ON CONFLICT (organisation_id, connection_id, external_id, delivery) DO NOTHING";

/// A delivery report as it came.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Report {
    pub delivery: Delivery,
    pub reference: Option<String>,
    pub at: i64,
    pub code: Option<String>,
    pub detail: Option<String>,
}

/// Keeps a report; `false` when it was there.
pub async fn insert_report(
    tx: &mut Tx,
    organisation: OrganisationId,
    connection: ConnectionId,
    external_id: &str,
    r: &Report,
) -> Result<bool> {
    Ok(execute!(
        tx,
        REPORT,
        organisation,
        connection,
        external_id,
        r.delivery,
        r.reference.as_deref(),
        r.at,
        r.code.as_deref(),
        r.detail.as_deref()
    )? == 1)
}

const REPORTS: &str = "SELECT delivery, reference, at, code, detail FROM delivery_reports WHERE organisation_id = $1 AND connection_id = $2 AND external_id = $3 ORDER BY at";

/// Reports about a message, oldest first.
pub async fn reports(
    tx: &mut Tx,
    organisation: OrganisationId,
    connection: ConnectionId,
    external_id: &str,
) -> Result<Vec<Report>> {
    write!(tx, c => sqlx::query_as::<_, Report>(REPORTS).bind(organisation).bind(connection).bind(external_id).fetch_all(c))
}

const EDIT: &str = "UPDATE messages SET text = $3, edited_at = $4, searchable = FALSE WHERE organisation_id = $1 AND id = $2 AND COALESCE(edited_at, 0) < $4";
const REVOKE: &str = "UPDATE messages SET revoked_at = $3, searchable = FALSE WHERE organisation_id = $1 AND id = $2";
const REACT: &str = "UPDATE messages SET reactions = $3 WHERE organisation_id = $1 AND id = $2";

/// The writer changed it; an older change that comes late is left out.
pub async fn edit(tx: &mut Tx, organisation: OrganisationId, id: MessageId, text: &str, at: i64) -> Result<()> {
    execute!(tx, EDIT, organisation, id, text, at).map(|_| ())
}
/// The writer took it back; the text stays for us, marked.
pub async fn revoke(tx: &mut Tx, organisation: OrganisationId, id: MessageId, at: i64) -> Result<()> {
    execute!(tx, REVOKE, organisation, id, at).map(|_| ())
}
/// Replaces the reactions.
pub async fn set_reactions(tx: &mut Tx, organisation: OrganisationId, id: MessageId, reactions: &Json) -> Result<()> {
    execute!(tx, REACT, organisation, id, reactions).map(|_| ())
}

const LAST_INBOUND: &str = "SELECT external_id FROM messages WHERE organisation_id = $1 AND chat_id = $2 AND sender = 'customer' AND external_id IS NOT NULL ORDER BY id DESC LIMIT 1";

/// Provider's id of the customer's newest message (to mark the chat read there).
pub async fn last_inbound(tx: &mut Tx, organisation: OrganisationId, chat: ChatId) -> Result<Option<String>> {
    write!(tx, c => sqlx::query_scalar::<_, String>(LAST_INBOUND).bind(organisation).bind(chat).fetch_optional(c))
}

const FILE_MESSAGES: &str = "SELECT chat_id FROM messages WHERE organisation_id = $1 AND file_id = $2";

/// Chats that show a file.
pub async fn chats_of_file(tx: &mut Tx, organisation: OrganisationId, file: FileId) -> Result<Vec<ChatId>> {
    write!(tx, c => sqlx::query_scalar::<_, ChatId>(FILE_MESSAGES).bind(organisation).bind(file).fetch_all(c))
}

/// Statements built at run time, for the test that prepares every statement on both engines.
pub fn built_statements(_: crate::Engine) -> Vec<String> {
    vec![thread_sql(), between_sql(), one_sql()]
}

const LET_GO: &str = "UPDATE messages SET job_id = NULL WHERE organisation_id = $1 AND id = $2 AND job_id = $3";

/// A message lets go of its job, because a new one goes out instead; `false` when somebody was faster.
pub async fn let_go(tx: &mut Tx, organisation: OrganisationId, id: MessageId, job: JobId) -> Result<bool> {
    Ok(execute!(tx, LET_GO, organisation, id, job)? == 1)
}

const ANSWERED_SINCE: &str = "SELECT u.name FROM messages m JOIN users u ON u.id = m.author_id
    WHERE m.organisation_id = $1 AND m.chat_id = $2 AND m.id > $3 AND m.sender = 'member' AND m.kind <> 'note' AND m.author_id <> $4
    ORDER BY m.id LIMIT 1";

/// Name of a colleague who answered after a message.
pub async fn answered_since(
    tx: &mut Tx,
    organisation: OrganisationId,
    chat: ChatId,
    after: MessageId,
    but: UserId,
) -> Result<Option<String>> {
    write!(tx, c => sqlx::query_scalar::<_, String>(ANSWERED_SINCE).bind(organisation).bind(chat).bind(after).bind(but).fetch_optional(c))
}
