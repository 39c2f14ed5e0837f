//! What the frame around every page shows of the signed-in person and their organisation.

use super::{organisation, person};
use crate::{Cx, Result, zone};
use domain::ErrorCode;
use domain::access::Permission;
use domain::views::{MeView, MembershipView};

/// The signed-in person, their organisations, and what waits.
pub async fn me(cx: &Cx) -> Result<MeView> {
    cx.allow(Permission::OwnProfile)?;
    let user = cx.person()?;
    // First the position, then the figures: whatever changes in between is told again.
    let (_, live_rev) = store::live::bounds(cx.db()).await?;
    let row = person::row(&cx.app, user).await?;
    let memberships = store::organisations::memberships(&cx.app.db, user).await?;
    let here = memberships.iter().find(|m| m.organisation_id == cx.organisation).ok_or(ErrorCode::Deactivated)?;
    let presence = here.presence;
    let organisation = organisation::load(cx).await?;
    let [unanswered_chats, open_orders, broken_connections, reviews, stops] =
        store::organisations::waiting(cx.db(), cx.sight()).await?;
    let organisations = memberships.into_iter().filter(|m| m.active).map(|m| MembershipView {
        organisation_id: m.organisation_id,
        organisation_name: m.organisation_name,
        role: m.role,
    });
    Ok(MeView {
        user_id: user,
        name: row.name,
        email: row.email,
        email_confirmed: row.email_confirmed_at.is_some(),
        language: row.language,
        notifications: serde_json::from_value(row.notifications).unwrap_or_default(),
        role: cx.role(),
        presence,
        utc_offset_minutes: zone::offset_minutes(&organisation.time_zone, cx.now),
        organisation,
        organisations: organisations.collect(),
        now_ms: cx.now,
        unanswered_chats,
        open_orders,
        broken_connections,
        reviews,
        stops,
        live_rev,
        demo: cx.app.config.demo,
    })
}
