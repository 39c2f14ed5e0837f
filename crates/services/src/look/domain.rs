//! The address of an organisation's own: claimed by whoever may change the settings, and used only after this installation has
//! found itself there. Whether it leads here is asked by a job, since names take their time to be known.

use super::scheme;
use crate::pipeline::kinds;
use crate::vault::random_token;
use crate::{App, Cx, Result, Work, trip};
use connectors::{Acted, Fail};
use domain::access::Permission;
use domain::queue::JobState;
use domain::views::DomainView;
use domain::{ApiError, ErrorCode};
use serde_json::{Value as Json, json};
use store::jobs::NewJob;

/// Where the proof is asked for.
pub const PROOF: &str = "/.well-known/pult";
/// Tries before somebody has to ask again: about an hour.
const TRIES: i32 = 8;

/// Whether something is a host we would take: a name of several parts. `local`: with a port, or of one part, as on a network
/// of one's own.
pub fn is_host(text: &str, local: bool) -> bool {
    let (name, port) = text.split_once(':').map_or((text, None), |(name, port)| (name, Some(port)));
    let part = |part: &str| {
        (1..=63).contains(&part.len())
            && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
            && !part.starts_with('-')
            && !part.ends_with('-')
    };
    let last = name.rsplit('.').next().unwrap_or_default();
    let named = last.bytes().any(|b| b.is_ascii_lowercase());
    let port = port.map_or(Some(true), |port| port.parse::<u16>().ok().map(|_| local));
    name.len() <= 253 && name.split('.').all(part) && named && (local || name.contains('.')) && port == Some(true)
}

/// A host as it is kept: what is typed may be a whole address, and written in any script.
fn host(cx: &Cx, typed: &str) -> Result<String> {
    let wrong = || ApiError::new(ErrorCode::BadHost).field("host");
    let bare = typed.trim().trim_start_matches("https://").trim_start_matches("http://").trim_end_matches('/');
    if bare.is_empty() {
        return Err(ApiError::new(ErrorCode::Required).field("host").into());
    }
    let url = connectors::host(bare).ok_or_else(wrong)?;
    let ours = cx.app.config.public_url.split("://").nth(1) == Some(url.as_str());
    if ours || !is_host(&url, cx.app.config.private_nets) {
        return Err(wrong().into());
    }
    Ok(url)
}

/// The address claimed.
pub async fn view(cx: &Cx) -> Result<Option<DomainView>> {
    cx.allow(Permission::SettingsRead)?;
    Ok(store::looks::domain(cx.db(), cx.organisation).await?)
}

/// Claims an address and asks whether it leads here.
pub async fn claim(cx: &Cx, typed: &str) -> Result<()> {
    cx.allow(Permission::SettingsManage)?;
    let host = host(cx, typed)?;
    let mut work = cx.work().await?;
    let before = store::looks::domain_in(&mut work.tx, cx.organisation).await?.map(|domain| domain.host);
    let token = random_token();
    store::looks::claim(&mut work.tx, cx.organisation, &host, &token, cx.now).await?;
    ask(&mut work, &host, &token).await?;
    told(&mut work, before, Some(host)).await?;
    work.commit().await
}

/// Asks again.
pub async fn check(cx: &Cx) -> Result<()> {
    cx.allow(Permission::SettingsManage)?;
    let mut work = cx.work().await?;
    let domain = store::looks::domain_in(&mut work.tx, cx.organisation).await?.ok_or(ErrorCode::NotFound)?;
    ask(&mut work, &domain.host, &domain.token).await?;
    work.hint("settings", "");
    work.commit().await
}

/// Gives the address up: links lead to the installation's own from now on.
pub async fn remove(cx: &Cx) -> Result<()> {
    cx.allow(Permission::SettingsManage)?;
    let mut work = cx.work().await?;
    let Some(before) = store::looks::domain_in(&mut work.tx, cx.organisation).await? else { return Ok(()) };
    store::looks::give_up(&mut work.tx, cx.organisation).await?;
    told(&mut work, Some(before.host), None).await?;
    work.commit().await
}

async fn told(work: &mut Work, from: Option<String>, to: Option<String>) -> Result<()> {
    let changes = json!([{"field": "domain", "from": from, "to": to}]);
    let organisation = work.organisation;
    work.journal("organisation_updated", "organisation", organisation, json!({"changes": changes})).await?;
    work.hint("settings", "");
    work.hint("me", "");
    Ok(())
}

async fn ask(work: &mut Work, host: &str, token: &str) -> Result<()> {
    let id = work.id();
    let job = NewJob {
        id,
        kind: kinds::CHECK_DOMAIN,
        connection: None,
        order_key: format!("{}:{}", kinds::CHECK_DOMAIN, work.organisation),
        run_at: work.now,
        max_attempts: TRIES,
        idempotency_key: None,
        payload: json!({"host": host, "token": token}),
        object_kind: "organisation",
        object_id: work.organisation.to_string(),
        cause: work.cause.clone(),
    };
    work.job(job).await.map(drop)
}

/// What this installation answers under a host to whoever asks for the proof.
pub fn proof(app: &App, host: &str, token: &str) -> String {
    trip::sign(app, format!("own domain {}\n{token}", host.to_ascii_lowercase()).as_bytes())
}

fn text<'a>(payload: &'a Json, name: &str) -> &'a str {
    payload.get(name).and_then(Json::as_str).unwrap_or_default()
}

/// Looks whether an address leads here. For the job runner.
pub(crate) async fn look(app: &App, payload: &Json) -> Result<Acted, Fail> {
    let (host, token) = (text(payload, "host"), text(payload, "token"));
    let url = format!("{}://{host}{PROOF}/{token}", scheme(app));
    let answer = connectors::look_at(&app.http, &url, app.config.private_nets).await?;
    match answer.trim() == proof(app, host, token) {
        true => Ok(Acted::default()),
        // Somebody else may still be there, or a page of whoever sells names.
        false => {
            Err(Fail::Transient { after_ms: None, code: "elsewhere".into(), detail: "another program answers".into() })
        }
    }
}

/// The address leads here.
pub(crate) async fn found(work: &mut Work, payload: &Json) -> Result<()> {
    let (organisation, now) = (work.organisation, work.now);
    let (host, token) = (text(payload, "host"), text(payload, "token"));
    let taken = store::looks::taken(&mut work.tx, host, organisation).await?;
    let (verified, failure) = if taken { (None, "taken") } else { (Some(now), "") };
    if store::looks::checked(&mut work.tx, organisation, token, verified, now, failure).await? {
        let code = if taken { "domain_failed" } else { "domain_verified" };
        work.journal(code, "organisation", organisation, json!({"host": host, "code": failure})).await?;
        work.hint("settings", "");
    }
    Ok(())
}

/// It does not, so far or for good.
pub(crate) async fn missed(work: &mut Work, payload: &Json, code: &str, state: JobState) -> Result<()> {
    let (organisation, now) = (work.organisation, work.now);
    let (host, token) = (text(payload, "host"), text(payload, "token"));
    // What was proven stays so while it is only tried again.
    let known = store::looks::domain_in(&mut work.tx, organisation).await?.filter(|known| known.token == token);
    let over = state == JobState::Dead;
    let verified = known.and_then(|known| known.verified_at).filter(|_| !over);
    if store::looks::checked(&mut work.tx, organisation, token, verified, now, code).await? {
        if over {
            work.journal_at(
                "warning",
                "domain_failed",
                "organisation",
                organisation,
                json!({"host": host, "code": code}),
            )
            .await?;
        }
        work.hint("settings", "");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_are_names_of_several_parts() {
        for good in ["pult.sever.example", "xn--e1afmkfd.xn--p1ai", "a-b.example"] {
            assert!(is_host(good, false), "{good}");
        }
        for bad in [
            "",
            "localhost",
            "127.0.0.1",
            "1.2.3.4:80",
            "a..b",
            "-a.example",
            "a_b.example",
            "a.example:443",
            "a.example/x",
            "A.example",
            "a b.example",
        ] {
            assert!(!is_host(bad, false), "{bad}");
        }
        assert!(is_host("localhost:4000", true) && !is_host("127.0.0.1:4000", true) && !is_host("localhost:x", true));
    }
}
