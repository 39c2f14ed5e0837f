//! What a unit of work has looked up already: the events it applies together ask once. It goes with the unit; a part that is
//! undone takes all of it along, and who changes rules within a unit forgets what it knew of them.

use crate::{Result, Work};
use domain::ids::*;
use domain::views::OrganisationSettings;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;
use store::learnt::LearntField;
use store::rules::Listening;

/// What decides how an organisation's days and cards look.
#[derive(Debug, Default)]
pub struct Organisation {
    /// IANA name.
    pub zone: String,
    pub settings: OrganisationSettings,
}

/// The organisation of this work.
pub async fn organisation(work: &mut Work) -> Result<Arc<Organisation>> {
    if let Some(known) = work.memo.organisations.get(&work.organisation) {
        return Ok(known.clone());
    }
    let (zone, settings) = store::rules::clock(&mut work.tx, work.organisation).await?.unwrap_or_default();
    let organisation = Arc::new(Organisation { zone, settings: serde_json::from_value(settings).unwrap_or_default() });
    work.memo.organisations.insert(work.organisation, organisation.clone());
    Ok(organisation)
}

/// Whether any member of this organisation has a device that can be told something.
pub async fn anybody_to_call(work: &mut Work) -> Result<bool> {
    if let Some(known) = work.memo.callable.get(&work.organisation) {
        return Ok(*known);
    }
    let anybody = store::push::any(&mut work.tx, work.organisation).await?;
    work.memo.callable.insert(work.organisation, anybody);
    Ok(anybody)
}

/// What is known in one unit of work.
#[derive(Debug, Default)]
pub struct Memo {
    /// Time zones and settings.
    pub organisations: HashMap<OrganisationId, Arc<Organisation>>,
    /// Where somebody has a device for notices.
    pub callable: HashMap<OrganisationId, bool>,
    /// Who listens to a trigger.
    pub listening: HashMap<(OrganisationId, String), Vec<Listening>>,
    /// Fields learnt of a connection's events, by name.
    pub learnt: HashMap<(ConnectionId, String), BTreeMap<String, LearntField>>,
    /// How often a rule acted in a minute that is over.
    pub beats: HashMap<(RuleId, i64), i64>,
    /// Connections of which it is noted that a call went through.
    pub called: HashSet<ConnectionId>,
}
