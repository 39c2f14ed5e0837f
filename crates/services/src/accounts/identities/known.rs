//! What is known of providers for a while: their addresses and keys. A key nobody knows lets us look once more, but not as
//! often as somebody likes to make one up.

use crate::App;
use connectors::identity::{self, Directory, Keys, Problem, Provider};
use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// At most this often because of an unknown key.
const AGAIN_MS: i64 = 60_000;

/// A thing and until when it is believed.
type Until<T> = (T, i64);

#[derive(Clone, Debug, Default)]
struct Entry {
    directory: Option<Until<Directory>>,
    keys: Option<Until<Keys>>,
    again_at: Option<i64>,
}

/// What this node knows.
#[derive(Debug, Default)]
pub struct Known(Mutex<HashMap<String, Entry>>);

impl Known {
    fn lock(&self) -> MutexGuard<'_, HashMap<String, Entry>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Where the provider's addresses are.
    pub(super) async fn directory(&self, app: &App, provider: &Provider) -> Result<Directory, Problem> {
        let now = app.clock.now();
        let kept = self.lock().get(&provider.id).and_then(|entry| entry.directory.clone());
        if let Some((directory, _)) = kept.filter(|(_, until)| *until > now) {
            return Ok(directory);
        }
        let found = identity::directory(&app.http, provider).await?;
        self.lock().entry(provider.id.clone()).or_default().directory =
            Some((found.value.clone(), now + found.keep_ms));
        Ok(found.value)
    }

    /// The keys it signs with.
    pub(super) async fn keys(&self, app: &App, provider: &Provider, directory: &Directory) -> Result<Keys, Problem> {
        let now = app.clock.now();
        let kept = self.lock().get(&provider.id).and_then(|entry| entry.keys.clone());
        match kept.filter(|(_, until)| *until > now) {
            Some((keys, _)) => Ok(keys),
            None => self.fetch(app, provider, directory).await,
        }
    }

    /// The keys it has now, after one that was not among them; `None` when that was asked a moment ago.
    pub(super) async fn keys_again(
        &self,
        app: &App,
        provider: &Provider,
        directory: &Directory,
    ) -> Result<Option<Keys>, Problem> {
        let now = app.clock.now();
        {
            let mut known = self.lock();
            let entry = known.entry(provider.id.clone()).or_default();
            if entry.again_at.is_some_and(|at| at > now - AGAIN_MS) {
                return Ok(None);
            }
            entry.again_at = Some(now);
        }
        self.fetch(app, provider, directory).await.map(Some)
    }

    async fn fetch(&self, app: &App, provider: &Provider, directory: &Directory) -> Result<Keys, Problem> {
        let found = identity::keys(&app.http, directory).await?;
        let until = app.clock.now() + found.keep_ms;
        self.lock().entry(provider.id.clone()).or_default().keys = Some((found.value.clone(), until));
        Ok(found.value)
    }
}
