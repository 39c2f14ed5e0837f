//! Somebody took us away at Facebook, or wants it forgotten that they signed in with it. Facebook says so, signed; a repeat
//! changes nothing, and an old word does not undo what was added after it.

use super::{linked, provider};
use crate::accounts::person;
use crate::{App, ErrorCode, Result};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use connectors::identity::{Kind, signed_request};
use hmac::{Hmac, Mac};
use sha2::Sha256;
use std::sync::Arc;

/// Clocks may be apart by this much.
const SKEW_MS: i64 = 60_000;
const PURPOSE: &str = "forgotten identities";
/// Bytes of a time, and of its proof.
const TIME: usize = 8;
const PROOF: usize = 12;

/// Takes the way in away that a signed call names; answers the code under which it is told that it is done.
pub async fn forget(app: &Arc<App>, id: &str, signed: &str) -> Result<String> {
    let provider = provider(app, id).filter(|it| it.kind == Kind::Facebook).ok_or(ErrorCode::NotFound)?;
    let call = signed_request(provider, signed).ok_or(ErrorCode::Unauthenticated)?;
    let until = call.issued_at.saturating_mul(1000).saturating_add(SKEW_MS);
    if let Some(user) = store::identities::owner(&app.db, &provider.id, &call.user_id).await? {
        let row = person::row(app, user).await?;
        let mut work = person::work(app, person::home(app, user).await?, user, app.clock.now()).await?;
        let owner = store::identities::forget(&mut work.tx, &provider.id, &call.user_id, until).await?;
        if owner == Some(user) {
            linked::taken_away(&mut work, &row, &provider.id).await?;
            work.commit().await?;
        }
    }
    Ok(code(&app.vault.derive(PURPOSE), call.issued_at))
}

/// The code says when it was asked for, and that we made it: nothing has to be kept of who is forgotten.
fn code(key: &[u8], at: i64) -> String {
    let time = at.to_be_bytes();
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(key) else { return String::new() };
    mac.update(&time);
    URL_SAFE_NO_PAD.encode([&time[..], &mac.finalize().into_bytes()[..PROOF]].concat())
}

/// When something was asked to be forgotten, by its code (epoch milliseconds); `None` for a code that is none of ours.
pub fn confirmed(app: &App, typed: &str) -> Option<i64> {
    let bytes = URL_SAFE_NO_PAD.decode(typed).ok().filter(|bytes| bytes.len() == TIME + PROOF)?;
    let at = i64::from_be_bytes(bytes[..TIME].try_into().ok()?);
    let old = app.vault.old_derived(PURPOSE).map(|(_, key)| key);
    let mut keys = std::iter::once(app.vault.derive(PURPOSE)).chain(old);
    keys.any(|key| code(&key, at) == typed).then(|| at.saturating_mul(1000))
}
