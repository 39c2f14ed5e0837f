//! Browsers that are told: switched on and off by their person, kept as long as the session they were switched on in.

use super::calling::notice;
use crate::accounts::sessions::{Id, public_id};
use crate::{Cx, Result, Work, token_hash};
use connectors::push::{Subscription, checked};
use domain::access::Permission;
use domain::ids::*;
use domain::views::{PushInput, PushView};
use domain::{ApiError, ErrorCode};
use serde_json::json;
use store::push::{self as rows, NewDevice};

/// Devices of one member in an organisation at most.
const MOST: i64 = 20;

/// The hash under which an address is found again.
fn place_of(endpoint: &str) -> String {
    token_hash(endpoint)
}

/// What is sealed with the row.
pub(crate) fn row_of(id: PushDeviceId) -> String {
    format!("push_devices/{id}")
}

async fn session_of(cx: &Cx, session: Option<&Id>) -> Result<(SessionId, String)> {
    let session = session.ok_or(ErrorCode::Forbidden)?;
    Ok(public_id(cx, session).await?.ok_or(ErrorCode::Unauthenticated)?)
}

/// The devices of the person, and the key to subscribe for; `endpoint` is the address of the browser that asks.
pub async fn here(cx: &Cx, session: Option<&Id>, endpoint: Option<&str>) -> Result<PushView> {
    cx.allow(Permission::OwnProfile)?;
    let user = cx.person()?;
    let (session, _) = session_of(cx, session).await?;
    let key = cx.app.push.get(&cx.app).await?.public().to_owned();
    let mut devices = rows::devices(cx.db(), cx.organisation, user).await?;
    if let Some(endpoint) = endpoint {
        let here = rows::at(cx.db(), cx.organisation, user, &place_of(endpoint)).await?;
        devices.iter_mut().for_each(|device| device.current = here.is_some_and(|(id, _)| id == device.id));
    }
    Ok(PushView { key, session, devices })
}

/// Switches notices on for a browser, or follows one whose address has changed, in every organisation that knew it.
pub async fn subscribe(cx: &Cx, session: Option<&Id>, input: PushInput) -> Result<()> {
    cx.allow(Permission::OwnProfile)?;
    let user = cx.person()?;
    let (session, user_agent) = session_of(cx, session).await?;
    let PushInput { endpoint, p256dh, auth, instead_of } = input;
    let to = Subscription { endpoint, p256dh, auth };
    checked(&to, cx.app.config.private_nets).map_err(|fail| {
        let field = if fail.parts().0 == "keys" { "keys" } else { "endpoint" };
        ApiError::new(ErrorCode::NotAllowed).field(field)
    })?;
    let mut work = cx.work().await?;
    let mut followed = false;
    if let Some(old) = instead_of {
        for membership in store::organisations::memberships(&cx.app.db, user).await?.into_iter().filter(|m| m.active) {
            work.turn_to(membership.organisation_id, cx.actor_columns(), cx.cause()).await?;
            if rows::leave(&mut work.tx, work.organisation, &place_of(&old), Some(user)).await? {
                write(&mut work, user, session, &user_agent, &to).await?;
                followed = true;
            }
        }
        work.turn_to(cx.organisation, cx.actor_columns(), cx.cause()).await?;
    }
    if !followed {
        write(&mut work, user, session, &user_agent, &to).await?;
        work.journal("push_on", "member", user, json!({"user_agent": user_agent})).await?;
    }
    work.commit().await
}

async fn write(work: &mut Work, user: UserId, session: SessionId, user_agent: &str, to: &Subscription) -> Result<()> {
    let (id, place): (PushDeviceId, _) = (work.id(), place_of(&to.endpoint));
    let secret = work.app.vault.seal(&row_of(id), json!(to).to_string().as_bytes())?;
    // Whoever had this browser before has it no longer.
    rows::leave(&mut work.tx, work.organisation, &place, None).await?;
    let device = NewDevice { id, user, session, place: &place, secret: &secret, user_agent };
    rows::insert(&mut work.tx, work.organisation, &device, MOST, work.now).await?;
    work.hint("me", user);
    Ok(())
}

/// A page of a browser that was switched on has opened: whoever signed in again is told again, whoever switched it off
/// elsewhere is not. `session` is the one it was switched on in. Answers the session if it is on.
pub async fn keep(cx: &Cx, session: Option<&Id>, input: PushInput, before: SessionId) -> Result<Option<SessionId>> {
    cx.allow(Permission::OwnProfile)?;
    let (now, _) = session_of(cx, session).await?;
    let known = rows::at(cx.db(), cx.organisation, cx.person()?, &place_of(&input.endpoint)).await?;
    match known {
        Some((_, of)) if of == now => return Ok(Some(now)),
        None if before == now => return Ok(None),
        _ => {}
    }
    subscribe(cx, session, input).await?;
    Ok(Some(now))
}

/// Switches one of one's own devices off.
pub async fn remove(cx: &Cx, id: PushDeviceId) -> Result<()> {
    cx.allow(Permission::OwnProfile)?;
    let user = cx.person()?;
    let mut work = cx.work().await?;
    let removed = rows::remove(&mut work.tx, cx.organisation, id, Some(user)).await?;
    let user_agent = removed.ok_or(ErrorCode::NotFound)?;
    work.journal("push_off", "member", user, json!({"user_agent": user_agent})).await?;
    work.hint("me", user);
    work.commit().await
}

/// Sends a notice on trial to one of one's own devices, through the same outbox as all others.
pub async fn test(cx: &Cx, id: PushDeviceId) -> Result<()> {
    cx.allow(Permission::OwnProfile)?;
    let user = cx.person()?;
    let devices = rows::devices(cx.db(), cx.organisation, user).await?;
    devices.iter().find(|device| device.id == id).ok_or(ErrorCode::NotFound)?;
    let mut work = cx.work().await?;
    work.job(notice(&work, id, json!({"what": "test"}), ("member", user.to_string()))).await?;
    work.commit().await
}
