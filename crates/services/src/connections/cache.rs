//! Connections with opened secrets, kept in memory: a webhook must not cost a query and a decryption each time.
//! Entries are looked up again after a few seconds, so that a change made on another node is seen soon;
//! a change made on this node is seen at once.

use crate::{App, Error, Result, Work};
use connectors::{Connector, Memory, Settings};
use domain::ids::*;
use domain::views::ConnectionState;
use std::collections::HashMap;
use std::sync::{Arc, RwLock};
use store::connections::ConnectionRow;

/// How long an entry is believed.
const FRESH_MS: i64 = 3_000;
/// Entries kept at most.
const MOST: usize = 10_000;
/// How long a key nobody has is believed to be nobody's: a connection made on another node works after that.
const UNKNOWN_MS: i64 = 2_000;
/// Keys of nobody kept at most, and how long one may be.
const MOST_UNKNOWN: usize = 1_000;
const LONGEST_KEY: usize = 128;

/// A connection ready to use.
pub struct Connected {
    pub organisation: OrganisationId,
    pub id: ConnectionId,
    pub connector: &'static dyn Connector,
    pub settings: Settings,
    pub state: ConnectionState,
    pub account: String,
    pub name: String,
    pub webhook_key: String,
    /// It answers nobody and is left alone until then, whichever node found that out.
    pub rests_until: Option<i64>,
    /// What the connector remembers between calls, shared by all entries of this connection.
    pub memory: Arc<Memory>,
    read_at: i64,
}

impl std::fmt::Debug for Connected {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Connected({}/{})", self.connector.spec().id, self.id)
    }
}

/// The cache.
#[derive(Debug, Default)]
pub struct Cache {
    by_key: RwLock<HashMap<String, Arc<Connected>>>,
    by_id: RwLock<HashMap<ConnectionId, Arc<Connected>>>,
    /// Keys of nobody, and when that was read.
    unknown: RwLock<HashMap<(String, String), i64>>,
    memories: RwLock<HashMap<ConnectionId, Arc<Memory>>>,
}

impl Cache {
    /// The connection of a webhook address, or `None`.
    pub async fn by_key(&self, app: &App, provider: &str, key: &str) -> Result<Option<Arc<Connected>>> {
        let now = app.clock.now();
        if let Some(hit) = self.by_key.read().unwrap_or_else(std::sync::PoisonError::into_inner).get(key) {
            if hit.connector.spec().id == provider && (now - hit.read_at).abs() < FRESH_MS {
                return Ok(Some(hit.clone()));
            }
        }
        let asked = (provider.to_owned(), key.to_owned());
        let unknown = || self.unknown.write().unwrap_or_else(std::sync::PoisonError::into_inner);
        if key.len() > LONGEST_KEY || unknown().get(&asked).is_some_and(|at| (now - at).abs() < UNKNOWN_MS) {
            return Ok(None);
        }
        let Some(row) = store::connections::row_by_key(&app.db, key, provider).await? else {
            let mut unknown = unknown();
            if unknown.len() >= MOST_UNKNOWN {
                unknown.clear();
            }
            unknown.insert(asked, now);
            return Ok(None);
        };
        self.keep(app, row, now).map(Some)
    }
    /// A connection by id, for workers.
    pub async fn by_id(
        &self,
        app: &App,
        organisation: OrganisationId,
        id: ConnectionId,
    ) -> Result<Option<Arc<Connected>>> {
        let now = app.clock.now();
        if let Some(hit) = self.by_id.read().unwrap_or_else(std::sync::PoisonError::into_inner).get(&id) {
            if hit.organisation == organisation && (now - hit.read_at).abs() < FRESH_MS {
                return Ok(Some(hit.clone()));
            }
        }
        let Some(row) = store::connections::row(&app.db, organisation, id).await? else { return Ok(None) };
        self.keep(app, row, now).map(Some)
    }
    fn keep(&self, app: &App, row: ConnectionRow, now: i64) -> Result<Arc<Connected>> {
        let kept = recall(app, &row);
        let memory = {
            let mut memories = self.memories.write().unwrap_or_else(std::sync::PoisonError::into_inner);
            memories.entry(row.id).or_insert_with(|| Arc::new(Memory::new(kept))).clone()
        };
        let entry = Arc::new(Connected { memory, ..open(app, row, now)? });
        fn put<K: std::hash::Hash + Eq>(map: &RwLock<HashMap<K, Arc<Connected>>>, key: K, entry: &Arc<Connected>) {
            let mut map = map.write().unwrap_or_else(std::sync::PoisonError::into_inner);
            if map.len() >= MOST {
                map.clear();
            }
            map.insert(key, entry.clone());
        }
        put(&self.by_key, entry.webhook_key.clone(), &entry);
        put(&self.by_id, entry.id, &entry);
        Ok(entry)
    }
    /// Forgets a connection that was made or changed here, and what its connector remembered: the secrets may be new.
    pub fn forget(&self, id: ConnectionId) {
        self.unknown.write().unwrap_or_else(std::sync::PoisonError::into_inner).clear();
        self.memories.write().unwrap_or_else(std::sync::PoisonError::into_inner).remove(&id);
        self.by_id.write().unwrap_or_else(std::sync::PoisonError::into_inner).remove(&id);
        self.by_key.write().unwrap_or_else(std::sync::PoisonError::into_inner).retain(|_, c| c.id != id);
    }
}

/// Name of the row in the vault.
pub(crate) fn vault_row(id: ConnectionId) -> String {
    format!("connections/{id}")
}

/// What the connector remembered when it was kept last; what cannot be read is forgotten, a connector can do without.
fn recall(app: &App, row: &ConnectionRow) -> serde_json::Value {
    let sealed = row.memory.as_deref().and_then(|sealed| app.vault.open(&memory_row(row.id), sealed).ok());
    sealed.and_then(|plain| serde_json::from_slice(&plain).ok()).unwrap_or_default()
}

pub(crate) fn memory_row(id: ConnectionId) -> String {
    format!("connections/{id}/memory")
}

/// Keeps what a connector remembers, with the end of the call in which it learnt it.
pub async fn keep_memory(work: &mut Work, connection: &Connected) -> Result<()> {
    let Some(value) = connection.memory.unkept() else { return Ok(()) };
    let sealed = work.app.vault.seal(&memory_row(connection.id), value.to_string().as_bytes())?;
    store::connections::remember(&mut work.tx, work.organisation, connection.id, &sealed).await?;
    let memory = connection.memory.clone();
    work.after_commit(move || memory.keep(value));
    Ok(())
}

/// Opens the secrets of a row.
pub(super) fn open(app: &App, row: ConnectionRow, now: i64) -> Result<Connected> {
    let connector = connectors::find(&row.provider)
        .ok_or_else(|| Error::Internal(anyhow::anyhow!("no connector for provider {}", row.provider)))?;
    let mut map = row.settings.as_object().cloned().unwrap_or_default();
    let secrets = app.vault.open(&vault_row(row.id), &row.secrets)?;
    let secrets: serde_json::Map<String, serde_json::Value> =
        serde_json::from_slice(&secrets).map_err(anyhow::Error::from)?;
    map.extend(secrets);
    Ok(Connected {
        organisation: row.organisation_id,
        id: row.id,
        connector,
        settings: Settings::new(map),
        state: row.state,
        account: row.account,
        name: row.name,
        webhook_key: row.webhook_key,
        rests_until: row.rests_until,
        memory: Arc::default(),
        read_at: now,
    })
}
