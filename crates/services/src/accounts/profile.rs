//! What a person changes about themselves: name, language, notification choices and password.

use super::{password, person, recovery};
use crate::changes;
use crate::vault::token_hash;
use crate::{Cx, Result};
use domain::access::Permission;
use domain::ids::UserId;
use domain::views::ProfileInput;
use domain::{ApiError, ErrorCode};
use serde_json::json;
use texts::Language;
use tower_sessions::session::Id;

fn known_language(code: &str) -> Result<Language> {
    Language::from_code(code).ok_or_else(|| ApiError::new(ErrorCode::NotAllowed).field("language").into())
}

/// Changes name, language and notification choices.
pub async fn update(cx: &Cx, input: ProfileInput) -> Result<()> {
    cx.allow(Permission::OwnProfile)?;
    let user = cx.person()?;
    let name = person::name("name", &input.name)?;
    let language = known_language(&input.language)?;
    if input.notifications.quiet.is_some_and(|(from, to)| from == to || from >= 24 * 60 || to >= 24 * 60) {
        return Err(ApiError::new(ErrorCode::NotAllowed).field("notifications.quiet").into());
    }
    write(cx, user, &name, language, json!(input.notifications)).await
}

/// Changes only the language.
pub async fn set_language(cx: &Cx, code: &str) -> Result<()> {
    cx.allow(Permission::OwnProfile)?;
    let language = known_language(code)?;
    let row = person::row(&cx.app, cx.person()?).await?;
    write(cx, row.id, &row.name, language, row.notifications).await
}

async fn write(cx: &Cx, user: UserId, name: &str, language: Language, notifications: serde_json::Value) -> Result<()> {
    let row = person::row(&cx.app, user).await?;
    let before = json!({"name": row.name, "language": row.language, "notifications": row.notifications});
    let after = json!({"name": name, "language": language.code(), "notifications": notifications});
    let changes = changes::between(&before, &after);
    if changes.is_empty() {
        return Ok(());
    }
    let memberships = store::organisations::memberships(&cx.app.db, user).await?;
    let mut work = cx.work().await?;
    store::accounts::set_profile(&mut work.tx, user, name, language.code(), &notifications).await?;
    work.journal("profile_changed", "member", user, json!({"changes": changes})).await?;
    // The name is shown in every organisation of this person.
    for membership in memberships {
        work.turn_to(membership.organisation_id, cx.actor_columns(), cx.cause()).await?;
        work.hint("me", user);
        work.hint("members", user);
    }
    work.commit().await
}

/// Changes the password; every session but `current` ends.
pub async fn change_password(cx: &Cx, current: Option<&Id>, old: &str, new: &str) -> Result<()> {
    cx.allow(Permission::OwnProfile)?;
    let user = person::row(&cx.app, cx.person()?).await?;
    let attempt = cx.app.attempts.take(cx.now, "password", Some(&user.id.to_string()), None)?;
    if !password::verify(&cx.app, old, Some(&user.password_hash)).await? {
        return Err(ApiError::new(ErrorCode::WrongCredentials).field("current_password").into());
    }
    cx.app.attempts.give_back(&attempt);
    password::check("password", new, &user.email)?;
    let hash = password::hash(&cx.app, new).await?;
    let keep = current.map(|id| token_hash(&id.to_string()));
    let mut work = cx.work().await?;
    store::accounts::set_password(&mut work.tx, user.id, &hash).await?;
    recovery::void_links(&mut work, user.id).await?;
    let ended = store::accounts::revoke_sessions(&mut work.tx, user.id, keep.as_deref()).await?;
    recovery::post_changed(&mut work, &user).await?;
    work.journal("password_changed", "member", user.id, json!({"sessions": ended})).await?;
    work.hint("me", user.id);
    work.commit().await
}
