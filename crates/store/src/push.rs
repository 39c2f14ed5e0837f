//! Browsers that are told what calls their member, the key they subscribed for, and who has a page before their eyes.

use crate::sight::assigned;
use crate::{Db, Result, Tx};
use domain::access::Role;
use domain::chats::MessageKind;
use domain::ids::*;
use domain::views::PushDeviceView;
use serde_json::Value as Json;

// The key of the installation ----------------------------------------------------------------------------------------

const KEY: &str = "SELECT secret FROM push_keys WHERE name = $1";
const INSERT_KEY: &str = "INSERT INTO push_keys (name, secret) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING";
const DELETE_KEY: &str = "DELETE FROM push_keys WHERE name = $1 AND secret = $2";
const DELETE_ALL: &str = "DELETE FROM push_devices";

/// The key of this name, sealed.
pub async fn key(tx: &mut Tx, name: &str) -> Result<Option<Vec<u8>>> {
    write!(tx, c => sqlx::query_scalar::<_, Vec<u8>>(KEY).bind(name).fetch_optional(c))
}
/// Keeps a key unless there is one; another node may have been faster.
pub async fn insert_key(tx: &mut Tx, name: &str, sealed: &[u8]) -> Result<()> {
    execute!(tx, INSERT_KEY, name, sealed).map(drop)
}
/// Parts with a key that nobody can open any more, and with all devices that subscribed for it; works on all organisations.
pub async fn part_with_key(tx: &mut Tx, name: &str, sealed: &[u8]) -> Result<u64> {
    if execute!(tx, DELETE_KEY, name, sealed)? == 0 {
        return Ok(0);
    }
    execute!(tx, DELETE_ALL)
}

// Devices ------------------------------------------------------------------------------------------------------------

/// A device as it is written.
#[derive(Clone, Debug)]
pub struct NewDevice<'a> {
    pub id: PushDeviceId,
    pub user: UserId,
    pub session: SessionId,
    /// Hash of its address.
    pub place: &'a str,
    /// Address and keys, sealed.
    pub secret: &'a [u8],
    pub user_agent: &'a str,
}

const INSERT: &str =
    "INSERT INTO push_devices (organisation_id, id, user_id, session_id, place, secret, user_agent, created_at, failed)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, '')";
const LEAVE: &str = "DELETE FROM push_devices WHERE organisation_id = $1 AND place = $2 AND ($3 IS NULL OR user_id = $3) RETURNING created_at";
const TRIM: &str = "DELETE FROM push_devices WHERE organisation_id = $1 AND user_id = $2 AND id NOT IN
    (SELECT id FROM push_devices WHERE organisation_id = $1 AND user_id = $2 ORDER BY id DESC LIMIT $3)";
const DEVICES: &str = "SELECT id, user_agent, created_at, used_at, failed FROM push_devices WHERE organisation_id = $1 AND user_id = $2 ORDER BY id DESC";
const AT: &str = "SELECT id, session_id FROM push_devices WHERE organisation_id = $1 AND user_id = $2 AND place = $3";
const REMOVE: &str = "DELETE FROM push_devices WHERE organisation_id = $1 AND id = $2 AND ($3 IS NULL OR user_id = $3) RETURNING user_agent";
const REMOVE_OF_MEMBER: &str = "DELETE FROM push_devices WHERE organisation_id = $1 AND user_id = $2";
const ANY: &str = "SELECT COUNT(*) FROM (SELECT 1 FROM push_devices WHERE organisation_id = $1 LIMIT 1) AS r";

/// Writes a device; of one member there are at most so many, the oldest go.
pub async fn insert(
    tx: &mut Tx,
    organisation: OrganisationId,
    device: &NewDevice<'_>,
    most: i64,
    now: i64,
) -> Result<()> {
    let NewDevice { id, user, session, place, secret, user_agent } = *device;
    execute!(tx, INSERT, organisation, id, user, session, place, secret, user_agent, now)?;
    execute!(tx, TRIM, organisation, user, most).map(drop)
}
/// Forgets whoever was reached at a place, or only this member; `true` when there was somebody.
pub async fn leave(tx: &mut Tx, organisation: OrganisationId, place: &str, user: Option<UserId>) -> Result<bool> {
    let left =
        write!(tx, c => sqlx::query_scalar::<_, i64>(LEAVE).bind(organisation).bind(place).bind(user).fetch_all(c))?;
    Ok(!left.is_empty())
}
/// The devices of a member, newest first.
pub async fn devices(db: &Db, organisation: OrganisationId, user: UserId) -> Result<Vec<PushDeviceView>> {
    read!(db, c => sqlx::query_as::<_, PushDeviceView>(DEVICES).bind(organisation).bind(user).fetch_all(c))
}
/// The device of a member at a place, with the session that switched it on.
pub async fn at(
    db: &Db,
    organisation: OrganisationId,
    user: UserId,
    place: &str,
) -> Result<Option<(PushDeviceId, SessionId)>> {
    read!(db, c => sqlx::query_as::<_, (PushDeviceId, SessionId)>(AT).bind(organisation).bind(user).bind(place).fetch_optional(c))
}
/// Forgets a device (of this member); what browser it was, if it was there.
pub async fn remove(
    tx: &mut Tx,
    organisation: OrganisationId,
    id: PushDeviceId,
    user: Option<UserId>,
) -> Result<Option<String>> {
    write!(tx, c => sqlx::query_scalar::<_, String>(REMOVE).bind(organisation).bind(id).bind(user).fetch_optional(c))
}
/// Forgets all devices of a member.
pub async fn remove_of_member(tx: &mut Tx, organisation: OrganisationId, user: UserId) -> Result<u64> {
    execute!(tx, REMOVE_OF_MEMBER, organisation, user)
}
/// Whether anybody of the organisation has a device at all.
pub async fn any(tx: &mut Tx, organisation: OrganisationId) -> Result<bool> {
    Ok(write!(tx, c => sqlx::query_scalar::<_, i64>(ANY).bind(organisation).fetch_one(c))? > 0)
}

const SENT: &str = "UPDATE push_devices SET used_at = $3, failed = '' WHERE organisation_id = $1 AND id = $2";
const FAILED: &str = "UPDATE push_devices SET failed = $3 WHERE organisation_id = $1 AND id = $2 AND failed <> $3";

/// A notice went to a device.
pub async fn sent(tx: &mut Tx, organisation: OrganisationId, id: PushDeviceId, now: i64) -> Result<()> {
    execute!(tx, SENT, organisation, id, now).map(drop)
}
/// A notice could not go to a device; `false` when that was known.
pub async fn failed(tx: &mut Tx, organisation: OrganisationId, id: PushDeviceId, code: &str) -> Result<bool> {
    Ok(execute!(tx, FAILED, organisation, id, code)? == 1)
}

// Who is called ------------------------------------------------------------------------------------------------------

/// What calls: a word, and whom or what it is about.
#[derive(Clone, Copy, Debug)]
pub struct Call<'a> {
    /// `message`, `mention` or `assigned`.
    pub what: &'a str,
    pub chat: ChatId,
    /// The note that names members.
    pub message: Option<MessageId>,
    /// Only this member.
    pub user: Option<UserId>,
    /// Only this device.
    pub device: Option<PushDeviceId>,
    /// Whoever has had a page before their eyes since then sees it there.
    pub looked_since: i64,
}

/// A device that is called.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Called {
    pub id: PushDeviceId,
    pub secret: Vec<u8>,
    pub role: Role,
    pub language: String,
    /// What the person chose ([`domain::views::NotificationChoices`]).
    pub notifications: Json,
}

/// As [`crate::desk::calls`], looked at from the other side: which devices this calls. Whoever is off shift is not called to
/// chats of nobody: an open page says that somebody is there, a phone in a pocket does not. Whoever has never said
/// where they are is not off shift.
fn called_sql() -> String {
    let narrowed: Vec<String> =
        Role::ALL.iter().filter(|role| role.can_be_narrowed()).map(|role| format!("'{role}'")).collect();
    format!(
        "SELECT d.id, d.secret, m.role, u.language, u.notifications
         FROM push_devices d JOIN members m ON m.organisation_id = d.organisation_id AND m.user_id = d.user_id
           JOIN users u ON u.id = d.user_id
           JOIN chats c ON c.organisation_id = d.organisation_id AND c.id = $2
         WHERE d.organisation_id = $1 AND m.active = TRUE AND ($5 IS NULL OR d.user_id = $5) AND ($6 IS NULL OR d.id = $6)
           AND CASE $3 WHEN 'message' THEN c.waiting_since IS NOT NULL AND (c.assignee_id = d.user_id OR c.assignee_id IS NULL AND (m.presence <> 'offline' OR m.presence_at = m.created_at))
                 WHEN 'assigned' THEN c.assignee_id = d.user_id
                 ELSE EXISTS (SELECT 1 FROM mentions n WHERE n.organisation_id = $1 AND n.user_id = d.user_id AND n.message_id = $4
                        AND n.seen_at IS NULL)
                   AND (m.visibility = 'all' OR m.role NOT IN ({}) OR {}) END
           AND NOT EXISTS (SELECT 1 FROM lookers l WHERE l.organisation_id = $1 AND l.user_id = d.user_id AND l.seen_at >= $7)
         ORDER BY d.id",
        narrowed.join(", "),
        assigned("c", "d.user_id")
    )
}

/// Devices of members whom this calls, who are not looking.
pub async fn called(tx: &mut Tx, organisation: OrganisationId, call: Call<'_>) -> Result<Vec<Called>> {
    let sql = called_sql();
    write!(tx, c => sqlx::query_as::<_, Called>(&sql).bind(organisation).bind(call.chat).bind(call.what).bind(call.message)
        .bind(call.user).bind(call.device).bind(call.looked_since).fetch_all(c))
}
/// The same read outside of a transaction.
pub async fn still_called(db: &Db, organisation: OrganisationId, call: Call<'_>) -> Result<Option<Called>> {
    let sql = called_sql();
    read!(db, c => sqlx::query_as::<_, Called>(&sql).bind(organisation).bind(call.chat).bind(call.what).bind(call.message)
        .bind(call.user).bind(call.device).bind(call.looked_since).fetch_optional(c))
}

const OWN: &str = "SELECT d.id, d.secret, m.role, u.language, u.notifications
    FROM push_devices d JOIN members m ON m.organisation_id = d.organisation_id AND m.user_id = d.user_id JOIN users u ON u.id = d.user_id
    WHERE d.organisation_id = $1 AND d.id = $2 AND m.active = TRUE";

/// A device by itself, for a notice on trial.
pub async fn device(db: &Db, organisation: OrganisationId, id: PushDeviceId) -> Result<Option<Called>> {
    read!(db, c => sqlx::query_as::<_, Called>(OWN).bind(organisation).bind(id).fetch_optional(c))
}

/// What a notice says of a chat: the client's name, and of the message what can be said.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Said {
    pub name: String,
    pub kind: Option<MessageKind>,
    pub text: Option<String>,
    pub at: Option<i64>,
}

const SAID: &str = "SELECT k.name, m.kind, m.text, m.at
    FROM chats c JOIN contacts k ON k.organisation_id = c.organisation_id AND k.id = c.contact_id
      LEFT JOIN messages m ON m.organisation_id = c.organisation_id AND m.id = $3 AND m.chat_id = c.id AND m.revoked_at IS NULL
    WHERE c.organisation_id = $1 AND c.id = $2";

/// What there is to say about a chat and a message in it, which may have been taken back.
pub async fn said(
    db: &Db,
    organisation: OrganisationId,
    chat: ChatId,
    message: Option<MessageId>,
) -> Result<Option<Said>> {
    read!(db, c => sqlx::query_as::<_, Said>(SAID).bind(organisation).bind(chat).bind(message).fetch_optional(c))
}

// Whose page is before their eyes ------------------------------------------------------------------------------------

const LOOKING: &str = "INSERT INTO lookers (organisation_id, user_id, session_id, seen_at) VALUES ($1, $2, $3, $4)
    ON CONFLICT (organisation_id, user_id, session_id) DO UPDATE SET seen_at = excluded.seen_at";
const LOOKED_AWAY: &str = "DELETE FROM lookers WHERE organisation_id = $1 AND user_id = $2 AND session_id = $3";

/// A page of this session is before its member's eyes.
pub async fn looking(
    tx: &mut Tx,
    organisation: OrganisationId,
    user: UserId,
    session: SessionId,
    now: i64,
) -> Result<()> {
    execute!(tx, LOOKING, organisation, user, session, now).map(drop)
}
/// No page of this session is any more.
pub async fn looked_away(tx: &mut Tx, organisation: OrganisationId, user: UserId, session: SessionId) -> Result<()> {
    execute!(tx, LOOKED_AWAY, organisation, user, session).map(drop)
}

/// Statements built at run time, for the test that prepares every statement on both engines.
pub fn built_statements(_: crate::Engine) -> Vec<String> {
    vec![called_sql()]
}
