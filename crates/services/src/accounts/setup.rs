//! What the operator does from the command line: organisations with an owner, and API keys, as Pult itself.

use super::{keys, organisation, password, person};
use crate::{App, Cx, Result};
use domain::ids::*;
use domain::views::CreatedKey;
use domain::{ApiError, ErrorCode};
use std::sync::Arc;
use texts::Language;

/// Founds an organisation. An unknown e-mail becomes a new, confirmed person; a known one must come with its password.
pub async fn create_organisation(
    app: &Arc<App>,
    name: &str,
    email: &str,
    pass: &str,
) -> Result<(OrganisationId, UserId)> {
    let now = app.clock.now();
    let name = person::name("name", name)?;
    let email = person::email("owner_email", email)?;
    let known = store::accounts::user_by_email(&app.db, &person::fold(&email)).await?;
    let (owner, new) = match known {
        Some(user) => {
            if !password::verify(app, pass, Some(&user.password_hash)).await? {
                return Err(ErrorCode::WrongCredentials.into());
            }
            (user.id, None)
        }
        None => {
            password::check("owner_password", pass, &email)?;
            let hash = password::hash(app, pass).await?;
            let own_name = email.split('@').next().unwrap_or_default().to_owned();
            let mut user = person::new_user(app.ids.next(now), email, own_name, hash, Language::default(), now);
            user.email_confirmed_at = Some(now);
            (user.id, Some(user))
        }
    };
    let mut work = Cx::system(app, app.ids.next(now)).work().await?;
    if let Some(user) = &new {
        person::insert(&mut work, user).await?;
    }
    organisation::found(&mut work, owner, &name, "").await?;
    let organisation = work.organisation;
    work.commit().await?;
    Ok((organisation, owner))
}

/// Makes an API key in an organisation.
pub async fn create_api_key(
    app: &Arc<App>,
    organisation: OrganisationId,
    name: &str,
    scopes: &str,
) -> Result<CreatedKey> {
    let known = store::organisations::one(&app.db, organisation).await?;
    known.ok_or_else(|| ApiError::new(ErrorCode::NotFound).field("organisation"))?;
    keys::create(&Cx::system(app, organisation), name, scopes, None).await
}
