//! Browser sessions in the database: the store behind the session layer, and the list a person sees of their own.
//!
//! The cookie's value opens the account, so only its hash is stored; lists show another id.

use crate::vault::token_hash;
use crate::{App, Cx, Result, zone};
use async_trait::async_trait;
use domain::ErrorCode;
use domain::access::Permission;
use domain::ids::*;
use domain::views::SessionView;
use serde_json::{Value as Json, json};
use std::collections::HashMap;
use std::sync::Arc;
use store::accounts::SessionRow;
use time::OffsetDateTime;
pub use tower_sessions::Session;
pub use tower_sessions::session::Id;
use tower_sessions::session::Record;
use tower_sessions::session_store::{self, Error as StoreError};

/// Data of a session: the signed-in person.
pub const USER: &str = "user_id";
/// Data of a session: a person whose password was right and whose code is still to come, and since when.
pub const HALFWAY: &str = "halfway";
/// Data of a session: whom a provider vouched for and nobody here is yet ([`super::identities::Waiting`]).
pub const WAITING: &str = "waiting";
/// Data of a session: the attempt with a provider that opened it, and where it led.
pub const ATTEMPT: &str = "attempt";
/// Data of a session: the organisation they chose.
pub const ORGANISATION: &str = "organisation_id";
/// Data of a session: address it was begun from.
pub const ADDRESS: &str = "address";
/// Data of a session: browser it was begun in.
pub const USER_AGENT: &str = "user_agent";

/// A session ends this long after its last use.
pub const LIFETIME_MS: i64 = 30 * zone::DAY_MS;
/// How exactly the last use is known.
const TOUCH_MS: i64 = 60_000;

/// The session store over the table `sessions`.
#[derive(Clone)]
pub struct Sessions(pub Arc<App>);

impl std::fmt::Debug for Sessions {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Sessions")
    }
}

fn hash(id: &Id) -> String {
    token_hash(&id.to_string())
}

fn row(record: &Record, now: i64) -> session_store::Result<SessionRow> {
    let text = |name: &str| record.data.get(name).and_then(Json::as_str);
    let cut = |name: &str| text(name).unwrap_or_default().chars().take(300).collect();
    let wish = i64::try_from(record.expiry_date.unix_timestamp_nanos() / 1_000_000).unwrap_or(i64::MAX);
    Ok(SessionRow {
        hash: hash(&record.id),
        user: text(USER).map(str::parse).transpose().map_err(|e| StoreError::Encode(format!("{USER}: {e}")))?,
        data: serde_json::to_string(&record.data).map_err(|e| StoreError::Encode(e.to_string()))?,
        address: cut(ADDRESS),
        user_agent: cut(USER_AGENT),
        expires_at: wish.min(now + LIFETIME_MS),
    })
}

fn backend(error: store::Error) -> StoreError {
    StoreError::Backend(error.to_string())
}

#[async_trait]
impl session_store::SessionStore for Sessions {
    async fn create(&self, record: &mut Record) -> session_store::Result<()> {
        let now = self.0.clock.now();
        let mut row = row(record, now)?;
        row.expires_at = row.expires_at.min(now + self.0.config.longest_session());
        let mut tx = self.0.db.begin().await.map_err(backend)?;
        // 128 random bits do not meet again; if they did, the primary key refuses the second.
        store::accounts::insert_session(&mut tx, self.0.ids.next(now), &row, now).await.map_err(backend)?;
        tx.commit().await.map_err(backend)
    }

    async fn save(&self, record: &Record) -> session_store::Result<()> {
        let row = row(record, self.0.clock.now())?;
        let mut tx = self.0.db.begin().await.map_err(backend)?;
        // A session revoked while its request was running stays revoked: nothing is written then.
        store::accounts::update_session(&mut tx, &row, self.0.config.longest_session()).await.map_err(backend)?;
        tx.commit().await.map_err(backend)
    }

    async fn load(&self, id: &Id) -> session_store::Result<Option<Record>> {
        let now = self.0.clock.now();
        let Some(stored) = store::accounts::session(&self.0.db, &hash(id), now).await.map_err(backend)? else {
            return Ok(None);
        };
        if stored.last_seen_at <= now - TOUCH_MS {
            let (sessions, id) = (self.clone(), *id);
            // Not worth making the page wait, nor failing when nothing can be written.
            tokio::spawn(async move {
                if let Err(error) = sessions.touch(&id).await {
                    tracing::warn!(%error, "The last use of a session was not noted");
                }
            });
        }
        let data: HashMap<String, Json> =
            serde_json::from_str(&stored.data).map_err(|e| StoreError::Decode(e.to_string()))?;
        let expiry_date = OffsetDateTime::from_unix_timestamp_nanos(i128::from(stored.expires_at) * 1_000_000)
            .map_err(|e| StoreError::Decode(e.to_string()))?;
        Ok(Some(Record { id: *id, data, expiry_date }))
    }

    async fn delete(&self, id: &Id) -> session_store::Result<()> {
        let mut tx = self.0.db.begin().await.map_err(backend)?;
        store::accounts::delete_session(&mut tx, &hash(id)).await.map_err(backend)?;
        tx.commit().await.map_err(backend)
    }
}

impl Sessions {
    /// Notes that a session was used, at most once a minute, and lets it live on from now. Loading does it by itself.
    pub async fn touch(&self, id: &Id) -> Result<bool> {
        let now = self.0.clock.now();
        let mut tx = self.0.db.begin().await?;
        let longest = self.0.config.longest_session();
        let (ends, seen) = (now + LIFETIME_MS, now - TOUCH_MS);
        let touched = store::accounts::touch_session(&mut tx, &hash(id), now, ends, seen, longest).await?;
        tx.commit().await?;
        Ok(touched)
    }
}

/// The id lists show of a session, and the browser it was begun in.
pub(crate) async fn public_id(cx: &Cx, id: &Id) -> Result<Option<(SessionId, String)>> {
    let stored = store::accounts::session(cx.db(), &hash(id), cx.now).await?;
    Ok(stored.map(|stored| {
        let data: HashMap<String, Json> = serde_json::from_str(&stored.data).unwrap_or_default();
        let browser = data.get(USER_AGENT).and_then(Json::as_str).unwrap_or_default();
        (stored.public_id, browser.chars().take(300).collect())
    }))
}

/// Own sessions, the latest used first; `current` is the one of this request.
pub async fn list(cx: &Cx, current: Option<&Id>) -> Result<Vec<SessionView>> {
    cx.allow(Permission::OwnProfile)?;
    let mut sessions = store::accounts::sessions(cx.db(), cx.person()?, cx.now).await?;
    let here = match current {
        Some(id) => store::accounts::session(cx.db(), &hash(id), cx.now).await?.map(|s| s.public_id),
        None => None,
    };
    for session in &mut sessions {
        session.current = Some(session.id) == here;
        session.ends_at = session.created_at + cx.app.config.longest_session();
    }
    Ok(sessions)
}

/// Ends one own session.
pub async fn revoke(cx: &Cx, id: SessionId) -> Result<()> {
    cx.allow(Permission::OwnProfile)?;
    let user = cx.person()?;
    let mut work = cx.work().await?;
    if !store::accounts::revoke_session(&mut work.tx, id, user).await? {
        return Err(ErrorCode::NotFound.into());
    }
    work.journal("session_revoked", "member", user, json!({})).await?;
    work.hint("me", user);
    work.commit().await
}

/// Ends all own sessions but the current one; answers how many.
pub async fn revoke_others(cx: &Cx, current: Option<&Id>) -> Result<u64> {
    cx.allow(Permission::OwnProfile)?;
    let user = cx.person()?;
    let keep = current.map(hash);
    let mut work = cx.work().await?;
    let ended = store::accounts::revoke_sessions(&mut work.tx, user, keep.as_deref()).await?;
    if ended > 0 {
        work.journal("sessions_revoked", "member", user, json!({"count": ended})).await?;
        work.hint("me", user);
    }
    work.commit().await?;
    Ok(ended)
}
