//! The sign-in: one access token per connection, kept in its memory. The memory stays locked while a token is fetched,
//! so one renewal is under way however many calls wait; asking too often is punished.

use super::api::{Host, address};
use super::errors::{MINUTE, read};
use crate::http::{ANSWER_LIMIT, Repeat, call, unreadable};
use crate::json::{Look, filled};
use crate::{Cx, Fail, LimitScope, Settings};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};
use sha2::{Digest, Sha256};

const HOUR: i64 = 60 * MINUTE;

/// What is remembered of the sign-in. Times by our clock; the provider's `issued_at` has had several units.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(default)]
struct Kept {
    /// Fingerprint of the settings it belongs to.
    whose: String,
    access: String,
    expires_ms: i64,
    renew_ms: i64,
    refresh: String,
    refresh_until_ms: i64,
    /// Nobody asks for a token before this.
    quiet_until_ms: i64,
}

impl Kept {
    fn load(memory: &Json, whose: &str) -> Self {
        let kept = Self::deserialize(memory.at("token")).unwrap_or_default();
        if kept.whose == whose { kept } else { Self { whose: whose.into(), ..Self::default() } }
    }
    fn store(&self, memory: &mut Json) {
        keep(memory, "token", json!(self));
    }
}

/// Puts a value into the memory, whatever was there.
pub fn keep(memory: &mut Json, name: &str, value: Json) {
    if !memory.is_object() {
        *memory = json!({});
    }
    memory[name] = value;
}

/// Whether a person signs in. Then no call has to name one.
pub fn by_password(settings: &Settings) -> bool {
    !settings.get("username").is_empty() && !settings.get("password").is_empty()
}

/// A token to use now. `refused` is one that was just answered 401: another is needed, unless somebody fetched it
/// meanwhile.
pub async fn get(cx: &Cx<'_>, refused: Option<&str>) -> Result<String, Fail> {
    let mut memory = cx.memory.lock().await;
    let mut kept = Kept::load(&memory, &fingerprint(cx.settings));
    let good = !kept.access.is_empty() && refused != Some(&kept.access) && cx.now_ms < kept.expires_ms;
    if good && cx.now_ms < kept.renew_ms.max(kept.quiet_until_ms) {
        return Ok(kept.access);
    }
    if cx.now_ms < kept.quiet_until_ms {
        let after_ms = Some(kept.quiet_until_ms - cx.now_ms);
        let detail = "too many token requests a moment ago".into();
        return Err(Fail::Limited { scope: LimitScope::Connection, after_ms, code: "429".into(), detail });
    }
    match renew(cx, &kept).await {
        Ok(fresh) => {
            fresh.store(&mut memory);
            Ok(fresh.access)
        }
        Err(fail) => {
            let pause = match &fail {
                Fail::Limited { after_ms, .. } => after_ms.unwrap_or(MINUTE).clamp(MINUTE, HOUR),
                // The old one still works: the renewal has an hour to succeed.
                Fail::Transient { .. } if good => MINUTE,
                _ => return Err(fail),
            };
            kept.quiet_until_ms = cx.now_ms.saturating_add(pause);
            kept.store(&mut memory);
            if good { Ok(kept.access) } else { Err(fail) }
        }
    }
}

/// With the refresh token as long as there is one, else from the beginning.
async fn renew(cx: &Cx<'_>, kept: &Kept) -> Result<Kept, Fail> {
    if !kept.refresh.is_empty() && cx.now_ms < kept.refresh_until_ms {
        let form = [("grant_type", "refresh_token"), ("refresh_token", kept.refresh.as_str())];
        match ask(cx, "refresh", &form).await {
            // Used up or revoked.
            Err(Fail::Reauth { .. }) => {}
            done => return done,
        }
    }
    let person = [
        ("grant_type", "password"),
        ("username", cx.settings.get("username")),
        ("password", cx.settings.get("password")),
    ];
    let form = if by_password(cx.settings) { &person[..] } else { &[("grant_type", "client_credentials")] };
    ask(cx, "accesstoken", form).await
}

/// One call to the token addresses.
async fn ask(cx: &Cx<'_>, what: &str, form: &[(&str, &str)]) -> Result<Kept, Fail> {
    let (key, secret) = (cx.settings.get("api_key"), cx.settings.get("api_secret"));
    let url = address(cx, Host::Api, &["oauth", "oauth-business-users-for-applications", what])?;
    let request = cx.http.post(url).basic_auth(key, Some(secret)).form(form);
    let answer = call(request, Repeat::Harmless, ANSWER_LIMIT).await?;
    let body = read(&answer, cx).map_err(sign_in)?;
    let access =
        filled(body.text("access_token")).ok_or_else(|| unreadable(Repeat::Harmless, "no access token".into()))?;
    let seconds = |name: &str| body.int(name).map(|seconds| seconds.clamp(0, i64::MAX / 4_000) * 1_000);
    let lives = seconds("expires_in").unwrap_or(HOUR);
    let expires_ms = cx.now_ms.saturating_add(lives);
    Ok(Kept {
        whose: fingerprint(cx.settings),
        access,
        expires_ms,
        // A token that lives less than two hours is renewed in the middle, not at every call.
        renew_ms: expires_ms - HOUR.min(lives / 2),
        refresh: body.text("refresh_token").into(),
        refresh_until_ms: seconds("refresh_token_expires_in").map_or(i64::MAX, |ms| cx.now_ms.saturating_add(ms)),
        quiet_until_ms: 0,
    })
}

/// Whatever the token address refuses for good, the sign-in is broken: the provider says little on purpose.
fn sign_in(fail: Fail) -> Fail {
    match fail {
        Fail::Rejected { code, detail, .. } => Fail::Reauth { code, detail },
        other => other,
    }
}

/// What a failure may not repeat beside the secrets of the settings: kept tokens, and secrets as they travel.
pub async fn hidden(cx: &Cx<'_>) -> Vec<String> {
    let settings = cx.settings;
    let kept = Kept::load(&*cx.memory.lock().await, &fingerprint(settings));
    let basic = STANDARD.encode(format!("{}:{}", settings.get("api_key"), settings.get("api_secret")));
    let password = url::form_urlencoded::byte_serialize(settings.get("password").as_bytes()).collect();
    vec![kept.access, kept.refresh, basic, password]
}

/// Other settings need another token; the memory may be older than they are.
fn fingerprint(settings: &Settings) -> String {
    let mut hash = Sha256::new();
    for name in ["api_key", "api_secret", "username", "password"] {
        hash.update(Sha256::digest(settings.get(name)));
    }
    hex::encode(hash.finalize())
}

/// What a connection remembers once it has this token for good.
#[cfg(test)]
pub fn remembered(settings: &Settings, access: &str) -> Json {
    let kept = Kept {
        whose: fingerprint(settings),
        access: access.into(),
        expires_ms: i64::MAX,
        renew_ms: i64::MAX,
        ..Kept::default()
    };
    json!({"token": kept})
}
