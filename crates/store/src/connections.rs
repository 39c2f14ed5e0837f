//! Connections, their webhook keys and the templates their providers approved.

use crate::{Db, Result, Tx};
use domain::ids::*;
use domain::views::{ConnectionState, ConnectionView, TemplateView};
use serde_json::Value as Json;

const COLUMNS: &str = "SELECT c.id, c.provider, c.name, c.state, c.account, c.settings, c.webhook_key, c.facts, c.handshake_at, c.last_event_at, c.last_ok_at,
      c.last_error, c.last_error_at, c.silent_since, c.usual_gap, c.rests_until, c.created_at, c.rev,
      (SELECT COUNT(*) FROM jobs j WHERE j.organisation_id = c.organisation_id AND j.connection_id = c.id AND j.state IN ('ready', 'held')) AS waiting_jobs,
      (SELECT COUNT(*) FROM events e WHERE e.organisation_id = c.organisation_id AND e.connection_id = c.id AND e.id >= $2) AS events_today
    FROM connections c WHERE c.organisation_id = $1";

fn list_sql() -> String {
    format!("{COLUMNS} ORDER BY c.created_at, c.id")
}
fn one_sql() -> String {
    format!("{COLUMNS} AND c.id = $3")
}

/// All connections; `today` is the smallest event id of today.
pub async fn list(db: &Db, organisation: OrganisationId, today: EventId) -> Result<Vec<ConnectionView>> {
    let sql = list_sql();
    read!(db, c => sqlx::query_as::<_, ConnectionView>(&sql).bind(organisation).bind(today).fetch_all(c))
}
/// One connection.
pub async fn one(
    db: &Db,
    organisation: OrganisationId,
    id: ConnectionId,
    today: EventId,
) -> Result<Option<ConnectionView>> {
    let sql = one_sql();
    read!(db, c => sqlx::query_as::<_, ConnectionView>(&sql).bind(organisation).bind(today).bind(id).fetch_optional(c))
}

/// What workers need of a connection; secrets still sealed.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct ConnectionRow {
    pub organisation_id: OrganisationId,
    pub id: ConnectionId,
    pub provider: String,
    pub name: String,
    pub state: ConnectionState,
    pub account: String,
    pub settings: Json,
    pub secrets: Vec<u8>,
    pub webhook_key: String,
    /// What its connector remembers between calls, sealed.
    pub memory: Option<Vec<u8>>,
    pub rests_until: Option<i64>,
    pub rev: i64,
}

const ROW: &str = "SELECT organisation_id, id, provider, name, state, account, settings, secrets, webhook_key, memory, rests_until, rev FROM connections WHERE organisation_id = $1 AND id = $2";
const ROWS: &str = "SELECT organisation_id, id, provider, name, state, account, settings, secrets, webhook_key, memory, rests_until, rev FROM connections WHERE organisation_id = $1 ORDER BY id";
const ROW_BY_KEY: &str = "SELECT c.organisation_id, c.id, c.provider, c.name, c.state, c.account, c.settings, c.secrets, c.webhook_key, c.memory, c.rests_until, c.rev
    FROM webhook_keys k JOIN connections c ON c.organisation_id = k.organisation_id AND c.id = k.connection_id
    WHERE k.key = $1 AND k.provider = $2";

/// A connection for a worker.
pub async fn row(db: &Db, organisation: OrganisationId, id: ConnectionId) -> Result<Option<ConnectionRow>> {
    read!(db, c => sqlx::query_as::<_, ConnectionRow>(ROW).bind(organisation).bind(id).fetch_optional(c))
}
/// All connections of an organisation, as workers need them.
pub async fn rows(tx: &mut Tx, organisation: OrganisationId) -> Result<Vec<ConnectionRow>> {
    write!(tx, c => sqlx::query_as::<_, ConnectionRow>(ROWS).bind(organisation).fetch_all(c))
}
/// The connection a webhook address belongs to.
pub async fn row_by_key(db: &Db, key: &str, provider: &str) -> Result<Option<ConnectionRow>> {
    read!(db, c => sqlx::query_as::<_, ConnectionRow>(ROW_BY_KEY).bind(key).bind(provider).fetch_optional(c))
}

const ID_BY_ACCOUNT: &str = "SELECT id FROM connections WHERE organisation_id = $1 AND provider = $2 AND account = $3 ORDER BY created_at LIMIT 1";

/// The connection of the same organisation that stands for this account of the provider.
pub async fn id_by_account(
    db: &Db,
    organisation: OrganisationId,
    provider: &str,
    account: &str,
) -> Result<Option<ConnectionId>> {
    read!(db, c => sqlx::query_scalar::<_, ConnectionId>(ID_BY_ACCOUNT).bind(organisation).bind(provider).bind(account).fetch_optional(c))
}

const FIRST_LIKE: &str = "SELECT f.id FROM connections f JOIN connections c ON c.organisation_id = f.organisation_id AND c.provider = f.provider
    WHERE c.organisation_id = $1 AND c.id = $2 ORDER BY f.created_at, f.id LIMIT 1";

/// The oldest connection of the same provider as this one.
pub async fn first_like(tx: &mut Tx, organisation: OrganisationId, id: ConnectionId) -> Result<Option<ConnectionId>> {
    write!(tx, c => sqlx::query_scalar::<_, ConnectionId>(FIRST_LIKE).bind(organisation).bind(id).fetch_optional(c))
}

const INSERT: &str = "INSERT INTO connections (organisation_id, id, provider, name, state, account, settings, secrets, webhook_key, facts, created_at, rev)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 1)";
const INSERT_KEY: &str =
    "INSERT INTO webhook_keys (key, provider, organisation_id, connection_id) VALUES ($1, $2, $3, $4)";

/// Writes a new connection with its webhook key.
pub async fn insert(tx: &mut Tx, row: &ConnectionRow, now: i64) -> Result<()> {
    let facts = Json::Object(Default::default());
    execute!(
        tx,
        INSERT,
        row.organisation_id,
        row.id,
        &row.provider,
        &row.name,
        row.state,
        &row.account,
        &row.settings,
        &row.secrets[..],
        &row.webhook_key,
        &facts,
        now
    )?;
    execute!(tx, INSERT_KEY, &row.webhook_key, &row.provider, row.organisation_id, row.id).map(|_| ())
}

const UPDATE: &str = "UPDATE connections SET name = $3, state = $4, account = $5, settings = $6, secrets = $7, memory = NULL, rev = rev + 1 WHERE organisation_id = $1 AND id = $2";

/// Writes changed settings.
pub async fn update(tx: &mut Tx, row: &ConnectionRow) -> Result<()> {
    execute!(
        tx,
        UPDATE,
        row.organisation_id,
        row.id,
        &row.name,
        row.state,
        &row.account,
        &row.settings,
        &row.secrets[..]
    )
    .map(|_| ())
}

const SET_STATE: &str =
    "UPDATE connections SET state = $3, rev = rev + 1 WHERE organisation_id = $1 AND id = $2 AND state <> $3";

/// Changes the state; `false` when it had it already.
pub async fn set_state(
    tx: &mut Tx,
    organisation: OrganisationId,
    id: ConnectionId,
    state: ConnectionState,
) -> Result<bool> {
    Ok(execute!(tx, SET_STATE, organisation, id, state)? == 1)
}

const STILL_PAUSED: &str =
    "UPDATE connections SET state = state WHERE organisation_id = $1 AND id = $2 AND state IN ('reauth', 'off')";

/// Whether nothing may go through it, from now to the end of the transaction: whoever lets held jobs go waits for it.
pub async fn still_paused(tx: &mut Tx, organisation: OrganisationId, id: ConnectionId) -> Result<bool> {
    Ok(execute!(tx, STILL_PAUSED, organisation, id)? == 1)
}

const HANDSHAKE: &str = "UPDATE connections SET handshake_at = $3 WHERE organisation_id = $1 AND id = $2";

/// The provider verified the address.
pub async fn handshake(tx: &mut Tx, organisation: OrganisationId, id: ConnectionId, now: i64) -> Result<()> {
    execute!(tx, HANDSHAKE, organisation, id, now).map(|_| ())
}

const SAW_EVENT: &str = "UPDATE connections SET last_event_at = $3, state = CASE WHEN state = 'setup' THEN 'active' ELSE state END WHERE organisation_id = $1 AND id = $2";

/// An event arrived; the first one finishes the set-up.
pub async fn saw_event(tx: &mut Tx, organisation: OrganisationId, id: ConnectionId, now: i64) -> Result<()> {
    execute!(tx, SAW_EVENT, organisation, id, now).map(|_| ())
}

const CALL_OK: &str =
    "UPDATE connections SET last_ok_at = $3, rests_until = NULL WHERE organisation_id = $1 AND id = $2";
const CALL_FAILED: &str =
    "UPDATE connections SET last_error = $3, last_error_at = $4 WHERE organisation_id = $1 AND id = $2";
const FACTS: &str = "UPDATE connections SET facts = $3, last_ok_at = $4, last_error = NULL, last_error_at = NULL, rev = rev + 1 WHERE organisation_id = $1 AND id = $2";

const NAMED: &str = "SELECT id, name, provider FROM connections WHERE organisation_id = $1 ORDER BY provider, name, id";

/// Every connection with its name and provider.
pub async fn named(db: &Db, organisation: OrganisationId) -> Result<Vec<(ConnectionId, String, String)>> {
    read!(db, c => sqlx::query_as::<_, (ConnectionId, String, String)>(NAMED).bind(organisation).fetch_all(c))
}

/// A call went through.
pub async fn call_ok(tx: &mut Tx, organisation: OrganisationId, id: ConnectionId, now: i64) -> Result<()> {
    execute!(tx, CALL_OK, organisation, id, now).map(|_| ())
}
/// A call failed; the sentence is shown on the card.
pub async fn call_failed(
    tx: &mut Tx,
    organisation: OrganisationId,
    id: ConnectionId,
    error: &str,
    now: i64,
) -> Result<()> {
    execute!(tx, CALL_FAILED, organisation, id, error, now).map(|_| ())
}
const RESTS: &str = "UPDATE connections SET rests_until = $3 WHERE organisation_id = $1 AND id = $2";
const RESTS_AT: &str = "SELECT rests_until FROM connections WHERE organisation_id = $1 AND id = $2";

/// It answers nobody and is left alone until a moment; `false` when it was before.
pub async fn rests(tx: &mut Tx, organisation: OrganisationId, id: ConnectionId, until: i64) -> Result<bool> {
    let before =
        write!(tx, c => sqlx::query_scalar::<_, Option<i64>>(RESTS_AT).bind(organisation).bind(id).fetch_optional(c))?;
    execute!(tx, RESTS, organisation, id, until)?;
    Ok(before.flatten().is_none())
}

// Whether it has fallen silent ---------------------------------------------------------------------------------------

const WATCHED: &str = "SELECT organisation_id, id, provider, name, last_event_at, watch FROM connections WHERE state = 'active' AND last_event_at IS NOT NULL";
const KEEP_WATCH: &str = "UPDATE connections SET watch = $3 WHERE organisation_id = $1 AND id = $2";
const FELL_SILENT: &str = "UPDATE connections SET silent_since = $3, usual_gap = $4 WHERE organisation_id = $1 AND id = $2 AND silent_since IS NULL";
const SPEAKS: &str =
    "UPDATE connections SET silent_since = NULL WHERE organisation_id = $1 AND id = $2 AND silent_since IS NOT NULL";
const LOOK_THROUGH: &str = "UPDATE connections SET swept_at = 0 WHERE organisation_id = $1 AND id = $2";

/// A working connection as it is watched.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Watched {
    pub organisation_id: OrganisationId,
    pub id: ConnectionId,
    pub provider: String,
    pub name: String,
    pub last_event_at: Option<i64>,
    /// `domain::silence::Watch`.
    pub watch: Option<Json>,
}

/// Every working connection that has told something once.
pub async fn watched(db: &Db) -> Result<Vec<Watched>> {
    read!(db, c => sqlx::query_as::<_, Watched>(WATCHED).fetch_all(c))
}
/// Keeps what was learnt about it.
pub async fn keep_watch(tx: &mut Tx, organisation: OrganisationId, id: ConnectionId, watch: &Json) -> Result<()> {
    execute!(tx, KEEP_WATCH, organisation, id, watch).map(|_| ())
}
/// Nothing since `last`; `false` when that was noted already.
pub async fn fell_silent(
    tx: &mut Tx,
    organisation: OrganisationId,
    id: ConnectionId,
    last: i64,
    usual: i64,
) -> Result<bool> {
    Ok(execute!(tx, FELL_SILENT, organisation, id, last, usual)? == 1)
}
/// It is no longer silent; `false` when it was not.
pub async fn speaks(tx: &mut Tx, organisation: OrganisationId, id: ConnectionId) -> Result<bool> {
    Ok(execute!(tx, SPEAKS, organisation, id)? == 1)
}
/// The next pass that looks for lost webhooks begins at once.
pub async fn look_through(tx: &mut Tx, organisation: OrganisationId, id: ConnectionId) -> Result<()> {
    execute!(tx, LOOK_THROUGH, organisation, id).map(|_| ())
}

/// What a check told about the account.
pub async fn set_facts(
    tx: &mut Tx,
    organisation: OrganisationId,
    id: ConnectionId,
    facts: &Json,
    now: i64,
) -> Result<()> {
    execute!(tx, FACTS, organisation, id, facts, now).map(|_| ())
}

const TEMPLATES: &str = "SELECT connection_id, name, language, status, category, body, params FROM message_templates
    WHERE organisation_id = $1 AND connection_id = $2 ORDER BY name, language";
const CLEAR_TEMPLATES: &str = "DELETE FROM message_templates WHERE organisation_id = $1 AND connection_id = $2";
const INSERT_TEMPLATE: &str = "INSERT INTO message_templates (organisation_id, connection_id, name, language, status, category, body, params, updated_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (organisation_id, connection_id, name, language) DO NOTHING";
const TEMPLATE_STATUS: &str =
    "UPDATE message_templates SET status = COALESCE($5, status), category = COALESCE($6, category), updated_at = $7
    WHERE organisation_id = $1 AND connection_id = $2 AND name = $3 AND language = $4";

/// Templates of a connection.
pub async fn templates(db: &Db, organisation: OrganisationId, id: ConnectionId) -> Result<Vec<TemplateView>> {
    read!(db, c => sqlx::query_as::<_, TemplateView>(TEMPLATES).bind(organisation).bind(id).fetch_all(c))
}
/// Replaces the cached list.
pub async fn replace_templates(
    tx: &mut Tx,
    organisation: OrganisationId,
    id: ConnectionId,
    list: &[TemplateView],
    now: i64,
) -> Result<()> {
    execute!(tx, CLEAR_TEMPLATES, organisation, id)?;
    for t in list {
        execute!(
            tx,
            INSERT_TEMPLATE,
            organisation,
            id,
            &t.name,
            &t.language,
            &t.status,
            &t.category,
            &t.body,
            t.params,
            now
        )?;
    }
    Ok(())
}
/// One template changed at the provider.
#[allow(clippy::too_many_arguments)]
pub async fn template_changed(
    tx: &mut Tx,
    organisation: OrganisationId,
    id: ConnectionId,
    name: &str,
    language: &str,
    status: Option<&str>,
    category: Option<&str>,
    now: i64,
) -> Result<()> {
    execute!(tx, TEMPLATE_STATUS, organisation, id, name, language, status, category, now).map(|_| ())
}

/// Statements built at run time, for the test that prepares every statement on both engines.
pub fn built_statements(_: crate::Engine) -> Vec<String> {
    vec![list_sql(), one_sql()]
}

const REMEMBER: &str = "UPDATE connections SET memory = $3 WHERE organisation_id = $1 AND id = $2";
const SWEEPABLE: &str =
    "SELECT organisation_id, id, provider, swept_at, created_at FROM connections WHERE state IN ('setup', 'active')";
const SWEPT: &str = "UPDATE connections SET swept_at = $3 WHERE organisation_id = $1 AND id = $2";

/// Keeps what a connector remembers, sealed, for the next start.
pub async fn remember(tx: &mut Tx, organisation: OrganisationId, id: ConnectionId, sealed: &[u8]) -> Result<()> {
    execute!(tx, REMEMBER, organisation, id, sealed).map(|_| ())
}

/// A connection that may have to be looked through for what no webhook told.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Sweepable {
    pub organisation_id: OrganisationId,
    pub id: ConnectionId,
    pub provider: String,
    /// Begin of the last pass that came to its end.
    pub swept_at: Option<i64>,
    pub created_at: i64,
}

/// Every working connection.
pub async fn sweepable(db: &Db) -> Result<Vec<Sweepable>> {
    read!(db, c => sqlx::query_as::<_, Sweepable>(SWEEPABLE).fetch_all(c))
}
/// Notes that everything before `begun` was looked through.
pub async fn swept(tx: &mut Tx, organisation: OrganisationId, id: ConnectionId, begun: i64) -> Result<()> {
    execute!(tx, SWEPT, organisation, id, begun).map(|_| ())
}
