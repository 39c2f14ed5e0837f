//! Trees of published versions, read once: a version never changes, so what is remembered is never stale, on any node.

use crate::{Result, Work};
use domain::ids::RuleId;
use domain::rules::RuleTree;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// Versions remembered; then all are forgotten and read again as they are needed.
const MOST: usize = 20_000;

/// Memory of this node. `None` stands for a tree this program cannot read.
#[derive(Debug, Default)]
pub struct Trees(Mutex<HashMap<(RuleId, i64), Option<Arc<RuleTree>>>>);

/// The tree of a version published before this unit of work; `None` when this program cannot read it. One published in it may
/// yet be taken back, and its number given to another tree.
pub(super) async fn tree(work: &mut Work, rule: RuleId, version: i64) -> Result<Option<Arc<RuleTree>>> {
    let app = work.app.clone();
    let known = app.trees.0.lock().unwrap_or_else(PoisonError::into_inner).get(&(rule, version)).cloned();
    if let Some(known) = known {
        return Ok(known);
    }
    let stored = store::rules::tree(&mut work.tx, work.organisation, rule, version).await?;
    let tree = stored.and_then(|tree| serde_json::from_value::<RuleTree>(tree).ok());
    let tree = tree.filter(|tree| tree.bounded().is_ok()).map(Arc::new);
    let mut known = app.trees.0.lock().unwrap_or_else(PoisonError::into_inner);
    if known.len() >= MOST {
        known.clear();
    }
    known.insert((rule, version), tree.clone());
    Ok(tree)
}
