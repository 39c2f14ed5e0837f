//! Sign-in by e-mail and password, and who a signed-in person is in the organisation they work in.

use super::{password, person};
use crate::{Actor, App, Cx, Result};
use domain::ErrorCode;
use domain::ids::*;
use serde_json::json;
use std::sync::Arc;
use store::accounts::UserRow;

/// Checks e-mail and password; where there is a second factor, that is half the way. An unknown e-mail and a wrong password differ neither in answer nor in time.
pub async fn sign_in(app: &Arc<App>, email: &str, password: &str, peer: &str) -> Result<super::SignedIn> {
    let now = app.clock.now();
    let folded = person::fold(email);
    let email = domain::text::is_email(&folded).then_some(folded.as_str());
    let attempt = app.attempts.take(now, "sign_in", email, Some(peer))?;
    let user = match email {
        Some(email) => store::accounts::user_by_email(&app.db, email).await?,
        None => None,
    };
    let right = password::verify(app, password, user.as_ref().map(|u| u.password_hash.as_str())).await?;
    let Some(user) = user.filter(|_| right) else { return Err(ErrorCode::WrongCredentials.into()) };
    app.attempts.give_back(&attempt);
    let_in(app, &user, peer, None).await
}

/// Whoever proved who they are, by a password or by a provider, is in, or half way where there is a second factor.
pub(super) async fn let_in(
    app: &Arc<App>,
    user: &UserRow,
    peer: &str,
    provider: Option<&str>,
) -> Result<super::SignedIn> {
    let factor = store::second_factors::one(&app.db, user.id).await?;
    if factor.is_some_and(|factor| factor.confirmed_at.is_some()) {
        return Ok(super::SignedIn { user: user.id, organisation: None, halfway: true });
    }
    enter(app, user, peer, provider).await
}

/// Everything was right: they are in.
pub(super) async fn enter(
    app: &Arc<App>,
    user: &UserRow,
    peer: &str,
    provider: Option<&str>,
) -> Result<super::SignedIn> {
    let now = app.clock.now();
    let memberships = store::organisations::memberships(&app.db, user.id).await?;
    let organisation = person::start(&memberships).map(|m| m.organisation_id);
    if let Some(organisation) = organisation {
        let mut work = person::work(app, organisation, user.id, now).await?;
        let mut args = json!({"name": user.name, "address": peer});
        if let Some(provider) = provider {
            args["provider"] = provider.into();
        }
        work.journal("signed_in", "member", user.id, args).await?;
        work.commit().await?;
    }
    Ok(super::SignedIn { user: user.id, organisation, halfway: false })
}

/// The context of a request of a signed-in person. Role and membership are read every time, so that a change applies at
/// once. Where they may not (any more) work in the wanted organisation, it is their first one.
pub async fn authenticate(app: &Arc<App>, user: UserId, wanted: Option<OrganisationId>) -> Result<Cx> {
    let memberships = store::organisations::memberships(&app.db, user).await?;
    if memberships.is_empty() {
        return Err(ErrorCode::Unauthenticated.into());
    }
    let chosen = memberships.iter().find(|m| m.active && Some(m.organisation_id) == wanted);
    let membership = chosen.or_else(|| person::start(&memberships)).ok_or(ErrorCode::Deactivated)?;
    if membership.factor_missing {
        return Err(ErrorCode::SecondFactorMissing.into());
    }
    let actor = Actor::Member { user, role: membership.role, sees: membership.visibility };
    Ok(Cx::new(app, actor, membership.organisation_id))
}

/// The context of what a member planned and Pult now does in their name: with the rights they have at this moment.
pub(crate) async fn acting(app: &Arc<App>, user: UserId, organisation: OrganisationId) -> Result<Cx> {
    let cx = authenticate(app, user, Some(organisation)).await?;
    if cx.organisation == organisation { Ok(cx) } else { Err(ErrorCode::Deactivated.into()) }
}

/// Checks that a person may switch to an organisation and answers their context there; the door remembers the choice.
pub async fn switch(app: &Arc<App>, user: UserId, organisation: OrganisationId) -> Result<Cx> {
    let cx = authenticate(app, user, Some(organisation)).await?;
    if cx.organisation == organisation { Ok(cx) } else { Err(ErrorCode::NotFound.into()) }
}
