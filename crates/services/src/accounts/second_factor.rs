//! The second factor of a person: setting up, the second step of the sign-in, recovery codes, giving it up; and what an
//! organisation may do about it: demand it of everybody, and reset a member's who lost it. API keys have none.

use super::{members, password, person, totp};
use crate::resealing::ever_derived;
use crate::vault::token_hash;
use crate::{App, Cx, Result, Work, changes};
use domain::access::{Permission, Role};
use domain::ids::*;
use domain::views::SecondFactorView;
use domain::{ApiError, ErrorCode};
use serde_json::json;
use std::sync::Arc;
use store::second_factors as rows;

/// Recovery codes made at once.
const CODES: usize = 10;

/// What an app needs to begin: the key to type, and the address to read from a picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetUp {
    pub key: String,
    pub address: String,
}

pub(crate) fn place(user: UserId) -> String {
    format!("second_factors/{user}")
}

fn wrong() -> ApiError {
    ApiError::new(ErrorCode::CodeWrong).field("code")
}

/// How it stands with this person, where they work now.
pub async fn state(app: &App, user: UserId) -> Result<SecondFactorView> {
    let factor = rows::one(&app.db, user).await?;
    let mut required = false;
    for membership in store::organisations::memberships(&app.db, user).await?.iter().filter(|it| it.active) {
        required |= rows::required(&app.db, membership.organisation_id).await?;
    }
    Ok(SecondFactorView {
        on: factor.is_some_and(|it| it.confirmed_at.is_some()),
        codes_left: rows::codes_left(&app.db, user).await?,
        required,
    })
}

/// The same for the profile page.
pub async fn own(cx: &Cx) -> Result<SecondFactorView> {
    cx.allow(Permission::OwnProfile)?;
    state(&cx.app, cx.person()?).await
}

/// Makes a secret that counts once a code of it was typed.
pub async fn begin(app: &Arc<App>, user: UserId) -> Result<()> {
    let now = app.clock.now();
    let secret = crate::clock::random_bytes::<{ totp::SECRET }>();
    let mut work = work(app, user, now).await?;
    if !rows::begin(&mut work.tx, user, &app.vault.seal(&place(user), &secret)?, now).await? {
        return Err(ApiError::new(ErrorCode::AlreadyExists).arg("what", "second_factor").into());
    }
    work.commit().await
}

/// What is being set up, until it is confirmed.
pub async fn set_up(app: &App, user: UserId) -> Result<Option<SetUp>> {
    let Some(row) = rows::one(&app.db, user).await?.filter(|row| row.confirmed_at.is_none()) else { return Ok(None) };
    let secret = app.vault.open(&place(user), &row.secret)?;
    let email = person::row(app, user).await?.email;
    Ok(Some(SetUp { key: totp::base32(&secret), address: totp::address(&email, &secret) }))
}

/// Makes it count, proved by a code; answers the recovery codes, which nobody sees again.
pub async fn confirm(app: &Arc<App>, user: UserId, typed: &str) -> Result<Vec<String>> {
    let now = app.clock.now();
    let attempt = app.attempts.take(now, "code", Some(&user.to_string()), None)?;
    let row = rows::one(&app.db, user).await?.filter(|row| row.confirmed_at.is_none()).ok_or(ErrorCode::NotFound)?;
    let secret = app.vault.open(&place(user), &row.secret)?;
    let step = totp::step_of(&secret, typed, now).ok_or_else(wrong)?;
    app.attempts.give_back(&attempt);
    let mut work = work(app, user, now).await?;
    if !rows::confirm(&mut work.tx, user, step, now).await? {
        return Err(ErrorCode::Stale.into());
    }
    let codes = new_codes(&mut work, user).await?;
    let args = json!({"changes": [changes::one("second_factor", false, true)]});
    work.journal("second_factor_on", "member", user, args).await?;
    work.hint("me", user);
    work.commit().await?;
    Ok(codes)
}

/// The second step of a sign-in: a code of the app, or a recovery code. Good ones open once.
pub async fn pass(app: &Arc<App>, user: UserId, typed: &str, peer: &str) -> Result<super::SignedIn> {
    let now = app.clock.now();
    let mut work = work(app, user, now).await?;
    prove(&mut work, user, typed, Some(peer)).await?;
    work.commit().await?;
    let row = person::row(app, user).await?;
    super::sign_in::enter(app, &row, peer, None).await
}

/// New recovery codes instead of the old ones; needs the password and a code.
pub async fn renew_codes(app: &Arc<App>, user: UserId, password: &str, typed: &str) -> Result<Vec<String>> {
    let mut work = with_password(app, user, password).await?;
    prove(&mut work, user, typed, None).await?;
    let codes = new_codes(&mut work, user).await?;
    work.journal("recovery_codes_renewed", "member", user, json!({})).await?;
    work.hint("me", user);
    work.commit().await?;
    Ok(codes)
}

/// Gives the second factor up; needs the password and a code, and no organisation that demands it.
pub async fn switch_off(app: &Arc<App>, user: UserId, password: &str, typed: &str) -> Result<()> {
    if state(app, user).await?.required {
        return Err(ErrorCode::SecondFactorMissing.into());
    }
    let mut work = with_password(app, user, password).await?;
    prove(&mut work, user, typed, None).await?;
    rows::delete(&mut work.tx, user).await?;
    let args = json!({"changes": [changes::one("second_factor", true, false)]});
    work.journal("second_factor_off", "member", user, args).await?;
    work.hint("me", user);
    work.commit().await
}

/// Takes the second factor from a member who lost it; their sessions end. A person who works elsewhere as well is not
/// ours alone: there it stays.
pub async fn reset(cx: &Cx, user: UserId) -> Result<()> {
    cx.allow(Permission::MembersManage)?;
    let mut work = cx.work().await?;
    let member = store::organisations::member(&mut work.tx, cx.organisation, user).await?.ok_or(ErrorCode::NotFound)?;
    members::may_grant(cx, member.role)?;
    let memberships = store::organisations::memberships(&cx.app.db, user).await?;
    let elsewhere = memberships.iter().any(|it| it.active && it.organisation_id != cx.organisation);
    if elsewhere || cx.user() == Some(user) {
        return Err(ErrorCode::Forbidden.into());
    }
    if !rows::delete(&mut work.tx, user).await? {
        return Ok(());
    }
    store::accounts::revoke_sessions(&mut work.tx, user, None).await?;
    let args = json!({"name": member.name, "changes": [changes::one("second_factor", true, false)]});
    work.journal_at("warning", "second_factor_reset", "member", user, args).await?;
    work.hint("members", user);
    work.hint("me", user);
    work.commit().await
}

/// The operator's way out for somebody whom nobody else can help: takes the second factor from the person of an e-mail.
pub async fn reset_by_operator(app: &Arc<App>, email: &str) -> Result<UserId> {
    let folded = person::fold(email);
    let user = store::accounts::user_by_email(&app.db, &folded).await?.ok_or(ErrorCode::NotFound)?;
    let organisation = person::home(app, user.id).await?;
    let mut work = Cx::system(app, organisation).work().await?;
    if rows::delete(&mut work.tx, user.id).await? {
        store::accounts::revoke_sessions(&mut work.tx, user.id, None).await?;
        let args = json!({"name": user.name, "changes": [changes::one("second_factor", true, false)]});
        work.journal_at("warning", "second_factor_reset", "member", user.id, args).await?;
        work.hint("me", user.id);
        work.commit().await?;
        tracing::warn!(user = %user.id, "The operator reset a second factor");
    }
    Ok(user.id)
}

/// Demands a second factor of every member, or no longer. Only an owner decides that.
pub async fn require(cx: &Cx, required: bool) -> Result<()> {
    cx.allow(Permission::SettingsManage)?;
    let before = rows::required(cx.db(), cx.organisation).await?;
    if before == required {
        return Ok(());
    }
    if cx.role() != Role::Owner || cx.user().is_none() {
        return Err(ErrorCode::Forbidden.into());
    }
    let mut work = cx.work().await?;
    rows::require(&mut work.tx, cx.organisation, required).await?;
    let args = json!({"changes": [changes::one("second_factor_required", before, required)]});
    work.journal("organisation_updated", "organisation", cx.organisation, args).await?;
    work.hint("settings", "");
    work.hint("me", "");
    work.commit().await
}

/// Whether the organisation demands it.
pub async fn is_required(cx: &Cx) -> Result<bool> {
    cx.allow(Permission::SettingsRead)?;
    Ok(rows::required(cx.db(), cx.organisation).await?)
}

async fn work(app: &Arc<App>, user: UserId, now: i64) -> Result<Work> {
    person::work(app, person::home(app, user).await?, user, now).await
}

/// Begins work of somebody who knows their password.
async fn with_password(app: &Arc<App>, user: UserId, typed: &str) -> Result<Work> {
    let now = app.clock.now();
    let row = person::row(app, user).await?;
    let attempt = app.attempts.take(now, "password", Some(&user.to_string()), None)?;
    if !password::verify(app, typed, Some(&row.password_hash)).await? {
        return Err(ApiError::new(ErrorCode::WrongCredentials).field("password").into());
    }
    app.attempts.give_back(&attempt);
    work(app, user, now).await
}

/// Takes a code within a unit of work; what was taken once is refused ever after.
async fn prove(work: &mut Work, user: UserId, typed: &str, peer: Option<&str>) -> Result<()> {
    let app = work.app.clone();
    let attempt = app.attempts.take(work.now, "code", Some(&user.to_string()), peer)?;
    let row = rows::one(&app.db, user).await?.filter(|row| row.confirmed_at.is_some()).ok_or_else(wrong)?;
    let secret = app.vault.open(&place(user), &row.secret)?;
    if let Some(step) = totp::step_of(&secret, typed, work.now) {
        if !rows::take_step(&mut work.tx, user, step).await? {
            return Err(ApiError::new(ErrorCode::CodeUsed).field("code").into());
        }
    } else {
        let code = totp::recovery_form(typed).ok_or_else(wrong)?;
        let mut used = false;
        for secret in ever_derived(&app, RECOVERY_CODES).await? {
            used = used || rows::use_code(&mut work.tx, user, &hashed(&secret, user, &code), work.now).await?;
        }
        if !used {
            return Err(wrong().into());
        }
        work.journal_at("warning", "recovery_code_used", "member", user, json!({})).await?;
    }
    app.attempts.give_back(&attempt);
    Ok(())
}

async fn new_codes(work: &mut Work, user: UserId) -> Result<Vec<String>> {
    let codes: Vec<String> = (0..CODES).map(|_| totp::recovery_code()).collect();
    let secret = work.app.vault.derive(RECOVERY_CODES);
    let hashes = codes.iter().filter_map(|code| Some(hashed(&secret, user, &totp::recovery_form(code)?)));
    let hashes: Vec<String> = hashes.collect();
    rows::replace_codes(&mut work.tx, user, &hashes).await?;
    Ok(codes)
}

/// What their secret is derived for.
pub(crate) const RECOVERY_CODES: &str = "recovery codes";

/// Fifty bits are few for a bare hash, so the installation's key goes into it.
fn hashed(secret: &[u8], user: UserId, code: &str) -> String {
    token_hash(&format!("{} {user} {code}", hex::encode(secret)))
}
