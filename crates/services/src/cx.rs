//! Who asks: the context every operation takes, and the one place where permission is checked.

use crate::{App, Error, Result, Work};
use domain::ErrorCode;
use domain::access::{Permission, Role};
use domain::ids::*;
use std::sync::Arc;
use store::jobs::Cause;

/// Who acts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Actor {
    /// A signed-in member with a role.
    Member { user: UserId, role: Role },
    /// An API key with scopes; orders move as for an owner.
    Key { key: ApiKeyId, scopes: Vec<Permission> },
    /// Pult itself (workers, CLI).
    System,
}

/// Context of one call.
#[derive(Clone, Debug)]
pub struct Cx {
    pub app: Arc<App>,
    pub actor: Actor,
    pub organisation: OrganisationId,
    /// The one time of this call.
    pub now: i64,
}

impl Cx {
    /// Pult itself acting in an organisation.
    pub fn system(app: &Arc<App>, organisation: OrganisationId) -> Self {
        Self { app: app.clone(), actor: Actor::System, organisation, now: app.clock.now() }
    }
    /// The permission check. First line of every operation.
    pub fn allow(&self, permission: Permission) -> Result<()> {
        let allowed = match &self.actor {
            Actor::Member { role, .. } => role.allows(permission),
            Actor::Key { scopes, .. } => scopes.contains(&permission),
            Actor::System => true,
        };
        if allowed {
            Ok(())
        } else {
            Err(Error::Api(domain::ApiError::new(ErrorCode::Forbidden).arg("permission", permission)))
        }
    }
    /// The role whose order steps apply.
    pub fn role(&self) -> Role {
        match self.actor {
            Actor::Member { role, .. } => role,
            Actor::Key { .. } | Actor::System => Role::Owner,
        }
    }
    /// The signed-in person; keys and the system have none.
    pub fn user(&self) -> Option<UserId> {
        match self.actor {
            Actor::Member { user, .. } => Some(user),
            _ => None,
        }
    }
    /// The signed-in person, or `forbidden`.
    pub fn person(&self) -> Result<UserId> {
        self.user().ok_or_else(|| ErrorCode::Forbidden.into())
    }
    /// Kind and id for rows that record who did something.
    pub fn actor_columns(&self) -> (&'static str, Option<String>) {
        match &self.actor {
            Actor::Member { user, .. } => ("user", Some(user.to_string())),
            Actor::Key { key, .. } => ("key", Some(key.to_string())),
            Actor::System => ("system", None),
        }
    }
    /// The cause that jobs of this call carry.
    pub fn cause(&self) -> Cause {
        let (kind, id) = self.actor_columns();
        Cause { kind, id, chain: self.app.ids.next::<JobId>(self.now).to_string(), depth: 0 }
    }
    /// Begins a unit of work in this organisation.
    pub async fn work(&self) -> Result<Work> {
        Work::begin(&self.app, self.organisation, self.actor_columns(), self.cause(), self.now).await
    }
    /// A fresh id.
    pub fn id<T: Id>(&self) -> T {
        self.app.ids.next(self.now)
    }
    /// The database, for reads.
    pub fn db(&self) -> &store::Db {
        &self.app.db
    }
}
