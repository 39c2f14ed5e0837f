//! Passwords: what is allowed, and argon2id in its own thread, a few at a time.

use super::common::is_common;
use crate::{App, Error, Result};
use anyhow::anyhow;
use argon2::password_hash::{PasswordHash, PasswordHasher, PasswordVerifier, SaltString};
use argon2::{Algorithm, Argon2, Params, Version};
use domain::{ApiError, ErrorCode};
use zeroize::Zeroizing;

/// Least characters of a password.
pub const MIN_PASSWORD: usize = 10;
/// Longer input is refused before anything is computed.
const MAX: usize = 200;

/// Checks a new password of the person with this e-mail.
pub(super) fn check(field: &str, password: &str, email: &str) -> Result<()> {
    let length = password.chars().count();
    if length > MAX {
        return Err(ApiError::new(ErrorCode::TooLong).arg("max", MAX).field(field).into());
    }
    let lower = password.trim().to_lowercase();
    let email = email.trim().to_lowercase();
    let different = lower.chars().collect::<std::collections::BTreeSet<_>>().len();
    let weak = length < MIN_PASSWORD
        || different < 4
        || lower == email
        || email.split_once('@').is_some_and(|(user, _)| lower == user);
    if weak {
        return Err(ApiError::new(ErrorCode::WeakPassword).arg("min", MIN_PASSWORD).field(field).into());
    }
    match is_common(password) {
        true => Err(ApiError::new(ErrorCode::CommonPassword).field(field).into()),
        false => Ok(()),
    }
}

fn argon2() -> Result<Argon2<'static>> {
    let params = Params::new(19 * 1024, 2, 1, None).map_err(|e| anyhow!("argon2 parameters: {e}"))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

/// Runs heavy work off the async threads, at most a few at a time.
async fn heavy<T: Send + 'static>(app: &App, work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    let _turn = app.hashing.acquire().await.map_err(|e| anyhow!("hashing: {e}"))?;
    tokio::task::spawn_blocking(work).await.map_err(|e| anyhow!("hashing: {e}"))?
}

/// The text under which a password is stored.
pub(super) async fn hash(app: &App, password: &str) -> Result<String> {
    let password = Zeroizing::new(password.to_owned());
    heavy(app, move || {
        let salt = SaltString::encode_b64(&crate::clock::random_bytes::<16>()).map_err(|e| anyhow!("salt: {e}"))?;
        let hash = argon2()?.hash_password(password.as_bytes(), &salt).map_err(|e| anyhow!("hashing: {e}"))?;
        Ok(hash.to_string())
    })
    .await
}

/// A hash nobody's password has, with the same cost: an unknown e-mail takes as long as a wrong password.
pub(super) const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$bm9ib2R5bm9ib2R5bm8$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// Whether there is a password at all: people who came by a provider have that of nobody.
pub(super) fn is_set(stored: &str) -> bool {
    stored != NOBODY
}

/// Whether this is the password; without a stored hash never, after the same time.
pub(super) async fn verify(app: &App, password: &str, stored: Option<&str>) -> Result<bool> {
    if password.chars().count() > MAX {
        return Ok(false);
    }
    let password = Zeroizing::new(password.to_owned());
    let stored = stored.unwrap_or(NOBODY).to_owned();
    heavy(app, move || {
        let hash = PasswordHash::new(&stored)
            .map_err(|e| Error::Store(store::Error::Corrupt(format!("users.password_hash: {e}"))))?;
        Ok(argon2()?.verify_password(password.as_bytes(), &hash).is_ok())
    })
    .await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weak_passwords_are_refused_with_the_least_length() {
        for weak in ["коротко12", "aaaaaaaaaaaaaa", "Anna@Sever.example", "anna.kovaleva"] {
            let email = if weak.starts_with("anna.") { "anna.kovaleva@sever.example" } else { "anna@sever.example" };
            let error = check("password", weak, email).unwrap_err().into_api();
            assert_eq!(
                (error.code, error.args["min"].as_str(), error.field.as_deref()),
                (ErrorCode::WeakPassword, "10", Some("password")),
                "{weak}"
            );
        }
        for common in ["Qwertyuiop", "ПарольПароль", "    1234567890    "] {
            let error = check("password", common, "anna@sever.example").unwrap_err().into_api();
            assert_eq!((error.code, error.field.as_deref()), (ErrorCode::CommonPassword, Some("password")), "{common}");
        }
        assert!(check("password", &"я".repeat(MAX + 1), "a@b.example").unwrap_err().is(ErrorCode::TooLong));
        check("password", "зелёный слон 7", "anna@sever.example").unwrap();
    }

    #[test]
    fn the_hash_of_nobody_is_well_formed_and_costs_the_same() {
        let nobody = PasswordHash::new(NOBODY).unwrap();
        let salt = SaltString::encode_b64(b"0123456789abcdef").unwrap();
        let real = argon2().unwrap().hash_password(b"x", &salt).unwrap();
        assert_eq!((nobody.params.to_string(), nobody.algorithm), (real.params.to_string(), real.algorithm));
        assert_eq!(nobody.hash.unwrap().len(), real.hash.unwrap().len());
    }
}
