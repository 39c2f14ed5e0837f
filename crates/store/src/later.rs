//! Messages that are to go out later.

use crate::{Db, Result, Tx};
use domain::ids::*;
use domain::views::{LaterMessageView, LaterState, SaveLater, SendMessage};
use sqlx::types::Json;

const INSERT: &str = "INSERT INTO later_messages (organisation_id, id, chat_id, author_id, body, send_at, unless_answered, state, code, created_at, changed_at, rev)
    VALUES ($1, $2, $3, $4, $5, $6, $7, 'waiting', '', $8, $8, 1)";
const CHANGE: &str = "UPDATE later_messages SET body = $4, send_at = $5, unless_answered = $6, state = 'waiting', code = '', changed_at = $7, rev = rev + 1
    WHERE organisation_id = $1 AND id = $2 AND rev = $3 AND state IN ('waiting', 'failed')";
const END: &str = "UPDATE later_messages SET state = $3, code = $4, changed_at = $5, rev = rev + 1
    WHERE organisation_id = $1 AND id = $2 AND state IN ('waiting', 'failed')";
const ANSWERED: &str =
    "UPDATE later_messages SET state = 'cancelled', code = 'answered', changed_at = $3, rev = rev + 1
    WHERE organisation_id = $1 AND chat_id = $2 AND state = 'waiting' AND unless_answered = TRUE";
const OF_CHAT: &str = "SELECT l.id, l.chat_id, l.author_id, u.name AS author_name, l.body, l.send_at, l.unless_answered, l.state, l.code, l.rev
    FROM later_messages l JOIN users u ON u.id = l.author_id
    WHERE l.organisation_id = $1 AND l.chat_id = $2 AND l.state IN ('waiting', 'failed') ORDER BY l.send_at, l.id LIMIT 100";
const ONE: &str =
    "SELECT chat_id, author_id, body, send_at, state, rev FROM later_messages WHERE organisation_id = $1 AND id = $2";

/// A message for later inside a transaction.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct LaterRow {
    pub chat_id: ChatId,
    pub author_id: UserId,
    pub body: Json<SendMessage>,
    pub send_at: i64,
    pub state: LaterState,
    pub rev: i64,
}

/// One whose time has come.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct DueRow {
    pub organisation_id: OrganisationId,
    pub id: LaterId,
    pub chat_id: ChatId,
    pub author_id: UserId,
    /// A `SendMessage`: what cannot be read must not keep the others waiting.
    pub body: Json<serde_json::Value>,
}

/// Writes a new one.
pub async fn insert(
    tx: &mut Tx,
    organisation: OrganisationId,
    id: LaterId,
    chat: ChatId,
    author: UserId,
    input: &SaveLater,
    now: i64,
) -> Result<()> {
    execute!(
        tx,
        INSERT,
        organisation,
        id,
        chat,
        author,
        Json(&input.message),
        input.send_at,
        input.unless_answered,
        now
    )
    .map(|_| ())
}
/// Changes one that has not gone out, over revision `rev`; `false` when it is over or somebody was faster.
pub async fn change(
    tx: &mut Tx,
    organisation: OrganisationId,
    id: LaterId,
    rev: i64,
    input: &SaveLater,
    now: i64,
) -> Result<bool> {
    let body = Json(&input.message);
    Ok(execute!(tx, CHANGE, organisation, id, rev, body, input.send_at, input.unless_answered, now)? == 1)
}
/// Ends one; `false` when it was over.
pub async fn end(
    tx: &mut Tx,
    organisation: OrganisationId,
    id: LaterId,
    state: LaterState,
    code: &str,
    now: i64,
) -> Result<bool> {
    Ok(execute!(tx, END, organisation, id, state, code, now)? == 1)
}
/// The client wrote: those that were only for silence are over. Answers how many.
pub async fn answered(tx: &mut Tx, organisation: OrganisationId, chat: ChatId, now: i64) -> Result<u64> {
    execute!(tx, ANSWERED, organisation, chat, now)
}
/// Those of a chat that wait or failed, the next first.
pub async fn of_chat(db: &Db, organisation: OrganisationId, chat: ChatId) -> Result<Vec<LaterMessageView>> {
    read!(db, c => sqlx::query_as::<_, LaterMessageView>(OF_CHAT).bind(organisation).bind(chat).fetch_all(c))
}
/// One.
pub async fn one(tx: &mut Tx, organisation: OrganisationId, id: LaterId) -> Result<Option<LaterRow>> {
    write!(tx, c => sqlx::query_as::<_, LaterRow>(ONE).bind(organisation).bind(id).fetch_optional(c))
}

fn due_sql(engine: crate::Engine) -> String {
    let lock = engine.for_update_of_free();
    format!(
        "SELECT organisation_id, id, chat_id, author_id, body FROM later_messages
         WHERE state = 'waiting' AND send_at <= $1 ORDER BY send_at LIMIT 1{lock}"
    )
}

/// The next whose time has come; locked until the transaction ends.
pub async fn due(tx: &mut Tx, now: i64) -> Result<Option<DueRow>> {
    let sql = due_sql(tx.engine());
    write!(tx, c => sqlx::query_as::<_, DueRow>(&sql).bind(now).fetch_optional(c))
}

const ANY_DUE: &str = "SELECT COUNT(*) FROM later_messages WHERE state = 'waiting' AND send_at <= $1";

/// How many are due: asked before the writer is.
pub async fn any_due(db: &Db, now: i64) -> Result<bool> {
    let count = read!(db, c => sqlx::query_scalar::<_, i64>(ANY_DUE).bind(now).fetch_one(c))?;
    Ok(count > 0)
}

/// Statements built at run time, for the test that prepares every statement on both engines.
pub fn built_statements(engine: crate::Engine) -> Vec<String> {
    vec![due_sql(engine)]
}
