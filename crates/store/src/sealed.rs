//! Everything that is sealed, for changing the key: what was sealed with another than the current key, and putting it back.

use crate::{Db, Result, Tx};
use domain::ids::*;
use serde_json::Value as Json;

// A seal begins with the four bytes that name its key.
const CONNECTIONS: &str = "SELECT organisation_id, id, secrets FROM connections WHERE SUBSTR(secrets, 1, 4) <> $1 ORDER BY organisation_id, id";
const MEMORIES: &str = "SELECT organisation_id, id, memory FROM connections WHERE memory IS NOT NULL AND SUBSTR(memory, 1, 4) <> $1 ORDER BY organisation_id, id";
const FACTORS: &str = "SELECT user_id, secret FROM second_factors WHERE SUBSTR(secret, 1, 4) <> $1 ORDER BY user_id";
const LETTERS: &str = "SELECT organisation_id, id, payload FROM jobs WHERE kind = $1 AND state NOT IN ('done', 'cancelled') ORDER BY organisation_id, id";
const PUSH_KEYS: &str = "SELECT name, secret FROM push_keys WHERE SUBSTR(secret, 1, 4) <> $1 ORDER BY name";
const DEVICES: &str = "SELECT organisation_id, id, secret FROM push_devices WHERE SUBSTR(secret, 1, 4) <> $1 ORDER BY organisation_id, id";
const DERIVED: &str = "SELECT purpose, key_id, sealed FROM derived_secrets ORDER BY purpose, key_id";

// Whoever changed it meanwhile has sealed it anew already.
const PUT_SECRETS: &str = "UPDATE connections SET secrets = $4 WHERE organisation_id = $1 AND id = $2 AND secrets = $3";
const PUT_MEMORY: &str = "UPDATE connections SET memory = $4 WHERE organisation_id = $1 AND id = $2 AND memory = $3";
const PUT_FACTOR: &str = "UPDATE second_factors SET secret = $3 WHERE user_id = $1 AND secret = $2";
const PUT_LETTER: &str =
    "UPDATE jobs SET payload = $3 WHERE organisation_id = $1 AND id = $2 AND state NOT IN ('done', 'cancelled')";
const PUT_PUSH_KEY: &str = "UPDATE push_keys SET secret = $3 WHERE name = $1 AND secret = $2";
const PUT_DEVICE: &str = "UPDATE push_devices SET secret = $4 WHERE organisation_id = $1 AND id = $2 AND secret = $3";
const PUT_DERIVED: &str = "INSERT INTO derived_secrets (purpose, key_id, sealed) VALUES ($1, $2, $3)
    ON CONFLICT (purpose, key_id) DO UPDATE SET sealed = excluded.sealed";

/// Something sealed in a connection.
pub type OfConnection = (OrganisationId, ConnectionId, Vec<u8>);

/// Secrets of connections sealed with another key than this one.
pub async fn connections(db: &Db, key: [u8; 4]) -> Result<Vec<OfConnection>> {
    read!(db, c => sqlx::query_as::<_, OfConnection>(CONNECTIONS).bind(&key[..]).fetch_all(c))
}
/// What connectors remember, sealed with another key.
pub async fn memories(db: &Db, key: [u8; 4]) -> Result<Vec<OfConnection>> {
    read!(db, c => sqlx::query_as::<_, OfConnection>(MEMORIES).bind(&key[..]).fetch_all(c))
}
/// Second factors sealed with another key.
pub async fn factors(db: &Db, key: [u8; 4]) -> Result<Vec<(UserId, Vec<u8>)>> {
    read!(db, c => sqlx::query_as::<_, (UserId, Vec<u8>)>(FACTORS).bind(&key[..]).fetch_all(c))
}
/// Letters that are not sent yet, whatever key sealed them; their jobs are of this kind.
pub async fn letters(db: &Db, kind: &str) -> Result<Vec<(OrganisationId, JobId, Json)>> {
    read!(db, c => sqlx::query_as::<_, (OrganisationId, JobId, Json)>(LETTERS).bind(kind).fetch_all(c))
}
/// Keys browsers subscribed for, sealed with another key.
pub async fn push_keys(db: &Db, key: [u8; 4]) -> Result<Vec<(String, Vec<u8>)>> {
    read!(db, c => sqlx::query_as::<_, (String, Vec<u8>)>(PUSH_KEYS).bind(&key[..]).fetch_all(c))
}
/// Something sealed of a browser.
pub type OfDevice = (OrganisationId, PushDeviceId, Vec<u8>);

/// Browsers of members, sealed with another key.
pub async fn devices(db: &Db, key: [u8; 4]) -> Result<Vec<OfDevice>> {
    read!(db, c => sqlx::query_as::<_, OfDevice>(DEVICES).bind(&key[..]).fetch_all(c))
}
/// What was derived from keys that are gone: purpose, name of the key, and the secret, sealed.
pub async fn derived(db: &Db) -> Result<Vec<(String, String, Vec<u8>)>> {
    read!(db, c => sqlx::query_as::<_, (String, String, Vec<u8>)>(DERIVED).fetch_all(c))
}

/// Puts back a connection's secrets.
pub async fn put_secrets(tx: &mut Tx, old: &OfConnection, new: &[u8]) -> Result<()> {
    execute!(tx, PUT_SECRETS, old.0, old.1, &old.2[..], new).map(drop)
}
/// Puts back what a connector remembers.
pub async fn put_memory(tx: &mut Tx, old: &OfConnection, new: &[u8]) -> Result<()> {
    execute!(tx, PUT_MEMORY, old.0, old.1, &old.2[..], new).map(drop)
}
/// Puts back a second factor.
pub async fn put_factor(tx: &mut Tx, user: UserId, old: &[u8], new: &[u8]) -> Result<()> {
    execute!(tx, PUT_FACTOR, user, old, new).map(drop)
}
/// Puts back a letter.
pub async fn put_letter(tx: &mut Tx, organisation: OrganisationId, id: JobId, payload: &Json) -> Result<()> {
    execute!(tx, PUT_LETTER, organisation, id, payload).map(drop)
}
/// Puts back a key browsers subscribed for.
pub async fn put_push_key(tx: &mut Tx, name: &str, old: &[u8], new: &[u8]) -> Result<()> {
    execute!(tx, PUT_PUSH_KEY, name, old, new).map(drop)
}
/// Puts back what is sealed of a browser.
pub async fn put_device(tx: &mut Tx, old: &OfDevice, new: &[u8]) -> Result<()> {
    execute!(tx, PUT_DEVICE, old.0, old.1, &old.2[..], new).map(drop)
}
/// Keeps what was derived from a key.
pub async fn put_derived(tx: &mut Tx, purpose: &str, key: &str, sealed: &[u8]) -> Result<()> {
    execute!(tx, PUT_DERIVED, purpose, key, sealed).map(drop)
}
