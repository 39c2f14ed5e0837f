//! Idempotency keys of REST creates: the same key with the same request is worked on once and answered alike.
//!
//! Keys belong to whoever sends them, so that no weaker key is shown what a stronger one was answered. An answer is kept a day. A request that did nothing (an error) frees its key.

use crate::{Cx, Error, Result};
use domain::{ApiError, ErrorCode};
use sha2::{Digest, Sha256};
use std::future::Future;

/// How long an answer is kept.
pub const KEPT_MS: i64 = 24 * 60 * 60 * 1000;
/// A request without answer for this long died with its process.
const DEAD_MS: i64 = 2 * 60 * 1000;
const MAX_KEY: usize = 255;

/// An answer, fresh or kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    pub status: u16,
    pub body: String,
    /// It was given before; nothing was done now.
    pub replayed: bool,
}

/// What came with `begin`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Begun {
    /// The key is ours: do the work, then [`finish`] or [`abandon`].
    Fresh,
    /// It was done before.
    Stored(Answer),
}

/// Names a request, so that a key cannot be used for another.
pub fn request_hash(method: &str, path: &str, body: &[u8]) -> String {
    let parts = [method.as_bytes(), path.as_bytes(), body];
    let hash = parts
        .iter()
        .fold(Sha256::new(), |h, part| h.chain_update((part.len() as u64).to_be_bytes()).chain_update(part));
    hex::encode(hash.finalize())
}

/// A key as it is kept: with whose it is.
fn of_caller(cx: &Cx, key: &str) -> String {
    let (kind, id) = cx.actor_columns();
    format!("{kind}:{}:{key}", id.unwrap_or_default())
}

/// Takes a key for a request, or answers what is known under it.
pub async fn begin(cx: &Cx, key: &str, request_hash: &str) -> Result<Begun> {
    if key.is_empty() || key.len() > MAX_KEY || !key.bytes().all(|b| b.is_ascii_graphic()) {
        return Err(ApiError::new(ErrorCode::BadRequest).arg("reason", "Idempotency-Key").into());
    }
    let (now, organisation) = (cx.now, cx.organisation);
    let key = of_caller(cx, key);
    let key = key.as_str();
    let mut tx = cx.db().begin().await?;
    let fresh = store::rest::begin(&mut tx, organisation, key, request_hash, now, now - DEAD_MS, now - KEPT_MS).await?;
    tx.commit().await?;
    if fresh {
        return Ok(Begun::Fresh);
    }
    // Gone again means that the first request has just failed: the caller may come back.
    let known = store::rest::one(cx.db(), organisation, key).await?.ok_or(ErrorCode::IdempotencyInProgress)?;
    if known.request_hash != request_hash {
        return Err(ErrorCode::IdempotencyMismatch.into());
    }
    let Some(status) = known.status.and_then(|s| u16::try_from(s).ok()) else {
        return Err(ErrorCode::IdempotencyInProgress.into());
    };
    Ok(Begun::Stored(Answer { status, body: known.body.unwrap_or_default(), replayed: true }))
}

/// Keeps the answer for repeats.
pub async fn finish(cx: &Cx, key: &str, status: u16, body: &str) -> Result<()> {
    let mut tx = cx.db().begin().await?;
    store::rest::finish(&mut tx, cx.organisation, &of_caller(cx, key), cx.now, i64::from(status), body).await?;
    Ok(tx.commit().await?)
}

/// Frees a key under which nothing happened.
pub async fn abandon(cx: &Cx, key: &str) -> Result<()> {
    let mut tx = cx.db().begin().await?;
    store::rest::abandon(&mut tx, cx.organisation, &of_caller(cx, key), cx.now).await?;
    Ok(tx.commit().await?)
}

/// Does `work` once per key; without a key just does it. It runs to its end even when the caller hangs up meanwhile.
pub async fn once<F>(cx: &Cx, key: Option<&str>, request_hash: &str, work: F) -> Result<Answer>
where
    F: Future<Output = Result<(u16, String)>> + Send + 'static,
{
    let Some(key) = key else {
        let (status, body) = work.await?;
        return Ok(Answer { status, body, replayed: false });
    };
    if let Begun::Stored(answer) = begin(cx, key, request_hash).await? {
        return Ok(answer);
    }
    let (cx, key) = (cx.clone(), key.to_owned());
    let task = tokio::spawn(async move {
        // A task of its own, so that a panic in the work still frees the key.
        match tokio::spawn(work).await.map_err(|e| Error::Internal(anyhow::anyhow!("{e}"))).flatten() {
            Ok((status, body)) => {
                finish(&cx, &key, status, &body).await?;
                Ok(Answer { status, body, replayed: false })
            }
            Err(error) => {
                abandon(&cx, &key).await?;
                Err(error)
            }
        }
    });
    task.await.map_err(|e| anyhow::anyhow!("{e}"))?
}
