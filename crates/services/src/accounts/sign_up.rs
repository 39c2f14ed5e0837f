//! Sign-up: a person, their organisation, ownership and the mail to confirm the address, in one transaction. Whoever comes
//! by a provider has no password; they may ask for one by letter later.

use super::identities::{self, Waiting};
use super::{email, organisation, password, person};
use crate::{App, Result};
use domain::access::Presence;
use domain::views::SignUp;
use domain::{ApiError, ErrorCode};
use std::sync::Arc;

/// Signs a person up with a new organisation of theirs. `peer` is the address of the caller.
pub async fn sign_up(app: &Arc<App>, input: SignUp, peer: &str) -> Result<super::SignedIn> {
    sign_up_by(app, input, None, peer).await
}

/// The same for somebody a provider vouched for.
pub async fn sign_up_by(
    app: &Arc<App>,
    input: SignUp,
    waiting: Option<&Waiting>,
    peer: &str,
) -> Result<super::SignedIn> {
    let now = app.clock.now();
    let name = person::name("name", &input.name)?;
    let address = person::email("email", &input.email)?;
    if waiting.is_none() {
        password::check("password", &input.password, &address)?;
    }
    let organisation_name = person::name("organisation", &input.organisation)?;

    // Only answers that tell an address is taken count: they are what somebody would try out.
    let attempt = app.attempts.take(now, "sign_up", None, Some(peer))?;
    if store::accounts::user_by_email(&app.db, &person::fold(&address)).await?.is_some() {
        return Err(ApiError::new(ErrorCode::EmailTaken).field("email").into());
    }
    app.attempts.give_back(&attempt);

    let hash = person::first_password(app, &input.password, waiting.is_some()).await?;
    let mut user = person::new_user(app.ids.next(now), address, name, hash, person::language(&input.language), now);
    let mut work = person::work(app, app.ids.next(now), user.id, now).await?;
    person::insert(&mut work, &user).await?;
    organisation::found(&mut work, user.id, &organisation_name, &input.time_zone).await?;
    store::organisations::set_presence(&mut work.tx, work.organisation, user.id, Presence::Active, now).await?;
    if let Some(waiting) = waiting {
        identities::settle_new(&mut work, &mut user, waiting).await?;
    }
    email::post_confirmation(&mut work, &user).await?;
    let signed_in = super::SignedIn { user: user.id, organisation: Some(work.organisation), halfway: false };
    work.commit().await?;
    Ok(signed_in)
}
