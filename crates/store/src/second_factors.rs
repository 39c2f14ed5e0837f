//! Second factors of people and their recovery codes. They belong to a person, not to an organisation.

use crate::{Db, Result, Tx};
use domain::ids::*;

/// A second factor as it is stored.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct FactorRow {
    /// Sealed by the vault.
    pub secret: Vec<u8>,
    /// Absent while it is being set up.
    pub confirmed_at: Option<i64>,
}

const ONE: &str = "SELECT secret, confirmed_at FROM second_factors WHERE user_id = $1";
const BEGIN: &str =
    "INSERT INTO second_factors (user_id, secret, confirmed_at, last_step, created_at) VALUES ($1, $2, NULL, 0, $3)
    ON CONFLICT (user_id) DO UPDATE SET secret = excluded.secret, last_step = 0, created_at = excluded.created_at
    WHERE second_factors.confirmed_at IS NULL";
const CONFIRM: &str =
    "UPDATE second_factors SET confirmed_at = $2, last_step = $3 WHERE user_id = $1 AND confirmed_at IS NULL";
const STEP: &str =
    "UPDATE second_factors SET last_step = $2 WHERE user_id = $1 AND confirmed_at IS NOT NULL AND last_step < $2";
const DELETE: &str = "DELETE FROM second_factors WHERE user_id = $1";
const CODES_LEFT: &str = "SELECT COUNT(*) FROM recovery_codes WHERE user_id = $1 AND used_at IS NULL";
const CLEAR_CODES: &str = "DELETE FROM recovery_codes WHERE user_id = $1";
const ADD_CODE: &str = "INSERT INTO recovery_codes (user_id, hash) VALUES ($1, $2)";
const USE_CODE: &str = "UPDATE recovery_codes SET used_at = $3 WHERE user_id = $1 AND hash = $2 AND used_at IS NULL";
const REQUIRED: &str = "SELECT second_factor_required FROM organisations WHERE id = $1";
const REQUIRE: &str = "UPDATE organisations SET second_factor_required = $2 WHERE id = $1";

/// The second factor of a person, also one being set up.
pub async fn one(db: &Db, user: UserId) -> Result<Option<FactorRow>> {
    read!(db, c => sqlx::query_as::<_, FactorRow>(ONE).bind(user).fetch_optional(c))
}

/// Keeps a secret that is to be confirmed; `false` when there is a confirmed one already.
pub async fn begin(tx: &mut Tx, user: UserId, secret: &[u8], now: i64) -> Result<bool> {
    Ok(execute!(tx, BEGIN, user, secret, now)? > 0)
}

/// Makes it count, with the step of the code that proved it; `false` when it counts already.
pub async fn confirm(tx: &mut Tx, user: UserId, step: i64, now: i64) -> Result<bool> {
    Ok(execute!(tx, CONFIRM, user, now, step)? > 0)
}

/// Takes the code of a step; `false` when one of it or of a later step was taken already.
pub async fn take_step(tx: &mut Tx, user: UserId, step: i64) -> Result<bool> {
    Ok(execute!(tx, STEP, user, step)? > 0)
}

/// Forgets factor and codes.
pub async fn delete(tx: &mut Tx, user: UserId) -> Result<bool> {
    execute!(tx, CLEAR_CODES, user)?;
    Ok(execute!(tx, DELETE, user)? > 0)
}

/// How many recovery codes are left.
pub async fn codes_left(db: &Db, user: UserId) -> Result<i64> {
    read!(db, c => sqlx::query_scalar::<_, i64>(CODES_LEFT).bind(user).fetch_one(c))
}

/// Replaces all recovery codes.
pub async fn replace_codes(tx: &mut Tx, user: UserId, hashes: &[String]) -> Result<()> {
    execute!(tx, CLEAR_CODES, user)?;
    for hash in hashes {
        execute!(tx, ADD_CODE, user, hash)?;
    }
    Ok(())
}

/// Uses a recovery code up; `false` when there is none like it.
pub async fn use_code(tx: &mut Tx, user: UserId, hash: &str, now: i64) -> Result<bool> {
    Ok(execute!(tx, USE_CODE, user, hash, now)? > 0)
}

/// Whether an organisation demands a second factor.
pub async fn required(db: &Db, organisation: OrganisationId) -> Result<bool> {
    read!(db, c => sqlx::query_scalar::<_, bool>(REQUIRED).bind(organisation).fetch_one(c))
}

/// Demands a second factor of all members, or no longer.
pub async fn require(tx: &mut Tx, organisation: OrganisationId, required: bool) -> Result<()> {
    execute!(tx, REQUIRE, organisation, required).map(|_| ())
}
