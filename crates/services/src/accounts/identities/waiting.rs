//! Somebody a provider vouched for whom nobody here is yet. Kept in the session of their browser until they prove who they
//! are here by password and code, or become somebody new.

use super::linked;
use crate::accounts::person;
use crate::{App, Error, Result, Work};
use connectors::identity::{LIFETIME_MS, Person, Provider};
use domain::ErrorCode;
use domain::ids::UserId;
use serde::{Deserialize, Serialize};
use std::sync::Arc;
use store::accounts::UserRow;

/// Who waits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waiting {
    pub provider: String,
    pub subject: String,
    pub email: Option<String>,
    /// The provider vouches for the address.
    pub trusted: bool,
    pub name: Option<String>,
    /// Since when.
    pub at: i64,
}

impl Waiting {
    pub(super) fn of(provider: &Provider, person: Person, now: i64) -> Self {
        // An address that is none is worth less than nothing.
        let email = person.email.filter(|email| domain::text::is_email(&person::fold(email)));
        let trusted = person.email_trusted && email.is_some();
        Self { provider: provider.id.clone(), subject: person.subject, email, trusted, name: person.name, at: now }
    }

    pub(super) fn key(&self) -> (&str, &str) {
        (&self.provider, &self.subject)
    }

    /// What they are called there.
    pub fn label(&self) -> String {
        self.email.clone().or(self.name.clone()).unwrap_or_default()
    }

    /// Whether it is not too long ago.
    pub fn fresh(&self, now: i64) -> bool {
        self.at > now - LIFETIME_MS
    }

    /// Whether this is the address they have there.
    fn has(&self, email: &str) -> bool {
        self.email.as_ref().is_some_and(|own| person::fold(own) == person::fold(email))
    }
}

/// Adds the way in of somebody who has just proved who they are, if both sides name the same address; `false` when it is not
/// to be. A stranger's account planted into this browser bears another address, and is never added by the way.
pub async fn link_waiting(app: &Arc<App>, user: UserId, waiting: &Waiting) -> Result<bool> {
    let row = person::row(app, user).await?;
    if !waiting.fresh(app.clock.now()) || !waiting.has(&row.email) || super::provider(app, &waiting.provider).is_none()
    {
        return Ok(false);
    }
    match linked::link(app, user, waiting).await {
        Ok(()) => Ok(true),
        Err(error) if error.is(ErrorCode::AlreadyExists) => Ok(false),
        Err(error) => Err(error),
    }
}

/// Writes the way in of a new person, within the work that makes them; answers whether their address is proved by it.
pub(in crate::accounts) async fn settle_new(work: &mut Work, user: &mut UserRow, waiting: &Waiting) -> Result<()> {
    if !waiting.fresh(work.now) {
        return Err(ErrorCode::LinkInvalid.into());
    }
    if waiting.trusted && waiting.has(&user.email) {
        store::accounts::confirm_email(&mut work.tx, user.id, work.now).await?;
        user.email_confirmed_at = Some(work.now);
    }
    match linked::write(work, user.id, waiting).await {
        // Whoever they are there signs in as somebody here meanwhile.
        Err(Error::Store(store::Error::Unique(_))) => Err(ErrorCode::LinkInvalid.into()),
        other => other,
    }
}
