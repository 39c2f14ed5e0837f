//! Listing, setting up, checking and switching connections.

use super::cache::{open, vault_row};
use super::state::resume;
use crate::changes;
use crate::pipeline::{self, kinds};
use crate::{Cx, Result, validate, zone};
use connectors::{Connector, SettingKind, Settings};
use domain::access::Permission;
use domain::ids::{ConnectionId, EventId, Id};
use domain::views::*;
use domain::{ApiError, ErrorCode};
use serde_json::{Map, Value as Json};
use store::connections::ConnectionRow;

/// Providers that can be connected.
pub fn providers(cx: &Cx) -> Result<Vec<ProviderView>> {
    cx.allow(Permission::ConnectionsRead)?;
    let setting = |s: &connectors::Setting| SettingView {
        name: s.name.into(),
        kind: match s.kind {
            SettingKind::Text => "text",
            SettingKind::Url => "url",
            SettingKind::Secret => "secret",
            SettingKind::Generated => "generated",
        }
        .into(),
        required: s.required,
        default: s.default.map(Into::into),
    };
    let view = |spec: &connectors::Spec| ProviderView {
        id: spec.id.into(),
        name: spec.name.into(),
        settings: spec.settings.iter().map(setting).collect(),
    };
    Ok(connectors::ALL.iter().map(|connector| view(connector.spec())).collect())
}

/// JSON Schema of a provider's settings.
pub fn describe(provider: &str) -> Result<Json> {
    let spec = connectors::find(provider).ok_or(ErrorCode::UnknownProvider)?.spec();
    let mut properties = Map::new();
    for s in spec.settings {
        let mut property = serde_json::json!({"type": "string"});
        if s.kind == SettingKind::Url {
            property["format"] = "uri".into();
        }
        if matches!(s.kind, SettingKind::Secret | SettingKind::Generated) {
            property["writeOnly"] = true.into();
        }
        if let Some(default) = s.default {
            property["default"] = default.into();
        }
        properties.insert(s.name.into(), property);
    }
    let required: Vec<&str> = spec.settings.iter().filter(|s| s.required).map(|s| s.name).collect();
    Ok(serde_json::json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema", "title": spec.name, "type": "object",
        "properties": properties, "required": required, "additionalProperties": false
    }))
}

async fn first_event_id_of_today(cx: &Cx) -> Result<EventId> {
    let zone = crate::accounts::organisation_zone(cx).await?;
    Ok(EventId::make(zone::day_start(&zone, cx.now), &[0; 10]))
}

/// All connections of the organisation.
pub async fn list(cx: &Cx) -> Result<Vec<ConnectionView>> {
    cx.allow(Permission::ConnectionsRead)?;
    Ok(store::connections::list(cx.db(), cx.organisation, first_event_id_of_today(cx).await?).await?)
}

/// One connection with what its wizard shows; generated secrets only for those who manage connections.
pub async fn get(cx: &Cx, id: ConnectionId) -> Result<ConnectionSetup> {
    cx.allow(Permission::ConnectionsRead)?;
    setup(cx, id).await
}

/// The same, for operations that have checked their permission.
async fn setup(cx: &Cx, id: ConnectionId) -> Result<ConnectionSetup> {
    let today = first_event_id_of_today(cx).await?;
    let connection = store::connections::one(cx.db(), cx.organisation, id, today).await?.ok_or(ErrorCode::NotFound)?;
    let mut generated = std::collections::BTreeMap::new();
    if cx.allow(Permission::ConnectionsManage).is_ok() {
        let row = store::connections::row(cx.db(), cx.organisation, id).await?.ok_or(ErrorCode::NotFound)?;
        let connected = open(&cx.app, row, cx.now)?;
        for s in connected.connector.spec().settings.iter().filter(|s| s.kind == SettingKind::Generated) {
            generated.insert(s.name.to_owned(), connected.settings.get(s.name).to_owned());
        }
    }
    let webhook_path = format!("/api/hooks/{}/{}", connection.provider, connection.webhook_key);
    Ok(ConnectionSetup {
        webhook_url: format!("{}{webhook_path}", cx.app.config.public_url),
        webhook_path,
        generated,
        connection,
    })
}

/// Separates and checks settings; secrets not given are taken from `known`.
fn sort_settings(
    connector: &dyn Connector,
    given: &Map<String, Json>,
    known: &Map<String, Json>,
    private_nets: bool,
) -> Result<(Map<String, Json>, Map<String, Json>)> {
    let spec = connector.spec();
    if let Some(name) = given.keys().find(|name| spec.settings.iter().all(|s| s.name != name.as_str())) {
        return Err(ApiError::new(ErrorCode::NotAllowed).field(format!("settings.{name}")).into());
    }
    let (mut plain, mut secret) = (Map::new(), Map::new());
    for s in spec.settings {
        let field = format!("settings.{}", s.name);
        let text = match given.get(s.name) {
            None | Some(Json::Null) => "",
            Some(Json::String(text)) => text,
            Some(_) => return Err(ApiError::new(ErrorCode::NotAllowed).field(field).into()),
        };
        let mut value = validate::optional(&field, text, 4_000)?;
        // An open setting that is given empty is emptied; a secret nobody can see stays.
        let emptied = given.get(s.name).is_some_and(|value| value == "")
            && matches!(s.kind, SettingKind::Text | SettingKind::Url)
            && !s.required
            && !known.is_empty();
        if value.is_empty() && emptied {
            value = s.default.unwrap_or_default().to_owned();
        } else if value.is_empty() {
            value = known.get(s.name).and_then(Json::as_str).or(s.default).unwrap_or_default().to_owned();
        }
        if value.is_empty() && s.kind == SettingKind::Generated {
            value = connector.generated(crate::vault::random_token());
        }
        if value.is_empty() && s.required {
            return Err(ApiError::new(ErrorCode::Required).field(field).into());
        }
        if s.kind == SettingKind::Url
            && !value.is_empty()
            && connectors::address::checked(&value, private_nets).is_err()
        {
            return Err(ApiError::new(ErrorCode::PrivateAddress).field(field).into());
        }
        let target =
            if matches!(s.kind, SettingKind::Secret | SettingKind::Generated) { &mut secret } else { &mut plain };
        if s.kind == SettingKind::Url {
            value.truncate(value.trim_end_matches('/').len());
        }
        target.insert(s.name.into(), value.into());
    }
    Ok((plain, secret))
}

/// Makes a connection and starts its check, its subscription and the fetching of templates.
pub async fn save(cx: &Cx, input: SaveConnection) -> Result<ConnectionSetup> {
    cx.allow(Permission::ConnectionsManage)?;
    let connector = connectors::find(&input.provider).ok_or(ErrorCode::UnknownProvider)?;
    let (plain, secret) = sort_settings(connector, &input.settings, &Map::new(), cx.app.config.private_nets)?;
    let name = validate::optional("name", &input.name, 100)?;
    let id: ConnectionId = cx.id();
    let all: Map<String, Json> = plain.clone().into_iter().chain(secret.clone()).collect();
    let row = ConnectionRow {
        organisation_id: cx.organisation,
        id,
        provider: input.provider.clone(),
        name: if name.is_empty() { connector.spec().name.to_owned() } else { name },
        state: ConnectionState::Setup,
        account: connector.account(&Settings::new(all)),
        settings: plain.into(),
        secrets: cx.app.vault.seal(&vault_row(id), &serde_json::to_vec(&secret).map_err(anyhow::Error::from)?)?,
        webhook_key: crate::vault::random_token(),
        memory: None,
        rests_until: None,
        rev: 1,
    };
    let account = Some(&row.account).filter(|account| !account.is_empty());
    if let Some(account) = account
        && store::connections::id_by_account(cx.db(), cx.organisation, &row.provider, account).await?.is_some()
    {
        return Err(ApiError::new(ErrorCode::AlreadyExists).arg("what", "connection").into());
    }
    let mut work = cx.work().await?;
    store::connections::insert(&mut work.tx, &row, cx.now).await?;
    work.journal(
        "connection_created",
        "connection",
        id,
        serde_json::json!({"provider": row.provider, "name": row.name}),
    )
    .await?;
    enqueue_checks(&mut work, &row).await?;
    work.hint("connections", id);
    work.commit().await?;
    setup(cx, id).await
}

/// Changes settings or name; secrets left empty stay. A connection that was refused is checked again at once.
pub async fn change(cx: &Cx, id: ConnectionId, input: SaveConnection) -> Result<ConnectionSetup> {
    cx.allow(Permission::ConnectionsManage)?;
    let mut row = store::connections::row(cx.db(), cx.organisation, id).await?.ok_or(ErrorCode::NotFound)?;
    let known = open(&cx.app, row.clone(), cx.now)?;
    let (plain, secret) =
        sort_settings(known.connector, &input.settings, known.settings.map(), cx.app.config.private_nets)?;
    let all: Map<String, Json> = plain.clone().into_iter().chain(secret.clone()).collect();
    let new_secrets = secret.iter().filter(|(name, value)| known.settings.map().get(*name) != Some(value));
    let new_secrets: Vec<String> = new_secrets.map(|(name, _)| format!("settings.{name}")).collect();
    let before = facts(&row);
    row.account = known.connector.account(&Settings::new(all));
    row.settings = plain.into();
    row.secrets = cx.app.vault.seal(&vault_row(id), &serde_json::to_vec(&secret).map_err(anyhow::Error::from)?)?;
    let name = validate::optional("name", &input.name, 100)?;
    if !name.is_empty() {
        row.name = name;
    }
    let mut work = cx.work().await?;
    store::connections::update(&mut work.tx, &row).await?;
    let mut changed = changes::between(&before, &facts(&row));
    changed.extend(new_secrets.iter().map(|field| changes::one(field, changes::SECRET, changes::SECRET)));
    let args = serde_json::json!({"name": row.name, "changes": changed});
    work.journal("connection_changed", "connection", id, args).await?;
    enqueue_checks(&mut work, &row).await?;
    work.hint("connections", id);
    work.commit().await?;
    cx.app.connections.forget(id);
    setup(cx, id).await
}

/// What the journal compares; secrets are not among it.
fn facts(row: &ConnectionRow) -> Json {
    serde_json::json!({"name": row.name, "account": row.account, "settings": row.settings})
}

/// «Проверить»: asks the provider through the outbox; the card shows the answer live.
pub async fn check(cx: &Cx, id: ConnectionId) -> Result<()> {
    cx.allow(Permission::ConnectionsManage)?;
    let row = store::connections::row(cx.db(), cx.organisation, id).await?.ok_or(ErrorCode::NotFound)?;
    let mut work = cx.work().await?;
    enqueue_checks(&mut work, &row).await?;
    work.commit().await
}

/// Switches a connection on or off. Off holds what waits; on lets it go.
pub async fn switch(cx: &Cx, id: ConnectionId, on: bool) -> Result<()> {
    cx.allow(Permission::ConnectionsManage)?;
    let before = store::connections::row(cx.db(), cx.organisation, id).await?.ok_or(ErrorCode::NotFound)?;
    let mut work = cx.work().await?;
    if on {
        resume(&mut work, id).await?;
    } else {
        store::connections::set_state(&mut work.tx, cx.organisation, id, ConnectionState::Off).await?;
        let held = store::jobs::hold(&mut work.tx, cx.organisation, id).await?;
        let changes = [changes::one("state", before.state.as_str(), ConnectionState::Off.as_str())];
        let args = serde_json::json!({"held": held, "changes": changes});
        work.journal("connection_off", "connection", id, args).await?;
        work.hint("connections", id);
    }
    work.commit().await?;
    cx.app.connections.forget(id);
    Ok(())
}

/// Approved templates of a connection.
pub async fn find_templates(cx: &Cx, id: ConnectionId) -> Result<Vec<TemplateView>> {
    cx.allow(Permission::ChatsRead)?;
    Ok(store::connections::templates(cx.db(), cx.organisation, id).await?)
}

async fn enqueue_checks(work: &mut crate::Work, row: &ConnectionRow) -> Result<()> {
    let actions = connectors::find(&row.provider).map(|c| c.spec().actions).unwrap_or_default();
    let callback = format!("{}/api/hooks/{}/{}", work.app.config.public_url, row.provider, row.webhook_key);
    for (kind, action) in
        [(kinds::CHECK_CONNECTION, "check"), (kinds::SUBSCRIBE, "subscribe"), (kinds::SYNC_TEMPLATES, "templates")]
    {
        if actions.iter().any(|a| a.id == action) {
            let payload = serde_json::json!({"action": action, "input": {"callback_url": callback}});
            let mut job = pipeline::connection_job(work, kind, row.id, payload);
            job.order_key = format!("connection:{}", row.id);
            job.max_attempts = 4;
            work.job(job).await?;
        }
    }
    Ok(())
}
