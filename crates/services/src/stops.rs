//! «Стоп-кран» (PIP-4): pulling it, looking at what it holds, lifting it. Nothing covered leaves the house from the commit of
//! a stop on: what waits is held with it, and the outbox asks before it shows a lease to anybody.

use crate::{ApiError, Cx, ErrorCode, Result, pipeline, validate};
use domain::access::Permission;
use domain::ids::*;
use domain::views::*;
use serde_json::json;
use store::stops as rows;

/// Longest reason.
const MOST_WHY: usize = 300;

/// Stops that are on.
pub async fn list(cx: &Cx) -> Result<Vec<StopView>> {
    cx.allow(Permission::ConnectionsRead)?;
    Ok(rows::list(cx.db(), cx.organisation).await?)
}

/// Stops, what they may cover, and how much waits.
pub async fn board(cx: &Cx) -> Result<StopBoard> {
    cx.allow(Permission::ConnectionsRead)?;
    Ok(StopBoard {
        stops: rows::list(cx.db(), cx.organisation).await?,
        targets: targets(cx).await?,
        rules: rows::rules(cx.db(), cx.organisation).await?,
        queues: rows::queues(cx.db(), cx.organisation).await?,
    })
}

async fn targets(cx: &Cx) -> Result<Vec<StopTarget>> {
    let service =
        |provider: &str| connectors::find(provider).map_or_else(|| provider.to_owned(), |c| c.spec().name.to_owned());
    let one = |(id, name, provider): (ConnectionId, String, String)| StopTarget {
        id,
        name,
        service: service(&provider),
        provider,
    };
    Ok(store::connections::named(cx.db(), cx.organisation).await?.into_iter().map(one).collect())
}

/// What is held, oldest first.
pub async fn held(cx: &Cx, f: &ListFilter) -> Result<Page<HeldSend>> {
    cx.allow(Permission::JournalRead)?;
    let limit = validate::limit(f.limit);
    let after = validate::id_cursor(f.cursor.as_deref())?;
    let found = rows::held(cx.db(), cx.organisation, after, limit + 1).await?;
    let page = Page::cut(found, limit as usize, |row| row.send.id.to_string());
    Ok(page.map(|row| {
        let said = |places: &[&str]| {
            let found = places.iter().find_map(|place| row.payload.pointer(place)?.as_str());
            found.unwrap_or_default().to_owned()
        };
        let mut send = row.send;
        if send.recipient.is_empty() {
            send.recipient = said(&["/input/name", "/input/email"]);
        }
        if send.text.is_empty() {
            send.text = said(&["/input/text", "/input/type", "/input/email"]);
        }
        send.text = domain::text::preview(&send.text, 200);
        send
    }))
}

/// Pulls a stop; what waits and is covered is held.
pub async fn pull(cx: &Cx, input: &PullStop) -> Result<StopView> {
    cx.allow(Permission::JobsManage)?;
    let why = validate::optional("why", &input.why, MOST_WHY)?;
    let (targets, rules) = (targets(cx).await?, rows::rules(cx.db(), cx.organisation).await?);
    let rule = rules.iter().find(|(id, _)| id.to_string() == input.target);
    let known = match input.scope {
        StopScope::All => input.target.is_empty(),
        StopScope::Channel => targets.iter().any(|it| it.provider == input.target),
        StopScope::Connection => targets.iter().any(|it| it.id.to_string() == input.target),
        StopScope::Rule => rule.is_some(),
    };
    if !known {
        return Err(ApiError::new(ErrorCode::NotAllowed).field("target").into());
    }
    let mut work = cx.work().await?;
    let id = cx.id();
    let by = cx.user().map(|user| user.to_string());
    let stop = (id, input.scope, input.target.as_str(), why.as_str());
    if !rows::insert(&mut work.tx, cx.organisation, stop, by.as_deref(), cx.now).await? {
        return Err(ApiError::new(ErrorCode::AlreadyExists).arg("what", "stop").into());
    }
    let held = rows::hold(&mut work.tx, cx.organisation).await?;
    let connection = targets.iter().find(|it| it.id.to_string() == input.target).map(|it| &it.name);
    let name = rule.map(|(_, name)| name).or(connection).unwrap_or(&input.target);
    let args = json!({"scope": input.scope, "target": name, "why": why, "count": held});
    work.journal_at("warning", "stop_pulled", "stop", id, args).await?;
    work.hint("stops", "");
    work.hint("jobs", "");
    work.commit().await?;
    let stops = rows::list(cx.db(), cx.organisation).await?;
    Ok(stops.into_iter().find(|stop| stop.id == id).ok_or(ErrorCode::NotFound)?)
}

/// Lifts a stop. What no other stop covers is sent, or dropped one by one, so that messages and invitations say so;
/// answers how many.
pub async fn lift(cx: &Cx, id: StopId, send: bool) -> Result<u64> {
    cx.allow(Permission::JobsManage)?;
    let mut work = cx.work().await?;
    let (scope, target) = rows::delete(&mut work.tx, cx.organisation, id).await?.ok_or(ErrorCode::NotFound)?;
    let count = if send {
        rows::free(&mut work.tx, cx.organisation, cx.now).await?
    } else {
        let jobs = rows::uncovered(&mut work.tx, cx.organisation).await?;
        for job in &jobs {
            pipeline::cancel_in(&mut work, *job, None).await?;
        }
        jobs.len() as u64
    };
    work.expect_jobs();
    let args = json!({"scope": scope, "target": target, "send": send, "count": count});
    work.journal_at("warning", "stop_lifted", "stop", id, args).await?;
    work.hint("stops", "");
    work.commit().await?;
    Ok(count)
}

/// Drops held sends; those that are no longer held are left alone. Answers how many it dropped.
pub async fn discard(cx: &Cx, jobs: &[JobId]) -> Result<u64> {
    cx.allow(Permission::JobsManage)?;
    if jobs.len() > 500 {
        return Err(ApiError::new(ErrorCode::OutOfRange).arg("min", 1).arg("max", 500).field("jobs").into());
    }
    let mut work = cx.work().await?;
    let mut count = 0;
    for job in jobs {
        if rows::is_held(&mut work.tx, cx.organisation, *job).await? {
            pipeline::cancel_in(&mut work, *job, None).await?;
            count += 1;
        }
    }
    work.hint("stops", "");
    work.commit().await?;
    Ok(count)
}
