//! Confirming that an e-mail address is one's own.

use super::mail::{self, Letter};
use super::person;
use crate::vault::{random_token, token_hash};
use crate::{App, Cx, Result, Work, zone};
use domain::ErrorCode;
use domain::access::Permission;
use serde_json::json;
use std::sync::Arc;
use store::accounts::UserRow;

const KIND: &str = "confirm_email";
/// The letters say «a week».
const LIFETIME_MS: i64 = 7 * zone::DAY_MS;

/// Makes a link and posts the letter with it, unless the address is proved already.
pub(super) async fn post_confirmation(work: &mut Work, user: &UserRow) -> Result<()> {
    if user.email_confirmed_at.is_some() {
        return Ok(());
    }
    let token = random_token();
    let (now, tx) = (work.now, &mut work.tx);
    store::accounts::insert_token(tx, &token_hash(&token), user.id, KIND, now, now + LIFETIME_MS).await?;
    let texts = texts::load(person::language(&user.language));
    let link = format!("{}/confirm/{token}", work.app.config.public_url);
    let letter = Letter {
        to: user.email.clone(),
        subject: texts.mail_confirm_subject(),
        text: texts.mail_confirm_text(&user.name, &link),
    };
    mail::post(work, "member", user.id, letter).await
}

/// Confirms by the link of a letter. Opening it again is fine: mail programs and people do that.
pub async fn confirm(app: &Arc<App>, token: &str) -> Result<()> {
    let (now, hash) = (app.clock.now(), token_hash(token));
    let owner = store::accounts::token_owner(&app.db, &hash, KIND, now).await?;
    let (user, used_at) = owner.ok_or(ErrorCode::LinkInvalid)?;
    if used_at.is_some() {
        return Ok(());
    }
    let mut work = person::work(app, person::home(app, user).await?, user, now).await?;
    store::accounts::use_token(&mut work.tx, &hash, KIND, now).await?;
    if store::accounts::confirm_email(&mut work.tx, user, now).await? {
        work.journal("email_confirmed", "member", user, json!({})).await?;
        work.hint("me", user);
    }
    work.commit().await
}

/// Sends the letter again, unless the address is confirmed.
pub async fn resend(cx: &Cx) -> Result<()> {
    cx.allow(Permission::OwnProfile)?;
    let user = person::row(&cx.app, cx.person()?).await?;
    if user.email_confirmed_at.is_some() {
        return Ok(());
    }
    let _ = cx.app.attempts.take(cx.now, "confirm", Some(&user.id.to_string()), None)?;
    let mut work = cx.work().await?;
    post_confirmation(&mut work, &user).await?;
    work.journal("confirmation_sent", "member", user.id, json!({"email": user.email})).await?;
    work.commit().await
}
