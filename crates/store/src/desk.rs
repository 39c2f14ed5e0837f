//! What a team needs around its chats: whose turn it is, chats set aside or quiet, who is looking, and who was named in a note.

use crate::sight::{Sight, assigned};
use crate::{Db, Engine, Result, Tx};
use domain::access::Presence;
use domain::ids::*;
use domain::routing::Candidate;
use domain::views::{CallView, ViewerView};

// Giving out ---------------------------------------------------------------------------------------------------------

const ORGANISATIONS_IN_LINE: &str = "SELECT o.id FROM organisations o WHERE EXISTS
    (SELECT 1 FROM chats c WHERE c.organisation_id = o.id AND c.assignee_id IS NULL AND c.waiting_since IS NOT NULL)";
const CANDIDATES: &str = "SELECT m.user_id, u.name, m.presence, m.seen_at > 0 AND m.seen_at < $3 AS silent, COALESCE(m.capacity, $2) AS capacity, m.assigned_at,
      (SELECT COUNT(*) FROM chats c WHERE c.organisation_id = m.organisation_id AND c.assignee_id = m.user_id AND c.status <> 'closed'
         AND c.snoozed_until IS NULL) AS open
    FROM members m JOIN users u ON u.id = m.user_id
    WHERE m.organisation_id = $1 AND m.active = TRUE AND m.role IN ('owner', 'admin', 'seller') ORDER BY m.created_at, m.user_id";
const GIVEN: &str = "UPDATE members SET assigned_at = $3 WHERE organisation_id = $1 AND user_id = $2";

/// Organisations in which chats wait that nobody has.
pub async fn organisations_in_line(db: &Db) -> Result<Vec<OrganisationId>> {
    read!(db, c => sqlx::query_scalar::<_, OrganisationId>(ORGANISATIONS_IN_LINE).fetch_all(c))
}
fn line_sql(engine: Engine) -> String {
    format!(
        "SELECT id FROM chats WHERE organisation_id = $1 AND assignee_id IS NULL AND waiting_since IS NOT NULL
           AND snoozed_until IS NULL AND status <> 'closed'
         ORDER BY waiting_since, id LIMIT $2{}",
        engine.for_update_of_free()
    )
}

/// Waiting chats nobody has, who waits longest first; nobody takes or answers them until the transaction ends.
pub async fn line(tx: &mut Tx, organisation: OrganisationId, limit: i64) -> Result<Vec<ChatId>> {
    let sql = line_sql(tx.engine());
    write!(tx, c => sqlx::query_scalar::<_, ChatId>(&sql).bind(organisation).bind(limit).fetch_all(c))
}
/// Members who may answer chats, with what they have; `capacity` is for those who have none of their own, `silent` are those
/// last heard of before that moment.
pub async fn candidates(
    tx: &mut Tx,
    organisation: OrganisationId,
    capacity: i64,
    silent: i64,
) -> Result<Vec<Candidate>> {
    let rows = write!(tx, c => sqlx::query_as::<_, CandidateRow>(CANDIDATES).bind(organisation).bind(capacity).bind(silent).fetch_all(c))?;
    Ok(rows.into_iter().map(candidate).collect())
}
/// The same, only to look.
pub async fn candidates_now(
    db: &Db,
    organisation: OrganisationId,
    capacity: i64,
    silent: i64,
) -> Result<Vec<Candidate>> {
    let rows = read!(db, c => sqlx::query_as::<_, CandidateRow>(CANDIDATES).bind(organisation).bind(capacity).bind(silent).fetch_all(c))?;
    Ok(rows.into_iter().map(candidate).collect())
}

type CandidateRow = (UserId, String, Presence, bool, i64, i64, i64);

fn candidate((user_id, name, presence, silent, capacity, assigned_at, open): CandidateRow) -> Candidate {
    Candidate { user_id, name, presence, silent, open, capacity, assigned_at }
}
/// Notes when a member was last given a chat.
pub async fn given(tx: &mut Tx, organisation: OrganisationId, user: UserId, now: i64) -> Result<()> {
    execute!(tx, GIVEN, organisation, user, now).map(|_| ())
}

// Set aside, quiet ---------------------------------------------------------------------------------------------------

const SNOOZE: &str = "UPDATE chats SET snoozed_until = $3, rev = rev + 1 WHERE organisation_id = $1 AND id = $2";
const WAKE: &str = "UPDATE chats SET snoozed_until = NULL, waiting_since = COALESCE(waiting_since, $2), rev = rev + 1
    WHERE snoozed_until <= $1 RETURNING organisation_id, id";
const SETTINGS: &str = "SELECT id, settings FROM organisations";

/// Sets a chat aside until a moment, or takes it back.
pub async fn snooze(tx: &mut Tx, organisation: OrganisationId, id: ChatId, until: Option<i64>) -> Result<()> {
    execute!(tx, SNOOZE, organisation, id, until).map(|_| ())
}
const ASLEEP: &str = "SELECT COUNT(*) FROM chats WHERE snoozed_until <= $1";

/// Whether anything set aside is due: asked before the writer is.
pub async fn any_asleep(db: &Db, now: i64) -> Result<bool> {
    Ok(read!(db, c => sqlx::query_scalar::<_, i64>(ASLEEP).bind(now).fetch_one(c))? > 0)
}
/// Takes back what was set aside until now; it waits for an answer from now on, unless it did before.
pub async fn wake(tx: &mut Tx, now: i64) -> Result<Vec<(OrganisationId, ChatId)>> {
    write!(tx, c => sqlx::query_as::<_, (OrganisationId, ChatId)>(WAKE).bind(now).bind(now).fetch_all(c))
}
fn quiet_sql(engine: Engine) -> String {
    format!(
        "SELECT c.id FROM chats c WHERE c.organisation_id = $1 AND c.status <> 'closed' AND c.waiting_since IS NULL
           AND c.snoozed_until IS NULL AND c.last_message_at < $2
           AND NOT EXISTS (SELECT 1 FROM later_messages l WHERE l.organisation_id = c.organisation_id AND l.chat_id = c.id AND l.state = 'waiting')
         ORDER BY c.last_message_at LIMIT $3{}",
        engine.for_update_of_free()
    )
}

/// Open chats in which nobody wrote since a moment, nobody waits, and nothing is planned; so it stays until the transaction
/// ends.
pub async fn quiet(tx: &mut Tx, organisation: OrganisationId, before: i64, limit: i64) -> Result<Vec<ChatId>> {
    let sql = quiet_sql(tx.engine());
    write!(tx, c => sqlx::query_scalar::<_, ChatId>(&sql).bind(organisation).bind(before).bind(limit).fetch_all(c))
}
/// Every organisation with its settings.
pub async fn settings(db: &Db) -> Result<Vec<(OrganisationId, serde_json::Value)>> {
    read!(db, c => sqlx::query_as::<_, (OrganisationId, serde_json::Value)>(SETTINGS).fetch_all(c))
}

// Looking ------------------------------------------------------------------------------------------------------------

const LOOKING: &str = "INSERT INTO chat_viewers (organisation_id, chat_id, user_id, seen_at, typed_at) VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (organisation_id, chat_id, user_id) DO UPDATE SET seen_at = excluded.seen_at, typed_at = excluded.typed_at";
const WAS_LOOKING: &str =
    "SELECT seen_at, typed_at FROM chat_viewers WHERE organisation_id = $1 AND chat_id = $2 AND user_id = $3";
const LEFT: &str = "DELETE FROM chat_viewers WHERE organisation_id = $1 AND chat_id = $2 AND user_id = $3";
const VIEWERS: &str = "SELECT v.user_id, u.name, v.typed_at >= $4 AS typing FROM chat_viewers v JOIN users u ON u.id = v.user_id
    WHERE v.organisation_id = $1 AND v.chat_id = $2 AND v.seen_at >= $3 AND ($5 IS NULL OR v.user_id <> $5) ORDER BY u.name";
const FORGET_VIEWERS: &str = "DELETE FROM chat_viewers WHERE seen_at < $1";

/// Notes that a member looks at a chat, and when they last typed; answers how it was noted before.
pub async fn looking(
    tx: &mut Tx,
    organisation: OrganisationId,
    chat: ChatId,
    user: UserId,
    (seen_at, typed_at): (i64, i64),
) -> Result<Option<(i64, i64)>> {
    let before = write!(tx, c => sqlx::query_as::<_, (i64, i64)>(WAS_LOOKING).bind(organisation).bind(chat).bind(user).fetch_optional(c))?;
    execute!(tx, LOOKING, organisation, chat, user, seen_at, typed_at)?;
    Ok(before)
}
/// A member looks elsewhere; `false` when it was not known that they looked.
pub async fn left(tx: &mut Tx, organisation: OrganisationId, chat: ChatId, user: UserId) -> Result<bool> {
    Ok(execute!(tx, LEFT, organisation, chat, user)? == 1)
}
/// Who looks at a chat since `seen`, but for one; typing are those who typed since `typed`.
pub async fn viewers(
    db: &Db,
    organisation: OrganisationId,
    chat: ChatId,
    (seen, typed): (i64, i64),
    but: Option<UserId>,
) -> Result<Vec<ViewerView>> {
    read!(db, c => sqlx::query_as::<_, ViewerView>(VIEWERS).bind(organisation).bind(chat).bind(seen).bind(typed).bind(but).fetch_all(c))
}
/// Forgets who looked before a moment.
pub async fn forget_viewers(tx: &mut Tx, before: i64) -> Result<u64> {
    execute!(tx, FORGET_VIEWERS, before)
}

// Calling ------------------------------------------------------------------------------------------------------------

fn calls_sql() -> String {
    format!("SELECT * FROM (
    SELECT m.id AS message_id, m.chat_id, k.name AS contact_name, m.text, FALSE AS mention, m.at
    FROM messages m JOIN chats c ON c.organisation_id = m.organisation_id AND c.id = m.chat_id
      JOIN contacts k ON k.organisation_id = c.organisation_id AND k.id = c.contact_id
    WHERE m.organisation_id = $1 AND m.id > $3 AND m.sender = 'customer' AND (c.assignee_id = $2 OR c.assignee_id IS NULL)
    UNION ALL
    SELECT m.id AS message_id, m.chat_id, k.name AS contact_name, m.text, TRUE AS mention, m.at
    FROM mentions n JOIN messages m ON m.organisation_id = n.organisation_id AND m.id = n.message_id
      JOIN chats c ON c.organisation_id = m.organisation_id AND c.id = m.chat_id
      JOIN contacts k ON k.organisation_id = c.organisation_id AND k.id = c.contact_id
    WHERE n.organisation_id = $1 AND n.user_id = $2 AND n.message_id > $3 AND n.seen_at IS NULL AND {}) AS called
    ORDER BY message_id DESC LIMIT $4", assigned("c", "$5"))
}

/// What calls a member since a message, newest first. Chats of somebody else call by a note alone, as long as they are seen.
pub async fn calls(db: &Db, sight: Sight, user: UserId, after: MessageId, limit: i64) -> Result<Vec<CallView>> {
    let sql = calls_sql();
    read!(db, c => sqlx::query_as::<_, CallView>(&sql).bind(sight.organisation).bind(user).bind(after).bind(limit).bind(sight.viewer).fetch_all(c))
}

// Named --------------------------------------------------------------------------------------------------------------

const MENTION: &str =
    "INSERT INTO mentions (organisation_id, user_id, chat_id, message_id, at) VALUES ($1, $2, $3, $4, $5)";
const MENTIONS_SEEN: &str =
    "UPDATE mentions SET seen_at = $4 WHERE organisation_id = $1 AND user_id = $2 AND chat_id = $3 AND seen_at IS NULL";

/// Somebody was named in a note.
pub async fn mention(
    tx: &mut Tx,
    organisation: OrganisationId,
    user: UserId,
    chat: ChatId,
    message: MessageId,
    now: i64,
) -> Result<()> {
    execute!(tx, MENTION, organisation, user, chat, message, now).map(|_| ())
}
/// A member looked at the notes that name them; `true` when there were new ones.
pub async fn mentions_seen(
    tx: &mut Tx,
    organisation: OrganisationId,
    user: UserId,
    chat: ChatId,
    now: i64,
) -> Result<bool> {
    Ok(execute!(tx, MENTIONS_SEEN, organisation, user, chat, now)? > 0)
}

fn sees_sql() -> String {
    format!(
        "SELECT u.name FROM chats c JOIN members m ON m.organisation_id = c.organisation_id JOIN users u ON u.id = m.user_id
         WHERE c.organisation_id = $1 AND c.id = $2 AND m.user_id = $3 AND m.active = TRUE AND ($4 IS NULL OR {})",
        assigned("c", "$4")
    )
}

/// Name of a member if they see this chat; the viewer of `theirs` is that member where they do not see everything.
pub async fn member_who_sees(tx: &mut Tx, theirs: Sight, chat: ChatId, user: UserId) -> Result<Option<String>> {
    let sql = sees_sql();
    write!(tx, c => sqlx::query_scalar::<_, String>(&sql).bind(theirs.organisation).bind(chat).bind(user).bind(theirs.viewer).fetch_optional(c))
}

/// Statements built at run time, for the test that prepares every statement on both engines.
pub fn built_statements(engine: Engine) -> Vec<String> {
    vec![sees_sql(), line_sql(engine), quiet_sql(engine), calls_sql()]
}
