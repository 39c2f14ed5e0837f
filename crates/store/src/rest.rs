//! Idempotency keys of REST creates: what was asked under a key and what was answered.

use crate::{Db, Result, Tx};
use domain::ids::OrganisationId;

/// What is known under a key. Without status the first request is still at work.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct KeyRow {
    pub request_hash: String,
    pub status: Option<i64>,
    pub body: Option<String>,
    pub created_at: i64,
}

const BEGIN: &str = "INSERT INTO idempotency_keys (organisation_id, key, request_hash, created_at) VALUES ($1, $2, $3, $4)
    ON CONFLICT (organisation_id, key) DO UPDATE SET request_hash = excluded.request_hash, created_at = excluded.created_at,
      status = NULL, body = NULL
    WHERE idempotency_keys.created_at < $6 OR (idempotency_keys.status IS NULL AND idempotency_keys.created_at < $5)";

/// Takes a key; `false` when it is taken. A key whose answer is older than `kept_since` is free again, and so is one
/// without an answer that was taken before `dead_before`: its request died with its process.
pub async fn begin(
    tx: &mut Tx,
    organisation: OrganisationId,
    key: &str,
    request_hash: &str,
    now: i64,
    dead_before: i64,
    kept_since: i64,
) -> Result<bool> {
    Ok(execute!(tx, BEGIN, organisation, key, request_hash, now, dead_before, kept_since)? == 1)
}

const ONE: &str =
    "SELECT request_hash, status, body, created_at FROM idempotency_keys WHERE organisation_id = $1 AND key = $2";

/// What is known under a key.
pub async fn one(db: &Db, organisation: OrganisationId, key: &str) -> Result<Option<KeyRow>> {
    read!(db, c => sqlx::query_as::<_, KeyRow>(ONE).bind(organisation).bind(key).fetch_optional(c))
}

const FINISH: &str = "UPDATE idempotency_keys SET status = $4, body = $5
    WHERE organisation_id = $1 AND key = $2 AND created_at = $3 AND status IS NULL";

/// Keeps the answer for repeats, unless the key was taken over meanwhile.
pub async fn finish(
    tx: &mut Tx,
    organisation: OrganisationId,
    key: &str,
    created_at: i64,
    status: i64,
    body: &str,
) -> Result<bool> {
    Ok(execute!(tx, FINISH, organisation, key, created_at, status, body)? == 1)
}

const ABANDON: &str =
    "DELETE FROM idempotency_keys WHERE organisation_id = $1 AND key = $2 AND created_at = $3 AND status IS NULL";

/// Frees a key under which nothing happened.
pub async fn abandon(tx: &mut Tx, organisation: OrganisationId, key: &str, created_at: i64) -> Result<()> {
    execute!(tx, ABANDON, organisation, key, created_at).map(|_| ())
}

const PRUNE: &str = "DELETE FROM idempotency_keys WHERE created_at < $1";

/// Forgets old keys.
pub async fn prune(tx: &mut Tx, before: i64) -> Result<u64> {
    execute!(tx, PRUNE, before)
}
