//! People and how they get in: users, links sent by mail, browser sessions and API keys.
//! Only hashes of links, sessions and keys are stored. Memberships and roles live in `organisations`.

use crate::{Db, Result, Tx};
use domain::ids::*;
use domain::views::{ApiKeyView, SessionView};
use serde_json::Value as Json;

/// A person.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct UserRow {
    pub id: UserId,
    pub email: String,
    pub name: String,
    pub password_hash: String,
    pub language: String,
    pub notifications: Json,
    pub email_confirmed_at: Option<i64>,
    pub created_at: i64,
}

const INSERT_USER: &str = "INSERT INTO users (id, email, email_folded, name, password_hash, language, notifications, email_confirmed_at, created_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";

/// Writes a person; `folded` is the e-mail as it must be unique.
pub async fn insert_user(tx: &mut Tx, user: &UserRow, folded: &str) -> Result<()> {
    execute!(
        tx,
        INSERT_USER,
        user.id,
        &user.email,
        folded,
        &user.name,
        &user.password_hash,
        &user.language,
        &user.notifications,
        user.email_confirmed_at,
        user.created_at
    )
    .map(|_| ())
}

const USER: &str = "SELECT id, email, name, password_hash, language, notifications, email_confirmed_at, created_at FROM users WHERE id = $1";

/// One person.
pub async fn user(db: &Db, id: UserId) -> Result<Option<UserRow>> {
    read!(db, c => sqlx::query_as::<_, UserRow>(USER).bind(id).fetch_optional(c))
}

const USER_BY_EMAIL: &str = "SELECT id, email, name, password_hash, language, notifications, email_confirmed_at, created_at FROM users WHERE email_folded = $1";

/// The person with this folded e-mail.
pub async fn user_by_email(db: &Db, folded: &str) -> Result<Option<UserRow>> {
    read!(db, c => sqlx::query_as::<_, UserRow>(USER_BY_EMAIL).bind(folded).fetch_optional(c))
}

const SET_PROFILE: &str = "UPDATE users SET name = $2, language = $3, notifications = $4 WHERE id = $1";

/// Writes what people change about themselves.
pub async fn set_profile(tx: &mut Tx, id: UserId, name: &str, language: &str, notifications: &Json) -> Result<()> {
    execute!(tx, SET_PROFILE, id, name, language, notifications).map(|_| ())
}

const SET_PASSWORD: &str = "UPDATE users SET password_hash = $2 WHERE id = $1";

/// Writes a new password.
pub async fn set_password(tx: &mut Tx, id: UserId, hash: &str) -> Result<()> {
    execute!(tx, SET_PASSWORD, id, hash).map(|_| ())
}

const CONFIRM_EMAIL: &str = "UPDATE users SET email_confirmed_at = $2 WHERE id = $1 AND email_confirmed_at IS NULL";

/// The address proved to be theirs; `false` when it was known already.
pub async fn confirm_email(tx: &mut Tx, id: UserId, now: i64) -> Result<bool> {
    Ok(execute!(tx, CONFIRM_EMAIL, id, now)? == 1)
}

// Links sent by mail -------------------------------------------------------------------------------------------------

const INSERT_TOKEN: &str =
    "INSERT INTO user_tokens (token_hash, user_id, kind, created_at, expires_at) VALUES ($1, $2, $3, $4, $5)";

/// Remembers a link that was sent.
pub async fn insert_token(tx: &mut Tx, hash: &str, user: UserId, kind: &str, now: i64, expires_at: i64) -> Result<()> {
    execute!(tx, INSERT_TOKEN, hash, user, kind, now, expires_at).map(|_| ())
}

const TOKEN_OWNER: &str =
    "SELECT user_id, used_at FROM user_tokens WHERE token_hash = $1 AND kind = $2 AND expires_at > $3";

/// Whose link this is and when it was used, unless it ran out.
pub async fn token_owner(db: &Db, hash: &str, kind: &str, now: i64) -> Result<Option<(UserId, Option<i64>)>> {
    read!(db, c => sqlx::query_as::<_, (UserId, Option<i64>)>(TOKEN_OWNER).bind(hash).bind(kind).bind(now).fetch_optional(c))
}

const USE_TOKEN: &str = "UPDATE user_tokens SET used_at = $3
    WHERE token_hash = $1 AND kind = $2 AND used_at IS NULL AND expires_at > $3";

/// Uses a link up; `false` when it was used or ran out.
pub async fn use_token(tx: &mut Tx, hash: &str, kind: &str, now: i64) -> Result<bool> {
    Ok(execute!(tx, USE_TOKEN, hash, kind, now)? == 1)
}

const VOID_TOKENS: &str = "DELETE FROM user_tokens WHERE user_id = $1 AND kind = $2 AND used_at IS NULL";

/// Makes the other unused links of this kind worthless.
pub async fn void_tokens(tx: &mut Tx, user: UserId, kind: &str) -> Result<u64> {
    execute!(tx, VOID_TOKENS, user, kind)
}

const DELETE_OLD_TOKENS: &str = "DELETE FROM user_tokens WHERE expires_at <= $1";

/// Forgets links that ran out.
pub async fn delete_old_tokens(tx: &mut Tx, now: i64) -> Result<u64> {
    execute!(tx, DELETE_OLD_TOKENS, now)
}

// Browser sessions ---------------------------------------------------------------------------------------------------

/// A session as it is written.
#[derive(Clone, Debug)]
pub struct SessionRow {
    pub hash: String,
    pub user: Option<UserId>,
    /// JSON text.
    pub data: String,
    pub address: String,
    pub user_agent: String,
    pub expires_at: i64,
}

const INSERT_SESSION: &str =
    "INSERT INTO sessions (id, public_id, user_id, data, address, user_agent, created_at, last_seen_at, expires_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $7, $8)";

/// Writes a new session.
pub async fn insert_session(tx: &mut Tx, public_id: SessionId, s: &SessionRow, now: i64) -> Result<()> {
    execute!(tx, INSERT_SESSION, &s.hash, public_id, s.user, &s.data, &s.address, &s.user_agent, now, s.expires_at)
        .map(|_| ())
}

const UPDATE_SESSION: &str = "UPDATE sessions SET user_id = $2, data = $3, address = $4, user_agent = $5,
        expires_at = CASE WHEN created_at + $7 < $6 THEN created_at + $7 ELSE $6 END WHERE id = $1";

/// Writes the state of a session, which lives no longer than `longest`; `false` when it was revoked meanwhile (it stays
/// revoked).
pub async fn update_session(tx: &mut Tx, s: &SessionRow, longest: i64) -> Result<bool> {
    Ok(execute!(tx, UPDATE_SESSION, &s.hash, s.user, &s.data, &s.address, &s.user_agent, s.expires_at, longest)? == 1)
}

/// A session as it is read.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct StoredSession {
    pub public_id: SessionId,
    pub data: String,
    pub last_seen_at: i64,
    pub expires_at: i64,
}

const SESSION: &str =
    "SELECT public_id, data, last_seen_at, expires_at FROM sessions WHERE id = $1 AND expires_at > $2";

/// A session that has not run out.
pub async fn session(db: &Db, hash: &str, now: i64) -> Result<Option<StoredSession>> {
    read!(db, c => sqlx::query_as::<_, StoredSession>(SESSION).bind(hash).bind(now).fetch_optional(c))
}

const TOUCH_SESSION: &str =
    "UPDATE sessions SET last_seen_at = $2, expires_at = CASE WHEN created_at + $5 < $3 THEN created_at + $5 ELSE $3 END
        WHERE id = $1 AND last_seen_at <= $4";

/// The session was used now, unless that is known since `seen_before`; it lives no longer than `longest`.
pub async fn touch_session(
    tx: &mut Tx,
    hash: &str,
    now: i64,
    expires_at: i64,
    seen_before: i64,
    longest: i64,
) -> Result<bool> {
    Ok(execute!(tx, TOUCH_SESSION, hash, now, expires_at, seen_before, longest)? == 1)
}

const DELETE_SESSION: &str = "DELETE FROM sessions WHERE id = $1";

/// Ends a session.
pub async fn delete_session(tx: &mut Tx, hash: &str) -> Result<()> {
    execute!(tx, DELETE_SESSION, hash).map(|_| ())
}

const SESSIONS: &str = "SELECT public_id AS id, address, user_agent, created_at, last_seen_at FROM sessions
    WHERE user_id = $1 AND expires_at > $2 ORDER BY last_seen_at DESC, public_id";

/// Sessions of a person, the latest used first.
pub async fn sessions(db: &Db, user: UserId, now: i64) -> Result<Vec<SessionView>> {
    read!(db, c => sqlx::query_as::<_, SessionView>(SESSIONS).bind(user).bind(now).fetch_all(c))
}

const REVOKE_SESSION: &str = "DELETE FROM sessions WHERE public_id = $1 AND user_id = $2";

/// Ends one session of a person; `false` when there is none such.
pub async fn revoke_session(tx: &mut Tx, id: SessionId, user: UserId) -> Result<bool> {
    Ok(execute!(tx, REVOKE_SESSION, id, user)? == 1)
}

const REVOKE_SESSIONS: &str = "DELETE FROM sessions WHERE user_id = $1 AND ($2 IS NULL OR id <> $2)";

/// Ends all sessions of a person but one.
pub async fn revoke_sessions(tx: &mut Tx, user: UserId, keep: Option<&str>) -> Result<u64> {
    execute!(tx, REVOKE_SESSIONS, user, keep)
}

const END_ALL_SESSIONS: &str = "DELETE FROM sessions";

/// Ends the sessions of everybody.
pub async fn end_all_sessions(tx: &mut Tx) -> Result<u64> {
    execute!(tx, END_ALL_SESSIONS)
}

const DELETE_OLD_SESSIONS: &str = "DELETE FROM sessions WHERE expires_at <= $1";

/// Forgets sessions that ran out.
pub async fn delete_old_sessions(tx: &mut Tx, now: i64) -> Result<u64> {
    execute!(tx, DELETE_OLD_SESSIONS, now)
}

// API keys -----------------------------------------------------------------------------------------------------------

const INSERT_KEY: &str =
    "INSERT INTO api_keys (organisation_id, id, name, prefix, key_hash, scopes, created_by, created_at, expires_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";

/// Writes a new key.
pub async fn insert_key(
    tx: &mut Tx,
    organisation: OrganisationId,
    key: &ApiKeyView,
    hash: &str,
    created_by: Option<&str>,
) -> Result<()> {
    execute!(
        tx,
        INSERT_KEY,
        organisation,
        key.id,
        &key.name,
        &key.prefix,
        hash,
        &key.scopes,
        created_by,
        key.created_at,
        key.expires_at
    )
    .map(|_| ())
}

const KEYS: &str = "SELECT id, name, prefix, scopes, created_at, expires_at, last_used_at FROM api_keys
    WHERE organisation_id = $1 AND revoked_at IS NULL ORDER BY id DESC";

/// Keys not revoked, newest first.
pub async fn keys(db: &Db, organisation: OrganisationId) -> Result<Vec<ApiKeyView>> {
    read!(db, c => sqlx::query_as::<_, ApiKeyView>(KEYS).bind(organisation).fetch_all(c))
}

const REVOKE_KEY: &str =
    "UPDATE api_keys SET revoked_at = $3 WHERE organisation_id = $1 AND id = $2 AND revoked_at IS NULL
    RETURNING id, name, prefix, scopes, created_at, expires_at, last_used_at";

/// Revokes a key; `None` when there is none such.
pub async fn revoke_key(
    tx: &mut Tx,
    organisation: OrganisationId,
    id: ApiKeyId,
    now: i64,
) -> Result<Option<ApiKeyView>> {
    write!(tx, c => sqlx::query_as::<_, ApiKeyView>(REVOKE_KEY).bind(organisation).bind(id).bind(now).fetch_optional(c))
}

/// What a presented key opens.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct KeyRow {
    pub organisation_id: OrganisationId,
    pub id: ApiKeyId,
    pub scopes: String,
    pub last_used_at: Option<i64>,
}

const KEY: &str = "SELECT organisation_id, id, scopes, last_used_at FROM api_keys
    WHERE key_hash = $1 AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > $2)";

/// The living key with this hash.
pub async fn key(db: &Db, hash: &str, now: i64) -> Result<Option<KeyRow>> {
    read!(db, c => sqlx::query_as::<_, KeyRow>(KEY).bind(hash).bind(now).fetch_optional(c))
}

const TOUCH_KEY: &str = "UPDATE api_keys SET last_used_at = $3 WHERE organisation_id = $1 AND id = $2";

/// The key was used now.
pub async fn touch_key(tx: &mut Tx, organisation: OrganisationId, id: ApiKeyId, now: i64) -> Result<()> {
    execute!(tx, TOUCH_KEY, organisation, id, now).map(|_| ())
}

const EMAIL_OF_MEMBER: &str = "SELECT u.email FROM members m JOIN users u ON u.id = m.user_id
    WHERE m.organisation_id = $1 AND m.user_id = $2 AND m.active";

/// The address of an active member.
pub async fn email_of_member(tx: &mut Tx, organisation: OrganisationId, user: UserId) -> Result<Option<String>> {
    write!(tx, c => sqlx::query_scalar::<_, String>(EMAIL_OF_MEMBER).bind(organisation).bind(user).fetch_optional(c))
}
