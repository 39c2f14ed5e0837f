//! Who people are at services they sign in with, and attempts to sign in there. They belong to a person, not to an organisation.

use crate::{Db, Result, Tx};
use domain::ids::*;
use domain::views::WayInView;

/// An attempt under way.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct AttemptRow {
    pub provider: String,
    /// Who adds a way in; nobody where somebody signs in.
    pub user_id: Option<UserId>,
    /// Local address to go on to.
    pub next: String,
    pub created_at: i64,
}

const BEGIN: &str =
    "INSERT INTO sign_in_attempts (id, provider, user_id, next, created_at) VALUES ($1, $2, $3, $4, $5)";
const TAKE: &str = "DELETE FROM sign_in_attempts WHERE id = $1 RETURNING provider, user_id, next, created_at";
const DELETE_OLD: &str = "DELETE FROM sign_in_attempts WHERE created_at <= $1";
const OWNER: &str = "SELECT user_id FROM identities WHERE provider = $1 AND subject = $2";
const INSERT: &str = "INSERT INTO identities (provider, subject, id, user_id, label, created_at, used_at)
    VALUES ($1, $2, $3, $4, $5, $6, $6)";
const TOUCH: &str = "UPDATE identities SET used_at = $4, label = $3 WHERE provider = $1 AND subject = $2";
const OF_USER: &str = "SELECT id, provider, label, created_at, used_at FROM identities
    WHERE user_id = $1 ORDER BY created_at, id";
const LOCK: &str = "UPDATE users SET name = name WHERE id = $1";
const DELETE: &str = "DELETE FROM identities WHERE user_id = $1 AND id = $2";
const DELETE_ALL: &str = "DELETE FROM identities WHERE user_id = $1";
const FORGET: &str =
    "DELETE FROM identities WHERE provider = $1 AND subject = $2 AND created_at <= $3 RETURNING user_id";

/// Remembers an attempt under the hash of its browser's secret.
pub async fn begin(tx: &mut Tx, id: &str, attempt: &AttemptRow) -> Result<()> {
    execute!(tx, BEGIN, id, &attempt.provider, attempt.user_id, &attempt.next, attempt.created_at).map(|_| ())
}

/// Uses an attempt up; `None` when it was used, or never was.
pub async fn take(tx: &mut Tx, id: &str) -> Result<Option<AttemptRow>> {
    write!(tx, c => sqlx::query_as::<_, AttemptRow>(TAKE).bind(id).fetch_optional(c))
}

/// Forgets attempts nobody came back from.
pub async fn delete_old(tx: &mut Tx, until: i64) -> Result<u64> {
    execute!(tx, DELETE_OLD, until)
}

/// Whose identity this is.
pub async fn owner(db: &Db, provider: &str, subject: &str) -> Result<Option<UserId>> {
    read!(db, c => sqlx::query_scalar::<_, UserId>(OWNER).bind(provider).bind(subject).fetch_optional(c))
}

/// Makes it somebody's; refused by the key when it is somebody's already.
pub async fn insert(
    tx: &mut Tx,
    (provider, subject): (&str, &str),
    id: IdentityId,
    user: UserId,
    label: &str,
    now: i64,
) -> Result<()> {
    execute!(tx, INSERT, provider, subject, id, user, label, now).map(|_| ())
}

/// Somebody signed in with it, and is called so there now.
pub async fn touch(tx: &mut Tx, (provider, subject): (&str, &str), label: &str, now: i64) -> Result<()> {
    execute!(tx, TOUCH, provider, subject, label, now).map(|_| ())
}

/// All of a person, the oldest first.
pub async fn of_user(db: &Db, user: UserId) -> Result<Vec<WayInView>> {
    read!(db, c => sqlx::query_as::<_, WayInView>(OF_USER).bind(user).fetch_all(c))
}

/// The same within a change; others who change them wait until it ends.
pub async fn locked(tx: &mut Tx, user: UserId) -> Result<Vec<WayInView>> {
    execute!(tx, LOCK, user)?;
    write!(tx, c => sqlx::query_as::<_, WayInView>(OF_USER).bind(user).fetch_all(c))
}

/// Takes one away; `false` when there is none such.
pub async fn delete(tx: &mut Tx, user: UserId, id: IdentityId) -> Result<bool> {
    Ok(execute!(tx, DELETE, user, id)? == 1)
}

/// Takes all of a person away; answers how many.
pub async fn delete_all(tx: &mut Tx, user: UserId) -> Result<u64> {
    execute!(tx, DELETE_ALL, user)
}

/// Takes one away that stood at a time; answers whose it was.
pub async fn forget(tx: &mut Tx, provider: &str, subject: &str, until: i64) -> Result<Option<UserId>> {
    write!(tx, c => sqlx::query_scalar::<_, UserId>(FORGET).bind(provider).bind(subject).bind(until).fetch_optional(c))
}
