//! A new password by a link in a mail, for people who forgot theirs.

use super::mail::{self, Letter};
use super::{identities, password, person};
use crate::vault::{random_token, token_hash};
use crate::{App, Result};
use domain::ErrorCode;
use serde_json::json;
use std::sync::Arc;

const KIND: &str = "reset_password";
/// The letter says «one hour».
const LIFETIME_MS: i64 = 3_600_000;

/// Sends a link to set a new password, if the address is known; the answer is the same in any case.
pub async fn request_reset(app: &Arc<App>, email: &str, peer: &str) -> Result<()> {
    let now = app.clock.now();
    let folded = person::fold(&person::email("email", email)?);
    let _ = app.attempts.take(now, "reset", Some(&folded), Some(peer))?;
    let Some(user) = store::accounts::user_by_email(&app.db, &folded).await? else { return Ok(()) };
    let token = random_token();
    let mut work = person::work(app, person::home(app, user.id).await?, user.id, now).await?;
    store::accounts::insert_token(&mut work.tx, &token_hash(&token), user.id, KIND, now, now + LIFETIME_MS).await?;
    let texts = texts::load(person::language(&user.language));
    let link = format!("{}/reset/{token}", app.config.public_url);
    let letter =
        Letter { to: user.email, subject: texts.mail_reset_subject(), text: texts.mail_reset_text(&user.name, &link) };
    mail::post(&mut work, "member", user.id, letter).await?;
    work.journal("password_reset_requested", "member", user.id, json!({"address": peer})).await?;
    work.commit().await
}

/// Sets a new password by the link of a letter. All sessions end, and so do other links; the address is proved by the way.
pub async fn reset(app: &Arc<App>, token: &str, new_password: &str) -> Result<()> {
    let (now, hash) = (app.clock.now(), token_hash(token));
    let owner = store::accounts::token_owner(&app.db, &hash, KIND, now).await?;
    let (user, _) = owner.filter(|(_, used_at)| used_at.is_none()).ok_or(ErrorCode::LinkInvalid)?;
    let row = person::row(app, user).await?;
    password::check("password", new_password, &row.email)?;
    let new_hash = password::hash(app, new_password).await?;
    let mut work = person::work(app, person::home(app, user).await?, user, now).await?;
    if !store::accounts::use_token(&mut work.tx, &hash, KIND, now).await? {
        return Err(ErrorCode::LinkInvalid.into());
    }
    store::accounts::set_password(&mut work.tx, user, &new_hash).await?;
    store::accounts::void_tokens(&mut work.tx, user, KIND).await?;
    if store::accounts::confirm_email(&mut work.tx, user, now).await? {
        identities::drop_all(&mut work, user).await?;
    }
    store::accounts::revoke_sessions(&mut work.tx, user, None).await?;
    post_changed(&mut work, &row).await?;
    work.journal("password_reset", "member", user, json!({})).await?;
    work.hint("me", user);
    work.commit().await
}

/// Tells a person that their password is another now.
pub(super) async fn post_changed(work: &mut crate::Work, user: &store::accounts::UserRow) -> Result<()> {
    let texts = texts::load(person::language(&user.language));
    let link = format!("{}/reset", work.app.config.public_url);
    let letter = Letter {
        to: user.email.clone(),
        subject: texts.mail_password_changed_subject(),
        text: texts.mail_password_changed_text(&user.name, &link),
    };
    mail::post(work, "member", user.id, letter).await
}

/// For the password change of a signed-in person: links sent before do not work any more.
pub(super) async fn void_links(work: &mut crate::Work, user: domain::ids::UserId) -> Result<()> {
    store::accounts::void_tokens(&mut work.tx, user, KIND).await?;
    Ok(())
}
