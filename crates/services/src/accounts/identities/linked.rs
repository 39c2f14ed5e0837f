//! Services a person signs in with: which, adding one, taking one away. Their person is told by letter of both.

use super::waiting::Waiting;
use super::{name, provider, providers};
use crate::accounts::mail::{self, Letter};
use crate::accounts::{password, person};
use crate::{App, Cx, Error, Result, Work};
use domain::access::Permission;
use domain::ids::*;
use domain::views::WaysIn;
use domain::{ApiError, ErrorCode};
use serde_json::json;
use std::sync::Arc;
use store::accounts::UserRow;
use store::identities as rows;

/// How the person gets in.
pub async fn ways_in(cx: &Cx) -> Result<WaysIn> {
    cx.allow(Permission::OwnProfile)?;
    let user = person::row(&cx.app, cx.person()?).await?;
    let mut identities = rows::of_user(cx.db(), user.id).await?;
    let mut offered = providers(&cx.app);
    offered.retain(|it| identities.iter().all(|identity| identity.provider != it.id));
    for identity in &mut identities {
        identity.provider = name(&cx.app, &identity.provider);
    }
    Ok(WaysIn { password: password::is_set(&user.password_hash), providers: offered, identities })
}

/// Adds a way in; [`ErrorCode::AlreadyExists`] when it belongs to somebody.
pub(super) async fn link(app: &Arc<App>, user: UserId, waiting: &Waiting) -> Result<()> {
    let now = app.clock.now();
    let row = person::row(app, user).await?;
    let mut work = person::work(app, person::home(app, user).await?, user, now).await?;
    match write(&mut work, user, waiting).await {
        Err(Error::Store(store::Error::Unique(_))) => {
            return Err(ApiError::new(ErrorCode::AlreadyExists).arg("what", "identity").into());
        }
        other => other?,
    }
    let service = name(app, &waiting.provider);
    let texts = texts::load(person::language(&row.language));
    let subject = texts.mail_way_in_added_subject(&service);
    let text = texts.mail_way_in_added_text(&row.name, &service, waiting.label(), profile(app));
    mail::post(&mut work, "member", user, Letter { to: row.email, subject, text }).await?;
    work.commit().await
}

fn profile(app: &App) -> String {
    format!("{}/settings/profile", app.config.public_url)
}

/// Writes it, and the line of the journal.
pub(super) async fn write(work: &mut Work, user: UserId, waiting: &Waiting) -> Result<()> {
    let (id, now) = (work.id(), work.now);
    rows::insert(&mut work.tx, waiting.key(), id, user, &waiting.label(), now).await?;
    // The journal is sealed and cannot forget, so it has no word of who they are there.
    let args = json!({"provider": name(&work.app.clone(), &waiting.provider)});
    work.journal("way_in_added", "member", user, args).await?;
    work.hint("me", user);
    Ok(())
}

/// Takes a way in away, unless nothing would be left to get in by.
pub async fn unlink(cx: &Cx, id: IdentityId) -> Result<()> {
    cx.allow(Permission::OwnProfile)?;
    let user = person::row(&cx.app, cx.person()?).await?;
    let mut work = cx.work().await?;
    let all = rows::locked(&mut work.tx, user.id).await?;
    let gone = all.iter().find(|it| it.id == id).ok_or(ErrorCode::NotFound)?;
    let works = |provider_id: &str| provider(&cx.app, provider_id).is_some();
    let another = all.iter().any(|it| it.id != id && works(&it.provider));
    if !another && !password::is_set(&user.password_hash) {
        return Err(ErrorCode::LastWayIn.into());
    }
    rows::delete(&mut work.tx, user.id, id).await?;
    taken_away(&mut work, &user, &gone.provider).await?;
    work.commit().await
}

/// The journal's line and the letter about a way in that is gone.
pub(super) async fn taken_away(work: &mut Work, user: &UserRow, provider: &str) -> Result<()> {
    let app = work.app.clone();
    let service = name(&app, provider);
    work.journal("way_in_removed", "member", user.id, json!({"provider": service})).await?;
    work.hint("me", user.id);
    let texts = texts::load(person::language(&user.language));
    let subject = texts.mail_way_in_removed_subject(&service);
    let text = texts.mail_way_in_removed_text(&user.name, &service, profile(&app));
    mail::post(work, "member", user.id, Letter { to: user.email.clone(), subject, text }).await
}

/// Takes all ways in of a person away whose address is proved only now: who had the account before may not have been them.
pub(in crate::accounts) async fn drop_all(work: &mut Work, user: UserId) -> Result<()> {
    if rows::delete_all(&mut work.tx, user).await? > 0 {
        work.journal_at("warning", "ways_in_dropped", "member", user, json!({})).await?;
    }
    Ok(())
}
