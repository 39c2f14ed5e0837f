//! Who asks: the context every operation takes, and the one place where permission is checked.

use crate::{App, Error, Result, Work};
use domain::ErrorCode;
use domain::access::{Permission, Role, Visibility};
use domain::ids::*;
use std::sync::Arc;
use store::Db;
use store::jobs::Cause;
use store::sight::{Sight, Thing};

/// Who acts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Actor {
    /// A signed-in member with a role; `sees` narrows what they read.
    Member { user: UserId, role: Role, sees: Visibility },
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
    /// The database, as far as this organisation reaches.
    pub db: Db,
}

impl Cx {
    /// Somebody acting in an organisation.
    pub fn new(app: &Arc<App>, actor: Actor, organisation: OrganisationId) -> Self {
        Self { app: app.clone(), actor, organisation, now: app.clock.now(), db: app.db.of(organisation) }
    }
    /// Pult itself acting in an organisation.
    pub fn system(app: &Arc<App>, organisation: OrganisationId) -> Self {
        Self::new(app, Actor::System, organisation)
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
    /// Whose eyes read: the one place where a member's visibility is decided. Lists and looks take it instead of the
    /// organisation.
    pub fn sight(&self) -> Sight {
        let viewer = match self.actor {
            Actor::Member { user, role, sees } if role.can_be_narrowed() && sees != Visibility::All => Some(user),
            _ => None,
        };
        Sight { organisation: self.organisation, viewer }
    }
    /// Before something is changed: what these eyes do not see is not there for them.
    pub async fn sees(&self, work: &mut Work, thing: Thing) -> Result<()> {
        let sight = self.sight();
        if sight.viewer.is_none() || store::sight::sees(&mut work.tx, sight, thing).await? {
            return Ok(());
        }
        Err(ErrorCode::NotFound.into())
    }
    /// For what nobody sees in parts: drafts tried on recorded events, and the time machine.
    pub fn sees_all(&self) -> Result<()> {
        match self.sight().viewer {
            None => Ok(()),
            Some(_) => Err(ErrorCode::Forbidden.into()),
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
        let chain = self.app.ids.next::<JobId>(self.now).to_string();
        crate::traces::begins(&chain);
        Cause { kind, id, chain, depth: 0 }
    }
    /// Begins a unit of work in this organisation.
    pub async fn work(&self) -> Result<Work> {
        Work::begin(&self.app, self.organisation, self.actor_columns(), self.cause(), self.now).await
    }
    /// A fresh id.
    pub fn id<T: Id>(&self) -> T {
        self.app.ids.next(self.now)
    }
    /// The database, for reads within the organisation.
    pub fn db(&self) -> &Db {
        &self.db
    }
}
