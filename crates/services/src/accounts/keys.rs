//! API keys of the organisation, and who a request with a key is.

use super::person;
use crate::vault::{random_token, token_hash};
use crate::{Actor, App, Cx, Result};
use domain::access::{self, Permission};
use domain::ids::*;
use domain::views::{ApiKeyView, CreatedKey};
use domain::{ApiError, ErrorCode};
use serde_json::json;
use std::sync::Arc;

/// What every key begins with, so that it is recognised where it was left lying about.
const PREFIX: &str = "pult_";
/// Characters of a key that lists show.
const SHOWN: usize = 10;
/// How exactly the last use is known.
const TOUCH_MS: i64 = 60_000;

/// Makes a key. Nobody can give a key more than they may do themselves.
pub async fn create(cx: &Cx, name: &str, scopes: &str, expires_at: Option<i64>) -> Result<CreatedKey> {
    cx.allow(Permission::KeysManage)?;
    let name = person::name("name", name)?;
    let scopes = checked_scopes(cx, scopes)?;
    if expires_at.is_some_and(|at| at <= cx.now) {
        return Err(ApiError::new(ErrorCode::NotAllowed).field("expires_at").into());
    }
    let key = format!("{PREFIX}{}", random_token());
    let view = ApiKeyView {
        id: cx.id(),
        name,
        prefix: key[..SHOWN].to_owned(),
        scopes,
        created_at: cx.now,
        expires_at,
        last_used_at: None,
    };
    let (_, author) = cx.actor_columns();
    let mut work = cx.work().await?;
    store::accounts::insert_key(&mut work.tx, cx.organisation, &view, &token_hash(&key), author.as_deref()).await?;
    work.journal("key_created", "key", view.id, facts(&view)).await?;
    work.hint("settings", "");
    work.commit().await?;
    Ok(CreatedKey { id: view.id, key })
}

fn facts(key: &ApiKeyView) -> serde_json::Value {
    json!({"name": key.name, "prefix": key.prefix, "scopes": key.scopes, "expires_at": key.expires_at})
}

/// The scopes as they are stored: `*`, or known permissions without repeats.
fn checked_scopes(cx: &Cx, text: &str) -> Result<String> {
    let mut scopes = access::parse_scopes(text).map_err(|_| ApiError::new(ErrorCode::NotAllowed).field("scopes"))?;
    if scopes.is_empty() {
        return Err(ApiError::new(ErrorCode::Required).field("scopes").into());
    }
    for scope in &scopes {
        if *scope == Permission::OwnProfile {
            return Err(ApiError::new(ErrorCode::NotAllowed).field("scopes").into());
        }
        cx.allow(*scope)?;
    }
    scopes.sort();
    scopes.dedup();
    let list = || scopes.iter().map(|s| s.as_str()).collect::<Vec<_>>().join(",");
    Ok(if text.trim() == "*" { "*".to_owned() } else { list() })
}

/// Keys that are not revoked, newest first.
pub async fn list(cx: &Cx) -> Result<Vec<ApiKeyView>> {
    cx.allow(Permission::KeysManage)?;
    Ok(store::accounts::keys(cx.db(), cx.organisation).await?)
}

/// Revokes a key; its next request is refused.
pub async fn revoke(cx: &Cx, id: ApiKeyId) -> Result<()> {
    cx.allow(Permission::KeysManage)?;
    let mut work = cx.work().await?;
    let revoked = store::accounts::revoke_key(&mut work.tx, cx.organisation, id, cx.now).await?;
    let key = revoked.ok_or(ErrorCode::NotFound)?;
    work.journal("key_revoked", "key", id, facts(&key)).await?;
    work.hint("settings", "");
    work.commit().await
}

/// The context of a request with an API key.
pub async fn authenticate_key(app: &Arc<App>, key: &str) -> Result<Cx> {
    let now = app.clock.now();
    if !key.starts_with(PREFIX) {
        return Err(ErrorCode::Unauthenticated.into());
    }
    let row = store::accounts::key(&app.db, &token_hash(key), now).await?.ok_or(ErrorCode::Unauthenticated)?;
    let scopes = access::parse_scopes(&row.scopes)
        .map_err(|e| store::Error::Corrupt(format!("api_keys.scopes of {}: {e}", row.id)))?;
    if row.last_used_at.is_none_or(|at| at <= now - TOUCH_MS) {
        let (app, organisation, id) = (app.clone(), row.organisation_id, row.id);
        // Not worth making the request wait, nor failing when nothing can be written.
        tokio::spawn(async move {
            if let Err(error) = touch(&app, organisation, id, now).await {
                tracing::warn!(%error, "The last use of an API key was not noted");
            }
        });
    }
    let actor = Actor::Key { key: row.id, scopes };
    Ok(Cx::new(app, actor, row.organisation_id))
}

async fn touch(app: &App, organisation: OrganisationId, id: ApiKeyId, now: i64) -> Result<()> {
    let mut tx = app.db.begin().await?;
    store::accounts::touch_key(&mut tx, organisation, id, now).await?;
    Ok(tx.commit().await?)
}
